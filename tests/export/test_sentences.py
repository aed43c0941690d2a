"""Beside a numbered sentence stands what it supports, in few words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.export.sentences import clipped


def test_a_long_headline_keeps_its_first_words():
    long = "Government forces retake the eastern suburbs after " + "weeks of heavy fighting " * 8
    assert clipped(long) == "Government forces retake the eastern suburbs after weeks of…"
    assert clipped("x" * 200) == "x" * 64 + "…"
    assert clipped("Short one") == "Short one"


@given(st.text(max_size=200))
def test_a_clipped_headline_is_short_and_marked(title):
    made = clipped(title)
    assert made == title or (made.endswith("…") and len(made) <= 65 and title.startswith(made[:-1]))
