"""Times in plain words: what an EDTF text says, and what a pair of bounds amounts to.

Every word comes through tr(); the orders of day, month and year are templates that a translation can turn.
Years are shown as historians count them: the astronomical year -0043 is "44 BCE".
"""

from __future__ import annotations

from explorer.model.calendar import DAY, OPEN_FUTURE, OPEN_PAST, date_of, month_days
from explorer.model.edtf import DATE_AND_TIME, DATE_PARTS, LONG_YEAR, parse_edtf
from explorer.words import tr

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
DIVISION_WORDS = {
    21: "spring {year}", 22: "summer {year}", 23: "autumn {year}", 24: "winter {year}",
    25: "spring {year} (northern hemisphere)", 26: "summer {year} (northern hemisphere)",
    27: "autumn {year} (northern hemisphere)", 28: "winter {year} (northern hemisphere)",
    29: "spring {year} (southern hemisphere)", 30: "summer {year} (southern hemisphere)",
    31: "autumn {year} (southern hemisphere)", 32: "winter {year} (southern hemisphere)",
    33: "first quarter of {year}", 34: "second quarter of {year}", 35: "third quarter of {year}",
    36: "last quarter of {year}", 37: "first third of {year}", 38: "second third of {year}",
    39: "last third of {year}", 40: "first half of {year}", 41: "second half of {year}",
}  # fmt: skip
MARKS = {"?": "perhaps {date}", "~": "about {date}", "%": "perhaps about {date}"}

#: Year, month, day; month and day are 0 where the date is no finer.
_Date = tuple[int, int, int]


def edtf_words(text: str, *, long: bool = False) -> str:
    """Return an EDTF text in words: "about 2 Dec 2024", "from 27 Nov 2024", "2015 or later".

    long spells months out. Raises EdtfError where text is no EDTF date.
    """
    edtf = parse_edtf(text)
    if edtf.kind == "set":
        return _set_words(text, long)
    if edtf.kind == "interval":
        return _interval_words(*text.split("/"), long=long)
    return _point_words(text, long)


def bounds_words(
    start_min: int, end_max: int, *, approx_start: bool = False, approx_end: bool = False, long: bool = False
) -> str:
    """Return a hull in words, no finer than it is: "2015", "27 Nov – about 2 Dec 2024", "no date".

    start_min, end_max: seconds UTC, the maximum inclusive, open ones OPEN_PAST and OPEN_FUTURE.
    """
    if start_min == OPEN_PAST and end_max == OPEN_FUTURE:
        return tr("no date")
    first, last = date_of(start_min // DAY), date_of(end_max // DAY)
    whole_start = start_min % DAY == 0 and first[1:] == (1, 1)
    whole_end = end_max % DAY == DAY - 1 and last[1:] == (12, 31)
    if end_max == OPEN_FUTURE:
        since = (first[0], 0, 0) if whole_start else first
        return tr("from {date}").format(date=_about(date_words(since, long), approx_start))
    if start_min == OPEN_PAST:
        if whole_end:
            return tr("until the end of {date}").format(date=_about(year_words(last[0]), approx_end))
        return tr("until {date}").format(date=_about(date_words(last, long), approx_end))
    if start_min == end_max:
        words = tr("{date}, {time}").format(
            date=date_words(first, long), time=_clock(start_min % DAY) + " UTC"
        )
        return _about(words, approx_start or approx_end)
    return _range_words(*_coarser(first, last, whole_start, whole_end), approx_start, approx_end, long)


def date_words(date: tuple[int, int, int], long: bool = False) -> str:
    """Return (year, month, day) in words; month and day are 0 where the date is no finer."""
    year, month, day = date
    if not month:
        return year_words(year)
    name = _month_name(month, long)
    if not day:
        return tr("{month} {year}").format(month=name, year=year_words(year))
    return tr("{day} {month} {year}").format(day=day, month=name, year=year_words(year))


def year_words(year: int) -> str:
    """Return an astronomical year as historians count: 2015, 33 CE, 44 BCE (which is -43), 170,000,002."""
    if year <= 0:
        count = 1 - year
        return tr("{year} BCE").format(year=count if count < 10_000 else f"{count:,}")
    if year < 1000:
        return tr("{year} CE").format(year=year)
    return str(year) if year < 10_000 else f"{year:,}"


def _month_name(month: int, long: bool) -> str:
    return tr((MONTHS_LONG if long else MONTHS)[month - 1])


def _about(words: str, approx: bool) -> str:
    return tr(MARKS["~"]).format(date=words) if approx else words


def _clock(second: int) -> str:
    hours, minutes, seconds = second // 3600, second // 60 % 60, second % 60
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def _coarser(first: _Date, last: _Date, whole_start: bool, whole_end: bool) -> tuple[_Date, _Date]:
    """Return both days as months or years where they are whole ones: 2015 is a year, never 1 January."""
    whole_last = last[2] == month_days(*last[:2])
    if whole_start and whole_end:
        return (first[0], 0, 0), (last[0], 0, 0)
    if first[2] == 1 and whole_last:
        return (*first[:2], 0), (*last[:2], 0)
    if first[0] == last[0]:
        return first, last
    return (first[0], 0, 0) if whole_start else first, (last[0], 0, 0) if whole_end else last


def _range_words(first: _Date, last: _Date, approx_first: bool, approx_last: bool, long: bool) -> str:
    """Return two dates as a range that does not repeat the month or year they share."""
    if first == last:
        return _about(date_words(first, long), approx_first or approx_last)
    if not (approx_first or approx_last) and first[:2] == last[:2] and first[2] and last[2]:
        return tr("{first}–{last} {month} {year}").format(
            first=first[2], last=last[2], month=_month_name(first[1], long), year=year_words(first[0])
        )
    if not (first[1] or last[1] or approx_first or approx_last):
        return tr("{start}–{end}").format(start=year_words(first[0]), end=year_words(last[0]))
    same_year = first[0] == last[0] and first[1] and last[1]
    start = _in_year(first, long) if same_year else date_words(first, long)
    return tr("{start} – {end}").format(
        start=_about(start, approx_first), end=_about(date_words(last, long), approx_last)
    )


def _in_year(date: _Date, long: bool) -> str:
    """Return a month or day without its year."""
    name = _month_name(date[1], long)
    return tr("{day} {month}").format(day=date[2], month=name) if date[2] else name


def _interval_words(start: str, end: str, *, long: bool) -> str:
    if start in ("", ".."):
        if end in ("", ".."):
            return tr("no date")
        return tr("until {date}").format(date=_point_words(end, long))
    words = _point_words(start, long)
    if not end:
        return tr("from {date}").format(date=words)
    if end == "..":
        return tr("from {date}, still going on").format(date=words)
    first, last = _plain(start), _plain(end)
    if first and last:
        approx = start.endswith("~"), end.endswith("~")
        return _range_words(first, last, *approx, long)
    return tr("{start} – {end}").format(start=words, end=_point_words(end, long))


def _plain(text: str) -> _Date | None:
    """Return year, month and day of a date in digits with no mark but a final "~", else None."""
    match = DATE_PARTS.fullmatch(text.removesuffix("~"))
    if match is None or "X" in text or any(match[group] for group in (1, 3, 4, 6, 7, 9)):
        return None
    month = int(match[5] or 0)
    return (int(match[2]), month, int(match[8] or 0)) if month <= 12 else None


def _set_words(text: str, long: bool) -> str:
    items = text[1:-1].split(",")
    if len(items) == 1:
        start, _, end = items[0].partition("..")
        if not end:
            return tr("{date} or later").format(date=_point_words(start, long))
        if not start:
            return tr("{date} or earlier").format(date=_point_words(end, long))
        if text[0] == "[":
            return tr("between {start} and {end}").format(
                start=_point_words(start, long), end=_point_words(end, long)
            )
    words = [_item_words(item, long) for item in items]
    if len(words) == 1:
        return tr("each of {dates}").format(dates=words[0])
    template = "one of {dates} or {date}" if text[0] == "[" else "{dates} and {date}"
    return tr(template).format(dates=", ".join(words[:-1]), date=words[-1])


def _item_words(item: str, long: bool) -> str:
    start, dots, end = item.partition("..")
    if not dots:
        return _point_words(item, long)
    if not start:
        return tr("{date} or earlier").format(date=_point_words(end, long))
    if not end:
        return tr("{date} or later").format(date=_point_words(start, long))
    return tr("{start} to {end}").format(start=_point_words(start, long), end=_point_words(end, long))


def _point_words(text: str, long: bool) -> str:
    """Return one date, with its marks, in words."""
    if match := DATE_AND_TIME.fullmatch(text):
        return _timed_words(match.groups(), long)
    if match := LONG_YEAR.fullmatch(text):
        words, marks = year_words(int(match[1])), [match[2]]
    else:
        parts = DATE_PARTS.fullmatch(text)
        if parts is None:
            return text
        words = _parts_words(text, parts[2], parts[5] or "", parts[8] or "", long)
        marks = [parts[group] or "" for group in (1, 3, 4, 6, 7, 9)]
    given = {mark for mark in marks if mark}
    if not given:
        return words
    return tr(MARKS[given.pop() if len(given) == 1 else "%"]).format(date=words)


def _parts_words(text: str, year: str, month: str, day: str, long: bool) -> str:
    """Return the components of a date in words; unspecified digits as the stretch they leave."""
    month, day = month.replace("XX", ""), day.replace("XX", "")
    if year == "XXXX":
        known = "X" not in month + day and month and int(month) <= 12
        date = _in_year((0, int(month), int(day or 0)), long) if known else ""
        return tr("{date}, year not stated").format(date=date) if date else tr("year not stated")
    if not month and not day and year[-1] == "X" and year[:-1].isdigit():
        return tr("{year}s").format(year=year[:-1] + "0")
    if "X" in year + month + day or (day and not month):
        edtf = parse_edtf(text)
        if not month and not day:
            return bounds_words(edtf.start_min, edtf.end_max, long=long)
        ends = (date_of(second // DAY) for second in (edtf.start_min, edtf.end_max))
        start, end = (date_words(date if day else (*date[:2], 0), long) for date in ends)
        return tr("between {start} and {end}").format(start=start, end=end)
    if month and int(month) > 12:
        return tr(DIVISION_WORDS[int(month)]).format(year=year_words(int(year)))
    return date_words((int(year), int(month or 0), int(day or 0)), long)


def _timed_words(groups: tuple[str | None, ...], long: bool) -> str:
    day, hour, minute, second, utc, sign, zone_hour, zone_minute = groups
    date = _point_words(day or "", long)
    time = f"{hour}:{minute}" + (f":{second}" if second != "00" else "")
    if utc or sign:
        zone = tr("UTC") if utc else f"{tr('UTC')}{sign}{zone_hour}:{zone_minute or '00'}"
        time = f"{time} {zone}"
    return tr("{date}, {time}").format(date=date, time=time)
