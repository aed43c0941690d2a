"""The Events table as a figure: as many rows as the page holds, and the rest counted (design §4 "Events")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.scene import Anchor, FontRole, Group, Item, Label, Path, Rect, Role, Scene
from explorer.layout.wrapping import wrapped
from explorer.words import isolated, tr

_MARGIN = 14.0
_GAP = 14.0
_PAD = 5.0
_MOST_LINES = 3
_LEAST_COLUMN = 46.0
_SAMPLED = 120


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, whether it holds numbers (set to the right), and whether it is the headline."""

    heading: str
    number: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: the event's id, a printed string for each column ("not stated" where nothing is), its hue, a title."""

    id: str
    cells: tuple[str, ...]
    hue: Role = ""
    title: str = ""


@dataclass(frozen=True)
class SheetRequest:
    """What to draw. rows: the first ones, in order; more: ids of the rows after them, which are only counted."""

    columns: tuple[SheetColumn, ...]
    rows: Sequence[SheetRow]
    width: float = 800.0
    height: float = 500.0
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Columns:
    """Where columns lie, and how their words are set."""

    columns: tuple[SheetColumn, ...]
    left: tuple[float, ...]
    width: tuple[float, ...]


def layout_sheet(request: SheetRequest, measure: Measure) -> Scene:
    """Return the table as a Scene.

    Groups: "row" (ids: its event), "legend" (the heading) and, where the page is full, "cluster" with the ids of all
    that did not fit ("and n more").
    """
    columns = _columns(request, measure)
    head, top = _heading(request, columns, measure)
    items: list[Item] = [head]
    room = request.height - _MARGIN
    line = line_height(measure, "small") + 6.0
    shown = 0
    for number, row in enumerate(request.rows):
        lines = _lines(row, columns, measure)
        high = _row_height(lines, measure)
        last = number == len(request.rows) - 1 and not request.more
        if top + high > room - (0.0 if last else line):
            break
        items.append(_row(row, lines, columns, top, high, striped=number % 2 == 1, measure=measure))
        top += high
        shown += 1
    rest = (*(row.id for row in request.rows[shown:]), *request.more)
    if rest:
        items.append(_more(rest, shown, top, request.width, measure))
    elif not request.rows:
        text = tr("No record passes the filter.")
        wide = measure.width(text, "label")
        items.append(Label(_MARGIN, round(top + 20, 2), text, "label", wide, "muted"))
    ids = frozenset(row.id for row in request.rows) | frozenset(request.more)
    return Scene(request.width, request.height, tuple(items), event_ids=ids)


def sheet_height(request: SheetRequest, measure: Measure) -> float:
    """Return the height at which all of request.rows fit, in pixels; more adds the line that counts them."""
    columns = _columns(request, measure)
    _, top = _heading(request, columns, measure)
    rows = sum(_row_height(_lines(row, columns, measure), measure) for row in request.rows)
    return top + rows + _MARGIN + (line_height(measure, "small") + 6.0 if request.more else 0.0) + 1.0


def _columns(request: SheetRequest, measure: Measure) -> _Columns:
    """Share the width out: each column what it asks for, the widest giving way first, none below a minimum."""
    asked = []
    for number, column in enumerate(request.columns):
        font = _font(column)
        cells = (row.cells[number][:120] for row in request.rows[:_SAMPLED])
        wide = max((measure.width(cell, font) for cell in cells), default=0.0)
        asked.append(max(wide, measure.width(column.heading, "caption_bold"), _LEAST_COLUMN) + 1.0)
    room = request.width - 2 * _MARGIN - _GAP * max(len(asked) - 1, 0) - 10.0
    widths = _shared(asked, room)
    left, at = [], _MARGIN + 10.0
    for width in widths:
        left.append(round(at, 2))
        at += width + _GAP
    return _Columns(request.columns, tuple(left), tuple(widths))


def _shared(asked: Sequence[float], room: float) -> list[float]:
    """Return widths that together fill no more than room: a common ceiling cuts the widest ones."""
    if sum(asked) <= room or not asked:
        spare = max(room - sum(asked), 0.0)
        widest = max(range(len(asked)), key=lambda n: asked[n], default=0)
        return [width + (min(spare, 160.0) if n == widest else 0.0) for n, width in enumerate(asked)]
    ordered, left = sorted(asked), room
    ceiling = room / len(asked)
    for number, width in enumerate(ordered):
        ceiling = left / (len(ordered) - number)
        if width >= ceiling:
            break
        left -= width
    return [min(width, max(ceiling, 8.0)) for width in asked]


def _heading(request: SheetRequest, columns: _Columns, measure: Measure) -> tuple[Group, float]:
    """Return the headings with a line below, and where the rows begin."""
    items: list[Item] = []
    lines = [
        wrapped(column.heading, width, "caption_bold", measure, 2)
        for column, width in zip(columns.columns, columns.width, strict=True)
    ]
    step = line_height(measure, "caption_bold")
    deep = max((len(each) for each in lines), default=1)
    for number, each in enumerate(lines):
        for at, text in enumerate(each):
            y = _MARGIN + measure.ascent("caption_bold") + (deep - len(each) + at) * step
            x, anchor = _anchor(columns, number)
            wide = measure.width(text, "caption_bold")
            items.append(Label(x, round(y, 2), text, "caption_bold", wide, "muted", anchor))
    bottom = round(_MARGIN + deep * step + 5.0, 2)
    rule = (("M", _MARGIN, bottom), ("L", request.width - _MARGIN, bottom))
    items.append(Path(rule, stroke="line"))
    words = tr(", ").join(column.heading for column in columns.columns)
    return Group(tuple(items), (), "legend", words), bottom + 1.0


def _anchor(columns: _Columns, number: int) -> tuple[float, Anchor]:
    if columns.columns[number].number:
        return round(columns.left[number] + columns.width[number], 2), "end"
    return columns.left[number], "start"


def _lines(row: SheetRow, columns: _Columns, measure: Measure) -> list[list[str]]:
    return [
        wrapped(cell, columns.width[number], _font(columns.columns[number]), measure, _MOST_LINES)
        for number, cell in enumerate(row.cells)
    ]


def _font(column: SheetColumn) -> FontRole:
    return "label_bold" if column.strong else "label"


def _row_height(lines: Sequence[Sequence[str]], measure: Measure) -> float:
    return max((len(each) for each in lines), default=1) * line_height(measure, "label") + 2 * _PAD


def _row(
    row: SheetRow,
    lines: Sequence[Sequence[str]],
    columns: _Columns,
    top: float,
    high: float,
    *,
    striped: bool,
    measure: Measure,
) -> Group:
    right = columns.left[-1] + columns.width[-1] if columns.left else _MARGIN
    box = (_MARGIN, round(top, 2), round(right - _MARGIN + 4, 2), round(high, 2))
    items: list[Item] = [Rect(*box, fill="lane_b" if striped else "lane_a")]
    if row.hue:
        items.append(Rect(_MARGIN, round(top + 3, 2), 3.0, round(high - 6, 2), fill=row.hue, radius=1.5))
    step = line_height(measure, "label")
    blank = tr("not stated")
    for number, each in enumerate(lines):
        font = _font(columns.columns[number])
        x, anchor = _anchor(columns, number)
        fill = "muted" if row.cells[number] == blank else "ink"
        for at, text in enumerate(each):
            y = round(top + _PAD + at * step + measure.ascent("label"), 2)
            whole = row.cells[number] if at == len(each) - 1 and text.endswith("…") else ""
            items.append(Label(x, y, text, font, measure.width(text, font), fill, anchor, whole))
    pairs = zip(columns.columns, row.cells, strict=True)
    words = row.title or tr("; ").join(
        tr("{heading}: {value}").format(heading=column.heading, value=isolated(cell))
        for column, cell in pairs
    )
    return Group(tuple(items), (row.id,), "row", words, (box,))


def _more(rest: tuple[str, ...], shown: int, top: float, width: float, measure: Measure) -> Group:
    words = (tr("and {n} more") if shown else tr("{n} records, for which there is no room here")).format(
        n=len(rest)
    )
    text = shortened(words, width - 2 * _MARGIN, "small_italic", measure)
    wide = measure.width(text, "small_italic")
    y = round(top + 3 + measure.ascent("small_italic"), 2)
    label = Label(_MARGIN + 10, y, text, "small_italic", wide, "muted")
    box = (_MARGIN, round(top, 2), wide + 20, line_height(measure, "small_italic") + 4)
    return Group((label,), rest, "cluster", words, (box,))
