"""Search finds what is written as people type it, in any script, and what is typed is never query syntax."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import Any

import pytest
from builders import random_case
from hypothesis import given
from hypothesis import strategies as st

from explorer.casefile.folding import folded, match_all, match_expressions
from explorer.casefile.store import CaseFile


@pytest.fixture(scope="module")
def sample() -> Any:
    from explorer.intake.opening import open_case

    with open_case("sample") as case:
        yield case


def cited_text(case: dict[str, Any], event: dict[str, Any]) -> str:
    """Return the title and the sentences that an event's claims cite, from the JSON alone."""
    spans = {span["id"]: span for span in case["spans"]}
    documents = {document["id"]: document for document in case["documents"]}
    parts = [event["title"]]
    for claim in event["claims"]:
        for span in (spans[span] for span in claim["evidence"]):
            document = documents[span["document"]]
            parts += [
                document["text"][s["start"] : s["end"]]
                for s in document["sentences"]
                if s["start"] <= span["start"] < s["end"]
            ]
    return "\n".join(parts)


def holds(text: str, words: str) -> bool:
    """Return whether text has every word whole, and one that begins with the last."""
    tokens = re.findall(r"\w+", folded(text))
    *whole, last = folded(words).split()
    return all(word in tokens for word in whole) and any(token.startswith(last) for token in tokens)


@pytest.mark.parametrize(
    "words", ["Aleppo", "russ", "rebel", "airstrikes", "at least", "RUSSIAN jets", "idlib camps", "nothing"]
)
def test_text_finds_the_events_whose_title_or_cited_sentences_hold_all_words(
    sample: CaseFile, sample_json: dict[str, Any], words: str
) -> None:
    found = [sample.table().ids[row] for row in sample.text_rows(words)]
    assert found == [e["id"] for e in sample_json["events"] if holds(cited_text(sample_json, e), words)]


@pytest.mark.parametrize("seed", range(5))
def test_text_equals_brute_force_in_every_language(seed: int, case_file_of: Any) -> None:
    case, draw = random_case(seed, events=20), random.Random(seed)
    with case_file_of(case) as opened:
        ids = opened.table().ids
        for _ in range(10):
            event = draw.choice(case["events"])
            word = draw.choice(re.findall(r"\w+", cited_text(case, event)))
            found = [ids[row] for row in opened.text_rows(word)]
            assert event["id"] in found
            if folded(word).isalnum() and len(folded(word).split()) == 1:
                assert found == [e["id"] for e in case["events"] if holds(cited_text(case, e), word)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Hôpital détruit à Älmhult", "hopital detruit almhult"),
        ("قَصَفَت الطائراتُ حلب", "قصفت الطائرات"),
        ("أحرار الشام", "احرار"),
        ("الجـــيش", "الجيش"),
        ("войска вошли в город", "ВОЙСКА горо"),
        ("軍隊が町に入った", "町に"),
        ("ทหารเข้าเมือง", "เมือง"),
        ("सैनिक शहर में", "शहर"),
        ("שָׁלוֹם", "שלום"),
        ("Die Straße nach Süden", "strasse sud"),
        ("Iran-backed militias", "iran-back"),
        ("Iran-backed militias", "backed"),
        ("the U.S. said 25%", "u.s. 25"),
        ("ﬁre in İzmir", "fire izm"),
    ],
)
def test_accents_vowel_points_case_and_scripts_without_blanks_do_not_matter(
    written: str, typed: str, case_file_of: Any
) -> None:
    case = random_case(1, events=1, actors=1)
    case["events"][0]["title"] = written
    case["actors"][0]["aliases"] = [written]
    with case_file_of(case) as opened:
        assert opened.text_rows(typed).tolist() == [0]
        assert {"event", "actor"} <= {hit.kind for hit in opened.search(typed)}


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "a AND",
        "NOT x",
        "text:syria",
        "syria*",
        "(",
        "^a",
        "{a}",
        "a NEAR(b)",
        "-",
        "''",
        "\x00",
        "* *",
        "\ud800",
        "a\ud800b",
    ],
)
def test_what_is_typed_is_never_query_syntax(sample: CaseFile, typed: str) -> None:
    sample.search(typed)
    sample.text_rows(typed)


@given(st.text(max_size=30))
def test_any_text_can_be_typed(sample: CaseFile, typed: str) -> None:
    sample.search(typed, limit=3)
    assert len(match_expressions(typed)) <= len(typed.split())


def test_nothing_typed_finds_nothing(sample: CaseFile) -> None:
    for typed in ("", "   ", "…", "-- !"):
        assert sample.search(typed) == []
        assert sample.text_rows(typed).tolist() == []
        assert match_all(typed) is None


def test_hits_say_what_they_are_and_where(sample: CaseFile) -> None:
    hits = sample.search("aleppo", limit=100)
    assert [hit.kind for hit in hits] == sorted(
        (hit.kind for hit in hits), key=["event", "actor", "place", "document", "sentence"].index
    )
    place = next(hit for hit in hits if hit.kind == "place")
    assert (place.text, place.detail) == ("Aleppo", "Syria, Middle East")
    document = sample.record("doc-seed")
    for hit in hits:
        if hit.kind == "sentence":
            bounds = document.sentences[hit.sentence]
            assert (hit.id, hit.text) == ("doc-seed", document.text[bounds.start : bounds.end])
        else:
            assert sample.record(hit.id) is not None
    assert len(sample.search("a", limit=4)) == 4


def test_every_name_and_alias_is_found(sample: CaseFile, sample_json: dict[str, Any]) -> None:
    for actor in sample_json["actors"]:
        for name in (actor["name"], *actor.get("aliases", ())):
            assert actor["id"] in {hit.id for hit in sample.search(name, limit=200)}


@pytest.mark.parametrize("seed", range(6))
def test_common_words_are_found_as_rare_ones_are(
    seed: int, case_file_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, draw = random_case(seed, events=40, documents=3), random.Random(seed)
    words = [draw.choice(re.findall(r"\w+", cited_text(case, event))) for event in case["events"]]
    for event in case["events"][::4]:  # some rest on a document as a whole
        first = event["claims"][0]["evidence"][0]
        document = next(each["document"] for each in case["spans"] if each["id"] == first)
        span = f"sp-whole-{event['id']}"
        case["spans"].append({"id": span, "document": document})
        event["claims"][0]["evidence"].append(span)
    with case_file_of(case) as opened:
        typed = [
            *words,
            *(word[:2] for word in words),
            *(f"{a} {b}" for a, b in pairwise(words)),
        ]
        rare = [opened.text_rows(each).tolist() for each in typed]
        hits = [
            {(hit.kind, hit.id, hit.sentence) for hit in opened.search(each, limit=10_000)} for each in typed
        ]
        monkeypatch.setattr("explorer.casefile.search.COMMON", 1)
        assert [opened.text_rows(each).tolist() for each in typed] == rare
        assert [
            {(h.kind, h.id, h.sentence) for h in opened.search(each, limit=10_000)} for each in typed
        ] == hits
        assert any(rare)
        for each in typed:
            assert len(opened.search(each, limit=3)) <= 3


def test_of_common_names_the_shortest_come_first(case_file_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case = random_case(3, events=2, actors=3)
    for actor, name in zip(
        case["actors"], ["Army of the North and East", "Army", "Army of Islam"], strict=True
    ):
        actor["name"], actor["aliases"] = name, []
    monkeypatch.setattr("explorer.casefile.search.COMMON", 1)
    with case_file_of(case) as opened:
        found = [hit.text for hit in opened.search("army") if hit.kind == "actor"]
    assert found == ["Army", "Army of Islam", "Army of the North and East"]


def test_first_hits_of_a_beginning_are_those_of_the_index(
    case_file_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_file_of(random_case(5, events=60, actors=5))
    monkeypatch.setattr("explorer.casefile.search.COMMON", 1)
    beginnings = ("e", "ev", "1", "a", "z", "eve")
    expected = [case.search(words, 10) for words in beginnings]
    monkeypatch.setattr("explorer.casefile.search.MANY", 1)
    assert [case.search(words, 10) for words in beginnings] == expected
    assert any(len(hits) == 10 and hits[0].kind == "event" for hits in expected)
