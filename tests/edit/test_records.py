"""Removing a record takes with it what would mean nothing without it, and undo brings all of it back to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from builders import random_case

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit import records
from explorer.intake.reporting import check_case
from explorer.model.records import LISTS, Actor


def text_of(case: CaseFile) -> str:
    return "".join(case.to_json())


@pytest.mark.parametrize("name", [n for n in LISTS if n not in {"mentions", "spans"}])
def test_any_record_can_be_removed_and_brought_back(name: str, case_file_of: Any) -> None:
    for seed in (3, 4):
        case = case_file_of(random_case(seed, events=8, actors=5, locations=5, sentences=5))
        before = text_of(case)
        for record in list(case.all(name))[::4] + list(case.all(name))[:2]:
            case.commit(records.remove(case, record.id))
            assert case.record(record.id) is None
            report = check_case(case)
            assert not report.problems, (record.id, report.problems[:2])
            case.undo()
            assert text_of(case) == before


def test_an_event_takes_its_links_its_mentions_and_its_own_spans_along(sample_file: Any) -> None:
    linked = {link.source for link in sample_file.all("links")}
    event = next(e for e in sample_file.all("events") if e.id in linked)
    mine = {span for claim in event.claims for span in claim.evidence}
    sample_file.commit(records.remove(sample_file, event.id))
    assert not any(event.id in {link.source, link.target} for link in sample_file.all("links"))
    assert not any(mention.refers_to == event.id for mention in sample_file.all("mentions"))
    for span in mine:
        assert (sample_file.record(span) is None) == (not sample_file.naming([span]))


def test_a_span_that_something_else_cites_stays(case_file_of: Any) -> None:
    case = case_file_of(random_case(3, events=8))
    shared = next(s.id for s in case.all("spans") if len(case.naming([s.id]).get("events", ())) > 1)
    first, *rest = case.naming([shared])["events"]
    case.commit(records.remove(case, first))
    assert case.record(shared) is not None
    assert all(case.record(other) is not None for other in rest)


def test_a_passage_is_removed_with_what_rests_on_it_or_refused_with_nothing_written(
    case_file_of: Any,
) -> None:
    case = case_file_of(random_case(4, events=8, sentences=5))
    before, refused = text_of(case), 0
    for span in list(case.all("spans"))[::3]:
        try:
            case.commit(records.remove(case, span.id))
        except CaseFileError as error:
            refused += 1
            assert "which no claim of" in str(error.problems[0])  # noqa: PT017 - either way it holds together
        else:
            assert not check_case(case).problems
            case.undo()
        assert text_of(case) == before
    assert 0 < refused < len(list(case.all("spans"))[::3])


def test_many_records_are_removed_as_one_step(sample_file: Any) -> None:
    before = text_of(sample_file)
    ids = [event.id for event in sample_file.all("events")]
    step = sample_file.commit(records.remove(sample_file, ids))
    assert step.name == f"remove {len(ids)} events"
    assert sample_file.count("events") == sample_file.count("links") == 0
    assert not check_case(sample_file).problems
    assert len(sample_file.table()) == 0
    sample_file.undo()
    assert text_of(sample_file) == before


def test_an_actor_that_is_added_is_named_in_the_step(sample_file: Any) -> None:
    step = sample_file.commit(records.add(Actor(id="act-new", name="A <b>new</b> one", kind="person")))
    assert "A <b>new</b> one" in step.name
    assert step.touched == ("act-new",)
    assert sample_file.record("act-new") is not None


def test_what_is_not_in_the_case_cannot_be_removed(sample_file: Any) -> None:
    with pytest.raises(KeyError):
        records.remove(sample_file, "evt-none")
