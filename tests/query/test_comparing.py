"""Who says what, side by side, and in what they contradict each other: shown, never decided."""

from __future__ import annotations

from typing import Any

import pytest
from strikes import A, B, C, add_reports

from explorer.casefile.store import CaseFile
from explorer.edit import sameevent
from explorer.edit.values import set_field
from explorer.query.comparing import Aspect, Comparison, compare_events, compare_sources
from explorer.query.sameness import proposals


@pytest.fixture
def reports(sample_file: CaseFile) -> CaseFile:
    return add_reports(sample_file)


def row(comparison: Comparison, label: str) -> Aspect:
    return next(each for each in comparison.rows if each.label == label)


def words(comparison: Comparison, label: str) -> list[str]:
    return [cell.words for cell in row(comparison, label).cells]


def test_the_reports_are_proposed(reports: CaseFile) -> None:
    table = reports.table()
    pairs = {frozenset((table.ids[each.first], table.ids[each.second])) for each in proposals(table)}
    assert {frozenset((A, B)), frozenset((A, C)), frozenset((B, C))} <= pairs


def test_numbers_that_differ_stand_side_by_side_with_both_quotes(reports: CaseFile) -> None:
    found = compare_events(reports, reports.table(), (A, B))
    assert words(found, "Killed") == ["at least 25", "31"]
    assert row(found, "Killed").differ
    assert [voice.quotes[0].text for voice in found.voices] == ["At least 25 people", "31 people were killed"]
    assert not row(found, "Where").differ
    assert not row(found, "When").differ
    assert found.summary == "They differ: Killed."


def test_a_denial_differs_and_its_column_says_so(reports: CaseFile) -> None:
    found = compare_events(reports, reports.table(), (A, C))
    assert row(found, "Reported as").differ
    assert [voice.denies for voice in found.voices] == [False, True]
    assert not row(found, "Killed").differ
    assert words(found, "Killed") == ["at least 25", "not stated"]


def test_the_sources_of_a_joined_event_say_what_they_said(reports: CaseFile) -> None:
    reports.commit(sameevent.join(reports, A, B))
    reports.commit(sameevent.join(reports, A, C))
    table = reports.table()
    assert int(table.source_count[table.row_of[A]]) == 3
    found = compare_sources(reports, table, A)
    assert [voice.heading for voice in found.voices] == ["Report A", "Report B", "Report C"]
    assert [voice.note for voice in found.voices] == ["Paper A", "Paper B", "Paper C"]
    assert words(found, "Killed") == ["at least 25", "31", "not stated"]
    assert set(found.differing) == {"Killed", "Reported as"}
    assert [cell.own for cell in row(found, "When").cells] == [False, False, False]


@pytest.mark.parametrize(
    ("path", "value", "label"),
    [("time.edtf", "2024-12-03", "When"), ("places[0].location", "loc-hama", "Where")],
)
def test_other_times_and_places_differ(reports: CaseFile, path: str, value: Any, label: str) -> None:
    reports.commit(set_field(reports, B, path, value))
    assert label in compare_events(reports, reports.table(), (A, B)).differing


def test_a_longer_time_around_the_other_does_not_contradict_it(reports: CaseFile) -> None:
    reports.commit(set_field(reports, B, "time.edtf", "2024-12"))
    assert "When" not in compare_events(reports, reports.table(), (A, B)).differing
