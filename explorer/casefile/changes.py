"""What an edit asks of a case, and what is remembered of it (design §2): plain values, no SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.frozen import frozen

if TYPE_CHECKING:
    from explorer.model.records import AnyRecord, CaseHeader


#: Characters that are compared at once.
BLOCK = 4_096


@frozen
class Edit:
    """One undoable change of a case: all of it is committed, or nothing.

    name is worded for the user, as the menu says it after "Undo: ". puts are new or replacing records, by id (a
    mention by all that it is); a CaseHeader among them replaces what the case says of itself. removes are (list, id);
    a mention's id is "span → record (form)", or "span → record" for all its forms. What is both put and removed stays.
    New records come at the end of their lists.
    """

    name: str
    puts: tuple[AnyRecord | CaseHeader, ...] = ()
    removes: tuple[tuple[str, str], ...] = ()


@frozen
class Step:
    """One edit in the history of a case.

    number: 1 for the first; never given twice. made: ISO, UTC. undone: it lies ahead, for Redo. touched: the ids of
    its records. barrier: something that cannot be undone, and nothing before it either (an import).
    """

    number: int
    name: str
    made: str
    undone: bool
    touched: tuple[str, ...]
    barrier: bool = False


@frozen
class Change:
    """One row that differs: its list ("" is the header), its key, its body before and after (None: not there)."""

    list_name: str
    key: int
    record_id: str
    before: str | None
    after: str | None

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.list_name, self.key, self.record_id, self.after, self.before)


@frozen
class Difference:
    """Where two texts differ: from start on, removed stands in the first and added in the second.

    A correction in a long body is a few characters of history.
    """

    start: int
    removed: str
    added: str

    @classmethod
    def between(cls, first: str, second: str) -> Difference:
        """Return the difference of two texts: what is alike at both ends is left out."""
        head = _alike(first, second, min(len(first), len(second)))
        tail = _alike(first[::-1], second[::-1], min(len(first), len(second)) - head)
        return cls(head, first[head : len(first) - tail], second[head : len(second) - tail])

    def applied(self, first: str) -> str:
        """Return the second text, given the first."""
        return first[: self.start] + self.added + first[self.start + len(self.removed) :]

    def reversed(self) -> Difference:
        """Return what leads from the second text to the first."""
        return Difference(self.start, self.added, self.removed)


def _alike(first: str, second: str, most: int) -> int:
    """Return how many characters two texts have in common from their beginning, at most most."""
    for start in range(0, most, BLOCK):
        end = min(start + BLOCK, most)
        if first[start:end] != second[start:end]:
            return next(at for at in range(start, end) if first[at] != second[at])
    return most
