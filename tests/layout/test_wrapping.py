"""Lines by measured width: nothing lost, nothing too wide, however long a word."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.wrapping import wrap, wrapped

TEXT = st.text(alphabet="ab \n\téש😀\u0301\u200d", max_size=200)


@given(TEXT, st.integers(14, 300))
def test_lines_join_to_the_text_and_fit(measure: Any, text: str, room: int) -> None:
    lines = wrap(text, room, "body", measure)
    assert "".join(text[a:b] for a, b in lines) == text
    assert all(a < b for a, b in lines)
    assert all(measure.width(text[a:b].rstrip(), "body") <= room for a, b in lines)
    assert all("\n" not in text[a : b - 1] for a, b in lines)


def test_words_stay_whole_where_they_can(measure: Any) -> None:
    text = "one two three four"
    assert [text[a:b] for a, b in wrap(text, 7 * 9, "body", measure)] == ["one two ", "three ", "four"]


def test_a_word_of_a_megabyte_breaks_anywhere_and_at_once(measure: Any) -> None:
    class Counting:
        calls = 0

        def width(self, text: str, font: str) -> float:
            self.calls += 1
            assert len(text) < 1000
            return 7.0 * len(text)

        ascent = descent = staticmethod(lambda font: 3.0)

    counting = Counting()
    assert len(wrap("x" * 1_000_000, 700, "body", counting, most=10)) == 10
    assert counting.calls < 200


def test_a_cut_never_tears_an_accent_from_its_letter(measure: Any) -> None:
    text = "e\u0301" * 40
    assert all(text[a] == "e" for a, _ in wrap(text, 35, "body", measure))


def test_what_is_left_out_is_marked(measure: Any) -> None:
    lines = wrapped("one two three four five six", 70, "label", measure, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert wrapped("short", 70, "label", measure, 2) == ["short"]
