"""A case as JSON text: keys in model order, lists in the given order, defaults left out, indent 1 (model.md §7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def case_lines(
    header: Mapping[str, Any], lists: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], *, indent: int = 1
) -> Iterator[str]:
    """Yield the text of a case piece by piece, so that no whole case is held in memory.

    header and records are plain dicts without defaults; ext comes last (model.md §3). The text ends with a line end.
    """
    first = dict(header)
    ext = first.pop("ext", None)
    yield "{"
    glue = "\n"
    for key, value in first.items():
        yield f"{glue}{_member(key, value, indent)}"
        glue = ",\n"
    for name, records in lists:
        for piece in _list_pieces(name, records, glue, indent):
            yield piece
            glue = ",\n"
    if ext:
        yield f"{glue}{_member('ext', ext, indent)}"
    yield "\n}\n"


def _list_pieces(name: str, records: Iterable[Mapping[str, Any]], glue: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    lead = f"{glue}{pad}{json.dumps(name)}: [\n"
    for record in records:
        yield lead + _shifted(_dump(record, indent), pad * 2)
        lead = ",\n"
    if lead == ",\n":
        yield f"\n{pad}]"


def _member(key: str, value: Any, indent: int) -> str:
    pad = " " * indent
    return f"{pad}{json.dumps(key, ensure_ascii=False)}: {_shifted(_dump(value, indent), pad).lstrip()}"


def _dump(value: Any, indent: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


def _shifted(text: str, pad: str) -> str:
    # JSON text holds no line end inside a string, so every line of it may be moved.
    return "\n".join(pad + line for line in text.split("\n"))
