"""The sentences behind a row of the Events table, for a CSV file."""

from __future__ import annotations

from explorer.casefile.columns import EventTable
from explorer.casefile.store import CaseFile
from explorer.model.records import Document


class Quotes:
    """Fetches the first cited sentence of an event, and where it stands; documents are kept while a file is written."""

    def __init__(self, case: CaseFile, table: EventTable | None) -> None:
        assert table is not None
        self._case = case
        self._table = table
        self._documents: dict[str, Document] = {}

    def _places(self, row: int) -> list[tuple[Document, int]]:
        """Return the distinct cited sentences of an event, those of its claims first."""
        cited = self._case.cited(str(self._table.ids[row]))
        cited.sort(key=lambda c: not c.path.startswith("claims"))
        places = dict.fromkeys((c.document, c.sentence) for c in cited if c.sentence is not None)
        return [(self._document(document), sentence) for document, sentence in places]

    def _document(self, document_id: str) -> Document:
        if document_id not in self._documents:
            if len(self._documents) > 64:
                self._documents.clear()
            record = self._case.record(document_id)
            assert isinstance(record, Document)
            self._documents[document_id] = record
        return self._documents[document_id]

    def sentence(self, row: int) -> str:
        """Return the sentences that the event's claims cite, one after the other."""
        found = []
        for document, number in self._places(row):
            bounds = document.sentences[number]
            found.append(document.text[bounds.start : bounds.end])
        return " … ".join(found)

    def link(self, row: int) -> str:
        """Return document id, sentence number (from 1) and, where known, its address."""
        return " ".join(f"{d.url or d.id}#sentence-{number + 1}" for d, number in self._places(row))
