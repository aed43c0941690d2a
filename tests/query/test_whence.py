"""What the dates of events rest on, end by end, and the words they were read from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.casefile.columns import BASES
from explorer.query.listing import Listing
from explorer.query.when import whence_words


def whence(table: Any, event: str, *, text_only: bool = False) -> str:
    (words,) = whence_words(table.times(text_only=text_only), np.array([table.row_of[event]]))
    return words


def test_each_end_is_told_and_one_date_once(sample_table: Any) -> None:
    assert whence(sample_table, "evt-airstrikes") == "both from outside the report"
    assert whence(sample_table, "evt-russia-2015") == "in the text"
    assert whence(sample_table, "evt-resurgence") == "from outside the report"
    assert whence(sample_table, "evt-capability-limits") == ""


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("stated", "reference", "its beginning in the text, its end from outside the report"),
        ("inferred", "inferred", "both by the coder's reading"),
        ("none", "inferred", "by the coder's reading"),
    ],
)
def test_ends_that_rest_on_different_things_are_told_apart(
    sample_table: Any, first: str, last: str, words: str
) -> None:
    times, row = sample_table.time, sample_table.row_of["evt-airstrikes"]
    basis = times.basis.copy()
    basis[row, 0], basis[row, 3] = BASES.index(first), BASES.index(last)
    assert whence_words(replace(times, basis=basis), np.array([row])) == [words]


def test_the_events_table_has_the_words_of_dates_where_a_case_can_be_asked(
    sample_file: Any, sample_table: Any
) -> None:
    rows = np.arange(len(sample_table))
    listing = Listing(sample_table, phrases=sample_file.time_phrases)
    said = dict(zip(sample_table.ids, listing.cells("phrase", rows), strict=True))
    for event in sample_file.all("events"):
        spans = event.time.evidence if event.time else ()
        quotes = [span.quote for span in sample_file.spans(spans)]
        assert all(quote in said[event.id] for quote in quotes)
        assert quotes or said[event.id] == "not stated"
    assert set(Listing(sample_table).cells("phrase", rows)) == {"not stated"}


def test_words_of_a_reference_date_do_not_count_where_only_the_report_does(sample_file: Any) -> None:
    ids = [event.id for event in sample_file.all("events") if event.time and event.time.basis == "reference"]
    assert any(sample_file.time_phrases(ids))
    assert not any(sample_file.time_phrases(ids, text_only=True))
