"""The texts of a case as the source pane reads them: without the models, which take time to load."""

from __future__ import annotations

import json
from typing import Any

from explorer.frozen import frozen


@frozen
class SentenceBounds:
    """A half-open stretch of a text, in code points."""

    start: int
    end: int


@frozen
class SourceText:
    """A document: its text and sentences, and what is known of its source; edtf, basis, citations are of its date."""

    id: str
    title: str
    text: str
    sentences: tuple[SentenceBounds, ...]
    publisher: str | None
    authors: tuple[str, ...]
    derived_from: str | None
    dataset: str | None
    edtf: str | None
    basis: str
    citations: tuple[str, ...] = ()


def source_text(body: str) -> SourceText:
    """Return what a document says; raises AttributeError, KeyError, TypeError or ValueError where it is damaged."""
    said = json.loads(body)
    published = said.get("published") or {}
    return SourceText(
        _text(said["id"]), _text(said["title"]), _text(said["text"]),
        tuple(SentenceBounds(int(each["start"]), int(each["end"])) for each in said.get("sentences", ())),
        _known(said.get("publisher")), tuple(map(_text, said.get("authors", ()))),
        _known(said.get("derived_from")), _known(said.get("dataset")),
        _known(published.get("edtf")), _text(published.get("basis", "stated")),
        tuple(map(_text, published.get("citations", ()))),
    )  # fmt: skip


def reference_name(body: str) -> str:
    """Return by what name a line cites a reference: its publisher, else its title; raises as source_text."""
    said = json.loads(body)
    return _known(said.get("publisher")) or _text(said["title"])


def _known(value: Any) -> str | None:
    return None if value is None else _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
