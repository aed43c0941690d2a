"""The EDTF parser against the standard's own examples, the calendar, and edtf-validate as an oracle.

Where we differ from edtf-validate 2.0, on purpose:

- it accepts days no calendar has (2023-02-29, 2023-04-31?), a time of day after a bare year (2004T10:10:10) and
  sets that run backwards ([2016..2015]); we refuse them;
- it refuses an unknown or open start before the year 0000 or earlier (/0000, /-0043), an interval whose end lies
  inside its start (2004-06/2004), a zone of +00:00, qualifiers or seasons on dates with unspecified digits
  (201X?, 201X-21) and such dates in open intervals (201X/..); we accept them;
- exponential years and significant digits (Y-17E7, 1950S2: level 2) we do not claim, and refuse with a reason.
"""

from __future__ import annotations

import warnings
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.edtf import Edtf, EdtfError, parse_edtf
from explorer.model.times import OPEN_FUTURE, OPEN_PAST

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf_validate.valid_edtf import is_valid

LEVEL_0 = [
    "1985-04-12",
    "1985-04",
    "1985",
    "1985-04-12T23:20:30",
    "1985-04-12T23:20:30Z",
    "1985-04-12T23:20:30-04",
    "1985-04-12T23:20:30+04:30",
    "1964/2008",
    "2004-06/2006-08",
    "2004-02-01/2005-02-08",
    "2004-02-01/2005-02",
    "2004-02-01/2005",
    "2005/2006-02",
]
LEVEL_1 = [
    "Y170000002",
    "Y-170000002",
    "2001-21",
    "1984?",
    "2004-06~",
    "2004-06-11%",
    "201X",
    "20XX",
    "2004-XX",
    "1985-04-XX",
    "1985-XX-XX",
    "1985-04-12/..",
    "1985-04/..",
    "1985/..",
    "../1985-04-12",
    "../1985-04",
    "../1985",
    "1985-04-12/",
    "1985-04/",
    "1985/",
    "/1985-04-12",
    "/1985-04",
    "/1985",
    "1984~/2004-06",
    "1984/2004-06~",
    "1984~/2004~",
    "1984?/2004%",
    "1984-06?/2004-08?",
    "1984-06-02?/2004-08-08~",
    "1984-06-02?/",
    "-1985",
]
LEVEL_2 = [
    "2001-34",
    "[1667,1668,1670..1672]",
    "[..1760-12-03]",
    "[1760-12..]",
    "[1760-01,1760-02,1760-12..]",
    "[1667,1760-12]",
    "[..1984]",
    "{1667,1668,1670..1672}",
    "{1960,1961-12}",
    "{..1984}",
    "2004-06~-11",
    "2004?-06-11",
    "?2004-06-~11",
    "2004-%06-11",
    "156X-12-25",
    "15XX-12-25",
    "XXXX-12-XX",
    "1XXX-XX",
    "1XXX-12",
    "1984-1X",
    "2004-06-~01/2004-06-~20",
    "2004-06-XX/2004-07-03",
]
EXAMPLES = [*LEVEL_0, *LEVEL_1, *LEVEL_2]

REFUSED = {
    "": "empty",
    "2024-13": "month 13",
    "2024-00": "month 00",
    "2024-42": "month 42",
    "2023-02-29": "day 29",
    "2023-04-31~": "day 31",
    "2024-21-03": "month 21",
    "2024-12-2": "EDTF date",
    "24-12-02": "EDTF date",
    "2 Dec 2024": "blank",
    "20241202": "EDTF date",
    "2024/12/02": "2 slashes",
    "02.12.2024": "EDTF date",
    "-0000": "without a sign",
    "12024": "EDTF date",
    "Y2024": "EDTF date",
    "Y999999999999999": "years of today",
    "Y-17E7": "exponent",
    "1950S2": "significant digits",
    "2012/2011": "ends before it starts",
    "2024-12-02/2024-12-01~": "ends before it starts",
    "/": "beside the slash",
    "2024-12-02T10:00:00/2024-12-03": "interval with a time of day",
    "2024-12-02T10:00": "date and a time",
    "2024-12-02T25:00:00": "time 25:00:00",
    "2024-12-02T24:00:01": "time 24:00:01",
    "2024-12-02T10:00:00+15:00": "zone",
    "2024-12-02T10:00:00+01:60": "zone",
    "2024-12-32T10:00:00": "day 32",
    "[2015]": "several dates",
    "[]": "several dates",
    "[..]": "no date",
    "[2015..": "not closed",
    "[2015..}": "not closed",
    "[2016..2015]": "backwards",
    "[2015..,2016]": "open in the middle",
    "[2014,..2016]": "open in the middle",
    "[2014, 2016]": "blank",
    "XXXX-02-30": "unspecified digits",
    "2023-02-3X": "unspecified digits",
    "./.": "EDTF date",
    "२०२४": "EDTF date",
    "2024\n": "blank",
    "unknown": "EDTF date",
}


def days(edtf: Edtf) -> tuple[str | None, str | None, str]:
    return edtf.earliest, edtf.latest, edtf.precision


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_of_the_standard_is_read(text: str) -> None:
    edtf = parse_edtf(text)
    assert edtf.text == text
    assert edtf.start_min <= edtf.start_max
    assert edtf.end_min <= edtf.end_max
    assert edtf.start_min <= edtf.end_max


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_oracle_reads_the_same_examples(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert is_valid(text)


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_is_no_date_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(EdtfError, match="expected") as refusal:
        parse_edtf(text)
    assert reason in str(refusal.value)
    assert refusal.value.found
    assert refusal.value.expected


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2015", "2015-01-01", "2015-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2024-12-02~", "2024-12-02", "2024-12-02", "day"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15", "day"),
        ("0000", "0000-01-01", "0000-12-31", "year"),
        ("Y170000002", "170000002-01-01", "170000002-12-31", "year"),
        ("201X", "2010-01-01", "2019-12-31", "longer"),
        ("-201X", "-2019-01-01", "-2010-12-31", "longer"),
        ("-000X", "-0009-01-01", "-0001-12-31", "longer"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", "year"),
        ("1985-04-XX", "1985-04-01", "1985-04-30", "month"),
        ("1984-1X", "1984-10-01", "1984-12-31", "year"),
        ("156X-12-25", "1560-12-25", "1569-12-25", "longer"),
        ("201X-02-29", "2012-02-29", "2016-02-29", "longer"),
        ("XXXX", None, None, "unknown"),
        ("XXXX-12-25", None, None, "unknown"),
        ("2001-21", "2001-03-01", "2001-05-31", "year"),
        ("2001-24", "2001-12-01", "2002-02-28", "year"),
        ("2001-34", "2001-04-01", "2001-06-30", "year"),
        ("2011/", "2011-01-01", None, "open"),
        ("2011/..", "2011-01-01", None, "open"),
        ("/2011", None, "2011-12-31", "open"),
        ("../..", None, None, "unknown"),
        ("2016-01-01/2016-01-07", "2016-01-01", "2016-01-07", "week"),
        ("[2016-01-01..2016-01-05]", "2016-01-01", "2016-01-05", "days"),
        ("[2015..]", "2015-01-01", None, "open"),
        ("[..1984]", None, "1984-12-31", "open"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "longer"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31", "longer"),
        ("2024-12-02T23:30:00-02:00", "2024-12-03", "2024-12-03", "day"),
        ("2024-12-02T24:00:00", "2024-12-03", "2024-12-03", "day"),
    ],
)
def test_a_date_is_as_wide_as_it_says(
    text: str, earliest: str | None, latest: str | None, precision: str
) -> None:
    assert days(parse_edtf(text)) == (earliest, latest, precision)


def test_a_point_may_have_begun_and_ended_anywhere_inside() -> None:
    edtf = parse_edtf("2015")
    year = (
        int(datetime(2015, 1, 1, tzinfo=UTC).timestamp()),
        int(datetime(2016, 1, 1, tzinfo=UTC).timestamp()) - 1,
    )
    assert (edtf.start_min, edtf.start_max) == (edtf.end_min, edtf.end_max) == year
    assert edtf.kind == "point"


def test_an_interval_begins_in_its_start_and_ends_in_its_end() -> None:
    edtf, start, end = parse_edtf("2004-06/2006-08"), parse_edtf("2004-06"), parse_edtf("2006-08")
    assert (edtf.start_min, edtf.start_max) == (start.start_min, start.end_max)
    assert (edtf.end_min, edtf.end_max) == (end.start_min, end.end_max)
    assert edtf.kind == "interval"


def test_an_open_end_is_still_going_on_and_an_unknown_end_is_not_bounded() -> None:
    assert parse_edtf("2011/..").end_min == OPEN_FUTURE
    assert parse_edtf("2011/").end_min == OPEN_PAST
    assert parse_edtf("../2011").start_max == OPEN_PAST
    assert parse_edtf("/2011").start_max == OPEN_FUTURE


@pytest.mark.parametrize("mark", ["?", "~", "%"])
@pytest.mark.parametrize("text", ["2015", "2015-03", "2015-03-04", "Y170000002", "201X", "2015-21"])
def test_a_qualifier_flags_and_never_widens(text: str, mark: str) -> None:
    plain, flagged = parse_edtf(text), parse_edtf(text + mark)
    assert (flagged.start_min, flagged.end_max) == (plain.start_min, plain.end_max)
    assert flagged.approx_start
    assert flagged.approx_end
    assert not plain.approx_start


def test_each_end_of_an_interval_has_its_own_qualifier() -> None:
    edtf = parse_edtf("1984~/2004-06")
    assert (edtf.approx_start, edtf.approx_end) == (True, False)


def test_a_time_of_day_is_one_second_in_utc() -> None:
    edtf = parse_edtf("1985-04-12T23:20:30+04:30")
    moment = datetime.fromisoformat("1985-04-12T23:20:30+04:30").timestamp()
    assert edtf.start_min == edtf.end_max == int(moment)


years = st.one_of(st.integers(1, 9999), st.integers(-9999, -1)).map(lambda y: f"{'-' * (y < 0)}{abs(y):04d}")
months = st.sampled_from(["00", "01", "02", "06", "11", "12", "13", "20", "42", "99"])
seasons = st.sampled_from(["21", "22", "23", "24"])
day_numbers = st.sampled_from(["00", "01", "09", "28", "32", "XX", "1", "001"])
marks = st.sampled_from(["", "", "?", "~", "%", "!", "??"])
plain = st.one_of(
    years, st.builds("{}-{}".format, years, months), st.builds("{}-{}-{}".format, years, months, day_numbers)
)
marked = st.builds(str.__add__, plain.filter(lambda text: "X" not in text), marks)
season = st.builds("{}-{}".format, years, seasons)
times = st.builds(
    "{}-12-02T{}:{}:{}{}".format,
    years,
    st.sampled_from(["00", "09", "23", "25", "9"]),
    st.sampled_from(["00", "59", "60"]),
    st.sampled_from(["00", "59", "60"]),
    st.sampled_from(["", "Z", "z", "+05", "-04:30", "+14:00", "+15:00", "+05:60"]),
)
after_christ = st.integers(1, 9999).map("{:04d}".format)
ends = st.one_of(after_christ, st.just(".."), st.just(""))
intervals = st.one_of(
    st.builds("{}/{}".format, ends, ends),
    st.builds("{0}{2}/{1}{3}".format, after_christ, after_christ, marks, marks),
    st.builds("{}-06-1{}/{}-06-1{}".format, after_christ, st.integers(0, 9), after_christ, st.integers(0, 9)),
)
unspecified = st.sampled_from(
    ["201X", "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX", "1XXX-12", "156X-12-25", "201x"]
)
members = st.lists(
    st.one_of(after_christ, after_christ.map("{}-11".format), after_christ.map("{}-11-09~".format))
)
sets = st.builds("{1}{0}{2}".format, members.map(",".join), st.sampled_from("[{("), st.sampled_from("]})"))
claimed = st.one_of(plain, marked, season, times, intervals, unspecified, sets)


@given(claimed)
@settings(max_examples=100)
def test_the_oracle_accepts_and_refuses_what_we_do(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = bool(is_valid(text))
    try:
        parse_edtf(text)
    except EdtfError:
        assert not expected, text
    else:
        assert expected, text


@given(st.text(alphabet="0123456789X-./?~%[]{},TZ:+Y ", max_size=30))
def test_no_text_gives_anything_but_ordered_bounds_or_a_reason(text: str) -> None:
    try:
        edtf = parse_edtf(text)
    except EdtfError as error:
        assert str(error) == f"{error.found}; expected {error.expected}"  # noqa: PT017 - both ends are the point
        return
    assert edtf.start_min <= edtf.start_max
    assert edtf.end_min <= edtf.end_max
    assert edtf.start_min <= edtf.end_max
    assert (edtf.precision == "unknown") == (edtf.earliest is None and edtf.latest is None)


@given(st.dates(), st.dates())
def test_a_range_of_days_reaches_from_the_first_second_to_the_last(one: datetime, other: datetime) -> None:
    low, high = sorted((one.isoformat(), other.isoformat()))
    for text in (f"{low}/{high}", f"[{low}..{high}]"):
        assert days(parse_edtf(text))[:2] == (low, high)


def test_a_very_long_text_is_refused_at_once() -> None:
    with pytest.raises(EdtfError) as refusal:
        parse_edtf("Y" + "9" * 1_000_000)
    assert len(str(refusal.value)) < 300
