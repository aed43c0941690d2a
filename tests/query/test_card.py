"""The fact card: every value leads to its words, not stated is printed, and why is said in plain words."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from builders import random_case

from explorer.model.facts import Quantity
from explorer.query.amounts import amount_words
from explorer.query.card import Card, card


def rows(shown: Card, label: str) -> list[Any]:
    return [row for row in shown.rows if row.label == label]


def values(shown: Card, label: str) -> list[str]:
    return [row.value for row in rows(shown, label)]


@pytest.fixture
def strikes(sample_file: Any, sample_table: Any) -> Card:
    return card(sample_file, sample_table, "evt-airstrikes")


def test_the_airstrikes_read_as_designed(strikes: Card) -> None:
    assert strikes.title == "Russian and Syrian airstrikes on rebel-held areas"
    assert strikes.title_note == "coder's headline"
    assert values(strikes, "Did it") == ["Russian forces", "Syrian government forces"]
    assert values(strikes, "Target") == ["not stated"]
    assert values(strikes, "Killed") == ["at least 25 · who they were: not stated"]
    assert values(strikes, "Where") == ["Rebel-held areas, Syria; extent not stated"]
    assert values(strikes, "When") == [
        "no date in the report",
        "before the report",
        "27 Nov – about 2 Dec 2024",
    ]
    assert values(strikes, "Sources") == ["1 · 4 passages"]
    assert "Classified by the coder: Violence – air strike" in strikes.footer
    assert "Status: unreviewed" in strikes.footer


def test_each_value_says_what_it_rests_on_and_leads_to_its_words(strikes: Card) -> None:
    did = rows(strikes, "Did it")[0]
    assert (did.basis, did.basis_words, did.spans) == ("stated", "in the text", ("sp-05-07",))
    assert did.note == "“Russian and Syrian jets”"
    said = rows(strikes, "According to")[0]
    assert (said.value, said.basis_words) == ("the report; no source named", "reported as fact")
    assert rows(strikes, "When")[2].basis_words == "from outside the report"


def test_why_a_date_comes_from_outside_is_said_to_the_end_of_the_chain(strikes: Card) -> None:
    why = rows(strikes, "When")[2].note
    start, end = why.split(" · ")
    assert start.startswith(
        "from 27 Nov 2024: it is reported as a response to “Reported rebel gains in Aleppo and Hama”, ¶"
    )
    assert "“Reported rebel gains in Aleppo and Hama” is part of “Rebel offensive”, ¶" in start
    assert "“Rebel offensive” is dated from 27 Nov 2024; according to “" in start
    assert end.startswith(
        "until about 2 Dec 2024: before the report; the report is of about 2 Dec 2024; according to “"
    )
    assert end.endswith("WDBO, 2 Dec 2024")


def test_only_what_the_report_says_leaves_the_date_from_outside_out(
    sample_file: Any, sample_table: Any
) -> None:
    shown = card(sample_file, sample_table, "evt-airstrikes", text_only=True)
    assert values(shown, "When") == ["no date in the report", "before the report"]
    war = card(sample_file, sample_table, "evt-civil-war", text_only=True)
    assert values(war, "When") == ["no date in the report"]


def test_a_quote_is_the_words_themselves_with_the_rest_of_the_sentence_round_them(strikes: Card) -> None:
    first = strikes.quotes[0]
    assert first.text.startswith("a series of airstrikes conducted by Russian and Syrian jets")
    assert first.before.endswith("following ")
    assert first.place_words == "¶3, sentence 3"
    assert (first.span, first.sentence) == ("sp-05-05", 5)


def test_one_document_that_says_two_things_has_two_rows(sample_file: Any, sample_table: Any) -> None:
    entry = card(sample_file, sample_table, "evt-militia-entry")
    assert values(entry, "According to") == ["the report; no source named", "Military sources"]
    assert "according to Military sources" in rows(entry, "Came through")[0].note


def everything(source: dict[str, Any]) -> list[str]:
    lists = ("events", "relations", "links", "actors", "locations")
    return [record["id"] for name in lists for record in source[name]]


def test_every_record_of_the_sample_has_a_card(
    sample_file: Any, sample_table: Any, sample_json: dict[str, Any]
) -> None:
    spans = {span["id"]: span for span in sample_json["spans"]}
    for record_id in everything(sample_json):
        for text_only in (False, True):
            shown = card(sample_file, sample_table, record_id, text_only=text_only)
            assert shown.title
            assert all(row.label and row.value for row in shown.rows)
            assert all(span in spans for row in shown.rows for span in row.spans)
            assert all(spans[quote.span]["quote"] == quote.text for quote in shown.quotes)


def test_every_span_that_an_event_cites_is_reached_from_its_card(
    sample_file: Any, sample_table: Any, sample_json: dict[str, Any]
) -> None:
    for event in sample_json["events"]:
        parts = [*event["claims"], *(event.get(k, {}) for k in ("time",))]
        parts += [v for key in ("participants", "places", "quantities") for v in event.get(key, ())]
        wanted = {span for part in parts for span in part.get("evidence", ())}
        shown = card(sample_file, sample_table, event["id"])
        assert {span for row in shown.rows for span in row.spans} == wanted


@pytest.mark.parametrize("seed", range(8))
def test_random_cases_in_several_languages_have_cards_without_blanks(case_file_of: Any, seed: int) -> None:
    source = random_case(seed, events=12, documents=3)
    case = case_file_of(source)
    for record_id in everything(source):
        shown = card(case, case.table(), record_id, text_only=bool(seed % 2))
        assert all(row.label and row.value for row in shown.rows)
        assert all(quote.text or quote.start is None for quote in shown.quotes)


def test_an_unknown_record_is_a_key_error(sample_file: Any, sample_table: Any) -> None:
    for record_id in ("evt-none", "sp-05-05", "nonsense"):
        with pytest.raises(KeyError):
            card(sample_file, sample_table, record_id)


def test_sources_that_differ_are_shown_and_not_resolved(case_file_of: Any) -> None:
    source = random_case(5, events=1, documents=2, relations=0, links=0)
    first, second = (next(s["id"] for s in source["spans"] if s["document"] == d) for d in ("doc-0", "doc-1"))
    source["events"][0] = {
        "id": "evt-0", "title": "A strike", "type": "ASSAULT",
        "quantities": [{"kind": "fatalities", "qualifier": "range", "low": 25, "high": 31, "evidence": [first]}],
        "claims": [
            {"id": "clm-1", "evidence": [first]},
            {"id": "clm-2", "evidence": [second], "attribution": {"text": "a war monitor said"},
             "quantities": [{"kind": "fatalities", "low": 31, "best": 31, "high": 31, "evidence": [second]}]},
            {"id": "clm-3", "evidence": [second], "modality": "denied", "about": "number"},
        ],
    }  # fmt: skip
    source["mentions"] = []
    case = case_file_of(source)
    shown = card(case, case.table(), "evt-0")
    assert values(shown, "Killed") == ["25–31 · who they were: not stated"]
    said = rows(shown, "According to")
    assert [row.basis_words for row in said] == ["reported as fact", "reported as fact", "denied"]
    assert said[1].value.startswith("a war monitor said, in “\u2068Report 1: ")
    assert said[1].note == "it says: Killed: 31"
    assert said[2].note == "denies the number"
    assert rows(shown, "Sources")[0].note == "They differ"
    assert values(shown, "Did it") == values(shown, "Target") == values(shown, "Where") == ["not stated"]
    assert values(shown, "When") == ["no date in the report"]


def test_a_dataset_row_is_never_called_a_sentence_of_a_report(case_file_of: Any) -> None:
    source = random_case(5, events=1, documents=1, relations=0, links=0)
    source["datasets"] = [
        {
            "id": "dst-1",
            "title": "A dataset",
            "publisher": "UCDP",
            "licence": "CC BY 4.0",
            "citation": "Cite it.",
        }
    ]
    source["documents"][0] |= {"kind": "dataset_row", "dataset": "dst-1"}
    source["spans"].append({"id": "sp-row", "document": "doc-0"})
    source["events"][0] = {
        "id": "evt-0",
        "title": "A row",
        "claims": [{"id": "clm-1", "evidence": ["sp-row"]}],
    }
    source["mentions"] = []
    case = case_file_of(source)
    [quote] = card(case, case.table(), "evt-0").quotes
    assert quote.lead == "Coded by UCDP from:"
    assert quote.text == source["documents"][0]["text"]
    assert quote.place_words == "the document as a whole"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"qualifier": "at_least", "low": 25}, "at least 25"), ({"qualifier": "about", "best": 300}, "about 300"),
        ({"qualifier": "range", "low": 25, "high": 31}, "25–31"), ({"best": 1200}, "1,200"),
        ({"low": 3, "best": 5, "high": 9}, "5 (range 3–9)"), ({"low": 31, "best": 31, "high": 31}, "31"),
        ({"qualifier": "unspecified"}, "number not stated"), ({"qualifier": "more_than", "low": 10, "unit": "year"}, "more than 10 years"),
        ({"best": 1, "unit": "day"}, "1 day"), ({"qualifier": "at_most", "high": 4}, "at most 4"),
        ({"low": 7}, "at least 7"), ({"high": 7}, "at most 7"), ({"best": 0}, "0"), ({"best": 2.5, "unit": "hectares"}, "2.5 hectares"),
        ({"low": 9, "best": 5, "high": 3, "as_published": True}, "5 (range 9–3)"), ({"low": 0, "best": 2}, "2 (range 0–not stated)"),
    ],
)  # fmt: skip
def test_numbers_keep_what_qualifies_them(given: dict[str, Any], words: str) -> None:
    assert amount_words(Quantity(kind="other", evidence=("sp-1",), **given)) == words


def test_a_row_whose_words_the_dataset_does_not_hold_says_so(case_file_of: Any) -> None:
    source = random_case(5, events=1, documents=1, relations=0, links=0)
    digest = hashlib.sha256(b"").hexdigest()
    source["datasets"] = [{"id": "dst-1", "title": "ICEWS", "licence": "terms", "citation": "Cite it."}]
    source["documents"] = [
        {
            "id": "doc-0",
            "kind": "dataset_row",
            "title": "Story 7",
            "dataset": "dst-1",
            "text": "",
            "text_sha256": digest,
        }
    ]
    source["spans"], source["mentions"] = [{"id": "sp-row", "document": "doc-0"}], []
    source["events"] = [
        {"id": "evt-0", "title": "A row", "claims": [{"id": "clm-1", "evidence": ["sp-row"]}]}
    ]
    case = case_file_of(source)
    [quote] = card(case, case.table(), "evt-0").quotes
    assert (quote.text, quote.lead) == ("", "Coded by ICEWS; the words are not in the file.")
