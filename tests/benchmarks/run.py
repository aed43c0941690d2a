"""All benchmarks in one table: measured, yardstick, budget (design §6). With the package installed:

python tests/benchmarks/run.py            everything, 10^6 events (minutes)
python tests/benchmarks/run.py --short    small sizes; exit 1 where a budget is missed by far (for .ci/run)
python tests/benchmarks/run.py --json     the same as JSON;  --only NAME …  some of them (open, search, filter …)

Every module bench_*.py beside this one that has lines(short=…) takes part.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]

from lines import Line  # noqa: E402 - it lies beside this file


def measured(only: list[str], *, short: bool) -> Iterator[tuple[str, Line]]:
    """Yield (name of the benchmark, line) as each is measured."""
    for path in sorted(HERE.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if only and name not in only:
            continue
        module = importlib.import_module(path.stem)
        if hasattr(module, "lines"):
            yield from ((name, line) for line in module.lines(short=short))


def row(name: str, line: Line) -> str:
    """Return one row of the table."""
    said = "yes" if line.met() else "NO"
    cells = (
        name,
        line.what,
        f"{line.measured:,.2f}",
        f"{line.yardstick:,.2f}",
        f"{line.ratio:,.1f}×",
        line.against,
        line.budget,
        said,
    )
    return "| " + " | ".join(cells) + " |"


def main(argv: list[str] | None = None) -> int:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", nargs="+", default=[])
    asked = parser.parse_args(argv)
    if not asked.json:
        print("| benchmark | what | ms | yardstick ms | ratio | yardstick | budget | met |")
        print("|---|---|---|---|---|---|---|---|")
    found = []
    for name, line in measured(asked.only, short=asked.short):
        found.append((name, line))
        if not asked.json:
            print(row(name, line), flush=True)
    if asked.json:
        facts = [
            {"benchmark": name, **dataclasses.asdict(line), "ratio": line.ratio, "met": line.met()}
            for name, line in found
        ]
        print(json.dumps(facts, indent=1, ensure_ascii=False))
    missed = [line.what for _, line in found if not line.met(line.loose)]
    for what in missed:
        print(f"missed by far: {what}", file=sys.stderr)
    return 1 if asked.short and missed else 0


if __name__ == "__main__":
    sys.exit(main())
