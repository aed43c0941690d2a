"""The Events table as a figure: as many rows as the page holds, and the rest counted (design §4 "Events")."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.frozen import frozen
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.scene import Anchor, FontRole, Group, Item, Label, Path, Rect, Role, Scene
from explorer.layout.wrapping import wrapped
from explorer.words import isolated, tr

_MARGIN = 14.0
_GAP = 14.0
_PAD = 5.0
_MOST_LINES = 3
_LEAST_COLUMN = 34.0
_LONGEST_WORD = 96.0
_SAMPLED = 120


@frozen
class SheetColumn:
    """A column: its heading, whether it holds numbers (set to the right), and whether it is the headline."""

    heading: str
    number: bool = False
    strong: bool = False


@frozen
class SheetRow:
    """A row: the event's id, a printed string for each column ("not stated" where nothing is), its hue, a title."""

    id: str
    cells: tuple[str, ...]
    hue: Role = ""
    title: str = ""


@frozen(slots=False)
class SheetRequest:
    """What to draw. rows: the first ones, in order; more: ids of the rows after them, which are only counted."""

    columns: tuple[SheetColumn, ...]
    rows: Sequence[SheetRow]
    width: float = 800.0
    height: float = 500.0
    more: tuple[str, ...] = ()


@frozen(slots=False)
class _Columns:
    """Where columns lie, and how their words are set."""

    columns: tuple[SheetColumn, ...]
    left: tuple[float, ...]
    width: tuple[float, ...]
    kept: tuple[int, ...]  # their numbers in the request
    missing: tuple[str, ...]  # headings of those without room


def layout_sheet(request: SheetRequest, measure: Measure) -> Scene:
    """Return the table as a Scene.

    Groups: "row" (ids: its event), "legend" (the heading) and, where the page is full, "cluster" with the ids of all
    that did not fit ("and n more"). Raises ValueError without columns.
    """
    if not request.columns:
        raise ValueError("a table needs at least one column")
    columns = _columns(request, measure)
    head, top = _heading(request, columns, measure)
    items: list[Item] = [head]
    line = line_height(measure, "small_italic") + 6.0
    room = request.height - (_MARGIN - 6.0) - (line if columns.missing else 0.0)
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
    if columns.missing:
        items.append(_missing(columns.missing, request, measure))
    ids = frozenset(row.id for row in request.rows) | frozenset(request.more)
    return Scene(request.width, request.height, tuple(items), event_ids=ids)


def sheet_height(request: SheetRequest, measure: Measure) -> float:
    """Return the height at which all of request.rows fit, in pixels; more adds the line that counts them."""
    columns = _columns(request, measure)
    _, top = _heading(request, columns, measure)
    rows = sum(_row_height(_lines(row, columns, measure), measure) for row in request.rows)
    lines = bool(request.more) + bool(columns.missing)
    return top + rows + _MARGIN + lines * (line_height(measure, "small_italic") + 6.0) + 1.0


def _columns(request: SheetRequest, measure: Measure) -> _Columns:
    """Share the width out: no column narrower than its longest word, the widest wishes giving way first.

    Where not all columns have room, those in which nothing is stated go first, then the last ones.
    """
    least, asked = zip(*(_wishes(request, n, measure) for n in range(len(request.columns))), strict=True)
    blank = tr("not stated")
    empty = [all(row.cells[n] in {blank, ""} for row in request.rows) for n in range(len(request.columns))]
    kept = list(range(len(request.columns)))
    while len(kept) > 1 and sum(least[n] + _GAP for n in kept) > request.width - 2 * _MARGIN:
        kept.remove(next((n for n in reversed(kept) if empty[n]), kept[-1]))
    room = request.width - 2 * _MARGIN - _GAP * (len(kept) - 1) - 14.0 - sum(least[n] for n in kept)
    extra = _shared([asked[n] - least[n] for n in kept], max(room, 0.0))
    left, widths, at = [], [], _MARGIN + 10.0
    for number, more in zip(kept, extra, strict=True):
        left.append(round(at, 2))
        widths.append(min(least[number] + more, request.width - _MARGIN - at))
        at += widths[-1] + _GAP
    columns = tuple(request.columns[n] for n in kept)
    missing = tuple(c.heading for n, c in enumerate(request.columns) if n not in kept)
    return _Columns(columns, tuple(left), tuple(widths), tuple(kept), missing)


def _wishes(request: SheetRequest, number: int, measure: Measure) -> tuple[float, float]:
    """Return the least width of a column (its longest word, up to a limit) and the width it would like."""
    column = request.columns[number]
    font = _font(column)
    cells = [row.cells[number][:120] for row in request.rows[:_SAMPLED]]
    words = {word for cell in cells for word in cell.split()}
    longest = max((measure.width(word, font) for word in words), default=0.0)
    heads = max((measure.width(word, "caption_bold") for word in column.heading.split()), default=0.0)
    whole = max((measure.width(cell, font) for cell in cells), default=0.0)
    in_three = min(whole / _MOST_LINES + 14.0, whole)  # so that the longest cell is not cut, as far as may be
    least = max(min(max(longest, heads, in_three), _LONGEST_WORD), _LEAST_COLUMN) + 1.0
    return least, max(whole, measure.width(column.heading, "caption_bold"), least) + 1.0


def _shared(asked: Sequence[float], room: float) -> list[float]:
    """Return widths that together fill no more than room: a common ceiling cuts the widest wishes."""
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
    return [min(width, ceiling) for width in asked]


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
        wrapped(row.cells[kept], columns.width[number], _font(columns.columns[number]), measure, _MOST_LINES)
        for number, kept in enumerate(columns.kept)
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
        cell = row.cells[columns.kept[number]]
        fill = "muted" if cell == blank else "ink"
        for at, text in enumerate(each):
            y = round(top + _PAD + at * step + measure.ascent("label"), 2)
            whole = cell if at == len(each) - 1 and text.endswith("…") else ""
            items.append(Label(x, y, text, font, measure.width(text, font), fill, anchor, whole))
    return Group(tuple(items), (row.id,), "row", _title(row, columns), (box,))


def _title(row: SheetRow, columns: _Columns) -> str:
    if row.title:
        return row.title
    pairs = (
        (column.heading, row.cells[kept]) for column, kept in zip(columns.columns, columns.kept, strict=True)
    )
    said = [tr("{heading}: {value}").format(heading=heading, value=isolated(cell)) for heading, cell in pairs]
    return tr("; ").join(said)


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


def _missing(headings: Sequence[str], request: SheetRequest, measure: Measure) -> Label:
    words = tr("Columns without room: {names}").format(names=tr(", ").join(headings))
    text = shortened(words, request.width - 2 * _MARGIN, "small_italic", measure)
    wide = measure.width(text, "small_italic")
    y = round(request.height - _MARGIN + 4 - measure.descent("small_italic"), 2)
    return Label(_MARGIN, y, text, "small_italic", wide, "faint", full=words if text != words else "")
