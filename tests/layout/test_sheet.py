"""The events table as a page: nothing lost, nothing overlapping."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.layout.scene import Label, Scene
from explorer.layout.sheet import SheetColumn, SheetRequest, SheetRow, layout_sheet, sheet_height

COLUMNS = (
    SheetColumn("When"), SheetColumn("Headline", strong=True), SheetColumn("Did it"), SheetColumn("Target / for"),
    SheetColumn("Killed", number=True), SheetColumn("According to"), SheetColumn("Source"),
)  # fmt: skip
WORDS = [
    "until about 2 Dec 2024",
    "not stated",
    "Hayat Tahrir al-Sham",
    "≥ 25",
    "قصفت الطائرات المدينة",
    "x" * 400,
    "",
]


def rows(count: int, seed: int = 1) -> list[SheetRow]:
    draw = random.Random(seed)
    return [SheetRow(f"evt-{n}", tuple(draw.choice(WORDS) for _ in COLUMNS), "force") for n in range(count)]


def assert_legible(scene: Scene) -> None:
    boxes = []
    for item in scene.flat():
        if isinstance(item, Label):
            left = item.x - (item.width if item.anchor == "end" else 0)
            boxes.append((left, item.y - 10, left + item.width, item.y + 3))
    for number, (x0, y0, x1, y1) in enumerate(boxes):
        assert x0 >= 0
        assert y0 >= 0
        assert x1 <= scene.width + 0.1
        assert y1 <= scene.height + 0.1
        for a0, b0, a1, b1 in boxes[:number]:
            assert x1 <= a0 + 0.1 or a1 <= x0 + 0.1 or y1 <= b0 + 0.1 or b1 <= y0 + 0.1


def ids_of(scene: Scene, kind: str) -> list[str]:
    return [i for group in scene.groups() if group.kind == kind for i in group.ids]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(0, 999), st.sampled_from([(800, 500), (1600, 900), (360, 240)]))
def test_every_row_is_drawn_or_counted(measure: Any, count: int, seed: int, size: tuple[int, int]) -> None:
    request = SheetRequest(COLUMNS, rows(count, seed), *size, more=("evt-x", "evt-y"))
    scene = layout_sheet(request, measure)
    drawn, rest = ids_of(scene, "row"), ids_of(scene, "cluster")
    assert drawn + rest == [*(f"evt-{n}" for n in range(count)), "evt-x", "evt-y"]
    assert scene.event_ids == set(drawn) | set(rest)
    assert_legible(scene)


def test_all_rows_fit_the_height_that_is_asked_for(measure: Any) -> None:
    for width in (500, 800, 1600):
        request = SheetRequest(COLUMNS, rows(30), width, 100)
        whole = SheetRequest(COLUMNS, rows(30), width, sheet_height(request, measure))
        assert not ids_of(layout_sheet(whole, measure), "cluster")


def test_shortened_words_carry_the_whole(measure: Any) -> None:
    row = SheetRow("evt-a", ("2015", "y" * 900, "a", "b", "c", "d", "e"))
    scene = layout_sheet(SheetRequest(COLUMNS, [row]), measure)
    (cut,) = [item for item in scene.flat() if isinstance(item, Label) and item.text.endswith("…")]
    assert cut.full == "y" * 900


def test_columns_without_room_are_named_and_empty_ones_go_first(measure: Any) -> None:
    cells = (
        "until about 2 Dec 2024",
        "A headline of some words",
        "somebody",
        "not stated",
        "25",
        "officials",
        "The Herald",
    )
    scene = layout_sheet(SheetRequest(COLUMNS, [SheetRow("evt-a", cells)], 420, 300), measure)
    texts = [item.text for item in scene.flat() if isinstance(item, Label)]
    (told,) = [text for text in texts if text.startswith("Columns without room")]
    assert "Target / for" in told
    assert "When" in texts


def test_an_empty_table_says_so_and_one_without_columns_is_refused(measure: Any) -> None:
    scene = layout_sheet(SheetRequest(COLUMNS, []), measure)
    assert any(isinstance(i, Label) and "No record" in i.text for i in scene.flat())
    with pytest.raises(ValueError, match="column"):
        layout_sheet(SheetRequest((), []), measure)


def test_numbers_stand_to_the_right(measure: Any) -> None:
    scene = layout_sheet(
        SheetRequest(COLUMNS, [SheetRow("evt-a", ("a", "b", "c", "d", "25", "e", "f"))]), measure
    )
    (number,) = [item for item in scene.flat() if isinstance(item, Label) and item.text == "25"]
    assert number.anchor == "end"
