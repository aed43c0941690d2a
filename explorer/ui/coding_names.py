"""The names a form completes over: actors, places, events, documents and references, with those coined on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.edit.coding import fresh_id
from explorer.edit.coining import Coined, said
from explorer.edit.passages import Marked
from explorer.model.records import Reference
from explorer.query.completing import Named
from explorer.ui.text import elided
from explorer.words import ACTOR_KIND_WORDS, LOCATION_KIND_WORDS, isolated, tr
from explorer.workspace.hub import Workspace

PREFIXES = {"actors": "act", "locations": "loc", "references": "ref"}
KIND_WORDS = {"actors": ACTOR_KIND_WORDS, "locations": LOCATION_KIND_WORDS, "references": {}}


class Names:
    """What can be named in one form. coined: what the form makes besides its record, by id."""

    def __init__(self, workspace: Workspace, document: str, coined: Iterable[Coined] = ()) -> None:
        self._workspace = workspace
        self.document = document
        self.coined = {each.id: each for each in coined}
        self._read: dict[str, tuple[object, tuple[Named, ...]]] = {}

    def all(self, list_name: str) -> tuple[Named, ...]:
        """Return what can be chosen of a list; "anchors" are the documents, this one first, and the events."""
        new = tuple(
            Named(each.id, each.name, note=tr("new")) for each in self.coined.values() if each.list_name == list_name
        )  # fmt: skip
        return (*new, *self._of_case(list_name))

    def name_of(self, record_id: str | None) -> str:
        """Return what a record is called; "" for none, the id where the case does not know it."""
        if record_id is None:
            return ""
        if record_id in self.coined:
            return said(self.coined[record_id])
        case = self._workspace.case
        record = case.record(record_id) if case is not None and record_id in case.known([record_id]) else None
        return str(getattr(record, "name", None) or getattr(record, "title", None) or record_id)

    def quote(self, marked: Marked) -> str:
        """Return the characters of marked words."""
        case = self._workspace.case
        if case is None or not case.known([marked.document]):
            return ""
        return case.source(marked.document).text[marked.start : marked.end]

    def span(self, span_id: str) -> tuple[str, Marked | None]:
        """Return what a span quotes and where it lies; None where it has no place."""
        case = self._workspace.case
        span = next(iter(case.spans([span_id])), None) if case is not None else None
        if span is None or span.start is None or span.end is None:
            return (span.quote or "" if span is not None else ""), None
        return span.quote or "", Marked(span.document, span.start, span.end)

    def coin(
        self, list_name: str, name: str, kind: str | None, answers: dict[str, str | None] | None = None
    ) -> Coined:
        """Make something new, which is in the case once the form is saved."""
        case = self._workspace.case
        assert case is not None
        record_id = fresh_id(case, PREFIXES[list_name], name)
        number = 2
        while record_id in self.coined:
            record_id, number = fresh_id(case, PREFIXES[list_name], f"{name} {number}"), number + 1
        said_besides = answers or {}
        coined = Coined(
            record_id, list_name, " ".join(name.split()), kind, said_besides.get("part_of"), said_besides.get("url"),
            said_besides.get("note"),
        )  # fmt: skip
        self.coined[record_id] = coined
        return coined

    def _of_case(self, list_name: str) -> tuple[Named, ...]:
        table = self._workspace.table
        if table is None:
            return ()
        if list_name not in self._read or self._read[list_name][0] is not table:
            self._read[list_name] = (table, tuple(self._listed(list_name)))
        return self._read[list_name][1]

    def _listed(self, list_name: str) -> list[Named]:
        table, case = self._workspace.table, self._workspace.case
        assert table is not None
        assert case is not None
        match list_name:
            case "actors":
                of = table.actors
                return _zipped(of.ids, of.names, of.aliases)
            case "locations":
                places = table.locations
                return _zipped(places.ids, places.names, places.aliases)
            case "references":
                found = (each for each in case.all("references") if isinstance(each, Reference))
                return [Named(each.id, each.title) for each in found]
            case "events":
                titles = table.titles(range(len(table.ids)))
                return [Named(i, title) for i, title in zip(table.ids, titles, strict=True)]
            case _:
                return [*self._documents(), *self._of_case("events")]

    def _documents(self) -> list[Named]:
        table = self._workspace.table
        assert table is not None
        found = _zipped(table.documents.ids, table.documents.titles, ())
        found = [
            Named(each.id, each.name, (tr("this report"),), tr("this report"))
            if each.id == self.document
            else each
            for each in found
        ]
        return sorted(found, key=self._is_other)

    def _is_other(self, named: Named) -> bool:
        return named.id != self.document


def _zipped(ids: Sequence[str], names: Sequence[str], aliases: Sequence[tuple[str, ...]]) -> list[Named]:
    others = aliases or ((),) * len(ids)
    return [Named(i, name, other) for i, name, other in zip(ids, names, others, strict=True)]


def line_of(named: Named, matched: str) -> str:
    """Return a choice in one line: its name, and the other name that fits where that is another."""
    name = isolated(elided(named.name, 70))
    note = named.note or (isolated(matched) if matched and matched != named.name else "")
    return f"{name}  ·  {note}" if note else name
