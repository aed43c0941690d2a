"""Views of a large case follow one after another, each once, in the order of their ranks."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject

from explorer.workspace.turns import FACETS, PANEL, WORDS, Turns


class View:
    def __init__(self, name: str, said: list[str]) -> None:
        self.name, self.said = name, said

    def follow(self) -> None:
        self.said.append(self.name)


@pytest.fixture
def turns(qtbot: Any, qapp: QObject) -> Turns:
    return Turns(qapp)


def test_lower_ranks_come_first_whoever_asked_first(turns: Turns, qtbot: Any) -> None:
    said: list[str] = []
    views = {rank: View(str(rank), said) for rank in (WORDS, PANEL, FACETS)}
    with qtbot.waitSignal(turns.idle):
        for rank, view in views.items():
            turns.ask(rank, view.follow)
    assert said == [str(FACETS), str(PANEL), str(WORDS)]


def test_who_asks_three_times_has_one_turn(turns: Turns, qtbot: Any) -> None:
    said: list[str] = []
    view = View("graph", said)
    with qtbot.waitSignal(turns.idle):
        for _ in range(3):
            turns.ask(PANEL, view.follow)
    assert said == ["graph"]


def test_who_needs_no_turn_any_more_has_none(turns: Turns, qtbot: Any) -> None:
    said: list[str] = []
    one, other = View("one", said), View("other", said)
    with qtbot.waitSignal(turns.idle):
        turns.ask(PANEL, one.follow)
        turns.ask(PANEL, other.follow)
        turns.drop(one.follow)
        assert not turns.waits(one.follow)
        assert turns.waits(other.follow)
    assert said == ["other"]


def test_each_turn_is_a_pass_of_its_own_so_that_a_new_change_is_heard_in_between(
    turns: Turns, qtbot: Any
) -> None:
    said: list[str] = []
    late = View("facets", said)

    class First(View):
        def follow(self) -> None:
            super().follow()
            turns.ask(FACETS, late.follow)  # a click that came meanwhile

    with qtbot.waitSignal(turns.idle):
        turns.ask(FACETS, First("first", said).follow)
        turns.ask(PANEL, View("graph", said).follow)
    assert said == ["first", "facets", "graph"]
