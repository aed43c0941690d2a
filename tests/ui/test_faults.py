from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from explorer.ui.faults import Faults, start_log
from explorer.ui.help_dialogs import AboutDialog, LogDialog, ShortcutsDialog


def failing() -> None:
    raise ValueError("the secret name of a source")


def caught(faults: Faults) -> None:
    try:
        failing()
    except ValueError:
        kind, error, trace = sys.exc_info()
        faults.catch(kind, error, trace)


@pytest.fixture
def log(tmp_path: Path) -> Any:
    before = list(logging.getLogger("explorer").handlers)
    yield start_log(lambda: tmp_path)
    logger = logging.getLogger("explorer")
    for handler in [h for h in logger.handlers if h not in before]:
        logger.removeHandler(handler)
        handler.close()


def test_a_failure_is_logged_with_its_place_but_without_its_words(qapp: Any, log: Path) -> None:
    faults = Faults()
    caught(faults)
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "failing" in written
    assert "secret" not in written
    assert "secret" in faults.kept[0].words


def test_a_failure_shows_a_line_with_details_and_the_program_goes_on(window: Any, log: Path) -> None:
    caught(window.faults)
    assert window.status.details.isVisible()
    assert "went wrong" in window.status.currentMessage()
    window.status.details.click()
    dialog = window.findChild(LogDialog)
    assert "ValueError" in dialog.text.toPlainText()
    window.workspace.set_tab("matrix")
    dialog.reject()


def test_a_failure_in_a_thread_reaches_the_window(window: Any, qtbot: Any, log: Path) -> None:
    with qtbot.waitSignal(window.faults.raised):
        thread = threading.Thread(target=caught, args=(window.faults,))
        thread.start()
        thread.join()


def test_the_last_words_of_python_and_qt_are_taken_over(qapp: Any, log: Path) -> None:
    before = (sys.excepthook, threading.excepthook)
    handler = qInstallMessageHandler(None)
    faults = Faults()
    faults.install()
    try:
        assert sys.excepthook == faults.catch
        faults._catch_from_qt(QtMsgType.QtWarningMsg, None, "QPainter: odd")
        assert "QPainter: odd" in log.read_text(encoding="utf-8")
    finally:
        sys.excepthook, threading.excepthook = before
        qInstallMessageHandler(handler)


def test_a_view_that_cannot_be_drawn_says_so_and_the_others_go_on(
    window: Any, monkeypatch: Any, log: Path
) -> None:
    from explorer.ui import timeline_view

    def broken(*_: Any) -> None:
        raise KeyError("odd")

    monkeypatch.setattr(sys, "excepthook", window.faults.catch)
    with monkeypatch.context() as patch:
        patch.setattr(timeline_view, "layout_timeline", broken)
        window.workspace.set_lanes("place")
        window.grab()
        window.grab()
    assert [fault.kind for fault in window.faults.kept] == ["KeyError"]
    assert window.actors.views["graph"].shown_ids() == window.workspace.shown_ids()
    window.workspace.set_lanes("actor")
    window.grab()
    assert window.timeline.shown_ids() == window.workspace.shown_ids()


def test_no_log_can_be_written_and_nothing_breaks(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert start_log(lambda: blocked / "below") is None


def test_the_sheet_of_keys_holds_every_key(window: Any) -> None:
    dialog = ShortcutsDialog(window.actions_table, window)
    rows = [dialog.tree.topLevelItem(i) for i in range(dialog.tree.topLevelItemCount())]
    said = {row.text(0): row.text(1) for row in rows}
    assert said["Go › Search"].startswith("Ctrl+K")
    assert len(said) > 35


def test_about_names_version_licences_and_no_network(window: Any) -> None:
    from PySide6.QtWidgets import QLabel, QPlainTextEdit

    dialog = AboutDialog(window)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "no network connection" in words
    licences = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "LGPL" in licences
    assert "SIL OPEN FONT LICENSE" in licences.upper()


def test_the_command_palette_finds_and_runs_what_is_typed(window: Any, qtbot: Any) -> None:
    from PySide6.QtCore import Qt

    from explorer.ui.command_palette import CommandPalette

    palette = CommandPalette(window.actions_table, window)
    palette.show()
    qtbot.keyClicks(palette.field, "lanes place")
    assert palette.list.count() == 1
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    assert window.workspace.state.lanes == "place"
    again = CommandPalette(window.actions_table, window)
    assert "Places" in again.list.item(0).text()
    again.reject()
