"""From a chunk of rows to the case: validated, compared with what the case has, added, replaced or left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, to_json

from explorer.casefile.bulk import Bulk, identity
from explorer.formats.gdelt import joined
from explorer.formats.port import Draft, Row, Skipped
from explorer.intake.import_report import Counting
from explorer.model.problems import problems_from
from explorer.model.records import LISTS
from explorer.words import tr

#: What is a row's own; other records are shared by many rows.
OWN = frozenset({"documents", "spans", "events"})

#: List, id, record, body, sha256 of the body.
Bodied = tuple[str, str, Draft, str, bytes]
_Key = tuple[str, str]
#: What a record is to the case.
NEW, SAME, CHANGED = range(3)
#: Of a reader that vouches, one row in so many is validated all the same.
SAMPLE = 100


class Writing:
    """Writes the rows of one import; of what the case has already, only with update is anything replaced.

    vouched: the drafts are valid by how their reader makes them (a test holds that), so only some are validated: all
    that many rows share, the first rows, and then one in SAMPLE.
    """

    def __init__(self, bulk: Bulk, *, update: bool, vouched: bool) -> None:
        self._bulk = bulk
        self._update = update
        self._vouched = vouched
        self._count = 0
        self._refused = False  # the row tells of an event otherwise than the case does

    def write(self, rows: Sequence[Row], counting: Counting) -> None:
        """Write a chunk, and count what became of each row."""
        bodied = [(row, self._bodied(row, counting)) for row in rows]
        known = self._known(record for _, records in bodied for record in records or ())
        for row, records in bodied:
            if records is not None:
                self._row(row, records, known, counting)
        self._bulk.flush()

    def _bodied(self, row: Row, counting: Counting) -> list[Bodied] | None:
        """Return the records of a row with their bodies; None where one of its own is not valid (row skipped)."""
        self._count += 1
        checked = not self._vouched or self._count <= SAMPLE or self._count % SAMPLE == 0
        try:
            return [_bodied(name, draft, checked or name not in OWN) for name, draft in row.records]
        except ValidationError as error:
            problem = problems_from(error)[0]
            reason = tr("{path}: {found}").format(path=problem.path, found=problem.found)
        except PydanticSerializationError as error:  # text that cannot be written
            reason = str(error)
        counting.skipped.append(Skipped(row.line, reason))
        return None

    def _known(self, records: Iterable[Bodied]) -> dict[_Key, bytes]:
        ids: dict[str, list[str]] = {}
        for name, record_id, _, _, _ in records:
            ids.setdefault(name, []).append(record_id)
        return {
            (name, record_id): known
            for name, some in ids.items()
            for record_id, known in self._bulk.known(name, some).items()
        }

    def _row(self, row: Row, records: list[Bodied], known: dict[_Key, bytes], counting: Counting) -> None:
        self._refused = False
        if row.joins:
            records = [self._joined(record, known) for record in records]
        keys = [(record[0], record[1]) for record in records]
        if row.line and not row.joins and not any(map(known.get, keys)):
            self._all_new(row, keys, records, known, counting)
            return
        states = [state_of(known.get(key), record[4]) for key, record in zip(keys, records, strict=True)]
        own = [state for key, state in zip(keys, states, strict=True) if key[0] in OWN]
        update = self._update or (row.joins and not self._refused)
        keep_old = CHANGED in own and not update
        for key, state, (name, record_id, draft, body, sha) in zip(keys, states, records, strict=True):
            if state == NEW and not (keep_old and name in OWN):
                self._bulk.add(name, record_id, draft, body, sha)
            elif state == CHANGED and update and name != "relations":
                self._bulk.replace(name, draft, body, sha)
            else:
                continue
            known[key] = sha
        if row.line:
            _count(row, own, counting, updated=update)

    def _all_new(
        self, row: Row, keys: list[_Key], records: list[Bodied], known: dict[_Key, bytes], counting: Counting
    ) -> None:
        """Add a row of which the case has nothing: what most rows are."""
        for key, (name, record_id, draft, body, sha) in zip(keys, records, strict=True):
            self._bulk.add(name, record_id, draft, body, sha)
            known[key] = sha
        _count(row, [NEW for name, _ in keys if name in OWN], counting, updated=False)

    def _joined(self, record: Bodied, known: dict[_Key, bytes]) -> Bodied:
        """Return an event with the claims that the case has of it already; others as they are."""
        name, record_id, draft, _, sha = record
        there = known.get((name, record_id))
        if name != "events" or there is None or there == sha:
            return record
        old = self._bulk.body(name, draft["id"])
        whole = None if old is None else joined(old, draft, update=self._update)
        self._refused = whole is None
        return record if whole is None else _bodied(name, whole, True)


def _bodied(name: str, draft: Draft, checked: bool) -> Bodied:
    if checked:
        LISTS[name].model_validate(draft)
    body = to_json(draft)
    known_by = identity(name, draft) if name == "mentions" else draft["id"]
    return name, known_by, draft, body.decode(), sha256(body).digest()


def state_of(there: bytes | None, sha: bytes) -> int:
    """Return what a record is to the case: NEW, SAME or CHANGED, by the sha256 of what the case has and its own."""
    return NEW if there is None else SAME if there == sha else CHANGED


def _count(row: Row, own: list[int], counting: Counting, *, updated: bool) -> None:
    for words in row.remarks:
        counting.remark(words, row.line)
    if CHANGED in own:
        if updated:
            counting.updated += 1
        else:
            counting.change(row.line)
    elif NEW in own:
        counting.added += 1
    else:
        counting.unchanged += 1
