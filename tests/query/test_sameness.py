"""Events of different reports that may be one are proposed, with what speaks for it; a coder's word is final."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from builders import random_case

from explorer.casefile.store import CaseFile
from explorer.edit.adding import Confirmed, add_document
from explorer.edit.coding import code_event
from explorer.edit.drafts import ClaimDraft, EventDraft, Founded, NumberDraft, PlaceDraft, TimeDraft
from explorer.edit.passages import Marked
from explorer.edit.sameevent import keep_apart
from explorer.query.sameness import alike_to, proposals

CaseOf = Callable[[dict[str, Any]], CaseFile]


def strike(
    case: CaseFile, name: str, *, place: str = "loc-idlib", dead: int = 25, day: str = "2024-12-01"
) -> str:
    text = f"Report {name}: a strike killed {dead} people in some town."
    case.commit(add_document(case, Confirmed(text, f"Report {name}", language="en")))
    said = Founded((Marked(f"doc-report-{name}", 11, 30),))
    draft = EventDraft(
        f"Strike {name}", (ClaimDraft(said),), type="ASSAULT", mode="aerial", time=TimeDraft(day, founded=said),
        places=(PlaceDraft(place, founded=said),),
        numbers=(NumberDraft("fatalities", "exactly", dead, dead, dead, founded=said),),
    )  # fmt: skip
    edit = code_event(case, draft)
    case.commit(edit)
    return edit.puts[-1].id


def pairs(case: CaseFile) -> set[frozenset[str]]:
    table = case.table()
    return {frozenset((table.ids[each.first], table.ids[each.second])) for each in proposals(table)}


def test_reports_of_one_day_and_place_are_proposed_with_the_reasons(sample_file: CaseFile) -> None:
    first, second = strike(sample_file, "a"), strike(sample_file, "b", dead=31)
    table = sample_file.table()
    (found,) = [each for each in alike_to(table, table.row_of[first]) if table.ids[each.second] == second]
    assert found.reasons == ("time", "place")


def test_a_number_that_agrees_is_a_reason_too(sample_file: CaseFile) -> None:
    first, second = strike(sample_file, "a"), strike(sample_file, "b")
    table = sample_file.table()
    reasons = {table.ids[each.second]: each.reasons for each in alike_to(table, table.row_of[first])}
    assert reasons[second] == ("time", "place", "number")


@pytest.mark.parametrize("other", [{"day": "2016-01-01"}, {"place": "loc-hama", "dead": 7}])
def test_another_time_or_too_little_in_common_is_not_proposed(
    sample_file: CaseFile, other: dict[str, Any]
) -> None:
    first, second = strike(sample_file, "a"), strike(sample_file, "b", **other)
    assert frozenset((first, second)) not in pairs(sample_file)


def test_events_of_one_report_are_not_proposed(sample_file: CaseFile) -> None:
    assert pairs(sample_file) == set()


def test_what_a_coder_kept_apart_is_not_proposed_again(sample_file: CaseFile) -> None:
    first, second = strike(sample_file, "a"), strike(sample_file, "b")
    assert frozenset((first, second)) in pairs(sample_file)
    sample_file.commit(keep_apart(sample_file, second, first))
    assert frozenset((first, second)) not in pairs(sample_file)


@pytest.mark.parametrize("seed", range(3))
def test_a_proposal_holds_both_ways_and_shares_the_type(case_file_of: CaseOf, seed: int) -> None:
    table = case_file_of(random_case(seed, events=60)).table()
    for each in proposals(table):
        assert table.type[each.first] == table.type[each.second]
        assert each.first in {other.second for other in alike_to(table, each.second)}
