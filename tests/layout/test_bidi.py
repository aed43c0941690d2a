"""Where the characters of a mixed line stand."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.bidi import fragments, is_rtl, visible

HEBREW = "שלום"
MIXED = st.text(alphabet="ab12 .,שם()", min_size=1, max_size=40)


def order(text: str, rtl: bool, measure: Any) -> list[str]:
    whole = (0, len(text))
    return [text[f.start : f.end] for f in fragments(text, whole, whole, rtl, measure)]


def test_direction_comes_from_the_first_strong_letter() -> None:
    assert is_rtl(f"12 ({HEBREW} abc", 0, 12)
    assert not is_rtl(f"12 (abc {HEBREW}", 0, 12)
    assert not is_rtl("2015", 0, 4)


def test_runs_stand_in_visual_order(measure: Any) -> None:
    assert order(f"abc {HEBREW} def", False, measure) == ["abc ", HEBREW, " def"]
    assert order(f"{HEBREW} abc {HEBREW}", True, measure) == [f" {HEBREW}", "abc", f"{HEBREW} "]


def test_a_number_inside_right_to_left_text_keeps_its_digits_in_order(measure: Any) -> None:
    assert order(f"{HEBREW} 25 {HEBREW}", True, measure) == [f" {HEBREW}", "25", f"{HEBREW} "]
    assert order(f"{HEBREW} 1,250", True, measure) == ["1,250", f"{HEBREW} "]


@given(MIXED, st.booleans(), st.data())
def test_parts_of_a_line_tile_it(measure: Any, text: str, rtl: bool, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    line, stop = (0, len(text)), len(text.rstrip())
    pieces = [f for part in ((0, cut), (cut, len(text))) for f in fragments(text, line, part, rtl, measure)]
    assert sum(f.end - f.start for f in pieces) == stop
    assert len({i for f in pieces for i in range(f.start, f.end)}) == stop
    at = 0.0
    for piece in sorted(pieces, key=lambda f: f.x):
        assert piece.x == at
        at += piece.width
    assert all(f.line_width == at for f in pieces)


def test_a_stretch_is_covered_from_the_right_in_right_to_left_text(measure: Any) -> None:
    (run,) = fragments(HEBREW, (0, 4), (0, 4), True, measure)
    assert list(run.covered([(0, 1)], HEBREW, measure)) == [(21.0, 28.0)]
    (run,) = fragments("abcd", (0, 4), (0, 4), False, measure)
    assert list(run.covered([(0, 1), (3, 9)], "abcd", measure)) == [(0.0, 7.0), (21.0, 28.0)]


def test_control_characters_are_shown_and_cannot_reorder() -> None:
    assert visible("a\u202eb\x00c\td") == "a¤b\ufffdc d"
    assert len(visible("\u2067x\u2069")) == 3
