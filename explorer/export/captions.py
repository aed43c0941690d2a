"""The words of a figure, right by construction: what is counted, from what, what the marks mean (design §4).

Nothing here names a record by its id: an SVG must hold the ids of what it shows and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.casefile.columns import BASES, OPEN_FUTURE, OPEN_PAST, SOURCES, Longs
from explorer.export.metadata import program_name
from explorer.export.sources import dataset_lines, document_indices, outside_line, source_line
from explorer.model.times import bounds_words, day_of
from explorer.query.describe import (
    both,
    count_words,
    filter_words,
    kind_words,
    left_out_words,
    may_words,
    plural,
    time_words,
    value_words,
)
from explorer.query.names import either
from explorer.query.totals import range_words
from explorer.words import QUANTITY_WORDS, isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.layout.lanes import LaneKind
    from explorer.query.masks import Shown

VIEW_WORDS = {
    "timeline": "Timeline",
    "actors": "Actors",
    "matrix": "Who acts towards whom",
    "events": "Records",
    "source": "Source text",
}
_MOST_NAMES = 3
_DIFFER = SOURCES.index("differ")


def caption(
    case: CaseFile,
    shown: Shown,
    views: Sequence[str],
    *,
    axis: str = "calendar",
    window: tuple[float, float] | None = None,
    lanes: LaneKind = "actor",
) -> tuple[str, ...]:
    """Return the paragraphs of the caption; the first holds "n of N records"."""
    paragraphs = [
        counted(shown),
        selected(shown, axis, window),
        _disagreement(shown),
        line_styles(shown, views, axis, lanes),
        f"{tr('As reported, not independently verified.')} {source_line(case, shown)}",
        outside_line(case, shown),
        *dataset_lines(case, shown),
        f"{coded_by(case)} {imprint(case)}",
    ]
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def title(case: CaseFile, shown: Shown) -> str:
    """Return the headline: the case's title, or what the filter's actors, places and times ask of the reports."""
    wanted = shown.filter
    who, where, when = _names(shown, "actors"), _names(shown, "places"), time_words(wanted)
    if not (who or where or when):
        return isolated(case.header().title)
    asked = len(document_indices(shown)) if shown.count else len(shown.table.documents.ids)
    reports = plural(asked, "one report says", "{n} reports say")
    if not shown.count and asked != 1:
        reports = tr("the reports say")
    if who:
        what = {
            "actor": tr("What {reports} {who} did"),
            "recipient": tr("What {reports} was done to {who}"),
            "any": tr("What {reports} about {who}"),
        }[wanted.actor_role].format(reports=reports, who=who)
    else:
        what = tr("What {reports}").format(reports=reports)
    if where:
        what = tr("{what} in {where}").format(what=what, where=where)
    return tr("{what}, {when}").format(what=what, when=when) if when else what


def _names(shown: Shown, facet: str) -> str:
    choice = shown.filter.choice(facet)
    names = [value_words(facet, value, shown.table) for value in choice.include]
    if len(names) > _MOST_NAMES:
        names = [*names[:_MOST_NAMES], tr("{n} more").format(n=len(names) - _MOST_NAMES)]
    return both(names) if choice.match == "all" else either(names)


def counted(shown: Shown) -> str:
    """Return "5 of 25 records: 2 events, 2 background statements and 1 expectation; 20 …left out."."""
    said = tr("{n} of {total} records").format(n=shown.count, total=shown.total)
    kinds = kind_words(shown.kind_counts)
    if kinds:
        said = tr("{said}: {kinds}").format(said=said, kinds=both(kinds))
    parts = [said, left_out_words(shown), may_words(shown) or ""]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _disagreement(shown: Shown) -> str:
    """Return of how many records the sources contradict each other: a range hides who said what."""
    n = int((shown.table.sources[shown.rows] == _DIFFER).sum())
    if not n:
        return ""
    return plural(
        n,
        "In {n} record the sources differ; the range holds what all of them say.",
        "In {n} records the sources differ; each range holds what all of them say.",
    )


def selected(shown: Shown, axis: str, window: tuple[float, float] | None) -> str:
    """Return the selection in words, and the stretch of time where the timeline shows only a part of it."""
    said = []
    if shown.filter.active or shown.filter.text_only:
        said.append(tr("Selection: {filter}.").format(filter=filter_words(shown.filter, shown.table)))
    if window is not None and axis != "order":
        outside = _outside(shown, window)
        first, last = (day_of(int(second)) for second in window)
        words = plural(outside, "{n} dated record lies outside it.", "{n} dated records lie outside it.")
        if outside:
            said.append(
                f"{tr('The timeline shows {first} to {last}.').format(first=first, last=last)} {words}"
            )
    return " ".join(said)


def _outside(shown: Shown, window: tuple[float, float]) -> int:
    """Return how many of the records shown cannot have been inside the window."""
    times = shown.table.times(text_only=shown.filter.text_only)
    rows = shown.rows
    return int(((times.start_min[rows] > window[1]) | (times.end_max[rows] < window[0])).sum())


def line_styles(shown: Shown, views: Sequence[str], axis: str, lanes: LaneKind = "actor") -> str:
    """Return what the marks mean, of those that occur in the views."""
    said = []
    if not shown.count:
        return ""
    if "timeline" in views:
        said.append(_timeline_styles(shown, axis, lanes))
    if "actors" in views:
        said.append(
            tr(
                "Graph: larger marks have more records; arrows lead from who acts to the target or to whom it is for."
            )
        )
    if "matrix" in views:
        said.append(tr("Matrix: rows act, columns are the target or whom it is for; numbers count records."))
    return " ".join(part for part in said if part)


def _timeline_styles(shown: Shown, axis: str, lanes: LaneKind) -> str:
    found = (
        [tr("from left to right: the order that the reports give, not its distances")]
        if axis == "order"
        else []
    )
    if axis != "order":
        found += [*_skipped(shown, axis), *_time_styles(shown)]
    if bool(shown.table.hollow[shown.rows].any()):
        found.append(tr("hollow: not reported as fact"))
    if _crosses(shown, lanes):
        found.append(tr("cross: suffered it"))
    said = "; ".join(found)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _skipped(shown: Shown, axis: str) -> list[str]:
    """Return how much of the time is left out, where the axis leaves any out."""
    from explorer.layout.skipping import skipping_of

    if axis != "elastic":
        return []
    breaks = len(skipping_of(shown.table, shown.rows, text_only=shown.filter.text_only).axis.breaks)
    words = plural(
        breaks, "empty stretches are shortened ({n} break)", "empty stretches are shortened ({n} breaks)"
    )
    return [words] if breaks else []


def _crosses(shown: Shown, lanes: LaneKind) -> bool:
    """Return True where a timeline with such lanes marks somebody as affected by what others did."""
    from explorer.layout.lanes import AFFECTED, touches

    if lanes != "actor":
        return False
    found = touches(shown.table, lanes, frozenset(), text_only=shown.filter.text_only).of(shown.mask)
    return bool(((found.touch == AFFECTED) & ~found.main).any())


def _time_styles(shown: Shown) -> list[str]:
    """Return what solid, pale, hatched, grey and wavy mean, of those that occur on the calendar."""
    rows = shown.rows
    times = shown.table.times(text_only=shown.filter.text_only)
    basis = times.basis[rows]
    found = []
    if bool((times.start_min[rows] != times.start_max[rows]).any()):
        found.append(tr("solid: certainly within; pale: possibly within"))
    if bool((basis == BASES.index("inferred")).any()):
        found.append(tr("hatched: the coder’s reading"))
    if bool((basis == BASES.index("reference")).any()):
        found.append(tr("dotted edge: dated from outside the report"))
    if bool(times.approx[rows].any()):
        found.append(tr("wavy end: about"))
    if bool(times.derived[rows].any()):
        found.append(tr("brackets: set by other facts, somewhere within"))
    if bool(times.contested[rows].any()):
        found.append(tr("exclamation mark: contradicts other facts"))
    return found


def coded_by(case: CaseFile) -> str:
    """Return who coded the case and when it was last changed."""
    header = case.header()
    who = both([isolated(name) for name in header.coders]) or tr("not stated")
    return tr("Coded by: {who}; case of {day}. Headlines, camps and classifications are the coder’s.").format(
        who=who, day=header.modified[:10]
    )


def imprint(case: CaseFile) -> str:
    """Return the program's version and the first twelve digits of the case's hash."""
    return tr("{program}, case {digits}.").format(program=program_name(), digits=case.case_hash()[:12])


def alt_text(case: CaseFile, shown: Shown, views: Sequence[str]) -> str:
    """Return what the figure shows, for who cannot see it: kind of figure, counts, stretch of time, top actors."""
    kinds = both([tr(VIEW_WORDS[view]).lower() for view in views])
    said = [
        tr("{title}. {views}: {counts}.").format(
            title=title(case, shown), views=kinds[:1].upper() + kinds[1:], counts=count_words(shown)
        ),
        _when(shown),
        _top_actors(shown),
        *(
            f"{tr(QUANTITY_WORDS[kind])}: {range_words(value.range)}."
            for kind, value in shown.totals.sums.items()
            if value.range.count
        ),
    ]
    if shown.filter.active:
        said.append(tr("Selection: {filter}.").format(filter=filter_words(shown.filter, shown.table)))
    return " ".join(part for part in said if part)


def _when(shown: Shown) -> str:
    rows = shown.rows
    times = shown.table.times(text_only=shown.filter.text_only)
    undated = int(times.undated[rows].sum())
    first, last = (
        _ends(times.start_min[rows], times.start_max[rows]),
        _ends(times.end_max[rows], times.end_min[rows]),
    )
    said = []
    if len(first) and len(last):
        words = bounds_words(int(first.min()), int(last.max()))
        said.append(tr("Dated records: {when}.").format(when=words))
    if undated:
        said.append(plural(undated, "{n} record has no date.", "{n} records have no date."))
    return " ".join(said)


def _ends(outer: Longs, inner: Longs) -> Longs:
    """Return the finite outer bounds, or the inner one of a record whose outer is open."""
    best = np.where((outer == OPEN_PAST) | (outer == OPEN_FUTURE), inner, outer)
    kept: Longs = best[(best != OPEN_PAST) & (best != OPEN_FUTURE)]
    return kept


def _top_actors(shown: Shown) -> str:
    table = shown.table
    taken = table.participations
    kept = shown.mask[taken.row]
    pairs = np.unique(np.stack((taken.actor[kept], taken.row[kept])), axis=1)
    counts = np.bincount(pairs[0], minlength=len(table.actors.ids))
    order = np.lexsort((np.arange(len(counts)), -counts))[:_MOST_NAMES]
    names = [f"{isolated(table.actors.names[i])} ({counts[i]})" for i in order.tolist() if counts[i]]
    return tr("Most often named: {names}.").format(names=", ".join(names)) if names else ""
