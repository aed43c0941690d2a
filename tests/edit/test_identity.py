"""Actors, places and events that turn out to be one are merged and parted; every source keeps what it said."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.casefile.errors import CaseFileError
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit import sameevent
from explorer.edit.adding import Confirmed, add_document
from explorer.edit.coding import code_event
from explorer.edit.drafts import ClaimDraft, EventDraft, Founded, NumberDraft, PartDraft, PlaceDraft
from explorer.edit.identity import group, merge, part, rename
from explorer.edit.passages import Marked
from explorer.export.captions import caption
from explorer.intake.reporting import check_case
from explorer.query.filters import Filter
from explorer.query.masks import evaluate

REPORTS = {
    "A": "At least 25 people died in a strike on Idlib, residents said.",
    "B": "A war monitor said that 31 people were killed by the strike in Idlib.",
    "C": "The ministry denied that there was any strike.",
}


def whole(case: CaseFile) -> str:
    return "".join(case.to_json())


@pytest.fixture
def reports(sample_file: CaseFile) -> CaseFile:
    """The sample with three reports of one strike: 25, 31, and a denial."""
    for name, text in REPORTS.items():
        sample_file.commit(add_document(sample_file, Confirmed(text, f"Report {name}", language="en")))
    numbers = {
        "A": NumberDraft("fatalities", "at_least", low=25),
        "B": NumberDraft("fatalities", "exactly", 31, 31, 31),
    }
    for name, words in (("A", "At least 25 people"), ("B", "31 people were killed"), ("C", "any strike")):
        said = founded(sample_file, name, words)
        draft = EventDraft(
            f"Strike told by {name}",
            (ClaimDraft(said, modality="denied" if name == "C" else "asserted"),),
            type="ASSAULT",
            mode="aerial",
            places=(PlaceDraft("loc-idlib", founded=founded(sample_file, name, "Idlib")),)
            if name != "C"
            else (),
            parts=(PartDraft("act-russia", "actor", said),) if name == "B" else (),
            numbers=(with_words(numbers[name], said),) if name in numbers else (),
        )
        sample_file.commit(code_event(sample_file, draft))
    return sample_file


def founded(case: CaseFile, name: str, words: str) -> Founded:
    text = case.source(f"doc-report-{name.lower()}").text
    start = text.index(words)
    return Founded((Marked(f"doc-report-{name.lower()}", start, start + len(words)),))


def with_words(number: NumberDraft, said: Founded) -> NumberDraft:
    return NumberDraft(number.kind, number.qualifier, number.low, number.best, number.high, founded=said)


def raw(case: CaseFile, record_id: str) -> dict[str, Any]:
    record = case.record(record_id)
    assert record is not None
    return plain(record)


def caption_of(case: CaseFile) -> tuple[str, ...]:
    return caption(case, evaluate(case.table(), Filter()), ("timeline",))


A, B, C = "evt-strike-told-by-a", "evt-strike-told-by-b", "evt-strike-told-by-c"


def test_two_reports_that_disagree_become_one_event_that_keeps_what_each_said(reports: CaseFile) -> None:
    reports.commit(sameevent.join(reports, A, B, note="Same place, same day."))
    reports.commit(sameevent.join(reports, A, C))
    event = raw(reports, A)
    (number,) = event["quantities"]
    assert (number["low"], number.get("best"), number.get("high")) == (25, None, 31)
    assert number["qualifier"] == "range"
    said = [[each["low"] for each in claim.get("quantities", [])] for claim in event["claims"]]
    assert said == [[25], [31], []]
    assert event["claims"][1]["note"] == "Same place, same day."
    assert event["claims"][2]["modality"] == "denied"
    assert [each["actor"] for each in event["participants"]] == ["act-russia"]
    assert len(event["places"][0]["evidence"]) == 2
    assert any("the sources differ" in line for line in caption_of(reports))
    assert not check_case(reports).problems


def test_numbers_that_both_have_an_end_become_the_whole_range_without_a_best_value(reports: CaseFile) -> None:
    exact = raw(reports, B)["quantities"][0]
    other = {**exact, "low": 25, "best": 25, "high": 25}
    ranged = sameevent._ranged([other], [exact])
    assert (ranged[0]["low"], ranged[0].get("best"), ranged[0]["high"]) == (25, None, 31)


def test_joined_events_are_parted_at_any_later_time(reports: CaseFile) -> None:
    before = {event: raw(reports, event) for event in (A, B, C)}
    reports.commit(sameevent.join(reports, A, B))
    reports.commit(sameevent.join(reports, A, C))
    reports.commit(rename(reports, "act-russia", "Russian Federation"))
    reports.commit(sameevent.part(reports, C))
    reports.commit(sameevent.part(reports, B))
    assert {event: raw(reports, event) for event in (A, B, C)} == before


def test_events_that_are_no_pair_are_refused(reports: CaseFile) -> None:
    reports.commit(sameevent.join(reports, A, B))
    for first, second in ((A, B), (A, A), (C, B)):
        with pytest.raises(CaseFileError):
            sameevent.join(reports, first, second)
    with pytest.raises(CaseFileError, match="not joined"):
        sameevent.part(reports, C)


def test_events_are_kept_apart_by_a_link_with_both_their_words(reports: CaseFile) -> None:
    edit = sameevent.keep_apart(reports, A, C)
    reports.commit(edit)
    link = reports.record(edit.puts[0].id)
    assert (link.type, link.modality, len(link.evidence)) == ("possibly_same", "denied", 2)


def test_a_merged_actor_leaves_a_redirect_and_its_names_and_can_be_parted(sample_file: CaseFile) -> None:
    before = whole(sample_file)
    table = sample_file.table()
    ours = table.actors.ids.index("act-russia") if hasattr(table.actors.ids, "index") else None
    sample_file.commit(merge(sample_file, "act-russia", "act-iran"))
    assert sample_file.record("act-iran").merged_into == "act-russia"
    assert "Iran" in sample_file.record("act-russia").aliases
    with pytest.raises(CaseFileError, match="merged into"):
        merge(sample_file, "act-iran", "act-syrian-government")
    sample_file.commit(part(sample_file, "act-iran"))
    assert sample_file.record("act-iran").merged_into is None
    assert "Iran" not in sample_file.record("act-russia").aliases
    while sample_file.can_undo:
        sample_file.undo()
    assert whole(sample_file) == before
    assert ours is not None


def test_places_and_actors_are_not_merged_with_each_other(sample_file: CaseFile) -> None:
    with pytest.raises(CaseFileError, match="different kinds"):
        merge(sample_file, "act-russia", "loc-syria")


def test_a_renamed_actor_keeps_its_old_name_among_the_others(sample_file: CaseFile) -> None:
    sample_file.commit(rename(sample_file, "act-russia", "Russian Federation"))
    record = sample_file.record("act-russia")
    assert record.name == "Russian Federation"
    assert "Russia" in record.aliases


def test_an_actor_is_grouped_under_another_with_the_words_that_say_so(sample_file: CaseFile) -> None:
    text = sample_file.source("doc-seed").text
    start = text.index("Iran-backed militias")
    said = Founded((Marked("doc-seed", start, start + 20),), "inferred", note="By their name.")
    edit = group(sample_file, "act-iran-backed-militias", "act-iran", said)
    sample_file.commit(edit)
    relation = sample_file.record(edit.puts[-1].id)
    assert (relation.type, relation.claims[0].basis) == ("part_of", "inferred")
    assert not check_case(sample_file).problems
