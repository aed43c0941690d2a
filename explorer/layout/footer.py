"""The line below graph and matrix: what colours, shapes and lines mean, and the records that no node shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from explorer.casefile.columns import EventTable
from explorer.frozen import frozen
from explorer.layout import nodes
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.nodes import Mark, Node
from explorer.layout.scene import Dash, Group, Item, Label, Path, Rect, Role, Shape
from explorer.query.edges import Edge
from explorer.words import isolated, tr

_GAP = 14.0
_KEY = 15.0  # room for a mark before its words
_INSET = 14.0


@frozen
class Entry:
    """One thing the footer says: a mark or a line (or nothing) and words; with ids it can be clicked."""

    text: str
    role: Role = ""
    mark: Mark | None = None
    dash: Dash | None = None
    ring: bool = False
    ids: Sequence[str] = ()


@frozen(slots=False)
class Footer:
    """Entries laid out in lines: (entry, x, line number, shown words); above: lines left blank before them."""

    placed: tuple[tuple[Entry, float, int, str], ...]
    lines: int
    measure: Measure
    above: int = 0

    @property
    def height(self) -> float:
        """Height in pixels, 0 where there is nothing to say."""
        return self.lines * self._step + 10.0 if self.lines else 0.0

    @property
    def _step(self) -> float:
        return line_height(self.measure, "small") + 5.0

    def items(self, x: float, y: float) -> list[Item]:
        """Return the footer from (x, y) downwards: a legend, and a cluster for each entry with ids."""
        plain: list[Item] = []
        groups: list[Item] = []
        for entry, left, line, text in self.placed:
            top = y + 2 + (line + self.above) * self._step
            parts = self._entry(entry, x + left, top, text)
            if entry.ids:
                wide = self.measure.width(text, "small") + (_KEY if _keyed(entry) else 0.0)
                box = (x + left - 5, top, wide + 10, self._step - 1)
                frame = Rect(*box, fill="panel", stroke="line", radius=4.0)
                groups.append(Group((frame, *parts), entry.ids, "cluster", entry.text, (box,)))
            else:
                plain += parts
        words = tr(" · ").join(entry.text for entry, _, _, _ in self.placed if not entry.ids)
        return ([Group(tuple(plain), (), "legend", words)] if plain else []) + groups

    def _entry(self, entry: Entry, x: float, top: float, text: str) -> list[Item]:
        middle = top + self._step / 2 - 0.5
        parts: list[Item] = []
        if entry.mark is not None:
            fill, stroke = ("panel", entry.role) if entry.ring else (entry.role, "")
            parts.append(Shape(entry.mark, x + 5, middle, 4.5, fill, stroke, 1.4))
        elif entry.dash is not None:
            parts.append(Path((("M", x - 4, middle), ("L", x + 11, middle)), entry.role, "", 1.6, entry.dash))
        left = x + (_KEY if _keyed(entry) else 0.0)
        wide = self.measure.width(text, "small")
        base = round(top + 2 + self.measure.ascent("small"), 2)
        whole = entry.text if text != entry.text else ""
        return [*parts, Label(round(left, 2), base, text, "small", wide, "muted", full=whole)]


def graph_footer(
    table: EventTable,
    shown: Mapping[str, Node],
    possible: Mapping[str, Node],
    drawn: Sequence[Edge],
    apart: Sequence[tuple[str, tuple[str, ...]]],
    width: float,
    measure: Measure,
    *,
    full: bool,
    room: float,
) -> Footer:
    """Return the footer of a graph, as high for every filter, so that none moves the nodes above.

    possible: all nodes that some filter shows. apart: words and event ids of records that no node shows (always
    kept). full: with the meaning of camps, lines and shapes, as far as they occur and there is room (in pixels of
    height); shapes give way first.
    """
    entries = [Entry(text, ids=ids) for text, ids in apart]
    most = [Entry(tr("No actor stated: {n}").format(n=len(table)))]
    if full:
        told = [_camps(table, shown), _lines(shown, drawn), _marks(table, shown)]
        could = [_camps(table, possible), [*_line_entries()[:3]], _marks(table, possible)]
        while could and flowed([*most, *chain(*could)], width, measure).height > room:
            could.pop()
        entries += chain(*told[: len(could)])
        most += chain(*could)
    footer = flowed(entries, width, measure)
    spare = max(flowed(most, width, measure).lines - footer.lines, 0)
    return replace(footer, lines=footer.lines + spare, above=spare)


def _camps(table: EventTable, shown: Mapping[str, Node]) -> list[Entry]:
    roles = nodes.camp_roles(table)
    present = {table.actors.sides[node.index] for node in shown.values()}
    entries = [Entry(isolated(camp), role, "circle") for camp, role in roles.items() if camp in present]
    if entries:
        if "" in present:
            entries.append(Entry(tr("camp not stated"), "camp_none", "circle"))
        entries.append(Entry(tr("(camps: coder's)")))
    return entries


def _marks(table: EventTable, shown: Mapping[str, Node]) -> list[Entry]:
    present = {nodes.mark_of(table.actors.kinds[node.index]) for node in shown.values()}
    if len(present) < 2:
        return []
    return [Entry(tr(words), "muted", mark) for mark, words in nodes.MARK_WORDS.items() if mark in present]


def _lines(shown: Mapping[str, Node], drawn: Sequence[Edge]) -> list[Entry]:
    present = (
        any(edge.dashed and edge.kind != "membership" for edge in drawn),
        any(edge.hollow for edge in drawn),
        any(not node.rows for node in shown.values()),
        any(edge.kind == "membership" for edge in drawn),
    )
    return [entry for entry, there in zip(_line_entries(), present, strict=True) if there]


def _line_entries() -> tuple[Entry, ...]:
    return (
        Entry(tr("tie, or one end: coder's reading"), "muted", dash="dash"),
        Entry(tr("hollow arrow: not reported as fact")),
        Entry(tr("no event in view"), "muted", "circle", ring=True),
        Entry(tr("belongs to, or leads"), "muted", dash="dot"),
    )


def flowed(entries: Sequence[Entry], width: float, measure: Measure) -> Footer:
    """Return entries set in lines of a figure of this width."""
    room = width - 2 * _INSET
    placed = []
    x, line = 0.0, 0
    for entry in entries:
        key = _KEY if _keyed(entry) else 0.0
        text = shortened(entry.text, max(room - key, 10.0), "small", measure)
        wide = measure.width(text, "small") + key
        if x and x + wide > room:
            x, line = 0.0, line + 1
        placed.append((entry, _INSET + x, line, text))
        x += wide + _GAP
    return Footer(tuple(placed), line + 1 if placed else 0, measure)


def _keyed(entry: Entry) -> bool:
    return entry.mark is not None or entry.dash is not None
