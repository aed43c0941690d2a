"""Where the panels stand at first, and how they give way."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox

from explorer.query.selection import Nothing, Picked
from explorer.ui.arrangement import FRAME


def test_the_first_window_leaves_room_for_its_frame_on_the_screen(window: Any) -> None:
    window.arrangement.first()
    assert window.height() + FRAME[1] <= window.screen().availableGeometry().height()


def test_the_card_gives_its_room_back_to_the_text_when_nothing_is_selected(window: Any) -> None:
    card, select = window.docks["source"].widget().card, window.workspace.select
    select(Nothing())
    low = card.height()
    select(Picked(frozenset({"evt-airstrikes"})))
    high = card.height()
    select(Nothing())
    assert card.height() == low < high


def test_the_events_table_comes_to_the_front_with_the_selected_row_in_sight(window: Any) -> None:
    last = window.workspace.table.ids[-1]
    window.workspace.select(Picked(frozenset({last})))
    window.workspace.set_tab("events")
    table = window.actors.views["events"]
    row = next(r for r in range(table.model.rowCount()) if table.model.event_id(r) == last)
    seen = table.view.visualRect(table.model.index(row, 0))
    assert table.view.viewport().rect().intersects(seen)


def test_a_choice_of_long_titles_is_drawn_with_its_arrow(window: Any) -> None:
    (titles,) = [box for box in window.docks["source"].findChildren(QComboBox) if box.isVisible()]
    picture = titles.grab().toImage()
    right = range(picture.width() - 20, picture.width() - 4)
    inks = {picture.pixelColor(x, picture.height() // 2).name() for x in right}
    assert len(inks) > 1
