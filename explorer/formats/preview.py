"""The first rows of a table as a mapping reads them, in words: to look over before anything is imported."""

from __future__ import annotations

import io
from itertools import islice
from typing import Any

from explorer.formats.mapping import PREVIEW, Mapping
from explorer.formats.port import Draft, Named, Row, Skipped
from explorer.formats.refused import RefusedError
from explorer.formats.source import Source
from explorer.formats.table import TableReader
from explorer.frozen import frozen
from explorer.model.phrases import edtf_words
from explorer.words import isolated, tr, type_words


@frozen
class PreviewRow:
    """One row as it will be read. problem: why it is skipped, or what is odd in it; kept: whether it is read at all."""

    line: int
    title: str
    when: str
    who: str
    where: str
    what: str
    amounts: str
    problem: str
    kept: bool


@frozen
class Preview:
    """The first rows of a table, and in words why it cannot be read at all ("" where it can)."""

    rows: tuple[PreviewRow, ...]
    refused: str = ""


class _Watched(TableReader):
    """Remembers the names that its rows share."""

    def _rows(self, header: list[str]) -> Any:
        self.made = super()._rows(header)
        return self.made


def preview(name: str, head: bytes, mapping: Mapping, count: int = PREVIEW) -> Preview:
    """Return the first count rows in the head of a file, as mapping reads them."""
    reader = _Watched(mapping)
    source = Source(name, head, io.BytesIO(head), len(head), io.BytesIO(head))
    try:
        read = list(islice(reader.read(source), 1, count + 1))
    except RefusedError as error:
        return Preview((), "; ".join(str(problem) for problem in error.problems[:3]))
    made = getattr(reader, "made", None)
    names = _names(
        [
            *(made.last() if made else ()),
            *(one for row in read if isinstance(row, Row) for one in row.records),
        ]
    )
    return Preview(tuple(_told(row, names) for row in read if not isinstance(row, Row) or row.line))


def _names(records: list[Named]) -> dict[str, str]:
    return {draft["id"]: draft["name"] for kind, draft in records if kind in ("actors", "locations")}


def _told(row: Row | Skipped, names: dict[str, str]) -> PreviewRow:
    if isinstance(row, Skipped):
        return PreviewRow(row.line, "", "", "", "", "", "", row.reason, False)
    event = next(draft for kind, draft in row.records if kind == "events")
    unknown = tr("not stated")
    coded = event.get("type")
    said = ", ".join(event.get("codes", {}).values())
    return PreviewRow(
        line=row.line,
        title=isolated(event["title"]),
        when=edtf_words(event["time"]["edtf"]) if "time" in event else unknown,
        who=_who(event, names) or unknown,
        where=", ".join(isolated(names[one["location"]]) for one in event.get("places", ())) or unknown,
        what=type_words(coded, event.get("mode")) if coded else isolated(said) or unknown,
        amounts=", ".join(_amount(one) for one in event.get("quantities", ())),
        problem="; ".join(row.remarks),
        kept=True,
    )


def _who(event: Draft, names: dict[str, str]) -> str:
    """Return who did it to whom: "A, B → C", parties that have no direction as "A – B"."""
    by_role: dict[str, list[str]] = {}
    for one in event.get("participants", ()):
        by_role.setdefault(one["role"], []).append(isolated(names[one["actor"]]))
    parts = [" – ".join(by_role.get("party", ()))]
    acting, acted_on = ", ".join(by_role.get("actor", ())), ", ".join(by_role.get("recipient", ()))
    parts.append(f"{acting} → {acted_on}" if acted_on else acting)
    if affected := by_role.get("affected"):
        parts.append(tr("affected: {names}").format(names=", ".join(affected)))
    return "; ".join(part for part in parts if part)


def _amount(quantity: Draft) -> str:
    best, low, high = (quantity.get(name) for name in ("best", "low", "high"))
    bounds = "–".join(f"{each:,}" for each in (low, high) if each is not None)
    said = f"{best:,} ({bounds})" if best is not None and bounds else bounds if best is None else f"{best:,}"
    words = tr("{n} killed") if quantity["kind"] == "fatalities" else tr("{n} injured")
    return words.format(n=said)
