"""Which records name others: the indexes where there are some, else every body that could."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from explorer.casefile import schema
from explorer.casefile.reading import Records
from explorer.model.lists import list_of

#: Lists whose records name others in their values, where no index tells which.
NAMING = ("documents", "actors", "locations", "events", "relations", "links")
#: Lists that no record names but by an index.
_INDEXED = frozenset(("relations", "links", "spans"))
#: From how many ids on each body is read once for all of them.
MANY = 8
_WITH = schema.per_list("SELECT id FROM _list WHERE instr(body, ?)")
_ALL = schema.per_list("SELECT id, body FROM _list")
_ROW = schema.per_list("SELECT key FROM _list WHERE id = ?")
_ID = schema.per_list("SELECT id FROM _list WHERE key = ?")
_CITING = "SELECT DISTINCT list, record FROM citations WHERE span = ?"
_MENTIONING_SPAN = "SELECT list, record, form, span FROM mentioned WHERE span = ?"
_MENTIONING_RECORD = "SELECT list, record, form, span FROM mentioned WHERE list = ? AND record = ?"
_SPANS = "SELECT s.id FROM span_positions p JOIN spans s ON s.key = p.span WHERE p.document = ?"
_NAMED = re.compile(r'"((?:doc|ref|dst|act|loc|evt)-[^"]+)"')


def naming(case: Records, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (list, id) of every record that names one of ids, some more than once; a record may name itself."""
    for record_id in ids:
        name = list_of(record_id)
        if name is not None:
            row = case.database.row(_ROW[name], (record_id,))
            if row is not None:
                yield from _indexed(case, name, row[0])
    searched = [record_id for record_id in ids if list_of(record_id) not in {None, *_INDEXED}]
    if len(searched) <= MANY:
        for record_id in searched:
            yield from holding(case, NAMING, f'"{record_id}"')
    else:
        yield from _holding_any(case, set(searched))


def _indexed(case: Records, name: str, key: int) -> Iterator[tuple[str, str]]:
    yield from _mentions(case, name, key)
    if name == "spans":
        yield from citing(case, key)
    elif name == "documents":
        yield from (("spans", row[0]) for row in case.database.rows(_SPANS, (key,)))


def holding(case: Records, names: Iterable[str], text: str) -> Iterator[tuple[str, str]]:
    """Yield (list, id) of the records of some lists whose body holds a text."""
    for name in names:
        yield from ((name, row[0]) for row in case.database.rows(_WITH[name], (text,)))


def _holding_any(case: Records, ids: set[str]) -> Iterator[tuple[str, str]]:
    for name in NAMING:
        for record_id, body in case.database.stream(_ALL[name]):
            if not ids.isdisjoint(_NAMED.findall(body)):
                yield name, record_id


def citing(case: Records, span: int) -> Iterator[tuple[str, str]]:
    """Yield (list, id) of the records with a value that cites a span, given by its key."""
    for code, key in case.database.rows(_CITING, (span,)):
        name = schema.LIST_NAMES[code]
        found = case.database.row(_ID[name], (key,))
        if found is not None:
            yield name, found[0]


def _mentions(case: Records, name: str, key: int) -> Iterator[tuple[str, str]]:
    """Yield the mentions in a span, or of a record."""
    if name == "spans":
        rows = case.database.rows(_MENTIONING_SPAN, (key,))
    else:
        rows = case.database.rows(_MENTIONING_RECORD, (schema.LIST_CODES[name], key))
    for code, record, form, span in rows:
        named = case.database.row(_ID[schema.LIST_NAMES[code]], (record,))
        said = case.database.row(_ID["spans"], (span,))
        if named is not None and said is not None:
            yield "mentions", f"{said[0]} → {named[0]} ({form})"
