"""A draft comes back from JSON as it was; what is no draft is left out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.edit.coining import Coined
from explorer.edit.drafts import (
    ClaimDraft,
    EventDraft,
    Founded,
    LinkDraft,
    NumberDraft,
    PartDraft,
    PlaceDraft,
    RelationDraft,
    TimeDraft,
)
from explorer.edit.keeping import Kept, as_json, drafts_of, from_json
from explorer.edit.passages import Marked

texts = st.text(max_size=12)
words = st.builds(Marked, texts, st.integers(0, 99), st.integers(0, 99))
founded = st.builds(
    Founded, st.lists(words, max_size=2).map(tuple), st.sampled_from(["stated", "inferred", "reference"]),
    st.lists(texts, max_size=2).map(tuple), st.lists(texts, max_size=2).map(tuple), st.none() | texts,
)  # fmt: skip
numbers = st.builds(
    NumberDraft, low=st.none() | st.integers(0, 9), best=st.none() | st.floats(0, 9), founded=founded
)
claims = st.builds(ClaimDraft, founded, numbers=st.lists(numbers, max_size=1).map(tuple))
times = st.none() | st.builds(TimeDraft, texts, founded=founded)
events = st.builds(
    EventDraft, texts, st.lists(claims, max_size=2).map(tuple), time=times,
    places=st.lists(st.builds(PlaceDraft, texts, founded=founded), max_size=1).map(tuple),
    parts=st.lists(st.builds(PartDraft, texts, founded=founded), max_size=1).map(tuple),
    numbers=st.lists(numbers, max_size=1).map(tuple), tags=st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip
relations = st.builds(RelationDraft, texts, texts, st.lists(claims, max_size=2).map(tuple), valid=times)
links = st.builds(LinkDraft, texts, texts, st.just("before"), founded)


@settings(max_examples=50)
@given(events | relations | links)
def test_any_draft_comes_back_as_it_was(draft: EventDraft | RelationDraft | LinkDraft) -> None:
    kept = Kept("a", "doc-a", draft, (Coined("act-a", "actors", "A", "person"),))
    assert from_json(json.loads(json.dumps(as_json(kept)))) == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "null", "3", '{"name": 1}', "[1]", '[{"name": "a"}]',
        '[{"name": "a", "document": "d", "draft": {"is": "Unknown"}, "coined": []}]',
        '[{"name": "a", "document": "d", "draft": {"is": "Marked", "document": "d", "start": 0, "end": 1}, "coined": []}]',
        '[{"name": "a", "document": "d", "draft": {"is": "EventDraft", "colour": 1}, "coined": []}]',
    ],
)  # fmt: skip
def test_what_is_no_draft_is_left_out(text: str) -> None:
    assert drafts_of(text) == []


def test_the_drafts_that_can_be_read_are_kept_beside_those_that_cannot() -> None:
    good = as_json(Kept("a", "doc-a", EventDraft("E", ())))
    assert [each.name for each in drafts_of(json.dumps([{"name": "bad"}, good]))] == ["a"]
