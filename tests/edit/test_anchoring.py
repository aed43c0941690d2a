"""Quotes without a place: given one by hand, or let go with what rests on them; undone to the byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.anchoring import anchor, loss, remove_evidence
from explorer.edit.passages import Marked
from explorer.intake.reporting import check_case


@pytest.fixture
def loose(sample_json: dict[str, Any], case_file_of: Callable[..., Any]) -> CaseFile:
    """The sample, loaded with the evidence of its airstrikes without a place."""
    event = next(one for one in sample_json["events"] if one["id"] == "evt-airstrikes")
    span_id = event["claims"][0]["evidence"][0]
    for span in sample_json["spans"]:
        if span["id"] == span_id:
            for name in ("start", "end", "prefix", "suffix"):
                span.pop(name, None)
            span["unanchored"] = True
    case: CaseFile = case_file_of(sample_json)
    return case


def document_of(case: CaseFile) -> Any:
    return next(iter(case.sources()))


def test_a_quote_takes_the_words_it_is_given_and_all_that_cites_it_with_it(loose: CaseFile) -> None:
    before = "".join(loose.to_json())
    (span,) = loose.unanchored()
    document = document_of(loose)
    start = document.text.index("Russian and Syrian jets")
    loose.commit(
        anchor(loose, span.id, Marked(document.id, start - 1, start + len("Russian and Syrian jets")))
    )
    (placed,) = loose.spans([span.id])
    assert (placed.start, placed.quote, placed.unanchored) == (start, "Russian and Syrian jets", False)
    assert not loose.unanchored()
    assert not check_case(loose).problems
    loose.undo()
    assert "".join(loose.to_json()) == before


def test_words_of_two_sentences_or_of_none_are_refused(loose: CaseFile) -> None:
    (span,) = loose.unanchored()
    document = document_of(loose)
    one, two = document.sentences[1], document.sentences[2]
    with pytest.raises(CaseFileError, match="2 sentences"):
        anchor(loose, span.id, Marked(document.id, one.start, two.end))
    with pytest.raises(KeyError):
        anchor(loose, "evt-airstrikes", Marked(document.id, one.start, one.end))


def test_evidence_that_goes_takes_what_rests_on_it_alone_and_says_so(loose: CaseFile) -> None:
    before = "".join(loose.to_json())
    (span,) = loose.unanchored()
    edit = remove_evidence(loose, span.id)
    lost = loss(loose, edit)
    assert lost.changed + len(lost.gone) > 0
    loose.commit(edit)
    assert not loose.unanchored()
    assert not check_case(loose).problems
    loose.undo()
    assert "".join(loose.to_json()) == before


def test_any_evidence_of_the_sample_can_lose_its_place_and_be_removed_or_kept_out(
    sample_file: CaseFile,
) -> None:
    """Every quote in turn: what stays holds to the rules between records, and Undo brings all of it back."""
    before = "".join(sample_file.to_json())
    spans = list(sample_file.spans_at(document_of(sample_file).id).values())
    for span in spans[::9]:
        sample_file.commit(remove_evidence(sample_file, span))
        assert not sample_file.known([span])
        sample_file.undo()
    assert "".join(sample_file.to_json()) == before
