"""The document's date is set in the source pane, an event's from its card; a contradiction appears, and undo clears it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from explorer.query.selection import Picked
from explorer.ui.date_editor import DateEditor
from explorer.ui.event_table import EventTable


def opened(window: Any, record: str | None = None) -> DateEditor:
    if record is None:
        window.source.published.button.click()
    else:
        window.workspace.select(Picked(frozenset({record})))
        (link,) = (b for b in window.source.card.findChildren(QPushButton) if b.text() == "Set date…")
        link.click()
    found: list[DateEditor] = window.source.findChildren(DateEditor)
    assert found
    return found[-1]


def type_date(editor: DateEditor, text: str) -> None:
    editor.field.line.setText(text)
    editor.accept()


def test_the_source_pane_says_when_the_report_appeared_and_whence_that_is_known(window: Any) -> None:
    words = window.source.published.words
    assert words.text().replace("\u2068", "").replace("\u2069", "") == (
        "Published: about 2 December 2024 (from outside the report: WDBO)"
    )
    window.actions_table["text_only"].trigger()
    assert "no date in the report" in words.text()
    assert "WDBO" not in words.text()


def test_the_editor_shows_what_is_known_and_keeps_it(window: Any) -> None:
    editor = opened(window)
    assert editor.field.edtf == "2024-12-02~"
    assert editor.basis.basis == "reference"
    assert editor.reference.citations == ("ref-2",)
    type_date(editor, "about 3 Dec 2024")
    time = window.workspace.case.record("doc-seed").published
    assert (time.edtf, time.citations) == ("2024-12-03~", ("ref-2",))
    assert time.note
    assert "about 3 December 2024" in window.source.published.words.text()
    window.workspace.undo()
    assert "about 2 December 2024" in window.source.published.words.text()


def test_an_impossible_date_brings_the_contradiction_and_undo_clears_it(window: Any) -> None:
    status, panel = window.status.contradictions, window.contradictions
    assert not status.isVisible()
    assert not panel.isVisible()
    type_date(opened(window), "2016")
    assert status.isVisible()
    assert "1 contradiction" in status.text()
    assert panel.isVisible()
    said = [link.fact.words for link in panel.facts()]
    assert any("is of 2016" in words for words in said)
    assert any("“Rebel offensive” is dated from 27 Nov 2024" in words.replace("\u2068", "").replace("\u2069", "")
               for words in said)  # fmt: skip
    window.workspace.undo()
    assert not status.isVisible()
    assert not panel.isVisible()


def test_a_fact_of_a_contradiction_leads_to_its_record_and_its_words(window: Any) -> None:
    type_date(opened(window), "2016")
    link = next(each for each in window.contradictions.facts() if each.fact.spans)
    link.clicked.emit(link.fact)
    assert window.workspace.state.selection == Picked(frozenset({link.fact.record}))
    quotes = {span.quote for span in window.workspace.case.spans(link.fact.spans)}
    assert set(window.source.highlighted()) <= quotes
    assert window.source.highlighted()


def test_the_switch_for_what_the_report_says_clears_a_contradiction_from_outside(window: Any) -> None:
    type_date(opened(window), "2016")
    window.actions_table["text_only"].trigger()
    assert not window.status.contradictions.isVisible()
    assert window.contradictions.count == 0
    window.actions_table["text_only"].trigger()
    assert window.status.contradictions.isVisible()


def test_the_list_is_asked_for_in_the_menu_and_says_that_nothing_contradicts(window: Any, qtbot: Any) -> None:
    window.actions_table["contradictions"].trigger()
    assert window.contradictions.isVisible()
    assert "No contradiction" in window.contradictions.heading.text()
    window.contradictions.close_panel()
    assert not window.contradictions.isVisible()
    type_date(opened(window), "2016")
    window.contradictions.close_panel()
    window.status.contradictions.click()
    assert window.contradictions.isVisible()
    first = window.contradictions.facts()[0]
    assert window.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert window.workspace.state.focus == first.fact.record


def test_a_date_from_a_new_reference_makes_it(window: Any) -> None:
    editor = opened(window)
    editor.reference.known.setCurrentIndex(editor.reference.known.count() - 1)
    type_date(editor, "20 Dec 2024")
    assert editor.isVisible()
    assert "reference" in editor.problem.text()
    editor.reference.title.setText("A newspaper")
    editor.accept()
    assert "A newspaper" in window.source.published.words.text()


def test_a_date_in_the_text_takes_the_words_that_are_selected_meanwhile(window: Any) -> None:
    editor = opened(window, "evt-russia-2015")
    editor.basis.choose("stated")
    text = window.workspace.case.source("doc-seed").text
    at = text.index("airstrikes", 200)
    window.source.text.set_caret(at, at + len("airstrikes"))
    assert "airstrikes" in editor.words.words.text()
    type_date(editor, "2014")
    assert editor.isVisible()
    assert "No claim of this record" in editor.problem.text()
    editor.claims.setChecked(True)
    editor.accept()
    record = window.workspace.case.record("evt-russia-2015")
    assert record.time.edtf == "2014"
    assert "airstrikes" in {span.quote for span in window.workspace.case.spans(record.time.evidence)}


def test_a_day_in_numbers_or_nonsense_leaves_the_form_open_and_the_case_as_it_was(window: Any) -> None:
    editor, version = opened(window), window.workspace.case.version
    for text in ("27.11.2024", "early 2024", ""):
        type_date(editor, text)
        assert editor.isVisible()
    assert window.workspace.case.version == version


def test_clear_takes_the_date_away(window: Any) -> None:
    editor = opened(window)
    editor.clear.click()
    assert window.workspace.case.record("doc-seed").published is None
    assert "no date in the report" in window.source.published.words.text()
    again = opened(window)
    assert not again.clear.isEnabled()


def test_the_form_closes_with_its_case(window: Any) -> None:
    editor = opened(window)
    window.actions_table["close"].trigger()
    assert not editor.isVisible()


def test_the_events_table_says_in_a_tip_what_dates_rest_on(window: Any) -> None:
    window.actions_table["tab.events"].trigger()
    model = window.actors.findChild(EventTable).model
    row = next(n for n in range(model.rowCount()) if model.event_id(n) == "evt-airstrikes")
    tip = model.data(model.index(row, model.keys.index("when")), Qt.ItemDataRole.ToolTipRole)
    assert "Both from outside the report" in tip
    phrase = model.data(model.index(row, model.keys.index("phrase")))
    assert "following a series of airstrikes" in phrase


def test_a_case_that_contradicts_itself_says_so_when_it_opens_and_keeps_the_list_shut(
    make_window: Any, sample_json: dict[str, Any], tmp_path: Path, qtbot: Any
) -> None:
    sample_json["documents"][0]["published"]["edtf"] = "2016"
    path = tmp_path / "impossible.case.json"
    path.write_text(json.dumps(sample_json, ensure_ascii=False), encoding="utf-8")
    window = make_window(path)
    qtbot.waitUntil(window.status.contradictions.isVisible, timeout=5_000)
    assert not window.contradictions.isVisible()
    window.status.contradictions.click()
    assert len(window.contradictions.facts()) > 2
