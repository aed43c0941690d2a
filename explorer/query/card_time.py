"""When, on a fact card: what the text says, what dates from outside add, and why (design §4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.model.facts import TimeRef
from explorer.model.records import Document
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, bounds_words, edtf_words
from explorer.model.vocabulary import BASES
from explorer.query.card_parts import (
    CardRow,
    Desk,
    basis_words,
    cited,
    fact_row,
    joined,
    missing_row,
    reference_words,
)
from explorer.query.describe import both
from explorer.words import ANCHOR_WORDS, NOT_STATED, isolated, tr

if TYPE_CHECKING:
    from explorer.chronology.anchors import Bound, Bounds


def time_rows(
    desk: Desk, time: TimeRef | None, bounds: Bounds | None, *, path: str = "time", record_id: str = ""
) -> Iterator[CardRow]:
    """Yield the rows of when: stated or read from the text first, then what the bounds add, with their reasons."""
    label = tr("When")
    known = time if time and desk.counts(time) else None
    if known is None or known.edtf is None or known.basis == "reference":
        yield CardRow(label, tr("no date in the report"), basis_words("none"))
    if known is not None:
        yield from _given(desk, label, known, path)
    if bounds is not None and not bounds.undated and _adds(known, bounds):
        basis = BASES[bounds.weakest]
        note = why(desk, bounds, known, record_id)
        yield CardRow(label, hull_words(bounds), basis_words(basis), basis, note=note)


def claim_time_words(desk: Desk, time: TimeRef) -> str:
    """Return when one claim says it was, in words."""
    if time.edtf:
        return edtf_words(time.edtf)
    return anchor_words(desk, time) or tr("no date")


def hull_words(bounds: Bounds) -> str:
    """Return the outer bounds in words: "27 Nov – about 2 Dec 2024"."""
    first, last = bounds.start_min, bounds.end_max
    if not first.finite and not last.finite:
        return _inner_words(bounds)
    return bounds_words(first.value, last.value, approx_start=first.approx, approx_end=last.approx)


def why(desk: Desk, bounds: Bounds, time: TimeRef | None, record_id: str = "") -> str:
    """Return in plain words what sets each outer bound, from the nearest fact to the last."""
    ends = [(bounds.start_min, True), (bounds.end_max, False)]
    if not any(bound.finite for bound, _ in ends):
        ends = [(bounds.end_min, True), (bounds.start_max, False)]
    told: dict[str, list[str]] = {}
    for bound, is_start in ends:
        if bound.finite:
            told.setdefault(_reasons(desk, bound, time, record_id), []).append(_bound_words(bound, is_start))
    if len(told) == 1:
        return next(iter(told))
    return joined(f"{both(dates)}: {reasons}" for reasons, dates in told.items())


def anchor_words(desk: Desk, time: TimeRef) -> str:
    """Return "before the report" for an anchored time; "" without an anchor."""
    if not time.anchor or not time.anchor_relation:
        return ""
    return tr(ANCHOR_WORDS[time.anchor_relation]).format(what=anchor_name(desk, time.anchor))


def anchor_name(desk: Desk, record_id: str) -> str:
    """Return what an anchor points at: the report, one of several reports, or another event."""
    if record_id in desk.table.document_of:
        if len(desk.table.documents.ids) == 1:
            return tr("the report")
        return tr("the report “{title}”").format(title=isolated(desk.passages.document(record_id).title))
    return tr("“{title}”").format(title=desk.title(record_id) or record_id)


def _given(desk: Desk, label: str, time: TimeRef, path: str) -> Iterator[CardRow]:
    words = edtf_words(time.edtf) if time.edtf else ""
    anchor = anchor_words(desk, time)
    if words or anchor:
        yield fact_row(desk, label, joined((words, anchor)), time, path)
    elif time.evidence or time.note:
        row = missing_row(label)
        yield CardRow(
            row.label, row.value, basis_words(time.basis), time.basis, time.evidence,
            joined((desk.quoted(time.evidence), cited(desk, time), isolated(time.note or ""))), path,
        )  # fmt: skip


def _adds(time: TimeRef | None, bounds: Bounds) -> bool:
    """Return whether the bounds say more than the value's own date in words does."""
    if time is None or time.edtf is None:
        return True
    from explorer.chronology.anchors import own_bounds

    own = own_bounds("", time)
    return [bound.value for bound in own.four] != [bound.value for bound in bounds.four]


def _bound_words(bound: Bound, is_start: bool) -> str:
    if is_start:
        return bounds_words(bound.value, OPEN_FUTURE, approx_start=bound.approx)
    return bounds_words(OPEN_PAST, bound.value, approx_end=bound.approx)


def _inner_words(bounds: Bounds) -> str:
    """Return what is known where only the inner bounds are: when it had begun, and when it had not ended."""
    begun, lasting = bounds.start_max, bounds.end_min
    if lasting.finite:
        date = bounds_words(OPEN_PAST, lasting.value, approx_end=lasting.approx).removeprefix(tr("until "))
        return tr("still going on at {date}").format(date=date)
    return tr("had begun by {date}").format(
        date=bounds_words(OPEN_PAST, begun.value, approx_end=begun.approx).removeprefix(tr("until "))
    )


def _reasons(desk: Desk, bound: Bound, time: TimeRef | None, record_id: str) -> str:
    own = record_id or (bound.because[0] if bound.because else "")
    steps = [_reason(desk, step, time, own) for step in bound.because]
    return "; ".join(dict.fromkeys(step for step in steps if step)) or tr(NOT_STATED)


def _reason(desk: Desk, record_id: str, time: TimeRef | None, own: str) -> str:
    """Return one step of a chain of reasons in words."""
    if record_id == own:
        return (anchor_words(desk, time) or tr("its own date")) if time else ""
    kind = record_id.partition("-")[0]
    if kind == "doc":
        document = desk.record(record_id)
        published = document.published if isinstance(document, Document) else None
        date = edtf_words(published.edtf) if published and published.edtf else tr("no date")
        return tr("{report} is of {date}").format(report=anchor_name(desk, record_id), date=date)
    if kind == "ref":
        return tr("according to {reference}").format(reference=reference_words(desk.record(record_id)))
    return anchor_name(desk, record_id) if kind == "evt" else record_id
