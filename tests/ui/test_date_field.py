"""A date is read as it is typed: echoed, asked where it has two readings, refused with a reason where it is none."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from explorer.ui.date_field import DateField
from explorer.ui.start import application


@pytest.fixture
def field(qtbot: Any) -> DateField:
    application()
    made = DateField("Date")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def typed(qtbot: Any, field: DateField, text: str, *, finish: bool = True) -> list[object]:
    said: list[object] = []
    field.accepted.connect(said.append)
    field.line.clear()
    qtbot.keyClicks(field.line, text)
    if finish:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    field.accepted.disconnect(said.append)
    return said


@pytest.mark.parametrize(
    ("text", "edtf", "echo"),
    [
        ("about 2 Dec 2024", "2024-12-02~", "about 2 December 2024"),
        ("2015", "2015", "2015"),
        ("Nov 2024", "2024-11", "November 2024"),
        ("2024-11-27", "2024-11-27", "27 November 2024"),
    ],
)
def test_a_plain_date_is_accepted_as_edtf_and_echoed_in_words(
    qtbot: Any, field: DateField, text: str, edtf: str, echo: str
) -> None:
    assert typed(qtbot, field, text) == [edtf]
    assert field.edtf == edtf
    assert field.echo.words.text() == echo
    assert field.line.accessibleDescription() == echo
    assert field.line.accessibleName() == "Date"


def test_the_reading_is_echoed_while_it_is_typed_and_half_a_date_is_not_scolded(
    qtbot: Any, field: DateField
) -> None:
    assert typed(qtbot, field, "27 No", finish=False) == []
    assert not field.echo.isVisible()
    typed(qtbot, field, "27 Nov 2024", finish=False)
    assert field.echo.words.text() == "27 November 2024"
    assert field.edtf is None


def test_a_day_in_numbers_is_asked_and_a_button_answers(qtbot: Any, field: DateField) -> None:
    assert typed(qtbot, field, "03.04.2024") == []
    assert "3 April 2024 (day first) or 4 March 2024 (month first)" in field.echo.words.text()
    assert [button.accessibleName() for button in field.echo.buttons] == [
        "3 April 2024 (day first)",
        "4 March 2024 (month first)",
    ]
    with qtbot.waitSignal(field.accepted) as said:
        field.echo.buttons[1].click()
    assert said.args == ["2024-03-04"]
    assert field.echo.words.text() == "4 March 2024"
    assert field.echo.buttons == []


def test_a_day_with_one_possible_order_is_asked_too(qtbot: Any, field: DateField) -> None:
    assert typed(qtbot, field, "27.11.2024") == []
    assert len(field.echo.buttons) == 1
    assert not field.finish()


def test_a_question_is_answered_by_keys(qtbot: Any, field: DateField) -> None:
    typed(qtbot, field, "03.04.2024")
    with qtbot.waitSignal(field.accepted) as said:
        qtbot.keyClick(field.line, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert said.args == ["2024-04-03"]


def test_nonsense_is_refused_with_its_reason_and_what_was_accepted_stays(
    qtbot: Any, field: DateField
) -> None:
    typed(qtbot, field, "2015")
    assert typed(qtbot, field, "early 2024") == []
    assert "which has no agreed bounds" in field.echo.problem.text()
    assert "which has no agreed bounds" in field.line.accessibleDescription()
    assert field.edtf == "2015"
    assert not field.finish()


def test_an_emptied_field_says_that_there_is_no_date(qtbot: Any, field: DateField) -> None:
    typed(qtbot, field, "2015")
    assert typed(qtbot, field, "") == [None]
    assert not field.echo.isVisible()


def test_a_known_date_is_shown_without_a_word_to_anybody(qtbot: Any, field: DateField) -> None:
    said: list[object] = []
    field.accepted.connect(said.append)
    field.set_edtf("2024-12-02~")
    assert said == []
    assert field.line.text() == "2024-12-02~"
    assert field.echo.words.text() == "about 2 December 2024"


def test_the_time_filter_takes_plain_words_and_keeps_edtf(qtbot: Any, window: Any) -> None:
    times = window.docks["filters"].widget().times
    times._from.setText("Nov 2024")
    times._from.editingFinished.emit()
    assert window.workspace.state.filter.time_from == "2024-11"
    assert times._from.text() == "Nov 2024"
    times._to.setText("27.11.2024")
    times._to.editingFinished.emit()
    assert window.workspace.state.filter.time_to is None
    window.workspace.back()
    assert times._from.text() == ""


def test_go_to_a_date_asks_until_it_has_one_reading(qtbot: Any, window: Any) -> None:
    from explorer.ui.date_dialog import DateDialog

    window.actions_table["go_to_date"].trigger()
    dialog = window.findChild(DateDialog)
    dialog.field.line.setText("27.11.2024")
    dialog.accept()
    assert dialog.isVisible()
    dialog.field.line.choose(dialog.field.line.answer.readings[0])
    dialog.accept()
    assert not dialog.isVisible()
    assert window.workspace.state.axis == "calendar"
    start, end = window.workspace.state.window
    assert start <= 1732665600 <= end


def test_a_first_date_after_the_last_is_told(window: Any) -> None:
    times = window.docks["filters"].widget().times
    for line, text in ((times._from, "2016"), (times._to, "2015")):
        line.setText(text)
        line.editingFinished.emit()
    assert times._crossed.isVisible()
    times._to.setText("2016")
    times._to.editingFinished.emit()
    assert not times._crossed.isVisible()
