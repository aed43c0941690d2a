"""What each kept column must be: its type, its rows, and the limits between which its numbers lie (design §2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explorer.casefile import columns as c
from explorer.casefile.texts import Repeated, Texts
from explorer.frozen import frozen

_BASES = len(c.BASES)
_MOST_PRECISE = 8  # UCDP's where_prec is 1-7, 0 = not given


@frozen
class Column:
    """A column of a table by its path ("claims.document").

    stored: its numpy type in the file, little-endian; rows: what it has a row for; numbers lie in low ≤ number < high,
    where a name stands for how many of that there are; width: numbers a row; flag: a mask.
    """

    path: str
    stored: str
    rows: str
    low: int | str | None = None
    high: int | str | None = None
    width: int = 1
    flag: bool = False


def _codes(rows: str, **sizes: int) -> Iterator[Column]:
    prefix = "" if rows == "events" else f"{rows}."
    return (Column(f"{prefix}{name}", "|u1", rows, 0, size) for name, size in sizes.items())


def _flags(rows: str, *names: str) -> Iterator[Column]:
    prefix = "" if rows == "events" else f"{rows}."
    return (Column(f"{prefix}{name}", "|u1", rows, 0, 2, flag=True) for name in names)


def _times(path: str) -> Iterator[Column]:
    for name in ("start_min", "start_max", "end_min", "end_max"):
        yield Column(f"{path}.{name}", "<i8", "events")
    yield Column(f"{path}.basis", "|u1", "events", 0, _BASES, width=4)
    yield Column(f"{path}.approx", "|u1", "events", 0, 2, width=4, flag=True)
    yield Column(f"{path}.precision", "|u1", "events", 0, len(c.PRECISIONS))
    yield Column(f"{path}.derived", "|u1", "events", 0, 2, width=4, flag=True)
    yield Column(f"{path}.contested", "|u1", "events", 0, 2, flag=True)


def _claims(path: str) -> Iterator[Column]:
    yield Column(f"{path}.document", "<i4", path, 0, "documents")
    yield from _codes(path, modality=len(c.MODALITIES))
    yield Column(f"{path}.attribution", "<i4", path, -1, "attributions")


#: Every column of numbers of an EventTable, offsets aside.
COLUMNS: tuple[Column, ...] = (
    *_times("time"),
    *_times("text_time"),
    *_codes(
        "events", kind=len(c.KINDS), type=len(c.EVENT_TYPES), hue=len(c.HUES), status=len(c.STATUSES),
        sources=len(c.SOURCES), anchor_relation=5,
    ),
    *_flags("events", "hollow", "container", "aggregate"),
    Column("mode", "<i4", "events", 0, "modes"),
    Column("source_count", "<i4", "events", 0),
    Column("anchor_document", "<i4", "events", -1, "documents"),
    Column("participations.actor", "<i4", "participations", 0, "actors"),
    *_codes("participations", role=len(c.ROLES), basis=_BASES),
    Column("places.location", "<i4", "places", 0, "locations"),
    *_codes("places", role=len(c.PLACE_ROLES), basis=_BASES, precision=_MOST_PRECISE),
    *_codes("quantities", kind=len(c.QUANTITY_KINDS), qualifier=len(c.QUALIFIERS), basis=_BASES),
    *(Column(f"quantities.{name}", "<f8", "quantities") for name in ("low", "best", "high")),
    Column("quantities.of", "<i4", "quantities", -1, "actors"),
    *_claims("claims"),
    Column("value_attributions.value", "<i4", "value_attributions", 0, "attributions"),
    Column("tags.value", "<i4", "tags", 0, "tag_names"),
    *(Column(f"actors.{name}", "<i4", name, 0, "actors", width=2) for name in ("part_of", "leads")),
    *(Column(f"actors.{name}_basis", "|u1", name, 0, _BASES) for name in ("part_of", "leads")),
    Column("locations.parent", "<i4", "locations", -1, "locations"),
    *_flags("locations", "undelimited"),
    *(Column(f"relations.{name}", "<i4", "relations", 0, "actors") for name in ("source", "target")),
    *_codes("relations", type=len(c.RELATION_TYPES), polarity=len(c.POLARITIES), basis=_BASES),
    *_flags("relations", "directed", "hollow"),
    *_claims("relations.claims"),
    *(Column(f"links.{name}", "<i4", "links", 0, "events") for name in ("source", "target")),
    *_codes("links", type=len(c.LINK_TYPES), modality=len(c.MODALITIES), basis=_BASES),
)  # fmt: skip
#: Values of which a row has any number, and what the rows are.
RAGGED: Mapping[str, str] = {
    **dict.fromkeys(("participations", "places", "quantities", "claims", "value_attributions", "tags"), "events"),
    "relations.claims": "relations",
}  # fmt: skip
#: Every column of strings, and what holds it in memory.
STRINGS: Mapping[str, type] = {
    "ids": Texts, "modes": tuple, "tag_names": tuple, "attributions": tuple, "anchored_documents": tuple,
    "merged_ids": tuple, "merged_into": tuple,
    **{f"actors.{name}": tuple for name in ("ids", "names", "kinds", "sides")},
    **{f"locations.{name}": tuple for name in ("ids", "names", "kinds")},
    "documents.ids": Texts, "documents.titles": Texts, "documents.publishers": Repeated, "documents.datasets": Repeated,
    "relations.ids": tuple, "relations.aspects": tuple, "links.ids": tuple,
}  # fmt: skip
#: Columns that hold a list of strings a row.
LISTED: tuple[str, ...] = ("actors.aliases", "locations.aliases")


_BY_PATH: Mapping[str, str] = {column.path: column.stored for column in COLUMNS}
_BY_END: Mapping[str, str] = {
    "data": "", "offsets": "<u4", "ends": "<u4", "codes": "<i4", "counts": "<i4", "keys": "<i8", "kinds": "|u1",
    "rows": "<i4",
}  # fmt: skip


def stored_as(name: str) -> str:
    """Return the numpy type of what is kept under a name; "" for text. Raises KeyError for a name that is none."""
    return _BY_PATH.get(name) or _BY_END[name.rpartition(".")[2]]
