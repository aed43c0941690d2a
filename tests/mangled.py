"""Breaks copies of a case file in every way that disks and programs do, and uses what is left: run as a child process.

    python mangled.py CASE FOLDER FIRST LAST

For each number it says which file it is at, so that a crash or a hang names its file; it exits with 0 where each file
was opened or refused in plain words, and ends by a signal where one takes longer than PATIENCE seconds.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import random
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from explorer import cli
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.values import set_field
from explorer.intake.opening import open_case
from explorer.intake.reporting import ProblemsFound, check_case, info
from explorer.query.filters import Filter
from explorer.query.masks import evaluate

PATIENCE = 20
#: What a broken file may be answered with: words for the user.
PLAIN = (CaseFileError, ProblemsFound)


def random_bytes(data: bytearray, draw: random.Random) -> None:
    for _ in range(draw.choice([1, 1, 5, 200])):
        data[draw.randrange(len(data))] = draw.randrange(256)


def one_bit(data: bytearray, draw: random.Random) -> None:
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)


def stretch(data: bytearray, draw: random.Random) -> None:
    """A stretch of random bytes, or of zeros, as a lost sector leaves it."""
    start, length = draw.randrange(len(data)), draw.choice([16, 512, 4096, 65_536])
    new = bytes(length) if draw.random() < 0.5 else draw.randbytes(length)
    data[start : start + length] = new[: len(data) - start]


def _page_size(data: bytearray) -> int:
    size = int.from_bytes(data[16:18], "big")
    return 65_536 if size == 1 else size


def zeroed_page(data: bytearray, draw: random.Random) -> None:
    size = _page_size(data)
    at = draw.randrange(len(data) // size) * size
    data[at : at + size] = bytes(size)


def swapped_pages(data: bytearray, draw: random.Random) -> None:
    size = _page_size(data)
    one, other = (draw.randrange(1, len(data) // size) * size for _ in range(2))
    data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]


def copied_page(data: bytearray, draw: random.Random) -> None:
    """A page written to the wrong place: tables that share a page, trees that run in circles."""
    size = _page_size(data)
    one, other = (draw.randrange(1, len(data) // size) * size for _ in range(2))
    data[one : one + size] = data[other : other + size]


def truncated(data: bytearray, draw: random.Random) -> None:
    del data[draw.randrange(len(data)) :]
    if draw.random() < 0.5:  # a header that says so
        pages = len(data) // _page_size(data) if len(data) > 100 else 0
        data[28:32] = pages.to_bytes(4, "big")


def lengthened(data: bytearray, draw: random.Random) -> None:
    data += draw.randbytes(draw.choice([1, 4096, 100_000]))


def page_head(data: bytearray, draw: random.Random) -> None:
    """The head of a page, which says what it is and where its cells lie."""
    size = _page_size(data)
    at = draw.randrange(len(data) // size) * size
    at += 100 if at == 0 else 0
    for _ in range(draw.randrange(1, 4)):
        data[at + draw.randrange(12)] = draw.randrange(256)


BREAKS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    random_bytes, random_bytes, one_bit, stretch, zeroed_page, swapped_pages, copied_page, truncated, lengthened,
    page_head, page_head,
)  # fmt: skip

#: What a program that knows SQLite, but not this one, may have done.
STATEMENTS = (
    "UPDATE changes SET before = 'x' || before, after = 'x' || after",
    "UPDATE changes SET start = -5",
    "UPDATE changes SET start = 9223372036854775807",
    "UPDATE changes SET start = 'abc'",
    "UPDATE changes SET list = 99",
    "UPDATE changes SET list = 'x'",
    "UPDATE changes SET record = record + 1",
    "UPDATE changes SET was = NULL",
    "UPDATE changes SET was = became, became = was",
    "UPDATE changes SET before = NULL",
    "UPDATE changes SET before = x'ff00ff'",
    "UPDATE changes SET after = zeroblob(1000)",
    "UPDATE changes SET step = step + 1",
    "DELETE FROM changes WHERE key % 3 = 0",
    "DELETE FROM changes",
    "DELETE FROM steps WHERE number % 2",
    "UPDATE steps SET touched = 'no list'",
    "UPDATE steps SET touched = '{\"a\": 1}'",
    "UPDATE steps SET touched = x'ff'",
    "UPDATE steps SET state = 77",
    "UPDATE steps SET state = 'x'",
    "UPDATE steps SET name = x'ff'",
    "UPDATE steps SET made = 5",
    "UPDATE steps SET state = 1 - state",
    "UPDATE events SET body = 'null'",
    "UPDATE events SET body = '[]'",
    "UPDATE events SET body = x'c3'",
    "UPDATE events SET body = '{}' WHERE key = 3",
    "UPDATE events SET id = id || 'x'",
    "UPDATE events SET key = key + 1000",
    "UPDATE documents SET body = replace(body, '\"sentences\"', '\"ext\"')",
    "UPDATE documents SET body = replace(body, '\"start\":', '\"start\":1')",
    "UPDATE spans SET body = replace(body, '\"start\":', '\"start\":9')",
    "UPDATE header SET body = '[]'",
    "UPDATE header SET body = '\"x\"'",
    "UPDATE header SET version = 'many'",
    "UPDATE header SET version = 9223372036854775807",
    "UPDATE header SET version = NULL",
    "DELETE FROM header",
    "DELETE FROM span_positions",
    "UPDATE span_positions SET start = 'x'",
    "UPDATE span_positions SET sentence = -7",
    "UPDATE citations SET list = 40",
    "UPDATE citations SET span = 100000",
    "UPDATE citations SET path = NULL",
    "UPDATE mentioned SET list = -1",
    "UPDATE entries SET kind = 9",
    "UPDATE entries SET record = 'x'",
    "DELETE FROM entries",
    "UPDATE sqlite_sequence SET seq = 'x'",
    "UPDATE sqlite_sequence SET seq = 9223372036854775807",
    "UPDATE sqlite_sequence SET seq = 0",
    "DELETE FROM sqlite_sequence",
    "INSERT INTO words (words) VALUES ('delete-all')",
    "INSERT INTO columns VALUES ('x', 'y', x'00', x'00')",
    "UPDATE columns SET body = substr(body, 5)",
    "DELETE FROM actors",
    "DELETE FROM documents",
    "DELETE FROM spans",
)


def told_wrong(path: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as stranger, stranger:
        stranger.execute("PRAGMA ignore_check_constraints = ON")
        with contextlib.suppress(sqlite3.IntegrityError):
            stranger.execute(statement)


def logs_beside(path: Path, source: Path, draw: random.Random) -> None:
    """A log that another program left beside the file: of this case, of another database, or nonsense."""
    kind = draw.randrange(4)
    log = path.with_name(path.name + "-wal")
    if kind == 0:
        log.write_bytes(draw.randbytes(draw.choice([1, 31, 32, 5_000])))
        return
    if kind == 3:
        path.with_name(path.name + "-journal").write_bytes(draw.randbytes(5_000))
        return
    other = path.with_name("other.db")
    shutil.copyfile(source, other)
    with contextlib.closing(sqlite3.connect(other)) as stranger:
        stranger.execute("PRAGMA journal_mode = WAL")
        stranger.execute("UPDATE events SET body = replace(body, 'a', 'e')")
        if kind == 2:
            stranger.execute("CREATE TABLE strange (a)")
        stranger.commit()
        data = bytearray(other.with_name("other.db-wal").read_bytes())
    if draw.random() < 0.5:
        random_bytes(data, draw)
    if draw.random() < 0.5:
        truncated(data, draw)
    log.write_bytes(data)
    for end in ("", "-wal", "-shm"):
        other.with_name(f"other.db{end}").unlink(missing_ok=True)


def broken(source: Path, folder: Path, number: int) -> Path:
    """Write the broken copy of this number."""
    draw, path = random.Random(number), folder / f"broken-{number}.dateline"
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    if number % 10 == 7:
        shutil.copyfile(source, path)
        told_wrong(path, STATEMENTS[(number // 10) % len(STATEMENTS)])
    elif number % 10 == 3:
        shutil.copyfile(source, path)
        logs_beside(path, source, draw)
    else:
        data = bytearray(source.read_bytes())
        draw.choice(BREAKS)(data, draw)
        path.write_bytes(data)
    return path


def _all(case: CaseFile) -> None:
    table = case.table()
    condition = Filter(text="syria")
    evaluate(table, condition, case.text_rows("syria"))


def _walk_back(case: CaseFile) -> None:
    while case.undo() is not None:
        pass


def _edit(case: CaseFile) -> None:
    if case.known(["evt-airstrikes"]) and case.records(["evt-airstrikes"]):
        case.commit(set_field(case, "evt-airstrikes", "title", "after the damage"))
        case.undo()


USES: tuple[Callable[[CaseFile], Any], ...] = (
    lambda case: list(case.damage()), check_case, info, _all, CaseFile.case_hash, CaseFile.unanchored,
    lambda case: case.search("syria"), lambda case: "".join(case.to_json()), lambda case: case.citing("doc-seed", 5),
    lambda case: case.cited("evt-airstrikes"), lambda case: case.sentences_with_facts("doc-seed"),
    lambda case: case.mentions_in("doc-seed"), lambda case: case.bounds(["evt-airstrikes", "doc-seed"]),
    CaseFile.history, CaseFile.claim, CaseFile.look, _edit, CaseFile.undo, CaseFile.redo, lambda case: case.go_to(2), _walk_back,
    lambda case: case.go_to(max((step.number for step in case.history()), default=0)),
    lambda case: case.keep_columns(least=0), lambda case: case.save_copy(case.path.with_name("copy.dateline")),
)  # fmt: skip


def use(path: Path) -> str:
    """Use a broken file in every way; return the words it was refused with, "" where it opened."""
    try:
        case = open_case(path)
    except PLAIN as error:
        return str(error)
    try:
        for each in USES:
            with contextlib.suppress(*PLAIN):
                each(case)
    finally:
        with contextlib.suppress(*PLAIN):
            case.close()
    return ""


def command(path: Path) -> None:
    """Ask the commands, which answer with words and one of their exit codes."""
    for words in (["check", str(path)], ["info", str(path)], ["query", str(path), "--text", "syria"]):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = cli.main(words)
        assert code in {0, 1, 2}, (words, code, out.getvalue()[-2000:])
        assert "Traceback" not in out.getvalue(), out.getvalue()[-2000:]


def _tidy(folder: Path, number: int) -> None:
    for pattern in (f"broken-{number}.*", f".broken-{number}.*", "copy.dateline*", ".copy.dateline*"):
        for each in folder.glob(pattern):
            each.unlink()


def main() -> int:
    source, folder, first, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    opened = failed = 0
    for number in range(first, last):
        print(number, flush=True)
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        path = broken(source, folder, number)
        try:
            words = use(path)
            assert len(words) < 4_000, words
            if number % 10 == 0:
                command(path)
        except Exception:  # noqa: BLE001 - all of them are told, each with its number
            failed += 1
            print(f"file {number}", traceback.format_exc(), flush=True)
        else:
            opened += not words
        faulthandler.cancel_dump_traceback_later()
        _tidy(folder, number)
    print("opened", opened, flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 99))
