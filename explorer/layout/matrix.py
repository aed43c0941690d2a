"""Actor by actor: rows do, columns are done to; the twin of the graph in numbers (design §4 "Actor panel")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.casefile.columns import EventTable
from explorer.frozen import frozen
from explorer.layout import nodes, ties
from explorer.layout.cells import MOST, behind, material
from explorer.layout.cells import Cell as Cell
from explorer.layout.cells import MatrixRequest as MatrixRequest
from explorer.layout.cells import cells_of as cells_of
from explorer.layout.footer import Entry, Footer, flowed
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.nodes import Node
from explorer.layout.rowids import RowIds, RowSet
from explorer.layout.scene import Group, Item, Label, Rect, Scene, Shape
from explorer.words import HUE_WORDS, tr

_MARGIN = 14.0
_LEAST_COLUMN = 24.0
_ROW = 24.0
_TALLEST = 38.0
_WIDEST = 110.0


@frozen(slots=False)
class _Grid:
    """Where cells lie: one row and one column for each of names."""

    names: tuple[str, ...]
    left: float
    top: float
    column: float
    row: float
    numbered: bool

    def box(self, source: str, target: str) -> tuple[float, float, float, float]:
        x = self.left + self.names.index(target) * self.column
        y = self.top + self.names.index(source) * self.row
        return (round(x, 2), round(y, 2), round(self.column, 2), round(self.row, 2))


def layout_matrix(request: MatrixRequest, measure: Measure) -> Scene:
    """Return the matrix as a Scene; every event of the mask is behind a cell or a note below.

    Groups: "cell" (ids: the events, then the relations behind it), "actor" (row and column heads; ids as in the
    graph), "cluster" (records that tie no two of the actors drawn) and "legend". Where not all actors find room, the
    most active are drawn and the rest are counted.
    """
    table = request.table
    by_id, cells, tied = material(request)
    total = len(tied)
    names = [name for name in tied[:MOST] if name in by_id]
    footer = _footer(request, cells, names, total, measure)
    while True:
        grid, room = _grid(request, by_id, names, footer, measure)
        if room >= len(names):
            break
        names = names[:room]
        footer = _footer(request, cells, names, total, measure)
    camps = {side: number for number, side in enumerate(nodes.camp_roles(table))}
    order = sorted(names, key=lambda n: (camps.get(table.actors.sides[by_id[n].index], 99), names.index(n)))
    grid = _Grid(tuple(order), grid.left, grid.top, grid.column, grid.row, grid.numbered)
    items: list[Item] = [*_ground(grid)] if order else [_nothing(request, measure)]
    items += _heads(table, by_id, grid, measure)
    most = max((len(cell.rows) for cell in cells.values()), default=1)
    for (source, target), cell in sorted(cells.items(), key=lambda kv: kv[0]):
        if source in order and target in order:
            items.append(_cell(table, cell, grid.box(source, target), most, measure))
    items += footer.items(0.0, request.height - footer.height)
    ids = RowSet(table, request.mask, int(np.count_nonzero(request.mask)))
    return Scene(request.width, request.height, tuple(items), event_ids=ids)


def _grid(
    request: MatrixRequest,
    by_id: Mapping[str, Node],
    names: Sequence[str],
    footer: Footer,
    measure: Measure,
) -> tuple[_Grid, int]:
    """Return the grid for names, and how many names have room in it."""
    widest = max((measure.width(by_id[name].name, "label") for name in names), default=0.0)
    left = _MARGIN + min(widest + 34.0, request.width * 0.32)
    line = line_height(measure, "small")
    top = _MARGIN + 3 * line + 6.0
    high, wide = request.height - top - footer.height - 8.0, request.width - left - _MARGIN
    count = max(len(names), 1)
    room = max(1, min(int(high / _ROW), int(wide / _LEAST_COLUMN)))
    column, row = min(wide / count, _WIDEST), min(max(high / count, _ROW * 0.8), _TALLEST)
    numbered = any(_column_lines(by_id[name].name, column, measure) is None for name in names)
    return _Grid(tuple(names), left, top, min(column, 44.0) if numbered else column, row, numbered), room


def _column_lines(name: str, column: float, measure: Measure) -> tuple[str, ...] | None:
    """Return a name in one or two lines that fit a column, or None where it does not fit whole."""
    room = column - 6.0
    if measure.width(name, "small") <= room:
        return (name,)
    words = name.split()
    for cut in range(1, len(words)):
        lines = (" ".join(words[:cut]), " ".join(words[cut:]))
        if all(measure.width(line, "small") <= room for line in lines):
            return lines
    return None


def _ground(grid: _Grid) -> list[Item]:
    """Return the stripes, the grid and the diagonal, on which nothing can lie."""
    count = len(grid.names)
    items: list[Item] = []
    for number, name in enumerate(grid.names):
        y = round(grid.top + number * grid.row, 2)
        wide = round(count * grid.column, 2)
        fill = "lane_b" if number % 2 else "lane_a"
        items.append(Rect(grid.left, y, wide, round(grid.row, 2), fill))
        x, y, width, height = grid.box(name, name)
        items.append(Rect(x, y, width, height, "grid", opacity=0.6))
    frame = Rect(
        grid.left, grid.top, round(count * grid.column, 2), round(count * grid.row, 2), stroke="line"
    )
    return [*items, frame]


def _heads(table: EventTable, by_id: Mapping[str, Node], grid: _Grid, measure: Measure) -> list[Item]:
    """Return what stands left of the rows and above the columns; numbers where names do not fit the columns."""
    items: list[Item] = []
    camps = nodes.camp_roles(table)
    if grid.names:
        base = _MARGIN + measure.ascent("small_italic") - 4
        for x, text in ((_MARGIN, tr("Did it")), (grid.left, tr("Target, or for whom"))):
            items.append(Label(x, base, text, "small_italic", measure.width(text, "small_italic"), "muted"))
    for number, name in enumerate(grid.names):
        node = by_id[name]
        role = camps.get(table.actors.sides[node.index], "camp_none")
        items.append(_row_head(table, node, grid, number, role, measure))
        items.append(_column_head(table, node, grid, number, measure))
    return items


def _row_head(table: EventTable, node: Node, grid: _Grid, number: int, role: str, measure: Measure) -> Group:
    y = grid.top + number * grid.row
    middle = y + grid.row / 2
    base = round(middle + (measure.ascent("label") - measure.descent("label")) / 2, 2)
    left = _MARGIN + 16 + (measure.width("00 ", "label") if grid.numbered else 0.0)
    text = shortened(node.name, grid.left - left - 10, "label", measure)
    whole = node.name if text != node.name else ""
    mark = Shape(nodes.mark_of(table.actors.kinds[node.index]), _MARGIN + 5, round(middle, 2), 5.0, role)
    items: list[Item] = [mark, Label(left, base, text, "label", measure.width(text, "label"), full=whole)]
    if grid.numbered:
        own = str(number + 1)
        items.append(Label(_MARGIN + 16, base, own, "label", measure.width(own, "label"), "muted"))
    ids = (node.id, *node.members, *(table.ids[row] for row in node.rows))
    box = (_MARGIN, round(y, 2), grid.left - _MARGIN - 4, round(grid.row, 2))
    return Group(tuple(items), ids, "actor", nodes.node_title(table, node), (box,))


def _column_head(table: EventTable, node: Node, grid: _Grid, number: int, measure: Measure) -> Group:
    lines = (str(number + 1),) if grid.numbered else _column_lines(node.name, grid.column, measure) or ("",)
    x = round(grid.left + (number + 0.5) * grid.column, 2)
    step = line_height(measure, "small")
    first = grid.top - 5 - measure.descent("small") - (len(lines) - 1) * step
    items = tuple(
        Label(x, round(first + at * step, 2), line, "small", measure.width(line, "small"), "ink", "middle")
        for at, line in enumerate(lines)
    )
    ids = (node.id, *node.members, *(table.ids[row] for row in node.rows))
    box = (round(x - grid.column / 2, 2), grid.top - 4 - 2 * step, round(grid.column, 2), 2 * step + 2)
    return Group(items, ids, "actor", nodes.node_title(table, node), (box,))


def _cell(
    table: EventTable,
    cell: Cell,
    box: tuple[float, float, float, float],
    most: int,
    measure: Measure,
) -> Group:
    """Return one cell: tinted by its hues, outlined where no direction is stated, a dot for a stated tie."""
    x, y, width, height = box
    inner = (x + 1.5, y + 1.5, width - 3.0, height - 3.0)
    items: list[Item] = [*_tints(cell, inner, most)]
    text = " + ".join(str(len(rows)) for rows in (cell.done, cell.shared - cell.done) if rows)
    if text:
        base = round(y + height / 2 + (measure.ascent("label") - measure.descent("label")) / 2, 2)
        shown = shortened(text, width - 4, "label", measure)
        wide = measure.width(shown, "label")
        items.append(Label(round(x + width / 2, 2), base, shown, "label", wide, "ink", "middle"))
    if cell.stated:
        items.append(Shape("circle", round(x + width - 6.5, 2), round(y + 6.5, 2), 2.6, cell.stated[0].hue))
    relations = tuple(record for edge in cell.stated for record in edge.relation_ids)
    ids = tuple(table.ids[row] for row in sorted(cell.rows)) + relations
    parts = [ties.edge_title(table, edge) for edge in (*cell.directed, *cell.undirected, *cell.stated)]
    return Group(tuple(items), ids, "cell", _title(cell, parts), (box,))


def _title(cell: Cell, parts: Sequence[str]) -> str:
    first = tr("{n} records").format(n=len(cell.rows)) if len(parts) > 1 and cell.rows else ""
    return tr(". ").join(part for part in (first, *parts) if part)


def _tints(cell: Cell, inner: tuple[float, float, float, float], most: int) -> list[Item]:
    """Return the fill: a share of the width for each hue, stronger with more events; an outline without direction."""
    x, y, width, height = inner
    items: list[Item] = []
    shares: dict[str, int] = {}
    for edge in cell.directed:
        shares[edge.hue] = shares.get(edge.hue, 0) + edge.weight
    total, at = sum(shares.values()), x
    strength = round(0.18 + 0.37 * (len(cell.rows) / max(most, 1)) ** 0.5, 3)
    for hue in sorted(shares, key=lambda name: (-shares[name], name)):
        wide = width * shares[hue] / total
        items.append(Rect(round(at, 2), y, round(wide, 2), height, hue, opacity=strength))
        at += wide
    if cell.undirected:
        hue = max(cell.undirected, key=lambda edge: edge.weight).hue
        items.append(Rect(x, y, width, height, "", hue, 1.4, 3.0))
    return items


def _footer(
    request: MatrixRequest,
    cells: Mapping[tuple[str, str], Cell],
    names: Sequence[str],
    total: int,
    measure: Measure,
) -> Footer:
    """Return what stands below: records behind no cell, how many actors are drawn, and what the marks mean."""
    table, inside = request.table, set(names)
    drawn = [cell for (one, two), cell in cells.items() if one in inside and two in inside]
    seen, tied = behind(request, cells, drawn)
    alone = RowIds(table, np.flatnonzero(request.mask & ~tied).astype(np.int32))
    others = RowIds(table, np.flatnonzero(request.mask & tied & ~seen).astype(np.int32))
    entries = []
    if alone:
        entries.append(Entry(tr("Tie no two actors: {n}").format(n=len(alone)), ids=alone))
    if others:
        entries.append(Entry(tr("Of other actors: {n}").format(n=len(others)), ids=others))
    if len(names) < total:
        entries.append(Entry(tr("{n} of {total} actors shown").format(n=len(names), total=total)))
    if request.footer:
        entries += _meanings(drawn)
    return flowed(entries, request.width, measure)


def _meanings(drawn: Sequence[Cell]) -> list[Entry]:
    hues = {edge.hue for cell in drawn for edge in cell.directed}
    entries = [Entry(tr(words), hue, "square") for hue, words in HUE_WORDS.items() if hue in hues]
    if any(cell.undirected for cell in drawn):
        entries.append(Entry(tr("together, no direction stated"), "muted", "square", ring=True))
    if any(cell.stated for cell in drawn):
        entries.append(Entry(tr("a dot: a tie is stated")))
    return entries


def _nothing(request: MatrixRequest, measure: Measure) -> Item:
    text = tr("No record shown ties two actors.")
    wide = measure.width(text, "label")
    return Label(request.width / 2, request.height / 2, text, "label", wide, "muted", "middle")
