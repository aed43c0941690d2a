"""Numbers in words: "at least 25", "25–31", "more than 10 years"; a bare 25 is never "at least" (design §4)."""

from __future__ import annotations

from explorer.model.facts import Quantity
from explorer.words import NOT_STATED, QUANTITY_WORDS, tr

_QUALIFIED = {
    "exactly": "{n}",
    "unspecified": "{n}",
    "range": "{n}",
    "about": "about {n}",
    "at_least": "at least {n}",
    "more_than": "more than {n}",
    "at_most": "at most {n}",
    "fewer_than": "fewer than {n}",
}
_UNITS = {
    "year": ("year", "years"), "month": ("month", "months"), "week": ("week", "weeks"), "day": ("day", "days"),
    "hour": ("hour", "hours"), "minute": ("minute", "minutes"),
}  # fmt: skip
#: Kinds that count people, so that "who they were" can be asked.
PEOPLE = frozenset({"fatalities", "injured", "casualties", "displaced", "detained"})


def amount_words(quantity: Quantity) -> str:
    """Return a quantity's number in words; "number not stated" where the source gives none."""
    low, best, high = quantity.low, quantity.best, quantity.high
    if low is None and best is None and high is None:
        return tr("number not stated")
    words = tr(_QUALIFIED[quantity.qualifier]).format(n=_number(quantity))
    if not quantity.unit:
        return words
    one, many = _UNITS.get(quantity.unit.rstrip("s"), (quantity.unit, quantity.unit))
    single = {value for value in (low, best, high) if value is not None} == {1}
    return f"{words} {tr(one if single else many)}"


def kind_label(quantity: Quantity) -> str:
    """Return what is counted, such as "Killed" or "Displaced"."""
    return tr(QUANTITY_WORDS[quantity.kind])


def number_words(value: float) -> str:
    """Return a number with thousands set apart; whole ones without a point."""
    whole = int(value)
    return f"{whole:,}" if whole == value else f"{value:,}"


def _number(quantity: Quantity) -> str:
    low, best, high = quantity.low, quantity.best, quantity.high
    if low is not None and high is not None and low != high:
        span = f"{number_words(low)}–{number_words(high)}"
        if best is None or best in {low, high}:
            return span if best is None or quantity.qualifier == "range" else _with_best(best, span)
        return _with_best(best, span)
    given = [value for value in (best, low, high) if value is not None]
    if best is None or len(set(given)) == 1:
        if quantity.qualifier in {"exactly", "range", "unspecified"} and best is None and low != high:
            template = tr("at least {n}") if low is not None else tr("at most {n}")
            return template.format(n=number_words(given[0]))
        return number_words(given[0])
    low_words = number_words(low) if low is not None else tr(NOT_STATED)
    high_words = number_words(high) if high is not None else tr(NOT_STATED)
    return _with_best(best, f"{low_words}–{high_words}")


def _with_best(best: float, span: str) -> str:
    return tr("{best} (range {span})").format(best=number_words(best), span=span)
