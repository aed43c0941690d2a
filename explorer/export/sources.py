"""What a figure rests on: the reports, what came from outside them, and the datasets whose licence must travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.casefile.columns import BASES, Ints
from explorer.model.records import Dataset, Document, Event, Reference
from explorer.model.times import edtf_words
from explorer.query.describe import both, plural
from explorer.query.records import facts_of
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.query.masks import Shown

_MOST_DOCUMENTS = 3
_MOST_PUBLISHERS = 4
_MOST_REFERENCES = 6
#: Records with values from outside that are read for their citations; of more, an even part.
_MOST_READ = 600
REFERENCE = BASES.index("reference")


def document_indices(shown: Shown) -> list[int]:
    """Return the documents (indices into the table) that speak of what is shown, each once, in case order."""
    claims = shown.table.claims
    found: list[int] = np.unique(claims.document[shown.mask[claims.row]]).tolist()
    return found


def source_line(case: CaseFile, shown: Shown) -> str:
    """Return the reports: each by publisher, title and date where there are few, else counts and publishers."""
    table = shown.table
    indices = document_indices(shown)
    if not indices:
        return ""
    if len(indices) <= _MOST_DOCUMENTS:
        documents = [case.record(table.documents.ids[index]) for index in indices]
        told = [
            document_words(d, text_only=shown.filter.text_only) for d in documents if isinstance(d, Document)
        ]
        head = tr("Source: {sources}.") if len(told) == 1 else tr("Sources: {sources}.")
        return head.format(sources="; ".join(told))
    publishers = [table.documents.publishers[index] for index in indices]
    names = sorted({name for name in publishers if name}, key=lambda name: (-publishers.count(name), name))
    listed = [isolated(name) for name in names[:_MOST_PUBLISHERS]]
    if len(names) > _MOST_PUBLISHERS:
        listed.append(plural(len(names) - _MOST_PUBLISHERS, "{n} more", "{n} more"))
    if not all(publishers):
        listed.append(tr("publisher not stated"))
    return tr("Sources: {n} documents; {publishers}.").format(n=f"{len(indices):,}", publishers=both(listed))


def document_words(document: Document, *, text_only: bool = False) -> str:
    """Return "publisher not stated, “title”, no date in the report (about 2 Dec 2024 from outside it)"."""
    publisher, *rest = _publishing(document, text_only=text_only)
    return ", ".join([publisher, f"“{isolated(document.title)}”", *rest])


def publisher_words(document: Document, *, text_only: bool = False) -> str:
    """Return the line under a report's title: publisher, date, and what it draws on."""
    return " · ".join(_publishing(document, text_only=text_only))


def _publishing(document: Document, *, text_only: bool) -> list[str]:
    publisher = isolated(document.publisher) if document.publisher else tr("publisher not stated")
    said = [publisher, _date_words(document, text_only=text_only)]
    if document.derived_from:
        said.append(tr("drawn from {source}").format(source=isolated(document.derived_from)))
    return said


def _date_words(document: Document, *, text_only: bool) -> str:
    published = document.published
    if published is None or not published.edtf:
        return tr("no date in the report")
    words = edtf_words(published.edtf)
    if published.basis != "reference":
        return words
    missing = tr("no date in the report")
    return (
        missing
        if text_only
        else tr("{missing} ({words}, from outside it)").format(missing=missing, words=words)
    )


def outside_line(case: CaseFile, shown: Shown) -> str:
    """Return how much rests on what is outside the reports, and on which references; "" where nothing does."""
    if shown.filter.text_only:
        return tr("Only what the report says: values from outside it are left out.")
    times = shown.table.time
    dated = int(((times.basis[shown.rows] == REFERENCE).any(axis=1)).sum())
    cited = reference_ids(case, shown)
    if not dated and not cited:
        return ""
    records = [record for record in case.records(cited) if isinstance(record, Reference)]
    told = [reference_words(record) for record in records[:_MOST_REFERENCES]]
    if len(records) > _MOST_REFERENCES:
        told.append(plural(len(records) - _MOST_REFERENCES, "{n} more", "{n} more"))
    elif dated > _MOST_READ:
        told.append(tr("and perhaps others"))
    count = (
        plural(dated, "the dates of {n} record", "the dates of {n} records") if dated else tr("some values")
    )
    if not told:
        return tr("From outside the report: {count}.").format(count=count)
    return tr("From outside the report: {count}, from {references}.").format(
        count=count, references="; ".join(told)
    )


def reference_ids(case: CaseFile, shown: Shown) -> list[str]:
    """Return the references that dates and other values of the shown events rest on, sorted."""
    table = shown.table
    rows = _from_outside(shown)
    ids = [table.ids[row] for row in rows[:: max(1, -(-len(rows) // _MOST_READ))].tolist()]
    found: set[str] = set()
    for bounds in case.bounds(ids).values():
        found.update(name for bound in bounds.four for name in bound.because if name.startswith("ref-"))
    for record in case.records(ids):
        if isinstance(record, Event):
            found.update(
                name for fact in facts_of(record) if fact.basis == "reference" for name in fact.citations
            )
    return sorted(found)


def _from_outside(shown: Shown) -> Ints:
    """Return the rows shown that have a value from outside the reports, int32, ascending."""
    table = shown.table
    found = (table.time.basis == REFERENCE).any(axis=1)
    for values in (table.participations, table.places, table.quantities):
        found[values.row[values.basis == REFERENCE]] = True
    rows: Ints = np.flatnonzero(found & shown.mask).astype(np.int32)
    return rows


def reference_words(reference: Reference) -> str:
    """Return a reference as it is cited: “title”, publisher, date."""
    said = [f"“{isolated(reference.title)}”"]
    if reference.publisher:
        said.append(isolated(reference.publisher))
    if reference.published:
        said.append(edtf_words(reference.published))
    return ", ".join(said)


def dataset_lines(case: CaseFile, shown: Shown) -> list[str]:
    """Return title, citation and licence of every dataset shown: they can be moved in a figure, never removed."""
    table = shown.table
    ids = sorted({table.documents.datasets[index] for index in document_indices(shown)} - {""})
    return [dataset_words(record) for record in case.records(ids) if isinstance(record, Dataset)]


def dataset_words(dataset: Dataset) -> str:
    """Return "Data: title, version. Citation. Licence: …"."""
    name = isolated(dataset.title)
    if dataset.version:
        name = tr("{title}, version {version}").format(title=name, version=isolated(dataset.version))
    return tr("Data: {name}. {citation} Licence: {licence}.").format(
        name=name, citation=f"{isolated(dataset.citation).rstrip('.')}.", licence=isolated(dataset.licence)
    )
