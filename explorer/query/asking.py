"""From the words of a command to a Filter: names become ids, dates are checked (design §5)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.casefile.columns import KINDS, MODALITIES, PRECISIONS, SOURCES, STATUSES, EventTable
from explorer.model.codebook import QUAD_CLASSES
from explorer.model.facts import BASES
from explorer.model.times import EdtfError, parse_edtf
from explorer.query.describe import value_words
from explorer.query.filters import FACETS, Choice, Filter
from explorer.query.names import find_actor, find_document, find_place, find_type, find_value
from explorer.words import tr

Find = Callable[[EventTable, str], list[str]]


class WrongFilterError(ValueError):
    """What was asked cannot be a filter; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
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
    result = result.model_copy(update=dict(asked.settings or {}))
    _check_times(result)
    return result


def read_filter(text: str) -> Filter:
    """Return the filter in a JSON text: query's "filter" alone, or the whole that query printed.

    Raises WrongFilterError.
    """
    from pydantic import ValidationError

    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongFilterError(tr("the filter is not JSON: {reason}").format(reason=error)) from None
    if isinstance(read, dict) and isinstance(read.get("filter"), dict):
        read = read["filter"]
    try:
        return Filter.from_json(json.dumps(read))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or tr("the filter")
        raise WrongFilterError(
            tr("the filter: {where}: {reason}").format(where=where, reason=first["msg"])
        ) from None


def check_edtf(text: str, what: str) -> str:
    """Return text where it is EDTF. Raises WrongFilterError, with the reason and the option."""
    try:
        parse_edtf(text)
    except EdtfError as error:
        raise WrongFilterError(
            tr("{what} takes a date in EDTF: {reason}").format(what=what, reason=error)
        ) from None
    return text


def _check_times(wanted: Filter) -> None:
    first = check_edtf(wanted.time_from, "--from") if wanted.time_from else None
    last = check_edtf(wanted.time_to, "--to") if wanted.time_to else None
    if first and last and parse_edtf(first).start_min > parse_edtf(last).end_max:
        raise WrongFilterError(
            tr("--from {first} lies after --to {last}; nothing can be between them").format(
                first=first, last=last
            )
        )


def _checked(wanted: Filter, table: EventTable) -> Filter:
    """Return a saved filter with its values looked up in this case. Raises UnknownName."""
    for facet in FACETS:
        choice = wanted.choice(facet)
        if choice.active:
            known = {
                "include": _once(_ids(facet, choice.include, table)),
                "exclude": _once(_ids(facet, choice.exclude, table)),
            }
            wanted = wanted.with_choice(facet, choice.model_copy(update=known))
    return wanted


def _ids(facet: str, names: Iterable[str], table: EventTable) -> list[str]:
    find = FINDERS[facet]
    return [value for name in names for value in find(table, name)]


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _among(facet: str, values: Callable[[EventTable], Iterable[str]]) -> Find:
    """Return the finder of a facet whose values are codes or printed strings."""

    def find(table: EventTable, name: str) -> list[str]:
        return find_value(name, values(table), lambda value: value_words(facet, value, table))

    return find


def _attributions(table: EventTable) -> Iterable[str]:
    used = np.concatenate((table.claims.attribution, table.value_attributions.value))
    return (table.attributions[index] for index in np.unique(used[used >= 0]))


FINDERS: Mapping[str, Find] = {
    "actors": find_actor,
    "places": find_place,
    "documents": find_document,
    "types": find_type,
    "kinds": _among("kinds", lambda _: KINDS),
    "quads": _among("quads", lambda _: QUAD_CLASSES),
    "basis": _among("basis", lambda _: BASES[1:]),
    "precision": _among("precision", lambda _: PRECISIONS[1:]),
    "publishers": _among("publishers", lambda table: (name for name in table.documents.publishers if name)),
    "according_to": _among("according_to", _attributions),
    "reported_as": _among("reported_as", lambda _: MODALITIES),
    "sources": _among("sources", lambda _: SOURCES),
    "status": _among("status", lambda _: STATUSES),
    "tags": _among("tags", lambda table: table.tag_names),
}
