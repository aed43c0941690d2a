from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QWidget

from explorer.casefile.store import CaseFile
from explorer.cli import main
from explorer.intake.import_report import head_words
from explorer.intake.importing import import_files
from explorer.ui.import_dialog import ImportDialog
from explorer.ui.import_run import numbers_words
from explorer.ui.problems_dialog import ProblemsDialog
from explorer.workspace.child import Advance

EXCERPT = Path(__file__).parent.parent / "data" / "ucdp_ged_excerpt.csv"
ROWS = """Datum;Ort;Täter;Opfer;Tote;Breite;Länge;Notiz;Art
03/04/2016;Aleppo;Armee;Zivilisten;12;36,2;37,1;Bomben über Aleppo;Luftangriff
05/06/2016;Homs;Rebellen;Armee;x;34,7;36,7;Zweite;Gefecht
07/08/2016;Homs;Rebellen;Armee;3;34,7;36,7;Dritte;Gefecht
"""
FILES, MAPPING, RUN, REPORT = range(4)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "vorfaelle.csv"
    path.write_bytes(ROWS.encode("latin-1"))
    return path


@pytest.fixture
def dialog_of() -> Callable[..., ImportDialog]:
    def made(window: Any, *paths: Path) -> ImportDialog:
        window.actions_table["import"].trigger()
        dialog = window.findChild(ImportDialog)
        dialog.add(paths)
        return dialog

    return made


def drop(window: Any, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def run(dialog: ImportDialog, window: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(window.workspace.importing.done, timeout=30_000):
        dialog.next()
        assert dialog.pages.currentIndex() == RUN


def test_rows_of_ucdp_become_a_temporary_case_with_a_report(welcome: Any, dialog_of: Any, qtbot: Any) -> None:
    dialog = dialog_of(welcome, EXCERPT)
    assert dialog.next_button.text() == "&Import"
    run(dialog, welcome, qtbot)
    assert dialog.pages.currentIndex() == REPORT
    assert dialog.report.head.text() == "42 rows read = 42 kept + 0 skipped; 42 of them new"
    assert "best > high" in dialog.report.words.toPlainText()
    assert len(welcome.workspace.table) == 42
    assert welcome.status.saved.text() == "Imported, not saved as a case"
    assert not welcome.settings.recent()


def test_importing_again_says_that_nothing_was_added(
    make_window: Any, dialog_of: Any, tmp_path: Path, qtbot: Any
) -> None:
    target = tmp_path / "open.dateline"
    import_files([EXCERPT], target)
    window = make_window(target)
    dialog = dialog_of(window, EXCERPT)
    dialog.files.into_open.setChecked(True)
    assert dialog.files.target() == target
    run(dialog, window, qtbot)
    assert "nothing was added" in dialog.report.head.text()
    assert window.workspace.case.path == target


def test_the_dialog_maps_a_table_as_the_command_does(
    welcome: Any, dialog_of: Any, table: Path, tmp_path: Path, qtbot: Any
) -> None:
    dialog = dialog_of(welcome, table)
    dialog.next()
    page = dialog.mapping
    assert dialog.pages.currentIndex() == MAPPING
    assert not dialog.next_button.isEnabled()
    assert "two ways" in page.note.text()
    assert not page.save_button.isEnabled()
    page.dates.setCurrentIndex(page.dates.findData("day-first"))
    with qtbot.waitSignal(page.changed):
        notes = next(choice for choice in page.columns.choices() if choice.key == "Notiz")
        notes.setCurrentIndex(notes.findData("text"))
    assert page.preview.rowCount() == 3
    assert page.preview.item(0, 2).text() == "3 Apr 2016"
    assert "skipped" in page.preview.item(1, 7).text()
    strike = next(choice for choice in page.kinds.choices() if choice.key == "Luftangriff")
    strike.setCurrentIndex(strike.findData("ASSAULT/aerial"))
    page.refresh()
    page.write(tmp_path / "v.map.json")
    dialog.back()
    dialog.files.into_file.setChecked(True)
    dialog.files.path.setText(str(tmp_path / "window"))
    dialog.next()
    run(dialog, welcome, qtbot)
    assert main(["import", str(table), "--to", str(tmp_path / "command.dateline"), "--map",
                 str(tmp_path / "v.map.json")]) == 0  # fmt: skip
    with CaseFile.open(tmp_path / "command.dateline") as case:
        assert case.case_hash() == welcome.workspace.case.case_hash()
    assert welcome.workspace.case.path == tmp_path / "window.dateline"


def test_a_saved_mapping_fills_the_page(welcome: Any, dialog_of: Any, table: Path, tmp_path: Path) -> None:
    dialog = dialog_of(welcome, table)
    dialog.next()
    page = dialog.mapping
    page.dates.setCurrentIndex(page.dates.findData("month-first"))
    page.licence.setText("CC0")
    page.refresh()
    page.write(tmp_path / "v.map.json")
    page.dates.setCurrentIndex(page.dates.findData("day-first"))
    page.licence.setText("")
    page.take(tmp_path / "v.map.json")
    assert page.dates.currentData() == "month-first"
    assert page.licence.text() == "CC0"
    assert page.mapping().as_json() == (tmp_path / "v.map.json").read_text(encoding="utf-8")


def test_a_broken_mapping_is_told_and_changes_nothing(
    welcome: Any, dialog_of: Any, table: Path, tmp_path: Path
) -> None:
    dialog = dialog_of(welcome, table)
    dialog.next()
    before = dict(dialog.mapping.draft.roles)
    (tmp_path / "bad.json").write_text('{"name": 3}', encoding="utf-8")
    dialog.mapping.take(tmp_path / "bad.json")
    assert "expected" in dialog.mapping.note.text()
    assert dialog.mapping.draft.roles == before


def test_another_delimiter_takes_the_file_apart_anew(welcome: Any, dialog_of: Any, table: Path) -> None:
    dialog = dialog_of(welcome, table)
    dialog.next()
    page = dialog.mapping
    page.delimiter.setCurrentIndex(page.delimiter.findData(","))
    assert len(page.columns.choices()) < 9
    page.delimiter.setCurrentIndex(page.delimiter.findData(";"))
    assert len(page.columns.choices()) == 9


def test_a_second_table_of_the_same_columns_is_mapped_alike(
    welcome: Any, dialog_of: Any, table: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.csv"
    second.write_bytes(ROWS.encode("latin-1"))
    dialog = dialog_of(welcome, table, second)
    dialog.next()
    assert dialog.next_button.text() == "&Next"
    dialog.mapping.dates.setCurrentIndex(dialog.mapping.dates.findData("day-first"))
    dialog.mapping.refresh()
    dialog.next()
    assert dialog.mapping.draft.path == second
    assert dialog.mapping.dates.currentData() == "day-first"
    assert dialog.next_button.text() == "&Import"
    dialog.back()
    assert dialog.mapping.draft.path == table


def test_what_cannot_be_imported_is_said_before_it_begins(
    welcome: Any, dialog_of: Any, tmp_path: Path
) -> None:
    (tmp_path / "words.txt").write_text("no table at all", encoding="utf-8")
    dialog = dialog_of(welcome)
    assert not dialog.next_button.isEnabled()
    dialog.add([EXCERPT, tmp_path / "words.txt"])
    assert "words.txt" in dialog.files.note.text()
    assert not dialog.next_button.isEnabled()
    dialog.files.files.selectRow(1)
    dialog.files.remove()
    assert dialog.next_button.isEnabled()


def test_another_case_is_imported_as_the_command_does(
    welcome: Any, dialog_of: Any, sample_path: Path, qtbot: Any
) -> None:
    dialog = dialog_of(welcome, sample_path)
    run(dialog, welcome, qtbot)
    assert len(welcome.workspace.table) == 25


def test_a_failing_file_shows_its_problems_and_returns_to_the_files(
    welcome: Any, dialog_of: Any, tmp_path: Path, qtbot: Any
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    dialog = dialog_of(welcome, bad)
    box = dialog.files.files.cellWidget(0, 1)
    box.setCurrentIndex(box.findData("ged"))
    with qtbot.waitSignal(welcome.workspace.importing.failed, timeout=30_000):
        dialog.next()
    problems = dialog.findChild(ProblemsDialog)
    assert problems.windowTitle() == "Nothing was imported"
    assert "type_of_violence" in problems.list.toPlainText()
    assert dialog.pages.currentIndex() == FILES
    problems.close()


def test_hidden_while_it_runs_the_import_goes_on(welcome: Any, dialog_of: Any, qtbot: Any) -> None:
    dialog = dialog_of(welcome, EXCERPT)
    with qtbot.waitSignal(welcome.workspace.importing.done, timeout=30_000):
        dialog.next()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert welcome.import_link.isVisible()
    assert dialog.isVisible()
    assert not welcome.import_link.isVisible()


def test_an_import_given_up_returns_to_the_files(welcome: Any, dialog_of: Any, qtbot: Any) -> None:
    dialog = dialog_of(welcome, EXCERPT)
    with qtbot.waitSignal(welcome.workspace.importing.given_up, timeout=30_000):
        dialog.next()
        dialog.cancel_button.click()
    assert dialog.pages.currentIndex() == FILES
    assert "given up" in dialog.files.note.text()
    assert welcome.workspace.case is None


def test_a_window_closed_while_importing_leaves_nothing(
    welcome: Any, dialog_of: Any, tmp_path: Path, qtbot: Any
) -> None:
    dialog = dialog_of(welcome, EXCERPT)
    dialog.files.into_file.setChecked(True)
    dialog.files.path.setText(str(tmp_path / "a.dateline"))
    dialog.next()
    welcome.close()
    assert [path.name for path in tmp_path.iterdir() if "dateline" in path.name and path.is_file()] == [
        "dateline.ini"
    ]


def test_the_report_can_be_saved(welcome: Any, dialog_of: Any, tmp_path: Path, qtbot: Any) -> None:
    dialog = dialog_of(welcome, EXCERPT)
    run(dialog, welcome, qtbot)
    dialog.report.write(tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["kept"] == 42
    dialog.report.write(tmp_path / "none" / "report.csv")
    assert "Not saved" in dialog.report.saved.text()
    model = dialog.report.model
    assert model.rowCount() == 8
    assert model.data(model.index(0, 3)) in dialog.report.words.toPlainText()


def test_dropped_tables_are_offered_for_import_and_a_dropped_case_opens(
    welcome: Any, table: Path, tmp_path: Path
) -> None:
    drop(welcome, EXCERPT, table)
    dialog = welcome.findChild(ImportDialog)
    assert [one.form for one in dialog.files.wanted()] == ["ged", "table"]
    dialog.close()
    import_files([EXCERPT], tmp_path / "a.dateline")
    drop(welcome, tmp_path / "a.dateline")
    assert len(welcome.workspace.table) == 42


def test_a_table_that_is_opened_asks_for_its_columns(welcome: Any, table: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(welcome.workspace.failed, timeout=30_000):
        welcome.open(table)
    assert [one.path for one in welcome.findChild(ImportDialog).files.wanted()] == [table]


def test_the_welcome_page_offers_import_and_the_dataset(welcome: Any) -> None:
    said = [button.text() for button in welcome.welcome.doors]
    assert "Import…" in said
    assert "Syria, January 2016 – November 2019 (UCDP GED, 16,566 events)" in said


def test_the_open_sample_takes_no_rows(window: Any, dialog_of: Any) -> None:
    assert dialog_of(window).files.into_open.isHidden()


@pytest.mark.parametrize("page", [FILES, MAPPING])
def test_every_control_has_a_name_and_is_reached_by_tab(
    welcome: Any, dialog_of: Any, table: Path, page: int
) -> None:
    dialog = dialog_of(welcome, table)
    if page == MAPPING:
        dialog.next()
    wanted = [
        w
        for w in dialog.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    interfaces = [QAccessible.queryAccessibleInterface(w) for w in wanted]
    nameless = [
        w for w, i in zip(wanted, interfaces, strict=True) if not i or not i.text(QAccessible.Text.Name)
    ]
    assert [f"{type(w).__name__} in {type(w.parent()).__name__}" for w in nameless] == []
    reached, at = set(), dialog.nextInFocusChain()
    while at is not dialog and at not in reached:
        reached.add(at)
        at = at.nextInFocusChain()
    assert set(wanted) <= reached


def test_progress_tells_rows_rate_and_time_left() -> None:
    assert (
        numbers_words(Advance(0.5, 12_000, 5_100.4, 72.0, ""))
        == "12,000 rows · 5,100 rows a second · 1 min 12 s left"
    )
    assert numbers_words(Advance(1.0, 12, 0.0, 0.0, "")) == "12 rows"


def test_changed_rows_are_counted_as_such_not_as_nothing(tmp_path: Path) -> None:
    import_files([EXCERPT], tmp_path / "a.dateline")
    other = tmp_path / "other.csv"
    other.write_text(
        EXCERPT.read_text(encoding="utf-8").replace("Government of Syria", "Syrian state"), encoding="utf-8"
    )
    said = head_words(import_files([other], tmp_path / "a.dateline"))
    assert "nothing was added" in said
    assert "already" not in said
