"""A corrected text, the quotes that are asked and lost, the tray they go to, and bounds by hand; all undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from explorer.ui.text_dialog import TextDialog


@pytest.fixture
def dialog(window: Any) -> TextDialog:
    window.actions_table["replace_text"].trigger()
    return window.findChild(TextDialog)


def compared(dialog: TextDialog, qtbot: Any, text: str) -> TextDialog:
    dialog.set_text(text)
    qtbot.waitUntil(dialog.replace_button.isEnabled, timeout=20_000)
    return dialog


def text_of(window: Any) -> str:
    return str(window.workspace.case.source(window.source.document_id()).text)


def test_the_text_as_it_is_cannot_replace_itself(dialog: TextDialog) -> None:
    assert not dialog.replace_button.isEnabled()
    assert "as it is" in dialog.quotes.head.text()


def test_quotes_that_moved_follow_and_other_words_are_asked(
    window: Any, dialog: TextDialog, qtbot: Any
) -> None:
    before = "".join(window.workspace.case.to_json())
    old = text_of(window)
    compared(dialog, qtbot, "Corrected.\n" + old.replace("at least 25 fatalities", "at least 26 fatalities"))
    page = dialog.quotes
    asked = [page.asked.item(row, 0).text() for row in range(page.asked.rowCount())]
    assert "at least 25 fatalities" in asked
    assert page.accepted() == ()
    row = asked.index("at least 25 fatalities")
    page.asked.item(row, 2).setCheckState(Qt.CheckState.Checked)
    assert page.sum.text() == f"1 accepted, {len(asked) - 1} to the tray"
    dialog.replace()
    case = window.workspace.case
    assert len(case.unanchored()) == len(asked) - 1 + page.lost.rowCount()
    assert window.source.tray.isVisibleTo(window) == bool(case.unanchored())
    window.actions_table["undo"].trigger()
    assert "".join(case.to_json()) == before
    assert not window.source.tray.isVisibleTo(window)


def test_a_text_from_a_file_is_compared_too(
    window: Any, dialog: TextDialog, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    from PySide6.QtWidgets import QFileDialog

    path = tmp_path / "corrected.txt"
    path.write_text("Corrected.\n" + text_of(window), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dialog.file_button.click()
    qtbot.waitUntil(dialog.replace_button.isEnabled, timeout=20_000)
    assert "207 quotes" in dialog.quotes.head.text()
    dialog.reject()


def test_typed_over_the_text_keeps_its_no_break_spaces(dialog: TextDialog, qtbot: Any) -> None:
    dialog.set_text("A\u00a0b.")
    dialog.edit.moveCursor(dialog.edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(dialog.edit, " More.")
    assert dialog.text() == "A\u00a0b. More."


@pytest.fixture
def torn(window: Any, dialog: TextDialog, qtbot: Any) -> Any:
    """The sample with the sentence of its airstrikes cut out of the text."""
    case = window.workspace.case
    document = case.source(window.source.document_id())
    (span,) = [
        one
        for one in case.spans(case.spans_at(document.id).values())
        if one.quote == "at least 25 fatalities"
    ]
    sentence = next(one for one in document.sentences if one.start <= span.start < one.end)
    compared(dialog, qtbot, document.text[: sentence.start] + document.text[sentence.end :]).replace()
    assert case.unanchored()
    return window


def test_lost_quotes_lie_in_the_tray_with_what_cites_them(torn: Any) -> None:
    tray, case = torn.source.tray, torn.workspace.case
    assert tray.toggle.text() == f"Unanchored: {len(case.unanchored())}"
    rows = [tray.list.topLevelItem(n) for n in range(tray.list.topLevelItemCount())]
    row = next(one for one in rows if "at least 25 fatalities" in one.text(0))
    assert "Russian and Syrian airstrikes" in row.text(1)
    tray.list.itemActivated.emit(row, 0)
    assert "evt-airstrikes" in torn.workspace.selected_ids()
    tray.toggle.click()
    assert not tray.list.isVisibleTo(torn)


def test_words_that_are_selected_become_the_place_of_a_quote(torn: Any) -> None:
    tray, case = torn.source.tray, torn.workspace.case
    before = "".join(case.to_json())
    loose = len(case.unanchored())
    mentions_only = next(
        n
        for n in range(tray.list.topLevelItemCount())
        if "marked words only" in tray.list.topLevelItem(n).text(1)
    )
    tray.list.setCurrentItem(tray.list.topLevelItem(mentions_only))
    assert not tray.anchor_button.isEnabled()
    sentence = case.source(torn.source.document_id()).sentences[1]
    torn.source.text.set_caret(sentence.start, sentence.start + 4)
    assert tray.anchor_button.isEnabled()
    tray.anchor_button.click()
    assert len(case.unanchored()) == loose - 1
    torn.actions_table["undo"].trigger()
    assert "".join(case.to_json()) == before


def test_removing_evidence_says_what_goes_with_it_and_is_undone(torn: Any) -> None:
    tray, case = torn.source.tray, torn.workspace.case
    loose = len(case.unanchored())
    tray.remove_button.click()
    box = tray.findChild(QMessageBox)
    assert "Undo brings it back" in box.informativeText()
    next(one for one in box.findChildren(QPushButton) if one.property("span")).click()
    assert len(case.unanchored()) < loose
    torn.actions_table["undo"].trigger()
    assert len(case.unanchored()) == loose


def test_a_sentence_is_split_at_the_caret_and_joined_again(window: Any) -> None:
    from explorer.edit.adding import Confirmed, add_document

    text = "The army said it left Hama. It denied losses."
    case = window.workspace.case
    window.workspace.commit(add_document(case, Confirmed(text, "Report", language="en")))
    window.source.show_document("doc-report")
    window.source.text.set_caret(text.index("it left"), text.index("it left"))
    window.actions_table["split_sentence"].trigger()
    assert len(case.source("doc-report").sentences) == 3
    assert window.source.text.caret()[0] == text.index("it left")
    window.source.text.set_caret(2, 2)
    window.actions_table["join_sentence"].trigger()
    assert len(case.source("doc-report").sentences) == 2


def test_a_bound_that_would_cut_a_quote_is_refused_in_words(window: Any) -> None:
    case = window.workspace.case
    document = window.source.document_id()
    start, end = max(case.spans_at(document), key=lambda one: one[1] - one[0])
    inside = case.source(document).text.index(" ", start) + 1
    assert inside < end
    window.source.text.set_caret(inside, inside)
    version = case.version
    window.actions_table["split_sentence"].trigger()
    box = window.findChild(QMessageBox)
    assert "would be cut in two" in box.text()
    assert case.version == version
    box.close()
