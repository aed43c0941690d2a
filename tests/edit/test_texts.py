"""A document gets a corrected text, sentences are split and joined by hand, reports are added; all undone exactly."""

from __future__ import annotations

import pytest
from builders import random_case

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.adding import Confirmed, add_document, same_text
from explorer.edit.texts import document_of, join_sentences, preview, replace_text, split_sentence
from explorer.intake.reporting import check_case


def whole(case: CaseFile) -> str:
    return "".join(case.to_json())


def replaced(case: CaseFile, text: str, document: str = "doc-seed", accepted: tuple[str, ...] = ()) -> None:
    case.commit(replace_text(case, document, text, preview(case, document, text), accepted))


def test_a_new_lead_moves_all_quotes_and_every_invariant_holds(sample_file: CaseFile) -> None:
    before = whole(sample_file)
    text = document_of(sample_file, "doc-seed").text
    replaced(sample_file, "SOMEWHERE, Dec 2 — Corrected version.\n\n" + text)
    assert sample_file.unanchored() == []
    assert not check_case(sample_file).problems
    sample_file.undo()
    assert whole(sample_file) == before


def test_what_is_lost_goes_to_the_unanchored_tray_with_its_quote(sample_file: CaseFile) -> None:
    text = document_of(sample_file, "doc-seed").text
    before = whole(sample_file)
    replaced(sample_file, text.replace("at least 25 fatalities", "many losses of life"))
    quotes = {span.quote for span in sample_file.unanchored()}
    assert "at least 25 fatalities" in quotes
    assert not check_case(sample_file).problems
    sample_file.undo()
    assert whole(sample_file) == before


def test_likest_words_are_taken_only_where_the_user_takes_them(sample_file: CaseFile) -> None:
    text = document_of(sample_file, "doc-seed").text.replace(
        "a series of airstrikes", "a series of air strikes"
    )
    fuzzy = [one for one in preview(sample_file, "doc-seed", text) if one.found == "fuzzy"]
    assert fuzzy
    replaced(sample_file, text, accepted=tuple(one.span for one in fuzzy))
    assert not sample_file.unanchored()
    assert any("air strikes" in (span.quote or "") for span in sample_file.spans([one.span for one in fuzzy]))


def test_a_text_that_has_nothing_of_the_old_one_loses_every_quote_and_is_still_a_case(
    sample_file: CaseFile,
) -> None:
    count = sample_file.span_counts()["anchored"]
    replaced(sample_file, "Quite another text 123.")
    assert len(sample_file.unanchored()) == count
    assert not check_case(sample_file).problems


@pytest.mark.parametrize("seed", range(4))
def test_any_case_keeps_its_invariants_when_a_text_changes(case_file_of, seed: int) -> None:
    case = case_file_of(random_case(seed, events=30))
    for source in list(case.sources()):
        middle = len(source.text) // 2
        replaced(case, "New.\n" + source.text[:middle] + " – added – " + source.text[middle:], source.id)
    assert not check_case(case).problems


def test_a_sentence_is_split_by_hand_and_joined_again(sample_file: CaseFile) -> None:
    document = document_of(sample_file, "doc-seed")
    at = document.text.index("Furthermore")
    with pytest.raises(CaseFileError, match="boundary"):
        split_sentence(sample_file, "doc-seed", at)
    free = Confirmed("One two three. Four five.", "A text")
    sample_file.commit(add_document(sample_file, free))
    sample_file.commit(split_sentence(sample_file, "doc-a-text", 4))
    bounds = [(one.start, one.end) for one in document_of(sample_file, "doc-a-text").sentences]
    assert bounds == [(0, 3), (4, 14), (15, 25)]
    sample_file.commit(join_sentences(sample_file, "doc-a-text", 0, 1))
    assert [(one.start, one.end) for one in document_of(sample_file, "doc-a-text").sentences] == [
        (0, 14),
        (15, 25),
    ]


def test_a_boundary_through_a_quote_is_refused_and_nothing_is_written(sample_file: CaseFile) -> None:
    before = whole(sample_file)
    at = document_of(sample_file, "doc-seed").text.index("of airstrikes conducted")
    with pytest.raises(CaseFileError):
        sample_file.commit(split_sentence(sample_file, "doc-seed", at))
    assert whole(sample_file) == before


def test_a_report_is_added_with_its_sentences_and_a_date_that_says_where_it_is_from(
    sample_file: CaseFile,
) -> None:
    report = Confirmed(
        "Rebels take Hama\nThey came at dawn. They stayed.", "Rebels take Hama", publisher="The Daily",
        published="2024-12-05", whence="from the page's own description", language="en",
    )  # fmt: skip
    assert same_text(sample_file, report.text) is None
    sample_file.commit(add_document(sample_file, report))
    document = document_of(sample_file, "doc-rebels-take-hama")
    assert len(document.sentences) == 3
    assert document.published is not None
    assert sample_file.record(document.published.citations[0]).title == "from the page's own description"
    assert same_text(sample_file, report.text) == document.id
    assert not check_case(sample_file).problems
