"""The whole window at scale: open to the first picture, click to the timeline painted, click to all panes (design §6).

A fresh process opens the case offscreen in a window of 1280 × 800 and is driven through its own event loop: clicks on
random values, a dragged time window, selections, hovers. Beside them, in the same process, one memory pass over the
columns that a filter reads. Times are the clock's; "thread" is the processor time of the window's thread alone, which
neighbours on the machine hardly touch.

Run, with the package installed: python tests/benchmarks/bench_window.py [--rows 1000000 | --case FILE] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from lines import Line

HERE = Path(__file__).resolve().parent
SIZE = (1280, 800)
#: Milliseconds after which something that never settles is given up.
LONGEST = 60_000


class Driver:
    """One window on one case, and what it took to get from an intent to pixels."""

    def __init__(self) -> None:
        from explorer.ui.start import application

        self.app = application(["dateline"])
        from explorer.ui.faults import Faults
        from explorer.ui.palette import Look
        from explorer.ui.settings import Settings
        from explorer.ui.timeline_view import TimelineView
        from explorer.ui.window import MainWindow
        from explorer.workspace.hub import Workspace

        self.workspace = Workspace(self.app)
        self.window = MainWindow(self.workspace, Settings(), Look("light", self.app), Faults(self.app))
        self.window.resize(*SIZE)
        self.painted: tuple[float, float] | None = None
        painting = TimelineView.paintEvent

        def paint(view: Any, event: Any) -> None:
            painting(view, event)
            if self.painted is None and view._scene is not None:
                self.painted = (time.perf_counter(), time.thread_time())

        TimelineView.paintEvent = paint
        self.window.show()
        self.until(self.quiet)

    def quiet(self) -> bool:
        """True once nobody waits for a turn and no job is under way, but for what is made ready for later."""
        jobs = self.workspace.jobs._tickets
        return not self.workspace.turns.busy and all(key.startswith("warm") for key in jobs)

    def idle(self) -> bool:
        """True once all is ready for the first click, too."""
        return (
            self.quiet() and not self.workspace.warming._timer.isActive() and not self.workspace.jobs._tickets
        )

    def until(self, done: Callable[[], bool]) -> None:
        """Let the event loop run until done() says so, asked after each of its passes."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, timer, end = QEventLoop(), QTimer(), time.perf_counter() + LONGEST / 1000

        def look() -> None:
            if done() or time.perf_counter() > end:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(1)
        loop.exec()

    def timed(self, act: Callable[[], None]) -> dict[str, float]:
        """Return milliseconds from act() to the timeline painted (thread: its processor time), and to all settled."""
        self.painted = None
        clock, thread = time.perf_counter(), time.thread_time()
        act()
        self.until(lambda: self.painted is not None)
        assert self.painted is not None
        painted = (self.painted[0] - clock, self.painted[1] - thread)
        self.until(self.quiet)
        settled = time.perf_counter() - clock
        return {"painted": painted[0] * 1000, "thread": painted[1] * 1000, "settled": settled * 1000}

    def clicks(self, times: int) -> list[Any]:
        """Return filters as a user clicks them together: a value more, a value less, all cleared now and then."""
        from explorer.query.filters import Choice, Filter

        draw, table = random.Random(7), self.workspace.table
        actors, places = table.actors.ids[:60], table.locations.ids[:60]
        found: list[Any] = []
        for number in range(times):
            before = found[-1] if found else Filter()
            match number % 5:
                case 0:
                    found.append(Filter(actors=Choice(include=(draw.choice(actors),))))
                case 1:
                    found.append(before.with_choice("kinds", Choice(include=("happened", "ongoing"))))
                case 2:
                    found.append(Filter(places=Choice(include=(draw.choice(places),))))
                case 3:
                    found.append(Filter(types=Choice(include=(draw.choice(("ASSAULT", "COERCE", "AGREE")),))))
                case _:
                    found.append(Filter())
        return found

    def run(self, path: str, times: int) -> dict[str, Any]:
        """Return all figures of one case."""
        from explorer.query.filters import Choice, Filter
        from explorer.query.selection import Picked

        workspace = self.workspace
        found: dict[str, Any] = {"open": [self.timed(lambda: workspace.open(path))]}
        table = workspace.table
        self.until(self.idle)
        first = Filter(actors=Choice(include=(table.actors.ids[min(3, len(table.actors.ids) - 1)],)))
        found["events"], found["megabytes"] = len(table), resident()
        found["first click"] = [self.timed(lambda: workspace.narrow(first))]
        found["click"] = [self.timed(lambda c=c: workspace.narrow(c)) for c in self.clicks(times)[1:]]
        workspace.narrow(Filter())
        self.until(self.quiet)
        start, end = self.window.timeline.laid.whole
        width = (end - start) / 8
        steps = np.linspace(start + width, end - 2 * width, times)
        found["pan"] = [
            self.timed(lambda at=at: workspace.look_at((at, at + width))) for at in steps.tolist()
        ]
        workspace.look_at(None)
        self.until(self.quiet)
        found["select"] = [
            self.timed(lambda i=i: workspace.select(Picked(frozenset({i}))))
            for i in table.actors.ids[: times // 5]
        ]
        rows = np.linspace(0, len(table) - 1, times).astype(int).tolist()
        found["hover"] = [self.timed(lambda row=row: workspace.hover((table.ids[row],))) for row in rows]
        found["megabytes after"] = resident()
        found["memory pass"] = memory_ms(table)
        return found


def resident() -> float:
    """Return the megabytes of memory this process holds, 0 where the system does not say."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if status.exists() else 0.0


def memory_ms(table: Any) -> float:
    """Return the milliseconds of one pass over the columns that a filter reads."""
    from bench_filter import columns_read, median_ms, memory_pass

    columns = columns_read(table)
    return median_ms(lambda: memory_pass(columns), 15)[0]


def raw_ms(path: Path) -> float:
    """Return the milliseconds of reading the columns of a case as raw bytes."""
    import sqlite3

    connection = sqlite3.connect(path)
    start = time.perf_counter()
    size = sum(len(body) for (body,) in connection.execute("SELECT body FROM columns"))
    taken = (time.perf_counter() - start) * 1000
    connection.close()
    assert size, "the case has no columns in it"
    return taken


def driven(path: Path, times: int) -> dict[str, Any]:
    """Return the figures of a case, measured in a fresh process."""
    with tempfile.TemporaryDirectory() as home:
        places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
        environment = {
            **os.environ,
            **places,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(HERE.parents[1]),
        }
        command = [sys.executable, str(HERE / "bench_window.py"), "--drive", str(path), "--times", str(times)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "raw": raw_ms(path)}


def case_with_columns(path: Path, rows: int) -> None:
    """Write a case of random events and keep its columns in it."""
    from synthetic import case_file

    from explorer.casefile.store import CaseFile

    case_file(path, rows)
    with CaseFile.open(path) as case:
        case.keep_columns(least=0)


def of_rows(rows: int, times: int) -> dict[str, Any]:
    """Return the figures of a case of random events."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.dateline"
        case_with_columns(path, rows)
        return driven(path, times)


def percentile(found: list[dict[str, float]], what: str, share: float = 50) -> float:
    """Return a percentile of one of the figures."""
    return float(np.percentile([each[what] for each in found], share))


def lines(*, short: bool) -> Iterator[Line]:
    """Yield the lines of the window."""
    found = of_rows(30_000 if short else 1_000_000, 20 if short else 50)
    shares = (50,) if short else (50, 95)  # a neighbour's work makes the slowest of a few long
    yield from lines_of(found, shares)


def lines_of(found: dict[str, Any], shares: tuple[int, ...]) -> Iterator[Line]:
    """Yield a line for each figure, at these percentiles."""
    size, unit, loose = f"{found['events']:,} events", found["memory pass"], 6.0
    opening = found["open"][0]
    yield Line(
        f"window: open to first picture, {size}",
        opening["painted"],
        found["raw"],
        "its columns raw",
        cap=1000,
        loose=loose,
    )
    yield Line(
        f"window: open to all panes, {size}",
        opening["settled"],
        found["raw"],
        "its columns raw",
        cap=4000,
        loose=loose,
    )
    for name, caps in {
        "first click": (120, 1000),
        "click": (16, 250),
        "pan": (16, 100),
        "select": (60, 400),
        "hover": (16, 100),
    }.items():
        for share in shares if len(found[name]) > 1 else (50,):
            for what, cap in zip(("painted", "settled"), caps, strict=True):
                said = (
                    f"window: {name} to {'timeline' if what == 'painted' else 'all panes'} p{share}, {size}"
                )
                most = {("painted", 50): 25, ("settled", 50): 100}.get((what, share))
                yield Line(
                    said,
                    percentile(found[name], what, share),
                    unit,
                    "a memory pass",
                    most=most,
                    cap=cap * (share / 50),
                    loose=loose,
                )


def print_table(found: dict[str, Any]) -> None:
    """Print the figures with the processor time of the window's thread beside them."""
    print(
        f"{found['events']:,} events · {found['megabytes']:.0f} MB open, {found['megabytes after']:.0f} MB after"
    )
    print(f"raw columns {found['raw']:.1f} ms · a memory pass {found['memory pass']:.2f} ms")
    print(
        "| what | painted p50 | p95 | thread p50 | p95 | all panes p50 | p95 |\n|---|---|---|---|---|---|---|"
    )
    for name in ("open", "first click", "click", "pan", "select", "hover"):
        cells = [
            f"{percentile(found[name], w, s):.0f}" for w in ("painted", "thread", "settled") for s in (50, 95)
        ]
        print("| " + " | ".join([name, *cells]) + " |")


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--drive", help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    if asked.drive:
        print(json.dumps(Driver().run(asked.drive, asked.times)), flush=True)
        os._exit(0)  # what the window holds is not what is measured
    found = driven(asked.case, asked.times) if asked.case else of_rows(asked.rows, asked.times)
    if asked.json:
        print(json.dumps(found, indent=1))
    else:
        print_table(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
