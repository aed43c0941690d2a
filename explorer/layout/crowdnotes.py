"""What stands below a graph of thousands: edges not drawn, records that no node shows, and the meaning of colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from explorer.casefile.columns import HUES, Mask
from explorer.frozen import frozen
from explorer.layout import nodes
from explorer.layout.crowdnodes import Filtered
from explorer.layout.footer import Entry, Footer, flowed
from explorer.layout.measure import Measure
from explorer.layout.rowids import RowIds
from explorer.words import HUE_WORDS, isolated, tr


@frozen(eq=False, slots=False)
class NotesRequest:
    """What the notes tell of: shown: bool over the actors. full: with the meaning of colours."""

    filtered: Filtered
    shown: Mask
    roles: Mapping[str, str]
    width: float
    full: bool


def drawn_words(drawn: int, ties: int) -> str:
    """Return how many of the edges are drawn, in words."""
    if drawn == ties:
        return tr("{n} edges").format(n=f"{ties:,}")
    return tr("{n} of {total} edges drawn, the strongest first").format(n=f"{drawn:,}", total=f"{ties:,}")


def notes_height(request: NotesRequest, measure: Measure) -> float:
    """Return the height that the notes take for every number of lines drawn, so that none moves the picture."""
    return flowed(list(_widest(request)), request.width, measure).height


def notes(request: NotesRequest, drawn: int, ties: int, hidden: Sequence[str], measure: Measure) -> Footer:
    """Return the notes; hidden: ids of the events that lie behind no drawn line. As high as notes_height says."""
    entries = []
    if drawn < ties:
        entries.append(Entry(drawn_words(drawn, ties)))
    if len(hidden):
        entries.append(Entry(_hidden_words(len(hidden)), ids=hidden))
    footer = flowed([*entries, *_apart(request), *_meanings(request)], request.width, measure)
    most = flowed(list(_widest(request)), request.width, measure).lines
    return replace(footer, lines=most, above=most - footer.lines)


def _widest(request: NotesRequest) -> Iterator[Entry]:
    ties, joined = len(request.filtered.ends), int(np.count_nonzero(request.filtered.joined))
    yield Entry(drawn_words(max(ties - 1, 0), ties))
    yield Entry(_hidden_words(joined))
    yield from _apart(request)
    yield from _meanings(request)


def _hidden_words(count: int) -> str:
    return tr("{n} records only behind edges not drawn").format(n=f"{count:,}")


def _apart(request: NotesRequest) -> Iterator[Entry]:
    """Yield the records that no node on the canvas shows."""
    left = request.filtered
    table, mask = left.table, left.mask
    here = left.members.rows(request.shown, mask) if not request.shown[left.count > 0].all() else left.named
    for words, rows in (
        (tr("No actor stated: {n}"), np.flatnonzero(mask & ~left.named)),
        (tr("{n} of other actors"), np.flatnonzero(left.named & ~here)),
    ):
        if len(rows):
            yield Entry(words.format(n=f"{len(rows):,}"), ids=RowIds(table, rows.astype(np.int32)))


def _meanings(request: NotesRequest) -> Iterator[Entry]:
    if not request.full:
        return
    hues = request.filtered.columns.whole.hues
    for hue, words in HUE_WORDS.items():
        if HUES.index(hue) in hues:
            yield Entry(tr(words), hue, dash="solid")
    if any(edge.kind == "membership" for edge in request.filtered.members.stated):
        yield Entry(tr("belongs to, or leads"), "muted", dash="dot")
    sides = [side for side in request.roles if side][: nodes.CAMPS]
    for side in sides:
        yield Entry(isolated(side), request.roles[side], "circle")
    if sides:
        yield Entry(tr("(camps: coder's)"))
