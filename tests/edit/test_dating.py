"""A date is set with what it rests on, or taken away; all that hangs on it moves, and undo takes it back."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.casefile.errors import CaseFileError
from explorer.edit.dating import Dating, NewReference, set_date, time_of, unclaimed
from explorer.edit.drafts import Founded
from explorer.edit.passages import Marked

DOC = "doc-seed"


@pytest.fixture
def case(sample_json: dict[str, Any], case_file_of: Any) -> Any:
    return case_file_of(sample_json)


def time_in(case: Any, record: str) -> Any:
    return time_of(case.record(record))


def outside(edtf: str, *citations: str, **new: str) -> Dating:
    founded = Founded(basis="reference", citations=citations)
    return Dating(edtf, founded, NewReference(**new) if new else None)


def test_a_document_is_dated_from_a_reference_that_the_case_has(case: Any) -> None:
    case.commit(set_date(case, DOC, outside("2016", "ref-1")))
    time = time_in(case, DOC)
    assert (time.edtf, time.basis, time.citations) == ("2016", "reference", ("ref-1",))


def test_a_new_reference_is_made_in_the_same_step_and_goes_with_it(case: Any) -> None:
    before = case.count("references")
    dating = outside("2016", title="A newspaper", url="https://example.org/a", note="Printed on page 1.")
    case.commit(set_date(case, DOC, dating))
    time = time_in(case, DOC)
    made = case.record(time.citations[0])
    assert (made.title, made.url, made.note) == ("A newspaper", "https://example.org/a", "Printed on page 1.")
    case.undo()
    assert case.count("references") == before
    assert time_in(case, DOC).edtf == "2024-12-02~"


def words_of(case: Any, words: str, after: int = 0) -> tuple[Marked, ...]:
    start = case.record(DOC).text.index(words, after)
    return (Marked(DOC, start, start + len(words)),)


def own_words(case: Any) -> tuple[Marked, ...]:
    """Words of a sentence that a claim of the airstrikes cites."""
    claim = case.record("evt-airstrikes").claims[0]
    span = case.spans(claim.evidence)[0]
    return (Marked(DOC, span.start, span.start + 6),)


def test_a_date_in_the_text_cites_the_words_that_were_selected(case: Any) -> None:
    words = own_words(case)
    case.commit(set_date(case, "evt-airstrikes", Dating("2015", Founded(words, "stated"))))
    time = time_in(case, "evt-airstrikes")
    assert time.basis == "stated"
    assert words[0] in {Marked(span.document, span.start, span.end) for span in case.spans(time.evidence)}


def test_words_of_a_sentence_that_no_claim_cites_need_a_claim_of_their_own(case: Any) -> None:
    words = words_of(case, "2015")
    missing = unclaimed(case, "evt-airstrikes", words)
    assert missing == words
    assert unclaimed(case, "evt-airstrikes", own_words(case)) == ()
    before = len(case.record("evt-airstrikes").claims)
    founded = Founded(words, "stated")
    with pytest.raises(CaseFileError, match="no claim"):
        case.commit(set_date(case, "evt-airstrikes", Dating("2015", founded)))
    case.commit(set_date(case, "evt-airstrikes", Dating("2015", founded, claimed=missing)))
    assert len(case.record("evt-airstrikes").claims) == before + 1
    assert unclaimed(case, "evt-airstrikes", words) == ()
    case.undo()
    assert len(case.record("evt-airstrikes").claims) == before


def test_an_order_stays_beside_a_date_of_the_same_basis_and_gives_way_to_another(case: Any) -> None:
    before = time_in(case, "evt-airstrikes")
    assert (before.anchor, before.basis) == (DOC, "stated")
    case.commit(set_date(case, "evt-airstrikes", Dating("2015", Founded(own_words(case), "stated"))))
    both = time_in(case, "evt-airstrikes")
    assert (both.anchor, both.anchor_relation) == (before.anchor, before.anchor_relation)
    assert set(before.evidence) < set(both.evidence)
    case.commit(set_date(case, "evt-airstrikes", outside("2024-11-30", "ref-1")))
    assert time_in(case, "evt-airstrikes").anchor is None


def test_a_date_is_taken_away_and_an_order_stays(case: Any) -> None:
    case.commit(set_date(case, DOC, None))
    assert time_in(case, DOC) is None
    assert case.bounds(["evt-airstrikes"])["evt-airstrikes"].end_max.finite is False
    case.commit(set_date(case, "evt-airstrikes", Dating("2015", Founded(own_words(case), "stated"))))
    case.commit(set_date(case, "evt-airstrikes", None))
    time = time_in(case, "evt-airstrikes")
    assert (time.edtf, time.anchor) == (None, DOC)


def test_what_is_anchored_to_the_document_moves_at_once(case: Any) -> None:
    case.commit(set_date(case, DOC, outside("2024-12-20", "ref-2")))
    end = case.bounds(["evt-airstrikes"])["evt-airstrikes"].end_max
    assert end.value == 1734739199  # 20 December, its last second
    assert not end.approx
    row = case.table().row_of["evt-airstrikes"]
    assert int(case.table().time.end_max[row]) == end.value


@pytest.mark.parametrize("basis", ["stated", "inferred", "reference"])
def test_a_date_that_rests_on_nothing_is_refused_with_what_it_lacks(case: Any, basis: Any) -> None:
    with pytest.raises(CaseFileError) as refused:
        set_date(case, DOC, Dating("2016", Founded(basis=basis)))
    assert "reference" in str(refused.value) if basis == "reference" else "select them" in str(refused.value)


def test_an_impossible_date_contradicts_and_names_the_facts_and_undo_takes_it_back(case: Any) -> None:
    assert case.chronology().contradictions == ()
    case.commit(set_date(case, DOC, outside("2016", "ref-1")))
    (found,) = case.chronology().contradictions
    assert (DOC, "published") in {(fact.record, fact.path) for fact in found.facts}
    assert len(found.facts) > 2
    assert case.chronology(text_only=True).contradictions == ()
    case.undo()
    assert case.chronology().contradictions == ()


def test_without_what_comes_from_outside_the_airstrikes_bounds_open_again(case: Any) -> None:
    whole, text = (
        case.bounds(["evt-airstrikes"], text_only=only)["evt-airstrikes"] for only in (False, True)
    )
    assert whole.start_min.finite
    assert whole.end_max.finite
    assert not text.end_max.finite
    assert not text.start_min.finite or text.start_min.value < whole.start_min.value
