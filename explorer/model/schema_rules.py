"""What pydantic's JSON Schema leaves out: the rules inside one record, where JSON Schema can say them (model.md §4).

The rules themselves are in the records' validators; what lies between records (ids, quotes, circles, sentences) and
the grammar of EDTF are beyond JSON Schema, and `dateline check` asks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.model.base import INT64_MAX
from explorer.model.codebook import MODES_OF

Json = dict[str, Any]

#: What pydantic writes for the limits of a union, though JSON Schema has other words for them.
_NO_KEYWORDS = frozenset({"ge", "le"})
_NUMBER: Json = {"minimum": -INT64_MAX, "maximum": INT64_MAX}
_TIMESTAMP: Json = {
    "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
}
_SOME: Json = {"minItems": 1}
_NOT_REFERENCE: Json = {"enum": ["stated", "inferred"]}


def _given(*names: str) -> Json:
    """Return the schema of an object that has values, not null, for all names."""
    return {"required": list(names), "properties": {name: {"not": {"type": "null"}} for name in names}}


def _when(condition: Json, then: Json, otherwise: Json | None = None) -> Json:
    return {"if": condition, "then": then} | ({"else": otherwise} if otherwise is not None else {})


def _is(name: str, value: object) -> Json:
    return {"required": [name], "properties": {name: {"const": value}}}


def _has(name: str) -> Json:
    return {"required": [name], "properties": {name: _SOME}}


def _together(*names: str) -> list[Json]:
    """Return rules by which all of names are given, or none."""
    return [_when(_given(name), _given(*names)) for name in names]


#: A value cites words of a text, or the reference it was taken from (model.md §4.6).
_FOUNDED = _when(_is("basis", "reference"), _has("citations"), _has("evidence"))
#: earliest, latest and precision repeat an edtf; without one, precision can only be unknown.
_EDTF_REPEATED: list[Json] = [
    *(_when(_given(name), _given("edtf")) for name in ("earliest", "latest")),
    _when({**_given("precision"), "not": _is("precision", "unknown")}, _given("edtf")),
]


def _modes() -> list[Json]:
    """Return rules by which a mode that the codebook knows goes with a type that has it."""
    types: dict[str, list[str]] = {}
    for kind, modes in MODES_OF.items():
        for mode in modes:
            types.setdefault(mode, []).append(kind)
    return [
        _when(_is("mode", mode), {"required": ["type"], "properties": {"type": {"enum": kinds}}})
        for mode, kinds in types.items()
    ]


#: Record -> field -> keywords to add to the field's own.
FIELDS: Mapping[str, Mapping[str, Json]] = {
    "Event": {"claims": _SOME},
    "Relation": {"claims": _SOME, "basis": _NOT_REFERENCE},
    "Claim": {"evidence": _SOME, "basis": _NOT_REFERENCE},
    "Location": {"lat": {"minimum": -90, "maximum": 90}, "lon": {"minimum": -180, "maximum": 180}},
    "Quantity": {"low": _NUMBER, "best": _NUMBER, "high": _NUMBER},
    "Document": {"text_sha256": {"pattern": "^[0-9a-fA-F]{64}$"}},
    "Case": {"created": _TIMESTAMP, "modified": _TIMESTAMP, "format_version": {"pattern": r"^1\.[0-9]+$"}},
}
#: Record -> rules between its fields.
RULES: Mapping[str, list[Json]] = {
    "PlaceRef": [_FOUNDED],
    "Participation": [_FOUNDED],
    "EventLink": [_FOUNDED],
    "Quantity": [_FOUNDED, _when(_is("qualifier", "at_least"), _given("low"))],
    "TimeRef": [
        _when({"anyOf": [_given("edtf"), _given("anchor")]}, _FOUNDED),
        *_together("anchor", "anchor_relation"),
        *_EDTF_REPEATED,
    ],
    "Span": [
        _when(
            _is("unanchored", value=True),
            {**_given("quote"), "not": {"anyOf": [_given("start"), _given("end")]}},
            {"allOf": _together("start", "end", "quote")},
        )
    ],
    "Location": [*_together("lat", "lon"), _when(_given("lat"), _given("coordinates_source"))],
    "Event": _modes(),
}


def with_rules(schema: Json) -> Json:
    """Return the JSON Schema of a case with the rules inside its records added; schema stays as it is."""
    records = {name: _ruled(name, record) for name, record in schema["$defs"].items()}
    return _ruled("Case", schema) | {"$defs": records}


def _proper(about: Json) -> Json:
    """Return the schema of a field without what is no keyword of JSON Schema."""
    kept = {key: value for key, value in about.items() if key not in _NO_KEYWORDS}
    return kept | {"anyOf": [_proper(each) for each in kept["anyOf"]]} if "anyOf" in kept else kept


def _ruled(name: str, record: Json) -> Json:
    ruled = dict(record)
    extra = FIELDS.get(name, {})
    if "properties" in record:
        ruled["properties"] = {
            field: _proper(about) | extra.get(field, {}) for field, about in record["properties"].items()
        }
    if name in RULES:
        ruled["allOf"] = RULES[name]
    return ruled
