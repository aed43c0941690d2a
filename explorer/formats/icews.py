"""ICEWS coded events, tab-separated with a header (.tab), as model.md §8 maps them.

The source acts on the target: CAMEO codes have a direction. An Event ID is one event only together with
its date. The sentence itself is not in the file; its story and number are, so a row leads to "Story 47400351,
sentence 2".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.formats import rows as build
from explorer.formats.cameo import plover_of
from explorer.formats.columns import cells_of, column_order, file_notes, likeness, read_table
from explorer.formats.days import day_in
from explorer.formats.port import Draft, Named, Row, Skipped, WrongRow
from explorer.formats.sharing import Shared
from explorer.formats.source import Source
from explorer.formats.tabular import Dialect, dialect_of, text_of
from explorer.words import tr

_NEEDED = ("event_id", "event_date", "source_name", "cameo_code", "target_name")
_TELLING = (*_NEEDED, "event_text", "story_id", "source_sectors", "target_sectors", "sentence_number")
_COLUMNS = (
    *_TELLING, "source_country", "intensity", "target_country", "publisher", "city", "district",
    "province", "country", "latitude", "longitude",
)  # fmt: skip
#: Words of a sector -> kind of actor; the first that is found counts.
_SECTORS = (
    ("Rebel", "rebel_group"), ("Insurgent", "rebel_group"), ("Separatist", "rebel_group"), ("Dissident", "party"),
    ("Criminal", "other"), ("Media", "media"), ("International", "international"), ("Military", "state_forces"),
    ("Police", "state_forces"), ("Protest", "protesters"), ("Part", "party"), ("Government", "government"),
    ("Population", "civilians"), ("Civilian", "civilians"), ("Social", "civilians"), ("Ethnic", "identity_group"),
    ("Religious", "identity_group"),
)  # fmt: skip
DATASET: Draft = {
    "id": "dst-icews", "title": "ICEWS Coded Event Data", "publisher": "Harvard Dataverse",
    "licence": "Terms of use of the ICEWS Dataverse",
    "citation": "Boschee, Elizabeth, Jennifer Lautenschlager, Sean O'Brien, Steve Shellman, James Starz and Michael "
    "Ward (2015). ICEWS Coded Event Data. Harvard Dataverse, doi:10.7910/DVN/28075.",
    "url": "https://doi.org/10.7910/DVN/28075", "sharing": "figures_only",
}  # fmt: skip


class IcewsReader:
    """Reads ICEWS."""

    name = "icews"
    title = "ICEWS"
    vouched = True

    def sniff(self, head: bytes, name: str) -> float:
        """Return 1 where the header has the columns of ICEWS."""
        del name
        return likeness(head, _dialect(head), _NEEDED, _TELLING)

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what the file does not hold."""
        return (
            tr("The file names the stories and sentences it was coded from, but does not hold their words."),
            *file_notes(source.head, _dialect(source.head), frozenset(_COLUMNS)),
        )

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield a row's story, span, event and new places; at the end the actors and areas."""
        dialect = _dialect(source.head)
        order = column_order(source.head, dialect, "event_date")
        return read_table(source, dialect, lambda header: _Mapping(header, order), needed=_NEEDED)


def _dialect(head: bytes) -> Dialect:
    """Return how a file is written: ICEWS itself quotes nothing; a saved copy may, and then its header, too."""
    found = dialect_of(head)
    first = text_of(head, found.encoding).split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else found.delimiter
    return Dialect(found.encoding, delimiter, "" if delimiter == "\t" and '"' not in first else '"')


class _Mapping:
    """One file on its way from cells to records."""

    def __init__(self, header: Sequence[str], order: str = "year-first") -> None:
        self.cell = cells_of(header, _COLUMNS)
        self.order = order
        self.shared = Shared("icews", "ICEWS")

    def first(self) -> list[Named]:
        """Return the dataset."""
        return [("datasets", DATASET)]

    def last(self) -> list[Named]:
        """Return the actors and areas."""
        return self.shared.records()

    def row(self, line: int, cells: list[str], remarks: list[str]) -> Row:
        """Return what one row becomes."""
        said = {name: _said(take(cells)) for name, take in self.cell.items()}
        if not said["event_id"]:
            raise WrongRow(tr("no id"))
        day = day_in(said["event_date"], self.order)
        if day is None:
            raise WrongRow(tr("Event Date is not a date"))
        key = f"{build.row_key(said['event_id'], any_case=True)}-{day.replace('-', '')}"
        story = "-".join(part for part in (said["story_id"], said["sentence_number"]) if part) or f"row-{key}"
        where = build.row_key(story, any_case=True)
        cited = [f"sp-icews-{where}"]
        new: list[Named] = []
        event: Draft = {"id": f"evt-icews-{key}", "title": _title(said)}
        coded, mode = plover_of(said["cameo_code"])
        event.update({name: code for name, code in (("type", coded), ("mode", mode)) if code})
        codes = {"cameo": said["cameo_code"], "intensity": said["intensity"]}
        event["codes"] = {name: code for name, code in codes.items() if code}
        event["time"] = {"evidence": cited, "edtf": day}
        if place := self._place(said, cited, new):
            event["places"] = [place]
        if taking := self._participants(said, cited):
            event["participants"] = taking
        event["claims"] = [build.claim(f"clm-icews-{key}", cited)]
        document = build.document(
            f"doc-icews-{where}",
            _story_title(said, key),
            "",
            publisher=said["publisher"],
            dataset=DATASET["id"],
        )
        records = [("documents", document), ("spans", build.whole_span(cited[0], document["id"]))]
        return Row(line, [*records, *new, ("events", event)], tuple(remarks))

    def _participants(self, said: dict[str, str], cited: list[str]) -> list[Draft]:
        taking = []
        for side, role in (("source", "actor"), ("target", "recipient")):
            if name := said[f"{side}_name"]:
                kind = _kind_of(name, said[f"{side}_sectors"], said[f"{side}_country"])
                taking.append({"evidence": cited, "actor": self.shared.actor(name, kind), "role": role})
        return taking

    def _place(self, said: dict[str, str], cited: list[str], new: list[Named]) -> Draft | None:
        path = [said["country"], said["province"], said["district"]]
        point = build.point(said["latitude"], said["longitude"])
        if said["city"]:
            location: str | None = self.shared.place(path, said["city"], point, "place", new)
        else:
            location = self.shared.area(path)
        return {"evidence": cited, "location": location} if location else None


def _said(cell: str) -> str:
    return build.given(cell)


def _kind_of(name: str, sectors: str, country: str) -> str:
    if name == country:
        return "state"
    return next((kind for word, kind in _SECTORS if word in sectors), "other")


def _title(said: dict[str, str]) -> str:
    what = said["event_text"] or tr("Event")
    who = " → ".join(name for name in (said["source_name"], said["target_name"]) if name)
    return build.shortened_title(f"{what}: {who}" if who else what)


def _story_title(said: dict[str, str], key: str) -> str:
    if not said["story_id"]:
        return tr("ICEWS event {id}").format(id=key)
    if not said["sentence_number"]:
        return tr("Story {story}").format(story=said["story_id"])
    return tr("Story {story}, sentence {n}").format(story=said["story_id"], n=said["sentence_number"])
