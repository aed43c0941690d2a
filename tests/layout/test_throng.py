"""Thousands of records: counts are conserved at every zoom, ids are kept, and regimes change what is drawn, not what is."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from builders import random_case

from explorer.layout import throng
from explorer.layout.hits import HitIndex
from explorer.layout.raster import bars_of
from explorer.layout.rowids import RowIds, RowSet
from explorer.layout.scene import Bars, Raster
from explorer.layout.timeline import TimelineRequest, layout_timeline


class _Ids(Sequence):
    def __init__(self, size):
        self._size = size

    def __len__(self):
        return self._size

    def __getitem__(self, row):
        if not 0 <= row < self._size:
            raise IndexError(row)
        return f"evt-{row:06d}"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A random case of 700 records with every kind of date."""
    import json

    from explorer.intake.opening import open_case

    path = tmp_path_factory.mktemp("cases") / "many.case.json"
    path.write_text(json.dumps(random_case(31, events=700, actors=25), ensure_ascii=False), encoding="utf-8")
    case = open_case(path)
    yield case.table()
    case.close()


@pytest.fixture
def rows(table):
    return np.flatnonzero(np.arange(len(table)) % 7 != 3).astype(np.int32)


def laid_out(table, measure, rows, **options):
    return layout_timeline(TimelineRequest(table, rows, 1200, 700, **options), measure)


def carried(scene):
    return {i for g in scene.groups() if g.kind in {"event", "cluster"} for i in g.ids}


def windows(whole, count, seed=4):
    """Return windows from all of time down to a millionth of it."""
    draw = np.random.default_rng(seed)
    start, end = whole
    for step in range(count):
        span = (end - start) * 10 ** (-6 * step / count)
        at = start + draw.random() * (end - start - span)
        yield at, at + span


REGIMES = [(300, 8000), (0, 8000), (0, 0), (40, 200)]


@pytest.mark.parametrize(("single", "batched"), REGIMES)
@pytest.mark.parametrize("lanes", ["actor", "place", "one"])
def test_counts_are_conserved_and_no_id_is_lost_at_any_zoom(
    table, rows, measure, monkeypatch, single, batched, lanes
):
    monkeypatch.setattr(throng, "MOST_SINGLE", single)
    monkeypatch.setattr(throng, "MOST_BATCHED", batched)
    whole = laid_out(table, measure, rows, lanes=lanes).whole
    ids = {table.ids[row] for row in rows.tolist()}
    for window in windows(whole, 50):
        made = laid_out(table, measure, rows, lanes=lanes, window=window)
        assert made.seen + made.earlier + made.later + made.undated == len(rows)
        assert min(made.seen, made.earlier, made.later, made.undated) >= 0
        assert carried(made.scene) == ids == set(made.scene.event_ids)
        if batched == 0:
            assert made.regime == "density"


def test_what_is_seen_in_a_lane_is_what_brute_force_counts(table, rows, measure, monkeypatch):
    monkeypatch.setattr(throng, "MOST_BATCHED", 0)
    time = table.time
    dated = rows[~time.undated[rows]]
    for window in windows(laid_out(table, measure, rows, lanes="one").whole, 50, seed=9):
        made = laid_out(table, measure, rows, lanes="one", window=window)
        body = [g for g in made.scene.groups() if g.inner is not None and isinstance(g.ids, RowIds)]
        assert sum(len(group.ids) for group in body) == made.seen
        assert all(len(set(group.ids)) == len(group.ids) for group in body)
        air = (window[1] - window[0]) / 50
        surely = [
            row
            for row in dated.tolist()
            if time.start_min[row] >= window[0] + air and time.end_max[row] <= window[1] - air
        ]
        assert {table.ids[row] for row in surely} <= {i for group in body for i in group.ids}


def test_every_cell_answers_with_its_records(table, rows, measure, monkeypatch):
    monkeypatch.setattr(throng, "MOST_BATCHED", 0)
    made = laid_out(table, measure, rows, lanes="one")
    index = HitIndex(made.scene)
    (lane,) = [g for g in made.scene.groups() if g.inner is not None and isinstance(g.ids, RowIds)]
    x, y, width, height = lane.targets[0]
    found = set()
    for at in np.arange(x + 0.5, x + width, 1.0):
        group = index.at(float(at), y + height - 2)
        if group is not None and group.kind == "cluster":
            found |= set(group.ids)
    assert found == set(lane.ids)
    assert index.inside(x, y + height - 4, width, 2) >= found


def test_batches_answer_with_single_events(table, rows, measure, monkeypatch):
    monkeypatch.setattr(throng, "MOST_SINGLE", 0)
    made = laid_out(table, measure, rows, lanes="actor")
    assert made.regime == "batches"
    index = HitIndex(made.scene)
    lanes = [g for g in made.scene.groups() if g.inner is not None and isinstance(g.ids, RowIds)]
    for group in lanes[:6]:
        (bars, *_) = [item for item in group.items if isinstance(item, Bars)]
        x, y, width, height = bars.boxes[0]
        hit = index.at(float(x + width / 2), float(y + height / 2))
        assert hit is not None
        assert set(hit.ids) <= set(group.ids)


def test_the_selected_share_is_drawn(table, rows, measure, monkeypatch):
    chosen = np.zeros(len(table), np.bool_)
    chosen[rows[::9]] = True
    for batched in (0, 8000):
        monkeypatch.setattr(throng, "MOST_SINGLE", 0)
        monkeypatch.setattr(throng, "MOST_BATCHED", batched)
        plain, marked = (laid_out(table, measure, rows, chosen=mask) for mask in (None, chosen))
        assert "selection_line" not in roles(plain.scene)
        assert "selection_line" in roles(marked.scene)
        assert plain.seen == marked.seen


def roles(scene):
    items = [bar for item in scene.flat() if isinstance(item, Raster) for bar in bars_of(item)]
    items += [item for item in scene.flat() if isinstance(item, Bars)]
    return {item.fill for item in items}


def test_the_gravest_are_named_first(table, rows, measure, monkeypatch):
    from explorer.layout.tooltips import toll

    monkeypatch.setattr(throng, "MOST_BATCHED", 0)
    made = laid_out(table, measure, rows, lanes="one")
    named = [table.row_of[g.ids[0]] for g in made.scene.groups() if g.kind == "event" and g.inner is not None]
    assert named
    worth = toll(table, rows)
    dated = ~table.time.undated[rows]
    assert toll(table, np.array(named[:1], np.int32))[0] == worth[dated].max()


def test_beyond_the_busiest_lanes_one_lane_holds_the_rest_and_opens(table, rows, measure, monkeypatch):
    monkeypatch.setattr("explorer.layout.throng.MOST_LANES", 6)
    closed = laid_out(table, measure, rows, lanes="actor")
    lanes = [g for g in closed.scene.groups() if g.kind == "lane" and g.ids == ("other-lanes",)]
    assert len(lanes) == 1
    opened = laid_out(table, measure, rows, lanes="actor", opened=frozenset({"other-lanes"}))
    assert set(closed.scene.event_ids) == carried(closed.scene) == carried(opened.scene)


def test_a_raster_is_the_same_as_its_rectangles():
    draw = np.random.default_rng(2)
    cells = draw.integers(0, 4, (9, 13)).astype(np.uint8)
    raster = Raster(10, 20, 130, 90, cells, (("force", 1.0), ("talk", 1.0), ("none", 1.0)), 0.0, 13.0)
    again = np.zeros_like(cells)
    for bars in bars_of(raster):
        code = ["force", "talk", "none"].index(bars.fill) + 1
        for x, y, width, height in bars.boxes.tolist():
            top, left = round((y - 20) / 10), round((x - 10) / 10)
            part = again[top : top + round(height / 10), left : left + round(width / 10)]
            assert not part.any()
            part[:] = code
    assert (again == cells).all()


def test_ids_of_rows_behave_as_the_tuple_and_the_set_they_stand_for(table):
    rows = np.array([4, 9, 11], np.int32)
    ids = RowIds(table, rows)
    plain = tuple(table.ids[row] for row in rows.tolist())
    assert ids == plain
    assert tuple(ids[1:]) == plain[1:]
    assert plain[2] in ids
    assert table.ids[0] not in ids
    mask = np.zeros(len(table), np.bool_)
    mask[rows] = True
    whole = RowSet(table, mask, 3)
    assert whole == frozenset(plain) == whole
    assert whole & {plain[0], "x"} == {plain[0]}
    assert whole <= set(plain)


def test_lazy_ids_are_read_only_when_asked_for(table):
    ids = RowIds(dataclasses.replace(table, ids=_Ids(len(table))), lambda: pytest.fail("nobody asked"), 12)
    assert len(ids) == 12


@pytest.mark.parametrize(("single", "batched"), [(300, 8000), (0, 8000), (0, 0)])
def test_in_reported_order_counts_are_conserved_in_each_regime(
    table, rows, measure, monkeypatch, single, batched
):
    monkeypatch.setattr(throng, "MOST_SINGLE", single)
    monkeypatch.setattr(throng, "MOST_BATCHED", batched)
    ids = {table.ids[row] for row in rows.tolist()}
    low, high = laid_out(table, measure, rows, axis="order").whole
    draw = np.random.default_rng(7)
    for span in (high - low, (high - low) / 3, 40.0, 6.0, 1.0):
        at = low + draw.random() * (high - low - span)
        made = laid_out(table, measure, rows, axis="order", window=(at, at + span))
        assert made.seen + made.earlier + made.later + made.undated == len(rows)
        assert carried(made.scene) == ids == set(made.scene.event_ids)
        assert batched or made.regime == "density"


def test_both_ways_to_count_agree_on_every_part_of_a_filter(table, measure, monkeypatch):
    monkeypatch.setattr(throng, "MOST_BATCHED", 0)
    every = np.arange(len(table), dtype=np.int32)
    whole = laid_out(table, measure, every, lanes="one").whole
    for seed, window in enumerate(windows(whole, 12)):
        part = np.random.default_rng(seed).random(len(table)) < 0.5
        both = [
            laid_out(table, measure, np.flatnonzero(chosen).astype(np.int32), lanes="one", window=window)
            for chosen in (part, ~part)
        ]
        made = laid_out(table, measure, every, lanes="one", window=window)
        for name in ("seen", "earlier", "later", "undated"):
            assert getattr(made, name) == sum(getattr(half, name) for half in both)


@pytest.mark.parametrize("batched", [0, 8000])
def test_the_keyboard_reaches_every_record_of_every_lane(table, rows, measure, monkeypatch, batched):
    from explorer.layout.walking import beside

    monkeypatch.setattr(throng, "MOST_SINGLE", 0)
    monkeypatch.setattr(throng, "MOST_BATCHED", batched)
    made = laid_out(table, measure, rows, lanes="type")
    groups = list(made.scene.groups())
    lanes = [g for g in groups if g.inner is not None and isinstance(g.ids, RowIds) and g.targets]
    met, at = [], beside(groups, None, 1)
    while at is not None:
        met.append(at)
        at = beside(groups, at, 1)
        assert len(met) < 5000
    assert {i for group in met for i in group.ids} == {i for lane in lanes for i in lane.ids}
    back = beside(groups, met[3], -1)
    assert back is not None
    assert back.targets == met[2].targets


def test_a_lane_that_a_filter_asks_for_is_not_hidden_among_the_rest(table, measure, monkeypatch):
    monkeypatch.setattr(throng, "MOST_LANES", 4)
    monkeypatch.setattr(throng, "MOST_SINGLE", 0)
    from explorer.layout.lanes import touches

    found = touches(table, "actor", frozenset(), text_only=False)
    last = len(found.lanes) - 2
    few = np.unique(found.row[found.lane == last])
    monkeypatch.setattr("explorer.layout.timeline.MANY", 0)
    made = laid_out(table, measure, few.astype(np.int32))
    names = [g.ids[0] for g in made.scene.groups() if g.kind == "lane" and g.ids]
    assert names[0] == found.lanes[last].key
