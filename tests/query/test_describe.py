"""Filters and counts in words: plurals right, kinds named, what may be included offered."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.query.asking import Asked, filter_from
from explorer.query.describe import (
    chips,
    count_words,
    filter_words,
    kind_words,
    left_out_words,
    may_words,
    without,
)
from explorer.query.filters import FACETS, NOT_STATED, Choice, Filter
from explorer.query.masks import evaluate


def shown(table: Any, wanted: Filter) -> Any:
    return evaluate(table, wanted)


def only(**facets: tuple[str, ...]) -> Filter:
    return Filter(**{facet: Choice(include=values) for facet, values in facets.items()})


def test_counts_name_the_kinds_and_never_add_them_up(sample_table: Any) -> None:
    russia = shown(sample_table, only(actors=("act-russia",)))
    assert count_words(russia) == "2 events, 2 background statements and 1 expectation of 25 records"
    assert count_words(shown(sample_table, only(kinds=("happened",)))) == "8 events of 25 records"
    assert count_words(shown(sample_table, only(actors=("act-media",)))) == "none of 25 records"


def test_the_bar_of_the_window_reads_as_designed(sample_table: Any) -> None:
    news = shown(sample_table, only(kinds=("happened", "ongoing")))
    assert count_words(news) == "8 events and 4 ongoing, of 25 records"
    assert left_out_words(news) == (
        "11 background statements and 2 expectations left out · 10 dated only from outside the report"
    )


def test_where_only_the_report_counts_no_record_is_left_out_but_dates_from_outside(sample_table: Any) -> None:
    assert left_out_words(shown(sample_table, Filter(text_only=True))) == "22 dates from outside left out"


def test_undated_records_left_out_are_told(sample_table: Any) -> None:
    assert "1 of them has no date" in left_out_words(shown(sample_table, Filter(time_from="2015")))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"happened": 1}, ["1 event"]), ({"happened": 2, "ongoing": 1}, ["2 events", "1 ongoing"]),
        ({"situation": 1, "expected": 2}, ["1 background statement", "2 expectations"]), ({"happened": 0}, []),
        ({"happened": 1_234_567}, ["1,234,567 events"]),
    ],
)  # fmt: skip
def test_one_is_singular_and_several_are_plural(counts: dict[str, int], words: list[str]) -> None:
    assert kind_words(counts) == words


def test_what_may_be_included_is_said_with_its_titles(sample_table: Any) -> None:
    wanted = only(actors=("act-russia",), places=("loc-aleppo",))
    assert may_words(shown(sample_table, wanted)) == (
        "No record says that Russia acted in Aleppo. 2 may include it: "
        "Russian and Syrian airstrikes on rebel-held areas; Russia intervenes in Syria"
    )
    possible = wanted.changed({"possible_places": True})
    assert may_words(shown(sample_table, possible)) is None


def test_what_may_be_included_besides_what_is_certain_is_said_too(sample_table: Any) -> None:
    said = may_words(shown(sample_table, only(places=("loc-aleppo",))))
    assert said
    assert said.split(" ")[1:5] == ["more", "may", "be", "included:"]


def test_a_place_alone_and_a_certain_time_are_said_as_such(sample_table: Any) -> None:
    hidden = Filter(places=Choice(include=("loc-hama",)), kinds=Choice(include=("expected", "situation")))
    assert (may_words(shown(sample_table, hidden)) or "").startswith(
        "No record says that anything happened in Hama."
    )
    certain = Filter(time_from="2016", time_to="2017", time_certain=True)
    assert "within 2016 – 2017" in (may_words(shown(sample_table, certain)) or "")


def test_chips_name_every_condition(sample_table: Any) -> None:
    wanted = Filter(
        kinds=Choice(include=("happened", "ongoing")),
        actors=Choice(include=("act-russia", "act-iran"), exclude=("act-rebels",), match="all"),
        actor_role="actor",
        places=Choice(include=("loc-syria",)),
        possible_places=True,
        types=Choice(include=("ASSAULT/aerial", NOT_STATED)),
        reported_as=Choice(exclude=("denied",)),
        time_from="2015",
        time_to="2024-12~",
        undated=True,
        text="gains ",
        text_only=True,
    )
    assert [chip.text for chip in chips(wanted, sample_table)] == [
        "Kind: Happened, Ongoing",
        "Actor (did it, all of them): Russia",
        "Actor (did it, all of them): Iran",
        "Actor (did it, all of them), not: Rebel forces",
        "Place (possible too): Syria",
        "Classification: Violence – air strike",
        "Classification: (not stated)",
        "Reported as, not: Denied",
        "When: 2015 – about Dec 2024 (possibly inside, undated too)",
        "Words: gains",
        "Only what the report says",
    ]


def test_every_chip_can_be_taken_away_again(sample_table: Any) -> None:
    wanted = Filter(
        **{facet: Choice(include=("a", "b"), exclude=("c",)) for facet in FACETS},
        time_from="2015", time_certain=True, text="x", text_only=True,
    )  # fmt: skip
    while left := chips(wanted, sample_table):
        shorter = without(wanted, left[0])
        assert len(chips(shorter, sample_table)) == len(left) - 1
        wanted = shorter
    assert not wanted.active


def test_no_filter_reads_as_all_records(sample_table: Any) -> None:
    assert filter_words(Filter(), sample_table) == "all records"
    asked = Asked({"actors": ["Russia"]}, {"places": ["Ukraine"]})
    assert (
        filter_words(filter_from(asked, sample_table), sample_table) == "Actor: Russia · Place, not: Ukraine"
    )


def test_a_right_to_left_name_cannot_reorder_our_words(case_file_of: Any) -> None:
    from builders import random_case

    case = random_case(1, actors=2)
    case["actors"][1]["name"] = "جيش \u202e\u2069 x"
    table = case_file_of(case).table()
    assert filter_words(only(actors=("act-1",)), table) == "Actor: \u2068جيش x\u2069"
