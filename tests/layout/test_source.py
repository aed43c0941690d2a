"""The source text as a page: every fact on a sentence or counted, evidence marked where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.layout.scene import Group, Label, Rect, Scene
from explorer.layout.source import SentenceFacts, SourceRequest, facts_in_view, layout_source, source_height

Opened = Callable[[dict[str, Any]], Any]


def page(text: str, sentences: list[tuple[int, int]], **more: Any) -> SourceRequest:
    return SourceRequest("A title", "publisher not stated", text, sentences, **more)


def sentences_of(scene: Scene) -> list[Group]:
    return [group for group in scene.groups() if group.kind == "sentence"]


def words_of(group: Group) -> str:
    return " ".join(item.text for item in group.items if isinstance(item, Label))


def request_of(case: Any, document_id: str, mask: np.ndarray | None = None, **more: Any) -> SourceRequest:
    table = case.table()
    seen = np.ones(len(table), bool) if mask is None else mask
    document = case.record(document_id)
    facts = facts_in_view(case.sentences_with_facts(document_id), table, seen)
    bounds = [(s.start, s.end) for s in document.sentences]
    return SourceRequest(document.title, "publisher not stated", document.text, bounds, facts, **more)


def assert_legible(scene: Scene) -> None:
    boxes = []
    for item in scene.flat():
        if isinstance(item, Label):
            boxes.append((item.x, item.y - 10, item.x + item.width, item.y + 3))
    for number, (x0, y0, x1, y1) in enumerate(boxes):
        assert x0 >= 0
        assert y0 >= 0
        assert x1 <= scene.width + 0.1
        assert y1 <= scene.height + 0.1
        for a0, b0, a1, b1 in boxes[:number]:
            assert x1 <= a0 + 0.1 or a1 <= x0 + 0.1 or y1 <= b0 + 0.1 or b1 <= y0 + 0.1


@pytest.mark.parametrize("size", [(800, 500), (1600, 900), (380, 300)])
@pytest.mark.parametrize("first", [0, 3])
def test_every_event_is_on_a_sentence_or_counted(
    size: tuple[int, int], first: int, case_file_of: Opened, measure: Any
) -> None:
    case = case_file_of(random_case(4, events=25, sentences=30))
    for document in ("doc-0", "doc-1"):
        request = request_of(
            case, document, width=size[0], height=size[1], first=first, elsewhere=("evt-zz",)
        )
        scene = layout_source(request, measure)
        found = {i for group in scene.groups() for i in group.ids}
        wanted = {i for fact in request.facts.values() for i in fact.ids} | {"evt-zz"}
        assert found == wanted == scene.event_ids
        assert_legible(scene)


def test_the_whole_sample_fits_the_height_that_is_asked_for(sample_file: Any, measure: Any) -> None:
    for width in (500, 800, 1600):
        request = request_of(sample_file, "doc-seed", width=width, height=100)
        high = source_height(request, measure)
        scene = layout_source(request_of(sample_file, "doc-seed", width=width, height=high), measure)
        assert len(sentences_of(scene)) == 20
        assert not [group for group in scene.groups() if group.kind == "cluster"]


def test_the_words_of_a_sentence_are_its_characters(sample_file: Any, measure: Any) -> None:
    request = request_of(sample_file, "doc-seed", width=800, height=2000)
    for group, (start, end) in zip(
        sentences_of(layout_source(request, measure)), request.sentences, strict=True
    ):
        assert words_of(group).split() == request.text[start:end].split()


def test_only_what_the_filter_shows_is_on_a_sentence(sample_file: Any, measure: Any) -> None:
    table = sample_file.table()
    mask = np.zeros(len(table), bool)
    mask[table.row_of["evt-airstrikes"]] = True
    scene = layout_source(request_of(sample_file, "doc-seed", mask, width=800, height=2000), measure)
    assert {i for group in scene.groups() for i in group.ids} == {"evt-airstrikes"}


def test_evidence_is_marked_exactly_below_its_characters(measure: Any) -> None:
    text = "😀 one two three. Four."
    scene = layout_source(page(text, [(0, 16), (17, 22)], quotes=[(6, 9)]), measure)
    first = sentences_of(scene)[0]
    (mark,) = [item for item in first.items if isinstance(item, Rect) and item.fill == "quote"]
    (words,) = [item for item in first.items if isinstance(item, Label)]
    assert text[6:9] == "two"
    assert (mark.x - words.x, mark.width) == (42, 21)


def test_right_to_left_paragraphs_stand_on_the_right(measure: Any) -> None:
    arabic = "قصفت الطائرات"
    scene = layout_source(page(f"{arabic}\nabc", [(0, 13), (14, 17)], quotes=[(0, 4)], width=620), measure)
    one, two = sentences_of(scene)
    (label,) = [item for item in one.items if isinstance(item, Label)]
    (latin,) = [item for item in two.items if isinstance(item, Label)]
    (mark,) = [item for item in one.items if isinstance(item, Rect) and item.fill == "quote"]
    assert label.x > latin.x
    assert mark.x + mark.width == pytest.approx(label.x + label.width)


def test_sentences_with_facts_carry_their_hue_in_the_margin_and_others_a_faint_mark(measure: Any) -> None:
    facts = {0: SentenceFacts(("evt-a",), ("force",))}
    scene = layout_source(page("One. Two.", [(0, 4), (5, 9)], facts=facts), measure)
    fills = [{i.fill for i in group.items if isinstance(i, Rect)} for group in sentences_of(scene)]
    assert fills == [{"force"}, {"faint"}]


def test_what_has_no_room_is_counted_with_its_ids(measure: Any) -> None:
    text = "".join(f"Sentence number {n} of many. " for n in range(400))
    length = [len(f"Sentence number {n} of many.") for n in range(400)]
    starts = [sum(length[:n]) + n for n in range(400)]
    bounds = [(a, a + size) for a, size in zip(starts, length, strict=True)]
    facts = {399: SentenceFacts(("evt-last",)), 0: SentenceFacts(("evt-first",))}
    scene = layout_source(page(text, bounds, facts=facts, width=420, height=300), measure)
    (rest,) = [group for group in scene.groups() if group.kind == "cluster"]
    assert rest.ids == ("evt-last",)
    assert rest.title == f"… {400 - len(sentences_of(scene))} more sentences"


@pytest.mark.parametrize("letter", ["x", "ق", "😀"])
def test_a_word_of_a_megabyte_is_a_page_like_any_other(letter: str, measure: Any) -> None:
    scene = layout_source(page(letter * 1_000_000, [(0, 1_000_000)]), measure)
    assert len(sentences_of(scene)) == 1
    assert sum(isinstance(item, Label) for item in scene.flat()) < 80


def test_markup_is_characters_and_bidi_controls_are_shown(measure: Any) -> None:
    scene = layout_source(page("<b>a\u202eb</b>", [(0, 10)]), measure)
    assert words_of(sentences_of(scene)[0]) == "<b>a¤b</b>"


def test_an_empty_text_is_an_empty_page(measure: Any) -> None:
    assert not sentences_of(layout_source(page("", []), measure))
