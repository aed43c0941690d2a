"""What is made on the way goes into the same edit; mentions and guesses."""

from __future__ import annotations

import pytest

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.coining import Coined, code, guessed_form, guessed_kind, mark, occurrences
from explorer.edit.drafts import ClaimDraft, EventDraft, Founded, PartDraft, PlaceDraft, RelationDraft
from explorer.edit.passages import Marked
from explorer.model.records import LISTS
from explorer.model.vocabulary import ActorKind, LocationKind


def marked(case: CaseFile, words: str) -> Marked:
    start = case.source("doc-seed").text.index(words)
    return Marked("doc-seed", start, start + len(words))


def dump(case: CaseFile) -> dict[str, list[str]]:
    return {name: [each.model_dump_json() for each in case.all(name)] for name in LISTS}


def test_an_event_brings_the_actor_and_the_places_it_needs_and_undo_takes_all_back(
    sample_file: CaseFile,
) -> None:
    before = dump(sample_file)
    words = Founded((marked(sample_file, "the war in Ukraine"),))
    coined = (
        Coined("act-coined", "actors", "Planners", "grouping"),
        Coined("loc-town", "locations", "A town", "place", part_of="loc-valley"),
        Coined("loc-valley", "locations", "A valley", "region"),
        Coined("act-spare", "actors", "Never used", "other"),
    )
    draft = EventDraft(
        "A war", (ClaimDraft(words),), parts=(PartDraft("act-coined", founded=words),),
        places=(PlaceDraft("loc-town", founded=words),),
    )  # fmt: skip
    edit = code(sample_file, draft, coined)
    assert [each.id for each in edit.puts[:3]] == ["act-coined", "loc-valley", "loc-town"]
    sample_file.commit(edit)
    assert sample_file.record("loc-town").part_of == "loc-valley"
    assert sample_file.known(["act-spare"]) == frozenset()
    sample_file.undo()
    assert dump(sample_file) == before


def test_a_relation_may_name_an_actor_that_is_made_with_it(sample_file: CaseFile) -> None:
    words = ClaimDraft(Founded((marked(sample_file, "both Russia and Hezbollah"),)))
    edit = code(
        sample_file, RelationDraft("act-new", "act-russia", (words,)), [Coined("act-new", "actors", "New", "party")]
    )  # fmt: skip
    sample_file.commit(edit)
    assert "‘New’" in edit.name
    assert sample_file.record("act-new").kind == "party"


def test_words_are_marked_as_a_mention_with_those_like_them_and_an_alias(sample_file: CaseFile) -> None:
    text = sample_file.source("doc-seed").text
    first = marked(sample_file, "insurgency")
    others = occurrences(text, "rebel", first.start)
    assert all(text[start:end] == "rebel" for start, end in others)
    assert not any(text[end : end + 1].isalpha() for _, end in others)
    edit = mark(sample_file, [first], "act-rebels", "nominal", alias="fighters")
    sample_file.commit(edit)
    assert "fighters" in sample_file.record("act-rebels").aliases
    here = [each for each in sample_file.mentions_in("doc-seed") if each.start == first.start]
    assert ("act-rebels", "nominal") in {(each.refers_to, each.form) for each in here}


def test_what_cannot_be_a_record_is_refused(sample_file: CaseFile) -> None:
    with pytest.raises(CaseFileError):
        mark(
            sample_file, [marked(sample_file, "Hezbollah")], Coined("act-x", "actors", "X", "no kind"), "name"
        )


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("they", "pronoun"),
        ("Bashar al-Assad", "name"),
        ("the rebels", "nominal"),
        ("قوات", "name"),
        ("", "name"),
    ],
)
def test_the_form_of_a_mention_is_guessed_from_its_words(words: str, form: str) -> None:
    assert guessed_form(words) == form


def test_a_guessed_kind_is_one_that_the_model_has() -> None:
    from typing import get_args

    for words in (
        "Russian jets",
        "rebels",
        "a river",
        "Idlib governorate",
        "xyz",
        "the ministry",
        "residents",
    ):
        assert guessed_kind("actors", words) in get_args(ActorKind)
        assert guessed_kind("locations", words) in get_args(LocationKind)
    assert guessed_kind("actors", "Russian jets") == "state_forces"
    assert guessed_kind("locations", "the Euphrates river") == "water"
