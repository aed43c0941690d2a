"""Building blocks of rows as records: ids, texts with their sentences, values that cite the row they come from.

Every draft here is what the record's canonical body is: keys in model order, values equal to their default left out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from explorer.formats.port import Draft, Named
from explorer.words import tr

_ID_PART = re.compile(r"[^a-z0-9]+")
_ID_WHOLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,55}")
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W\d_a-z])|\s*\n\s*")


def short_hash(*parts: str, length: int = 10) -> str:
    """Return hex digits of the content, the same on every machine."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


@lru_cache(maxsize=65536)
def readable_id(name: str, *more: str) -> str:
    """Return an id's rest that can be read and is of this name alone: "syrian-insurgents-1a2b3c"."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = _ID_PART.sub("-", bare).strip("-")[:24].strip("-")
    return f"{slug}-{short_hash(name, *more, length=6)}" if slug else short_hash(name, *more)


def row_key(printed: str, *, any_case: bool = False) -> str:
    """Return a publisher's id of a row as the rest of an id of ours; one that does not fit is hashed.

    any_case: the publisher's ids do not differ in case alone.
    """
    key = printed.lower()
    if (key == printed or any_case) and _ID_WHOLE.fullmatch(key):
        return key
    return readable_id(printed, "row")


def shortened_title(text: str, limit: int = 120) -> str:
    """Return text as a title: one line of at most limit characters."""
    if len(text) <= limit and "\n" not in text:
        return text
    line = " ".join(text[: 4 * limit].split())  # the rest of a long text is seldom needed
    if len(line) <= limit and len(text) > 4 * limit:
        line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean(text: str) -> str:
    r"""Return a cell as text: blanks around it gone, line ends as \n."""
    text = text.strip()
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


#: How programs write that a cell holds nothing.
NOTHING = frozenset({"NA", "N/A", "NULL", "None", "NaN", "nan", "null", "#N/A"})


def given(text: str) -> str:
    """Return a cell as text, as clean; "" for what programs write where there is nothing ("NA", "NULL")."""
    said = clean(text)
    return "" if said in NOTHING else said


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text lie, one to a line at most; the whole text where it has one."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if found.start() > start:
            # Quotation marks that close a sentence belong to it.
            end = found.start() + len(found[0].rstrip()) if "\n" not in found[0] else found.start()
            bounds.append((start, end))
        start = found.end()
    if start < len(text):
        bounds.append((start, len(text)))
    return bounds


def pieces(text: str, separator: str, keep: int = 0) -> list[tuple[int, int]]:
    """Return where the parts of a text between separators lie; keep: characters of it that end a part."""
    bounds: list[tuple[int, int]] = []
    start = 0
    while (at := text.find(separator, start)) >= 0:
        bounds.append((start, at + keep))
        start = at + len(separator) - keep
    if start < len(text):
        bounds.append((start, len(text)))
    return bounds


def document(
    record_id: str, title: str, text: str, bounds: Sequence[tuple[int, int]] = (), **fields: Any
) -> Draft:
    """Return a row of a dataset as a document; fields: publisher, published, url, language, dataset, note or None."""
    draft: Draft = {"id": record_id, "kind": fields.pop("kind", "dataset_row"), "title": title}
    if draft["kind"] == "news_article":
        del draft["kind"]  # the default
    note = fields.pop("note", None)
    for key in ("publisher", "published", "url", "language", "derived_from", "dataset"):
        if fields.get(key):
            draft[key] = fields[key]
    draft["text"] = text
    draft["text_sha256"] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if bounds:
        draft["sentences"] = [{"start": start, "end": end} for start, end in bounds]
    if note:
        draft["note"] = note
    return draft


def whole_span(span_id: str, document_id: str) -> Draft:
    """Return the span that stands for a row as a whole: no position, so its quote is not stored twice."""
    return {"id": span_id, "document": document_id}


def value(cited: Sequence[str], draft: Draft, *, basis: str | None = None, note: str | None = None) -> Draft:
    """Return a value that cites the row's span, the fields of Fact before its own."""
    fact: Draft = {"evidence": cited}
    if basis is not None:
        fact["basis"] = basis
    if note is not None:
        fact["note"] = note
    fact.update(draft)
    return fact


def claim(claim_id: str, cited: Sequence[str], said_by: str = "", note: str | None = None) -> Draft:
    """Return what a row says of its event, and according to whom."""
    draft: Draft = {"id": claim_id, "evidence": cited}
    if said_by:
        draft["attribution"] = {"text": said_by}
    if note:
        draft["note"] = note
    return draft


def fatalities(cited: Sequence[str], low: int | None, best: int | None, high: int | None) -> Draft:
    """Return a published triple of the dead, kept as printed even where it is out of order."""
    draft: Draft = {"evidence": cited, "kind": "fatalities"}
    given = [
        (name, number)
        for name, number in (("low", low), ("best", best), ("high", high))
        if number is not None
    ]
    draft.update(given)
    numbers = [number for _, number in given]
    if numbers != sorted(numbers):
        draft["as_published"] = True
    return draft


def member_relation(source: str, relation_id: str, joined: str, member: str, cited: Sequence[str]) -> Named:
    """Return that a side printed as several names is part of one of them: who asks for the member finds the side."""
    claims = [claim(f"clm-{source}-{relation_id}", cited)]
    return "relations", {
        "id": f"rel-{source}-{relation_id}", "source": joined, "target": member, "type": "part_of",
        "polarity": "neutral", "aspect": "one of the names printed as this side", "claims": claims,
    }  # fmt: skip


#: Thousands set apart: by a comma, a blank or an apostrophe.
_GROUPED, _GROUPS = re.compile(r"\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+"), re.compile(r"[,\u00a0\u202f' ]")


def whole_number(cell: str) -> int | None:
    """Return a cell as a whole number; None where it is empty, or "NA". Raises ValueError for anything else."""
    cell = given(cell)
    if not cell:
        return None
    try:
        number = int(cell)
    except ValueError:
        exact = float(_GROUPS.sub("", cell) if _GROUPED.fullmatch(cell) else cell)
        if not exact.is_integer():
            raise
        number = int(exact)
    if not 0 <= number < 2**53:
        raise ValueError(cell)
    return number


def point(lat: str, lon: str) -> tuple[float, float] | None:
    """Return coordinates, also where they are written with a decimal comma; None where they lie nowhere on earth."""
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        if "," not in lat and "," not in lon:
            return None
        return point(lat.replace(",", "."), lon.replace(",", "."))
    return (north, east) if -90 <= north <= 90 and -180 <= east <= 180 else None


def nowhere(lat: str, lon: str) -> tuple[str, ...]:
    """Return the remark that coordinates were left out, where a row gives some that lie nowhere on earth."""
    lat, lon = given(lat), given(lon)
    return () if not (lat or lon) or point(lat, lon) else (tr("coordinates nowhere on earth, left out"),)
