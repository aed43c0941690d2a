"""A tooltip says why an event was when it was: both bounds, whom they are from, and the facts in between."""

from __future__ import annotations

from typing import Any

from explorer.query.tracing import MOST_STEPS, trace_lines


def test_the_airstrikes_say_what_sets_both_of_their_bounds(sample_file: Any) -> None:
    start, end = trace_lines(sample_file, "evt-airstrikes")
    assert start.startswith("not before 27 Nov 2024 (from outside the report: ")
    assert "osintopedia" in start
    assert "is reported as a response to “Reported rebel gains in Aleppo and Hama”" in start
    assert "¶6" in start
    assert "is part of “Rebel offensive”" in start
    assert end.startswith("not after about 2 Dec 2024 (from outside the report: ")
    assert "was before the report" in end


def test_an_own_date_in_the_text_needs_no_reasons(sample_file: Any) -> None:
    assert trace_lines(sample_file, "evt-russia-2015") == []


def test_with_only_what_the_report_says_nothing_from_outside_is_told(sample_file: Any) -> None:
    assert trace_lines(sample_file, "evt-airstrikes", text_only=True) == []


def test_what_contradicts_is_told_with_the_facts(sample_json: dict[str, Any], case_file_of: Any) -> None:
    sample_json["documents"][0]["published"] |= {"edtf": "2016-05-01"}
    case = case_file_of(sample_json)
    told = [line for line in trace_lines(case, "evt-rebel-offensive") if "cannot all hold" in line]
    assert told
    assert "Set aside" in told[0]


def test_of_a_long_chain_the_steps_in_the_middle_are_counted(
    sample_json: dict[str, Any], case_file_of: Any
) -> None:
    first = "evt-russia-2015"
    asserted = [
        event["id"] for event in sample_json["events"]
        if event["id"] != first and any(claim.get("modality") in (None, "asserted") for claim in event["claims"])
    ][:9]  # fmt: skip
    for event in sample_json["events"]:
        if event["id"] in asserted:
            event.pop("time", None)
    evidence = sample_json["links"][0]["evidence"]
    link = {"type": "before", "basis": "inferred", "modality": "asserted", "evidence": evidence}
    pairs = zip((first, *asserted), asserted, strict=False)
    sample_json["links"] = [
        {"id": f"lnk-{n}", "source": one, "target": other, **link} for n, (one, other) in enumerate(pairs)
    ]
    (line,) = trace_lines(case_file_of(sample_json), asserted[-1])
    assert line.startswith("not before ")
    assert line.count(" was before ") == MOST_STEPS - 1
    assert "more steps" in line
