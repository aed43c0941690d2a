"""POLECAT coded events, tab-separated with a header, as model.md §8 maps them (PLOVER types and modes as they are).

POLECAT names neither the story nor its words: a row leads to its publisher, the day it appeared, and the names as the
story printed them. The actor acts on the recipient.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.formats import rows as build
from explorer.formats.columns import cells_of, column_order, file_notes, likeness, read_table
from explorer.formats.days import day_in
from explorer.formats.port import Draft, Named, Row, Skipped, WrongRow
from explorer.formats.sharing import Shared
from explorer.formats.source import Source
from explorer.formats.tabular import Dialect, dialect_of, text_of
from explorer.model.codebook import MODES_OF, TYPES
from explorer.words import tr

_NEEDED = ("event_id", "event_date", "event_type", "event_mode", "actor_name", "recipient_name")
_READ = (
    *_NEEDED, "contexts", "primary_actor_sector", "actor_name_raw", "wikipedia_actor_id", "actor_country",
    "primary_recipient_sector", "recipient_name_raw", "wikipedia_recipient_id", "recipient_country", "city", "district",
    "province", "country", "latitude", "longitude", "source", "publication_date", "intensity", "quad_code", "language",
)  # fmt: skip
_KNOWN = frozenset(
    (
        *_READ, "event_intensity", "actor_cow", "actor_sectors", "actor_title", "recipient_cow", "recipient_sectors",
        "recipient_title", "placename", "geonames_id", "raw_placename", "feature_type", "story_people",
        "story_organizations", "story_locations", "version", "headline",
    )
)  # fmt: skip
#: PLOVER sector -> kind of actor.
_SECTORS = {
    "GOV": "government", "MIL": "state_forces", "COP": "state_forces", "SPY": "state_forces", "JUD": "government",
    "LEG": "government", "PTY": "party", "OPP": "party", "REB": "rebel_group", "UAF": "armed_unidentified",
    "PRM": "militia", "PAR": "militia", "CVL": "civilians", "REF": "civilians", "MED": "media", "IGO": "international",
    "NGO": "international", "INT": "international", "REL": "identity_group", "ETH": "identity_group",
}  # fmt: skip
DATASET: Draft = {
    "id": "dst-polecat", "title": "POLECAT Weekly Data", "publisher": "Harvard Dataverse",
    "licence": "Terms of use of the POLECAT Dataverse",
    "citation": "Halterman, Andrew, Benjamin E. Bagozzi, Andreas Beger, Philip Schrodt and Grace Scarborough (2023). "
    "PLOVER and POLECAT: A New Political Event Ontology and Dataset. Data: POLECAT Weekly Data, Harvard Dataverse, "
    "doi:10.7910/DVN/AJGVIT.",
    "url": "https://doi.org/10.7910/DVN/AJGVIT", "sharing": "figures_only",
}  # fmt: skip


class PolecatReader:
    """Reads POLECAT."""

    name = "polecat"
    title = "POLECAT"
    vouched = True

    def sniff(self, head: bytes, name: str) -> float:
        """Return 1 where the header has the columns of POLECAT."""
        del name
        return likeness(head, _dialect(head), _NEEDED, (*_NEEDED, "contexts", "quad_code", "actor_name_raw"))

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what the file does not hold."""
        return (
            tr("POLECAT names the publisher and day of a story, but neither the story nor its words."),
            *file_notes(source.head, _dialect(source.head), _KNOWN),
        )

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield a row's document, span, event and new places; at the end the actors and areas."""
        dialect = _dialect(source.head)
        order = column_order(source.head, dialect, "event_date", "publication_date")
        return read_table(source, dialect, lambda header: _Mapping(header, order), needed=_NEEDED)


def _dialect(head: bytes) -> Dialect:
    found = dialect_of(head)
    first = text_of(head, found.encoding).split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else found.delimiter
    return Dialect(found.encoding, delimiter, "" if delimiter == "\t" and '"' not in first else '"')


class _Mapping:
    """One file on its way from cells to records."""

    def __init__(self, header: Sequence[str], order: str) -> None:
        self.cell = cells_of(header, _READ, {"intensity": ("event_intensity",)})
        self.order = order
        self.shared = Shared("polecat", "POLECAT")

    def first(self) -> list[Named]:
        """Return the dataset."""
        return [("datasets", DATASET)]

    def last(self) -> list[Named]:
        """Return the actors and areas."""
        return self.shared.records()

    def row(self, line: int, cells: list[str], remarks: list[str]) -> Row:
        """Return what one row becomes."""
        said = {name: build.given(take(cells)) for name, take in self.cell.items()}
        if not said["event_id"]:
            raise WrongRow(tr("no id"))
        day = day_in(said["event_date"], self.order)
        if day is None:
            raise WrongRow(tr("Event Date is not a date"))
        key = build.row_key(said["event_id"], any_case=True)
        cited = [f"sp-polecat-{key}"]
        new: list[Named] = []
        event: Draft = {"id": f"evt-polecat-{key}", "title": _title(said), **_coded(said, remarks)}
        event["time"] = {"evidence": cited, "edtf": day}
        if place := self._place(said, cited, new):
            event["places"] = [place]
        if taking := self._participants(said, cited):
            event["participants"] = taking
        event["claims"] = [build.claim(f"clm-polecat-{key}", cited)]
        records = [
            ("documents", self._document(said, key, cited)),
            ("spans", build.whole_span(cited[0], f"doc-polecat-{key}")),
        ]
        return Row(line, [*records, *new, ("events", event)], tuple(remarks))

    def _document(self, said: dict[str, str], key: str, cited: list[str]) -> Draft:
        """Return the row with the names that the story printed, which is all that it holds of its words."""
        raw = dict.fromkeys(said[f"{side}_name_raw"] for side in ("actor", "recipient"))
        text = "\n".join(" ".join(name.split()) for name in raw if name)
        published = day_in(said["publication_date"], self.order)
        language = said["language"] if len(said["language"]) in {2, 3} else None
        return build.document(
            f"doc-polecat-{key}", tr("POLECAT event {id}").format(id=said["event_id"]), text, build.sentences(text),
            publisher=said["source"], published={"evidence": cited, "edtf": published} if published else None,
            language=language, dataset=DATASET["id"],
        )  # fmt: skip

    def _participants(self, said: dict[str, str], cited: list[str]) -> list[Draft]:
        taking: dict[tuple[str, str], None] = {}
        for side, role in (("actor", "actor"), ("recipient", "recipient")):
            names = said[f"{side}_name"] or said[f"{side}_name_raw"] or said[f"{side}_country"]
            sector = said[f"primary_{side}_sector"].split(";")[0].strip()
            for name in filter(None, (part.strip() for part in names.split(";"))):
                kind = "state" if name == said[f"{side}_country"] else _SECTORS.get(sector, "other")
                taking[self.shared.actor(name, kind), role] = None
        return [{"evidence": cited, "actor": actor, "role": role} for actor, role in taking]

    def _place(self, said: dict[str, str], cited: list[str], new: list[Named]) -> Draft | None:
        path = [said["country"], said["province"], said["district"]]
        point = build.point(said["latitude"], said["longitude"])
        if said["city"]:
            location: str | None = self.shared.place(path, said["city"], point, "place", new)
        else:
            location = self.shared.area(path)
        return {"evidence": cited, "location": location} if location else None


def _coded(said: dict[str, str], remarks: list[str]) -> Draft:
    """Return type, mode, contexts and codes; a type or mode that PLOVER does not have stays a code alone."""
    coded = said["event_type"].upper()
    mode = said["event_mode"].split(";")[0].strip().lower().replace("_", "-")
    draft: Draft = {}
    if coded in TYPES:
        draft["type"] = coded
    else:
        remarks.append(tr("a type that PLOVER does not have, kept as a code"))
    if coded in TYPES and mode in MODES_OF.get(coded, ()):
        draft["mode"] = mode
    if contexts := [part for each in said["contexts"].split(";") if (part := each.strip())]:
        draft["contexts"] = list(dict.fromkeys(contexts))
    codes = {
        "plover": f"{said['event_type']}/{said['event_mode']}".strip("/"),
        "intensity": said["intensity"],
    }
    draft["codes"] = {name: code for name, code in codes.items() if code}
    return draft if draft["codes"] else {name: value for name, value in draft.items() if name != "codes"}


def _title(said: dict[str, str]) -> str:
    what = said["event_type"].capitalize() or tr("Event")
    if said["event_mode"]:
        what = f"{what} ({said['event_mode']})"
    who = " → ".join(name for name in (said["actor_name"], said["recipient_name"]) if name)
    where = said["city"] or said["province"] or said["country"]
    title = f"{what}: {who}" if who else what
    return build.shortened_title(f"{title}, {where}" if where else title)
