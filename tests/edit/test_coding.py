"""Drafts become records with their spans, and records become drafts again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from builders import random_case

from explorer.casefile.errors import CaseFileError
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.amounts import read_amount
from explorer.edit.coding import code_event, code_link, code_relation, fresh_id, uncovered
from explorer.edit.drafts import (
    ClaimDraft,
    EventDraft,
    Founded,
    LinkDraft,
    NumberDraft,
    PartDraft,
    PlaceDraft,
    RelationDraft,
)
from explorer.edit.passages import Marked, Passages
from explorer.edit.reopening import event_draft, link_draft, relation_draft

CaseOf = Callable[[dict[str, Any]], CaseFile]


def marked(case: CaseFile, words: str, document: str = "doc-seed") -> Marked:
    text = case.source(document).text
    start = text.index(words)
    return Marked(document, start, start + len(words))


def airstrikes(case: CaseFile) -> EventDraft:
    where = Founded((marked(case, "rebel-held areas and"),))
    number = replace(
        read_amount("at least 25 fatalities"), founded=Founded((marked(case, "at least 25 fatalities"),))
    )
    return EventDraft(
        "Strikes on areas held by rebels",
        (ClaimDraft(Founded((marked(case, "a series of airstrikes"),))),),
        type="ASSAULT", mode="aerial",
        places=(PlaceDraft("loc-syria", founded=where),),
        parts=(PartDraft("act-russia", "actor", Founded((marked(case, "Russian and Syrian jets"),))),),
        numbers=(number,),
    )  # fmt: skip


def test_an_event_is_coded_from_marked_words_and_its_values_lead_back_to_them(sample_file: CaseFile) -> None:
    edit = code_event(sample_file, airstrikes(sample_file))
    sample_file.commit(edit)
    record_id = edit.puts[-1].id
    quotes = {one.path: sample_file.spans([one.span])[0].quote for one in sample_file.cited(record_id)}
    assert quotes["participants[0]"] == "Russian and Syrian jets"
    assert quotes["quantities[0]"] == "at least 25 fatalities"
    assert sample_file.record(record_id).quantities[0].low == 25
    assert sample_file.record(record_id).quantities[0].best is None


def test_a_span_that_lies_there_already_is_taken_again(sample_file: CaseFile, sample_json: dict) -> None:
    span = next(one for one in sample_json["spans"] if one["id"] == "sp-05-10")
    passages = Passages(sample_file)
    assert passages.ids([Marked("doc-seed", span["start"], span["end"])]) == ["sp-05-10"]
    assert passages.new == ()


def test_words_marked_across_sentences_become_a_span_for_each_without_the_blanks(
    sample_file: CaseFile,
) -> None:
    text = sample_file.source("doc-seed").text
    passages = Passages(sample_file)
    passages.ids(
        [Marked("doc-seed", text.index("significant casualties"), text.index("recent rebel offensive"))]
    )
    assert [span.quote for span in passages.new] == ["significant casualties.", "The"]


def test_marking_only_blanks_is_refused_in_words(sample_file: CaseFile) -> None:
    at = sample_file.source("doc-seed").text.index("\n")
    with pytest.raises(CaseFileError, match="select words"):
        Passages(sample_file).ids([Marked("doc-seed", at, at + 1)])


def test_a_value_from_another_sentence_asks_for_a_claim_there(sample_file: CaseFile) -> None:
    elsewhere = marked(sample_file, "resumption of airstrikes")
    draft = airstrikes(sample_file)
    place = PlaceDraft("loc-idlib", founded=Founded((elsewhere,)))
    draft = replace(draft, places=(*draft.places, place))
    assert uncovered(sample_file, draft) == (elsewhere,)
    with pytest.raises(CaseFileError):
        sample_file.commit(code_event(sample_file, draft))
    again = ClaimDraft(Founded((elsewhere,), "inferred", note="The same strikes, told again."))
    whole = replace(draft, claims=(*draft.claims, again))
    assert uncovered(sample_file, whole) == ()
    sample_file.commit(code_event(sample_file, whole))


def test_every_record_of_the_sample_is_the_same_after_a_form_opened_and_closed_it(
    sample_file: CaseFile,
) -> None:
    for event in list(sample_file.all("events")):
        edit = code_event(sample_file, event_draft(sample_file, event.id))
        assert edit.puts == (event,)
    for relation in list(sample_file.all("relations")):
        assert code_relation(sample_file, relation_draft(sample_file, relation.id)).puts == (relation,)
    for link in list(sample_file.all("links")):
        assert code_link(sample_file, link_draft(sample_file, link.id)).puts == (link,)


@pytest.mark.parametrize("seed", range(6))
def test_records_of_any_case_are_the_same_after_a_form_opened_and_closed_them(
    case_file_of: CaseOf, seed: int
) -> None:
    case = case_file_of(random_case(seed, events=40))
    for event in list(case.all("events")):
        (made,) = code_event(case, event_draft(case, event.id)).puts
        assert json.dumps(plain(made)) == json.dumps(plain(event))


def test_a_relation_and_a_link_are_coded_with_their_words(sample_file: CaseFile) -> None:
    said = Founded((marked(sample_file, "consistently provided military support"),))
    relation = code_relation(
        sample_file,
        RelationDraft("act-iran", "act-russia", (ClaimDraft(said),), type="allied_with", directed=False),
    )
    sample_file.commit(relation)
    link = code_link(
        sample_file,
        LinkDraft(
            "evt-resurgence",
            "evt-airstrikes",
            "contains",
            Founded((marked(sample_file, "escalated following"),), "inferred"),
        ),
    )
    sample_file.commit(link)
    assert "relate ‘" in relation.name
    assert sample_file.record(link.puts[-1].id).basis == "inferred"


def test_ids_are_readable_new_and_valid_in_every_script(sample_file: CaseFile) -> None:
    assert fresh_id(sample_file, "act", "Russia") == "act-russia-2"
    assert fresh_id(sample_file, "act", "Jabhat al-Nuṣra") == "act-jabhat-al-nusra"
    assert fresh_id(sample_file, "act", "حلب").startswith("act-")


def test_a_draft_that_cannot_be_a_record_is_refused_with_its_problem(sample_file: CaseFile) -> None:
    wrong = replace(airstrikes(sample_file), mode="phone")
    with pytest.raises(CaseFileError) as refused:
        code_event(sample_file, wrong)
    assert refused.value.problems
    nothing = replace(airstrikes(sample_file), numbers=(NumberDraft(qualifier="at_least"),))
    with pytest.raises(CaseFileError):
        code_event(sample_file, nothing)
