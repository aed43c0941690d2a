"""The words of the ladder's rungs, and how wide a rung is so that they have room: an order has no distances to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, TimeColumns
from explorer.layout.tooltips import BASIS_LINES, when_words
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.layout.ladder import Ladder, Rung

#: Above this many rungs none has room for its words, and all are equally wide.
MOST_WORDED = 240
#: The width of a letter and of the gap between two rungs' words, in the same measure.
_LETTER, _GAP = 7.0, 14.0
_SHORT = {1: "outside", 2: "coder", 3: "in text"}


def rung_words(steps: Ladder, index: int, times: TimeColumns) -> str:
    """Return the words of a rung: "2015", "from 27 Nov 2024", "then", "before that date" or "no date"."""
    rung = steps.rungs[index]
    if rung.dated:
        words = when_words(times, rung.example)
        row = rung.example
        later = int(times.end_max[row]) == OPEN_FUTURE and int(times.start_max[row]) == OPEN_FUTURE
        since = tr("from {date}").replace("{date}", "")
        if later and words.startswith(since):
            return tr("{date} or later").format(date=words.removeprefix(since))
        return words
    if rung.level == 0 and rung.phase == -1:
        return tr("before")
    return tr("no date") if rung.level == 0 and rung.phase == 1 else tr("then")


def rung_basis(rung: Rung) -> str:
    """Return what a rung rests on: "in the text", "coder's reading", "outside the report"; "" where it says nothing."""
    if not rung.dated and not rung.level and rung.phase == 1:
        return ""
    words = {**BASIS_LINES, 1: "outside the report"}
    return tr(words.get(rung.basis, "in the text"))


def short_basis(rung: Rung) -> str:
    """Return the same in a word or two, for where there is little room."""
    return tr(_SHORT.get(rung.basis, "in text")) if rung_basis(rung) else ""


def halved(text: str) -> tuple[str, ...]:
    """Return text in two lines as equally long as its blanks let them be, or in one where there is no blank."""
    words = text.split(" ")
    splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min(splits, key=lambda pair: max(map(len, pair)), default=(text,))


def level_edges(count: int) -> NDArray[np.float64]:
    """Return the edges of rungs that are all equally wide."""
    return np.arange(count + 1, dtype=np.float64) - np.float64(0.5)


def rung_edges(steps: Ladder, times: TimeColumns | None) -> NDArray[np.float64]:
    """Return float64 (n + 1,), from -0.5 to n - 0.5: where each rung begins, as wide as its words in two lines ask."""
    count = len(steps.rungs)
    if times is None or not 1 < count <= MOST_WORDED:
        return level_edges(count)
    need = []
    for index, rung in enumerate(steps.rungs):
        lines = [*halved(rung_words(steps, index, times)), short_basis(rung)]
        need.append(max(map(len, lines)) * _LETTER + _GAP)
    share = np.array(need) / sum(need) * count
    edges: NDArray[np.float64] = np.concatenate(([0.0], np.cumsum(share))) - 0.5
    return edges
