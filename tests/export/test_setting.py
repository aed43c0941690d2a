"""Words stay inside their column, whatever the language, and nothing is lost but white space."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.export.setting import Column, height_of, one_line, right_to_left, wrapped

MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u2068\u2069"))  # they have no width and are no letters
texts = st.text(st.sampled_from("ab c\tdé\nسوريا軍 😀"), max_size=200)


class Sevens:
    def width(self, text, font):
        return 7.0 * len(text.translate(MARKS))

    def ascent(self, font):
        return 10.0

    def descent(self, font):
        return 3.0


@given(texts, st.integers(20, 300))
def test_lines_fit_and_hold_every_letter_in_order(text, room):
    lines = [line.translate(MARKS) for line in wrapped(text, room, "caption", Sevens())]
    assert all(len(line) * 7 <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(one_line(text).split())


@given(texts, st.integers(20, 300))
def test_every_line_runs_as_the_whole_does(text, room):
    assert {right_to_left(line) for line in wrapped(text, room, "caption", Sevens())} <= {
        right_to_left(one_line(text))
    }


def test_foreign_words_cut_by_a_line_end_do_not_turn_ours_around():
    lines = list(wrapped("Source “\u2068حلب سوريا دمشق\u2069”, no date", 100, "caption", Sevens()))
    assert len(lines) > 2
    for line in lines:
        assert not right_to_left(line)
        assert line.count("\u2068") == line.count("\u2069")


def test_a_word_of_a_million_letters_is_broken_and_ends():
    lines = list(wrapped("x" * 20_000, 700, "caption", Sevens()))
    assert len(lines) == 200


def test_a_column_grows_downwards_by_its_lines():
    column = Column(10, 20, 70, Sevens())
    column.set("one two three four", "caption")
    assert [item.text for item in column.items] == ["one two", "three four"]
    assert column.y == 20 + height_of("one two three four", 70, "caption", Sevens())
    assert all(item.x == 10 for item in column.items)


def test_right_to_left_words_stand_at_the_right():
    column = Column(10, 0, 200, Sevens())
    column.set("قصفت المدينة", "quote")
    (label,) = column.items
    assert label.x + label.width == pytest.approx(210)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Aleppo", False),
        ("حلب", True),
        ("2015 حلب", True),
        ("\u2068حلب\u2069 fell", False),
        ("", False),
        ("12", False),
        ("שלום", True),
    ],
)
def test_the_direction_is_that_of_the_first_letter_outside_isolates(text, answer):
    assert right_to_left(text) is answer
