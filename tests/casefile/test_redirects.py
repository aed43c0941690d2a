"""Merged records are listed nowhere, and all that is said of them counts for the one that stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explorer.casefile import cache, wordrows
from explorer.casefile.redirects import settled
from explorer.casefile.store import CaseFile
from explorer.casefile.table import build_table
from explorer.edit import identity, sameevent
from explorer.edit.values import set_field


@pytest.mark.parametrize(
    ("into", "found"),
    [
        ({}, {}),
        ({"a": "b"}, {"a": "b"}),
        ({"a": "b", "b": "c"}, {"a": "c", "b": "c"}),
        ({"a": "nowhere"}, {}),
        ({"a": "b", "b": "a"}, {"b": "a"}),
        ({"x": "a", "a": "b", "b": "a"}, {"x": "a", "b": "a"}),
    ],
)
def test_a_chain_ends_at_what_stays_and_a_circle_at_its_first(
    into: dict[str, str], found: dict[str, str]
) -> None:
    assert settled(into, lambda record: record != "nowhere") == found


def test_a_joined_event_is_no_row_and_its_id_leads_to_the_one_that_stays(sample_file: CaseFile) -> None:
    before = sample_file.table()
    stays, goes = before.ids[3], before.ids[7]
    title = before.titles([7])[0]
    sample_file.commit(sameevent.join(sample_file, stays, goes))
    table = sample_file.table()
    assert len(table) == len(before) - 1
    assert goes not in list(table.ids)
    assert table.row_of[goes] == table.row_of[stays]
    assert table.row_of[stays] in sample_file.text_rows(title)
    assert goes not in [hit.id for hit in sample_file.search(title) if hit.kind == "event"]
    assert stays in [hit.id for hit in sample_file.search(title) if hit.kind == "event"]
    document = sample_file.record(str(table.documents.ids[0]))
    facts = sample_file.sentences_with_facts(document.id)  # type: ignore[union-attr]
    assert not any(goes in ids for ids in facts.values())
    assert any(stays in ids for ids in facts.values())


def test_links_to_a_joined_event_are_links_to_the_one_that_stays(sample_file: CaseFile) -> None:
    before = sample_file.table()
    links = before.links
    at = next(n for n in range(len(links.ids)) if links.source[n] != links.target[n])
    goes, other = before.ids[links.source[at]], before.ids[links.target[at]]
    stays = next(i for i in before.ids if i not in (goes, other))
    sample_file.commit(sameevent.join(sample_file, stays, goes))
    table = sample_file.table()
    row = table.link_of[links.ids[at]]
    assert (table.ids[table.links.source[row]], table.ids[table.links.target[row]]) == (stays, other)
    sample_file.undo()
    sample_file.commit(sameevent.join(sample_file, other, goes))
    assert links.ids[at] not in sample_file.table().links.ids


def test_columns_of_a_case_with_merges_are_kept_and_read_as_they_were(sample_file: CaseFile) -> None:
    ids = sample_file.table().ids
    sample_file.commit(sameevent.join(sample_file, ids[3], ids[7]))
    actors = sample_file.table().actors.ids
    sample_file.commit(identity.merge(sample_file, actors[0], actors[1]))
    built = sample_file.table()
    assert sample_file.keep_columns(least=0)
    kept = cache.read(sample_file.database, sample_file.version)
    assert kept is not None
    assert cache.packed(kept) == cache.packed(built)
    assert kept.merged == {ids[7]: ids[3], actors[1]: actors[0]}
    assert kept.titles([2]) == built.titles([2])
    words = cache.read_words(sample_file.database, sample_file.version, len(kept))
    assert words is not None
    assert wordrows.packed(words) == wordrows.packed(sample_file._word_rows())


def test_editing_a_joined_event_touches_no_row_of_another(sample_file: CaseFile) -> None:
    ids = sample_file.table().ids
    sample_file.commit(sameevent.join(sample_file, ids[3], ids[7]))
    before = sample_file.table()
    sample_file.commit(set_field(sample_file, ids[7], "status", "disputed"))
    after = sample_file.table()
    assert np.array_equal(before.status, after.status)
    assert cache.packed(after) == cache.packed(build_table(sample_file.database, sample_file.version))


def test_a_damaged_circle_of_events_keeps_one_of_them_in_sight(
    sample_json: dict[str, Any], case_file_of: Callable[[Any], CaseFile]
) -> None:
    first, second = sample_json["events"][:2]
    first["merged_into"], second["merged_into"] = second["id"], first["id"]
    with case_file_of(sample_json) as case:
        table = case.table()
    assert len(table) == len(sample_json["events"]) - 1
    assert table.row_of[first["id"]] == table.row_of[second["id"]]


def test_a_place_that_was_merged_into_one_inside_it_lies_in_nothing_of_itself(sample_file: CaseFile) -> None:
    places = sample_file.table().locations
    inner = next(n for n in range(len(places.ids)) if places.parent[n] >= 0)
    outer = int(places.parent[inner])
    sample_file.commit(identity.merge(sample_file, places.ids[inner], places.ids[outer]))
    after = sample_file.table().locations
    chain, at = [], after.ids.index(places.ids[inner])
    while at >= 0:
        assert at not in chain
        chain.append(at)
        at = int(after.parent[at])


def test_parted_again_all_columns_are_what_they_were(sample_file: CaseFile) -> None:
    before = sample_file.table()
    sample_file.commit(sameevent.join(sample_file, before.ids[3], before.ids[7]))
    sample_file.commit(sameevent.part(sample_file, before.ids[7]))
    assert list(sample_file.table().ids) == list(before.ids)
    assert np.array_equal(sample_file.table().claims.offsets, before.claims.offsets)
