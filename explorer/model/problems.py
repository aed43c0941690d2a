"""What is wrong with an input, said so that its author can mend it: where, what was found and expected.

Pydantic's errors are told in the same plain words (design §7).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from explorer.frozen import frozen
from explorer.words import tr

if TYPE_CHECKING:
    from pydantic import ValidationError

#: Steps of a union of numbers that pydantic adds to a path.
_NUMBER_FIELDS = frozenset({"low", "best", "high", "lat", "lon"})
_ID = re.compile(r"\^(?:\(([a-z|]+)\)|([a-z]{2,4}))-")

#: Pydantic's error type -> what was expected.
_KINDS = {
    "string_type": "text", "string_sub_type": "text", "int_type": "a whole number",
    "int_from_float": "a whole number", "int_parsing": "a whole number", "int_parsing_size": "a whole number",
    "float_type": "a number", "bool_type": "true or false", "dict_type": "an object in braces",
    "model_type": "an object in braces", "model_attributes_type": "an object in braces",
    "tuple_type": "a list in brackets", "list_type": "a list in brackets", "none_required": "null",
    "finite_number": "a finite number", "string_too_short": "at least one character",
    "string_unicode": "whole characters, no lone surrogate", "bool_parsing": "true or false",
    "float_parsing": "a number", "json_type": "JSON text", "json_invalid": "JSON",
    "mapping_type": "an object in braces",
    "iterable_type": "a list in brackets", "set_type": "a list in brackets", "invalid_key": "a name that is text",
    "recursion_loop": "a value that does not hold itself", "bytes_type": "text",
}  # fmt: skip
_LIMITS = {
    "greater_than_equal": ("ge", "a number of at least {limit}"),
    "greater_than": ("gt", "a number above {limit}"),
    "less_than_equal": ("le", "a number of at most {limit}"),
    "less_than": ("lt", "a number below {limit}"),
}
_INTS = frozenset({"int_type", "int_from_float", "int_parsing", "int_parsing_size"})
#: From where a field is to the names that fields have there.
Fields = Callable[[tuple[int | str, ...]], Sequence[str]]
_Told = tuple[str, str, str]  # found, expected, mend


@frozen
class Problem:
    """One thing wrong: a path such as events[12].time.edtf, what was found and expected, how to mend it.

    Where nothing was expected in particular, expected is "" and found is a sentence of its own.
    """

    path: str
    found: str
    expected: str
    mend: str = ""

    def __str__(self) -> str:
        line = self._said()
        return printable(" ".join((f"{line} – {self.mend}" if self.mend else line).split()))

    def _said(self) -> str:
        if not self.expected:  # found is a sentence of its own
            return f"{self.path}: {self.found}" if self.path else self.found
        return tr("{path}: found {found}; expected {expected}").format(
            path=self.path or tr("the case"), found=self.found, expected=self.expected
        )

    def under(self, prefix: str) -> Problem:
        """Return the same problem with its path below prefix: "time.edtf" under "events[12]"."""
        return replace(self, path=join_path(prefix, self.path))


def join_path(prefix: str, path: str) -> str:
    """Return prefix and path joined by a dot, unless one is empty or path begins with a bracket."""
    if not prefix or not path:
        return prefix or path
    return prefix + path if path.startswith("[") else f"{prefix}.{path}"


def printable(text: str) -> str:
    """Return text with lone surrogates, control and direction characters spelt out, so that any output takes it."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)


def shortened(value: object, limit: int = 80) -> str:
    """Return a value as it is found in JSON, in one line of at most limit characters."""
    if not isinstance(value, str):
        return _as_json(value)
    text = printable(" ".join(value[:10_000].split()))
    return f'"{text}"' if len(text) <= limit else f'"{text[: limit - 1]}…"'


def _as_json(value: object) -> str:
    """Return a value as JSON where it is short and plain, else what kind of value it is."""
    if value is None or isinstance(value, bool | int | float):
        words = json.dumps(value)
        return words if len(words) < 40 else words[:39] + "…"
    if isinstance(value, Mapping):
        keys = ", ".join(printable(str(key))[:30] for key in list(value)[:6])
        return tr("an object with {keys}").format(keys=keys) if keys else tr("an empty object")
    if isinstance(value, list | tuple):
        return tr("a list of {n}").format(n=len(value))
    return type(value).__name__


def problems_from(error: ValidationError, prefix: str = "", fields: Fields | None = None) -> list[Problem]:
    """Return one problem for each place pydantic refused, with paths below prefix such as "events[12]".

    fields: from the location of an unknown field to the names it may have; None for those of the event model.
    """
    found: dict[str, Problem] = {}
    for each in error.errors(include_url=False):
        context = each.get("ctx", {})
        path = join_path(prefix, path_of(each["loc"]))
        if each["type"] == "dateline":
            path = join_path(path, context["at"])
        kind = kind_of(each["type"], each["loc"])
        known = _field_names() if fields is None else fields(each["loc"])
        problem = Problem(path, *_told(kind, each["input"], context, each["loc"], known))
        if path not in found or kind == "finite_number":
            found[path] = problem
    return list(found.values())


def path_of(location: tuple[int | str, ...]) -> str:
    """Return a location of pydantic's as a path: ("events", 12, "time") is events[12].time."""
    steps = list(location)
    if _of_union(location):
        steps.pop()
    path = ""
    for step in steps:
        if step != "[key]":
            path = join_path(path, f"[{step}]" if isinstance(step, int) else printable(step))
    return path


def _of_union(location: tuple[int | str, ...]) -> bool:
    """Return whether the last step is only which member of the union int | float complained."""
    return len(location) > 1 and location[-1] in ("int", "float") and location[-2] in _NUMBER_FIELDS


def kind_of(kind: str, location: tuple[int | str, ...]) -> str:
    """Return the type of an error; for a number that may have a fraction, no whole number is asked."""
    return "float_type" if kind in _INTS and _of_union(location) else kind


def _told(
    kind: str, given: object, context: Mapping[str, Any], location: tuple[Any, ...], known: Sequence[str]
) -> _Told:
    if kind == "dateline":
        return context["found"], context["expected"], context["mend"]
    if kind == "missing":
        return tr("nothing"), tr("a value for {field}").format(field=location[-1] if location else ""), ""
    if kind == "extra_forbidden":
        return _unknown_field(str(location[-1]), known)
    return shortened(given), expected_words(kind, context), _nearest_choice(kind, given, context)


def expected_words(kind: str, context: Mapping[str, Any]) -> str:
    """Return what was expected where pydantic found an error of a kind; its own words reach nobody."""
    if kind in _KINDS:
        return tr(_KINDS[kind])
    if kind in _LIMITS:
        name, template = _LIMITS[kind]
        return tr(template).format(limit=context[name])
    if kind == "literal_error":
        return tr("one of {values}").format(values=", ".join(choices_of(context)))
    if kind == "string_pattern_mismatch":
        return _pattern_words(str(context["pattern"]))
    return _size_words(kind, context) or tr("what the field holds by the event model (see dateline schema)")


def _size_words(kind: str, context: Mapping[str, Any]) -> str:
    """Return how long a text or a list was to be; "" where that is not what is wrong."""
    for end, name, words in (
        ("too_short", "min_length", "at least {n}"),
        ("too_long", "max_length", "at most {n}"),
    ):
        if kind.endswith(end) and name in context:
            size = tr(words).format(n=context[name])
            return tr("{size} characters").format(size=size) if kind.startswith("string") else size
    return ""


def choices_of(context: Mapping[str, Any]) -> list[str]:
    """Return the values that an error of a Literal names."""
    parts = str(context.get("expected", "")).split(" or ")
    return [word.strip("' ") for part in parts for word in part.split(",")]


def _nearest_choice(kind: str, given: object, context: Mapping[str, Any]) -> str:
    near = (
        get_close_matches(str(given), choices_of(context), n=1, cutoff=0.6) if kind == "literal_error" else []
    )
    return tr("did you mean {name}?").format(name=near[0]) if near else ""


def _pattern_words(pattern: str) -> str:
    if pattern == r"^[A-Z]{3}$":
        return tr("three capital letters, as in ISO 3166 (SYR)")
    if pattern.startswith(r"^\d"):
        return tr("a version such as 1.0")
    if match := _ID.match(pattern):
        names = (match[1] or match[2]).split("|")
        samples = tr(" or ").join(f"{name}-…" for name in names)
        return tr("an id {samples} of small letters, digits, dots, hyphens, at most 64").format(
            samples=samples
        )
    return tr("an id such as case-1 of small letters, digits, dots and hyphens")


def _unknown_field(name: str, known: Sequence[str]) -> _Told:
    near = get_close_matches(name, known, n=1, cutoff=0.7)
    of_model = known is _field_names()
    expected = (
        tr("a field of the event model") if of_model else tr("one of {names}").format(names=", ".join(known))
    )
    mend = tr("correct its name, or move other programs' data under ext") if of_model else ""
    if near:
        mend = tr("perhaps {name} was meant").format(name=near[0])
    return tr("an unknown field {name}").format(name=shortened(name)), expected, mend


@lru_cache(maxsize=1)
def _field_names() -> tuple[str, ...]:
    """Return the names of all fields of all records, for proposals."""
    from explorer.model import facts, records
    from explorer.model.base import Record

    known = (value for module in (facts, records) for value in vars(module).values())
    classes = (each for each in known if isinstance(each, type) and issubclass(each, Record))
    return tuple(sorted({name for each in classes for name in each.model_fields}))
