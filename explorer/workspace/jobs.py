"""Work off the GUI thread: one executor, a generation number per key, one door by which results come back.

The latest request of a key wins; what an older one brings is dropped. No QObject is touched in the worker:
it only emits the one signal, whose slots run on the thread that owns them (aesthetics.md §8, rows 2 and 7).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from explorer.frozen import frozen

_log = logging.getLogger(__name__)


@frozen
class Landed:
    """What a job brought: a value, or the error that ended it."""

    key: str
    generation: int
    value: Any = None
    error: BaseException | None = None


@frozen
class Progressed:
    """How far a job is: a fraction of 0..1 and words for the user."""

    key: str
    generation: int
    fraction: float
    words: str


class Ticket:
    """What a job gets from outside: whether it was cancelled, and where it tells its progress."""

    def __init__(self, jobs: Jobs, key: str, generation: int) -> None:
        self._jobs = jobs
        self.key = key
        self.generation = generation
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the job to end; it does so at its next look."""
        self._stop.set()

    def cancelled(self) -> bool:
        """True once nobody waits for the result any more."""
        return self._stop.is_set()

    def progress(self, fraction: float, words: str) -> None:
        """Tell how far the job is, from any thread."""
        self._jobs.told.emit(Progressed(self.key, self.generation, fraction, words))


class Jobs(QObject):
    """Runs functions of one ticket, off the GUI thread; listen to landed and progressed."""

    told = Signal(object)
    landed = Signal(object)
    progressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._tickets: dict[str, Ticket] = {}
        self._count = 0
        self.told.connect(self._receive)

    def start(self, key: str, work: Callable[[Ticket], Any]) -> int:
        """Run work(ticket) in a worker, in place of an unfinished one of this key; return the generation."""
        self.cancel(key)
        if self._executor is None:
            self._executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="dateline")
        self._count += 1
        ticket = Ticket(self, key, self._count)
        self._tickets[key] = ticket
        self._executor.submit(self._run, ticket, work)
        return ticket.generation

    def cancel(self, key: str) -> None:
        """Drop the running job of key; its result will not land."""
        ticket = self._tickets.pop(key, None)
        if ticket is not None:
            ticket.cancel()

    def running(self, key: str) -> bool:
        """True while a job of key has not landed."""
        return key in self._tickets

    def close(self) -> None:
        """Cancel everything and wait for the worker to end."""
        for key in tuple(self._tickets):
            self.cancel(key)
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _run(self, ticket: Ticket, work: Callable[[Ticket], Any]) -> None:
        try:
            message = Landed(ticket.key, ticket.generation, value=work(ticket))
        except BaseException as error:  # noqa: BLE001 - it travels to the GUI thread inside Landed
            message = Landed(ticket.key, ticket.generation, error=error)
        self.told.emit(message)

    def _receive(self, message: object) -> None:
        assert isinstance(message, Landed | Progressed)
        ticket = self._tickets.get(message.key)
        if ticket is None or ticket.generation != message.generation:
            _log.debug("a late message of %s was dropped", message.key)
        elif isinstance(message, Progressed):
            self.progressed.emit(message)
        else:
            del self._tickets[message.key]
            self.landed.emit(message)
