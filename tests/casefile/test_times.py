"""What the columns say of each bound beyond its value: whether it follows from another record, and what contradicts."""

from __future__ import annotations

from typing import Any

import numpy as np


def _flags(table: Any, record: str) -> list[bool]:
    found: list[bool] = table.time.derived[table.row_of[record]].tolist()
    return found


def test_a_bound_that_another_record_sets_is_derived_and_an_own_date_is_not(sample_table: Any) -> None:
    assert _flags(sample_table, "evt-airstrikes") == [True] * 4
    assert _flags(sample_table, "evt-russia-2015") == [False] * 4
    assert _flags(sample_table, "evt-rebel-offensive")[:2] == [False, False]


def test_bounds_in_the_columns_are_derived_exactly_where_their_chain_names_another_record(
    sample_file: Any,
) -> None:
    table = sample_file.table()
    for text_only in (False, True):
        chronology = sample_file.chronology(text_only=text_only)
        for row, record in enumerate(table.ids):
            for place, bound in enumerate(chronology.bounds(record).four):
                others = {name for name in bound.because if not name.startswith("ref-")} - {record}
                assert table.times(text_only=text_only).derived[row, place] == bool(others), (record, place)


def test_records_about_which_facts_contradict_are_contested(
    sample_json: dict[str, Any], case_file_of: Any
) -> None:
    assert not case_file_of(sample_json).table().time.contested.any()
    document = sample_json["documents"][0]
    document["published"] |= {"edtf": "2016-05-01"}
    table = case_file_of(sample_json).table()
    contested = {table.ids[row] for row in np.flatnonzero(table.time.contested)}
    assert contested
    assert "evt-russia-2015" not in contested
