"""GDELT 1.0 and 2.0 event tables and 2.0 mentions: tab-separated, without a header, as model.md §8 maps them.

Schemas: GDELT Event Database Data Format Codebook V1.03 (57 or 58 columns) and V2.0 (61; mentions 16). The first actor
acts on the second: CAMEO codes have a direction. An event has one claim for each article that mentions it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from explorer.formats import rows as build
from explorer.formats.cameo import plover_of
from explorer.formats.columns import refuse_missing
from explorer.formats.days import day_in
from explorer.formats.port import Draft, Named, Row, Skipped, WrongRow
from explorer.formats.refused import RefusedError
from explorer.formats.sharing import Shared
from explorer.formats.source import Source
from explorer.formats.tabular import (
    Dialect,
    UnreadableRow,
    dialect_of,
    encoding_of,
    plain,
    rows,
    sample_rows,
    text_of,
)
from explorer.frozen import frozen
from explorer.words import tr

_KINDS = {
    "GOV": "government", "MIL": "state_forces", "COP": "state_forces", "SPY": "state_forces", "JUD": "government",
    "REB": "rebel_group", "INS": "rebel_group", "SEP": "rebel_group", "UAF": "armed_unidentified",
    "RAD": "armed_unidentified", "OPP": "party", "CVL": "civilians", "REF": "civilians", "MED": "media",
    "IGO": "international",
    "IMG": "international", "INT": "international", "NGO": "international",
    "MNC": "international", "CRM": "other",
}  # fmt: skip
#: Type of a place: country, US state, US city, city, state -> what UCDP's where_prec calls it.
_PRECISION = {"1": 6, "2": 4, "3": 1, "4": 1, "5": 4}
DATASET: Draft = {
    "id": "dst-gdelt", "title": "The GDELT Project: Event Database", "publisher": "The GDELT Project",
    "licence": "Free for any use, with citation of and a link to the GDELT Project",
    "citation": "Leetaru, Kalev, and Philip A. Schrodt (2013). GDELT: Global Data on Events, Location and Tone, "
    "1979–2012. The GDELT Project, https://www.gdeltproject.org.",
    "url": "https://www.gdeltproject.org", "sharing": "free",
}  # fmt: skip


@frozen
class _Layout:
    """Where the columns lie that differ between versions: the place of the event, and the address."""

    place: int
    second_level: bool
    url: int | None


_LAYOUTS: Mapping[int, _Layout] = {
    57: _Layout(49, False, None), 58: _Layout(49, False, 57), 61: _Layout(51, True, 60),
}  # fmt: skip
_MENTIONS = range(14, 17)
_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
#: The columns of GDELT 2.0, for tables that were saved with their names.
EVENT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{what}Geo_{name}" for what in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_Mapped = Callable[[int, list[str]], Row]


def _first_rows(head: bytes) -> list[list[str]]:
    """Return the first rows without their header, cells where GDELT has them."""
    found = sample_rows(head, _dialect(head))
    if found and _Names.is_header(found[0]):
        names = _Names(
            MENTION_COLUMNS if any(plain(name) == "mentionidentifier" for name in found[0]) else EVENT_COLUMNS
        )
        with suppress(RefusedError):
            names.read(found[0])
            return [names.in_place(row) for row in found[1:]]
    return found


def _dialect(head: bytes) -> Dialect:
    """Return how a table is written: GDELT itself quotes nothing; one with a header was saved by another program."""
    first = text_of(head).split("\n", 1)[0]
    if "\t" in first and not first.startswith('"'):
        return Dialect(encoding_of(head), "\t", "")
    return dialect_of(head)


class _Names:
    """Puts the cells of a table that has a header where GDELT's own tables, which have none, have them."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = [name.casefold() for name in columns]
        self._order: list[int | None] | None = None

    @staticmethod
    def is_header(cells: Sequence[str]) -> bool:
        """Return whether a first row has names."""
        return any(plain(cell).replace("_", "") == "globaleventid" for cell in cells)

    def read(self, header: Sequence[str]) -> None:
        """Take the order of the columns from a header. Raises RefusedError where it lacks what no row may lack."""
        at = {plain(name).replace("_", ""): number for number, name in enumerate(header)}
        at.setdefault("sqldate", at.get("day", -1))
        wanted = [name.replace("_", "") for name in self._columns]
        missing = [name for name in self._columns[:2] if at.get(name.replace("_", ""), -1) < 0]
        if missing:
            refuse_missing(missing, header)
        self._order = [at.get(name) for name in wanted]

    def in_place(self, cells: list[str]) -> list[str]:
        """Return the cells of a row in GDELT's own order; as they are where the file has no header."""
        if self._order is None:
            return cells
        return [cells[at] if at is not None and at < len(cells) else "" for at in self._order]


class GdeltReader:
    """Reads GDELT event tables."""

    name = "gdelt"
    title = "GDELT events"
    vouched = True

    def sniff(self, head: bytes, name: str) -> float:
        """Return how many of the first rows are GDELT events: a number, a date and 57, 58 or 61 columns."""
        del name
        found = _first_rows(head)
        fit = [
            row for row in found
            if len(row) in _LAYOUTS and row[0].isdigit() and day_in(row[1]) and row[3] == row[1][:4]
        ]  # fmt: skip
        return len(fit) / len(found) if found else 0.0

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what the file does not hold."""
        del source
        return (
            tr("GDELT names the articles it was coded from by their address; it does not hold their words."),
        )

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield a row's article, span, event and new places; at the end the actors and areas."""
        mapping = _Events()
        yield Row(0, [("datasets", DATASET)])
        yield from _rows(source, mapping.row, EVENT_COLUMNS)
        yield Row(0, mapping.shared.records())


class GdeltMentionsReader:
    """Reads GDELT 2.0 mentions: claims of events, which may be in the case already or come later."""

    name = "gdelt-mentions"
    title = "GDELT mentions"
    vouched = True

    def sniff(self, head: bytes, name: str) -> float:
        """Return how many of the first rows are mentions: a number, two times and 14 to 16 columns."""
        del name
        found = _first_rows(head)
        fit = [
            row for row in found
            if len(row) in _MENTIONS and row[0].isdigit() and len(row[1]) == len(row[2]) == 14 and day_in(row[1])
        ]  # fmt: skip
        return len(fit) / len(found) if found else 0.0

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what mentions do not say."""
        del source
        return (
            tr("Mentions say when and where an event was reported; who took part is in the table of events."),
        )

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield the article, the span, and the event with the claim of one mention."""
        yield Row(0, [("datasets", DATASET)])
        yield from _rows(source, _mention, MENTION_COLUMNS)


def _rows(source: Source, mapped: _Mapped, columns: Sequence[str]) -> Iterator[Row | Skipped]:
    names = _Names(columns)
    for each in rows(source, _dialect(source.head)):
        if isinstance(each, UnreadableRow):
            yield Skipped(each.line, each.reason)
            continue
        line, cells, odd = each
        if line == 1 and names.is_header(cells):
            names.read(cells)
            continue
        try:
            row = mapped(line, names.in_place(cells))
        except WrongRow as error:
            yield Skipped(line, str(error))
            continue
        row.remarks = (*row.remarks, *odd)
        yield row


def _key(cell: str) -> str:
    if not (cell.isdigit() and cell.isascii() and len(cell) < 30):
        raise WrongRow(tr("the first column is not the number of an event"))
    return cell


def _article(address: str, publisher: str, key: str) -> list[Named]:
    """Return the article and its span: the same for all events that name the same address."""
    rest = build.short_hash(address) if address else f"event-{key}"
    domain = urlsplit(address).netloc if "://" in address else ""
    document = build.document(
        f"doc-gdelt-{rest}", build.shortened_title(address) or tr("GDELT event {id}").format(id=key), "",
        kind="news_article" if address else "dataset_row", publisher=domain or publisher,
        url=address if domain else None, dataset=DATASET["id"],
    )  # fmt: skip
    return [("documents", document), ("spans", build.whole_span(f"sp-gdelt-{rest}", document["id"]))]


class _Events:
    """One table of events on its way from cells to records."""

    def __init__(self) -> None:
        self.shared = Shared("gdelt", "GDELT")

    def row(self, line: int, cells: list[str]) -> Row:
        """Return what one row becomes."""
        layout = _LAYOUTS.get(len(cells))
        if layout is None:
            raise WrongRow(tr("a row of {n} columns; GDELT has 57, 58 or 61").format(n=len(cells)))
        cells = [cell.strip() for cell in cells]
        key, day = _key(cells[0]), day_in(cells[1])
        if day is None:
            raise WrongRow(tr("SQLDATE is not a date"))
        records = _article(cells[layout.url] if layout.url else "", "", key)
        cited = [records[1][1]["id"]]
        new: list[Named] = []
        event: Draft = {"id": f"evt-gdelt-{key}", "title": _title(cells, layout)}
        coded, mode = plover_of(cells[26])
        event.update({name: code for name, code in (("type", coded), ("mode", mode)) if code})
        event["codes"] = {"cameo": cells[26] or "---", **({"goldstein": cells[30]} if cells[30] else {})}
        event["time"] = {"evidence": cited, "edtf": day}
        if place := self._place(cells, layout, cited, new):
            event["places"] = [place]
        if taking := self._participants(cells, cited):
            event["participants"] = taking
        event["claims"] = [build.claim(f"clm-gdelt-{key}-{records[0][1]['id'][10:]}", cited)]
        return Row(line, [*records, *new, ("events", event)], joins=True)

    def _participants(self, cells: list[str], cited: list[str]) -> list[Draft]:
        taking = []
        for start, role in ((5, "actor"), (15, "recipient")):
            code, name, country = cells[start : start + 3]
            if not (name or code):
                continue
            kinds = [_KINDS[each] for each in cells[start + 7 : start + 10] if each in _KINDS]
            kind = kinds[0] if kinds else "state" if country and code == country else "other"
            known = (
                country
                if len(country) == 3 and country.isalpha() and country.isupper() and country.isascii()
                else None
            )
            actor = self.shared.actor(name or code, kind, code=code, country=known, external=code)
            taking.append({"evidence": cited, "actor": actor, "role": role})
        return taking

    def _place(self, cells: list[str], layout: _Layout, cited: list[str], new: list[Named]) -> Draft | None:
        kind, name = cells[layout.place], cells[layout.place + 1]
        at = layout.place + (5 if layout.second_level else 4)
        parts = [part.strip() for part in reversed(name.split(",")) if part.strip()]
        if not parts:
            return None
        point = build.point(cells[at], cells[at + 1])
        exact = _PRECISION.get(kind)
        if exact == 1 and len(parts) > 1:
            location: str | None = self.shared.place(
                [*parts[:2][: len(parts) - 1], ""], parts[-1], point, "place", new
            )
        else:
            location = self.shared.area(parts[:2], point)
        place: Draft = {"evidence": cited, "location": location}
        if exact:
            place["precision"] = exact
        return place


def _title(cells: list[str], layout: _Layout) -> str:
    coded, mode = plover_of(cells[26])
    what = coded.capitalize() if coded else tr("Statement")
    if mode:
        what = f"{what} ({mode})"
    who = " → ".join(name for name in (cells[6] or cells[5], cells[16] or cells[15]) if name)
    where = cells[layout.place + 1]
    title = f"{what}: {who}" if who else what
    return build.shortened_title(f"{title}, {where}" if where else title)


def _mention(line: int, cells: list[str]) -> Row:
    """Return a mention as an event that says no more than when, with one claim; the import joins it to its event."""
    if len(cells) not in _MENTIONS:
        raise WrongRow(tr("a row of {n} columns; GDELT mentions have 16").format(n=len(cells)))
    cells = [cell.strip() for cell in cells]
    key, day = _key(cells[0]), day_in(cells[1])
    if day is None:
        raise WrongRow(tr("EventTimeDate is not a time"))
    records = _article(cells[5], cells[4], key)
    cited = [records[1][1]["id"]]
    sentence = f"-{cells[6]}" if cells[6].isdigit() and len(cells[6]) < 6 else ""
    claim = build.claim(f"clm-gdelt-{key}-{records[0][1]['id'][10:]}{sentence}", cited, note=_where(cells))
    time = {"evidence": cited, "note": tr("when GDELT first had a report of it"), "edtf": f"{day}~"}
    event = {
        "id": f"evt-gdelt-{key}", "title": tr("GDELT event {id}").format(id=key), "time": time, "claims": [claim],
    }  # fmt: skip
    return Row(line, [*records, ("events", event)], joins=True)


def _where(cells: list[str]) -> str | None:
    """Return in which sentence of the article an event was found, and how sure GDELT is of it."""
    told = [tr("sentence {n} of the article").format(n=cells[6])] if cells[6].isdigit() else []
    if len(cells) > 11 and cells[11].isdigit():
        told.append(tr("GDELT's confidence: {n} %").format(n=cells[11]))
    return ", ".join(told) or None


def is_bare(event: Draft) -> bool:
    """Return whether an event of GDELT is known from mentions alone."""
    return "codes" not in event


def joined(old: Draft, new: Draft, *, update: bool) -> Draft | None:
    """Return an event that two rows tell of, with the claims of both; None where they differ in more than claims.

    update: what differs is taken from the new one.
    """
    if is_bare(new) or (not is_bare(old) and _same(old, new)):
        base, other = old, new
    elif is_bare(old) or update:
        base, other = new, old
    else:
        return None
    known = {claim["id"] for claim in base["claims"]}
    more = [claim for claim in other["claims"] if claim["id"] not in known]
    return {**base, "claims": [*base["claims"], *more]} if more else base


def _same(old: Draft, new: Draft) -> bool:
    return {**old, "claims": []} == {**new, "claims": []}
