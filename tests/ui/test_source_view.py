"""Every value leads to its characters, every sentence to its facts; offsets hold in any script."""

from __future__ import annotations

from typing import Any

import pytest
from builders import random_case

from explorer.casefile.store import CaseFile
from explorer.query.selection import Nothing, Picked
from explorer.ui.document_page import pages_of
from explorer.ui.source_view import SourceView
from explorer.workspace.hub import Workspace


@pytest.fixture
def opened(qtbot: Any, tmp_path: Any) -> Any:
    """Open a case in a workspace with a source pane, and close both afterwards."""
    workspaces = []

    def open_source(source: Any) -> tuple[Workspace, SourceView]:
        workspace = Workspace()
        workspaces.append(workspace)
        with qtbot.waitSignal(workspace.opened, timeout=10_000):
            workspace.open(source)
        view = SourceView(workspace)
        qtbot.addWidget(view)
        view.resize(420, 700)
        view.show()
        return workspace, view

    yield open_source
    for workspace in workspaces:
        workspace.shut_down()


def write(case: dict[str, Any], folder: Any) -> Any:
    import json

    path = folder / "case.json"
    path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    return path


def facts_of(case: CaseFile) -> list[str]:
    return [record.id for name in ("events", "relations", "links", "documents") for record in case.all(name)]


def walk_all_values(workspace: Workspace, view: SourceView) -> int:
    """Click every value of every card; return how many led to characters that equal their quotes."""
    case, walked = workspace.case, 0
    assert case is not None
    for record_id in facts_of(case):
        workspace.select(Picked(frozenset({record_id})))
        for link in view.card.links():
            workspace.show_passages(())
            link.clicked.emit(link.spans)
            spans = case.spans(link.spans)
            here = [s.quote for s in spans if s.document == spans[0].document]
            assert sorted(view.highlighted()) == sorted(here), (record_id, link.text())
            walked += 1
    return walked


def test_each_value_of_the_sample_marks_exactly_the_characters_of_its_quote(opened: Any) -> None:
    workspace, view = opened("sample")
    assert walk_all_values(workspace, view) > 150


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_does_each_value_of_cases_in_other_scripts(opened: Any, tmp_path: Any, seed: int) -> None:
    workspace, view = opened(write(random_case(seed, events=12), tmp_path))
    assert walk_all_values(workspace, view) > 20


def test_a_click_on_a_sentence_selects_its_facts_and_back_again(opened: Any) -> None:
    workspace, view = opened("sample")
    for number, ids in workspace.case.sentences_with_facts("doc-seed").items():
        view.text.sentence_clicked.emit(number)
        assert workspace.state.selection == Picked(frozenset(ids))
        sentence = workspace.case.record("doc-seed").sentences[number]
        text = workspace.case.record("doc-seed").text[sentence.start : sentence.end]
        assert text in view.highlighted("selection")


def test_the_card_says_what_it_is_for_while_nothing_is_selected(opened: Any) -> None:
    workspace, view = opened("sample")
    workspace.select(Picked(frozenset({"evt-airstrikes"})))
    assert view.card.links()
    workspace.select(Nothing())
    assert not view.card.links()
    assert view.highlighted() == []


def test_several_selected_records_are_paged_through_in_the_card(opened: Any, qtbot: Any) -> None:
    workspace, view = opened("sample")
    workspace.select(Picked(frozenset({"evt-airstrikes", "evt-militia-entry"})))
    seen = set()
    for _ in range(2):
        seen.add(workspace.state.focus)
        view.card.stepped.emit(1)
    assert seen == {"evt-airstrikes", "evt-militia-entry"}
    assert workspace.state.selection == Picked(frozenset(seen))


def test_a_text_is_cut_into_pages_at_sentences_and_no_character_is_lost() -> None:
    from explorer.model.records import Sentence

    sentences = [Sentence(start=i * 100, end=i * 100 + 99) for i in range(2500)]
    pages = pages_of(250_000, sentences)
    assert [p.start for p in pages[1:]] == [p.end for p in pages[:-1]]
    assert pages[0].start == 0
    assert pages[-1].end == 250_000
    assert sum(p.last - p.first for p in pages) == 2500
    assert max(p.end - p.start for p in pages) <= 60_100


def test_a_selection_on_a_later_page_turns_to_it(opened: Any, tmp_path: Any) -> None:
    workspace, view = opened(write(random_case(5, events=6, documents=1, sentences=1200), tmp_path))
    for record_id in facts_of(workspace.case):
        workspace.select(Picked(frozenset({record_id})))
        quotes = {s.quote for s in workspace.case.spans({c.span for c in workspace.case.cited(record_id)})}
        assert set(view.highlighted()) & quotes or not quotes


def test_only_the_title_is_bold_and_nothing_of_the_case_before_it(opened: Any, tmp_path: Any) -> None:
    workspace, view = opened("sample")
    for source in (write(random_case(4, events=6), tmp_path), "sample"):
        workspace.open(source)
        document, pages = view.text.document(), view._pages
        assert pages is not None
        last = document.lastBlock().begin().fragment()
        assert not last.charFormat().font().bold(), source


def test_what_is_known_of_the_source_leaves_with_it_and_leaves_out_outside_dates(
    opened: Any, tmp_path: Any
) -> None:
    workspace, view = opened("sample")
    said = view.published.words
    assert "2 December 2024" in said.text()
    workspace.narrow(workspace.state.filter.changed({"text_only": True}))
    assert "2024" not in said.text()
    assert "no date in the report" in said.text()
    workspace.close_case()
    assert view._about.text() == ""
    assert not said.isVisible()
