"""The actor graph of thousands: strongest ties first, opaque lines in bulk, names where there is room (design §4, §6).

A frame costs what is on the canvas: nothing here makes an object for each node or tie. What is not drawn is counted.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import Ints
from explorer.frozen import frozen
from explorer.layout import nodes
from explorer.layout.crowdlines import arrows, laid_lines, strokes
from explorer.layout.crowdnames import Named, named
from explorer.layout.crowdnodes import filtered
from explorer.layout.crowdnotes import NotesRequest, drawn_words, notes, notes_height
from explorer.layout.graphfinder import GraphFinder, node_ids, node_shape, node_words
from explorer.layout.graphrequest import GraphRequest, Look
from explorer.layout.measure import Measure
from explorer.layout.routes import Box
from explorer.layout.rowids import RowIds, RowSet
from explorer.layout.scene import Dots, Group, Item, Label, Rect, Role, Scene
from explorer.words import tr

Points = NDArray[np.float64]

#: Pixels of canvas for each line that is drawn unless somebody asks for more, and the most and the least of them.
_PER_LINE, _MOST_LINES, _FEWEST_LINES = 2000.0, 600, 130
_MARGIN = 26.0
_SMALLEST, _LARGEST = 1.7, 15.0
#: A node below this radius is a dot in a batch; a larger one has its own shape.
_SHAPED = 4.2
_MOST_SHAPED, _ALL_SHAPED = 90, 150
#: Lines at a node under the pointer that are drawn whatever the number asked for.
_MOST_LIT = 150
_DIM = 0.3
#: How strong a small node is drawn that none of the drawn lines touches.
_APART = 0.5


@frozen(slots=False)
class Told:
    """What a picture says of itself: ties drawn of all ties in view, and the events that lie behind no drawn one.

    plot: the part of the canvas that shows the plane.
    """

    drawn: int
    ties: int
    hidden: int
    actors: int
    plot: Box


@frozen(slots=False)
class CrowdPicture:
    """A finished picture, and what it tells of itself where it is that of a crowd."""

    scene: Scene
    told: Told | None  # None where all ties in view are drawn one by one


def usual_lines(width: float, height: float) -> int:
    """Return how many lines a canvas holds so that they can be told apart."""
    return int(min(max(width * height / _PER_LINE, _FEWEST_LINES), _MOST_LINES))


def place_at(told: Told, look: Look, x: float, y: float) -> tuple[float, float]:
    """Return which place of the plane (unit square) a point of the canvas shows."""
    _, _, width, height = told.plot
    return (
        look.x + (x - width / 2) / max(width - 2 * _MARGIN, 1.0) / look.zoom,
        look.y + (y - height / 2) / max(height - 2 * _MARGIN, 1.0) / look.zoom,
    )


def draw_crowd(request: GraphRequest, places: Points, measure: Measure) -> CrowdPicture:
    """Return the graph of many actors; places: float64 (actors, 2) of the unit square, in table order."""
    return _Drawing(request, places, measure).picture()


class _Drawing:
    """One picture, from what a filter leaves to the items of a Scene."""

    def __init__(self, request: GraphRequest, places: Points, measure: Measure) -> None:
        self.request, self.measure, self.table = request, measure, request.table
        self.filtered = filtered(
            request.table, request.mask, opened=request.opened, text_only=request.text_only
        )
        self.roles = dict(nodes.camp_roles(self.table))
        self.shown = self._shown()
        self.below = NotesRequest(self.filtered, self.chosen, self.roles, request.width, request.footer)
        self.plot = (0.0, 0.0, request.width, request.height - notes_height(self.below, measure))
        self.spots = self._pixels(places)
        self.radius = self._radii()

    @cached_property
    def chosen(self) -> NDArray[np.bool_]:
        """Which actors are shown: bool (actors,)."""
        found = np.zeros(len(self.filtered.count), np.bool_)
        found[self.shown] = True
        return found

    def _shown(self) -> Ints:
        """Return the actors in view, and the ends of stated ties in view; near the centre, where there is one."""
        there = self.filtered.count > 0
        there[self.filtered.ends.ravel()] = True
        if self.request.centre is not None:
            near = np.zeros(len(there), np.bool_)
            near[self.filtered.near(self.table.actor_of[self.request.centre], self.request.steps)] = True
            there &= near
        return np.flatnonzero(there).astype(np.int32)

    @cached_property
    def ranked(self) -> Ints:
        """The ties between shown actors, strongest first."""
        ranked, ends = self.filtered.ranked, self.filtered.ends
        return ranked[self.chosen[ends[ranked]].all(axis=1)]

    @cached_property
    def drawn(self) -> Ints:
        """The ties that are drawn, strongest first: of a part of the plane, those with an end in it."""
        request, ranked = self.request, self.ranked
        asked = request.most_edges or usual_lines(request.width, request.height)
        if request.look.zoom > 1.0 and len(ranked) > asked:
            x, y = self.spots.T
            inside = (x >= 0) & (x <= self.plot[2]) & (y >= 0) & (y <= self.plot[3])
            ranked = ranked[inside[self.filtered.ends[ranked]].any(axis=1)]
        return ranked[:asked]

    @cached_property
    def tied(self) -> NDArray[np.bool_]:
        """Which actors are at an end of a drawn line: bool (actors,)."""
        found = np.zeros(len(self.filtered.count), np.bool_)
        found[self.filtered.ends[self.drawn].ravel()] = True
        return found

    @cached_property
    def lit(self) -> Ints:
        """The ties at the actors under the pointer, strongest first."""
        known = self.table.actor_of
        actors = [known[actor] for actor in self.request.lit if actor in known]
        if not actors:
            return np.empty(0, np.int32)
        return self.ranked[np.isin(self.filtered.ends[self.ranked], actors).any(axis=1)][:_MOST_LIT]

    @cached_property
    def told(self) -> Told:
        """What the picture says of itself."""
        left = self.filtered
        seen = left.behind(self.drawn)
        hidden = int(np.count_nonzero(left.joined)) - int(np.count_nonzero(seen))
        return Told(len(self.drawn), len(left.ends), hidden, len(self.shown), self.plot)

    def _hidden(self) -> Ints:
        """Return the rows of the events that lie behind no drawn line."""
        left = self.filtered
        return np.flatnonzero(left.joined & ~left.behind(self.drawn)).astype(np.int32)

    def _pixels(self, places: Points) -> Points:
        """Return where each actor lies on the canvas, float64 (actors, 2)."""
        units = places.copy()
        for actor, place in self.request.pinned.items():
            if actor in self.table.actor_of:
                units[self.table.actor_of[actor]] = place
        look = self.request.look
        if self.request.centre is not None and len(self.shown) > 1:
            mine = units[self.shown]
            low, high = mine.min(axis=0), mine.max(axis=0)
            units = np.where(high - low > 1e-6, (units - low) / np.maximum(high - low, 1e-6), 0.5)
        size = np.array([self.plot[2] - 2 * _MARGIN, self.plot[3] - 2 * _MARGIN])
        middle = np.array([self.plot[2], self.plot[3]]) / 2
        return np.asarray(middle + (units - (look.x, look.y)) * look.zoom * size, np.float64)

    def _radii(self) -> Points:
        """Return the radius of each actor's mark: its area grows with its events in view."""
        most = max(int(self.filtered.members.total.max(initial=1)), 6)
        room = math.sqrt(self.plot[2] * max(self.plot[3], 1.0) / max(len(self.shown), 1))
        largest = min(_LARGEST, max(5.0, room / 3.2)) * self.request.look.zoom**0.3
        least = min(_SMALLEST * self.request.look.zoom**0.25, 4.5) if len(self.shown) > 300 else 3.4
        return np.asarray(least + (largest - least) * np.sqrt(self.filtered.count / most), np.float64)

    def picture(self) -> CrowdPicture:
        """Return the whole."""
        request = self.request
        seen = self._seen()
        lines = laid_lines(self.filtered, self.drawn, self.spots, self.radius, self.plot)
        lit = laid_lines(self.filtered, self.lit, self.spots, self.radius, self.plot)
        bright = self._bright()
        items: list[Item] = [
            *strokes(lines, _DIM if request.lit else 1.0),
            *arrows(lines, 1.0 if not request.lit else _DIM),
        ]
        items += [*strokes(lit, 1.0), *arrows(lit, 1.0)]
        names = named(
            self._wanted(seen, bright),
            self.spots,
            self.radius,
            self.plot,
            self.table,
            self.measure,
            request.taken,
        )
        apart, dots = self._apart(seen, names)
        items += self._dots(dots, bright)
        finder = GraphFinder(
            self.filtered, seen, self.spots[seen], self.radius[seen], lines.positions, lines.ends, lines.widths,
            self.roles,
        )  # fmt: skip
        ids = RowIds(self.table, self._rows)
        crowd = Group(tuple(items), ids, "cluster", self._words(), (self.plot,), finder)
        singles = [self._single(actor, bright) for actor in apart.tolist()]
        labels = [self._label(one) for one in names]
        told = self.told
        footer = notes(
            self.below, told.drawn, told.ties, RowIds(self.table, self._hidden, told.hidden), self.measure
        )
        below = footer.items(0.0, request.height - footer.height)
        every = RowSet(self.table, self.filtered.mask, int(np.count_nonzero(self.filtered.mask)))
        ground = Rect(0.0, self.plot[3], request.width, request.height - self.plot[3], "panel")
        whole = (crowd, *singles, *labels, ground, *below) if len(self.shown) else (*below, self._nobody())
        return CrowdPicture(Scene(request.width, request.height, whole, event_ids=every), self.told)

    def _rows(self) -> Ints:
        """Return the rows of the events that name an actor shown."""
        if self.request.centre is None:
            return np.flatnonzero(self.filtered.named).astype(np.int32)
        return np.flatnonzero(self.filtered.members.rows(self.chosen, self.filtered.mask)).astype(np.int32)

    def _seen(self) -> Ints:
        """Return the shown actors that lie on the canvas."""
        x, y = self.spots[self.shown].T
        inside = (x > -20) & (x < self.plot[2] + 20) & (y > -20) & (y < self.plot[3] + 20)
        seen: Ints = self.shown[inside]
        return seen

    def _bright(self) -> NDArray[np.bool_] | None:
        """Return which actors stay bright while the rest is dimmed, None for all."""
        if not self.request.lit:
            return None
        found = np.zeros(len(self.filtered.count), np.bool_)
        found[self.filtered.ends[self.lit].ravel()] = True
        known = self.table.actor_of
        found[[known[actor] for actor in self.request.lit if actor in known]] = True
        return found

    def _wanted(self, seen: Ints, bright: NDArray[np.bool_] | None) -> Ints:
        """Return who is named first: those that stay bright, then those with most events in view."""
        dim = ~bright[seen] if bright is not None else np.zeros(len(seen), np.bool_)
        order = np.lexsort((seen, -self.filtered.count[seen], dim))
        return seen[order][: int(np.count_nonzero(~dim)) if bright is not None else None]

    def _apart(self, seen: Ints, names: list[Named]) -> tuple[Ints, Ints]:
        """Return the actors drawn one by one, and those drawn in batches; a named one is always of the first."""
        few = len(seen) <= _ALL_SHAPED
        large = seen if few else seen[self.radius[seen] >= _SHAPED]
        large = large[np.argsort(-self.radius[large], kind="stable")][: _ALL_SHAPED if few else _MOST_SHAPED]
        own = np.zeros(len(self.filtered.count), np.bool_)
        own[large] = True
        own[[one.actor for one in names]] = True
        return seen[own[seen]], seen[~own[seen]]

    def _dots(self, dots: Ints, bright: NDArray[np.bool_] | None) -> list[Item]:
        """Return the small nodes by camp and size, each on a rim of the panel's colour."""
        if not len(dots):
            return []
        camps = [self.roles.get(side, "camp_none") for side in self.table.actors.sides]
        names = sorted({camps[actor] for actor in dots.tolist()})
        code = np.array([names.index(camps[actor]) for actor in dots.tolist()])
        step = np.round(self.radius[dots] * 2).astype(np.int64)
        strong = self.tied[dots] if bright is None else bright[dots]
        weak = _APART if bright is None else _DIM
        items: list[Item] = []
        for size in sorted(set(step.tolist())):
            for number, role in enumerate(names):
                for full in (False, True):
                    part = (step == size) & (code == number) & (strong == full)
                    if part.any():
                        share, rim = (1.0, 0.8) if full else (weak, 0.0)
                        items.append(Dots(self.spots[dots[part]], size / 2, role, share, rim))
        return items

    def _single(self, actor: int, bright: NDArray[np.bool_] | None) -> Group:
        x, y = self.spots[actor].tolist()
        radius, there = float(self.radius[actor]), bool(self.filtered.count[actor])
        shape = node_shape(self.table, actor, x, y, radius, self.roles, there=there)
        faded = bright is not None and not bright[actor]
        rim = Dots(self.spots[[actor]], radius + 0.4, "panel")
        mark = replace(shape, opacity=_DIM) if faded else shape
        box = (round(x - radius, 2), round(y - radius, 2), round(2 * radius, 2), round(2 * radius, 2))
        return Group(
            (rim, mark), node_ids(self.filtered, actor), "actor", node_words(self.filtered, actor), (box,)
        )

    def _label(self, one: Named) -> Group:
        x, y, width, height = one.box
        fill: Role = "ink" if self.filtered.count[one.actor] else "muted"
        back = Rect(x - 1, y, width + 2, height, "panel", radius=3.0, opacity=0.86)
        base = round(y + self.measure.ascent("small"), 2)
        label = Label(x, base, one.text, "small", width, fill, full=one.full)
        ids, words = node_ids(self.filtered, one.actor)[:1], node_words(self.filtered, one.actor)
        return Group((back, label), ids, "name", words, ((x, y, width, height),))

    def _words(self) -> str:
        """Return what a screen reader says of the crowd."""
        drawn = drawn_words(self.told.drawn, self.told.ties)
        return tr("{n} actors, {edges}").format(n=f"{len(self.shown):,}", edges=drawn)

    def _nobody(self) -> Item:
        some = bool(self.request.mask.any())
        text = tr("No record shown names an actor.") if some else tr("No record is shown.")
        wide = self.measure.width(text, "label")
        return Label(self.request.width / 2, self.plot[3] / 2, text, "label", wide, "muted", "middle")
