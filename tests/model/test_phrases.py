"""Times in words are as wide as the dates they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.times import OPEN_FUTURE, OPEN_PAST, bounds_words, edtf_words, parse_edtf


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2015", "2015"),
        ("2024-12", "Dec 2024"),
        ("2024-12-02~", "about 2 Dec 2024"),
        ("2016?", "perhaps 2016"),
        ("2016%", "perhaps about 2016"),
        ("?2004-06-~11", "perhaps about 11 Jun 2004"),
        ("-0043-03-15", "15 Mar 44 BCE"),
        ("0000", "1 BCE"),
        ("0033", "33 CE"),
        ("Y170000002", "170,000,002"),
        ("201X", "2010s"),
        ("20XX", "2000–2099"),
        ("2004-XX", "2004"),
        ("1985-04-XX", "Apr 1985"),
        ("156X-12-25", "between 25 Dec 1560 and 25 Dec 1569"),
        ("XXXX", "year not stated"),
        ("XXXX-12-25", "25 Dec, year not stated"),
        ("2001-21", "spring 2001"),
        ("2001-31", "autumn 2001 (southern hemisphere)"),
        ("2001-34", "second quarter of 2001"),
        ("2024-12-02T10:30:00Z", "2 Dec 2024, 10:30 UTC"),
        ("2024-12-02T10:30:05+02:00", "2 Dec 2024, 10:30:05 UTC+02:00"),
        ("2024-12-02T10:30:00", "2 Dec 2024, 10:30"),
        ("2024-11-27/", "from 27 Nov 2024"),
        ("2011/..", "from 2011, still going on"),
        ("/2024-12-02~", "until about 2 Dec 2024"),
        ("../2013", "until 2013"),
        ("../..", "no date"),
        ("2024-11-27/2024-12-02~", "27 Nov – about 2 Dec 2024"),
        ("2016-01-01/2016-01-07", "1–7 Jan 2016"),
        ("2014-05/2014-07", "May – Jul 2014"),
        ("2015/2019", "2015–2019"),
        ("1984?/2004", "perhaps 1984 – 2004"),
        ("2014-12-30/2015-01-02", "30 Dec 2014 – 2 Jan 2015"),
        ("[2015..]", "2015 or later"),
        ("[..1984]", "1984 or earlier"),
        ("[2016-01-01..2016-01-05]", "between 1 Jan 2016 and 5 Jan 2016"),
        ("[1667,1668,1670..1672]", "one of 1667, 1668 or 1670 to 1672"),
        ("[1760-01,1760-12..]", "one of Jan 1760 or Dec 1760 or later"),
        ("{1960,1961-12}", "1960 and Dec 1961"),
        ("{1667..1672}", "each of 1667 to 1672"),
    ],
)
def test_a_date_is_said_in_plain_words(text: str, words: str) -> None:
    assert edtf_words(text) == words


def test_long_words_spell_the_month_out() -> None:
    assert edtf_words("2024-12-02~", long=True) == "about 2 December 2024"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2015", "2015", "2015"),
        ("2015", "2019", "2015–2019"),
        ("2024-11", "2024-11", "Nov 2024"),
        ("2024-11", "2024-12", "Nov – Dec 2024"),
        ("2024-12-02", "2024-12-02", "2 Dec 2024"),
        ("2024-11-27", "2024-12-02", "27 Nov – 2 Dec 2024"),
        ("2011", "2024-12-02", "2011 – 2 Dec 2024"),
        ("2024", "2024-01-05", "1–5 Jan 2024"),
        ("2024-11-27", "", "from 27 Nov 2024"),
        ("2015", "", "from 2015"),
        ("", "2024-12-02", "until 2 Dec 2024"),
        ("", "2015", "until the end of 2015"),
        ("", "", "no date"),
    ],
)
def test_bounds_are_said_no_finer_than_they_are(start: str, end: str, words: str) -> None:
    low = parse_edtf(start).start_min if start else OPEN_PAST
    high = parse_edtf(end).end_max if end else OPEN_FUTURE
    assert bounds_words(low, high) == words


def test_each_side_says_for_itself_that_it_is_approximate() -> None:
    low, high = parse_edtf("2024-11-27").start_min, parse_edtf("2024-12-02").end_max
    assert bounds_words(low, high, approx_end=True) == "27 Nov – about 2 Dec 2024"
    assert bounds_words(OPEN_PAST, high, approx_end=True) == "until about 2 Dec 2024"
    assert bounds_words(low, OPEN_FUTURE, approx_start=True) == "from about 27 Nov 2024"


def test_a_single_moment_is_said_with_its_time() -> None:
    moment = parse_edtf("2024-12-02T10:30:00Z").start_min
    assert bounds_words(moment, moment) == "2 Dec 2024, 10:30 UTC"


@given(st.dates(), st.sampled_from([4, 7, 10]), st.booleans())
def test_the_words_of_a_date_and_of_its_bounds_are_the_same(day, length: int, about: bool) -> None:
    text = day.isoformat()[:length] + "~" * about
    edtf = parse_edtf(text)
    assert edtf_words(text) == bounds_words(
        edtf.start_min, edtf.end_max, approx_start=about, approx_end=about
    )


@given(st.dates(), st.dates())
def test_different_days_have_different_words(one, other) -> None:
    assert (edtf_words(one.isoformat()) == edtf_words(other.isoformat())) == (one == other)
