"""The timeline keeps every promise of the design on random cases, at every size, with any lanes, on both axes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.columns import KINDS
from explorer.layout.scene import Fade, Group, Label, Path, Rect, Shape
from explorer.layout.timeline import TimelineRequest, default_axis, layout_timeline

SIZES = [(800, 500), (1600, 900), (3840, 2160)]
LANES = ["actor", "place", "type", "document", "one"]
AXES = ["calendar", "order"]


def laid_out(table, measure, rows=None, width=1600, height=900, **options):
    rows = np.arange(len(table), dtype=np.int32) if rows is None else np.asarray(rows, np.int32)
    return layout_timeline(TimelineRequest(table, rows, width, height, **options), measure)


def box(label, measure):
    left = label.x - {"start": 0, "middle": label.width / 2, "end": label.width}[label.anchor]
    return (
        left,
        label.y - measure.ascent(label.font),
        left + label.width,
        label.y + measure.descent(label.font),
    )


def labels(scene):
    return [item for item in scene.flat() if isinstance(item, Label)]


def assert_labels_stand_apart(scene, measure):
    boxes = [(label.text, *box(label, measure)) for label in labels(scene)]
    for text, x0, y0, x1, y1 in boxes:
        assert x0 >= -1e-6, text
        assert y0 >= -1e-6, text
        assert x1 <= scene.width + 1e-6, text
        assert y1 <= scene.height + 1e-6, text
    for (text, a0, b0, a1, b1), (other, c0, d0, c1, d1) in combinations(boxes, 2):
        apart = a1 <= c0 + 1e-6 or c1 <= a0 + 1e-6 or b1 <= d0 + 1e-6 or d1 <= b0 + 1e-6
        assert apart, f"{text!r} lies on {other!r}"


def assert_marks_on_canvas(scene):
    for item in scene.flat():
        match item:
            case Rect() | Fade():
                assert item.x >= -1e-6
                assert item.x + item.width <= scene.width + 1e-6
                assert item.y + item.height <= scene.height + 1e-6
            case Shape():
                assert 0 <= item.x <= scene.width
                assert 0 <= item.y <= scene.height
            case Path():
                for segment in item.segments:
                    for number, value in enumerate(segment[1:]):
                        assert -1e-6 <= value <= (scene.height if number % 2 else scene.width) + 1e-6


def carried(scene):
    """The event ids that some group of the scene bears."""
    return {i for g in scene.groups() if g.kind in {"event", "cluster"} for i in g.ids}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    import json

    from explorer.intake.opening import open_case

    made = {}

    def table(seed, **options):
        key = (seed, *options.items())
        if key not in made:
            path = tmp_path_factory.mktemp("cases") / f"{seed}.case.json"
            path.write_text(json.dumps(random_case(seed, **options), ensure_ascii=False), encoding="utf-8")
            case = open_case(path)
            made[key] = (case, case.table())
        return made[key][1]

    yield table
    for case, _ in made.values():
        case.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lanes", LANES)
@pytest.mark.parametrize("axis", AXES)
def test_no_label_overlaps_another_or_leaves_the_sample(sample_table, measure, size, lanes, axis):
    for fit in (True, False):
        made = laid_out(sample_table, measure, None, *size, lanes=lanes, axis=axis, fit=fit)
        assert_labels_stand_apart(made.scene, measure)
        assert_marks_on_canvas(made.scene)
        assert carried(made.scene) == made.scene.event_ids == set(sample_table.ids)
        assert not fit or made.scene.height == size[1]


@pytest.mark.parametrize("size", SIZES[:2])
@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize(("seed", "events"), [(1, 3), (2, 30), (3, 120), (4, 300)])
def test_any_case_looks_as_tidy(tables, measure, size, axis, seed, events):
    table = tables(seed, events=events, actors=min(events, 30))
    for lanes in LANES:
        made = laid_out(table, measure, None, *size, lanes=lanes, axis=axis, fit=True)
        assert_labels_stand_apart(made.scene, measure)
        assert_marks_on_canvas(made.scene)
        assert carried(made.scene) == made.scene.event_ids == set(table.ids)
        assert made.scene.height == size[1]


def test_thousands_become_density_that_loses_nobody(tables, measure):
    table = tables(9, events=1200, actors=12)
    rows = np.flatnonzero(table.kind < 3)
    made = laid_out(table, measure, rows, lanes="actor", fit=True)
    assert carried(made.scene) == {table.ids[row] for row in rows}
    assert_marks_on_canvas(made.scene)
    cells = [g for g in made.scene.groups() if g.kind == "cluster"]
    assert len(cells) > 5


def test_only_the_filtered_ids_are_in_the_picture(sample_table, measure):
    rows = [3, 4, 8]
    made = laid_out(sample_table, measure, rows)
    assert made.scene.event_ids == carried(made.scene) == {sample_table.ids[row] for row in rows}


def test_nothing_at_all_is_still_a_picture(sample_table, measure):
    for axis in AXES:
        made = laid_out(sample_table, measure, [], axis=axis)
        assert made.scene.event_ids == frozenset()
        assert_labels_stand_apart(made.scene, measure)


def test_where_nothing_has_a_date_no_year_is_made_up(sample_table, measure):
    undated = [
        row
        for row in range(len(sample_table))
        if laid_out(sample_table, measure, [row], axis="calendar").undated
    ]
    assert undated
    for rows, words in (([], "No record to show"), (undated, "No record here has a date")):
        texts = [label.text for label in labels(laid_out(sample_table, measure, rows, axis="calendar").scene)]
        assert words in texts
        assert not [text for text in texts if text.isdigit() or text in {"Jan", "Feb"}]


def test_the_smallest_canvas_breaks_nothing(sample_table, measure):
    for axis in AXES:
        made = laid_out(sample_table, measure, None, 160, 120, axis=axis, fit=True)
        assert carried(made.scene) == set(sample_table.ids)


def test_what_lies_outside_the_window_is_told_at_its_edges(sample_table, measure):
    window = (1_420_070_400.0, 1_451_606_400.0)  # 2015
    made = laid_out(sample_table, measure, window=window)
    texts = [label.text for label in labels(made.scene)]
    assert any(f"{made.earlier} earlier" in text for text in texts) == bool(made.earlier)
    assert any(f"{made.later} later" in text for text in texts)
    assert made.later > 5
    assert carried(made.scene) == set(sample_table.ids)
    assert made.overview


def test_drawn_clustered_undated_and_outside_make_the_total(tables, measure):
    table = tables(3, events=120, actors=30)
    for window in (None, (1.3e9, 1.45e9), (0.0, 1.0)):
        made = laid_out(table, measure, window=window, fit=True, width=800, height=500)
        inside = {i for g in made.scene.groups() if g.kind in {"event", "cluster"} for i in g.ids}
        assert len(inside) == len(table)


def test_2015_is_drawn_a_year_wide(sample_table, measure):
    row = sample_table.row_of["evt-russia-2015"]
    made = laid_out(sample_table, measure, [row, sample_table.row_of["evt-civil-war"]])
    group = next(g for g in made.scene.groups() if g.ids == ("evt-russia-2015",))
    bar = max((i for i in group.items if isinstance(i, Rect)), key=lambda i: i.width)
    year = made.viewport.width / made.viewport.span * 365 * 86400
    assert bar.width == pytest.approx(year, rel=0.001)
    assert not any(isinstance(item, Shape) and item.size > 4 for item in group.items)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("axis", AXES)
def test_the_airstrikes_say_at_least_25(sample_table, measure, size, axis):
    rows = sample_table.actor_postings.of(sample_table.actor_of["act-russian-forces"]) if (
        "act-russian-forces" in sample_table.actor_of) else np.arange(len(sample_table))  # fmt: skip
    for shown in (rows, None):
        made = laid_out(sample_table, measure, shown, *size, axis=axis, fit=True)
        group = next(g for g in made.scene.groups() if "evt-airstrikes" in g.ids)
        assert any("≥ 25 killed" in i.text for i in group.items if isinstance(i, Label))


def arrows(group):
    return [i for i in group.items if isinstance(i, Path) and len(i.segments) == 3 and i.segments[0][0] == "M"
            and i.segments[1][1:] and abs(i.segments[0][1] - i.segments[2][1]) == pytest.approx(8.4)]  # fmt: skip


def lane_boxes(scene):
    return {g.ids[0]: g.targets[0] for g in scene.groups() if g.kind == "lane" and g.ids}


@pytest.mark.parametrize("axis", AXES)
def test_no_arrow_points_at_somebody_affected(sample_table, measure, axis):
    made = laid_out(sample_table, measure, axis=axis)
    lanes = lane_boxes(made.scene)
    for name in ("act-people-not-identified", "act-civilians", "act-hezbollah"):
        _, y, _, height = next((b for k, b in lanes.items() if k.startswith(name[:11])), (0, -9, 0, 0))
        for group in made.scene.groups():
            for arrow in arrows(group) if group.kind == "event" else []:
                assert not y <= arrow.segments[1][2] <= y + height, (group.title, name)
    airstrikes = next(g for g in made.scene.groups() if "evt-airstrikes" in g.ids and g.kind == "event")
    assert arrows(airstrikes) == []


@pytest.mark.parametrize("axis", AXES)
def test_who_suffered_what_is_reported_as_fact_gets_no_ring(sample_table, measure, axis):
    """A ring means "not reported as fact"; the airstrikes are, and so is that people suffered them."""
    made = laid_out(sample_table, measure, [sample_table.ids.index("evt-airstrikes")], axis=axis)
    (group,) = (g for g in made.scene.groups() if "evt-airstrikes" in g.ids and g.kind == "event")
    shapes = [item for item in group.items if isinstance(item, Shape)]
    assert "cross" in {shape.kind for shape in shapes}
    assert not [shape for shape in shapes if shape.fill == "panel"]
    assert "suffered it" in {label.text for label in labels(made.scene)}


def test_an_arrow_points_from_the_doer_to_whom_it_is_for(sample_table, measure):
    made = laid_out(sample_table, measure, axis="order")
    group = next(g for g in made.scene.groups() if g.ids == ("evt-russia-2015",))
    (arrow,) = arrows(group)
    doer = max((i for i in group.items if isinstance(i, Shape)), key=lambda i: i.size)
    lanes = lane_boxes(made.scene)
    _, y, _, height = lanes["act-russia"]
    assert y <= doer.y <= y + height
    assert not y <= arrow.segments[1][2] <= y + height


def test_parties_are_joined_without_an_arrow(sample_table, measure):
    rows = [sample_table.row_of["evt-control-contest"]]
    group = next(g for g in laid_out(sample_table, measure, rows).scene.groups() if g.kind == "event")
    assert arrows(group) == []
    assert any(isinstance(item, Path) for item in group.items)


def test_the_tooltip_says_why(sample_table, measure):
    made = laid_out(sample_table, measure)
    title = next(g.title for g in made.scene.groups() if g.ids == ("evt-airstrikes",))
    for words in ("airstrikes", "Did it: Russian", "no date in the report", "from outside the report", "≥ 25",
                  "Suffered it", "Reported as fact"):  # fmt: skip
        assert words in title
    assert "Target" not in title


def test_equal_requests_give_equal_scenes(tables, measure):
    table = tables(2, events=30, actors=30)
    for axis in AXES:
        assert laid_out(table, measure, axis=axis).scene == laid_out(table, measure, axis=axis).scene


def test_the_order_of_entry_changes_nothing(case_file_of, measure):
    case = random_case(11, events=40, actors=8)
    turned = {**case, "events": case["events"][::-1], "links": case["links"][::-1]}
    one, other = (case_file_of(c).table() for c in (case, turned))
    for axis in AXES:
        for lanes in LANES:
            first, second = (laid_out(t, measure, axis=axis, lanes=lanes).scene for t in (one, other))
            assert _drawn(first) == _drawn(second)


def _drawn(scene):
    return sorted(repr((g.ids, g.items)) for g in scene.groups() if g.kind == "event")


def test_opening_a_lane_shows_what_is_below_it(sample_table, measure):
    closed = lane_boxes(laid_out(sample_table, measure).scene)
    opened = lane_boxes(laid_out(sample_table, measure, opened=frozenset({"act-syrian-government"})).scene) if (
        "act-syrian-government" in closed) else None  # fmt: skip
    if opened is None:
        top = next(iter(closed))
        opened = lane_boxes(laid_out(sample_table, measure, opened=frozenset({top})).scene)
    assert len(opened) > len(closed)


def test_only_what_the_report_says_makes_records_undated(sample_table, measure):
    full, text = laid_out(sample_table, measure), laid_out(sample_table, measure, text_only=True)
    assert text.undated > full.undated
    assert carried(text.scene) == carried(full.scene)


def test_the_sample_opens_in_reported_order(sample_table):
    assert default_axis(sample_table) == "order"


def test_selected_labels_are_bold_and_come_first(sample_table, measure):
    made = laid_out(sample_table, measure, axis="order", selected=frozenset({"evt-escalation"}))
    group = next(g for g in made.scene.groups() if g.ids == ("evt-escalation",))
    assert [i.font for i in group.items if isinstance(i, Label)] == ["label_bold"]


def test_scrolling_keeps_the_axis_in_sight(sample_table, measure):
    still, moved = (laid_out(sample_table, measure, None, 800, 300, scroll=s) for s in (0.0, 120.0))
    ys = [
        next(i.y for g in made.scene.groups() if g.kind == "axis" for i in g.items if isinstance(i, Label))
        for made in (still, moved)
    ]
    assert ys[1] - ys[0] == 120.0


def test_kinds_are_named_in_the_words_of_a_cluster(tables, measure):
    table = tables(4, events=300, actors=30)
    made = laid_out(table, measure, None, 800, 500, fit=True)
    titles = [g.title for g in made.scene.groups() if g.kind == "cluster"]
    assert titles
    assert all(any(kind in title for kind in KINDS) for title in titles)


def test_every_mark_has_a_place_to_click(tables, measure):
    made = laid_out(tables(2, events=30, actors=30), measure)
    marks = [g for g in made.scene.groups() if isinstance(g, Group) and g.kind in {"event", "cluster"}]
    assert marks
    assert all(g.targets and g.title for g in marks)


def one_day(case):
    evidence = {e["id"]: e["claims"][0]["evidence"] for e in case["events"]}
    for event in case["events"]:
        event["time"] = {"edtf": "2020-05-05", "evidence": evidence[event["id"]]}
    return case


@pytest.mark.parametrize("size", SIZES)
def test_no_sign_suggests_an_hour_of_a_day_that_is_all_that_is_known(case_file_of, measure, size):
    """Crosses, stem ends and clusters are as long as the day (design §1: no invented precision)."""
    table = case_file_of(one_day(random_case(5, events=60, actors=8, links=0))).table()
    made = laid_out(table, measure, None, *size, fit=True)
    day = made.viewport.width / made.viewport.span * 86_400
    marks = [g for g in made.scene.groups() if g.kind in {"event", "cluster"}]
    assert any(g.kind == "cluster" for g in marks) or size[0] > 3000
    noon = made.viewport.px(1588636800.0 + 43200)
    for group in marks:
        reach = (
            max(i.width for i in group.items if isinstance(i, Rect | Fade))
            if group.kind == "cluster"
            else day
        )
        assert reach == pytest.approx(day, rel=0.02), group.title
        for item in group.items:
            if isinstance(item, Shape):
                assert abs(item.x - noon) < 18, "a mark stands at the middle of its bar"


def test_the_gravest_record_of_a_lane_keeps_its_mark_and_words(sample_table, measure):
    made = laid_out(sample_table, measure, None, 1200, 500, fit=True)
    assert any(g.kind == "cluster" for g in made.scene.groups())
    (group,) = (g for g in made.scene.groups() if g.kind == "event" and "evt-airstrikes" in g.ids)
    assert any("≥ 25 killed" in i.text for i in group.items if isinstance(i, Label))


def test_a_cluster_tells_its_dead(sample_table, measure):
    made = laid_out(sample_table, measure, None, 800, 200, fit=True, legend=False)
    group = next(g for g in made.scene.groups() if g.kind == "cluster" and "evt-airstrikes" in g.ids)
    assert "≥ 25 killed" in group.title


def axis_words(scene):
    return [i for g in scene.groups() if g.kind == "axis" for i in g.items if isinstance(i, Label)]


@pytest.mark.parametrize(("width", "height"), [(1600, 900), (1200, 700), (1000, 600)])
def test_every_rung_has_its_whole_words(sample_table, measure, width, height):
    made = laid_out(sample_table, measure, None, width, height, axis="order", fit=True)
    words = axis_words(made.scene)
    assert not [label.text for label in words if "…" in label.text]
    heads = {label.full for label in words if label.font == "tick_bold"}
    assert {"from 2011", "2015", "2015 – 27 Nov 2024", "from 27 Nov 2024", "then", "no date"} <= heads
    assert len({label.x for label in words}) == len({g.x for g in grid(made.scene)})


def grid(scene):
    lines = [i for i in scene.items if isinstance(i, Path) and i.stroke in {"grid", "line"}]
    return [Shape("circle", i.segments[0][1], 0, 1) for i in lines if i.stroke == "grid"]


def test_rungs_without_room_for_words_have_a_dot(tables, measure):
    made = laid_out(tables(4, events=300, actors=30), measure, None, 800, 500, axis="order", fit=True)
    assert_labels_stand_apart(made.scene, measure)
    assert axis_words(made.scene)
    assert not [label.text for label in axis_words(made.scene) if "…" in label.text]
    axis = next(g for g in made.scene.groups() if g.kind == "axis")
    assert any(isinstance(item, Shape) for item in axis.items)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("axis", AXES)
def test_no_stem_runs_through_words(tables, sample_table, measure, size, axis):
    for table in (sample_table, tables(3, events=120, actors=30)):
        made = laid_out(table, measure, None, *size, axis=axis, fit=True)
        told = [box(i, measure) for g in made.scene.groups() if g.kind == "event" for i in g.items
                if isinstance(i, Label)]  # fmt: skip
        for x, y0, y1 in stems(made.scene):
            assert not [b for b in told if b[0] < x < b[2] and b[1] < y1 - 0.1 and b[3] > y0 + 0.1]


def stems(scene):
    """The upright strokes of the events' stems, as x, top and bottom."""
    for group in scene.groups():
        for item in group.items if group.kind == "event" else ():
            if isinstance(item, Path) and item.line == 1.6 and all(s[0] in "ML" for s in item.segments):
                for a, b in zip(item.segments[::2], item.segments[1::2], strict=False):
                    if a[1] == b[1] and abs(a[2] - b[2]) > 8:
                        yield a[1], min(a[2], b[2]), max(a[2], b[2])
