"""What is ordered but not dated stands in its order, with an arrow for each link that orders it."""

from __future__ import annotations

import numpy as np

from explorer.layout.scene import Path
from explorer.layout.timeline import TimelineRequest, layout_timeline
from explorer.layout.undated import MOST_TIES, TIES, in_order, ties_between


def undated_rows(table):
    return np.flatnonzero(table.text_time.undated).astype(np.int32)


def test_what_links_order_comes_first_and_no_later_event_before_an_earlier_one(sample_table):
    rows = in_order(sample_table, undated_rows(sample_table), text_only=True)
    assert sorted(rows.tolist()) == undated_rows(sample_table).tolist()
    ids = [sample_table.ids[row] for row in rows.tolist()]
    ties = ties_between(sample_table, ids, text_only=True)
    assert ties
    assert all(
        tie.start < tie.end for tie in ties if tie.kind in {"before", "causes", "enables", "in_response_to"}
    )
    tied = {place for tie in ties for place in (tie.start, tie.end)}
    assert tied == set(range(len(tied)))


def test_the_kinds_of_links_differ_by_more_than_colour():
    looks = [look[:3] for kind, look in TIES.items() if kind != "contains"]  # the other side of part_of
    assert len(set(looks)) == len(looks)
    assert MOST_TIES < 50


def test_arrows_are_drawn_for_what_the_report_alone_supports_and_none_where_all_is_dated(
    sample_table, measure
):
    rows = np.arange(len(sample_table), dtype=np.int32)

    def arrows(**options):
        made = layout_timeline(TimelineRequest(sample_table, rows, 1600, 900, **options), measure)
        top = made.plot[1] + made.plot[3]
        return [
            item for item in made.scene.items if isinstance(item, Path) and item.stroke == "muted"
            and item.segments[0][2] > top
        ]  # fmt: skip

    assert arrows(text_only=True)
    assert not arrows()
