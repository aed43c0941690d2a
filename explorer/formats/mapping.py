"""How the columns of any table become events: a mapping that a person looks over, saves and uses again (design §5).

A proposed one comes from the names of the columns and the first rows; nothing is imported by a guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from explorer.formats.days import ASK, has_short_year, order_of
from explorer.formats.refused import RefusedError
from explorer.formats.rows import point
from explorer.formats.source import Source
from explorer.formats.syntax import parse
from explorer.formats.tabular import dialect_of, plain, sample_rows
from explorer.model.base import Record, Several, Text, Words, refusal
from explorer.model.codebook import MODES_OF, TYPES
from explorer.model.problems import Problem, problems_from
from explorer.words import tr

Columns = Several[Words]
#: Zero bytes in the first 4096 that a damaged table may have; more are of no text.
_ZEROS = 16
#: Rows that a preview shows, and that a proposal looks at for the order of its dates.
PREVIEW, LOOKED_AT = 20, 4000


class ColumnsOf(Record):
    """Which column, by the name in its header (or its number from 1 where there is none), says what."""

    id: Words | None = None
    date: Words | None = None
    end: Words | None = None
    title: Words | None = None
    type: Words | None = None
    actor: Columns = ()
    recipient: Columns = ()
    party: Columns = ()
    affected: Columns = ()
    country: Words | None = None
    admin1: Words | None = None
    admin2: Words | None = None
    place: Words | None = None
    latitude: Words | None = None
    longitude: Words | None = None
    text: Words | None = None
    source: Words | None = None
    url: Words | None = None
    attribution: Words | None = None
    killed: Words | None = None
    killed_low: Words | None = None
    killed_high: Words | None = None
    injured: Words | None = None
    tags: Columns = ()

    def named(self) -> list[str]:
        """Return every column that is used."""
        found: list[str] = []
        for value in self.model_dump().values():
            found.extend([value] if isinstance(value, str) else value or ())
        return found


class Mapping(Record):
    """All that is needed to read one kind of table; name goes into the ids of its records.

    dates: "ask" is what a proposal says where no date tells the day from the month; it must be put right first.
    """

    format: Literal["dateline-mapping"] = "dateline-mapping"
    version: Literal[1] = 1
    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,15}$")
    title: Words
    publisher: Words | None = None
    licence: Words = "not stated"
    citation: Words = "not stated"
    encoding: Literal[
        "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"
    ] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    header: bool = True
    dates: Literal["year-first", "day-first", "month-first", "excel-serial", "ask"] = "year-first"
    century: Literal["19", "20"] | None = None  # of years of two digits; none: they are refused
    split: Text | None = Field(default=";", min_length=1)
    types: dict[Text, Text] = Field(default_factory=dict)
    columns: ColumnsOf

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.columns.named():
            raise refusal("no column", "the names of the columns to read", at="columns")
        for said, code in self.types.items():
            coded, _, mode = code.partition("/")
            if coded not in TYPES or (mode and mode not in MODES_OF.get(coded, ())):
                raise refusal(f'"{code}"', "a type, or type/mode, such as ASSAULT/aerial", at=f"types.{said}")
        return self

    def as_json(self) -> str:
        """Return the mapping as it is saved: what is not used stays visible, so that it can be filled in."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


class MappingNeeded(Exception):  # noqa: N818 - it asks for something
    """A table that needs a mapping, or an answer in the one it has.

    proposal is a mapping to look over, rows the table's first rows (header included), asks what must be answered.
    """

    def __init__(self, source: str, proposal: Mapping, rows: Sequence[Sequence[str]]) -> None:
        words = tr("{source} is a table of no known kind: it needs a mapping of its columns")
        self.asks = questions(proposal, rows)
        super().__init__(". ".join((words.format(source=source), *self.asks)))
        self.source = source
        self.proposal = proposal
        self.rows = rows


def questions(mapping: Mapping, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return what a mapping leaves open that the rows cannot tell: whether 03/04/2020 begins with its day."""
    column = mapping.columns.date
    if mapping.dates != ASK or column is None:
        return ()
    shown = next((cell for cell in cells_in(rows, column, header=mapping.header) if cell), "03/04/2020")
    asked = tr(
        "No value of “{column}” tells the day from the month ({example}):"
        ' for "dates", write "day-first" or "month-first"'
    )
    return (asked.format(column=column, example=shown),)


def cells_in(rows: Sequence[Sequence[str]], column: str, *, header: bool) -> list[str]:
    """Return the cells of a column, by its name or its number from 1, header left out."""
    names = (
        [*map(plain, rows[0])]
        if header and rows
        else [str(n + 1) for n in range(len(rows[0]) if rows else 0)]
    )
    if plain(column) not in names:
        return []
    at = names.index(plain(column))
    return [row[at].strip() for row in rows[1 if header else 0 :] if at < len(row)]


def read_mapping(path: Path) -> Mapping:
    """Return a saved mapping; raises RefusedError with all that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        found = tr("a mapping that cannot be read: {reason}").format(reason=reason)
        raise RefusedError(Problem("", found, tr("a mapping in JSON"))) from None
    value, problems = parse(text)
    if problems:
        raise RefusedError(*problems)
    try:
        return Mapping.model_validate(value)
    except ValidationError as error:
        raise RefusedError(*problems_from(error)) from None


#: What a column says -> words that its name may be, in plain form; the first that is met counts.
_NAMES: dict[str, str] = {
    "id": "id event_id eventid incident_id record_id nr no number uid key kennung ident code",
    "date": "date event_date start_date date_start start day incident_date datum beginn fecha data when date_debut"
    " from time",
    "end": "end_date date_end end ende enddatum to date_fin fecha_fin",
    "title": "title headline name event titel titre titulo summary überschrift",
    "type": "type event_type category kind art typ kategorie tipo sub_event_type attack_type",
    "actor": "actor actor1 actor_1 perpetrator attacker source_actor source_name täter akteur aggressor by initiator",
    "recipient": "actor2 actor_2 target target_name victim recipient opfer ziel objetivo cible",
    "party": "side_a side_b party party_a party_b group groups partei",
    "country": "country nation state_name land pays pais país country_name",
    "admin1": "admin1 province governorate region state adm_1 adm1 provinz bundesland provincia département oblast",
    "admin2": "admin2 district county adm_2 adm2 bezirk kreis distrito",
    "place": "place location city town village site ort stadt ortschaft lieu lugar where settlement",
    "latitude": "latitude lat y breite breitengrad latitud",
    "longitude": "longitude lon lng long x länge längengrad longitud",
    "text": "text notes note description details narrative beschreibung bemerkung anmerkung descripción descripcion"
    " comment summary_text",
    "source": "source publisher media newspaper quelle fuente outlet source_name",
    "url": "url link source_url web address",
    "attribution": "according_to attribution reported_by source_original",
    "killed": "killed fatalities deaths dead best tote getötete muertos morts nkill casualties_killed",
    "killed_low": "killed_low low deaths_low fatalities_min killed_min min_killed",
    "killed_high": "killed_high high deaths_high fatalities_max killed_max max_killed",
    "injured": "injured wounded verletzte heridos blessés nwound",
    "tags": "tags keywords schlagworte",
}


def proposed(source: Source) -> Mapping | None:
    """Return a mapping to look over, or None where a file is no table of at least two columns."""
    dialect = dialect_of(source.head)
    table = sample_rows(source.head, dialect, LOOKED_AT)
    rows = table[: PREVIEW + 1]
    if (
        not rows
        or len(rows[0]) < 2
        or (source.head[:4096].count(0) > _ZEROS and dialect.encoding in {"utf-8", "utf-8-sig", "cp1252"})
    ):
        return None
    header = _is_header(rows[0])
    names = rows[0] if header else [str(number + 1) for number in range(len(rows[0]))]
    body = rows[1:] if header else rows
    cells = {name: [row[at] for row in body if at < len(row)] for at, name in enumerate(names)}
    columns = roles_proposed(cells, header=header)
    dated = [str(columns[name]) for name in ("date", "end") if name in columns]
    dates = order_of(cell for name in dated for cell in cells_in(table, name, header=header)) or "year-first"
    stem = re.sub(r"[^a-z0-9]+", "-", source.name.split(".")[0].lower()).strip("-")[:16].strip("-")
    if not columns:
        columns = {"text": names[0]}
    return Mapping(
        name=stem if stem[:1].isalpha() else "table", title=source.name, encoding=dialect.encoding,  # type: ignore[arg-type]
        delimiter=dialect.delimiter, header=header, dates=dates,  # type: ignore[arg-type]
        columns=ColumnsOf.model_validate(columns),
    )  # fmt: skip


def roles_proposed(cells: dict[str, list[str]], *, header: bool) -> dict[str, object]:
    """Return which columns say what, as fields of ColumnsOf, from their names (where they have any) and first cells."""
    columns = _by_name(list(cells)) if header else {}
    _by_content(columns, cells)
    return columns


def is_header(first: Sequence[str]) -> bool:
    """Return whether a first row has names: distinct, none empty, a number or a date."""
    return _is_header(first)


def _is_header(first: Sequence[str]) -> bool:
    """Return whether a first row has names: distinct, none empty, a number or a date."""
    names = [cell.strip() for cell in first]
    filled = [name for name in names if name]
    return (
        bool(filled)
        and len(set(filled)) == len(filled)
        and not any(re.fullmatch(r"[-+]?\d[\d.,]*", name) or order_of([name]) for name in filled)
    )


def _by_name(names: Sequence[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    taken: set[str] = set()
    for what, words in _NAMES.items():
        wanted = [plain(word) for word in words.split()]
        fit = [name for word in wanted for name in names if plain(name) == word and name not in taken]
        if not fit:
            continue
        several = isinstance(ColumnsOf.model_fields[what].default, tuple)
        found[what] = tuple(dict.fromkeys(fit)) if several else fit[0]
        taken.update(fit if several else fit[:1])
    return found


def _by_content(columns: dict[str, object], cells: dict[str, list[str]]) -> None:
    """Take a date that has another name, and drop coordinates and dates that are none.

    A column of days whose years have two digits stays: its rows are told, or read where the mapping says a century.
    """
    known = str(columns.get("date"))
    dated = cells.get(known, [])
    if (
        any(cell.strip() for cell in dated)
        and order_of(dated) is None
        and not any(map(has_short_year, dated))
    ):
        del columns["date"]
    if "date" not in columns:
        for name, some in cells.items():
            if (
                name not in columns.values()
                and order_of(some) is not None
                and not all(_is_number(c) for c in some)
            ):
                columns["date"] = name
                break
    if "latitude" in columns and "longitude" in columns:
        pairs = zip(cells[str(columns["latitude"])], cells[str(columns["longitude"])], strict=False)
        if any(point(a.replace(",", "."), b.replace(",", ".")) for a, b in pairs):
            return
    columns.pop("latitude", None)
    columns.pop("longitude", None)


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"\s*\d{1,7}\s*", cell)) or not cell.strip()
