"""Dates as people type them: EDTF, or plain forms that have one meaning; what has several is asked, never guessed.

"2015", "Nov 2024", "about 2 Dec 2024", "from 27 Nov to 2 Dec 2024", "spring 2024", "1990s". A day written in numbers
("27.11.2024") is asked back even where one order alone is possible: the user sees how it was read before it counts.
"""

from __future__ import annotations

import re
from datetime import date

from explorer.formats.days import day_in, edtf_in, has_short_year
from explorer.frozen import frozen
from explorer.model.edtf import EdtfError, parse_edtf, quoted
from explorer.model.times import edtf_words
from explorer.words import tr

_EXPECTED = "a date such as 2015, Nov 2024, 27 Nov 2024, about 2 Dec 2024, 2024-11-27 or 2011/.."
_ABOUT = re.compile(r"(?:about|around|approximately|approx\.?|circa|ca?\.|roughly)\s+(.+)", re.IGNORECASE)
_PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe)\s+(.+)", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:from\s+)?(.+?)\s*(?:\s(?:to|until|till|through)\s|\s[-–—]\s|[–—])\s*(.+)", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:some ?time )?between\s+(.+?)\s+and\s+(.+)", re.IGNORECASE)
_ON_OR_AFTER = re.compile(r"(?:(.+?)\s+or\s+later|(?:on\s+or\s+after|not\s+before)\s+(.+))", re.IGNORECASE)
_ON_OR_BEFORE = re.compile(
    r"(?:(.+?)\s+or\s+earlier|(?:on\s+or\s+before|not\s+after|by|no\s+later\s+than)\s+(.+))", re.IGNORECASE
)
_SINCE = re.compile(r"since\s+(.+)", re.IGNORECASE)
_SEASON = re.compile(
    r"(?:in\s+)?(?:the\s+)?(spring|summer|autumn|fall|winter)\s+(?:of\s+)?(\d{4})", re.IGNORECASE
)
_QUARTER = re.compile(r"(?:q([1-4])[\s/]+(\d{4})|(\d{4})[\s-]*q([1-4]))", re.IGNORECASE)
_DECADE = re.compile(r"(?:the\s+)?(\d{3})0'?s", re.IGNORECASE)
_NUMBERS = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}")
_DAY_AND_TIME = re.compile(r"(.+?)[\s,]+(?:at\s+)?(\d{1,2}):(\d{2})(?:\s*(?:utc|z))?", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?:to|yester)day|tomorrow|now|(?:last|next|this)\s+\w+|.*\bago|\w+day", re.IGNORECASE
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"(?:on\s+)?(" + "|".join(_DAYS) + r"),?\s+(.*\d{4}.*)", re.IGNORECASE)
_NO_YEAR = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]{3,}|[^\W\d_]{3,}\.?\s+\d{1,2}|[^\W\d_]{3,})\.?")
_LIKE_EDTF = re.compile(r"[\[{.]*-?\d{4}(?:-[\dX]|[/~?%.]|T)[-\dXTZ:+~?%/.,\]}]*")
_VAGUE = re.compile(
    r"(early|mid|middle of|late|end of|beginning of|start of)[\s-]+(?:in\s+)?(.+)", re.IGNORECASE
)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


@frozen
class Reading:
    """One way to read a typed date: as EDTF, and in words for the user to see."""

    edtf: str
    words: str


class AmbiguousDate(Exception):  # noqa: N818 - a question, not an error
    """A day in numbers; readings holds each order that is possible: one or two."""

    def __init__(self, text: str, readings: tuple[Reading, ...]) -> None:
        super().__init__(text)
        self.text = text
        self.readings = readings

    @property
    def question(self) -> str:
        """What the user is asked."""
        if len(self.readings) == 1:
            return tr("Is {text} {reading}?").format(text=self.text, reading=self.readings[0].words)
        first, second = (reading.words for reading in self.readings)
        return tr("Is {text} {first} or {second}?").format(text=self.text, first=first, second=second)


def read_typed(text: str) -> Reading:
    """Return what a typed date means. Raises AmbiguousDate to be asked, EdtfError with its reason for nonsense."""
    plain = " ".join(text.split())
    if not plain:
        raise EdtfError(tr("an empty text"), _EXPECTED)
    edtf = _edtf(plain)
    parse_edtf(edtf)
    return Reading(edtf, edtf_words(edtf, long=True))


def _edtf(text: str) -> str:
    if _is_edtf(text):
        return text
    if found := _BETWEEN.fullmatch(text):
        return f"[{_end(found[1], found[2])}..{_point(found[2])}]"
    if found := _ON_OR_AFTER.fullmatch(text):
        return f"[{_point(found[1] or found[2])}..]"
    if found := _ON_OR_BEFORE.fullmatch(text):
        return f"[..{_point(found[1] or found[2])}]"
    if found := _SINCE.fullmatch(text):
        return f"{_point(found[1])}/.."
    if _NUMBERS.fullmatch(text):
        _ask(text)
    if (found := _RANGE.fullmatch(text)) and not _NUMBERS.fullmatch(text):
        return f"{_end(found[1], found[2])}/{_point(found[2])}"
    return _point(text)


def _is_edtf(text: str) -> bool:
    try:
        parse_edtf(text)
    except EdtfError:
        return False
    return True


def _end(first: str, last: str) -> str:
    """Return the first of two dates; where it lacks a year that the other has, that of the other ("27 Nov" to …)."""
    year = re.search(r"(\d{4})$", last.strip())
    if year and not re.search(r"\d{4}", first):
        if re.fullmatch(r"\d{1,2}", first.strip()):  # "3 to 5 May 2024"
            rest = re.sub(r"^\d{1,2}(?:st|nd|rd|th)?\s*", "", last.strip())
            return _point(f"{first} {rest}")
        return _point(f"{first} {year[1]}")
    return _point(first)


def _point(text: str) -> str:
    """Return one date, with its marks, as EDTF."""
    text = text.strip().rstrip(",")
    if found := _WEEKDAY.fullmatch(text):
        return _on_weekday(text, found[1], _point(found[2]))
    if found := _ABOUT.fullmatch(text):
        return _marked(_point(found[1]), "~")
    if found := _PERHAPS.fullmatch(text):
        return _marked(_point(found[1]), "?")
    if found := _SEASON.fullmatch(text):
        return f"{found[2]}-{_SEASONS[found[1].lower()]}"
    if found := _QUARTER.fullmatch(text):
        return f"{found[2] or found[3]}-{32 + int(found[1] or found[4])}"
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}X"
    if _NUMBERS.fullmatch(text):
        _ask(text)
    if (found := _DAY_AND_TIME.fullmatch(text)) and (day := day_in(found[1])):
        return f"{day}T{int(found[2]):02d}:{found[3]}:00"
    if (edtf := edtf_in(text)) is not None:
        return edtf
    raise _refusal(text)


def _on_weekday(text: str, weekday: str, edtf: str) -> str:
    """Return a date that is said with its day of the week. Raises EdtfError where the two cannot both be."""
    if (day := re.match(r"\d{4}-\d{2}-\d{2}", edtf)) and (
        _DAYS[date.fromisoformat(day[0]).weekday()] != weekday.lower()
    ):
        raise EdtfError(tr("{text}, which was another day of the week").format(text=quoted(text)), _EXPECTED)
    return edtf


def _marked(edtf: str, mark: str) -> str:
    return edtf[:-1] + "%" if edtf[-1:] in "?~" and edtf[-1] != mark else edtf.rstrip(mark) + mark


def _ask(text: str) -> None:
    found = {}
    for order, words in (("day-first", tr("day first")), ("month-first", tr("month first"))):
        if (day := day_in(text, order)) is not None and day not in found:
            found[day] = Reading(
                day, tr("{date} ({order})").format(date=edtf_words(day, long=True), order=words)
            )
    if found:
        raise AmbiguousDate(text, tuple(found.values()))
    raise EdtfError(tr("{text}, a day that no calendar has").format(text=quoted(text)), _EXPECTED)


def _refusal(text: str) -> EdtfError:
    """Return why a text is no date, as precisely as can be told."""
    if has_short_year(text):
        return EdtfError(
            tr("{text}, a year of two digits").format(text=quoted(text)), tr("the year in four digits")
        )
    if _LIKE_EDTF.fullmatch(text):
        try:
            parse_edtf(text)
        except EdtfError as error:
            return error
    if _VAGUE.fullmatch(text):
        expected = tr("the stretch that is meant, such as [2024-01..2024-03], or about 2024")
        return EdtfError(tr("{text}, which has no agreed bounds").format(text=quoted(text)), expected)
    if _RELATIVE.fullmatch(text):
        expected = tr("the date itself: a day relative to the reading moves on")
        return EdtfError(
            tr("{text}, which depends on the day it is read").format(text=quoted(text)), expected
        )
    if _NO_YEAR.fullmatch(text) and edtf_in(f"{text} 2024") is not None:
        return EdtfError(tr("{text}, without a year").format(text=quoted(text)), tr("its year, too"))
    return EdtfError(quoted(text), _EXPECTED)
