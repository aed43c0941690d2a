"""Bounds of sentences by hand: at a word, never through a quote, undone to the byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.adding import Confirmed, add_document
from explorer.edit.beginning import new_header
from explorer.edit.boundaries import join_at, split_at

TEXT = "The army said it left Hama. It denied losses. The end"


@pytest.fixture
def case(tmp_path: Path) -> Any:
    with CaseFile.create(tmp_path / "a.dateline", new_header("Hama")) as made:
        made.commit(add_document(made, Confirmed(TEXT, "Report", language="en")))
        yield made


def sentences(case: CaseFile) -> list[str]:
    return [TEXT[one.start : one.end] for one in case.source("doc-report").sentences]


def test_a_sentence_is_split_before_the_word_that_is_pointed_at_and_joined_again(case: CaseFile) -> None:
    before = "".join(case.to_json())
    case.commit(split_at(case, "doc-report", TEXT.index("left") + 2))
    assert sentences(case)[:2] == ["The army said it", "left Hama."]
    case.commit(join_at(case, "doc-report", 3))
    assert sentences(case) == ["The army said it left Hama.", "It denied losses.", "The end"]
    case.undo()
    case.undo()
    assert "".join(case.to_json()) == before


def test_nothing_is_split_at_an_edge_or_joined_after_the_last(case: CaseFile) -> None:
    for at in (0, TEXT.index("It denied"), len(TEXT)):
        with pytest.raises(CaseFileError, match="nothing to split"):
            split_at(case, "doc-report", at)
    with pytest.raises(CaseFileError, match="no other"):
        join_at(case, "doc-report", len(TEXT) - 1)


def test_no_bound_goes_through_what_a_fact_cites(sample_file: CaseFile) -> None:
    (((start, end), span),) = _longest(sample_file)
    quote = sample_file.spans([span])[0].quote or ""
    with pytest.raises(CaseFileError, match="would be cut in two"):
        split_at(sample_file, sample_file.spans([span])[0].document, start + quote.index(" ") + 1)
    assert end > start


def _longest(case: CaseFile) -> list[tuple[tuple[int, int], str]]:
    (document,) = [one.id for one in case.sources()]
    return sorted(case.spans_at(document).items(), key=lambda one: one[0][1] - one[0][0])[-1:]


def test_two_new_cases_of_one_title_are_two_and_their_ids_can_be_read() -> None:
    one, two = new_header("Hama, December 2024"), new_header("Hama, December 2024")
    assert one.id.startswith("case-hama-december-2024-")
    assert one.id != two.id
    assert new_header("حماة").id.startswith("case-")
