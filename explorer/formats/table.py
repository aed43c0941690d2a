"""Any table, by a mapping: each row an event, with the row's own words as its document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.formats import rows as build
from explorer.formats.amounts import amount_in
from explorer.formats.columns import read_table, refuse_missing
from explorer.formats.days import ASK, edtf_in, has_short_year
from explorer.formats.mapping import PREVIEW, Mapping, MappingNeeded
from explorer.formats.occurrences import Occurrences
from explorer.formats.port import Draft, Named, Row, Skipped, WrongRow
from explorer.formats.sharing import Shared
from explorer.formats.source import Source
from explorer.formats.tabular import Dialect, columns_of, encoding_words, plain, sample_rows
from explorer.model.codebook import TYPES
from explorer.model.edtf import EdtfError, parse_edtf
from explorer.words import tr

_ROLES = ("actor", "recipient", "party", "affected")


class TableReader:
    """Reads a table as its mapping says."""

    name = "table"
    vouched = False

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.title = mapping.title

    def sniff(self, head: bytes, name: str) -> float:
        """Return 0: a mapping is chosen by a person."""
        del head, name
        return 0.0

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what the mapping leaves open."""
        del source
        told = encoding_words(self.mapping.encoding)
        if self.mapping.licence == "not stated":
            return (*told, tr("The mapping does not state the licence of the table."))
        return told

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield a row's document, span, event and new places; at the end the actors and areas.

        Raises RefusedError where the file lacks columns that the mapping names, MappingNeeded where the mapping
        leaves open how dates are written.
        """
        mapping = self.mapping
        dialect = Dialect(mapping.encoding, mapping.delimiter)
        first = sample_rows(source.head, dialect, 1)
        width = len(first[0]) if first else 0
        header = first[0] if mapping.header and first else [str(n + 1) for n in range(width)]
        refuse_missing(mapping.columns.named(), header)
        if mapping.dates == ASK and mapping.columns.date:
            raise MappingNeeded(source.name, mapping, sample_rows(source.head, dialect, PREVIEW + 1))
        return read_table(source, dialect, self._rows, header=None if mapping.header else header)

    def _rows(self, header: list[str]) -> _Rows:
        return _Rows(self.mapping, header)


class _Rows:
    """One table on its way from cells to records."""

    def __init__(self, mapping: Mapping, header: Sequence[str]) -> None:
        self.mapping = mapping
        self.header = [name.strip() or str(number + 1) for number, name in enumerate(header)]
        self.at = columns_of(header)
        self.shared = Shared(mapping.name, mapping.title)
        self.seen = Occurrences()
        self.dataset: Draft = {"id": f"dst-{mapping.name}", "title": mapping.title}
        if mapping.publisher:
            self.dataset["publisher"] = mapping.publisher
        self.dataset.update(licence=mapping.licence, citation=mapping.citation)

    def first(self) -> list[Named]:
        """Return the table as a dataset."""
        return [("datasets", self.dataset)]

    def last(self) -> list[Named]:
        """Return the actors and areas."""
        return self.shared.records()

    def _cell(self, cells: list[str], column: str | None) -> str:
        return build.clean(cells[self.at[plain(column)]]) if column else ""

    def row(self, line: int, cells: list[str], remarks: list[str]) -> Row:
        """Return what one row becomes."""
        columns, source = self.mapping.columns, self.mapping.name
        key = self._key(cells)
        cited = [f"sp-{source}-{key}"]
        new: list[Named] = []
        event: Draft = {"id": f"evt-{source}-{key}", "title": ""}
        self._code(cells, event, remarks)
        if time := self._time(cells, cited, remarks):
            event["time"] = time
        quantities = self._quantities(cells, cited)  # what may refuse the row comes before what rows share
        if place := self._place(cells, cited, new, remarks):
            event["places"] = [place]
        names = self._participants(cells, cited, event)
        if quantities:
            event["quantities"] = quantities
        event["claims"] = [build.claim(f"clm-{source}-{key}", cited, self._cell(cells, columns.attribution))]
        if tags := [tag for column in columns.tags for tag in self._split(self._cell(cells, column))]:
            event["tags"] = list(dict.fromkeys(tags))
        document = self._document(cells, key)
        event["title"] = self._title(cells, names, document)
        records = [("documents", document), ("spans", build.whole_span(cited[0], document["id"]))]
        return Row(line, [*records, *new, ("events", event)], tuple(remarks))

    def _key(self, cells: list[str]) -> str:
        if self.mapping.columns.id is None:
            return self.seen.key(cells)
        printed = self._cell(cells, self.mapping.columns.id)
        if not printed:
            raise WrongRow(tr("no id"))
        return build.row_key(printed)

    def _code(self, cells: list[str], event: Draft, remarks: list[str]) -> None:
        said = self._cell(cells, self.mapping.columns.type)
        if not said:
            return
        code = self.mapping.types.get(said) or (said if said in TYPES else "")
        coded, _, mode = code.partition("/")
        if coded:
            event["type"] = coded
        elif self.mapping.types:
            remarks.append(tr("a type that the mapping does not name"))
        if mode:
            event["mode"] = mode
        event["codes"] = {self.mapping.name: said}

    def _time(self, cells: list[str], cited: list[str], remarks: list[str]) -> Draft | None:
        columns = self.mapping.columns
        said, until = self._cell(cells, columns.date), self._cell(cells, columns.end)
        if not said or said in build.NOTHING:
            if columns.date:
                remarks.append(tr("no date"))
            return None
        start, end = self._edtf(said, columns.date), self._edtf(until, columns.end) if until else None
        edtf = f"{start}/{end}" if end and end != start else start
        try:
            parse_edtf(edtf)
        except EdtfError:
            raise WrongRow(tr("it ends before it begins")) from None
        return {"evidence": cited, "edtf": edtf}

    def _edtf(self, cell: str, column: str | None) -> str:
        order, century = self.mapping.dates, self.mapping.century or ""
        found = edtf_in(cell, order, century)
        if found is not None:
            return found
        if not century and has_short_year(cell):
            words = tr('{column} has a year of two digits (say "century" in the mapping: "19" or "20")')
        else:
            words = tr("{column} is not a date ({order})")
        raise WrongRow(words.format(column=column, order=tr(order)))

    def _place(
        self, cells: list[str], cited: list[str], new: list[Named], remarks: list[str]
    ) -> Draft | None:
        columns = self.mapping.columns
        path = [self._cell(cells, name) for name in (columns.country, columns.admin1, columns.admin2)]
        name = self._cell(cells, columns.place)
        lat, lon = (self._cell(cells, each) for each in (columns.latitude, columns.longitude))
        point = build.point(lat, lon)
        if point is None and (lat or lon):
            remarks.append(tr("coordinates that lie nowhere on earth, left out"))
        if name:
            return {"evidence": cited, "location": self.shared.place(path, name, point, "place", new)}
        location = self.shared.area(path)
        return {"evidence": cited, "location": location} if location else None

    def _participants(self, cells: list[str], cited: list[str], event: Draft) -> list[str]:
        """Add who took part; return their names."""
        taking: dict[tuple[str, str], str] = {}
        for role in _ROLES:
            for column in getattr(self.mapping.columns, role):
                for name in self._split(self._cell(cells, column)):
                    taking[self.shared.actor(name, "other"), role] = name
        if taking:
            event["participants"] = [
                {"evidence": cited, "actor": actor, "role": role} for actor, role in taking
            ]
        return list(dict.fromkeys(taking.values()))

    def _quantities(self, cells: list[str], cited: list[str]) -> list[Draft]:
        columns = self.mapping.columns
        found: list[Draft] = []
        killed = self._amount(cells, columns.killed)
        for column, end in ((columns.killed_low, "low"), (columns.killed_high, "high")):
            bound = self._amount(cells, column)
            if bound is not None:
                killed = {**(killed or {}), end: bound.get("best")}
        if killed:
            killed = {name: number for name, number in killed.items() if number is not None}
            numbers = [killed[name] for name in ("low", "best", "high") if name in killed]
            if numbers != sorted(numbers):
                killed["as_published"] = True
            found.append(_in_order({"evidence": cited, "kind": "fatalities", **killed}))
        injured = self._amount(cells, columns.injured)
        if injured:
            found.append(_in_order({"evidence": cited, "kind": "injured", **injured}))
        return found

    def _amount(self, cells: list[str], column: str | None) -> Draft | None:
        try:
            return amount_in(self._cell(cells, column))
        except ValueError:
            raise WrongRow(tr("{column} is not a number").format(column=column)) from None

    def _document(self, cells: list[str], key: str) -> Draft:
        """Return the row's own words: its text, or else all its cells, each with the name of its column."""
        columns = self.mapping.columns
        text = self._cell(cells, columns.text)
        if not text:
            said = ((name, build.clean(cell)) for name, cell in zip(self.header, cells, strict=False))
            text = "\n".join(f"{name}: {' '.join(cell.split())}" for name, cell in said if cell)
        title = self._cell(cells, columns.title) or text or tr("Row {id}").format(id=key)
        return build.document(
            f"doc-{self.mapping.name}-{key}", build.shortened_title(title, 60), text, build.sentences(text),
            publisher=self._cell(cells, columns.source), url=self._cell(cells, columns.url), dataset=self.dataset["id"],
        )  # fmt: skip

    def _title(self, cells: list[str], names: list[str], document: Draft) -> str:
        columns = self.mapping.columns
        title = self._cell(cells, columns.title)
        if not title:
            what, where = self._cell(cells, columns.type), self._cell(cells, columns.place)
            title = ", ".join(part for part in (what, " – ".join(names), where) if part)
        return build.shortened_title(title or document["title"])

    def _split(self, cell: str) -> list[str]:
        parts = cell.split(self.mapping.split) if self.mapping.split else [cell]
        return [part for each in parts if (part := each.strip())]


_QUANTITY = ("evidence", "kind", "qualifier", "low", "best", "high", "as_published")


def _in_order(draft: Draft) -> Draft:
    return {name: draft[name] for name in _QUANTITY if name in draft}
