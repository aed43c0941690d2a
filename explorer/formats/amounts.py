"""Numbers of people as tables write them: "12", "at least 5", "5+", "5-10", "about 20" (design §1.4)."""

from __future__ import annotations

import re

from explorer.formats.port import Draft
from explorer.formats.rows import given

_NUMBER = r"(\d[\d,. '’\u00a0\u202f]*)"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), qualifier)
    for pattern, qualifier in (
        (rf"{_NUMBER}", "exactly"),
        (rf"{_NUMBER}\s*(?:-|–|to|bis)\s*{_NUMBER}", "range"),
        (rf"(?:at least|≥|>=|min\.?|mindestens|al menos|au moins)\s*{_NUMBER}", "at_least"),
        (rf"{_NUMBER}\+", "at_least"),
        (rf"(?:more than|over|>|mehr als|más de|plus de)\s*{_NUMBER}", "more_than"),
        (rf"(?:at most|up to|≤|<=|max\.?|bis zu)\s*{_NUMBER}", "at_most"),
        (rf"(?:fewer than|less than|<|weniger als)\s*{_NUMBER}", "fewer_than"),
        (rf"(?:about|around|circa|ca?\.?|~|approx\.?|etwa|unos)\s*{_NUMBER}", "about"),
    )
)
_FIELDS = {"at_least": "low", "more_than": "low", "at_most": "high", "fewer_than": "high"}
#: Thousands set apart, by a point too: people are not counted in parts.
_GROUPED = re.compile(r"\d{1,3}(?:[,. '’\u00a0\u202f]\d{3})+")
_NO_PARTS = re.compile(r"(\d+),0+")


def amount_in(cell: str) -> Draft | None:
    """Return qualifier and numbers of a cell as a Quantity has them; None for an empty one. Raises ValueError."""
    text = given(cell)
    if not text:
        return None
    for form, qualifier in _FORMS:
        found = form.fullmatch(text)
        if found is not None:
            numbers = [_whole(group) for group in found.groups()]
            if qualifier == "range":
                if numbers[0] > numbers[1]:
                    return {"low": numbers[0], "high": numbers[1], "as_published": True}
                return {"qualifier": "range", "low": numbers[0], "high": numbers[1]}
            draft: Draft = {} if qualifier == "exactly" else {"qualifier": qualifier}
            return {**draft, _FIELDS.get(qualifier, "best"): numbers[0]}
    raise ValueError(cell)


def _whole(text: str) -> int:
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    elif whole := _NO_PARTS.fullmatch(text):
        text = whole[1]
    number = float(text)
    if not number.is_integer() or not 0 <= number < 2**53:
        raise ValueError(text)
    return int(number)
