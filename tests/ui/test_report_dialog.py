"""From a report to a case: by file, drop and paste; every proposal confirmed; what is not saved is kept and asked about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from explorer.casefile.store import CaseFile
from explorer.cli import main
from explorer.ui.new_case_dialog import NewCaseDialog
from explorer.ui.report_dialog import ReportDialog
from tests.formats.test_article import ARABIC

NEWS = [
    ("Rebels advance on Hama", "h1"),
    ("Rebel forces reached the edge of Hama on Thursday after days of fighting, residents said.", "p"),
    (
        "“We left at dawn,” said Lt. Gen. Ali Hassan. The S.D.F. and the U.S. did not comment on the advance.",
        "p",
    ),
    (
        "At least 25 people were killed on 3 December, according to a war monitor that follows the fighting.",
        "p",
    ),
]
TEXT = "\n".join(words for words, _ in NEWS)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    body = "".join(f"<{tag}>{words}</{tag}>" for words, tag in NEWS)
    head = (
        '<meta property="og:site_name" content="Wikinews"><meta property="og:title" content="Rebels advance on Hama">'
        '<meta property="article:published_time" content="2024-12-05T08:00:00Z">'
    )
    path = tmp_path / "hama.html"
    path.write_text(
        f'<!DOCTYPE html><html lang="en"><head><title>Hama</title>{head}</head><body><nav><a href="/">Main page</a>'
        f"</nav><article>{body}</article><footer>Licence</footer></body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    for words, _ in NEWS:
        document.add_paragraph(words)
    document.save(tmp_path / "hama.docx")
    return tmp_path / "hama.docx"


@pytest.fixture(autouse=True)
def _nothing_kept(qapp: Any) -> None:
    from explorer.workspace.hub import Workspace

    workspace = Workspace()
    for path in workspace.recovery.root.glob("*.dateline"):
        path.unlink()
    workspace.deleteLater()


def drop(window: Any, *paths: Path) -> ReportDialog:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    return window.findChild(ReportDialog)


def ready(dialog: ReportDialog, qtbot: Any) -> ReportDialog:
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is not dialog.wait_page, timeout=30_000)
    return dialog


def answer(window: Any, name: str) -> None:
    box = window.findChild(QMessageBox, "leaving")
    next(one for one in box.findChildren(QPushButton) if one.property("answer") == name).click()


def test_a_page_dropped_on_the_welcome_page_becomes_a_new_case_once_confirmed(
    welcome: Any, page: Path, qtbot: Any
) -> None:
    dialog = ready(drop(welcome, page), qtbot)
    fields = dialog.fields
    assert fields.case_title.text() == "Rebels advance on Hama"
    assert fields.publisher.text() == "Wikinews"
    assert fields.whence["publisher"].text() == "proposed from the page's own description"
    assert (fields.date.edtf, fields.date_whence.text()) == ("2024-12-05", "From the page's own description")
    assert fields.language_code() == "en"
    assert welcome.workspace.case is None
    qtbot.keyClicks(fields.authors, "Ann; Bo B.")
    dialog.add_report()
    case = welcome.workspace.case
    (document,) = case.records(["doc-rebels-advance-on-hama"])
    assert (document.text, document.publisher, document.authors) == (TEXT, "Wikinews", ("Ann", "Bo B."))
    assert document.published.edtf == "2024-12-05"
    (cited,) = case.records(document.published.citations)
    assert cited.title == "Date of the report: From the page's own description (hama.html)"
    said = [document.text[one.start : one.end] for one in document.sentences]
    assert said[2:4] == ["“We left at dawn,” said Lt. Gen. Ali Hassan.", NEWS[2][0].split("Hassan. ")[1]]
    assert welcome.source.document_id() == document.id
    assert "not saved to a file of yours yet" in welcome.status.saved.text()


def test_several_are_confirmed_one_after_another_and_one_may_be_skipped(
    welcome: Any, page: Path, word: Path, qtbot: Any
) -> None:
    dialog = ready(drop(welcome, word, page, word), qtbot)
    assert dialog.preview.text.toPlainText() == TEXT
    assert dialog.left.text() == "2 more to follow"
    dialog.add_report()
    ready(dialog, qtbot)
    assert dialog.name.text() == "hama.html"
    assert "in the case already: ‘Rebels advance on Hama’" in dialog.twin.text()
    dialog.skip_button.click()
    ready(dialog, qtbot)
    dialog.reject()
    assert welcome.workspace.case.count("documents") == 1


def test_an_arabic_text_in_an_old_encoding_is_read_right_and_its_encoding_can_be_changed(
    welcome: Any, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "hama.txt"
    path.write_bytes(ARABIC.encode("cp1256"))
    dialog = ready(drop(welcome, path), qtbot)
    assert dialog.fields.encoding.currentText() == "Windows-1256 (Arabic)"
    assert dialog.fields.language_code() == "ar"
    place = dialog.fields.encoding.findData("cp1251")
    dialog.fields.encoding.setCurrentIndex(place)
    dialog.fields.encoding.activated.emit(place)
    assert ARABIC not in dialog.preview.text.toPlainText()
    place = dialog.fields.encoding.findData("cp1256")
    dialog.fields.encoding.setCurrentIndex(place)
    dialog.fields.encoding.activated.emit(place)
    dialog.fields.title.setText("حماة")
    dialog.add_report()
    (document,) = welcome.workspace.case.sources()
    assert document.text == ARABIC
    assert len(document.sentences) == 2


def test_pasted_text_is_added_to_the_open_case_and_undone(window: Any, qtbot: Any) -> None:
    before = "".join(window.workspace.case.to_json())
    QApplication.clipboard().setText("Second report\nThe army denied it.")
    window.actions_table["paste_report"].trigger()
    dialog = ready(window.findChild(ReportDialog), qtbot)
    assert not dialog.fields.form.isRowVisible(dialog.fields.case_title)
    dialog.fields.date.line.setText("5 Dec 2024")
    dialog.add_report()
    assert window.workspace.case.count("documents") == 2
    assert window.source.document_id() == "doc-second-report"
    window.actions_table["undo"].trigger()
    assert "".join(window.workspace.case.to_json()) == before


def test_a_date_that_is_none_keeps_the_report_from_being_added(window: Any, qtbot: Any) -> None:
    QApplication.clipboard().setText("Second report\nThe army denied it.")
    window.actions_table["paste_report"].trigger()
    dialog = ready(window.findChild(ReportDialog), qtbot)
    dialog.fields.date.line.setText("tomorrow or so")
    dialog.add_report()
    assert window.workspace.case.count("documents") == 1
    dialog.fields.language.setEditText("klingon!")
    dialog.fields.language_changed.emit()
    dialog.fields.changed.emit()
    assert not dialog.add_button.isEnabled()
    dialog.reject()


def test_a_broken_file_is_told_of_and_the_next_goes_on(
    welcome: Any, page: Path, tmp_path: Path, qtbot: Any
) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 and nothing")
    dialog = ready(drop(welcome, tmp_path / "scan.pdf", page), qtbot)
    assert dialog.pages.currentWidget() is dialog.trouble_page
    assert dialog.trouble_head.text() == "scan.pdf was not added"
    assert "What you can do" in dialog.trouble_words.text() or "Expected" in dialog.trouble_words.text()
    dialog.next()
    ready(dialog, qtbot)
    assert dialog.pages.currentWidget() is dialog.form_page
    dialog.reject()


def test_a_new_case_is_begun_by_its_title_and_offered_again(welcome: Any, qtbot: Any) -> None:
    welcome.actions_table["new_case"].trigger()
    dialog = welcome.findChild(NewCaseDialog)
    assert not dialog.begin.isEnabled()
    qtbot.keyClicks(dialog.title, "Hama 2024")
    dialog.accept()
    assert welcome.workspace.case.title == "Hama 2024"
    assert "No report yet" in welcome.source.text.nothing
    welcome.source.text.grab()  # it is drawn
    QApplication.clipboard().setText("A report\nWords.")
    welcome.actions_table["paste_report"].trigger()
    ready(welcome.findChild(ReportDialog), qtbot).add_report()
    welcome.actions_table["close"].trigger()
    answer(welcome, "keep")
    assert welcome.workspace.case is None
    assert welcome.welcome.unsaved.isVisibleTo(welcome.welcome)
    welcome.welcome.unsaved.chosen.emit(welcome.workspace.recovery.unsaved()[0].path)
    assert welcome.workspace.case.count("documents") == 1


def test_closing_the_window_over_an_edited_sample_asks(
    make_window: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    from PySide6.QtWidgets import QFileDialog

    from explorer.edit.values import set_field

    target = tmp_path / "mine.dateline"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    for choice, kept in (("", 0), ("save", 0), ("keep", 1), ("discard", 1)):
        window = make_window()
        window.workspace.commit(set_field(window.workspace.case, "evt-airstrikes", "status", "disputed"))
        assert not window.close()
        answer(window, choice)
        if not choice:
            assert window.isVisible()
            window.leaving.asks = False
            window.workspace.recovery.give_up(window.workspace.case)
            window.close()
        assert not window.isVisible()
        assert len(window.workspace.recovery.unsaved()) == kept
    with CaseFile.open(target) as case:
        assert case.can_undo


def test_an_unedited_sample_is_closed_without_a_word(window: Any) -> None:
    assert window.close()


def test_a_case_made_from_a_report_is_whole_for_the_commands(
    welcome: Any, page: Path, tmp_path: Path, qtbot: Any, monkeypatch: Any, capsys: Any
) -> None:
    from PySide6.QtWidgets import QFileDialog

    target = tmp_path / "hama.dateline"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    ready(drop(welcome, page), qtbot).add_report()
    assert welcome.save_as()
    assert welcome.status.saved.text() == "Saved"
    welcome.workspace.close_case()
    assert main(["check", str(target)]) == 0
    assert main(["info", str(target)]) == 0
    assert "Rebels advance on Hama" in capsys.readouterr().out
