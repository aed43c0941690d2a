"""From rows to what is written: the records of each with their canonical bodies, their digests and the words searched.

This is half of an import's work, and needs nothing of the case: it may be done in a process of its own (rows_apart).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, to_json

from explorer.casefile.found_by import Entries, identity, searched
from explorer.formats.port import Draft, Row, Skipped
from explorer.model.problems import problems_from
from explorer.model.records import LISTS
from explorer.words import tr

#: What is a row's own; other records are shared by many rows.
OWN = frozenset({"documents", "spans", "events"})
#: Of a reader that vouches, one row in so many is validated all the same.
SAMPLE = 100

#: List, id, record (None: as the body has it), body, sha256 of the body, what search finds the record by.
Bodied = tuple[str, str, Draft | None, str, bytes, Entries]


@dataclass(slots=True)
class Made:
    """A row ready to be written; as formats.port.Row, its records with their bodies."""

    line: int
    records: list[Bodied]
    remarks: tuple[str, ...] = ()
    joins: bool = False


class Making:
    """Makes the rows of one file.

    vouched: the drafts are valid by how their reader makes them (a test holds that), so only some are validated: all
    that many rows share, the first rows, and then one in SAMPLE.
    """

    def __init__(self, *, vouched: bool) -> None:
        self._vouched = vouched
        self._count = 0

    def made(self, rows: Iterable[Row | Skipped]) -> Iterator[Made | Skipped]:
        """Yield each row with its bodies; one of which a record is not valid as skipped."""
        for row in rows:
            yield row if isinstance(row, Skipped) else self._one(row)

    def _one(self, row: Row) -> Made | Skipped:
        self._count += 1
        checked = not self._vouched or self._count <= SAMPLE or self._count % SAMPLE == 0
        try:
            records = [bodied(name, draft, checked or name not in OWN) for name, draft in row.records]
        except ValidationError as error:
            problem = problems_from(error)[0]
            return Skipped(row.line, tr("{path}: {found}").format(path=problem.path, found=problem.found))
        except PydanticSerializationError as error:  # text that cannot be written
            return Skipped(row.line, str(error))
        return Made(row.line, records, row.remarks, row.joins)


def bodied(name: str, draft: Draft, checked: bool) -> Bodied:
    """Return a record with its body; checked: it is validated. Raises pydantic.ValidationError."""
    if checked:
        LISTS[name].model_validate(draft)
    body = to_json(draft)
    known_by = identity(name, draft) if name == "mentions" else draft["id"]
    return name, known_by, draft, body.decode(), sha256(body).digest(), searched(name, draft)
