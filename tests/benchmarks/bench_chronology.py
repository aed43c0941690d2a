"""When everything was, by 60,000 constraints between 20,000 events: bounds, both ways, against one pass of numpy.

python tests/benchmarks/run.py --only chronology
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from lines import Line, milliseconds

from explorer.chronology.constraints import Chronology, chronology_of
from explorer.chronology.facts import Timed
from explorer.model.times import DAY, day_of

LINKS = ("before", "part_of", "overlaps", "causes", "in_response_to", "contains", "simultaneous")
ROUNDS = 100  # of the yardstick, so that it is not lost in the noise


def case(events: int, links: int, seed: int = 1) -> tuple[list[Timed], list[dict[str, Any]]]:
    """Return a planted case: a tenth dated, a tenth with a duration, links that hold in the planted times."""
    draw = random.Random(seed)
    start = [draw.randrange(0, 20_000) for _ in range(events)]
    end = [day + draw.choice((0, 0, 1, 7, 30, 400)) for day in start]
    records = [
        Timed(f"evt-{n}", "time", _dated(draw, start[n], end[n]), True, _lasting(draw, start[n], end[n]))
        for n in range(events)
    ]
    found: list[dict[str, Any]] = []
    while len(found) < links:
        a, b, kind = draw.randrange(events), draw.randrange(events), draw.choice(LINKS)
        if a != b and _holds(kind, start[a], end[a], start[b], end[b]):
            found.append(
                {"id": f"lnk-{len(found)}", "source": f"evt-{a}", "target": f"evt-{b}", "type": kind}
            )
        elif a != b and end[a] <= start[b]:
            found.append(
                {"id": f"lnk-{len(found)}", "source": f"evt-{a}", "target": f"evt-{b}", "type": "before"}
            )
    return records, found


def _dated(draw: random.Random, start: int, end: int) -> dict[str, Any] | None:
    if draw.random() > 0.1:
        return None
    return {
        "edtf": f"{day_of(start * DAY)}/{day_of(end * DAY)}",
        "basis": draw.choice(("stated", "reference")),
    }


def _lasting(draw: random.Random, start: int, end: int) -> tuple[tuple[str, dict[str, Any]], ...]:
    if end - start < 7 or draw.random() > 0.3:
        return ()
    return (
        ("quantities[0]", {"kind": "duration", "qualifier": "at_least", "low": end - start, "unit": "days"}),
    )


def _holds(kind: str, a: int, a_end: int, b: int, b_end: int) -> bool:
    return {
        "before": a_end <= b, "part_of": b <= a and a_end <= b_end, "contains": a <= b and b_end <= a_end,
        "overlaps": a <= b_end and b <= a_end, "causes": a <= b, "in_response_to": b <= a,
        "simultaneous": a == b and a_end == b_end,
    }[kind]  # fmt: skip


def _passes(variables: int, inequalities: int) -> None:
    """Carry limits over random inequalities, ROUNDS times: what one round of Bellman and Ford costs."""
    draw = np.random.default_rng(1)
    source, target = draw.integers(0, variables, (2, inequalities))
    limits = draw.integers(0, 10**9, variables)
    for _ in range(ROUNDS):
        np.minimum.at(limits, target, limits[source])


def lines(*, short: bool) -> Iterator[Line]:
    """Yield the lines of the table of run.py."""
    events, links = (2_000, 6_000) if short else (20_000, 60_000)
    records, tied = case(events, links)
    yardstick = milliseconds(lambda: _passes(2 * events, 2 * links))
    solved: list[Chronology] = []
    measured = milliseconds(lambda: solved.append(chronology_of(records, tied)))
    if solved[-1].contradictions:
        raise AssertionError("a planted case contradicts itself")
    what = f"bounds of {events:,} events by {links:,} links, with contradictions looked for"
    against = "100 rounds of numpy over as many inequalities"
    yield Line(what, measured, yardstick, against, most=25.0, cap=1_000.0)
