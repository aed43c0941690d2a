"""UCDP Georeferenced Event Dataset, CSV of releases 5.0 to 26.x, as model.md §8 maps it.

Codebook: Högbladh, UCDP GED Codebook 19.1 and later; Sundberg & Melander, Journal of Peace Research 50(4), 2013.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from explorer.formats import rows as build
from explorer.formats.columns import cells_of, column_order, file_notes, likeness, read_table
from explorer.formats.days import day_in
from explorer.formats.ged_releases import (
    KNOWN,
    OTHER_NAMES,
    dataset_of,
    header_of,
    release_notes,
    release_of,
)
from explorer.formats.port import Draft, Named, Row, Skipped, WrongRow
from explorer.formats.sharing import Shared
from explorer.formats.source import Source
from explorer.formats.tabular import dialect_of
from explorer.words import tr

CIVILIANS, UNIDENTIFIED = "Civilians", "People not identified"
#: The target of one-sided violence in rows that count no civilian among the dead (docs/decisions, "Reading tables").
UNCOUNTED = "Civilians (none counted dead)"
#: What a file of this kind has; a column of GED and no other dataset's is among them.
_NEEDED = ("id", "type_of_violence", "side_a", "side_b", "date_start", "date_end")
#: Codes of date_prec; none is as good as 1.
_DATE_PRECISIONS = frozenset(("", "1", "2", "3", "4", "5"))
_TELLING = (*_NEEDED, "dyad_name", "conflict_name", "where_prec", "date_prec", "deaths_civilians")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_SMALL = {str(number): number for number in range(1000)}
_NEVER = "1900-01-01"
_COMMA = re.compile(r",\s+(?![^(]*\))")
#: where_prec of the codebook -> the level of the place that where_coordinates names.
_LEVELS = {3: 3, 4: 2, 6: 1}


class GedReader:
    """Reads UCDP GED."""

    name = "ged"
    title = "UCDP GED"
    vouched = True

    def sniff(self, head: bytes, name: str) -> float:
        """Return 1 where the header has the columns of GED."""
        del name
        dialect = dialect_of(head)
        return 1.0 if header_of(head, dialect) else likeness(head, dialect, _NEEDED, _TELLING)

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what the file does not say of itself, and what of it is not read."""
        dialect = dialect_of(source.head)
        bare = header_of(source.head, dialect) is not None
        told = (
            (tr("The file has no header: its 49 columns are read as UCDP publishes them."),) if bare else ()
        )
        return (
            *release_notes(release_of(source.name)), *told, *file_notes(source.head, dialect, KNOWN, bare=bare)
        )  # fmt: skip

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield a row's document, span, event and new places; at the end the actors and areas."""
        release, dialect = release_of(source.name), dialect_of(source.head)
        order = column_order(source.head, dialect, "date_start", "date_end")
        return read_table(
            source, dialect, lambda header: _Mapping(header, release, order), needed=_NEEDED,
            header=header_of(source.head, dialect),
        )  # fmt: skip


class _Mapping:
    """One file on its way from cells to records."""

    def __init__(self, header: Sequence[str], release: str | None, order: str) -> None:
        self.cell = cells_of(header, _COLUMNS, OTHER_NAMES)
        self.order = order
        self._where = [self.cell[name] for name in _PLACE]
        self.shared = Shared("ucdp", "UCDP GED")
        self.sides: dict[str, str] = {}
        self.known_places: dict[tuple[str, ...], Draft | None] = {}
        self.dataset = dataset_of(release)
        self.dataset_id: str = self.dataset["id"]

    def where(self, cells: list[str]) -> tuple[str, ...]:
        """Return all that a row says of its place."""
        return tuple([take(cells) for take in self._where])

    def first(self) -> list[Named]:
        """Return the dataset."""
        return [("datasets", self.dataset)]

    def last(self) -> list[Named]:
        """Return the actors and areas."""
        return self.shared.records()

    def row(self, line: int, cells: list[str], remarks: list[str]) -> Row:
        """Return what one row becomes."""
        cell = self.cell
        printed = _code(cell["id"](cells))
        kind = _code(cell["type_of_violence"](cells))
        if not printed:
            raise WrongRow(tr("no id"))
        if kind not in {"1", "2", "3"}:
            raise WrongRow(tr("type_of_violence is not 1, 2 or 3"))
        key = build.row_key(printed)
        span = f"sp-u{key}"
        cited = [span]
        new: list[Named] = []
        side_a, side_b = self._side(cells, "a", kind, cited, new), self._side(cells, "b", kind, cited, new)
        deaths = self._deaths(cells, cited, side_a, side_b, remarks)
        summed = _code(cell["event_clarity"](cells)) == "2"
        event: Draft = {"id": f"evt-ucdp-{key}", "title": self._title(cells, kind), "type": "ASSAULT"}
        event["codes"] = {"ucdp": kind}
        if (status := cell["code_status"](cells).strip()) not in _SETTLED:
            event["codes"]["ucdp_status"] = status
        event["time"] = {"evidence": cited, "edtf": self._when(cells, summed)}
        place = self._place(cells, new)
        remarks.extend(self._noted(cells))
        if place is not None:
            event["places"] = [{"evidence": cited, **place}]
        event["participants"] = self._participants(kind, side_a, side_b, deaths, cited)
        if deaths:
            event["quantities"] = deaths
        if summed:
            event["aggregate"] = True
        event["claims"] = [build.claim(f"clm-u{key}", cited, _said(cell["source_original"](cells)))]
        document = self._document(cells, key, cited)
        records: list[Named] = [
            ("documents", document), ("spans", {"id": span, "document": document["id"]}), *new, ("events", event),
        ]  # fmt: skip
        return Row(line, records, tuple(remarks))

    def _noted(self, cells: list[str]) -> Iterator[str]:
        """Yield what is told of a row whose optional cells say what they cannot."""
        yield from build.nowhere(self.cell["latitude"](cells), self.cell["longitude"](cells))
        if _code(self.cell["date_prec"](cells)) not in _DATE_PRECISIONS:
            yield tr("date_prec is not 1 to 5, a single day is taken as about that day")

    # -- who --------------------------------------------------------------------------------------------------

    def _side(self, cells: list[str], letter: str, kind: str, cited: list[str], new: list[Named]) -> str:
        printed = build.clean(self.cell[f"side_{letter}"](cells))
        if not printed:
            raise WrongRow(tr("side_{letter} is empty").format(letter=letter))
        known = self.sides.get(printed)
        if known is not None:
            return known
        number = _code(self.cell[f"side_{letter}_new_id"](cells))
        names = [name for name in _COMMA.split(printed) if name]
        state = build.given(self.cell[f"gwno{letter}"](cells))
        sort = _kind_of(printed, state, len(names), civilians=kind == "3" and letter == "b")
        side = self.sides[printed] = self.shared.actor(printed, sort, external=number)
        if len(names) > 1:
            for name in dict.fromkeys(names):
                member = self.shared.actor(name, _kind_of(name, "", 1, civilians=False))
                relation = build.readable_id(printed, name)
                new.append(build.member_relation("ucdp", relation, side, member, cited))
        return side

    def _participants(
        self, kind: str, side_a: str, side_b: str, deaths: list[Draft], cited: list[str]
    ) -> list[Draft]:
        """Return both sides as parties; in one-sided violence who did it to whom (types 1, 2 and 3)."""
        roles = ("actor", "recipient") if kind == "3" else ("party", "party")
        sides = (side_a, self._target(side_b, deaths) if kind == "3" else side_b)
        taking = [
            {"evidence": cited, "actor": actor, "role": role}
            for actor, role in zip(sides, roles, strict=True)
        ]
        civilians = next((q["of"] for q in deaths if q.get("of") == self._civilians), None)
        if civilians and not (kind == "3" and civilians == side_b):
            taking.append({"evidence": cited, "actor": civilians, "role": "affected"})
        return taking

    def _target(self, side_b: str, deaths: list[Draft]) -> str:
        """Return whom one-sided violence was done to; an actor of its own where none of them is counted dead."""
        if side_b != self._civilians or any(q.get("of") == side_b for q in deaths):
            return side_b
        return self.shared.actor(UNCOUNTED, "civilians", note=tr(
            "The target as UCDP codes one-sided violence, in rows that count no civilian among the dead."
        ))  # fmt: skip

    @property
    def _civilians(self) -> str:
        return self.shared.actor(CIVILIANS, "civilians")

    def _when(self, cells: list[str], summed: bool) -> str:
        """Return when, as EDTF: a set where one incident has no exact day, an interval where several are summed.

        A single day with date_prec above 1 is about that day: no range is invented.
        """
        start, end = (_day(self.cell[name](cells), self.order) for name in ("date_start", "date_end"))
        if start is None:
            raise WrongRow(tr("date_start is not a date"))
        if end is None:
            raise WrongRow(tr("date_end is not a date"))
        if end < start:
            raise WrongRow(tr("date_end lies before date_start"))
        exact = _code(self.cell["date_prec"](cells)) in {"1", ""}
        if start == end:
            return start if exact else f"{start}~"
        return f"{start}/{end}" if summed else f"[{start}..{end}]"

    # -- how many ---------------------------------------------------------------------------------------------

    def _deaths(
        self, cells: list[str], cited: list[str], side_a: str, side_b: str, remarks: list[str]
    ) -> list[Draft]:
        """Return low, best and high as printed, and the dead of each group; a group of whom none died is left out."""
        low, best, high = (self._number(cells, name) for name in ("low", "best", "high"))
        found: list[Draft] = []
        if low is not None or best is not None or high is not None:
            found.append(build.fatalities(cited, low, best, high))
            remarks.extend(_odd(low, best, high))
        for column, group in _GROUPS:
            number = self._number(cells, column)
            if number:
                of = {"a": side_a, "b": side_b}.get(group) or (
                    self._civilians if group == CIVILIANS else self.shared.actor(UNIDENTIFIED, "unidentified")
                )
                found.append({"evidence": cited, "kind": "fatalities", "best": number, "of": of})
        return found

    def _number(self, cells: list[str], column: str) -> int | None:
        cell = self.cell[column](cells)
        number = _SMALL.get(cell)
        if number is not None:
            return number
        try:
            return build.whole_number(cell)
        except ValueError:
            raise WrongRow(tr("{column} is not a number").format(column=column)) from None

    # -- where ------------------------------------------------------------------------------------------------

    def _place(self, cells: list[str], new: list[Named]) -> Draft | None:
        """Return where, without its evidence; the same cells are looked at once."""
        said = self.where(cells)
        if said not in self.known_places:
            self.known_places[said] = self._new_place(said, new)
        return self.known_places[said]

    def _new_place(self, said: tuple[str, ...], new: list[Named]) -> Draft | None:
        country, adm_1, adm_2, where, lat, lon, precision = map(build.given, said)
        precision = _code(precision)
        path = [country, adm_1, adm_2]
        point = build.point(lat, lon)
        exact = int(precision) if precision in {"1", "2", "3", "4", "5", "6", "7"} else None
        if not where or where in path:
            depth = path.index(where) + 1 if where else max((n for n in (3, 2, 1) if path[n - 1]), default=0)
            location = self.shared.area(path[:depth], point if _LEVELS.get(exact or 0) == depth else None)
        else:
            kind = "region" if exact in {4, 5, 6, 7} else "place"
            location = self.shared.place(path, where, point, kind, new)
        if location is None:
            return None
        return {"location": location, "precision": exact} if exact else {"location": location}

    # -- in which words ---------------------------------------------------------------------------------------

    def _title(self, cells: list[str], kind: str) -> str:
        cell = self.cell
        where = cell["where_coordinates"](cells) or cell["country"](cells)
        return _title_of(kind, cell["side_a"](cells), cell["side_b"](cells), where)

    def _document(self, cells: list[str], key: str, cited: list[str]) -> Draft:
        cell = self.cell
        headline = build.given(cell["source_headline"](cells))
        text = build.given(cell["source_article"](cells)) or headline
        title = build.shortened_title(headline or text, 48) or tr("UCDP event {id}").format(id=key)
        bounds = build.pieces(text, '";"', keep=1) if '";"' in text else [(0, len(text))] if text else []
        return build.document(
            f"doc-u{key}", title, text, bounds, publisher=_said(cell["source_office"](cells)),
            published=_published(cell["source_date"](cells), cited), dataset=self.dataset_id,
        )  # fmt: skip


_GROUPS = (
    ("deaths_a", "a"), ("deaths_b", "b"), ("deaths_civilians", CIVILIANS), ("deaths_unknown", UNIDENTIFIED),
)  # fmt: skip
_PLACE = ("country", "adm_1", "adm_2", "where_coordinates", "latitude", "longitude", "where_prec")
_COLUMNS = (
    *_NEEDED, "event_clarity", "date_prec", "where_prec", "where_coordinates", "adm_1", "adm_2", "country", "latitude",
    "longitude", "source_article", "source_office", "source_date", "source_headline", "source_original", "low", "best",
    "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "side_a_new_id", "side_b_new_id", "gwnoa",
    "gwnob", "code_status",
)  # fmt: skip
#: What code_status says of a row that is final; all else is kept with the event.
_SETTLED = {"Clear", "clear", "", "NA"}


def _kind_of(name: str, state: str, names: int, *, civilians: bool) -> str:
    """Return the kind of a side: states by their number or their name, joined sides as a grouping."""
    if civilians or name == CIVILIANS:
        return "civilians"
    if names > 1:
        return "grouping"
    return "government" if state or name.startswith("Government of ") else "rebel_group"


@lru_cache(maxsize=65_536)
def _title_of(kind: str, side_a: str, side_b: str, where: str) -> str:
    glue = tr("{a} against {b}") if kind == "3" else tr("{a} – {b}")
    sides, place = glue.format(a=build.clean(side_a), b=build.clean(side_b)), build.clean(where)
    return build.shortened_title(f"{sides}, {place}" if place else sides)


def _odd(low: int | None, best: int | None, high: int | None) -> Iterator[str]:
    if low is not None and high is not None and low > high:
        yield tr("low > high, kept as published")
    if low is not None and best is not None and best < low:
        yield tr("best < low, kept as published")
    if high is not None and best is not None and best > high:
        yield tr("best > high, kept as published")


@lru_cache(maxsize=65_536)
def _code(cell: str) -> str:
    """Return a cell as a code: "1.0", as other programs write it again, is 1; "NA" is none."""
    return build.given(cell).removesuffix(".0")


@lru_cache(maxsize=65_536)
def _day(cell: str, order: str = "year-first") -> str | None:
    """Return the day in a cell ("2016-01-01 00:00:00.000") as EDTF; None where it is none."""
    found = _DATE.fullmatch(cell.strip())
    if found is None:
        return day_in(cell, order)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _published(cell: str, cited: list[str]) -> Draft | None:
    edtf = _publication(cell)
    return {"evidence": cited, "edtf": edtf} if edtf else None


@lru_cache(maxsize=65_536)
def _publication(cell: str) -> str | None:
    """Return when a row's sources appeared: the one day all of them have, else the days from first to last.

    1753-01-01 and 1900-01-01 are what databases write for no date.
    """
    days = sorted({day for part in cell.split(";") if (day := _day(part)) and day > _NEVER})
    if not days:
        return None
    return days[0] if len(days) == 1 else f"{days[0]}/{days[-1]}"


@lru_cache(maxsize=65_536)
def _said(cell: str) -> str:
    """Return names divided by semicolons, each once."""
    if ";" not in cell:
        return build.given(cell)
    return "; ".join(dict.fromkeys(part for each in cell.split(";") if (part := build.given(each))))
