from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from explorer.query.filters import Choice, Filter
from explorer.query.selection import Picked
from explorer.ui.copying import copy_quotes
from explorer.ui.export_dialog import ExportDialog


@pytest.fixture
def dialog(window: Any, settings: Any) -> Any:
    window.workspace.narrow(Filter(actors=Choice(include=("act-russia",))))
    made = ExportDialog(window.workspace, settings, window)
    made.show()
    return made


def test_the_preview_is_the_figure_of_what_is_shown(window: Any, dialog: ExportDialog) -> None:
    assert dialog.preview.figure.scene.event_ids == window.workspace.shown_ids()
    dialog.preview.grab()


def test_the_automatic_caption_follows_the_views_until_it_is_edited(dialog: ExportDialog) -> None:
    automatic = dialog.caption.toPlainText()
    assert "of 25 records" in automatic
    assert dialog.request().caption is None
    dialog.views["actors"].setChecked(True)
    dialog.refresh()
    assert dialog.caption.toPlainText() != automatic
    dialog.caption.setPlainText("My own words")
    dialog.refresh()
    assert dialog.preview.figure.caption_text.startswith("My own words")
    dialog.views["actors"].setChecked(False)
    dialog.refresh()
    assert dialog.caption.toPlainText() == "My own words"


def test_the_automatic_caption_can_be_brought_back(dialog: ExportDialog) -> None:
    automatic = dialog.caption.toPlainText()
    dialog.caption.setPlainText("other")
    dialog.automatic.click()
    assert dialog.caption.toPlainText() == automatic
    assert dialog.request().caption is None


def test_an_emptied_caption_is_no_caption(dialog: ExportDialog) -> None:
    dialog.caption.clear()
    assert dialog.request().caption == "none"


def test_presets_set_the_size_and_any_other_size_is_custom(dialog: ExportDialog) -> None:
    dialog.preset.setCurrentIndex(dialog.preset.findData("square"))
    assert dialog.wide.value() == dialog.tall.value()
    dialog.wide.setValue(777)
    assert dialog.preset.currentData() == "custom"
    assert dialog.request().size[0] == 777


def test_no_view_is_refused_in_words(dialog: ExportDialog) -> None:
    for box in dialog.views.values():
        box.setChecked(False)
    dialog.refresh()
    assert not dialog.save_button.isEnabled()
    assert "at least one" in dialog._problem.text()


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_every_format_is_written(dialog: ExportDialog, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"figure{ending}"
    dialog.write(dialog.preview.figure, path)
    assert path.stat().st_size > 2_000


def test_a_folder_that_is_gone_is_said_and_nothing_is_lost(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.write(dialog.preview.figure, tmp_path / "gone" / "figure.png")
    assert dialog._problem.text()
    assert dialog.isVisible()


def test_current_window_or_all_can_be_chosen_only_when_zoomed(window: Any, settings: Any) -> None:
    assert not ExportDialog(window.workspace, settings, window).stretch.isEnabled()
    window.workspace.look_at((0.0, 2.0))
    zoomed = ExportDialog(window.workspace, settings, window)
    assert zoomed.stretch.isEnabled()
    assert zoomed.request().window == (0.0, 2.0)
    zoomed.stretch.setCurrentIndex(1)
    assert zoomed.request().whole


def test_copying_puts_a_picture_and_its_words_on_the_clipboard(window: Any) -> None:
    window.actions_table["copy_image"].trigger()
    mime = QApplication.clipboard().mimeData()
    assert mime.hasImage()
    assert bytes(mime.data("image/png").data()).startswith(b"\x89PNG")
    assert "Timeline" in mime.text() or "records" in mime.text()


def test_the_view_in_hand_is_the_one_that_is_copied(window: Any) -> None:
    assert window.view_in_hand() == "timeline"
    window.actors.views["graph"].setFocus()
    assert window.view_in_hand() == "actors"


def test_a_quote_is_copied_with_where_it_is_from(window: Any) -> None:
    window.workspace.select(Picked(frozenset({"evt-airstrikes"})))
    window.actions_table["copy_quote"].trigger()
    mime = QApplication.clipboard().mimeData()
    assert "at least 25 fatalities" in mime.text()
    assert "Renewed Violence in Syria" in mime.text()
    assert "sentence" in mime.text()
    assert mime.hasHtml()


def test_nothing_selected_copies_nothing(window: Any) -> None:
    QApplication.clipboard().setText("before")
    assert "Nothing" in copy_quotes(window.workspace)
    assert QApplication.clipboard().text() == "before"
