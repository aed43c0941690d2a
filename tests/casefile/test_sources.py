"""A source text says what the model of its document says, and a damaged body is refused."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.casefile.sources import source_text
from explorer.model.records import Document


def test_it_says_what_the_document_says(sample_file: Any) -> None:
    (document,) = sample_file.all("documents")
    assert isinstance(document, Document)
    source = sample_file.source(document.id)
    for name in ("id", "title", "text", "publisher", "authors", "derived_from", "dataset"):
        assert getattr(source, name) == getattr(document, name)
    assert [(s.start, s.end) for s in source.sentences] == [(s.start, s.end) for s in document.sentences]
    assert source.edtf == (document.published.edtf if document.published else None)
    assert source.basis == (document.published.basis if document.published else "stated")
    assert list(sample_file.sources()) == [source]
    assert sample_file.title == sample_file.header().title


def test_a_document_that_is_not_there_is_not_made_up(sample_file: Any) -> None:
    with pytest.raises(KeyError):
        sample_file.source("doc-none")


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"id": "doc-a", "title": 1, "text": "x"}'])
def test_a_damaged_body_is_refused(body: str) -> None:
    with pytest.raises((AttributeError, KeyError, TypeError, ValueError)):
        source_text(body)
