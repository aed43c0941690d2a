"""The undoable half of a case file: commit, undo, redo, and the steps of its history (design §2, decision 0016)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from explorer.casefile import history, schema
from explorer.casefile.access import Access
from explorer.casefile.errors import CaseFileError
from explorer.model.lists import list_of
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.changes import Change, Edit, Step
    from explorer.casefile.columns import EventTable
    from explorer.casefile.connection import Database

#: Edits that columns are carried over; after more of them they are built anew.
MOST_MOVES = 50
_KNOWN = schema.per_list("SELECT id FROM _list WHERE id IN (SELECT value FROM json_each(?))")
_MOVE_ON = "UPDATE header SET version = version + 1"


class Editing(Access):
    """What is committed is on disk when commit returns; what cannot be is refused, and the file is as it was."""

    def __init__(self, database: Database, *, is_temporary: bool = False) -> None:
        super().__init__(database, is_temporary=is_temporary)
        self._moves: list[tuple[int, list[Change]]] = []  # the version before each edit, and its rows

    def commit(self, edit: Edit) -> Step:
        """Write an edit in one transaction and remember it as a step; what was undone before is forgotten.

        Raises CaseFileError, with .problems where the rules between records would not hold; nothing is written then.
        An edit that changes nothing is no step: what comes back has the number 0.
        """
        from explorer.casefile import committing, planning
        from explorer.casefile.changes import Step

        self._refuse_reading_only()
        made = now()
        with self._database.transaction() as connection, self._as_written(tr("a record")):
            rows = planning.planned(self, edit)
            header = planning.header_change(self, edit, self._modified(made))
            if not rows and not _says_more(header):
                return Step(0, edit.name, made, undone=False, touched=())
            planning.refuse_broken(self, edit, rows)
            changes = [header, *(row.change for row in rows)]
            version = self.version
            committing.apply(connection, changes)
            connection.execute(_MOVE_ON)
            step = history.add(connection, edit.name, made, changes)
        self._remember(version, changes)
        return step

    def undo(self) -> Step | None:
        """Take the last step back; None where there is none, or it cannot be undone."""
        return next(iter(self._walk(history.next_undo(self._database), backwards=True)), None)

    def redo(self) -> Step | None:
        """Make the step again that was undone last; None where there is none."""
        return next(iter(self._walk(history.next_redo(self._database), backwards=False)), None)

    def go_to(self, number: int) -> tuple[Step, ...]:
        """Make the case what it was after a step, 0 for the beginning; return the steps undone or made again.

        Raises CaseFileError where something lies between that cannot be undone.
        """
        steps = self.history()
        if number and number not in {step.number for step in steps}:
            raise CaseFileError(tr("The history has no step {number}.").format(number=number))
        back = [step for step in reversed(steps) if not step.undone and step.number > number]
        if any(step.barrier for step in back):
            raise CaseFileError(tr("What lies before an import cannot be brought back."))
        ahead = [step for step in steps if step.undone and step.number <= number]
        return self._walk(*back, backwards=True) if back else self._walk(*ahead, backwards=False)

    def history(self) -> tuple[Step, ...]:
        """Return all steps in their order, the undone ones at the end."""
        return history.steps(self._database)

    @property
    def undo_step(self) -> Step | None:
        """The step that Undo takes back; None where there is none, or nothing can be written."""
        return None if self.read_only else history.next_undo(self._database)

    @property
    def redo_step(self) -> Step | None:
        """The step that Redo makes again; None as above."""
        return None if self.read_only else history.next_redo(self._database)

    @property
    def can_undo(self) -> bool:
        """True where there is a step to take back."""
        return self.undo_step is not None

    @property
    def can_redo(self) -> bool:
        """True where there is a step to make again."""
        return self.redo_step is not None

    def known(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of ids that the case has a record of."""
        by_list: dict[str, list[str]] = {}
        for record_id in ids:
            by_list.setdefault(list_of(record_id) or "", []).append(record_id)
        return frozenset(
            row[0]
            for name, some in by_list.items()
            if name
            for row in self._database.rows(_KNOWN[name], (json.dumps(some),))
        )

    def naming(self, ids: Collection[str]) -> dict[str, list[str]]:
        """Return every record that names one of ids: list -> ids, a mention by all that it is."""
        from explorer.casefile.dependents import naming

        found: dict[str, dict[str, None]] = {}
        for name, record_id in naming(self, ids):
            found.setdefault(name, {})[record_id] = None
        return {name: list(some) for name, some in found.items()}

    def _walk(self, *steps: Step | None, backwards: bool) -> tuple[Step, ...]:
        """Undo steps, or make them again, all of them in one transaction."""
        from explorer.casefile import committing

        if not any(steps):
            return ()
        self._refuse_reading_only()
        with self._database.transaction() as connection, self._as_written(tr("a record")):
            walked, moved, version = [], [], self.version
            for step in filter(None, steps):
                changes = list(history.changes_of(connection, step, backwards=backwards))
                committing.apply(connection, changes)
                moved += changes
                walked.append(history.mark(connection, step, undone=backwards))
            connection.execute(_MOVE_ON)
        self._remember(version, moved)
        return tuple(walked)

    def _remember(self, version: int, changes: list[Change]) -> None:
        """Keep what an edit changed for the columns, unless nobody has asked for them for long."""
        self._moves = [*self._moves[-MOST_MOVES:], (version, changes)]

    def _followed(self, table: EventTable, version: int) -> EventTable | None:
        """Return the columns of a version from those of an older one; None where they have to be built anew."""
        from explorer.casefile.patching import patched

        moves, self._moves = [move for move in self._moves if move[0] >= table.version], []
        if [before for before, _ in moves] != list(range(table.version, version)):
            return None
        return patched(table, (change for _, changes in moves for change in changes), version)

    def _bar_undo(self, connection: sqlite3.Connection, name: str) -> None:
        """Say in the history that records came in which no step can take out again."""
        history.bar(connection, name, now())

    def _modified(self, made: str) -> str:
        """Return the time of an edit, never before that of the edit before."""
        return max(made, self.header().modified)


def now() -> str:
    """Return this moment, ISO, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _says_more(header: Change) -> bool:
    """Return whether a header differs in more than when it was modified."""
    before, after = (json.loads(body or "{}") for body in (header.before, header.after))
    return {**before, "modified": ""} != {**after, "modified": ""}
