"""Validation errors in the words of a problem: a path in the file, what was found there, what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from explorer.model.base import Record
from explorer.model.facts import Attribution, Claim, Participation, PlaceRef, Quantity, TimeRef
from explorer.model.problems import Problem, choices_of, expected_words, join_path, kind_of, shortened
from explorer.model.records import Sentence
from explorer.words import tr

#: The record below a field, for proposing the field that an unknown one was meant to be.
_BELOW: dict[str, type[Record]] = {
    "time": TimeRef, "valid": TimeRef, "published": TimeRef, "places": PlaceRef, "participants": Participation,
    "quantities": Quantity, "claims": Claim, "attribution": Attribution, "sentences": Sentence,
}  # fmt: skip
_EXPECTED = {
    "string_type": "text in double quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "an object, { … }",
    "model_type": "an object, { … }",
    "model_attributes_type": "an object, { … }",
    "tuple_type": "a list, [ … ]",
    "list_type": "a list, [ … ]",
    "finite_number": "a finite number",
    "string_too_short": "some characters, or the field left out",
    "string_unicode": "whole characters",
    "int_parsing_size": "a number between -2^63 and 2^63",
}
_ID_EXAMPLES = {
    "doc": "doc-1", "ref": "ref-1", "dst": "dst-1", "sp": "sp-1", "act": "act-russia", "loc": "loc-aleppo",
    "evt": "evt-1", "clm": "clm-1", "rel": "rel-1", "lnk": "lnk-1",
}  # fmt: skip


def problems_of(error: ValidationError, prefix: str, record: Any, model: type[Record]) -> Iterator[Problem]:
    """Yield one problem for each path of a validation error; prefix is where record lies ("events[12]")."""
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        problem = _problem(detail, record, model).under(prefix)
        if problem.path not in seen:
            seen.add(problem.path)
            yield problem


def unknown_fields(error: ValidationError) -> list[tuple[int | str, ...]] | None:
    """Return where unknown fields are, if they are all that is wrong; else None."""
    details = error.errors(include_url=False, include_input=False)
    return [d["loc"] for d in details] if all(d["type"] == "extra_forbidden" for d in details) else None


def _problem(detail: ErrorDetails, record: Any, model: type[Record]) -> Problem:
    kind, context = kind_of(detail["type"], detail["loc"]), detail.get("ctx", {})
    path = _path(_real(detail["loc"], record, missing=kind == "missing"))
    if kind == "dateline":
        return Problem(
            join_path(path, context.get("at", "")),
            context["found"],
            context["expected"],
            context.get("mend", ""),
        )
    if kind == "extra_forbidden":
        return _unknown(path, detail["loc"], model)
    if kind == "missing":
        return Problem(path, tr("nothing"), tr("a value: this field must be given"))
    found = shortened(detail["input"])
    if kind == "literal_error":
        return _choice(path, found, detail["input"], choices_of(context))
    if kind == "string_pattern_mismatch":
        return Problem(path, found, _pattern(str(context.get("pattern", ""))))
    return Problem(path, found, tr(_EXPECTED[kind]) if kind in _EXPECTED else expected_words(kind, context))


def _real(loc: Sequence[int | str], record: Any, *, missing: bool) -> list[int | str]:
    """Return the part of an error's place that exists in the record: unions and validators add steps of their own."""
    steps: list[int | str] = []
    here = record
    for step in loc:
        known = (isinstance(here, Mapping) and step in here) or (
            isinstance(here, list | tuple) and isinstance(step, int) and step < len(here)
        )
        if not known:
            return [*steps, step] if missing and isinstance(here, Mapping) else steps
        steps.append(step)
        here = here[step]
    return steps


def _path(steps: Sequence[int | str]) -> str:
    path = ""
    for step in steps:
        path = f"{path}[{step}]" if isinstance(step, int) else join_path(path, str(step))
    return path


def _unknown(path: str, loc: Sequence[int | str], model: type[Record]) -> Problem:
    owner = next((_BELOW[step] for step in reversed(loc[:-1]) if step in _BELOW), model)
    name = str(loc[-1])
    near = get_close_matches(name, owner.model_fields, n=1, cutoff=0.6)
    return Problem(
        path,
        tr("an unknown field, {name}").format(name=shortened(name)),
        tr("{name}").format(name=near[0])
        if near
        else tr("one of {names}").format(names=", ".join(owner.model_fields)),
        tr("did you mean {name}?").format(name=near[0]) if near else tr("remove it, or keep it under ext"),
    )


def _choice(path: str, found: str, value: object, words: list[str]) -> Problem:
    near = get_close_matches(str(value), words, n=1, cutoff=0.6)
    mend = tr("did you mean {name}?").format(name=near[0]) if near else ""
    return Problem(path, found, tr("one of {names}").format(names=", ".join(words)), mend)


def _pattern(pattern: str) -> str:
    prefix = pattern.lstrip("^(").partition("-")[0].partition("|")[0]
    if prefix in _ID_EXAMPLES:
        return tr("an id such as {example}").format(example=_ID_EXAMPLES[prefix])
    if "A-Z" in pattern:
        return tr("a country's three letters, such as SYR")
    if pattern.startswith(r"^\d"):
        return tr("a version such as 1.0")
    return tr("an id such as {example}").format(example="case-1")
