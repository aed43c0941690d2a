"""The columns of a case say what its JSON says, by a few lines of plain Python over the JSON."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.columns import (
    BASES,
    EVENT_TYPES,
    HUES,
    KINDS,
    MODALITIES,
    PLACE_ROLES,
    QUALIFIERS,
    QUANTITY_KINDS,
    ROLES,
    SOURCES,
    STATUSES,
)
from explorer.model.codebook import hue_of

SEEDS = range(6)


def names(codes: Any, words: Any) -> list[str]:
    return [words[code] for code in codes]


def kind(event: dict[str, Any]) -> str:
    said = [claim.get("modality", "asserted") for claim in event["claims"]]
    if all(each in ("expected", "possible") for each in said):
        return "expected"
    return {"occurrence": "happened", "episode": "ongoing", "state": "situation"}[
        event.get("kind", "occurrence")
    ]


def check_columns(case: dict[str, Any], table: Any) -> None:
    events = case["events"]
    assert list(table.ids) == [event["id"] for event in events]
    assert names(table.kind, KINDS) == [kind(event) for event in events]
    assert names(table.type, EVENT_TYPES) == [event.get("type", "") for event in events]
    assert names(table.mode, table.modes) == [event.get("mode", "") for event in events]
    assert names(table.status, STATUSES) == [event.get("status", "unreviewed") for event in events]
    assert names(table.hue, HUES) == [hue_of(e.get("type"), tuple(e.get("contexts", ()))) for e in events]
    assert table.hollow.tolist() == [
        all(claim.get("modality", "asserted") != "asserted" for claim in event["claims"]) for event in events
    ]
    assert table.titles(range(len(events))) == [event["title"] for event in events]
    for row, event in enumerate(events):
        check_values(table, row, event)


def check_values(table: Any, row: int, event: dict[str, Any]) -> None:
    p, at = table.participations, table.participations.slice(row)
    assert list(
        zip(
            names(p.actor[at], table.actors.ids),
            names(p.role[at], ROLES),
            names(p.basis[at], BASES),
            strict=True,
        )
    ) == [
        (value["actor"], value["role"], value.get("basis", "stated"))
        for value in event.get("participants", ())
    ]
    p, at = table.places, table.places.slice(row)
    assert list(
        zip(names(p.location[at], table.locations.ids), names(p.role[at], PLACE_ROLES), strict=True)
    ) == [(value["location"], value.get("role", "at")) for value in event.get("places", ())]
    q, at = table.quantities, table.quantities.slice(row)
    numbers = np.stack([q.low[at], q.best[at], q.high[at]], axis=1)
    given = [
        [value.get(key, np.nan) for key in ("low", "best", "high")] for value in event.get("quantities", ())
    ]
    np.testing.assert_array_equal(numbers, np.array(given, dtype=float).reshape(-1, 3))
    assert names(q.kind[at], QUANTITY_KINDS) == [value["kind"] for value in event.get("quantities", ())]
    assert names(q.qualifier[at], QUALIFIERS) == [
        value.get("qualifier", "exactly") for value in event.get("quantities", ())
    ]
    c, at = table.claims, table.claims.slice(row)
    assert names(c.modality[at], MODALITIES) == [
        claim.get("modality", "asserted") for claim in event["claims"]
    ]
    assert names(table.tags.value[table.tags.slice(row)], table.tag_names) == event.get("tags", [])


def test_the_columns_of_the_sample_are_its_json(sample_json: dict[str, Any], sample_table: Any) -> None:
    check_columns(sample_json, sample_table)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_columns_of_any_case_are_its_json(seed: int, case_file_of: Any) -> None:
    case = random_case(seed, events=25)
    with case_file_of(case) as opened:
        check_columns(case, opened.table())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("text_only", [False, True])
def test_the_bounds_in_the_columns_are_those_the_case_file_gives_one_by_one(
    seed: int, text_only: bool, case_file_of: Any
) -> None:
    case = random_case(seed, events=25)
    with case_file_of(case) as opened:
        table = opened.table()
        times = table.times(text_only=text_only)
        for row, event_id in enumerate(table.ids):
            bounds = opened.bounds([event_id], text_only=text_only)[event_id]
            assert [bound.value for bound in bounds.four] == [
                times.start_min[row], times.start_max[row], times.end_min[row], times.end_max[row],
            ]  # fmt: skip
            assert [bound.basis for bound in bounds.four] == times.basis[row].tolist()
            assert [bound.approx for bound in bounds.four] == times.approx[row].tolist()
            assert bounds.undated == times.undated[row]


def test_who_says_it_is_printed_by_the_actors_name_where_coded(
    sample_json: dict[str, Any], sample_table: Any
) -> None:
    actors = {actor["id"]: actor["name"] for actor in sample_json["actors"]}
    for row, event in enumerate(sample_json["events"]):
        codes = sample_table.claims.attribution[sample_table.claims.slice(row)]
        for code, claim in zip(codes, event["claims"], strict=True):
            said = claim.get("attribution")
            printed = None if not said else actors[said["actor"]] if "actor" in said else said["text"]
            assert (None if code < 0 else sample_table.attributions[code]) == printed


def test_every_array_is_read_only(sample_table: Any) -> None:
    def arrays(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            yield value
        elif dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                yield from arrays(getattr(value, field.name))

    found = list(arrays(sample_table))
    assert len(found) > 40
    assert not any(array.flags.writeable for array in found)


def test_membership_and_leading_come_from_asserted_relations_only(
    sample_json: Any, case_file_of: Any
) -> None:
    ties = [r for r in sample_json["relations"] if r["type"] == "part_of"]
    ties[0]["claims"] = [claim | {"modality": "denied"} for claim in ties[0]["claims"]]
    with case_file_of(sample_json) as case:
        table = case.table()
    pairs = {(table.actors.ids[a], table.actors.ids[b]) for a, b in table.actors.part_of}
    assert pairs == {(r["source"], r["target"]) for r in ties[1:]}
    hollow = {table.relations.ids[i] for i in np.flatnonzero(table.relations.hollow)}
    assert ties[0]["id"] in hollow


def test_facts_of_a_merged_actor_count_for_the_survivor_and_it_is_listed_no_more(
    sample_json: dict[str, Any], case_file_of: Any
) -> None:
    event = next(e for e in sample_json["events"] if e.get("participants"))
    old = event["participants"][0]["actor"]
    actor = next(a for a in sample_json["actors"] if a["id"] == old)
    actor["merged_into"] = "act-survivor"
    sample_json["actors"].append({"id": "act-survivor", "name": "Survivor", "kind": "other"})
    with case_file_of(sample_json) as case:
        table = case.table()
    row = table.row_of[event["id"]]
    assert table.actors.ids[table.participations.actor[table.participations.slice(row)][0]] == "act-survivor"
    assert old not in table.actors.ids
    assert table.actors.ids[table.actor_of[old]] == "act-survivor"
    assert table.stays(old) == "act-survivor"
    assert actor["name"] in table.actors.aliases[table.actor_of[old]]


def test_a_region_without_a_point_is_undelimited(sample_json: dict[str, Any], sample_table: Any) -> None:
    assert sample_table.locations.undelimited.tolist() == [
        place["kind"] == "region" and "lat" not in place for place in sample_json["locations"]
    ]
    parents = [sample_table.locations.ids[p] if p >= 0 else None for p in sample_table.locations.parent]
    assert parents == [place.get("part_of") for place in sample_json["locations"]]


def test_an_episode_that_others_are_part_of_is_a_container(
    sample_json: dict[str, Any], case_file_of: Any
) -> None:
    with case_file_of(sample_json) as case:
        table = case.table()
        found = {table.ids[row] for row in np.flatnonzero(table.container)}
    whole = {link["target"] for link in sample_json["links"] if link["type"] == "part_of"}
    assert found == {
        e["id"] for e in sample_json["events"] if e["id"] in whole and e.get("kind") == "episode"
    }
    for link in sample_json["links"]:
        link["modality"] = "possible"
    with case_file_of(sample_json) as case:
        assert not case.table().container.any()


def test_an_event_that_nobody_asserts_or_expects_keeps_its_kind_and_is_hollow(
    sample_json: dict[str, Any], case_file_of: Any
) -> None:
    sample_json["events"][3]["claims"] = [
        c | {"modality": "assessment"} for c in sample_json["events"][3]["claims"]
    ]
    sample_json["events"][4]["claims"] = [
        c | {"modality": "possible"} for c in sample_json["events"][4]["claims"]
    ]
    with case_file_of(sample_json) as case:
        table = case.table()
    assert (KINDS[table.kind[3]], table.hollow[3]) == (kind(sample_json["events"][3]), True)
    assert (KINDS[table.kind[4]], table.hollow[4]) == ("expected", True)


def test_an_empty_case_is_an_empty_table(case_file_of: Any) -> None:
    with case_file_of(random_case(1, events=0, actors=0, locations=0)) as case:
        table = case.table()
        assert len(table) == 0
        assert table.titles([]) == []
        assert len(case.text_rows("x")) == 0
        assert table.time.basis.shape == (0, 4)
    assert SOURCES == ("one", "several", "differ")
