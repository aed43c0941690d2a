"""How long words take among a million sentences: hits as one types, and all matches as a filter (design §6).

Run, with the package installed: python tests/benchmarks/bench_search.py [rows]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from lines import Line, milliseconds
from synthetic import case_file

from explorer.casefile.store import CaseFile

WORDS = ("g", "group 1", "attacked", "word1 ", "word19000", "attacked town 12", "zzz")


def anew(case: CaseFile, ask: Callable[[str], object], words: str) -> None:
    """Ask as if for the first time: the case remembers its last questions."""
    case._database.asked.clear()
    ask(words)


def lines(*, short: bool, rows: int | None = None) -> Iterator[Line]:
    """Yield the lines of searching a case."""
    rows = rows or (20_000 if short else 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.dateline"
        case_file(path, rows)
        with CaseFile.open(path) as case:
            case.keep_columns(least=0)
        with CaseFile.open(path, read_only=True) as case:
            case.text_rows("g")
            column = np.arange(rows)
            scan = milliseconds(lambda: np.flatnonzero(column % 7 == 0))
            for words in WORDS:
                shown = f"{words!r} in {rows:,} sentences"
                yield Line(
                    f"hits for {shown}",
                    milliseconds(lambda w=words: anew(case, case.search, w)),
                    scan,
                    "a numpy pass",
                    cap=50,
                )
                found = len(case.text_rows(words))
                took = milliseconds(lambda w=words: anew(case, case.text_rows, w))
                yield Line(f"all {found:,} of {shown}", took, scan, "a numpy pass", cap=150)


if __name__ == "__main__":
    for line in lines(short=False, rows=int(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(f"{line.what}: {line.measured:.1f} ms, {line.ratio:.1f} × {line.against} ({line.budget})")
