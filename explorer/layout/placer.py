"""The parent's side of placing: a child process as long-lived as this object, asked by one thread, heard by another.

Forces hold the interpreter's lock for long; in a child they leave the window alone (design §6). Where no child can be
started, the same work is done in the asking thread, and the log says so.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Thread

from explorer.layout.force import Graph, stages
from explorer.layout.wire import GarbledError, Placed, read_answer, send_question

_log = logging.getLogger(__name__)
_PACKAGES = Path(__file__).resolve().parents[2]
#: Seconds that a child gets to end by itself.
_PATIENCE = 2.0


def command() -> list[str]:
    """Return what starts the child."""
    return [sys.executable, "-P", "-m", "explorer.layout.placechild"]


class Placer:
    """Asks for places; heard(Placed) is called from a thread of its own for each stage of the newest question."""

    def __init__(self, heard: Callable[[Placed], None]) -> None:
        self._heard = heard
        self._changed = Condition()
        self._question: tuple[int, Graph] | None = None
        self._unfinished: tuple[int, Graph] | None = None
        self._generation = 0
        self._closed = False
        self._asking: Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._alone = False

    def ask(self, graph: Graph) -> int:
        """Ask for the places of a graph, in place of anything asked before; return the generation."""
        with self._changed:
            self._generation += 1
            self._question = self._unfinished = (self._generation, graph)
            self._changed.notify_all()
            if self._asking is None and not self._closed:
                self._asking = Thread(target=self._ask_all, name="dateline-places", daemon=True)
                self._asking.start()
            return self._generation

    def close(self, *_: object) -> None:
        """End the child; nothing is heard any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def running(self) -> bool:
        """True while a child process is there."""
        return self._child is not None and self._child.poll() is None

    def _stale(self) -> bool:
        return self._closed or self._question is not None

    def _ask_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._stale)
                question, self._question = self._question, None
            if self._closed or question is None:
                break
            if self._alone or not self._sent(*question):
                self._work(*question)
        self._end_child()

    def _sent(self, generation: int, graph: Graph) -> bool:
        """Hand a question to the child, a new one where the old one is gone; False where there is none to be had."""
        for _ in range(2):
            try:
                child = self._child if self.running() else self._start()
                assert child is not None
                assert child.stdin is not None
                send_question(child.stdin, generation, graph)  # type: ignore[arg-type]
                return True
            except OSError as error:
                _log.warning("actors cannot be placed in a child process (%s)", error)
                self._end_child()
        self._alone = True
        _log.warning("actors are placed in this process from now on; large graphs may make it stutter")
        return False

    def _start(self) -> subprocess.Popen[bytes]:
        if getattr(sys, "frozen", False) or not sys.executable:
            raise OSError("there is no interpreter to start")
        paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._child = subprocess.Popen(
            command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        Thread(target=self._listen, args=(self._child,), name="dateline-placed", daemon=True).start()
        return self._child

    def _listen(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None
        with child.stdout as source:
            try:
                while (placed := read_answer(source)) is not None:  # type: ignore[arg-type]
                    self._tell(placed)
            except (GarbledError, OSError, ValueError) as error:
                _log.warning("the child process that places actors was not understood (%s)", error)
        if not self._closed and child is self._child:
            _log.warning("the child process that places actors ended (%s)", child.wait())
            self._again()

    def _again(self) -> None:
        """Place here what a child left undone when it ended."""
        with self._changed:
            self._alone = True
            unfinished = self._unfinished
            if unfinished is not None and self._question is None:
                self._question = unfinished
                self._changed.notify_all()

    def _work(self, generation: int, graph: Graph) -> None:
        places = None
        for places in stages(graph, self._stale):
            self._tell(Placed(generation, places, last=False))
        if places is not None and not self._stale():
            self._tell(Placed(generation, places, last=True))

    def _tell(self, placed: Placed) -> None:
        """Hand on a stage, unless something newer was asked or the listener is gone."""
        with self._changed:
            current = placed.generation == self._generation and not self._closed
            if placed.last and current:
                self._unfinished = None
        if current:
            try:
                self._heard(placed)
            except RuntimeError as error:  # the window went while places were on their way
                _log.debug("nobody hears places any more (%s)", error)
                self.close()

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        assert child.stdin is not None
        try:
            child.stdin.close()
        except OSError as error:
            _log.debug("the child was gone already (%s)", error)
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
