"""How long a saved case takes to its columns, kept and built from rows, beside reading the same bytes raw (design §6).

Run, with the package installed: python tests/benchmarks/bench_open.py [rows]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lines import Line, milliseconds
from synthetic import case_file

from explorer.casefile import cache
from explorer.casefile.store import CaseFile
from explorer.casefile.table import build_table


def opened(path: Path) -> None:
    with CaseFile.open(path, read_only=True) as case:
        table = case.table()
        assert table.row_of[table.ids[len(table) // 2]] == len(table) // 2


def lines(*, short: bool, rows: int | None = None) -> Iterator[Line]:
    """Yield the lines of opening a case."""
    rows = rows or (20_000 if short else 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        path, raw = Path(folder) / "x.dateline", Path(folder) / "raw"
        case_file(path, rows)
        with CaseFile.open(path) as case:
            build = milliseconds(lambda: build_table(case._database, 1), 1)
            keep = milliseconds(lambda: case.keep_columns(least=0), 1)
            blobs = cache.packed(case.table())
        raw.write_bytes(b"".join(blobs.values()))
        reading = milliseconds(raw.read_bytes)
        size = sum(map(len, blobs.values())) / rows
        first = milliseconds(lambda: opened(path), 3)
    yield Line(
        f"open {rows:,} events, columns kept ({size:.0f} B an event)",
        first,
        reading,
        "their bytes raw",
        cap=1000,
    )
    yield Line(
        f"columns of {rows:,} events from rows",
        build,
        reading,
        "their bytes raw",
        cap=500 + rows / 1e6 * 20_000,
        loose=4,
    )
    yield Line(
        f"keep the columns of {rows:,} events",
        keep,
        reading,
        "their bytes raw",
        cap=rows / 1e6 * 20_000 + 1000,
    )


if __name__ == "__main__":
    for line in lines(short=False, rows=int(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(f"{line.what}: {line.measured:.1f} ms, {line.ratio:.1f} × {line.against} ({line.budget})")
