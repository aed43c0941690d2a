"""Code points and UTF-16 units: what is highlighted on screen is what the model means."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given
from PySide6.QtGui import QTextCursor, QTextDocument

from explorer.ui.reading import ReadingText

TEXTS = st.text(
    alphabet=st.sampled_from("ab .😀𝒳\r\nحلب\u202e\u2067\u200b\u2028\x07\ufdd0\xa0é"), max_size=80
)


@given(TEXTS, st.data())
def test_every_offset_goes_to_qt_and_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reading = ReadingText(text, start, end)
    assert len(reading.shown) == end - start
    for offset in range(start, end + 1):
        position = len(reading.shown[: offset - start].encode("utf-16-le")) // 2
        assert reading.to_qt(offset) == position
        assert reading.from_qt(position) == offset


@given(TEXTS, st.data())
def test_a_cursor_over_a_span_holds_exactly_its_characters(
    qapp: object, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reading = ReadingText(text)
    document = QTextDocument()
    document.setPlainText(reading.shown)
    cursor = QTextCursor(document)
    cursor.setPosition(reading.to_qt(start))
    cursor.setPosition(reading.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText().replace("\u2029", "\n") == reading.shown[start:end]


def test_characters_that_hide_or_reorder_words_are_made_visible() -> None:
    shown = ReadingText("a\u202eb\u2066c\u200bd\x00e\u2028f").shown
    assert not any(c in shown for c in "\u202e\u2066\u200b\x00\u2028")
    assert [c for c in shown if c in "abcdef"] == list("abcdef")


def test_a_word_without_blanks_wraps_anywhere_and_a_text_with_blanks_does_not() -> None:
    assert ReadingText("x" * 5000).wraps_anywhere
    assert not ReadingText("word " * 5000).wraps_anywhere
