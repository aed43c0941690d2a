"""A page: headline, views one below the other, numbered sentences, caption; all inside its margins (design §4).

Everything is in logical pixels of the page; a page knows how tall it would have to be, so that the caller can choose
how large the type is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from explorer.export.asked import Drawn
from explorer.export.sentences import Sentence, Sentences
from explorer.export.setting import Column, height_of, wrapped
from explorer.export.views import View
from explorer.frozen import frozen
from explorer.layout.measure import Measure, line_height
from explorer.layout.scene import Group, Item, Label, Path, shifted
from explorer.query.describe import plural
from explorer.words import tr

GAP = 14.0
GUTTER = 28.0
#: Lines longer than this tire the eye; wider pages set captions and sentences in columns.
_MEASURE = 430.0
_LEADING = 1.08
#: Pixels between the paragraphs of a caption, and how much higher than even its columns may get to keep them whole.
_BETWEEN = 3.0
_UNEVEN = 1.5


@frozen(slots=False)
class Words:
    """All words of a page."""

    title: str
    subtitle: str
    caption: tuple[str, ...]
    sentences: Sentences = field(default_factory=lambda: Sentences(()))


@frozen(slots=False)
class Page:
    """What was set.

    roomy: every view had the room it least needs. fits: nothing was cut for want of room. words: letters of the
    views that stand uncut.
    """

    items: tuple[Item, ...]
    roomy: bool
    fits: bool
    sentences_left: int
    words: int = 0


class Setter:
    """Sets one page of width by height."""

    def __init__(self, width: float, height: float, measure: Measure) -> None:
        """Set on a page of this size, in logical pixels."""
        self.width, self.height, self.measure = width, height, measure
        self.margin = max(14.0, min(32.0, round(width * 0.03)))
        self.inner = width - 2 * self.margin

    def set(self, words: Words, views: Sequence[View]) -> Page:
        """Return the page: views get what they want where there is room, sentences what is left."""
        head, top = self._head(words)
        foot, foot_height = self._foot(words.caption)
        bottom = self.height - self.margin * 0.8 - foot_height
        room = bottom - top
        chrome = sum(self._chrome(views)) + GAP * len(views)
        wanted = [view.wanted(self.inner) for view in views]
        listed, sentences_height, left = self._sentences(words.sentences, room - chrome - sum(wanted))
        if left and not listed and words.caption:
            note = _all_left_words(left, words.sentences.unread)
            foot, foot_height = self._foot((*words.caption, note))
            bottom = self.height - self.margin * 0.8 - foot_height
            room = bottom - top
        heights = shares(wanted, views, room - chrome - sentences_height)
        items: list[Item] = [*head]
        y, letters = top, 0
        least = [min(view.least, want) for view, want in zip(views, wanted, strict=True)]
        fits = roomy = all(height >= low for height, low in zip(heights, least, strict=True))
        for view, height, chrome_height in zip(views, heights, self._chrome(views), strict=True):
            items += self._heading(view, y) if chrome_height else []
            y += chrome_height
            drawn = view.draw(self.inner, height)
            fits = fits and drawn.whole
            letters += sum(len(text) for text in words_of(drawn.scene.items) if not text.endswith("…"))
            items += self._placed(drawn, y)
            y += height + GAP
        items += [shifted(item, 0.0, bottom - sentences_height) for item in listed]
        items += [shifted(item, 0.0, bottom) for item in foot]
        return Page(tuple(items), roomy, fits, left, letters)

    def _placed(self, drawn: Drawn, y: float) -> list[Item]:
        return [shifted(item, self.margin, y) for item in drawn.scene.items]

    def _chrome(self, views: Sequence[View]) -> list[float]:
        """Return the height of each view's heading: none where there is one view alone."""
        tall = line_height(self.measure, "heading") + 4.0
        return [tall if len(views) > 1 else 0.0 for _ in views]

    def _heading(self, view: View, y: float) -> list[Item]:
        column = Column(self.margin, y, self.inner, self.measure)
        column.set(view.heading, "heading")
        return [Group(tuple(column.items), kind="caption")]

    def _head(self, words: Words) -> tuple[list[Item], float]:
        column = Column(self.margin, self.margin * 0.75, self.inner, self.measure)
        if words.title:
            column.set(words.title, "title")
            column.skip(2.0)
        if words.subtitle:
            column.set(words.subtitle, "label", fill="muted")
        column.skip(10.0)
        return [Group(tuple(column.items), kind="caption")], column.y

    def _foot(self, paragraphs: tuple[str, ...]) -> tuple[list[Item], float]:
        """Return the caption below a hairline, from y = 0, in as many columns as its lines stay readable.

        A paragraph stays in one column, unless that leaves the columns very uneven.
        """
        if not paragraphs:
            return [], 0.0
        step = line_height(self.measure, "caption") * _LEADING
        choices = [self._poured(paragraphs, count, step) for count in range(1, self._columns() + 1)]
        (placed, deep), count = min(zip(choices, range(1, 9), strict=False), key=lambda made: made[0][1])
        room = (self.inner - GUTTER * (count - 1)) / count
        items: list[Item] = [_hairline(self.margin, 0.5, self.inner)]
        for line, leads, where, y in placed:
            column = Column(self.margin + where * (room + GUTTER), 8.0 + y, room + 1, self.measure)
            column.set(line, "caption", fill="ink" if leads else "muted", leading=_LEADING)
            items += column.items
        return [Group(tuple(items), kind="caption")], 8.0 + deep

    def _poured(
        self, paragraphs: tuple[str, ...], count: int, step: float
    ) -> tuple[list[tuple[str, bool, int, float]], float]:
        """Return the lines of a caption in count columns (line, of the first paragraph, column, y), and its height."""
        room = (self.inner - GUTTER * (count - 1)) / count
        blocks = [self._lines(text, room) for text in paragraphs]
        tall = [len(lines) * step + _BETWEEN for lines in blocks]
        column_of, deep = _balanced(tall, count)
        if deep > sum(tall) / count * _UNEVEN + 2 * step:
            blocks = [[line] for lines in blocks for line in lines]
            first = len(self._lines(paragraphs[0], room))
            column_of, deep = _balanced([step] * len(blocks), count)
        else:
            first = 1
        placed, y, at = [], 0.0, 0
        for number, (lines, where) in enumerate(zip(blocks, column_of, strict=True)):
            y, at = (y, at) if where == at else (0.0, where)
            for line in lines:
                placed.append((line, number < first, where, y))
                y += step
            y += _BETWEEN if deep and len(blocks) == len(paragraphs) else 0.0
        return placed, deep

    def _lines(self, text: str, room: float) -> list[str]:
        return list(wrapped(text, room, "caption", self.measure))

    def _columns(self) -> int:
        return max(1, min(3, int((self.inner + GUTTER) // _MEASURE)))

    def _sentences(self, found: Sentences, room: float) -> tuple[list[Item], float, int]:
        """Return as many sentences as fit room, from y = 0, their height, and how many are left out."""
        total = len(found.listed)
        count = self._columns()
        wide = (self.inner - GUTTER * (count - 1)) / count
        head = line_height(self.measure, "caption_bold") + 6.0
        more = line_height(self.measure, "caption_italic") + 4.0
        tall = [self._sentence_height(sentence, wide) for sentence in found.listed]
        fitting = _most_fitting(tall, count, room - GAP - head, more if found.unread else 0.0, more)
        if not fitting:
            return [], 0.0, total
        items: list[Item] = []
        title = Column(self.margin, 0.0, self.inner, self.measure)
        title.set(tr("What the sources say"), "caption_bold")
        items += title.items
        column_of, deep = _balanced(tall[:fitting], count)
        starts = [head] * count
        for sentence, where, height in zip(found.listed, column_of, tall, strict=False):
            items += self._sentence(sentence, self.margin + where * (wide + GUTTER), starts[where], wide)
            starts[where] += height
        bottom = head + deep
        words = _more_words(total - fitting, found.unread)
        if words:
            note = Column(self.margin, bottom, self.inner, self.measure)
            note.set(words, "caption_italic", fill="muted")
            items += note.items
            bottom = note.y
        return [Group(tuple(items), kind="caption")], bottom + GAP, total - fitting

    def _sentence(self, sentence: Sentence, x: float, y: float, wide: float) -> list[Item]:
        column = Column(x, y, wide, self.measure)
        column.mark(str(sentence.number), "caption_bold")
        inner = Column(x + _NUMBER, y, wide - _NUMBER, self.measure)
        inner.set(_quoted(sentence), "quote")
        inner.set(_whence(sentence), "caption_italic", fill="muted")
        return [*column.items, *inner.items]

    def _sentence_height(self, sentence: Sentence, wide: float) -> float:
        room = wide - _NUMBER
        return (
            height_of(_quoted(sentence), room, "quote", self.measure)
            + height_of(_whence(sentence), room, "caption_italic", self.measure)
            + 5.0
        )


_NUMBER = 20.0


def _quoted(sentence: Sentence) -> str:
    if sentence.coded_from:
        return tr("{who}: {text}").format(who=sentence.coded_from, text=sentence.text)
    return tr("“{text}”").format(text=sentence.text)


def _whence(sentence: Sentence) -> str:
    return tr("{place} · {titles}").format(place=sentence.place, titles="; ".join(sentence.titles))


def _more_words(left: int, unread: int) -> str:
    if unread:
        return plural(unread, "and the sentences of {n} more record", "and the sentences of {n} more records")
    return plural(left, "and {n} more sentence", "and {n} more sentences") if left else ""


def _all_left_words(left: int, unread: int) -> str:
    if unread:
        return tr("More than {n} sentences behind this are left out; they are in the case file.").format(
            n=left
        )
    return plural(
        left,
        "{n} sentence behind this is left out; it is in the case file.",
        "{n} sentences behind this are left out; they are in the case file.",
    )


def _most_fitting(tall: Sequence[float], columns: int, room: float, always: float, more: float) -> int:
    """Return how many sentences fit; the line "and n more" needs room only where some are left out."""
    for count in range(len(tall), 0, -1):
        note = always if count == len(tall) else more
        if sum(tall[:count]) / columns <= room and _balanced(tall[:count], columns)[1] + note <= room:
            return count
    return 0


def _balanced(tall: Sequence[float], columns: int) -> tuple[list[int], float]:
    """Return the column of each block, in order, and the height of the tallest: as even as their order allows."""
    low, high = max(tall, default=0.0), sum(tall)
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if _poured(tall, middle)[-1] < columns else (middle, high)
    return _poured(tall, high), high


def _poured(tall: Sequence[float], deep: float) -> list[int]:
    column, used, result = 0, 0.0, []
    for height in tall:
        if used and used + height > deep + 0.01:
            column, used = column + 1, 0.0
        used += height
        result.append(column)
    return result or [0]


def shares(wanted: Sequence[float], views: Sequence[View], room: float) -> list[float]:
    """Return a height for each view: what it wants, and of the rest a part where it stretches; never more than room.

    Where room is short, views shrink in proportion to what they can give up, down to what they least need.
    """
    total = sum(wanted)
    if total <= room:
        elastic = sum(height for height, view in zip(wanted, views, strict=True) if view.stretches)
        part = (room - total) / elastic if elastic else 0.0
        return [h + h * part * view.stretches for h, view in zip(wanted, views, strict=True)]
    least = [min(view.least, height) for view, height in zip(views, wanted, strict=True)]
    if sum(least) >= room:
        return [max(room, 1.0) * height / total for height in wanted]
    part = (room - sum(least)) / (total - sum(least))
    return [low + (height - low) * part for low, height in zip(least, wanted, strict=True)]


def _hairline(x: float, y: float, width: float) -> Path:
    return Path((("M", x, y), ("L", x + width, y)), stroke="line")


def words_of(items: Sequence[Item]) -> list[str]:
    """Return the texts of all labels among items, groups dissolved, in order."""
    found: list[str] = []
    for item in items:
        if isinstance(item, Group):
            found += words_of(item.items)
        elif isinstance(item, Label):
            found.append(item.text)
    return found
