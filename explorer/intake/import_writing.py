"""From a chunk of rows to the case: compared with what the case has, added, replaced or left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.casefile.bulk import Bulk
from explorer.casefile.rows import parsed
from explorer.formats.gdelt import joined
from explorer.formats.port import Draft
from explorer.intake.import_report import Counting
from explorer.intake.making import OWN, Bodied, Made, bodied

#: Of each list, id -> sha256 of the body that the case has.
Known = dict[str, dict[str, bytes]]
#: What a record is to the case.
NEW, SAME, CHANGED = range(3)


class Writing:
    """Writes the rows of one import; of what the case has already, only with update is anything replaced."""

    def __init__(self, bulk: Bulk, *, update: bool) -> None:
        self._bulk = bulk
        self._update = update
        self._refused = False  # the row tells of an event otherwise than the case does

    def write(self, rows: Sequence[Made], counting: Counting) -> None:
        """Write a chunk, and count what became of each row."""
        known = self._known(record for row in rows for record in row.records)
        for row in rows:
            self._row(row, row.records, known, counting)
        self._bulk.flush()

    def _known(self, records: Iterable[Bodied]) -> Known:
        ids: dict[str, list[str]] = {}
        for record in records:
            ids.setdefault(record[0], []).append(record[1])
        return {name: self._bulk.known(name, some) for name, some in ids.items()}

    def _row(self, row: Made, records: list[Bodied], known: Known, counting: Counting) -> None:
        if row.line and not row.joins and not _any_of(records, known):
            self._all_new(row, records, known, counting)
            return
        self._refused = False
        if row.joins:
            records = [self._joined(record, known) for record in records]
        states = [state_of(known[record[0]].get(record[1]), record[4]) for record in records]
        own = [state for record, state in zip(records, states, strict=True) if record[0] in OWN]
        update = self._update or (row.joins and not self._refused)
        keep_old = CHANGED in own and not update
        for state, record in zip(states, records, strict=True):
            name = record[0]
            if state == NEW and not (keep_old and name in OWN):
                add(self._bulk, record)
            elif state == CHANGED and update and name != "relations":
                self._bulk.replace(name, draft_of(record), record[3], record[4])
            else:
                continue
            known[name][record[1]] = record[4]
        if row.line:
            _count(row, own, counting, updated=update)

    def _all_new(self, row: Made, records: list[Bodied], known: Known, counting: Counting) -> None:
        """Add a row of which the case has nothing: what most rows are."""
        own = []
        for record in records:
            add(self._bulk, record)
            known[record[0]][record[1]] = record[4]
            if record[0] in OWN:
                own.append(NEW)
        _count(row, own, counting, updated=False)

    def _joined(self, record: Bodied, known: Known) -> Bodied:
        """Return an event with the claims that the case has of it already; others as they are."""
        name, record_id, sha = record[0], record[1], record[4]
        there = known[name].get(record_id)
        if name != "events" or there is None or there == sha:
            return record
        old = self._bulk.body(name, record_id)
        whole = None if old is None else joined(old, draft_of(record), update=self._update)
        self._refused = whole is None
        return record if whole is None else bodied(name, whole, True)


def _any_of(records: list[Bodied], known: Known) -> bool:
    """Return whether the case has one of the records."""
    for record in records:  # noqa: SIM110 - a third of the time of any()
        if record[1] in known[record[0]]:
            return True
    return False


def draft_of(record: Bodied) -> Draft:
    """Return a record as plain JSON."""
    return parsed(record[3]) if record[2] is None else record[2]


def add(bulk: Bulk, record: Bodied) -> None:
    """Add a record that the case does not have."""
    bulk.add(record[0], record[1], draft_of(record), record[3], record[4], record[5])


def state_of(there: bytes | None, sha: bytes) -> int:
    """Return what a record is to the case: NEW, SAME or CHANGED, by the sha256 of what the case has and its own."""
    return NEW if there is None else SAME if there == sha else CHANGED


def _count(row: Made, own: list[int], counting: Counting, *, updated: bool) -> None:
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
