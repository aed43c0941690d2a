"""Any field of one record or many is set as one named step, and what a record cannot be is refused."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.casefile.errors import CaseFileError
from explorer.edit.documents import set_published
from explorer.edit.values import add_tag, remove_tag, set_field
from explorer.model.facts import TimeRef

STRIKES = "evt-airstrikes"


def test_a_status_is_set_for_many_events_in_one_step(sample_file: Any) -> None:
    ids = [event.id for event in sample_file.all("events")][:5]
    before = "".join(sample_file.to_json())
    step = sample_file.commit(set_field(sample_file, ids, "status", "checked"))
    assert step.name == "set the status of 5 events"
    assert all(sample_file.record(each).status == "checked" for each in ids)
    sample_file.undo()
    assert "".join(sample_file.to_json()) == before


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", "Strikes"),
        ("note", "seen"),
        ("tags", ["a", "b"]),
        ("confidence", "high"),
        ("participants[0].role", "party"),
        ("participants[0].note", "so the report says"),
        ("claims[0].modality", "denied"),
        ("places[0].basis", "inferred"),
        ("time.edtf", "2024-11-30"),
    ],
)
def test_any_value_can_be_set(path: str, value: Any, sample_file: Any) -> None:
    sample_file.commit(set_field(sample_file, STRIKES, path, value))
    found = sample_file.record(STRIKES)
    for part in path.replace("[0]", ".0").split("."):
        found = found[int(part)] if part.isdigit() else getattr(found, part)
    assert found == (tuple(value) if isinstance(value, list) else value)


def test_none_takes_a_value_away(sample_file: Any) -> None:
    who = sample_file.record(STRIKES).participants
    sample_file.commit(set_field(sample_file, STRIKES, "participants[0]", None))
    assert sample_file.record(STRIKES).participants == who[1:]
    sample_file.commit(set_field(sample_file, STRIKES, "time", None))
    assert sample_file.record(STRIKES).time is None


def test_a_mode_goes_with_its_type(sample_file: Any) -> None:
    assert sample_file.record(STRIKES).mode == "aerial"
    sample_file.commit(set_field(sample_file, STRIKES, "type", "PROTEST"))
    assert sample_file.record(STRIKES).type == "PROTEST"
    assert sample_file.record(STRIKES).mode is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("status", "wonderful"),
        ("title", ""),
        ("claims", []),
        ("nonsense", 1),
        ("participants[99].role", "actor"),
    ],
)
def test_what_a_record_cannot_be_is_refused_in_words(path: str, value: Any, sample_file: Any) -> None:
    with pytest.raises(CaseFileError) as raised:
        set_field(sample_file, STRIKES, path, value)
    assert raised.value.problems


def test_tags_come_and_go_without_the_others(sample_file: Any) -> None:
    sample_file.commit(set_field(sample_file, STRIKES, "tags", ["old"]))
    sample_file.commit(add_tag(sample_file, [STRIKES], "new"))
    assert sample_file.record(STRIKES).tags == ("old", "new")
    assert sample_file.commit(add_tag(sample_file, [STRIKES], "new")).number == 0
    sample_file.commit(remove_tag(sample_file, STRIKES, "old"))
    assert sample_file.record(STRIKES).tags == ("new",)


def test_what_hangs_on_the_date_of_a_document_moves_with_it(sample_file: Any) -> None:
    anchored = [e.id for e in sample_file.all("events") if e.time and e.time.anchor == "doc-seed"]
    assert anchored
    before = sample_file.bounds(anchored)
    date = TimeRef(edtf="2016-05-01", basis="reference", citations=("ref-1",))
    date = date.model_copy(update={"citations": (next(sample_file.all("references")).id,)})
    step = sample_file.commit(set_published(sample_file, "doc-seed", date))
    assert step.name.startswith("set the date of ‘")
    assert sample_file.bounds(anchored) != before
    assert sample_file.undo().undone
    assert sample_file.bounds(anchored) == before
    sample_file.commit(set_published(sample_file, "doc-seed", None))
    assert sample_file.record("doc-seed").published is None
