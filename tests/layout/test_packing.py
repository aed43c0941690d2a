"""Sub-rows and clusters: nothing touches on a line, nothing is lost, and a cluster is as wide as what it stands for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.packing import packed

spans = st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 600)), min_size=1, max_size=60)


@given(spans, st.integers(1, 6))
def test_all_is_on_a_line_or_in_one_cluster_and_nothing_touches(found, most):
    left = np.array([a for a, _ in found])
    right = left + np.array([w for _, w in found])
    made = packed(left, right, most, (left + right) / 2, gap=2.0)
    clustered = [i for _, _, members in made.clusters for i in members]
    assert sorted([*clustered, *np.flatnonzero(made.line >= 0).tolist()]) == list(range(len(found)))
    assert all(len(members) > 1 for _, _, members in made.clusters)
    for number in range(made.lines):
        boxes = [(left[i], right[i]) for i in np.flatnonzero(made.line == number)]
        boxes += [
            (left[list(members)].min(), right[list(members)].max())
            for line, _, members in made.clusters
            if line == number
        ]
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(boxes)))


def test_the_first_served_keeps_a_place_of_its_own():
    left, right = np.zeros(9), np.full(9, 100.0)
    made = packed(left, right, 2, np.full(9, 50.0), first=[7])
    assert made.line[7] == 0
    ((line, x, members),) = made.clusters
    assert (line, x, len(members)) == (1, 50.0, 8)
