"""Numbers as a text prints them: "at least 25 fatalities" is low 25 and nothing else, never 25/25/25 (design §1.4).

Only what the words say is taken: "dozens" has no number, "nearly 300" is about 300, "over a decade" more than 10 years.
"""

from __future__ import annotations

import re

from explorer.edit.drafts import NumberDraft
from explorer.model.vocabulary import Qualifier, QuantityKind

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS) if word
}
_ONES = {"a dozen": 12, "a decade": 10, "a century": 100, "a couple": 2, "a pair": 2}
_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_SPELT = "|".join(sorted([*_WORDS, *_SCALES], key=len, reverse=True))
_VALUE = re.compile(
    rf"(?:(?P<digits>{_NUMBER})|(?P<spelt>\b(?:an?\s+(?=hundred|thousand|million|dozen|decade|century|couple|pair))?"
    rf"(?:{_SPELT}|dozen|decade|century|couple|pair)\b(?:[\s-]+(?:and\s+)?(?:{_SPELT})\b)*|\ba\b))"
    rf"(?:\s+(?P<scale>hundred|thousand|million|billion|dozen)\b)?",
    re.IGNORECASE,
)
_QUALIFIERS: tuple[tuple[str, Qualifier], ...] = (
    (r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|minimum", "at_least"),
    (r"more than|over|above|upwards? of|in excess of|exceed(?:s|ing|ed)?", "more_than"),
    (r"at most|up to|no more than|not more than|a maximum of|as many as", "at_most"),
    (r"fewer than|less than|under|below", "fewer_than"),
    (r"about|around|some|approximately|approx\.?|roughly|nearly|almost|close to|an estimated|estimated|circa", "about"),
)  # fmt: skip
_RANGE = re.compile(r"\s*(?:-|–|—|to|and|or)\s*", re.IGNORECASE)
_PLUS = re.compile(r"\s*(?:\+|or more\b|and more\b)", re.IGNORECASE)
_KINDS: tuple[tuple[str, QuantityKind], ...] = (
    (r"kill|dead|death|die[ds]?|fatalit|martyr|lost their lives|corpse|bodies", "fatalities"),
    (r"wound|injur|hurt", "injured"),
    (r"casualt", "casualties"),
    (r"displac|fled|flee|refugee|evacuat", "displaced"),
    (r"detain|arrest|captur|prisoner|imprison|hostage", "detained"),
    (r"troop|soldier|fighter|forces|militant|gunmen|personnel", "forces"),
    (r"\b(?:minute|hour|day|week|month|year|decade|centur)", "duration"),
)  # fmt: skip
_DURATION = re.compile(r"\b(minute|hour|day|week|month|year|decade|century|centuries)s?\b", re.IGNORECASE)


def read_amount(text: str) -> NumberDraft:
    """Return the number that words print, with its qualifier and what is counted; without a number: unspecified."""
    plain = " ".join(text.split())
    kind = _kind(plain)
    found = _VALUE.search(plain)
    if found is None or (found[0].lower() == "a" and not _DURATION.match(plain[found.end() :].lstrip())):
        return NumberDraft(kind, "unspecified")
    value, unit = _value(found), None
    if kind == "duration" and (named := _DURATION.search(plain, found.start())):
        value, unit = _in_years(value, named[1].lower(), found[0].lower())
    second = _second(plain, found)
    if second is not None and second > value:
        low, high = (value, second) if unit is None else (value, _in_years(second, unit, "")[0])
        return NumberDraft(kind, "range", low=low, high=high, unit=unit)
    return _qualified(kind, _qualifier(plain, found), value, unit)


def _qualified(kind: QuantityKind, qualifier: Qualifier, value: float, unit: str | None) -> NumberDraft:
    match qualifier:
        case "at_least" | "more_than":
            return NumberDraft(kind, qualifier, low=value, unit=unit)
        case "at_most" | "fewer_than":
            return NumberDraft(kind, qualifier, high=value, unit=unit)
        case "about":
            return NumberDraft(kind, qualifier, best=value, unit=unit)
        case _:
            return NumberDraft(kind, "exactly", low=value, best=value, high=value, unit=unit)


def _kind(text: str) -> QuantityKind:
    """Return what is counted: the kind that is named first."""
    named = [
        (found.start(), kind)
        for pattern, kind in _KINDS
        if (found := re.search(pattern, text, re.IGNORECASE))
    ]
    return min(named)[1] if named else "other"


def _qualifier(text: str, number: re.Match[str]) -> Qualifier:
    if _PLUS.match(text, number.end()):
        return "at_least"
    before = text[: number.start()].rstrip().lower()
    for pattern, qualifier in _QUALIFIERS:
        if re.search(rf"(?:^|\s)(?:{pattern})(?:\s+(?:the|a|an))?$", before):
            return qualifier
    return "exactly"


def _second(text: str, first: re.Match[str]) -> float | None:
    """Return the other end of a range, "25 to 31" or "between 25 and 31"; None where there is none."""
    between = _RANGE.match(text, first.end())
    if between is None:
        return None
    other = _VALUE.match(text, between.end())
    joined = between[0].strip().lower()
    if (
        other is None
        or other[0].lower() == "a"
        or (joined == "and" and "between" not in text[: first.start()].lower())
    ):
        return None
    return _value(other)


def _value(found: re.Match[str]) -> float:
    if found["digits"] is not None:
        digits = re.sub(r"[,\u00a0\u202f ]", "", found["digits"])
        value: float = float(digits) if "." in digits else int(digits)
    else:
        value = _spelt(found["spelt"].lower())
    scale = (found["scale"] or "").lower()
    value *= 12 if scale == "dozen" else _SCALES.get(scale, 1)
    return int(value) if value == int(value) else value


def _spelt(words: str) -> float:
    """Return a number in words: "twenty-five", "three hundred and ten", "a dozen", "a" (one)."""
    if " ".join(words.split()) in _ONES:
        return _ONES[" ".join(words.split())]
    total, part = 0.0, 0.0
    for word in re.split(r"[\s-]+", words):
        if word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, part = total + part, 0
        else:
            part += _WORDS.get(
                word, {"dozen": 12, "decade": 10, "century": 100, "a": 1, "an": 1}.get(word, 0)
            )
    return total + part


def _in_years(value: float, unit: str, number: str) -> tuple[float, str]:
    """Return a duration in a unit that the model knows: decades and centuries are years."""
    if "decade" in number or "century" in number:
        return value, "year"
    factor = {"decade": 10, "century": 100, "centuries": 100}.get(unit)
    return (value * factor, "year") if factor else (value, unit)
