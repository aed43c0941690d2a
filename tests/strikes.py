"""Reports of one strike that disagree: 25 dead, 31 dead, and a denial. What tests of joining and comparing use."""

from __future__ import annotations

from explorer.casefile.store import CaseFile
from explorer.edit.adding import Confirmed, add_document
from explorer.edit.coding import code_event
from explorer.edit.drafts import ClaimDraft, EventDraft, Founded, NumberDraft, PlaceDraft, TimeDraft
from explorer.edit.passages import Marked

REPORTS = {
    "A": ("At least 25 people died in a strike on Idlib on Sunday, residents said.", "At least 25 people"),
    "B": ("A war monitor said that 31 people were killed by the strike in Idlib.", "31 people were killed"),
    "C": ("The ministry denied that there was any strike on Idlib.", "any strike"),
}
NUMBERS = {
    "A": NumberDraft("fatalities", "at_least", low=25),
    "B": NumberDraft("fatalities", "exactly", 31, 31, 31),
}
A, B, C = (f"evt-strike-told-by-{name.lower()}" for name in REPORTS)


def add_reports(case: CaseFile) -> CaseFile:
    """Add the three reports to a case that has Idlib (the sample), each with its own event."""
    for name, (text, words) in REPORTS.items():
        case.commit(
            add_document(case, Confirmed(text, f"Report {name}", publisher=f"Paper {name}", language="en"))
        )
        said, where = _founded(case, name, words), _founded(case, name, "Idlib")
        number = NUMBERS.get(name)
        numbers = (
            NumberDraft(number.kind, number.qualifier, number.low, number.best, number.high, founded=said),
        ) if number else ()  # fmt: skip
        draft = EventDraft(
            f"Strike told by {name}", (ClaimDraft(said, modality="denied" if name == "C" else "asserted"),),
            type="ASSAULT", mode="aerial", time=TimeDraft("2024-12-01", founded=said),
            places=(PlaceDraft("loc-idlib", founded=where),), numbers=numbers,
        )  # fmt: skip
        case.commit(code_event(case, draft))
    return case


def _founded(case: CaseFile, name: str, words: str) -> Founded:
    document = f"doc-report-{name.lower()}"
    start = case.source(document).text.index(words)
    return Founded((Marked(document, start, start + len(words)),))
