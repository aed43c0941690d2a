"""What contradicts is told with its facts, their sentences, what was set aside, and how to mend it."""

from __future__ import annotations

from typing import Any

from explorer.edit.dating import Dating, set_date
from explorer.edit.drafts import Founded
from explorer.query.contradicting import clashes, count_words


def test_each_fact_comes_with_its_sentence_and_one_is_set_aside(
    sample_json: dict[str, Any], case_file_of: Any
) -> None:
    case = case_file_of(sample_json)
    assert list(clashes(case)) == []
    case.commit(set_date(case, "doc-seed", Dating("2016", Founded(basis="reference", citations=("ref-1",)))))
    (clash,) = clashes(case)
    assert [fact.aside for fact in clash.facts].count(True) == 1
    by_record = {fact.record: fact for fact in clash.facts}
    assert "is of 2016" in by_record["doc-seed"].words
    assert by_record["doc-seed"].dated
    text = case.source("doc-seed").text
    cited = [fact for fact in clash.facts if fact.spans]
    assert cited
    assert all(sentence in text for fact in cited for sentence in fact.sentences)
    assert all(fact.sentences for fact in cited)
    assert "set aside" in clash.mend
    assert list(clashes(case, text_only=True)) == []


def test_the_count_is_said_in_words() -> None:
    assert [count_words(number) for number in (0, 1, 2)] == ["", "1 contradiction", "2 contradictions"]
