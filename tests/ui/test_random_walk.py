"""A thousand random things a user does: all views agree, nothing breaks, nothing is left behind."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPointF

from explorer.query.filters import FACETS, Choice, Filter
from explorer.query.selection import Brushed, Nothing, Picked


class Walk:
    """Draws actions from a seed and takes them through the workspace and the views."""

    def __init__(self, window: Any, seed: int) -> None:
        self.window, self.workspace, self.draw = window, window.workspace, random.Random(seed)
        table = self.workspace.table
        self.ids = [*table.ids, *table.actors.ids, *table.locations.ids, *table.relations.ids, "evt-gone"]
        self.values = {facet: list(self.workspace.shown.facets[facet].values) for facet in FACETS}

    def step(self) -> None:
        self.draw.choice(
            [self.select, self.select, self.filter, self.filter, self.zoom, self.pan, self.back, self.forward,
             self.lanes, self.axis, self.tab, self.hover, self.clear, self.click, self.walk, self.follow, self.search]
        )()  # fmt: skip

    def select(self) -> None:
        ids = frozenset(self.draw.sample(self.ids, self.draw.randint(1, 4)))
        chosen = self.draw.choice([Picked(ids), Nothing(), Brushed(self.condition())])
        self.workspace.select(chosen, self.draw.choice(["replace", "add", "toggle"]))

    def condition(self) -> Filter:
        facet = self.draw.choice([f for f in FACETS if self.values[f]])
        value = self.draw.choice(self.values[facet])
        choice = self.workspace.state.filter.choice(facet)
        choice = self.draw.choice(
            [choice.including(value), choice.excluding(value), Choice(include=(value,)), Choice()]
        )
        return self.workspace.state.filter.with_choice(facet, choice)

    def filter(self) -> None:
        extra = self.draw.choice(
            [{}, {}, {"text_only": True}, {"time_from": "2015"}, {"time_certain": True}, {"undated": True}]
        )
        self.workspace.narrow(self.condition().changed(extra))

    def search(self) -> None:
        self.workspace.narrow(Filter(text=self.draw.choice(["", "air", "the", "\"' OR *", "ق"])), run="text")

    def zoom(self) -> None:
        self.window.timeline.zoom(
            self.draw.choice([0.3, 0.8, 1.5, 6.0]), QPointF(self.draw.randint(0, 900), 40.0)
        )

    def pan(self) -> None:
        self.window.timeline.pan(self.draw.randint(-300, 300), self.draw.randint(-200, 200))

    def back(self) -> None:
        self.workspace.back()

    def forward(self) -> None:
        self.workspace.forward()

    def lanes(self) -> None:
        self.workspace.set_lanes(self.draw.choice(["actor", "place", "type", "document", "one"]))

    def axis(self) -> None:
        self.workspace.set_axis(self.draw.choice(["calendar", "order"]))

    def tab(self) -> None:
        self.workspace.set_tab(self.draw.choice(["graph", "matrix", "actors", "events"]))

    def hover(self) -> None:
        self.workspace.hover(self.draw.sample(self.ids, self.draw.randint(0, 2)))

    def clear(self) -> None:
        self.window.actions_table["clear_filters"].trigger()

    def follow(self) -> None:
        self.workspace.set_follow(follow=self.draw.random() < 0.2)

    def click(self) -> None:
        at = QPointF(self.draw.randint(0, 800), self.draw.randint(0, 300))
        self.window.timeline.pick(at, self.draw.choice(["replace", "toggle"]))

    def walk(self) -> None:
        self.window.timeline.walk(self.draw.choice([-1, 1, 3]))


def views(window: Any) -> list[Any]:
    return [
        window.timeline,
        *window.actors.views.values(),
        *(dock.widget() for dock in window.docks.values()),
    ]


def agree(window: Any) -> None:
    workspace = window.workspace
    counted = workspace._ids(workspace.counted)
    for view in views(window):
        follows = view in window.actors.views.values()
        assert view.shown_ids() == (counted if follows else workspace.shown_ids()), type(view).__name__
        assert view.selected_ids() == workspace.selected_ids(), type(view).__name__


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_random_actions_leave_all_views_in_agreement(
    make_window: Callable[..., Any], seed: int
) -> None:
    window = make_window()
    for tab in ("matrix", "actors", "events", "graph"):
        window.workspace.set_tab(tab)
    walk = Walk(window, seed)
    for number in range(500):
        walk.step()
        if number % 5 == 0:
            agree(window)
        if number % 50 == 0:
            window.grab()
    agree(window)
