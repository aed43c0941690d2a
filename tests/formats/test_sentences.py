"""Where sentences begin and end, with sentencex and without it."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.formats.sentences import is_wrapped, sentences_of


@pytest.fixture(params=["sentencex", "plain rule"])
def splitter(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "plain rule":
        monkeypatch.setitem(sys.modules, "sentencex", None)
    return request.param


def pieces(text: str, language: str = "en") -> list[str]:
    return [text[one.start : one.end] for one in sentences_of(text, language)]


def test_the_sample_is_split_as_its_coder_split_it(sample_json: dict, splitter: str) -> None:
    document = sample_json["documents"][0]
    found = [{"start": one.start, "end": one.end} for one in sentences_of(document["text"], "en")]
    assert found == document["sentences"], splitter


def test_a_headline_without_a_full_stop_stays_apart(splitter: str) -> None:
    assert pieces("Rebels take Hama\nThey came at dawn.") == ["Rebels take Hama", "They came at dawn."], (
        splitter
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Lt. Gen. Mazloum Abdi said the S.D.F. had withdrawn.",
        "The U.S. has 900 troops there.",
        "“We will fight,” he said.",
        '"Yes." he said.',
        "The rebels (H.T.S.) took No. 5 base.",
        "Gov. Smith met J. Jones at 3 p.m. Monday.",
        "He left at 3 p.m. on Monday.",
        "وقال د. أحمد إن الحرب انتهت.",
        "Done 😀 in Homs!",
    ],
)
def test_what_only_looks_like_an_end_ends_nothing(sentence: str, splitter: str) -> None:
    text = f"It began early. {sentence} It went on."
    assert pieces(text) == ["It began early.", sentence, "It went on."], splitter


def test_initials_may_end_a_sentence(splitter: str) -> None:
    assert pieces("We met the S.D.F. They left.") == ["We met the S.D.F.", "They left."], splitter


def test_arabic_sentences_end_at_their_own_marks(splitter: str) -> None:
    text = "قال إن القوات انسحبت. هل انتهت الحرب؟ نعم."
    assert pieces(text, "ar") == ["قال إن القوات انسحبت.", "هل انتهت الحرب؟", "نعم."], splitter


def test_lines_that_a_program_broke_are_one_paragraph() -> None:
    line = "The rebels advanced from the north and took one village after another"
    text = "\n".join([line, line, line, "until they stood before Hama."]) + "\n\nA second paragraph."
    assert is_wrapped(text)
    assert len(pieces(text)) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB.?! \n😀”م؟", max_size=60))
def test_sentences_lie_in_order_hold_no_blank_ends_and_leave_out_no_letter(text: str) -> None:
    found = sentences_of(text)
    at = 0
    for one in found:
        assert not text[at : one.start].strip()
        piece = text[one.start : one.end]
        assert piece
        assert piece == piece.strip()
        at = one.end
    assert not text[at:].strip()
