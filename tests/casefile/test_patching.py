"""Columns that follow an edit are those that building them anew gives."""

from __future__ import annotations

import random
from typing import Any

import pytest
from builders import random_case
from columns_alike import assert_same

from explorer.casefile import table as building
from explorer.casefile.changes import Edit
from explorer.casefile.store import CaseFile
from explorer.model.records import Actor

TITLES = ("One", "Two", "Three")


def small_edit(case: CaseFile, draw: random.Random) -> Edit:
    events = draw.sample(list(case.all("events")), 3)
    kind = draw.randrange(6)
    if kind == 0:
        change: dict[str, Any] = {"status": draw.choice(["unreviewed", "checked", "disputed"])}
    elif kind == 1:
        change = {"tags": tuple(draw.sample(["key", "مهم", "brand new", "b"], draw.randrange(3)))}
    elif kind == 2:
        change = {"title": draw.choice(TITLES), "note": "seen"}
    elif kind == 3:
        change = {"type": draw.choice(["PROTEST", "AID", None]), "mode": None}
    elif kind == 4:
        change = {"type": "ASSAULT", "mode": draw.choice(["aerial", "explosives", None])}
    else:
        return Edit("note", (next(case.all("actors")).model_copy(update={"note": str(draw.random())}),))
    return Edit("small", tuple(event.model_copy(update=change) for event in events))


@pytest.mark.parametrize("seed", range(3))
def test_what_follows_an_edit_is_what_building_anew_gives(
    seed: int, case_file_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, draw = case_file_of(random_case(seed, events=12)), random.Random(seed)
    case.table()
    anew = building.build_table
    monkeypatch.setattr(building, "build_table", None)  # calling it would be an error
    for _ in range(25):
        case.commit(small_edit(case, draw))
        if draw.random() < 0.3:
            case.undo()
        assert_same(case.table(), anew(case.database, case.version))
    case.go_to(0)
    assert_same(case.table(), anew(case.database, case.version))


def test_an_edit_of_times_or_ids_builds_the_columns_anew(case_file_of: Any) -> None:
    case = case_file_of(random_case(5, events=8))
    case.table()
    event = next(each for each in case.all("events") if each.time is not None)
    for edit in (
        Edit("undated", (event.model_copy(update={"time": None}),)),
        Edit("new", (Actor(id="act-new", name="New", kind="person"),)),
        Edit("renamed", (next(case.all("actors")).model_copy(update={"name": "Renamed"}),)),
    ):
        case.commit(edit)
        assert_same(case.table(), building.build_table(case.database, case.version))


def test_columns_that_another_connection_has_moved_on_are_built_anew(case_file_of: Any) -> None:
    case = case_file_of(random_case(6, events=8))
    case.table()
    with CaseFile.open(case.path) as other:
        other.commit(Edit("new", (Actor(id="act-new", name="New", kind="person"),)))
    case.commit(small_edit(case, random.Random(1)))
    assert_same(case.table(), building.build_table(case.database, case.version))
