"""When, on a fact card: what the text says, what dates from outside add, and why (design §4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.chronology.facts import CODES
from explorer.model.facts import TimeRef
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
)
from explorer.query.describe import both
from explorer.query.when import four_words
from explorer.words import ANCHOR_WORDS, NOT_STATED, isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.telling import Telling
    from explorer.chronology.bounds import Bound, Bounds, Side
    from explorer.chronology.facts import Fact

#: The steps of a chain that a card spells out; of a longer one the last is told, too.
_MOST_STEPS = 8


def time_rows(
    desk: Desk, time: TimeRef | None, bounds: Bounds | None, *, record_id: str, path: str = "time"
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
        note = why(desk, bounds, record_id)
        yield CardRow(label, hull_words(bounds), basis_words(basis), basis, note=note)


def claim_time_words(desk: Desk, time: TimeRef) -> str:
    """Return when one claim says it was, in words."""
    if time.edtf:
        return edtf_words(time.edtf)
    return anchor_words(desk, time) or tr("no date")


def hull_words(bounds: Bounds) -> str:
    """Return the bounds in words, as all lists do: "27 Nov – about 2 Dec 2024"."""
    if not bounds.start_min.finite and not bounds.end_max.finite:
        return _inner_words(bounds)
    start_min, start_max, end_min, end_max = (bound.value for bound in bounds.four)
    return four_words((start_min, start_max, end_min, end_max), [bound.approx for bound in bounds.four])


def why(desk: Desk, bounds: Bounds, record_id: str) -> str:
    """Return in plain words what sets each outer bound, from the nearest fact to the last."""
    ends: list[Side] = ["start_min", "end_max"]
    if not any(getattr(bounds, side).finite for side in ends):
        ends = ["end_min", "start_max"]
    told: dict[str, list[str]] = {}
    for side in ends:
        bound: Bound = getattr(bounds, side)
        if bound.finite:
            words = _bound_words(bound, is_start=side.endswith("min"))
            told.setdefault(reasons_words(desk, record_id, side), []).append(words)
    if len(told) == 1:
        return next(iter(told))
    return joined(f"{both(dates)}: {reasons}" for reasons, dates in told.items())


def reasons_words(desk: Desk, record_id: str, side: Side) -> str:
    """Return the chain of facts that sets one bound of a record, each with its place; "not stated" without one."""
    from explorer.casefile.telling import Telling

    telling = Telling(desk.case)
    chain = desk.case.chronology(text_only=desk.text_only).reasons(record_id, side)
    steps = [_reason(desk, telling, fact, record_id) for fact in chain[:_MOST_STEPS]]
    if len(chain) > _MOST_STEPS:
        steps.append(tr("… and {n} more steps").format(n=len(chain) - _MOST_STEPS))
        steps.append(_reason(desk, telling, chain[-1], record_id))
    return "; ".join(steps) or tr(NOT_STATED)


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

    return hull_words(own_bounds("", time)) != hull_words(bounds)


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


def _reason(desk: Desk, telling: Telling, fact: Fact, own: str) -> str:
    """Return one step of a chain of reasons in words: of the record itself without its name."""
    if fact.kind == "anchor" and fact.subject == own:
        words = tr(ANCHOR_WORDS[fact.relation]).format(what=anchor_name(desk, fact.other))
    elif fact.kind == "date" and fact.subject == own:
        words = tr("its own date")
    else:
        words = telling.sentence(fact, tr("it") if fact.subject == own else None)
    place = telling.place(fact) if fact.kind in ("link", "duration") else ""
    said = f"{words}, {place}" if place else words
    if fact.basis == CODES["reference"] and fact.citations:
        return f"{said}; " + tr("according to {reference}").format(reference=telling.references(fact))
    return said
