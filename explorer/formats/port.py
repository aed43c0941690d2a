"""The port that every reader of other programs' files fits: sniff a head, then yield row after row (design §5).

A reader gives records as plain dicts, exactly as their canonical JSON body has them (keys in model order, defaults left
out), so that a million rows need not pass through objects; the import validates each before it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from explorer.formats.source import Source
from explorer.frozen import frozen

#: A record as its canonical JSON body has it.
Draft = dict[str, Any]
#: The list a record belongs to ("events"), and the record.
Named = tuple[str, Draft]


@dataclass(slots=True)
class Row:
    """What one row of a file becomes; line is where it begins, 0 for what all rows share.

    remarks: what is odd in a row that is kept all the same, in a few words that many rows share.
    joins: its event may be in the case already, told by other rows; then the claims of both are put together (GDELT).
    """

    line: int
    records: list[Named]
    remarks: tuple[str, ...] = ()
    joins: bool = False


@frozen
class Skipped:
    """A row that cannot be kept, and why, in words that many rows share."""

    line: int
    reason: str


class WrongRow(Exception):  # noqa: N818 - carries why a row is skipped
    """A row that cannot be kept; the message is the reason."""


class Reader(Protocol):
    """Reads one kind of file.

    vouched: its drafts are valid by how they are made, and a test holds that; of others each is validated.
    """

    name: str  # the word for --format
    title: str  # what it is called in sentences
    vouched: bool

    def sniff(self, head: bytes, name: str) -> float:
        """Return how sure it is, 0 to 1, that a file with this head (its first bytes, unpacked) is of its kind."""

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield what each row becomes, in the order of the file; a row with line 0 is what rows share."""

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what is to be known of the file as a whole ("the file does not name its release")."""


@frozen
class Progress:
    """How far a job has come: part done (0 to 1), rows read, rows a second, seconds left (None: not known yet)."""

    part: float
    rows: int
    rate: float
    left: float | None
    words: str = ""


Watch = Callable[[Progress], None]
