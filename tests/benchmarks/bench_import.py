"""What importing UCDP rows costs, beside csv.reader over the same file in the same run (design §6).

The shipped rows are repeated with fresh ids up to the number asked for. Budgets: at most 20 times csv.reader, at least
10,000 rows a second, at most 300 MB above the program at rest, at most 2 kB a row on disk.
Run: python tests/benchmarks/bench_import.py [rows] [--json]
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lines import Line

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "resources" / "ucdp-ged-syria.csv.gz"
IMPORT = """
import json, resource, sys, time
from pathlib import Path
from explorer.intake.importing import import_files

def cpu():
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)

print("ready", flush=True)
sys.stdin.readline()
start, spent = time.perf_counter(), cpu()
report = import_files([Path(sys.argv[1])], Path(sys.argv[2]))
print(json.dumps({"seconds": time.perf_counter() - start, "cpu": cpu() - spent, "rows": report.kept}))
"""
#: Seconds between two looks at the memory.
PAUSE = 0.2
BUDGETS = {"ratio": 20.0, "rate": 10_000.0, "memory": 300e6, "bytes a row": 2048.0}


def repeated(path: Path, count: int) -> None:
    """Write a file of count rows: the shipped ones again and again, each with an id of its own."""
    with gzip.open(SHIPPED, "rt", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number in range(count):
            writer.writerow([str(1_000_000 + number), *rows[number % len(rows)][1:]])


def yardstick(path: Path) -> tuple[float, float]:
    """Return the seconds, and those of the processor, that csv.reader needs for the file."""
    start, spent = time.perf_counter(), time.process_time()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - start, time.process_time() - spent


def memory_of(process: int) -> int:
    """Return the bytes that a process and those it started hold, what they share with others in parts (Linux)."""
    found = 0
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            found += sum(memory_of(int(child)) for child in (task / "children").read_text().split())
        said = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # it has just ended, or the system tells nothing of the kind
        return found
    return found + next(int(line.split()[1]) * 1024 for line in said.splitlines() if line.startswith("Pss:"))


def imported(path: Path, target: Path) -> tuple[dict[str, float], float]:
    """Import a file in a process of its own; return what that tells, and how much memory it took above itself at rest."""
    with subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path), str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        rest = peak = memory_of(process.pid)
        process.stdin.write("go\n")
        process.stdin.flush()
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(PAUSE)
        return json.loads(process.stdout.read()), float(peak - rest)


def measure(count: int) -> dict[str, float]:
    """Import count rows in a process of its own, and return what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        path, target = Path(folder) / "rows.csv", Path(folder) / "case.dateline"
        repeated(path, count)
        before = yardstick(path)
        told, memory = imported(path, target)
        after = yardstick(path)
        size = target.stat().st_size
    wall, cpu = ((a + b) / 2 for a, b in zip(before, after, strict=True))
    assert told["rows"] == count
    return {
        "rows": count, "csv seconds": wall, "seconds": told["seconds"], "ratio": told["seconds"] / wall,
        "ratio of processor time": told["cpu"] / cpu, "rate": count / told["seconds"], "memory": memory,
        "bytes a row": size / count,
    }  # fmt: skip


def lines(*, short: bool, rows: int | None = None) -> Iterator[Line]:
    """Yield the line of an import: the clock's time, with what it takes of memory and room."""
    found = measure(rows or (20_000 if short else 1_000_000))
    room = f"{found['bytes a row']:,.0f} B a row, +{found['memory'] / 1e6:,.0f} MB"
    yield Line(
        f"import {found['rows']:,.0f} UCDP rows ({found['rate']:,.0f} a second, {room})",
        found["seconds"] * 1000,
        found["csv seconds"] * 1000,
        "csv.reader",
        most=BUDGETS["ratio"],
        loose=4,
    )


def main() -> None:
    """Measure, and print a table or JSON."""
    numbers = [int(word.replace("_", "")) for word in sys.argv[1:] if word[0].isdigit()]
    found = measure(numbers[0] if numbers else 1_000_000)
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    for name, value in found.items():
        budget = BUDGETS.get(name)
        print(f"{name:<26} {value:>16,.1f}" + (f"   budget {budget:,.0f}" if budget else ""))


if __name__ == "__main__":
    main()
