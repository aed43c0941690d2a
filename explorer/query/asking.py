"""From the words of a command to a Filter: names become ids, dates are checked (design §5)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.casefile.columns import KINDS, MODALITIES, PRECISIONS, SOURCES, STATUSES, EventTable
from explorer.frozen import frozen
from explorer.model.codebook import QUAD_CLASSES
from explorer.model.problems import printable, problems_from
from explorer.model.times import EdtfError, parse_edtf
from explorer.model.vocabulary import BASES
from explorer.query.describe import value_words
from explorer.query.filters import FACETS, NOT_STATED, Choice, Filter
from explorer.query.names import (
    UnknownName,
    either,
    find_actor,
    find_document,
    find_place,
    find_type,
    find_value,
)
from explorer.words import tr

Find = Callable[[EventTable, str], list[str]]
_LONE = re.compile("[\ud800-\udfff]")
#: The option of a command that a facet is asked by.
OPTIONS: Mapping[str, str] = {
    "actors": "--actor", "places": "--place", "kinds": "--kind", "types": "--type", "quads": "--class",
    "documents": "--document", "publishers": "--publisher", "according_to": "--according-to",
    "reported_as": "--reported-as", "sources": "--sources", "status": "--status", "basis": "--basis",
    "precision": "--precision", "tags": "--tag",
}  # fmt: skip


class WrongFilterError(ValueError):
    """What was asked cannot be a filter; the message is one line that says why."""


@frozen
class Asked:
    """The conditions of a command as typed: names by facet, and the plain settings."""

    include: Mapping[str, Sequence[str]]
    exclude: Mapping[str, Sequence[str]]
    every: frozenset[str] = frozenset()  # facets whose included values must all be met
    settings: Mapping[str, Any] | None = None  # fields of Filter that are not Choices


def filter_from(asked: Asked, table: EventTable, saved: str | None = None) -> Filter:
    """Return the filter that a command asks for, on top of a saved one (JSON of query's "filter").

    Raises UnknownName for a name that the case does not know, WrongFilterError for anything else.
    """
    result = _checked(read_filter(saved), table) if saved is not None else Filter()
    for facet in FACETS:
        choice = result.choice(facet)
        taken = _ids(facet, asked.include.get(facet, ()), table)
        refused = _ids(facet, asked.exclude.get(facet, ()), table)
        match = "all" if facet in asked.every else choice.match
        joined = Choice(
            include=_once((*choice.include, *taken)), exclude=_once((*choice.exclude, *refused)), match=match
        )
        result = result.with_choice(facet, joined)
    return _with_times(result.changed(dict(asked.settings or {})))


def read_filter(text: str) -> Filter:
    """Return the filter in a JSON text: query's "filter" alone, or the whole that query printed.

    Raises WrongFilterError.
    """
    from pydantic import ValidationError

    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongFilterError(tr("the filter is not JSON: {reason}").format(reason=_reason(error))) from None
    if isinstance(read, dict) and isinstance(read.get("filter"), dict):
        read = read["filter"]
    if _LONE.search(json.dumps(read, ensure_ascii=False)):
        raise WrongFilterError(tr("the filter: found half of a character (a lone surrogate)"))
    try:
        return Filter.from_json(json.dumps(read))
    except ValidationError as error:
        first = problems_from(error, fields=_fields)[0]
        raise WrongFilterError(
            tr("the filter: {problem}").format(problem=replace(first, path=first.path or tr("the whole")))
        ) from None


def _fields(location: tuple[int | str, ...]) -> Sequence[str]:
    """Return the names that an unknown field at a location may have been meant for."""
    return Filter.__match_args__ if len(location) == 1 else Choice.__match_args__


def _reason(error: Exception) -> str:
    """Return why a text is no JSON: where, and what stands there."""
    if not isinstance(error, json.JSONDecodeError):
        return tr("brackets are nested too deeply, or a number is too long")
    rest = printable(error.doc[error.pos : error.pos + 20].partition("\n")[0].strip())
    return tr("line {line}, column {column}: {found}").format(
        line=error.lineno,
        column=error.colno,
        found=tr('found "{text}"').format(text=rest) if rest else tr("it ends too early"),
    )


def check_edtf(text: str, what: str) -> str:
    """Return the EDTF that a typed date means. Raises WrongFilterError, with the option and the reason or question."""
    from explorer.formats.typed import AmbiguousDate, read_typed

    try:
        return read_typed(text).edtf
    except AmbiguousDate as asked:
        ways = either([reading.edtf for reading in asked.readings])
        said = tr("{what}: {question} Write {ways}.").format(what=what, question=asked.question, ways=ways)
        raise WrongFilterError(said) from None
    except EdtfError as error:
        raise WrongFilterError(tr("{what} takes a date: {reason}").format(what=what, reason=error)) from None


def _with_times(wanted: Filter) -> Filter:
    """Return a filter with its dates as EDTF, however they were typed. Raises WrongFilterError."""
    first = check_edtf(wanted.time_from, "--from") if wanted.time_from is not None else None
    last = check_edtf(wanted.time_to, "--to") if wanted.time_to is not None else None
    if first and last and parse_edtf(first).start_min > parse_edtf(last).end_max:
        raise WrongFilterError(
            tr("--from {first} lies after --to {last}; nothing can be between them").format(
                first=first, last=last
            )
        )
    return wanted.changed({"time_from": first, "time_to": last})


def _checked(wanted: Filter, table: EventTable) -> Filter:
    """Return a saved filter with its values looked up in this case. Raises UnknownName."""
    for facet in FACETS:
        choice = wanted.choice(facet)
        if choice.active:
            known = {
                "include": _once(_ids(facet, choice.include, table)),
                "exclude": _once(_ids(facet, choice.exclude, table)),
            }
            wanted = wanted.with_choice(facet, choice.changed(known))
    return wanted


def _ids(facet: str, names: Iterable[str], table: EventTable) -> list[str]:
    find = FINDERS[facet]
    return [value for name in names for value in find(table, _named(facet, name))]


def _named(facet: str, name: str) -> str:
    """Return name where it is one. Raises WrongFilterError for blanks, which nothing is called."""
    if name.strip():
        return name
    raise WrongFilterError(
        tr("{option} “{name}”: expected a name; write “(not stated)” for what is not stated").format(
            option=OPTIONS[facet], name=name
        )
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _among(facet: str, values: Callable[[EventTable], Iterable[str]]) -> Find:
    """Return the finder of a facet whose values are printed strings."""

    def find(table: EventTable, name: str) -> list[str]:
        try:
            return find_value(name, values(table), lambda value: value_words(facet, value, table))
        except UnknownName as error:
            raise UnknownName(error.what, name, error.nearest, OPTIONS[facet]) from None

    return find


def _one_of(facet: str, codes: Sequence[str]) -> Find:
    """Return the finder of a facet whose values are a few codes, which a refusal names; of dates also "unknown"."""

    def find(table: EventTable, name: str) -> list[str]:
        if facet in _DATES and name.strip().casefold() in _UNKNOWN:
            return [NOT_STATED]
        try:
            return find_value(name, codes, lambda value: value_words(facet, value, table))
        except UnknownName as error:
            nearest = error.nearest if len(name.strip()) > 1 else ()
            raise UnknownName(error.what, name, nearest, OPTIONS[facet], codes) from None

    return find


def _attributions(table: EventTable) -> Iterable[str]:
    used = np.concatenate((table.claims.attribution, table.value_attributions.value))
    return (table.attributions[index] for index in np.unique(used[used >= 0]))


_DATES, _UNKNOWN = ("precision", "basis"), ("unknown", "none")
FINDERS: Mapping[str, Find] = {
    "actors": find_actor,
    "places": find_place,
    "documents": find_document,
    "types": find_type,
    "kinds": _one_of("kinds", KINDS),
    "quads": _one_of("quads", tuple(QUAD_CLASSES)),
    "basis": _one_of("basis", BASES[1:]),
    "precision": _one_of("precision", PRECISIONS[1:]),
    "publishers": _among("publishers", lambda table: (name for name in table.documents.publishers if name)),
    "according_to": _among("according_to", _attributions),
    "reported_as": _one_of("reported_as", MODALITIES),
    "sources": _one_of("sources", SOURCES),
    "status": _one_of("status", STATUSES),
    "tags": _among("tags", lambda table: table.tag_names),
}
