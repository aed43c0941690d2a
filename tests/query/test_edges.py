"""Edges: direction from roles only, weights as counted by hand, no edge without a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.columns import EventTable
from explorer.model.codebook import hue_of
from explorer.query.edges import Edge, edges, neighbours
from explorer.query.folding import fold, parents

Opened = Callable[[dict[str, Any]], Any]
SUPPORT = {"force": "armed", "threat": "talk"}


def everything(table: EventTable) -> np.ndarray:
    return np.ones(len(table), bool)


def by_hand(
    case: dict[str, Any], ids: set[str], top: dict[str, str], *, text_only: bool = False
) -> dict[tuple[str, str, str, str], set[str]]:
    """Count the ties of the events by plain loops: (source, target, kind, hue) -> event ids."""
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for event in case["events"]:
        if event["id"] not in ids:
            continue
        hue = hue_of(event.get("type"), tuple(event.get("contexts", ())))
        roles: dict[str, list[str]] = defaultdict(list)
        for part in event.get("participants", ()):
            if not (text_only and part.get("basis") == "reference"):
                roles[part["role"]].append(top[part["actor"]])
        for one in roles["actor"]:
            for other in roles["recipient"]:
                found[one, other, "act", hue].add(event["id"])
            for other in roles["beneficiary"]:
                found[one, other, "support", SUPPORT.get(hue, hue)].add(event["id"])
        for role, kind in (("party", "party"), ("actor", "with")):
            for one, other in combinations(sorted(set(roles[role])), 2):
                found[one, other, kind, "none" if kind == "with" else hue].add(event["id"])
    return {key: events for key, events in found.items() if key[0] != key[1]}


def counted(found: tuple[Edge, ...], table: EventTable) -> dict[tuple[str, str, str, str], set[str]]:
    result: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for edge in found:
        ends = (edge.source, edge.target) if edge.directed else tuple(sorted((edge.source, edge.target)))
        if edge.rows:
            result[ends[0], ends[1], edge.kind, edge.hue] |= {table.ids[row] for row in edge.rows}
    return dict(result)


def tops(table: EventTable, **how: Any) -> dict[str, str]:
    ids = table.actors.ids
    return {ids[actor]: ids[top] for actor, top in enumerate(fold(table, **how).tolist())}


@pytest.mark.parametrize("seed", range(12))
def test_ties_and_weights_equal_a_count_by_hand(seed: int, case_file_of: Opened) -> None:
    case = random_case(seed, events=30, actors=8)
    table = case_file_of(case).table()
    draw = np.random.default_rng(seed)
    for mask in (everything(table), draw.random(len(table)) < 0.5, np.zeros(len(table), bool)):
        for text_only in (False, True):
            ids = {table.ids[row] for row in np.flatnonzero(mask)}
            wanted = by_hand(case, ids, tops(table, text_only=text_only), text_only=text_only)
            assert counted(edges(table, mask, text_only=text_only), table) == wanted


@pytest.mark.parametrize("seed", range(6))
def test_no_edge_is_without_evidence_and_none_leads_to_itself(seed: int, case_file_of: Opened) -> None:
    table = case_file_of(random_case(seed, events=30, actors=8)).table()
    for edge in edges(table, everything(table)):
        assert bool(edge.rows) != bool(edge.relation_ids)
        assert edge.source != edge.target
        assert edge.weight == len(set(edge.rows))
        assert list(edge.rows) == sorted(edge.rows)
        assert edge.label


def test_every_edge_has_a_key_of_its_own(case_file_of: Opened) -> None:
    table = case_file_of(random_case(3, events=60, actors=8, relations=40)).table()
    found = edges(table, everything(table))
    stated = [edge for edge in found if edge.relation_ids]
    assert len({edge.key for edge in found if not edge.relation_ids}) == len(found) - len(stated)


def test_the_order_of_names_gives_no_direction(sample_json: dict[str, Any], case_file_of: Opened) -> None:
    straight = case_file_of(sample_json).table()
    turned_json = dict(sample_json)
    turned_json["events"] = [
        {**event, "participants": list(reversed(event.get("participants", [])))}
        for event in sample_json["events"]
    ]
    turned = case_file_of(turned_json).table()
    assert counted(edges(straight, everything(straight)), straight) == counted(
        edges(turned, everything(turned)), turned
    )


def test_a_beneficiary_is_supported_and_never_attacked(sample_table: EventTable) -> None:
    helped = [edge for edge in edges(sample_table, everything(sample_table)) if edge.kind == "support"]
    assert helped
    assert all(edge.sign in {"cooperative", "neutral"} and edge.directed for edge in helped)
    entry = sample_table.row_of["evt-militia-entry"]
    (edge,) = [edge for edge in helped if entry in edge.rows]
    assert (edge.source, edge.target, edge.hue) == (
        "act-iran-backed-militias",
        "act-syrian-government",
        "armed",
    )


def test_those_affected_get_no_edge(sample_table: EventTable) -> None:
    found = edges(sample_table, everything(sample_table))
    ends = {end for edge in found for end in (edge.source, edge.target)}
    assert not ends & {"act-unidentified", "act-civilians", "act-hezbollah"}


def test_airstrikes_make_actors_act_together_and_nobody_their_victim(sample_table: EventTable) -> None:
    row = sample_table.row_of["evt-airstrikes"]
    behind = [edge for edge in edges(sample_table, everything(sample_table)) if row in edge.rows]
    assert [(e.kind, e.directed, e.hue, e.label) for e in behind] == [
        ("with", False, "none", "act together: air strike")
    ]


def test_an_end_read_by_the_coder_is_dashed(sample_table: EventTable) -> None:
    found = edges(sample_table, everything(sample_table))
    (gains,) = [edge for edge in found if edge.source == "act-rebels" and edge.kind == "act"]
    assert (gains.weight, gains.dashed, gains.inferred, gains.sign) == (2, True, 2, "conflictual")
    assert gains.label.endswith("· 2")


def test_what_is_only_expected_is_hollow_and_says_so(sample_table: EventTable) -> None:
    row = sample_table.row_of["evt-reinforcement-expected"]
    (edge,) = [edge for edge in edges(sample_table, everything(sample_table)) if row in edge.rows]
    assert edge.hollow
    assert edge.label == "military support (expected)"


def test_stated_relations_are_edges_outside_the_weight(sample_table: EventTable) -> None:
    found = [edge for edge in edges(sample_table, everything(sample_table)) if edge.relation_ids]
    assert all(edge.weight == 0 for edge in found)
    (opposes,) = [e for e in found if {e.source, e.target} == {"act-rebels", "act-syrian-government"}]
    assert set(opposes.relation_ids) == {"rel-assad-opposes-rebels", "rel-government-opposes-rebels"}
    assert (opposes.label, opposes.directed, opposes.dashed) == ("opposes (stated)", False, False)
    (allied,) = [e for e in found if "rel-iran-allied-government" in e.relation_ids]
    assert allied.dashed
    assert not edges(sample_table, np.zeros(len(sample_table), bool), relations=False)


def test_parts_and_leaders_fold_into_their_whole_until_it_is_opened(sample_table: EventTable) -> None:
    folded = tops(sample_table)
    assert folded["act-assad"] == folded["act-syrian-forces"] == "act-syrian-government"
    assert folded["act-hts"] == "act-rebels"
    opened = tops(sample_table, opened={"act-syrian-government"})
    assert opened["act-assad"] == "act-assad"
    assert opened["act-hts"] == "act-rebels"
    shown = edges(sample_table, everything(sample_table), opened={"act-rebels"})
    (member,) = [edge for edge in shown if edge.kind == "membership"]
    assert (member.source, member.target, member.label) == ("act-hts", "act-rebels", "part of (stated)")


def with_ties(*ties: tuple[str, str, str]) -> dict[str, Any]:
    case = random_case(1, events=3, actors=4, relations=1)
    one = {**case["relations"][0], "basis": "stated", "directed": True}
    one["claims"] = [{k: v for k, v in claim.items() if k != "modality"} for claim in one["claims"]]
    case["relations"] = []
    for number, (source, kind, target) in enumerate(ties):
        claims = [{**claim, "id": f"clm-t{number}-{n}"} for n, claim in enumerate(one["claims"])]
        tie = {
            "id": f"rel-t{number}",
            "source": source,
            "type": kind,
            "target": target,
            "polarity": "neutral",
        }
        case["relations"].append({**one, **tie, "claims": claims})
    return case


def test_an_actor_with_two_wholes_stays_itself(case_file_of: Opened) -> None:
    table = case_file_of(with_ties(("act-0", "part_of", "act-1"), ("act-0", "part_of", "act-2"))).table()
    assert parents(table).tolist() == [-1, -1, -1, -1]


def test_leaders_of_each_other_make_no_endless_walk(case_file_of: Opened) -> None:
    table = case_file_of(
        with_ties(("act-0", "leads", "act-1"), ("act-1", "leads", "act-2"), ("act-2", "leads", "act-0"))
    ).table()
    assert fold(table).tolist() == [0, 0, 0, 3]


def test_neighbours_are_reached_over_steps_in_either_direction(sample_table: EventTable) -> None:
    found = edges(sample_table, everything(sample_table))
    assert neighbours(found, "act-russia") == {"act-russia", "act-syrian-government"}
    assert "act-rebels" in neighbours(found, "act-russia", 2)
    assert neighbours(found, "act-civilians", 3) == {"act-civilians"}
