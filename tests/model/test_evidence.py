"""The walk over a record finds every span and every id in it."""

from __future__ import annotations

import json
from typing import Any

from builders import random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.evidence import identity_of, names_of, spans_of
from explorer.model.ids import PREFIXES
from explorer.model.records import LISTS, Case


def strings(value: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, dict):
        return [
            found
            for key, inner in value.items()
            for found in strings(inner, f"{path}.{key}" if path else key)
        ]
    if isinstance(value, list):
        return [found for n, inner in enumerate(value) for found in strings(inner, f"{path}[{n}]")]
    return []


def ids_by_hand(record: dict[str, Any], known: set[str]) -> list[tuple[str, str]]:
    return sorted((path, text) for path, text in strings(record) if text in known and not path.endswith("id"))


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_every_id_in_a_record_is_named_with_its_path_and_list(seed: int) -> None:
    raw = random_case(seed)
    known = {each["id"] for name in LISTS if name != "mentions" for each in raw[name]}
    case = Case.model_validate(raw)
    for name in LISTS:
        for record, plain in zip(getattr(case, name), raw[name], strict=True):
            named = list(names_of(record))
            assert sorted((path, each) for path, _, each in named) == ids_by_hand(plain, known)
            assert all(each.startswith(PREFIXES[kind] + "-") for _, kind, each in named)
            assert [(p, s) for p, s in spans_of(record)] == [(p, e) for p, k, e in named if k == "spans"][
                : len(list(spans_of(record)))
            ]


def test_every_span_of_the_sample_that_a_fact_cites_is_found(
    sample_case: Case, sample_json: dict[str, Any]
) -> None:
    for name in ("events", "relations", "links"):
        for record, plain in zip(getattr(sample_case, name), sample_json[name], strict=True):
            cited = {text for _, text in strings(plain) if text.startswith("sp-")}
            assert {span for _, span in spans_of(record)} == cited
            assert identity_of(record) == plain["id"]
    assert json.dumps(sample_json["mentions"][0]["span"])[1:-1] in identity_of(sample_case.mentions[0])
