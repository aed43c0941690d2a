"""Records as query prints them, over random cases in several languages."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from builders import random_case

from explorer.query.explaining import unknown_json
from explorer.query.filters import Choice, Filter
from explorer.query.masks import evaluate
from explorer.query.names import UnknownName, find_actor
from explorer.query.passages import Passages, sentence_words
from explorer.query.records import event_json, events_json, query_json


def cited(value: Any) -> set[str]:
    """Every span id under any "evidence", wherever it is."""
    if isinstance(value, dict):
        here = set(value.get("evidence", ()))
        return here.union(*(cited(v) for k, v in value.items() if k != "evidence"), set())
    return set().union(*map(cited, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("seed", range(6))
def test_every_event_carries_every_distinct_span_of_its_values_and_claims(
    case_file_of: Any, seed: int
) -> None:
    source = random_case(seed, events=15, documents=3)
    case = case_file_of(source)
    table = case.table()
    spans = {span["id"]: span for span in source["spans"]}
    texts = {document["id"]: document for document in source["documents"]}
    for row, event in enumerate(source["events"]):
        printed = event_json(case, table, row)
        assert printed["id"] == event["id"]
        wanted = {(spans[s]["document"], spans[s]["start"], spans[s]["end"]) for s in cited(event)}
        found = [(e["document"], e["start"], e["end"]) for e in printed["evidence"]]
        assert sorted(set(found)) == sorted(wanted)
        assert len(found) == len(wanted)
        for e in printed["evidence"]:
            document = texts[e["document"]]
            bounds = document["sentences"][e["sentence"]]
            assert document["text"][e["start"] : e["end"]] == e["quote"]
            assert bounds["start"] <= e["start"] <= e["end"] <= bounds["end"]


@pytest.mark.parametrize("seed", range(4))
def test_only_the_text_leaves_reference_values_out_and_keeps_every_record(
    case_file_of: Any, seed: int
) -> None:
    source = random_case(seed, events=20)
    case = case_file_of(source)
    table = case.table()
    shown = evaluate(table, Filter(text_only=True))
    printed = query_json(case, shown)
    assert printed["count"] == len(source["events"])
    for event, coded in zip(printed["events"], source["events"], strict=True):
        assert event["time"]["basis"] != "reference"
        assert all(p["basis"] != "reference" for p in event["participants"])
        assert all(q["basis"] != "reference" for q in event["quantities"])
        kept = [p for p in coded.get("places", ()) if p.get("basis") != "reference"]
        assert [p["location"] for p in event["places"]] == [p["location"] for p in kept]


def test_a_query_prints_json_that_reads_back(sample_file: Any, sample_table: Any) -> None:
    wanted = Filter(actors=Choice(include=("act-russia",)), text_only=True)
    printed = query_json(sample_file, evaluate(sample_table, wanted))
    assert json.loads(json.dumps(printed)) == printed
    assert Filter.from_json(json.dumps(printed["filter"])) == wanted
    assert printed["case"]["hash"] == sample_file.case_hash()


def test_a_walk_in_batches_prints_what_one_by_one_prints(
    case_file_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_file_of(random_case(9, events=11))
    table = case.table()
    one_by_one = [event_json(case, table, row) for row in range(11)]
    monkeypatch.setattr("explorer.query.records._BATCH", 4)
    assert list(events_json(case, table, range(11))) == one_by_one


def test_a_passage_knows_its_sentence_its_paragraph_and_what_stands_round_it(sample_file: Any) -> None:
    passages = Passages(sample_file)
    [span] = sample_file.spans(["sp-05-05"])
    assert passages.sentence(span) == 5
    assert sentence_words(passages.document(span.document), 5) == "¶3, sentence 3"
    before, after = passages.context(span)
    assert before == "The situation escalated following "
    assert after == "."
    assert passages.document(span.document).text.count(before + (span.quote or "") + after) == 1


def test_a_document_as_a_whole_has_no_sentence(case_file_of: Any) -> None:
    source = random_case(2, events=3)
    source["spans"].append({"id": "sp-whole", "document": "doc-0"})
    source["spans"].append(
        {"id": "sp-lost", "document": "doc-0", "quote": "no longer there", "unanchored": True}
    )
    source["events"][0]["claims"] = [{"id": "clm-900", "evidence": ["sp-whole", "sp-lost"]}]
    for key in ("participants", "places", "quantities", "time"):
        source["events"][0].pop(key, None)
    case = case_file_of(source)
    evidence = event_json(case, case.table(), 0)["evidence"]
    assert {(e["sentence"], e["start"], e["quote"]) for e in evidence} == {
        (None, None, None), (None, None, "no longer there"),
    }  # fmt: skip


def test_a_row_of_a_dataset_leads_to_its_own_sentences(case_file_of: Any) -> None:
    source = random_case(2, events=3)
    source["datasets"] = [{"id": "dst-1", "title": "A dataset", "licence": "free", "citation": "Cite it."}]
    source["documents"][0] |= {"kind": "dataset_row", "dataset": "dst-1"}
    source["spans"].append({"id": "sp-whole", "document": "doc-0"})
    source["events"][0]["claims"] = [{"id": "clm-900", "evidence": ["sp-whole"]}]
    for key in ("participants", "places", "quantities", "time"):
        source["events"][0].pop(key, None)
    case = case_file_of(source)
    printed = event_json(case, case.table(), 0)
    text = source["documents"][0]["text"]
    assert [entry["quote"] for entry in printed["evidence"]] == [
        text[each["start"] : each["end"]] for each in source["documents"][0]["sentences"]
    ]
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in printed["evidence"])
    assert [entry["sentence"] for entry in printed["evidence"]] == [*range(len(printed["evidence"]))]
    assert all(entry["whole_row"] for entry in printed["claims"][0]["evidence"])


def test_a_row_without_words_says_that_it_is_cited_as_a_whole(case_file_of: Any) -> None:
    source = random_case(2, events=1, documents=1, relations=0, links=0)
    digest = hashlib.sha256(b"").hexdigest()
    source["documents"] = [
        {"id": "doc-0", "kind": "dataset_row", "title": "Story 7", "text": "", "text_sha256": digest}
    ]
    source["spans"], source["mentions"] = [{"id": "sp-whole", "document": "doc-0"}], []
    source["events"] = [{"id": "evt-0", "title": "x", "claims": [{"id": "clm-1", "evidence": ["sp-whole"]}]}]
    case = case_file_of(source)
    [evidence] = event_json(case, case.table(), 0)["evidence"]
    assert (evidence["quote"], evidence["whole_row"]) == (None, True)


def test_a_name_that_finds_nothing_is_explained_in_what_is_printed(
    sample_file: Any, sample_table: Any
) -> None:
    found = query_json(sample_file, evaluate(sample_table, Filter()))
    assert "explained" not in found
    with pytest.raises(UnknownName) as refused:
        find_actor(sample_table, "offensive")
    told = unknown_json(sample_file, refused.value)
    assert told is not None
    assert (told["count"], told["events"], told["unknown"]["name"]) == (0, [], "offensive")
    assert told["mentions"] == len(sample_file.text_rows("offensive"))
    assert "“" in told["explained"][0]
    with pytest.raises(UnknownName) as refused:
        find_actor(sample_table, "Rusia")
    assert unknown_json(sample_file, refused.value) is None
