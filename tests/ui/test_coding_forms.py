"""Coding in the window: forms beside the text, words taken for fields, drafts that survive, what is left to code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coding_by_keyboard import ALT, CTRL, SHIFT, Coder, Key, new_case
from PySide6.QtWidgets import QLabel

from explorer.casefile.reading import plain
from explorer.model.records import LISTS
from explorer.query.selection import Picked
from explorer.ui.action_rows import MENUS
from explorer.ui.coding_form import Section
from explorer.ui.review_dialog import ReviewDialog

ARABIC = "قصف 😀 الجيش بلدة سراقب.\nقتل 12 شخصا على الأقل 🏠 في الغارة، وفق المرصد.\nنزح السكان."
NUMBERS = "Jets hit the depot on 03/04/2024. At least 25 people died. The army denied it."


@pytest.fixture
def at_keyboard(qtbot: Any) -> Any:
    """Give a window the keyboard, in its text."""

    def sit_down(window: Any) -> Coder:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.source.text.setFocus()
        return Coder(window)

    return sit_down


@pytest.fixture
def coder_on(make_window: Any, tmp_path: Path, at_keyboard: Any) -> Any:
    def open_text(text: str, language: str = "en") -> Coder:
        return at_keyboard(make_window(new_case(tmp_path / "new.dateline", text, "A title", language)))

    return open_text


@pytest.fixture
def coder(window: Any, at_keyboard: Any) -> Coder:
    return at_keyboard(window)


def select(coder: Coder, words: str) -> None:
    text = coder.window.source._pages.document.text
    coder.select(text.index(words), text.index(words) + len(words))


def dump(coder: Coder) -> dict[str, list[str]]:
    case = coder.window.workspace.case
    return {name: [each.model_dump_json() for each in case.all(name)] for name in LISTS}


def events(coder: Coder) -> list[Any]:
    return list(coder.window.workspace.case.all("events"))


def quotes(coder: Coder, record: str) -> dict[str, str]:
    case = coder.window.workspace.case
    return {one.path: case.spans([one.span])[0].quote for one in case.cited(record)}


def form_of(coder: Coder) -> Any:
    return coder.window.coding.desk.form


def test_an_event_is_coded_by_a_few_keys_and_undone_to_the_byte(coder: Coder) -> None:
    before = dump(coder)
    select(coder, "the shifting focus of Russian military assets")
    coder.press(Key.Key_E)
    coder.type("Russian assets shift")
    select(coder, "Russian military assets")
    coder.press(Key.Key_D, ALT)
    coder.press(Key.Key_Return)
    assert coder.here is coder.text
    coder.press(Key.Key_S, CTRL)
    made = events(coder)[-1]
    assert made.title == "Russian assets shift"
    assert [part.actor for part in made.participants] == ["act-russian-forces"]
    assert quotes(coder, made.id)["participants[0]"] == "Russian military assets"
    assert coder.window.workspace.state.selection == Picked(frozenset({made.id}))
    assert coder.here is coder.text
    coder.press(Key.Key_Z, CTRL)
    assert dump(coder) == before


def test_offsets_hold_in_arabic_and_after_emoji(coder_on: Any) -> None:
    coder = coder_on(ARABIC, "ar")
    coder.press(Key.Key_Home, CTRL)
    coder.press(Key.Key_Down, CTRL)
    coder.press(Key.Key_S)
    coder.press(Key.Key_E)
    coder.type("A raid")
    coder.go_to_text()
    coder.text.set_caret(ARABIC.index("المرصد"), ARABIC.index("المرصد") + len("المرصد"))
    coder.press(Key.Key_A, ALT)
    coder.press(Key.Key_Return)
    kinds = coder.here.choices.list
    coder._mark(kinds, lambda item: item.data(256) == "source")
    coder.press(Key.Key_Return)
    coder.press(Key.Key_S, CTRL)
    (made,) = events(coder)
    assert quotes(coder, made.id)["claims[0]"] == ARABIC.split("\n")[1]
    assert made.claims[0].attribution.text == "المرصد"
    assert [actor.name for actor in coder.window.workspace.case.all("actors")] == ["المرصد"]


def test_shift_and_arrows_select_by_letters_and_by_words_around_emoji(coder_on: Any) -> None:
    coder = coder_on(ARABIC, "ar")
    coder.press(Key.Key_Home, CTRL)
    coder.press(Key.Key_Left, CTRL | SHIFT, 2)
    marked = coder.text.marked()
    assert ARABIC[marked.start : marked.end] == "قصف 😀"


def test_a_date_with_two_meanings_is_asked_and_a_number_keeps_its_qualifier(coder_on: Any) -> None:
    coder = coder_on(NUMBERS)
    select(coder, "Jets hit the depot on 03/04/2024")
    coder.press(Key.Key_E)
    coder.type("A strike")
    select(coder, "on 03/04/2024")
    coder.press(Key.Key_N, ALT)
    row = form_of(coder).sections["time"].rows[0]
    assert "day first" in row.edit.echo.text()
    coder.press(Key.Key_S, CTRL)
    assert events(coder) == []
    assert "day first" in row.problem.text()
    coder.tab_to(lambda widget: "month first" in getattr(widget, "text", str)())
    coder.press(Key.Key_Return)
    assert row.edit.date.text() == "2024-03-04"
    select(coder, "At least 25 people died")
    coder.press(Key.Key_M, ALT)
    number = form_of(coder).sections["quantities"].rows[0]
    assert (number.sign.text(), number.kind.currentData()) == ("≥ 25", "fatalities")
    coder.press(Key.Key_S, CTRL)
    question = form_of(coder).question
    assert "sentence 2" in question.words.text()
    coder.press(Key.Key_Return)
    (made,) = events(coder)
    assert made.time.edtf == "2024-03-04"
    assert (made.quantities[0].low, made.quantities[0].best) == (25, None)
    assert len(made.claims[0].evidence) == 2


def test_that_another_sentence_speaks_of_it_can_be_a_reading_with_its_reason(coder_on: Any) -> None:
    coder = coder_on(NUMBERS)
    select(coder, "Jets hit the depot")
    coder.press(Key.Key_E)
    select(coder, "At least 25 people died")
    coder.press(Key.Key_M, ALT)
    coder.press(Key.Key_S, CTRL)
    question = form_of(coder).question
    question.buttons["inferred"].click()
    assert question.note.hasFocus()
    coder.type("the next sentence, no other strike is told")
    question.buttons["inferred"].click()
    (made,) = events(coder)
    assert [(claim.basis, claim.note) for claim in made.claims] == [
        ("stated", None), ("inferred", "the next sentence, no other strike is told"),
    ]  # fmt: skip


def test_a_draft_survives_the_form_and_the_window(
    coder_on: Any, make_window: Any, at_keyboard: Any, tmp_path: Path
) -> None:
    coder = coder_on(NUMBERS)
    select(coder, "Jets hit the depot")
    coder.press(Key.Key_E)
    coder.type("Half a strike")
    select(coder, "Jets")
    coder.press(Key.Key_D, ALT)
    coder._mark(coder.here.choices.list, lambda item: item.data(256) == "+")
    coder.press(Key.Key_Return)
    coder.press(Key.Key_Return)
    coder.window.close()
    again = make_window(tmp_path / "new.dateline")
    coder = at_keyboard(again)
    assert events(coder) == []
    assert again.source.drafts.isVisibleTo(again)
    again.actions_table["continue_draft"].trigger()
    form = again.coding.desk.form
    assert form.title.text() == "Half a strike"
    assert [row.picker.text() for row in form.sections["participants"].rows] == ["Jets (new)"]
    form.title.setFocus()
    coder.press(Key.Key_S, CTRL)
    assert [actor.name for actor in again.workspace.case.all("actors")] == ["Jets"]
    assert not again.source.drafts.isVisibleTo(again)
    assert not list((again.settings.folder / "drafts").glob("*"))


def test_a_draft_is_on_disk_soon_after_the_last_key(coder_on: Any, qtbot: Any) -> None:
    coder = coder_on(NUMBERS)
    select(coder, "Jets hit the depot")
    coder.press(Key.Key_E)
    coder.type("Typed")
    folder = coder.window.settings.folder / "drafts"
    qtbot.waitUntil(
        lambda: any("Typed" in file.read_text("utf-8") for file in folder.glob("*.json")), timeout=5000
    )


def test_escape_keeps_the_draft_and_an_untouched_form_leaves_none(coder_on: Any) -> None:
    coder = coder_on(NUMBERS)
    select(coder, "Jets hit the depot")
    coder.press(Key.Key_E)
    coder.press(Key.Key_Escape)
    assert form_of(coder) is None
    assert not coder.window.source.drafts.isVisibleTo(coder.window)
    coder.press(Key.Key_E)
    coder.type("Kept")
    coder.press(Key.Key_Escape)
    assert coder.window.source.drafts.isVisibleTo(coder.window)
    assert coder.here is coder.text


def test_problems_stand_at_their_fields(coder_on: Any) -> None:
    coder = coder_on(NUMBERS)
    select(coder, "Jets hit the depot")
    coder.press(Key.Key_E)
    coder.go_to_text()
    coder.press(Key.Key_Home, CTRL)
    coder.press(Key.Key_D, ALT)
    coder.press(Key.Key_S, CTRL)
    row = form_of(coder).sections["participants"].rows[0]
    assert "Choose one of the list" in row.problem.text()
    assert row.picker.hasFocus()
    assert events(coder) == []


def test_what_is_there_is_changed_in_its_form_and_keeps_what_no_field_shows(coder: Coder) -> None:
    workspace = coder.window.workspace
    before = workspace.case.record("evt-airstrikes")
    workspace.select(Picked(frozenset({"evt-airstrikes"})))
    coder.press(Key.Key_F2)
    form = form_of(coder)
    assert form.heading.text() == "Change the event"
    coder.press(Key.Key_S, CTRL)
    same = plain(workspace.case.record("evt-airstrikes"))
    assert [key for key, value in plain(before).items() if same.get(key) != value] == []
    coder.press(Key.Key_F2)
    coder.type("Another headline")
    coder.press(Key.Key_S, CTRL)
    after = workspace.case.record("evt-airstrikes")
    assert plain(after) == {**plain(before), "title": "Another headline"}


@pytest.mark.parametrize("record", ["evt-militia-entry", "evt-civil-war", "evt-territory-reclaimed"])
def test_every_field_of_an_event_comes_through_its_form(coder: Coder, record: str) -> None:
    from explorer.edit.reopening import event_draft

    workspace = coder.window.workspace
    workspace.select(Picked(frozenset({record})))
    coder.window.actions_table["change"].trigger()
    assert form_of(coder).draft() == event_draft(workspace.case, record)


@pytest.mark.parametrize("record", ["rel-iran-allied-government", "rel-iran-supports-government"])
def test_a_relation_comes_through_its_form(coder: Coder, record: str) -> None:
    from explorer.edit.reopening import relation_draft

    coder.window.workspace.select(Picked(frozenset({record})), focus=record)
    coder.window.actions_table["change"].trigger()
    assert form_of(coder).draft() == relation_draft(coder.window.workspace.case, record)


def test_a_relation_is_coded_by_keyboard(coder: Coder) -> None:
    select(coder, "external pressures on both Russia and Hezbollah")
    coder.press(Key.Key_R)
    coder.type("Hezbollah")
    coder.press(Key.Key_Return)
    coder.choose("allied_with")
    coder.press(Key.Key_Tab)
    coder.type("Russia")
    coder.press(Key.Key_Return)
    form = form_of(coder)
    assert (form.polarity.currentData(), form.directed.isChecked()) == ("cooperative", False)
    coder.press(Key.Key_S, CTRL)
    made = list(coder.window.workspace.case.all("relations"))[-1]
    assert (made.source, made.type, made.target) == ("act-hezbollah", "allied_with", "act-russia")
    assert quotes(coder, made.id)["claims[0]"] == "external pressures on both Russia and Hezbollah"


def test_two_events_are_linked_with_the_words_that_say_so(coder: Coder) -> None:
    coder.window.workspace.select(Picked(frozenset({"evt-airstrikes"})))
    select(coder, "The resumption of airstrikes")
    coder.press(Key.Key_L, CTRL)
    coder.choose("in_response_to")
    coder.press(Key.Key_Tab)
    coder.type("Rebel offensive")
    coder.press(Key.Key_Return)
    coder.press(Key.Key_S, CTRL)
    made = list(coder.window.workspace.case.all("links"))[-1]
    assert (made.source, made.type, made.target) == (
        "evt-airstrikes",
        "in_response_to",
        "evt-rebel-offensive",
    )
    assert quotes(coder, made.id) == {"evidence": "The resumption of airstrikes"} or list(
        quotes(coder, made.id).values()
    ) == ["The resumption of airstrikes"]


def test_a_name_is_marked_with_the_others_like_it_as_one_step(coder_on: Any) -> None:
    coder = coder_on("Idlib was hit. People fled Idlib, and Idlibis mourned. Idlib is quiet.")
    before = dump(coder)
    select(coder, "Idlib")
    coder.press(Key.Key_L)
    asked = coder.window.coding.desk.mention
    assert "2 p" in asked.others.text()
    coder.press(Key.Key_L, ALT)
    coder.press(Key.Key_Return)
    coder._mark(coder.here.choices.list, lambda item: item.data(256) == "admin1")
    coder.press(Key.Key_Return)
    coder.press(Key.Key_Return)
    case = coder.window.workspace.case
    assert [(place.name, place.kind) for place in case.all("locations")] == [("Idlib", "admin1")]
    document = coder.window.source.document_id()
    assert [each.start for each in case.mentions_in(document)] == [0, 27, 55]
    assert coder.here is coder.text
    coder.press(Key.Key_Z, CTRL)
    assert dump(coder) == before


def test_words_that_mean_a_known_actor_are_one_enter_away(coder: Coder) -> None:
    count = len(list(coder.window.workspace.case.all("mentions")))
    select(coder, "Iranian regime has")
    coder.press(Key.Key_Left, CTRL | SHIFT)
    coder.press(Key.Key_A)
    coder.press(Key.Key_Return)
    made = list(coder.window.workspace.case.all("mentions"))
    assert len(made) == count + 1
    assert (made[-1].refers_to, made[-1].form) == ("act-iran", "nominal")


def test_single_keys_without_words_say_what_to_do_and_change_nothing(coder: Coder) -> None:
    coder.press(Key.Key_Home, CTRL)
    for key in (Key.Key_A, Key.Key_L, Key.Key_E, Key.Key_R):
        coder.press(key)
    assert form_of(coder) is None
    assert "Select words first" in coder.window.status.currentMessage()


def test_the_next_uncoded_sentence_is_one_key_away_and_coverage_is_told(coder_on: Any) -> None:
    coder = coder_on(NUMBERS)
    assert "0 of 3 sentences coded" in coder.window.source._about.text()
    coder.press(Key.Key_S)
    coder.press(Key.Key_E)
    coder.press(Key.Key_S, CTRL)
    assert "1 of 3 sentences coded" in coder.window.source._about.text()
    coder.press(Key.Key_F8)
    assert coder.text.textCursor().position() == NUMBERS.index("At least")
    coder.press(Key.Key_F8)
    coder.press(Key.Key_F8)
    assert coder.text.textCursor().position() == NUMBERS.index("At least")
    coder.press(Key.Key_F8, SHIFT)
    assert coder.text.textCursor().position() == NUMBERS.index("The army")


def test_oversights_are_a_list_one_can_walk(coder_on: Any) -> None:
    coder = coder_on(NUMBERS)
    coder.window.actions_table["review"].trigger()
    (dialog,) = coder.window.findChildren(ReviewDialog)
    assert dialog.list.count() == 4
    dialog.activateWindow()
    dialog.list.setFocus()
    Coder.press(_In(dialog), Key.Key_Down)
    Coder.press(_In(dialog), Key.Key_Return)
    assert coder.window.source.highlighted() == ["At least 25 people died."]
    select(coder, "Jets hit the depot")
    coder.press(Key.Key_E)
    coder.press(Key.Key_S, CTRL)
    assert dialog.list.count() == 3


class _In:
    """A dialog in the place of the window that a coder types in."""

    def __init__(self, dialog: Any) -> None:
        self.window = dialog


def test_the_caret_stays_where_it_is_over_an_edit(coder: Coder) -> None:
    select(coder, "Hezbollah")
    at = coder.text.caret()
    coder.press(Key.Key_A)
    coder.press(Key.Key_Return)
    assert coder.text.caret() == at


def test_a_case_for_reading_only_is_not_coded(make_window: Any, at_keyboard: Any, tmp_path: Path) -> None:
    path = new_case(tmp_path / "fixed.dateline", NUMBERS)
    path.chmod(0o444)
    window = make_window(path)
    window.workspace.case.freeze("fixed")
    coder = at_keyboard(window)
    select(coder, "Jets")
    coder.press(Key.Key_E)
    assert form_of(coder) is None


def test_the_letters_of_a_form_are_its_own(coder: Coder) -> None:
    """No button of a form answers to the letter of a menu or of another button."""
    select(coder, "Hezbollah")
    coder.press(Key.Key_E)
    words = [*MENUS.values()]
    for section in form_of(coder).findChildren(Section):
        words += [button.text() for button in section._buttons.children() if hasattr(button, "text")]
    letters = [each[each.index("&") + 1].casefold() for each in words if "&" in each]
    assert len(set(letters)) == len(letters), letters
    assert len(letters) >= 16


def test_the_meaning_of_a_class_stands_beside_it(coder: Coder) -> None:
    coder.window.workspace.select(Picked(frozenset({"evt-airstrikes"})))
    coder.press(Key.Key_F2)
    meaning = form_of(coder).findChild(QLabel, "codeGuide")
    assert "Strikes from the air" in meaning.text()
