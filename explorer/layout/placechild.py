"""The child process that places thousands of actors: python -m explorer.layout.placechild, by its parent alone.

It answers questions from stdin on stdout, the newest first, and ends when stdin does: also where the parent was killed.
It knows no Qt and no file.
"""

from __future__ import annotations

import sys
from threading import Condition, Thread
from typing import BinaryIO

from explorer.layout.force import Graph, stages
from explorer.layout.wire import GarbledError, Placed, read_question, send_answer


class Inbox:
    """The newest question; older ones that nobody took are forgotten."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._changed = Condition()
        self._newest: tuple[int, Graph] | None = None
        self._ended = False

    def listen(self) -> None:
        """Read questions until the parent is gone."""
        question: tuple[int, Graph] | None = None
        while not self._ended:
            try:
                question = read_question(self._source)
            except (GarbledError, OSError, ValueError):
                question = None
            with self._changed:
                self._newest = question
                self._ended = question is None
                self._changed.notify_all()

    def take(self) -> tuple[int, Graph] | None:
        """Wait for a question and return it; None once the parent is gone."""
        with self._changed:
            self._changed.wait_for(self.waiting)
            question, self._newest = self._newest, None
            return question

    def waiting(self) -> bool:
        """Tell whether something newer came, or nothing will come any more."""
        return self._ended or self._newest is not None


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer until source ends."""
    inbox = Inbox(source)
    Thread(target=inbox.listen, daemon=True).start()
    try:
        while (question := inbox.take()) is not None:
            answer(question, sink, inbox)
    except OSError:  # nobody reads the answers any more
        return


def answer(question: tuple[int, Graph], sink: BinaryIO, inbox: Inbox) -> None:
    """Send each stage; the last one again, marked as the last, unless something newer came."""
    generation, graph = question
    places = None
    for places in stages(graph, inbox.waiting):
        send_answer(sink, Placed(generation, places, last=False))
    if places is not None and not inbox.waiting():
        send_answer(sink, Placed(generation, places, last=True))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
