"""The timeline: a frame of 10^6 events beside 10^4, first layout, filter to pixels, the reported order (design §6).

A frame is layout and painting of 1600 x 800 pixels, panned step by step at full extent. Run, with the package installed:
python tests/benchmarks/run.py --only timeline [--short]
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import time
from collections.abc import Callable, Iterator
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import bench_filter
import numpy as np
import synthetic
from lines import Line, milliseconds
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from explorer.casefile import columns as c
from explorer.layout.crowd import crowd_of, entries_of
from explorer.layout.heat import HeatRequest, layout_heat
from explorer.layout.measure import Measure
from explorer.layout.scene import Scene
from explorer.layout.timeline import TimelineRequest, TimelineScene, layout_timeline
from explorer.layout.viewport import Viewport
from explorer.paint.fonts import QtMeasure, load_fonts
from explorer.paint.painter import paint
from explorer.paint.theme import LIGHT
from explorer.query.filters import Choice, Filter
from explorer.query.groups import group_by
from explorer.query.index import index_of
from explorer.query.masks import mask

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


def fresh(table: c.EventTable) -> c.EventTable:
    """Return the same table with nothing derived from it yet."""
    return dataclasses.replace(table)


def canvas() -> QImage:
    return QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)


def painted(scene: Scene, image: QImage) -> None:
    with QPainter(image) as painter:
        paint(scene, painter, LIGHT)


def shown(table: c.EventTable, rows: np.ndarray, measure: Measure, **options: object) -> TimelineScene:
    """Lay out and paint a timeline."""
    made = layout_timeline(TimelineRequest(table, rows, WIDTH, HEIGHT, **options), measure)
    painted(made.scene, canvas())
    return made


def frames(step: Callable[[int], None]) -> float:
    """Return the median processor milliseconds of the calls step(0), step(1) …, the first few apart."""
    spent = []
    for number in range(FRAMES):
        begun = time.process_time()
        step(number)
        spent.append((time.process_time() - begun) * 1000)
    return median(spent[3:])


def panned(table: c.EventTable, measure: Measure) -> float:
    """Return the milliseconds of a frame with labels, panned at full extent."""
    every = np.arange(len(table), dtype=np.int32)
    start, end = shown(table, every, measure).whole
    step = (end - start) * 0.002
    return frames(lambda n: shown(table, every, measure, window=(start + n * step, end + n * step)) and None)


def bare(table: c.EventTable, measure: Measure) -> float:
    """Return the milliseconds of the density alone, panned at full extent."""
    crowd = crowd_of(table, np.arange(len(table), dtype=np.int32), text_only=False)
    entries = entries_of(table, "actor", frozenset(), crowd)
    image = canvas()
    start, end = crowd.range or (0.0, 1.0)

    def frame(number: int) -> None:
        shift = (end - start) * 0.002 * number
        viewport = Viewport(start + shift, end + shift, 150.0, WIDTH - 160.0)
        body, _ = layout_heat(HeatRequest(crowd, entries, viewport, HEIGHT, True, labels=False), measure)
        painted(Scene(WIDTH, HEIGHT, tuple(body.groups)), image)

    return frames(frame)


def filtered(table: c.EventTable, measure: Measure) -> float:
    """Return the milliseconds from a click on a facet to pixels: mask, density, repaint."""
    types = [code for code in c.EVENT_TYPES if code]
    asked = itertools.cycle([Filter(types=Choice(exclude=(code,))) for code in types])

    def click(number: int) -> None:
        del number
        index_of(table).kept.clear()
        shown(table, np.flatnonzero(mask(table, next(asked))).astype(np.int32), measure)

    return frames(click)


def grouping(table: c.EventTable) -> tuple[float, float]:
    """Return the slowest milliseconds of a grouping, and those of one pass of sorting as many keys."""
    every = np.ones(len(table), np.bool_)
    ways = ("month", "week", "actor", "place", "document")
    spent = [milliseconds(lambda by=by: group_by(table, every, by), 2) for by in ways]
    keys = table.participations.actor.astype(np.int64) << 32 | table.participations.row
    return max(spent), milliseconds(lambda: np.sort(keys), 3)


def lines(*, short: bool) -> Iterator[Line]:
    """Yield the lines of the timeline."""
    app = QGuiApplication.instance() or QGuiApplication([])
    load_fonts()
    measure = QtMeasure()
    small, large, largest = (10_000, 100_000, 400_000) if short else (10_000, 1_000_000, 10_000_000)
    few, many = laned(small), laned(large)
    every = np.arange(large, dtype=np.int32)
    columns = bench_filter.columns_read(many)
    unit = milliseconds(lambda: bench_filter.memory_pass(columns), 9)
    first = milliseconds(lambda: shown(fresh(many), every, measure), 2)
    yield Line(f"timeline: first picture of {large:,}", first, unit, "a memory pass", cap=1000)
    ratio = panned(many, measure), panned(few, measure)
    yield Line(f"timeline: a frame of {large:,}, labels", *ratio, f"{small:,} events", most=2.5)
    yield Line(
        f"timeline: filter to pixels, {large:,}",
        filtered(many, measure),
        unit,
        "a memory pass",
        most=25,
        cap=16,
    )
    yield Line(f"timeline: slowest grouping of {large:,}", *grouping(many), "sorting its keys", most=25)
    order = milliseconds(
        lambda: shown(few, every[:small], measure, axis="order", window=(0.0, small / 9.0)), 3
    )
    yield Line(
        f"timeline: {small:,} in reported order", order, panned(few, measure), "the calendar", most=5, cap=100
    )
    between = laned(100_000)
    ratio = bare(laned(largest), measure), bare(between, measure)
    yield Line(f"timeline: a frame without labels, {largest:,}", *ratio, "100,000 events", most=1.5)
    del app
