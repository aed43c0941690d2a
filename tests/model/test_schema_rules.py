"""The schema that is printed refuses what check refuses, as far as JSON Schema can say it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from builders import random_case
from pydantic import ValidationError

from explorer.intake.reporting import schema
from explorer.model.records import Case

SCHEMA = schema()
TYPES = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "number": (int, float),
    "integer": int,
}  # fmt: skip


def fits(value: Any, rule: dict[str, Any]) -> bool:
    """Whether a value fits a schema: the keywords that ours uses, as the standard means them."""
    return all(CHECKS[key](value, wanted, rule) for key, wanted in rule.items() if key in CHECKS)


def of_type(value: Any, wanted: str, _rule: Any) -> bool:
    return isinstance(value, TYPES[wanted]) and (wanted == "boolean" or not isinstance(value, bool))


def properties(value: Any, wanted: dict[str, Any], _rule: Any) -> bool:
    return not isinstance(value, dict) or all(fits(value[k], v) for k, v in wanted.items() if k in value)


def additional(value: Any, wanted: Any, rule: dict[str, Any]) -> bool:
    if not isinstance(value, dict) or wanted is True:
        return True
    others = set(value) - set(rule.get("properties", ()))
    return not others if wanted is False else all(fits(value[name], wanted) for name in others)


def referred(value: Any, wanted: str, _rule: Any) -> bool:
    return fits(value, SCHEMA["$defs"][wanted.rpartition("/")[2]])


def branch(value: Any, wanted: dict[str, Any], rule: dict[str, Any]) -> bool:
    return fits(value, rule.get("then" if fits(value, wanted) else "else", {}))


def when(kind: type | tuple[type, ...], check: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    return lambda value, wanted, rule: not isinstance(value, kind) or check(value, wanted)


CHECKS: dict[str, Callable[[Any, Any, dict[str, Any]], bool]] = {
    "type": of_type, "properties": properties, "additionalProperties": additional, "$ref": referred, "if": branch,
    "const": lambda value, wanted, _: value == wanted, "enum": lambda value, wanted, _: value in wanted,
    "required": when(dict, lambda value, wanted: set(wanted) <= set(value)),
    "items": when(list, lambda value, wanted: all(fits(each, wanted) for each in value)),
    "minItems": when(list, lambda value, wanted: len(value) >= wanted),
    "minLength": when(str, lambda value, wanted: len(value) >= wanted),
    "pattern": when(str, lambda value, wanted: re.search(wanted, value) is not None),
    "minimum": when((int, float), lambda value, wanted: value >= wanted),
    "maximum": when((int, float), lambda value, wanted: value <= wanted),
    "allOf": lambda value, wanted, _: all(fits(value, each) for each in wanted),
    "anyOf": lambda value, wanted, _: any(fits(value, each) for each in wanted),
    "not": lambda value, wanted, _: not fits(value, wanted),
}  # fmt: skip
SAID = {"title", "description", "default", "$schema", "$defs", "then", "else"}


def keywords(rule: Any) -> Iterator[str]:
    """Yield every keyword of a schema; the names of properties and records are none."""
    for key, inner in rule.items():
        yield key
        if key in ("properties", "$defs"):
            for each in inner.values():
                yield from keywords(each)
        else:
            for each in inner if isinstance(inner, list) else [inner]:
                yield from keywords(each) if isinstance(each, dict) and key != "default" else ()


def test_the_checks_of_this_test_know_every_keyword_of_the_schema() -> None:
    assert set(keywords(SCHEMA)) <= set(CHECKS) | SAID


def test_the_schema_admits_the_sample(sample_json: dict[str, Any]) -> None:
    assert fits(sample_json, SCHEMA)


@pytest.mark.parametrize("seed", range(5))
def test_the_schema_admits_cases_in_other_languages(seed: int) -> None:
    assert fits(random_case(seed, events=20, documents=3), SCHEMA)


FACT = {"location": "loc-syria", "role": "at"}
CHANGES: dict[str, tuple[tuple[Any, ...], Any]] = {
    "nobody says so": (("events", 0, "claims"), []),
    "a relation without claims": (("relations", 0, "claims"), []),
    "a claim without words": (("events", 0, "claims", 0, "evidence"), []),
    "a claim from outside": (("events", 0, "claims", 0, "basis"), "reference"),
    "beyond the pole": (("locations", 0), {"id": "loc-a", "name": "A", "kind": "place", "lat": 1e6, "lon": 0, "coordinates_source": "x"}),
    "half a point": (("locations", 0), {"id": "loc-a", "name": "A", "kind": "place", "lat": 10}),
    "a point from nowhere": (("locations", 0), {"id": "loc-a", "name": "A", "kind": "place", "lat": 10, "lon": 0}),
    "a place without words": (("events", 0, "places"), [FACT]),
    "a place from an unnamed reference": (("events", 0, "places"), [{**FACT, "basis": "reference", "evidence": ["sp-1"]}]),
    "at least nothing": (("events", 0, "quantities"), [{"kind": "fatalities", "qualifier": "at_least", "best": 3, "evidence": ["sp-1"]}]),
    "a number past 64 bits": (("events", 0, "quantities"), [{"kind": "fatalities", "low": 10**30, "evidence": ["sp-1"]}]),
    "a date without words": (("events", 0, "time"), {"edtf": "2024"}),
    "an anchor without relation": (("events", 0, "time"), {"anchor": "doc-a", "evidence": ["sp-1"]}),
    "earliest of no date": (("events", 0, "time"), {"earliest": "2024-01-01", "note": "x"}),
    "another type's mode": (("events", 0), {"id": "evt-a", "title": "A", "type": "ASSAULT", "mode": "visit", "claims": [{"id": "clm-a", "evidence": ["sp-1"]}]}),
    "a span without quote": (("spans", 0), {"id": "sp-a", "document": "doc-a", "start": 0, "end": 3}),
    "a lost span with its place": (("spans", 0), {"id": "sp-a", "document": "doc-a", "start": 0, "quote": "x", "unanchored": True}),
    "a span before the text": (("spans", 0), {"id": "sp-a", "document": "doc-a", "start": -5, "end": 3, "quote": "12345678"}),
    "no day": (("modified",), "2024-13-01"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_the_records_refuse_the_schema_refuses(sample_json: dict[str, Any], change: Any) -> None:
    path, value = change
    inner: Any = sample_json
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = copy.deepcopy(value)
    with pytest.raises(ValidationError):
        Case.model_validate(sample_json)
    assert not fits(sample_json, SCHEMA)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "time"), {"note": "no date"}),
        (("events", 0, "time"), {"anchor": None, "anchor_relation": None, "precision": "unknown"}),
        (("spans", 0), {"id": "sp-a", "document": "doc-a"}),
        (("spans", 0), {"id": "sp-a", "document": "doc-a", "quote": "x", "unanchored": True}),
        (("events", 0, "quantities"), [{"kind": "other", "qualifier": "at_least", "low": 3, "evidence": ["sp-1"]}]),
        (("locations", 0), {"id": "loc-a", "name": "A", "kind": "place", "lat": None, "lon": None}),
    ],
)  # fmt: skip
def test_what_the_records_admit_the_schema_admits(
    sample_json: dict[str, Any], path: tuple[Any, ...], value: Any
) -> None:
    inner: Any = sample_json
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert Case.model_validate(sample_json)
    assert fits(sample_json, SCHEMA)
