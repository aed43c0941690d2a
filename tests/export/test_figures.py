"""The figure is the view: exactly the filtered records, nothing over anything, the same bytes again (design §1)."""

from __future__ import annotations

import pytest
from export.svg_words import check_words, ids_of

from explorer.export.figures import encoded
from explorer.query.filters import Choice, Filter

VIEWS = ("timeline", "actors", "matrix", "events", "source")
SIZES = ((800, 500), (1600, 900), (3840, 2160))
RUSSIA = Filter(actors=Choice(include=("act-russia",)))
FILTERS = {
    "all": Filter(),
    "Russia": RUSSIA,
    "nothing": Filter(actors=Choice(include=("act-russia",)), places=Choice(include=("loc-aleppo",))),
    "text only": Filter(text_only=True, kinds=Choice(include=("happened",))),
}


def shown_ids(case, wanted):
    from explorer.query.masks import evaluate

    return evaluate(case.table(), wanted).ids


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("axis", ["calendar", "order"])
@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_timeline_holds_exactly_the_filtered_records_and_no_words_overlap(
    figure, sample_file, wanted, axis, size
):
    made = figure("timeline", size=size, axis=axis, filter=FILTERS[wanted])
    svg = encoded(made, ".svg")
    assert ids_of(svg) == set(shown_ids(sample_file, FILTERS[wanted])) == set(made.scene.event_ids)
    check_words(svg, size)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize(
    "views", [*((view,) for view in VIEWS[1:]), ("timeline", "actors"), VIEWS], ids="+".join
)
@pytest.mark.parametrize("wanted", ["all", "Russia"], ids=str)
def test_every_view_holds_exactly_the_filtered_records_and_no_words_overlap(
    figure, sample_file, wanted, views, size
):
    made = figure(*views, size=size, filter=FILTERS[wanted])
    svg = encoded(made, ".svg")
    assert ids_of(svg) == set(shown_ids(sample_file, FILTERS[wanted]))
    check_words(svg, size)
