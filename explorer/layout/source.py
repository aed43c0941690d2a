"""The source text as a figure: a reading measure, the evidence marked, a bar beside each sentence with facts.

Design §4 "Source text". Text is characters and nothing else; offsets count code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice

from explorer.casefile.columns import HUES, EventTable, Mask
from explorer.frozen import frozen
from explorer.layout.bidi import fragments, is_rtl, visible
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.scene import FontRole, Group, Item, Label, Rect, Role, Scene
from explorer.layout.wrapping import broken, wrapped
from explorer.words import isolated, tr

_MARGIN = 22.0
_BAR = 16.0  # from the left of a column to its words
_MEASURE = 560.0  # the widest line, in pixels: some 75 characters
_GUTTER = 40.0
_LEADING = 1.2
_PARAGRAPH = 9.0
#: No page is asked to be higher than this many lines; what follows is counted.
_MOST_LINES = 4000


@frozen
class SentenceFacts:
    """What one sentence says in view: ids of the records that cite it, and the hues of their acts."""

    ids: tuple[str, ...]
    hues: tuple[Role, ...] = ()


@frozen(slots=False)
class SourceRequest:
    """What to draw: one document. Offsets are half-open, in code points of text.

    facts: by sentence index, the records in view. quotes: stretches to mark, with the ids they are evidence for.
    first: the sentence the page begins with. elsewhere: ids of events in view that this document does not speak of.
    """

    title: str
    publisher_line: str
    text: str
    sentences: Sequence[tuple[int, int]]
    facts: Mapping[int, SentenceFacts] = field(default_factory=dict)
    quotes: Sequence[tuple[int, int]] = ()
    width: float = 800.0
    height: float = 500.0
    first: int = 0
    elsewhere: tuple[str, ...] = ()


@frozen
class _Line:
    """A line of text: offsets, the paragraph's direction, and whether a paragraph begins with it."""

    start: int
    end: int
    rtl: bool
    opens: bool


def facts_in_view(
    found: Mapping[int, Sequence[str]], table: EventTable, mask: Mask
) -> dict[int, SentenceFacts]:
    """Return the facts of each sentence that cites an event of the mask. found: CaseFile.sentences_with_facts."""
    result = {}
    for sentence, ids in found.items():
        rows = [table.row_of[record] for record in dict.fromkeys(ids) if record in table.row_of]
        seen = [row for row in rows if mask[row]]
        if seen:
            hues = dict.fromkeys(HUES[int(table.hue[row])] for row in seen)
            result[sentence] = SentenceFacts(tuple(table.ids[row] for row in seen), tuple(hues))
    return result


def layout_source(request: SourceRequest, measure: Measure) -> Scene:
    """Return the page as a Scene; every event of facts is on a sentence or counted below.

    Groups: "sentence" (ids: the events that cite it), "cluster" (sentences without room, and records of other
    documents) and "legend" (title and publisher). Cost: the lines that fit, whatever the length of the text.
    """
    head, top = _head(request, measure)
    bottom = request.height - _MARGIN - line_height(measure, "small_italic") - 6.0
    step = round(line_height(measure, "body") * _LEADING, 2)
    begin = _begin(request)
    for columns, wide in _columns(request.width):
        placed = _placed(request.text, begin, columns, wide, (top, bottom, step), measure)
        if not placed or not request.text[placed[-1][0].end :].strip():
            break
    items: list[Item] = [head, *_sentences(request, placed, step, wide, measure)]
    end = placed[-1][0].end if placed else begin
    items += _rest(request, end, bottom, measure)
    ids = frozenset(i for fact in request.facts.values() for i in fact.ids if i.startswith("evt-"))
    return Scene(request.width, request.height, tuple(items), "panel", ids | frozenset(request.elsewhere))


def source_height(request: SourceRequest, measure: Measure) -> float:
    """Return the height at which the whole text fits, in pixels, at the width of the request."""
    columns, wide = _columns(request.width)[-1]
    _, top = _head(request, measure)
    step = round(line_height(measure, "body") * _LEADING, 2)
    lines = islice(_text_lines(request.text, _begin(request), wide - _BAR, measure), _MOST_LINES)
    total = sum(step + (_PARAGRAPH if line.opens else 0.0) for line in lines)
    column = total / columns + (step + _PARAGRAPH) * 2 * (columns > 1)
    return top + column + _MARGIN + line_height(measure, "small_italic") + 8.0


def _begin(request: SourceRequest) -> int:
    return request.sentences[request.first][0] if request.first < len(request.sentences) else 0


def _columns(width: float) -> list[tuple[int, float]]:
    """Return the ways to set a page, one column first: how many of a reading measure, and how wide each is."""
    room = width - 2 * _MARGIN
    most = max(1, int((room + _GUTTER) // (_MEASURE * 0.72 + _GUTTER)))
    return [
        (count, round(min((room - _GUTTER * (count - 1)) / count, _MEASURE), 2))
        for count in range(1, most + 1)
    ]


def _placed(
    text: str, begin: int, columns: int, wide: float, page: tuple[float, float, float], measure: Measure
) -> list[tuple[_Line, float, float]]:
    """Return the lines that fit a page (top, bottom, step), each with its column's x and its y."""
    top, bottom, step = page
    placed: list[tuple[_Line, float, float]] = []
    column, y = 0, top
    for line in _text_lines(text, begin, wide - _BAR, measure):
        if line.opens and y > top:
            y += _PARAGRAPH
        if y + step > bottom:
            column, y = column + 1, top
        if column >= columns or y + step > bottom:
            break
        placed.append((line, _MARGIN + column * (wide + _GUTTER), y))
        y += step
    return placed


def _head(request: SourceRequest, measure: Measure) -> tuple[Group, float]:
    """Return the title and the publisher's line, and where the text begins."""
    items: list[Item] = []
    y = _MARGIN
    for line in wrapped(request.title, request.width - 2 * _MARGIN, "title", measure, 2):
        items.append(_set(line, _MARGIN, y, "title", "ink", measure))
        y += line_height(measure, "title") + 2.0
    text = shortened(request.publisher_line, request.width - 2 * _MARGIN, "small_italic", measure)
    items.append(_set(text, _MARGIN, y, "small_italic", "muted", measure))
    words = tr("{title}. {publisher}").format(
        title=isolated(request.title), publisher=isolated(request.publisher_line)
    )
    return Group(tuple(items), (), "legend", words), y + line_height(measure, "small_italic") + 12.0


def _set(text: str, x: float, top: float, font: FontRole, fill: Role, measure: Measure) -> Label:
    return Label(x, round(top + measure.ascent(font), 2), text, font, measure.width(text, font), fill)


def _text_lines(text: str, begin: int, room: float, measure: Measure) -> Iterator[_Line]:
    """Yield the lines of a text from begin on; paragraphs end at line breaks, blank ones are left out."""
    at, opens = begin, False
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if text[at : min(stop, at + 200)].strip() or stop - at > 200:
            rtl = is_rtl(text, at, stop)
            for number, (start, end) in enumerate(broken(text, room, "body", measure, start=at, end=stop)):
                yield _Line(start, end, rtl, opens and number == 0)
            opens = True
        at = stop + 1


def _sentences(
    request: SourceRequest,
    placed: Sequence[tuple[_Line, float, float]],
    step: float,
    wide: float,
    measure: Measure,
) -> list[Item]:
    """Return one group for each sentence on the page, in order, and the words that belong to none."""
    parts: dict[int, list[tuple[_Line, float, float, int, int]]] = {}
    sharing: dict[int, list[int]] = {}
    at = request.first
    for number, (line, x, y) in enumerate(placed):
        while at < len(request.sentences) and request.sentences[at][1] <= line.start:
            at += 1
        for index, start, end in _pieces(request.sentences, at, line):
            parts.setdefault(index, []).append((line, x, y, start, end))
            if index >= 0:
                sharing.setdefault(number, []).append(index)
    slots: dict[tuple[int, float, float], tuple[int, int]] = {}
    for number, indices in sharing.items():
        _, x, y = placed[number]
        for place, index in enumerate(indices):
            slots[index, x, y] = (place, len(indices))
    quotes = sorted(request.quotes)
    return [
        _sentence(request, index, parts[index], slots, quotes, step, wide, measure) for index in sorted(parts)
    ]


def _pieces(sentences: Sequence[tuple[int, int]], at: int, line: _Line) -> list[tuple[int, int, int]]:
    """Return (sentence or -1, start, end) of the stretches of a line; blanks between sentences go with the first."""
    result: list[tuple[int, int, int]] = []
    here = line.start
    while here < line.end:
        if at >= len(sentences) or sentences[at][0] >= line.end:
            result.append((-1, here, line.end))
            break
        start, end = sentences[at]
        if here < start:
            result.append((-1, here, start))
            here = start
        until = min(max(end, here + 1), line.end)
        result.append((at, here, until))
        here = until
        at += 1
    return result


def _sentence(
    request: SourceRequest,
    index: int,
    parts: Sequence[tuple[_Line, float, float, int, int]],
    slots: Mapping[tuple[int, float, float], tuple[int, int]],
    quotes: Sequence[tuple[int, int]],
    step: float,
    wide: float,
    measure: Measure,
) -> Group:
    """Return one sentence: marks below its evidence, its words, and its bar in the margin."""
    fact = request.facts.get(index)
    marks: list[Item] = []
    words: list[Item] = []
    bars: list[Item] = []
    targets: list[tuple[float, float, float, float]] = []
    for line, x, y, start, end in parts:
        base = round(y + (step + measure.ascent("body") - measure.descent("body")) / 2, 2)
        for piece in fragments(request.text, (line.start, line.end), (start, end), line.rtl, measure):
            left = x + _BAR + (wide - _BAR - piece.line_width if line.rtl else 0.0) + piece.x
            for a, b in piece.covered(quotes, request.text, measure):
                marks.append(
                    Rect(round(left + a, 2), round(y + 1, 2), round(b - a, 2), round(step - 2, 2), "quote")
                )
            shown = visible(request.text[piece.start : piece.end])
            if shown.strip():
                words.append(Label(round(left, 2), base, piece.wrapped(shown), "body", piece.width, "ink"))
            targets.append((round(left, 2), round(y, 2), max(round(piece.width, 2), 1.0), step))
        if index >= 0:
            place, count = slots[index, x, y]
            bars += _bar(fact, x, y + place * step / count, step / count)
    ids = fact.ids if fact else ()
    kind = "sentence" if index >= 0 else ""
    return Group(
        (*marks, *bars, *words), ids, kind, _title(index, fact), tuple(targets) if index >= 0 else ()
    )


def _bar(fact: SentenceFacts | None, x: float, y: float, height: float) -> list[Item]:
    """Return the margin mark of a sentence on a line: its first two hues; faint where it carries no fact."""
    if fact is None or not fact.ids:
        return [Rect(round(x + 1.5, 2), round(y, 2), 1.0, round(height, 2), "faint", opacity=0.5)]
    hues = fact.hues[:2] or ("none",)
    wide = 4.0 if len(hues) == 1 else 2.8
    return [
        Rect(round(x + n * wide, 2), round(y + 0.5, 2), round(wide, 2), round(height - 1, 2), hue)
        for n, hue in enumerate(hues)
    ]


def _title(index: int, fact: SentenceFacts | None) -> str:
    if index < 0:
        return ""
    if fact is None or not fact.ids:
        return tr("Sentence {n}: no fact in view").format(n=index + 1)
    if len(fact.ids) == 1:
        return tr("Sentence {n}: 1 fact").format(n=index + 1)
    return tr("Sentence {n}: {facts} facts").format(n=index + 1, facts=len(fact.ids))


def _rest(request: SourceRequest, end: int, bottom: float, measure: Measure) -> list[Item]:
    """Return the notes below: sentences before and after the page, records of other documents; each with its ids."""
    shown = {n for n, (start, _) in enumerate(request.sentences) if n >= request.first and start < end}
    after = [n for n in range(len(request.sentences)) if n >= request.first and n not in shown]
    before = list(range(min(request.first, len(request.sentences))))
    on_page = {i for n in shown if n in request.facts for i in request.facts[n].ids}
    notes = [
        (tr("{n} sentences before this page"), tr("1 sentence before this page"), before, ()),
        (tr("… {n} more sentences"), tr("… 1 more sentence"), after, ()),
        (tr("{n} records of other documents"), tr("1 record of another document"), [], request.elsewhere),
    ]
    items: list[Item] = []
    x = _MARGIN
    stray = tuple(i for n, f in request.facts.items() if n >= len(request.sentences) for i in f.ids)
    for words, single, sentences, own in notes:
        cited = (i for n in sentences if n in request.facts for i in request.facts[n].ids)
        ids = tuple(dict.fromkeys(i for i in (*cited, *own) if i not in on_page))
        count = len(sentences) or len(own)
        if not count:
            continue
        said = words.format(n=count) if count > 1 else single
        text = shortened(said, request.width - x - _MARGIN, "small_italic", measure)
        label = _set(text, x, bottom + 4.0, "small_italic", "muted", measure)
        box = (x, bottom + 2.0, max(label.width, 1.0), line_height(measure, "small_italic") + 4.0)
        items.append(Group((label,), ids, "cluster", said, (box,)))
        x += label.width + 24.0
    if stray:
        items.append(Group((), stray, "cluster", tr("Facts without a sentence")))
    return items
