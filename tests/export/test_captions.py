"""The caption is right by construction: counts, conditions, sources, what came from outside (design §4)."""

from __future__ import annotations

import numpy as np
import pytest
from builders import random_case

from explorer.export import captions
from explorer.export.sentences import sentences
from explorer.export.sources import dataset_words, document_words, reference_ids
from explorer.model.records import Dataset, Document
from explorer.query.filters import Choice, Filter
from explorer.query.masks import evaluate


@pytest.fixture
def shown(sample_file):
    return lambda wanted=None, **settings: evaluate(sample_file.table(), wanted or Filter(**settings))


def actors(*ids, **settings):
    return Filter(actors=Choice(include=ids), **settings)


def test_every_kind_of_count_is_told(sample_file, shown):
    said = captions.caption(sample_file, shown(actors("act-russia")), ["timeline"])
    assert said[0].startswith("5 of 25 records: 2 events, 2 background statements and 1 expectation.")
    assert "left out" in said[0]


def test_a_filter_that_leaves_nothing_certain_says_what_may_be_included(sample_file, shown):
    wanted = actors("act-russia", places=Choice(include=("loc-aleppo",)))
    said = captions.caption(sample_file, shown(wanted), ["timeline"])[0]
    assert said.startswith("0 of 25 records.")
    assert "No record says that Russia acted in Aleppo." in said


def test_the_headline_asks_what_the_filter_asks(sample_file, shown):
    case = sample_file
    assert captions.title(case, shown()) == "Renewed violence in Syria: one article, hand-coded"
    assert captions.title(case, shown(actors("act-russia"))) == "What one report says about Russia"
    assert (
        captions.title(case, shown(actors("act-russia", actor_role="actor")))
        == "What one report says Russia did"
    )
    there = Filter(places=Choice(include=("loc-idlib",)))
    assert captions.title(case, shown(there)) == "What one report says in Idlib"
    assert (
        captions.title(case, shown(Filter(time_from="2015", time_to="2015"))) == "What one report says, 2015"
    )


def test_the_source_is_named_and_what_is_not_stated_is_said(sample_file, shown):
    said = " ".join(captions.caption(sample_file, shown(), ["timeline"]))
    assert "publisher not stated" in said
    assert "“Renewed Violence in Syria" in said
    assert "no date in the report (about 2 Dec 2024, from outside it)" in said


def test_what_rests_on_something_outside_names_it_with_its_citation(sample_file, shown):
    said = " ".join(captions.caption(sample_file, shown(), ["timeline"]))
    assert "From outside the report: the dates of 23 records, from “Syrian rebels advance" in said
    assert reference_ids(sample_file, shown()) == ["ref-1", "ref-2", "ref-3"]


def test_without_reference_values_none_is_named(sample_file, shown):
    said = " ".join(captions.caption(sample_file, shown(text_only=True), ["timeline"]))
    assert "Only what the report says: values from outside it are left out." in said
    assert "osintopedia" not in said
    assert "2 Dec 2024" not in said


def test_only_styles_that_occur_are_explained(sample_file, shown):
    everything = captions.line_styles(shown(), ["timeline"], "calendar")
    assert "dotted edge: dated from outside the report" in everything
    certain = captions.line_styles(shown(text_only=True), ["timeline"], "calendar")
    assert "outside the report" not in certain
    assert captions.line_styles(shown(), ["events"], "calendar") == ""


def test_the_caption_names_no_record_by_its_id(sample_file, shown):
    for view in captions.VIEW_WORDS:
        words = " ".join(captions.caption(sample_file, shown(), [view])) + captions.alt_text(
            sample_file, shown(), [view]
        )
        assert "evt-" not in words


def test_the_imprint_has_the_program_and_the_case_s_hash(sample_file):
    assert captions.imprint(sample_file).endswith(f"case {sample_file.case_hash()[:12]}.")


def test_an_empty_selection_has_words_too(sample_file, shown):
    nothing = shown(
        Filter(text_only=True, kinds=Choice(exclude=("happened", "ongoing", "situation", "expected")))
    )
    assert nothing.count == 0
    assert captions.caption(sample_file, nothing, ["timeline", "actors"])[0].startswith("0 of 25 records.")
    assert captions.alt_text(sample_file, nothing, ["timeline"])


def test_one_report_stays_one_report_where_nothing_is_shown(sample_file, shown, case_file_of):
    wanted = actors("act-russia", text="no-such-word")
    words = np.zeros(0, np.int32)
    assert (
        captions.title(sample_file, evaluate(sample_file.table(), wanted, words))
        == "What one report says about Russia"
    )
    several = case_file_of(random_case(3, documents=3))
    asked = evaluate(several.table(), Filter(actors=Choice(include=("act-0",)), text="no-such-word"), words)
    assert captions.title(several, asked).startswith("What the reports say about ")


def test_sentences_are_the_distinct_ones_that_the_records_cite(sample_file, shown):
    found = sentences(sample_file, shown(actors("act-russia")))
    assert [s.number for s in found.listed] == list(range(1, len(found.listed) + 1))
    assert (
        "Historically, Russia intervened in Syria in 2015, enabling Assad to reclaim lost territories."
        in [s.text for s in found.listed]
    )
    assert found.unread == 0
    one = next(s for s in found.listed if "at least 25 fatalities" in s.text)
    assert one.place == "¶3, sentence 3"
    assert one.titles == ("Russian and Syrian airstrikes on rebel-held areas",)


def test_names_that_run_right_to_left_cannot_turn_our_words_round():
    document = Document.model_validate(
        {
            "id": "doc-a",
            "title": "غارات \u202e على حلب",
            "publisher": "الوكالة",
            "text": "x",
            "text_sha256": "x",
        }
    )
    said = document_words(document)
    assert "\u202e" not in said
    assert said.count("\u2068") == said.count("\u2069") == 2


def test_a_dataset_is_cited_as_it_asks():
    dataset = Dataset(
        id="dst-a", title="GED", version="25.1", licence="CC BY 4.0", citation="Davies et al. (2025)."
    )
    assert dataset_words(dataset) == "Data: GED, version 25.1. Davies et al. (2025). Licence: CC BY 4.0."


def test_rows_of_a_dataset_are_never_called_sentences(sample_json, case_file_of):
    sample_json["documents"][0] |= {"kind": "dataset_row", "publisher": "UCDP"}
    case = case_file_of(sample_json)
    found = sentences(case, evaluate(case.table(), Filter()))
    assert {s.coded_from for s in found.listed} == {"Coded by UCDP from"}


def test_the_caption_names_the_cross_where_one_is_drawn(sample_file, shown):
    told = shown(actors("act-russia"))
    assert "cross: suffered it" in captions.line_styles(told, ["timeline"], "calendar")
    assert "cross" not in captions.line_styles(told, ["timeline"], "calendar", "place")
