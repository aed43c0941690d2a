"""Whether a case file is as it was written: what opening does not look at, because it takes time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pydantic import ValidationError

from explorer.casefile import cache, history, schema
from explorer.casefile.connection import Database
from explorer.casefile.errors import CaseFileError
from explorer.casefile.evidence import EVERY, cited_spans, identity
from explorer.casefile.table import build_table
from explorer.model.problems import Problem
from explorer.model.records import LISTS, CaseHeader, Mention
from explorer.words import tr

_ROWS = schema.per_list(
    "SELECT id, body, sha256,"
    " EXISTS (SELECT 1 FROM citations WHERE list = ? AND record = _list.key AND path = ?)"
    " FROM _list ORDER BY key"
)


def damage(database: Database) -> Iterator[Problem]:
    """Yield what is not as it was written: pages, bodies against their sums, the index of evidence, the word index."""
    try:
        yield from _pages(database)
        yield from _header(database)
        cited = mentioned = 0
        for name in LISTS:
            rows = database.stream(_ROWS[name], (schema.LIST_CODES[name], EVERY))
            for index, (record_id, body, digest, at_once) in enumerate(rows):
                problem, values, mentions = _row(name, record_id, body, digest)
                cited, mentioned = cited + (min(values, 1) if at_once else values), mentioned + mentions
                if problem is not None:
                    yield problem.under(f"{name}[{index}]")
        yield from _indexes(database, cited, mentioned)
        yield from _words(database)
        yield from _columns(database)
        yield from _history(database)
    except CaseFileError as error:
        yield Problem("", str(error), tr("a case file that can be read to its end"))


def _pages(database: Database) -> Iterator[Problem]:
    for (found,) in database.rows("PRAGMA quick_check(20)"):
        if found != "ok":
            yield Problem("", str(found), tr("pages as SQLite wrote them"), tr("go back to an older copy"))


def _header(database: Database) -> Iterator[Problem]:
    row = database.row("SELECT body, sha256 FROM header")
    if row is None or not _as_summed(row[0], row[1]):
        yield Problem("", tr("a header that was changed or lost"), tr("the header as it was written"))
        return
    try:
        CaseHeader.model_validate_json(row[0])
    except ValidationError as error:
        yield Problem("", str(error.errors()[0]["msg"]), tr("the header of a case"))


def _as_summed(body: object, digest: object) -> bool:
    return isinstance(body, str) and hashlib.sha256(body.encode("utf-8", "replace")).digest() == digest


def _row(name: str, record_id: str, body: object, digest: object) -> tuple[Problem | None, int, int]:
    """Return what is wrong with one row, how many values it cites spans for, and how many mentions it is."""
    if not _as_summed(body, digest):
        expected = tr("{id} as it was written").format(id=record_id)
        return Problem("", tr("a record that was changed outside the program"), expected), 0, 0
    try:
        record = LISTS[name].model_validate_json(str(body))
    except ValidationError as error:
        return Problem("", str(error.errors()[0]["msg"]), tr("a valid record")), 0, 0
    if identity(record) != record_id:
        return Problem("id", str(record_id), identity(record)), 0, 0
    return None, sum(1 for _ in cited_spans(record)), int(isinstance(record, Mention))


def _indexes(database: Database, cited: int, mentioned: int) -> Iterator[Problem]:
    for table, expected in (("citations", cited), ("mentioned", mentioned)):
        statement = {
            "citations": "SELECT count(*) FROM citations",
            "mentioned": "SELECT count(*) FROM mentioned",
        }[table]
        row = database.row(statement)
        if row is None or row[0] != expected:
            found = tr("{n} rows in the index {name}").format(n=row[0] if row else 0, name=table)
            yield Problem(
                "", found, tr("{n} rows").format(n=expected), tr("export the case as JSON and open that")
            )


def _words(database: Database) -> Iterator[Problem]:
    """Yield where the word index does not hold together; it can only be asked where the file may be written."""
    try:
        database.rehearse("INSERT INTO words (words) VALUES ('integrity-check')")
    except CaseFileError as error:
        yield Problem(
            "",
            str(error),
            tr("a word index that holds together"),
            tr("export the case as JSON and open that"),
        )


def _history(database: Database) -> Iterator[Problem]:
    """Yield where the history can no longer be walked, back to its beginning and on to its end."""
    for words in history.broken(database):
        mend = tr("the case itself is whole: save a copy, which leaves the history out")
        found = tr("in the history: {words}").format(words=words)
        yield Problem("", found, tr("a history as it was written"), mend)


def _columns(database: Database) -> Iterator[Problem]:
    """Yield where columns that lie in the file, and hold together, do not say what the records say."""
    row = database.row("SELECT version FROM header")
    table = cache.read(database, row[0]) if row else None
    if table is None:
        return
    try:
        same = cache.packed(table) == cache.packed(build_table(database, table.version))
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        return  # a broken record, and told above as one
    if not same:
        yield Problem(
            "",
            tr("kept columns that differ from the records"),
            tr("columns as the records give them"),
            tr("export the case as JSON and open that"),
        )
