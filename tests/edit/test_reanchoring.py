"""Quotes find their place in another version of their text, or say that they cannot."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.edit.passages import span_of
from explorer.edit.reanchoring import Anchored, reanchored
from explorer.model.records import Document

TEXT = "Rebels took Hama. The army left Hama at dawn.\nAt least 25 people died, the monitor said."


def document(text: str) -> Document:
    return Document(id="doc-a", title="A", text=text, text_sha256="0" * 64)


def found(old: str, new: str, *quotes: str) -> list[Anchored]:
    spans = [span_of(document(old), old.index(quote), old.index(quote) + len(quote)) for quote in quotes]
    return list(reanchored(old, new, spans))


def test_an_unchanged_text_keeps_every_quote_where_it_is() -> None:
    (one,) = found(TEXT, TEXT, "25 people")
    assert (one.found, one.start) == ("exact", TEXT.index("25 people"))


def test_a_new_lead_moves_every_quote() -> None:
    new = "BEIRUT, Dec 5 —\n\n" + TEXT
    (one,) = found(TEXT, new, "The army left Hama")
    assert (one.found, one.words) == ("moved", "The army left Hama")
    assert new[one.start : one.end] == "The army left Hama"


def test_of_several_places_the_one_with_the_same_surroundings_is_taken() -> None:
    new = "Hama again. " + TEXT
    old_second = TEXT.index("Hama at dawn")
    span = span_of(document(TEXT), old_second, old_second + 4)
    (one,) = reanchored(TEXT, new, [span])
    assert one.start == new.index("Hama at dawn")


def test_words_that_changed_a_little_are_proposed_and_not_taken() -> None:
    (one,) = found(TEXT, TEXT.replace("the monitor said", "a monitor said"), "people died, the monitor said")
    assert one.found == "fuzzy"
    assert one.words == "people died, a monitor said"


def test_words_that_are_gone_are_lost() -> None:
    (one,) = found(TEXT, "Nothing of it is left here.", "At least 25 people died")
    assert (one.found, one.start) == ("lost", None)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .\n😀م", max_size=30), st.integers(0, 80), st.integers(1, 9), st.integers(0, 80))
def test_what_is_found_stands_there(added: str, at: int, size: int, where: int) -> None:
    start = min(at, len(TEXT) - size)
    new = TEXT[:where] + added + TEXT[where:]
    (one,) = reanchored(TEXT, new, [span_of(document(TEXT), start, start + size)])
    if one.start is not None:
        assert new[one.start : one.end] == one.words
    if not start < where < start + size:
        assert one.words == TEXT[start : start + size]
        assert one.start == (start if where >= start + size else start + len(added)) or added
