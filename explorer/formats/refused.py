"""How a reader refuses a file: with all that is wrong, or because the user gave up."""

from __future__ import annotations

from collections.abc import Callable

from explorer.model.problems import Problem

#: How many problems one message holds, and up to how many the rest is counted.
LIMIT, COUNTED = 50, 10_000

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]


class RefusedError(Exception):
    """A file that cannot be read as it is; problems says where, what was found and what was expected.

    more: how many problems there are besides, None where they were not counted to the end.
    """

    def __init__(self, *problems: Problem, more: int | None = 0) -> None:
        super().__init__("; ".join(str(problem) for problem in problems[:3]))
        self.problems = problems
        self.more = more


class ReadingCancelled(Exception):  # noqa: N818 - nothing went wrong
    """The user gave up waiting."""


def silent(_done: float, _words: str) -> None:
    """Tell nobody how far it has come."""


def never() -> bool:
    """Return that nobody asked to stop."""
    return False
