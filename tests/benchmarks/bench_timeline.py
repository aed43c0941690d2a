"""A frame of the timeline: 10^6 events in 40 lanes beside 10^4, and 10^7 beside 10^5 without labels (design §6).

A frame is layout and painting of 1600 x 800 pixels, panned step by step at full extent. Run, with the package installed:
python tests/benchmarks/bench_timeline.py [--short] [--json]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import time
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import synthetic
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from explorer.casefile import columns as c
from explorer.layout.crowd import crowd_of, entries_of
from explorer.layout.heat import HeatRequest, layout_heat
from explorer.layout.measure import Measure
from explorer.layout.scene import Scene
from explorer.layout.timeline import TimelineRequest, layout_timeline
from explorer.layout.viewport import Viewport
from explorer.paint.fonts import QtMeasure, load_fonts
from explorer.paint.painter import paint
from explorer.paint.theme import LIGHT
from explorer.query.groups import group_by

LANES, WIDTH, HEIGHT = 40, 1600, 800
FRAMES = 25


def laned(rows: int) -> c.EventTable:
    """Return a synthetic table whose actors are 40 lanes."""
    table = synthetic.table(rows)
    part, none = table.participations, np.empty((0, 2), np.int32)
    names = tuple(f"Actor {number}" for number in range(LANES))
    actors = dataclasses.replace(
        table.actors, ids=tuple(f"act-{n}" for n in range(LANES)), names=names, aliases=((),) * LANES,
        kinds=("group",) * LANES, sides=("",) * LANES, part_of=none, part_of_basis=np.empty(0, np.uint8),
        leads=none, leads_basis=np.empty(0, np.uint8),
    )  # fmt: skip
    lanes = dataclasses.replace(part, actor=(part.actor % LANES).astype(np.int32))
    return dataclasses.replace(table, actors=actors, participations=lanes)


def painted(scene: Scene, image: QImage) -> None:
    with QPainter(image) as painter:
        paint(scene, painter, LIGHT)


def labelled_frames(rows: int, measure: Measure) -> float:
    """Return the median milliseconds of a frame with labels, panned at full extent."""
    table, all_rows = laned(rows), np.arange(rows, dtype=np.int32)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    start, end = layout_timeline(TimelineRequest(table, all_rows, WIDTH, HEIGHT), measure).whole
    spent = []
    for step in range(FRAMES):
        shift = (end - start) * 0.002 * step
        request = TimelineRequest(table, all_rows, WIDTH, HEIGHT, window=(start + shift, end + shift))
        begun = time.perf_counter()
        painted(layout_timeline(request, measure).scene, image)
        spent.append((time.perf_counter() - begun) * 1000)
    return median(spent[3:])


def bare_frames(rows: int, measure: Measure) -> float:
    """Return the median milliseconds of the density alone, panned at full extent."""
    table = laned(rows)
    crowd = crowd_of(table, np.arange(rows, dtype=np.int32), text_only=False)
    entries = entries_of(table, "actor", frozenset(), crowd)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    start, end = crowd.range or (0.0, 1.0)
    spent = []
    for step in range(FRAMES):
        shift = (end - start) * 0.002 * step
        viewport = Viewport(start + shift, end + shift, 150.0, WIDTH - 160.0)
        begun = time.perf_counter()
        body, _ = layout_heat(HeatRequest(crowd, entries, viewport, HEIGHT, True, labels=False), measure)
        painted(Scene(WIDTH, HEIGHT, tuple(body.groups)), image)
        spent.append((time.perf_counter() - begun) * 1000)
    return median(spent[3:])


def grouping(rows: int) -> tuple[float, float]:
    """Return the slowest milliseconds of a grouping, and those of one pass of sorting as many keys."""
    table = synthetic.table(rows)
    every = np.ones(rows, np.bool_)
    spent = []
    for by in ("month", "week", "actor", "place", "document"):
        group_by(table, every, by)
        begun = time.perf_counter()
        group_by(table, every, by)
        spent.append((time.perf_counter() - begun) * 1000)
    keys = table.participations.actor.astype(np.int64) << 32 | table.participations.row
    begun = time.perf_counter()
    np.sort(keys)
    return max(spent), (time.perf_counter() - begun) * 1000


def measured(*, short: bool) -> list[dict[str, float | str]]:
    load_fonts()
    measure = QtMeasure()
    small, large, bare = (10_000, 100_000, 1_000_000) if short else (10_000, 1_000_000, 10_000_000)
    rows = [
        (f"frame, {large:,} in 40 lanes, labels / {small:,}", labelled_frames(large, measure),
         labelled_frames(small, measure), 2.5),
        (f"frame without labels, {bare:,} / 100,000", bare_frames(bare, measure), bare_frames(100_000, measure), 1.5),
        (f"slowest grouping of {large:,} / sorting its keys", *grouping(large), 25.0),
    ]  # fmt: skip
    return [
        {"what": what, "measured_ms": round(took, 2), "yardstick_ms": round(yard, 2), "ratio": round(took / yard, 2),
         "budget": budget} for what, took, yard, budget in rows
    ]  # fmt: skip


def main() -> int:
    """Print measured / yardstick / budget; return 1 where a budget is broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="a tenth of the events")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    app = QGuiApplication.instance() or QGuiApplication([])
    found = measured(short=asked.short)
    if asked.json:
        json.dump(found, sys.stdout, indent=1)
    for row in found if not asked.json else ():
        print("{what}: {measured_ms} ms / {yardstick_ms} ms = {ratio} (budget {budget})".format(**row))
    del app
    return int(any(float(row["ratio"]) > float(row["budget"]) for row in found))


if __name__ == "__main__":
    sys.exit(main())
