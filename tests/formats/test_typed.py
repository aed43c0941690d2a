"""Dates as they are typed: one meaning is taken and echoed, several are asked, nonsense is refused with its reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.formats.typed import AmbiguousDate, read_typed
from explorer.model.edtf import EdtfError, parse_edtf


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2015", "2015"),
        (" 2024-11 ", "2024-11"),
        ("Nov 2024", "2024-11"),
        ("november 2024", "2024-11"),
        ("27 Nov 2024", "2024-11-27"),
        ("Nov. 27, 2024", "2024-11-27"),
        ("27th of November 2024", "2024-11-27"),
        ("2024/11/27", "2024-11-27"),
        ("about 2 Dec 2024", "2024-12-02~"),
        ("circa 1916", "1916~"),
        ("perhaps 2015", "2015?"),
        ("perhaps about 2015", "2015%"),
        ("27 Nov 2024 to 2 Dec 2024", "2024-11-27/2024-12-02"),
        ("27 Nov – 2 Dec 2024", "2024-11-27/2024-12-02"),
        ("from 3 to 5 May 2024", "2024-05-03/2024-05-05"),
        ("2011 to 2015", "2011/2015"),
        ("between 2011 and 2015", "[2011..2015]"),
        ("2015 or later", "[2015..]"),
        ("not after Nov 2024", "[..2024-11]"),
        ("since 2011", "2011/.."),
        ("spring 2024", "2024-21"),
        ("Q3 2024", "2024-35"),
        ("the 1990s", "199X"),
        ("27 Nov 2024 14:30", "2024-11-27T14:30:00"),
        ("2011/..", "2011/.."),
        ("[2024-11-27..2024-12-02~]", "[2024-11-27..2024-12-02~]"),
    ],
)
def test_a_date_with_one_meaning_is_read(typed: str, edtf: str) -> None:
    reading = read_typed(typed)
    assert reading.edtf == edtf
    assert parse_edtf(edtf)
    assert reading.words


def test_the_echo_says_what_was_understood() -> None:
    assert read_typed("2024-12-02~").words == "about 2 December 2024"


def test_a_day_in_numbers_is_asked_with_both_orders() -> None:
    with pytest.raises(AmbiguousDate) as asked:
        read_typed("03.04.2024")
    assert [one.edtf for one in asked.value.readings] == ["2024-04-03", "2024-03-04"]
    assert "3 April 2024 (day first) or 4 March 2024 (month first)" in asked.value.question


def test_a_day_in_numbers_with_one_order_is_asked_too_before_it_counts() -> None:
    with pytest.raises(AmbiguousDate) as asked:
        read_typed("27.11.2024")
    assert asked.value.question == "Is 27.11.2024 27 November 2024 (day first)?"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "an empty text"),
        ("27 Nov", "without a year"),
        ("November", "without a year"),
        ("27.11.24", "two digits"),
        ("yesterday", "depends on the day"),
        ("last week", "depends on the day"),
        ("Monday", "depends on the day"),
        ("early 2024", "no agreed bounds"),
        ("31 Feb 2024", "expected"),
        ("31.02.2024", "no calendar"),
        ("banana", "banana"),
        ("2015-13", "2015-13"),
        ("2015 to 2011", "ends before it starts"),
    ],
)
def test_nonsense_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(EdtfError) as refused:
        read_typed(typed)
    assert reason in str(refused.value)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789-/.~?[] abotunNvDecfrm", max_size=24))
def test_whatever_is_typed_ends_in_a_valid_date_a_question_or_a_reason(typed: str) -> None:
    try:
        found = [read_typed(typed).edtf]
    except AmbiguousDate as asked:
        found = [one.edtf for one in asked.readings]
    except EdtfError as refused:
        found = []
        reason = (refused.found, refused.expected)
    assert all(map(parse_edtf, found)) if found else all(reason)


@pytest.mark.parametrize("text", ["Monday 3 March 2025", "on Monday, March 3, 2025"])
def test_a_day_of_the_week_before_a_date_is_read_over_where_it_fits(text: str) -> None:
    assert read_typed(text).edtf == "2025-03-03"


def test_a_date_on_another_day_of_the_week_is_refused() -> None:
    with pytest.raises(EdtfError, match="another day of the week"):
        read_typed("Tuesday 3 March 2025")
