"""A mapping while a person makes it: what is found out, what is chosen, and what is still missing.

Nothing is guessed in silence: dates that may be read in two ways wait for a choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from explorer.formats.days import ASK, day_in, has_short_year, order_of
from explorer.formats.mapping import ColumnsOf, Mapping, is_header, roles_proposed
from explorer.formats.preview import Preview, preview
from explorer.formats.refused import RefusedError
from explorer.formats.source import opened
from explorer.formats.tabular import Dialect, dialect_of, plain, sample_rows
from explorer.frozen import frozen
from explorer.model.problems import Problem, problems_from
from explorer.words import tr

#: Rows in the head of a file that are looked through for dates and kinds of act.
LOOKED_AT = 5000
#: Roles that several columns may play.
SHARED_ROLES = frozenset(name for name, of in ColumnsOf.model_fields.items() if isinstance(of.default, tuple))
ROLES: dict[str, str] = {
    "": "– not used –", "date": "Date", "end": "Last day", "title": "Headline", "text": "Text or notes",
    "type": "Kind of act", "actor": "Who did it", "recipient": "To whom", "party": "A party, no direction",
    "affected": "Who was affected", "place": "Place", "admin2": "District", "admin1": "Province",
    "country": "Country", "latitude": "Latitude", "longitude": "Longitude", "killed": "Killed",
    "killed_low": "Killed, at least", "killed_high": "Killed, at most", "injured": "Injured", "source": "Source",
    "url": "Address of the source", "attribution": "According to", "id": "Id of the row", "tags": "Tags",
}  # fmt: skip


@frozen
class Lack:
    """What a mapping still lacks, in words; without what is needed nothing can be imported."""

    words: str
    needed: bool = True


@dataclass
class Drafting:
    """The mapping of one file on its way; change its fields, then ask mapping() and lacks()."""

    path: Path
    file_name: str
    head: bytes
    delimiter: str = ","
    encoding: str = "utf-8"
    header: bool = True
    chosen_dates: str | None = None
    century: str | None = None
    name: str = "table"
    title: str = ""
    publisher: str = ""
    licence: str = ""
    citation: str = ""
    split: str | None = ";"
    types: dict[str, str] = field(default_factory=dict)
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Drafting:
        """Return what the file itself tells; raises RefusedError where it cannot be read."""
        with opened(path) as source:
            draft = cls(path, source.name, source.head, title=source.name)
        dialect = dialect_of(draft.head)
        draft.delimiter, draft.encoding = dialect.delimiter, dialect.encoding
        first = sample_rows(draft.head, dialect, 1)
        draft.header = bool(first) and is_header(first[0])
        stem = re.sub(r"[^a-z0-9]+", "-", draft.file_name.split(".")[0].lower()).strip("-")[:16].strip("-")
        draft.name = stem if stem[:1].isalpha() else "table"
        draft.propose()
        return draft

    def propose(self) -> None:
        """Say anew which column plays which role, as far as names and cells tell."""
        cells = {name: some[:20] for name, some in self.cells().items()}
        found = roles_proposed(cells, header=self.header)
        self.roles = {
            role: (named,) if isinstance(named, str) else tuple(map(str, named))  # type: ignore[call-overload]
            for role, named in found.items()
        }

    def cells(self) -> dict[str, list[str]]:
        """Return the columns by name, in order, each with the cells in the head of the file."""
        rows = sample_rows(self.head, Dialect(self.encoding, self.delimiter), LOOKED_AT)
        if not rows:
            return {}
        names = rows[0] if self.header else [str(number + 1) for number in range(len(rows[0]))]
        body = rows[1:] if self.header else rows
        found: dict[str, list[str]] = {}
        known: set[str] = set()
        for at, name in enumerate(names):
            if name.strip() and plain(name) not in known:  # of two of one name the first is read
                known.add(plain(name))
                found[name.strip()] = [row[at] for row in body if at < len(row)]
        return found

    def role_of(self, column: str) -> str:
        """Return the role that a column plays, "" for none."""
        return next((role for role, named in self.roles.items() if _among(column, named)), "")

    def assign(self, column: str, role: str) -> None:
        """Let a column play one role; of a role that one column plays it takes the place of the other."""
        for each, named in tuple(self.roles.items()):
            self.roles[each] = tuple(name for name in named if plain(name) != plain(column))
        if role:
            before = self.roles.get(role, ()) if role in SHARED_ROLES else ()
            self.roles[role] = (*before, column)
        self.roles = {each: named for each, named in self.roles.items() if named}

    @property
    def dates(self) -> str | None:
        """How days are written: as chosen, or as the cells tell; None where they may be read in two ways."""
        if self.chosen_dates is not None:
            return self.chosen_dates
        order = order_of(self._date_cells())
        return None if order == ASK else order or "year-first"

    def doubtful_date(self) -> str:
        """Return a date that may be read in two ways, where no other of the column decides; else ""."""
        cells = self._date_cells()
        if order_of(cells) != ASK:
            return ""
        both = (
            cell.strip()
            for cell in cells
            if day_in(cell, "day-first", "20") and day_in(cell, "month-first", "20")
        )
        return next(both, cells[0].strip())

    def short_year(self) -> str:
        """Return a date whose year has two digits, "" where there is none."""
        return next((cell.strip() for cell in self._date_cells() if has_short_year(cell)), "")

    def _date_cells(self) -> list[str]:
        cells = self.cells()
        named = [*self.roles.get("date", ()), *self.roles.get("end", ())]
        return [cell for name, some in cells.items() if _among(name, named) for cell in some if cell.strip()]

    def kinds(self) -> list[str]:
        """Return what the column of kinds of act says, the most frequent first."""
        counts: dict[str, int] = {}
        for name, some in self.cells().items():
            if _among(name, self.roles.get("type", ())):
                for cell in some:
                    if said := cell.strip():
                        counts[said] = counts.get(said, 0) + 1
        return sorted(counts, key=lambda said: (-counts[said], said))

    def lacks(self) -> list[Lack]:
        """Return what is missing, the needed first."""
        found: list[Lack] = []
        if not self.roles:
            found.append(Lack(tr("Say of at least one column what it tells.")))
        if self.dates is None:
            found.append(
                Lack(
                    tr("“{date}” may be read in two ways, and no other date decides: choose how dates are written.")
                    .format(date=self.doubtful_date())
                )
            )  # fmt: skip
        if (short := self.short_year()) and self.century is None:
            found.append(
                Lack(tr("The year of “{date}” has two digits: choose its century.").format(date=short))
            )
        if self.roles and not found:
            found.extend(Lack(str(problem)) for problem in self._problems())
        found.extend(self._half_points())
        if self.roles and "date" not in self.roles:
            found.append(Lack(tr("No column gives a date: the events will have none."), needed=False))
        return found

    def _half_points(self) -> list[Lack]:
        missing = {"latitude", "longitude"} - self.roles.keys()
        if len(missing) != 1:
            return []
        words = tr("No column gives the {what}: no point can be placed.")
        return [Lack(words.format(what=tr(ROLES[missing.pop()]).lower()), needed=False)]

    def _problems(self) -> tuple[Problem, ...]:
        try:
            self._made()
        except ValidationError as error:
            return tuple(problems_from(error))
        return ()

    def mapping(self) -> Mapping | None:
        """Return the mapping, None while something needed is missing."""
        return None if any(lack.needed for lack in self.lacks()) else self._made()

    def _made(self) -> Mapping:
        columns = {
            role: named if role in SHARED_ROLES else named[0] for role, named in self.roles.items() if named
        }
        return Mapping.model_validate({
            "name": self.name, "title": self.title.strip() or self.file_name,
            "publisher": self.publisher.strip() or None,
            "licence": self.licence.strip() or "not stated", "citation": self.citation.strip() or "not stated",
            "encoding": self.encoding, "delimiter": self.delimiter, "header": self.header, "dates": self.dates,
            "century": self.century, "split": self.split,
            "types": {said: code for said, code in self.types.items() if code},
            "columns": columns,
        })  # fmt: skip

    def take(self, mapping: Mapping) -> None:
        """Be as a saved mapping says."""
        self.delimiter, self.encoding, self.header = mapping.delimiter, mapping.encoding, mapping.header
        self.chosen_dates = None if mapping.dates == ASK else mapping.dates
        self.century, self.split, self.types = mapping.century, mapping.split, dict(mapping.types)
        self.name, self.title, self.publisher = mapping.name, mapping.title, mapping.publisher or ""
        self.licence = "" if mapping.licence == "not stated" else mapping.licence
        self.citation = "" if mapping.citation == "not stated" else mapping.citation
        said = mapping.columns.model_dump(exclude_none=True)
        self.roles = {
            role: (named,) if isinstance(named, str) else tuple(named)
            for role, named in said.items()
            if named
        }

    def fits(self, mapping: Mapping) -> bool:
        """Return whether the file has every column that a mapping names."""
        other = Drafting(self.path, self.file_name, self.head)
        other.take(mapping)
        known = {plain(name) for name in other.cells()}
        return all(plain(name) in known for name in mapping.columns.named())

    def preview(self) -> Preview:
        """Return the first rows as they will be read; none while something needed is missing."""
        try:
            mapping = self.mapping()
            return Preview(()) if mapping is None else preview(self.file_name, self.head, mapping)
        except RefusedError as error:
            return Preview((), str(error))


def _among(column: str, named: tuple[str, ...] | list[str]) -> bool:
    return any(plain(column) == plain(name) for name in named)
