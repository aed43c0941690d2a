"""From a chunk of rows to the case: validated, compared with what the case has, added, replaced or left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from explorer.casefile.bulk import Bulk, digest, identity
from explorer.formats.port import Draft, Row, Skipped
from explorer.intake.import_report import Counting
from explorer.model.problems import problems_from
from explorer.model.records import LISTS
from explorer.words import tr

#: What is a row's own; other records are shared by many rows.
OWN = frozenset({"documents", "spans", "events"})
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

#: List, record, body, sha256 of the body.
_Bodied = tuple[str, Draft, str, bytes]


class Writing:
    """Writes the rows of one import; of what the case has already, only with update is anything replaced."""

    def __init__(self, bulk: Bulk, *, update: bool) -> None:
        self._bulk = bulk
        self._update = update

    def write(self, rows: Sequence[Row], counting: Counting) -> None:
        """Write a chunk, and count what became of each row."""
        bodied = [(row, self._bodied(row, counting)) for row in rows]
        known = self._known(record for _, records in bodied for record in records or ())
        for row, records in bodied:
            if records is not None:
                self._row(row, records, known, counting)
        self._bulk.flush()

    def _bodied(self, row: Row, counting: Counting) -> list[_Bodied] | None:
        """Return the records of a row with their bodies; None where one of its own is not valid (row skipped)."""
        records: list[_Bodied] = []
        try:
            for name, draft in row.records:
                body = _encoded(draft)
                LISTS[name].model_validate(draft)
                records.append((name, draft, body, digest(body)))
        except ValidationError as error:
            problem = problems_from(error)[0]
            counting.skipped.append(
                Skipped(row.line, tr("{path}: {found}").format(path=problem.path, found=problem.found))
            )
            return None
        except (ValueError, UnicodeEncodeError) as error:
            counting.skipped.append(Skipped(row.line, str(error)))
            return None
        return records

    def _known(self, records: Iterable[_Bodied]) -> dict[tuple[str, str], bytes]:
        ids: dict[str, list[str]] = {}
        for name, draft, _, _ in records:
            ids.setdefault(name, []).append(identity(name, draft))
        return {
            (name, record_id): known
            for name, some in ids.items()
            for record_id, known in self._bulk.known(name, some).items()
        }

    def _row(
        self, row: Row, records: list[_Bodied], known: dict[tuple[str, str], bytes], counting: Counting
    ) -> None:
        ids = [(name, identity(name, draft)) for name, draft, _, _ in records]
        states = [
            (0 if (there := known.get(key)) is None else 1 if there == record[3] else 2)
            for key, record in zip(ids, records, strict=True)
        ]
        own = [state for key, state in zip(ids, states, strict=True) if key[0] in OWN]
        keep_old = 2 in own and not self._update
        for key, state, (name, draft, body, sha) in zip(ids, states, records, strict=True):
            if state == 0 and not (keep_old and name in OWN):
                self._bulk.add(name, draft, body, sha)
            elif state == 2 and self._update and (name in OWN or name != "relations"):
                self._bulk.replace(name, draft, body, sha)
            else:
                continue
            known[key] = sha
        if row.line:
            _count(row, own, counting, updated=self._update)


def _count(row: Row, own: list[int], counting: Counting, *, updated: bool) -> None:
    for words in row.remarks:
        counting.remark(words, row.line)
    if 2 in own:
        if updated:
            counting.updated += 1
        else:
            counting.change(row.line)
    elif 0 in own:
        counting.added += 1
    else:
        counting.unchanged += 1
