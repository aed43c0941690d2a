"""From text to plain values: JSON as the standard has it, with what Python's reader would pass over in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from explorer.formats.refused import COUNTED, RefusedError
from explorer.model.problems import Problem, join_path
from explorer.words import tr

_LONE = re.compile("[\ud800-\udfff]")
_MEANT = {
    "Expecting value": "a value",
    "Expecting property name enclosed in double quotes": 'a name in double quotes (") or }',
    "Expecting ':' delimiter": "a colon (:)",
    "Expecting ',' delimiter": "a comma (,), or the end of the list or object",
    "Unterminated string starting at": 'the end of the text that starts here (")',
    "Invalid control character at": "\\n or \\t, not a line end or tab itself",
    "Invalid \\escape": 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u',
    "Invalid \\uXXXX escape": "\\u and four hex digits",
    "Extra data": "the end of the file",
    "Illegal trailing comma before end of object": "no comma before }",
    "Illegal trailing comma before end of array": "no comma before ]",
}


class _Doubled(dict[str, Any]):
    """An object with a name that came twice."""

    twice: tuple[str, ...] = ()


class _Reader:
    """Hooks of the JSON parser that note what a second look must find."""

    def __init__(self) -> None:
        self.doubled = False

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(pairs)
        if len(plain) == len(pairs):
            return plain
        self.doubled = True
        seen: set[str] = set()
        marked = _Doubled(plain)
        marked.twice = tuple(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        return marked


def _integer(digits: str) -> int:
    """Return a number; one of hundreds of digits, which Python may refuse to convert, as one that records refuse."""
    return int(digits) if len(digits) < 400 else (10**30 if digits[0] != "-" else -(10**30))


def parse(text: str) -> tuple[Any, list[Problem]]:
    """Return the value of a JSON text and what is wrong with it though it could be read.

    NaN and infinities are left in the value: the records refuse them, with their paths. Raises RefusedError, with
    line and column, where it is no JSON.
    """
    reader = _Reader()
    try:
        value = _loaded(text, reader)
    except json.JSONDecodeError as error:
        raise RefusedError(_syntax(error, text)) from None
    except RecursionError:
        raise RefusedError(Problem("", tr("brackets nested too deeply"), tr("a case"))) from None
    problems: list[Problem] = []
    if reader.doubled or "\\ud" in text or "\\uD" in text:
        for problem in _second_look(value):
            problems.append(problem)
            if len(problems) >= COUNTED:
                break
    return value, problems


def _loaded(text: str, reader: _Reader) -> Any:
    try:
        return json.loads(text, object_pairs_hook=reader.object)
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number of more digits than Python converts
        return json.loads(text, object_pairs_hook=reader.object, parse_int=_integer)


def _syntax(error: json.JSONDecodeError, text: str) -> Problem:
    expected = _MEANT.get(error.msg, error.msg)
    rest = text[error.pos : error.pos + 20].partition("\n")[0].strip()
    over = not text[error.pos :].strip() or error.msg.startswith("Unterminated")
    return Problem(
        tr("line {line}, column {column}").format(line=error.lineno, column=error.colno),
        tr("the end of the file") if over else tr('"{text}"').format(text=rest or "\\n"),
        tr(expected),
        tr("the file was cut short: get it again, whole") if over else "",
    )


def _second_look(value: Any) -> Iterator[Problem]:
    """Yield names that come twice and lone surrogates, with their paths, without recursion."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, dict):
            if isinstance(here, _Doubled):
                yield from (_twice(path, name) for name in here.twice)
            yield from (_surrogate(path, tr("in a name")) for name in here if _LONE.search(name))
            waiting.extend((join_path(path, name), inner) for name, inner in reversed(here.items()))
        elif isinstance(here, list):
            waiting.extend((f"{path}[{at}]", here[at]) for at in range(len(here) - 1, -1, -1))
        elif isinstance(here, str) and _LONE.search(here):
            yield _surrogate(path, tr("at character {at}").format(at=_LONE.search(here).start()))  # type: ignore[union-attr]


def _twice(path: str, name: str) -> Problem:
    return Problem(
        join_path(path, name),
        tr('"{name}" twice').format(name=name),
        tr("each name once"),
        tr("remove one of them"),
    )


def _surrogate(path: str, where: str) -> Problem:
    return Problem(
        path, tr("half of a character (a lone surrogate) {where}").format(where=where), tr("whole characters")
    )
