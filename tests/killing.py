"""Sessions that are made to be killed: a server that has everything loaded, and forks a window for each round.

    python killing.py   reads "KIND SEED PATH" a line; tells the number of a process, then what that process tells,
                        then "ended"

A session tells "> what" before it does something and "= place sum" when the workspace says that it is done: the number
of the step that the case stands at, and the sum of its JSON. "c sum" says that a copy was saved.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


def sum_of(case: Any) -> str:
    return hashlib.sha256("".join(case.to_json()).encode()).hexdigest()


def place_of(case: Any) -> int:
    done = [step.number for step in case.history() if not step.undone]
    return max(done, default=0)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def killed(server: subprocess.Popen[str], kind: str, seed: int, path: Path, life: float) -> list[str]:
    """Return what a session told until it was killed at a random moment."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(f"{kind} {seed} {path}\n")
    server.stdin.flush()
    child = int(server.stdout.readline())
    told = [server.stdout.readline()]
    timer = threading.Timer(life, os.killpg, (child, signal.SIGKILL))
    timer.start()
    for line in server.stdout:
        if line.startswith("ended"):
            assert line == f"ended {int(signal.SIGKILL)}\n", told[-1]
            break
        told.append(line)
    timer.join()
    return [line for line in told if line.endswith("\n")]


class Session:
    """Edits the case of a workspace at random, for ever."""

    def __init__(self, workspace: Any, path: Path, draw: random.Random) -> None:
        self.workspace, self.path, self.draw = workspace, path, draw
        self.count = 0
        workspace.refused.connect(self._refused)

    def acknowledge(self) -> None:
        say(f"= {place_of(self.workspace.case)} {sum_of(self.workspace.case)}")

    def step(self) -> None:
        """Do one thing; called by the event loop whenever it has nothing else to do."""
        if self.workspace.importing.running:
            return
        kinds: list[tuple[float, Callable[[], Any]]] = [
            (0.6, self.edit), (0.78, self.workspace.undo), (0.88, self.workspace.redo), (0.95, self.go_to), (1.0, self.copy),
        ]  # fmt: skip
        roll = self.draw.random()
        act = next(each for limit, each in kinds if roll < limit)
        say(f"> {act.__name__}")
        act()
        self.acknowledge()

    def edit(self) -> None:
        from anyedit import any_edit

        from explorer.casefile.errors import CaseFileError

        with suppress(IndexError, CaseFileError):
            self.workspace.commit(any_edit(self.workspace.case, self.draw))

    def go_to(self) -> None:
        steps = [step.number for step in self.workspace.case.history()][-5:]
        self.workspace.go_to(self.draw.choice([0, *steps]))

    def copy(self) -> None:
        self.workspace.case.save_copy(
            self.path.with_name("copy.dateline"), with_history=self.draw.random() < 0.5
        )
        say(f"c {sum_of(self.workspace.case)}")

    def bring_in(self) -> None:
        """Import into the open case, in the child process that the window starts."""
        from explorer.workspace.importing import ImportRequest, Wanted

        say("> import")
        self.workspace.importing.done.connect(self._imported)
        self.workspace.importing.start(ImportRequest((Wanted(DATA / "ucdp_ged_excerpt.csv"),), self.path))

    def _imported(self, _: object) -> None:
        self.acknowledge()

    def _refused(self, _: object) -> None:
        """Nothing is to be done: a refused edit is acknowledged as the state before."""


def edit_for_ever(path: Path) -> None:
    """Edit a case file without a window, and tell the number of each edit when commit has returned."""
    from explorer.casefile.changes import Edit
    from explorer.casefile.store import CaseFile
    from explorer.model.records import Actor

    case = CaseFile.open(path)
    number = len(case.history())
    while True:
        number += 1
        event: Any = case.record("evt-airstrikes")
        event = event.model_copy(update={"title": f"edit {number}", "note": "x" * 20_000})
        new = Actor(id=f"act-{number}", name=f"Actor {number}", kind="person")
        case.commit(Edit(f"edit {number}", (event, new)))
        say(f"{number}")


def run(kind: str, seed: int, path: Path) -> None:
    """Be a window, or a workspace without one, that edits a case until it is killed."""
    from PySide6.QtCore import QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from explorer.ui.faults import Faults
    from explorer.ui.palette import Look
    from explorer.ui.settings import Settings
    from explorer.ui.window import MainWindow
    from explorer.workspace.hub import Workspace

    app = QApplication(["dateline"])
    workspace = Workspace(app)
    if kind == "window":
        settings = Settings(QSettings(str(path.with_name("dateline.ini")), QSettings.Format.IniFormat))
        window = MainWindow(workspace, settings, Look("light", app), Faults(app), clean=True)
        window.resize(900, 600)
        window.show()
    workspace.open(path)
    session = Session(workspace, path, random.Random(seed))
    session.acknowledge()
    if kind == "import":
        session.bring_in()
    timer = QTimer(app)
    timer.timeout.connect(session.step)
    timer.start(0)
    app.exec()


def _asked() -> Iterator[tuple[str, int, Path]]:
    for line in sys.stdin:
        kind, seed, path = line.rstrip("\n").split(" ", 2)
        yield kind, int(seed), Path(path)


def main() -> None:
    import anyedit  # noqa: F401 - loaded once, here

    import explorer.intake.importing
    import explorer.ui.window  # noqa: F401

    for kind, seed, path in _asked():
        child = os.fork()
        if not child:
            os.setsid()
            try:
                edit_for_ever(path) if kind == "file" else run(kind, seed, path)
            except BaseException as error:  # noqa: BLE001 - it is told, and the round fails
                say(f"failed {error!r}")
            os._exit(3)
        say(f"{child}")
        _, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):  # what it had started
            os.killpg(child, signal.SIGKILL)
        say(f"ended {os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}")


if __name__ == "__main__":
    main()
