"""What is asked of the actor graph: which records, where its actors lie, how much of it is on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from explorer.casefile.columns import EventTable, Mask
from explorer.frozen import frozen
from explorer.query.edges import Edge

Places = Mapping[str, tuple[float, float]]


@frozen
class Look:
    """Which part of the plane is on the canvas: the point in its middle (units) and how much it is enlarged."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0


@frozen(slots=False)
class GraphRequest:
    """What to draw. mask: the events in view. edges: of query.edges for the same mask, or None to have them made.

    positions: of place_actors (unit square), or None to have them made; pinned overrides them, also in units.
    opened: actors whose parts stand for themselves. centre, steps: only what is so near to one actor, enlarged.
    bright: actors that stay bright while the rest is dimmed (hover). footer: legend and notes below.
    Of a crowd alone: look, the part of the plane on the canvas; most_edges: how many lines, None for as many as can be
    told apart; lit: actors whose ties are drawn whatever that number (hover); taken: boxes where
    no name may stand.
    """

    table: EventTable
    mask: Mask
    edges: tuple[Edge, ...] | None = None
    positions: Places | None = None
    width: float = 800.0
    height: float = 500.0
    text_only: bool = False
    opened: frozenset[str] = frozenset()
    pinned: Places = field(default_factory=dict)
    centre: str | None = None
    steps: int = 1
    bright: frozenset[str] | None = None
    footer: bool = True
    look: Look = field(default_factory=Look)
    most_edges: int | None = None
    lit: frozenset[str] = frozenset()
    taken: tuple[tuple[float, float, float, float], ...] = ()
