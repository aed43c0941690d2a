"""How many sources speak of an event, and whether they contradict each other (design §3a, "Counting sources")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from explorer.casefile.columns import SOURCES
from explorer.model.times import parse_edtf

Raw = Mapping[str, Any]
ONE, SEVERAL, DIFFER = (SOURCES.index(word) for word in ("one", "several", "differ"))


def origins(documents: Sequence[Raw]) -> list[str]:
    """Return what each document is a copy of: documents with one origin are one source.

    derived_from names the original, by id, URL or in words; rows of one dataset have the dataset as their origin,
    articles that a dataset only lists are sources of their own.
    """
    named = {
        name: document for document in documents for name in (document.get("url"), document["id"]) if name
    }
    return [_origin(document, named) for document in documents]


def _origin(document: Raw, named: Mapping[str, Raw]) -> str:
    seen = set()
    while document["id"] not in seen:
        seen.add(document["id"])
        above = document.get("derived_from")
        if above is None:
            break
        if above not in named:
            return f"derived from {above}"
        document = named[above]
    return dataset_counted(document) or str(document["id"])


def dataset_counted(document: Raw) -> str:
    """Return the dataset that a document is a row of; "" for all else, an article that a dataset lists among it."""
    dataset: str = document.get("dataset", "")
    return dataset if document.get("kind") == "dataset_row" else ""


def verdict(event: Raw, source_count: int, above: Mapping[str, str | None]) -> int:
    """Return the code (of SOURCES) of an event as its body says it; above: location id -> the one it lies in."""
    claims = event["claims"]
    if len(claims) > 1 and (_denied(claims) or _apart(event, claims, above)):
        return DIFFER
    return SEVERAL if source_count > 1 else ONE


def apart(event: Raw, claims: Sequence[Raw], above: Mapping[str, str | None]) -> frozenset[str]:
    """Return in what claims contradict each other: of "denial", "numbers", "times" and "places"; as verdict() does."""
    speaking = [claim for claim in claims if claim.get("modality") != "denied"]
    found = {
        "denial": _denied(claims),
        "numbers": _numbers_differ(event, speaking),
        "times": _times_differ(event, speaking),
        "places": _places_differ(event, speaking, above),
    }
    return frozenset(name for name, holds in found.items() if holds)


def _denied(claims: Sequence[Raw]) -> bool:
    said = {claim.get("modality", "asserted") for claim in claims}
    return "denied" in said and "asserted" in said


def _apart(event: Raw, claims: Sequence[Raw], above: Mapping[str, str | None]) -> bool:
    """Return whether two claims, by their own values or the header's where they have none, contradict each other.

    A denial is not a second version of a value: whether it contradicts is asked by _denied.
    """
    speaking = [claim for claim in claims if claim.get("modality") != "denied"]
    if not any(key in claim for claim in speaking for key in ("quantities", "time", "places")):
        return False
    return (
        _numbers_differ(event, speaking)
        or _times_differ(event, speaking)
        or _places_differ(event, speaking, above)
    )


def _given(quantity: Raw) -> frozenset[float]:
    return frozenset(quantity[key] for key in ("low", "best", "high") if quantity.get(key) is not None)


def _by_kind(quantities: Iterable[Raw]) -> dict[tuple[str, str | None, str | None], frozenset[float]]:
    """Return the numbers of each kind of quantity, victim and unit; a quantity without a number says nothing."""
    numbers: dict[tuple[str, str | None, str | None], frozenset[float]] = {}
    for quantity in quantities:
        if given := _given(quantity):
            key = (quantity["kind"], quantity.get("of"), quantity.get("unit"))
            numbers[key] = numbers.get(key, frozenset()) | given
    return numbers


def _numbers_differ(event: Raw, claims: Sequence[Raw]) -> bool:
    header = _by_kind(event.get("quantities", ()))
    own = [_by_kind(claim.get("quantities", ())) for claim in claims]
    for key in {key for numbers in own for key in numbers}:
        versions = {numbers[key] for numbers in own if key in numbers}
        if key in header and any(key not in numbers for numbers in own):
            versions.add(header[key])
        if len(versions) > 1:
            return True
    return False


@lru_cache(maxsize=4096)
def _hull(edtf: str) -> tuple[int, int]:
    parsed = parse_edtf(edtf)
    return parsed.start_min, parsed.end_max


def _times_differ(event: Raw, claims: Sequence[Raw]) -> bool:
    header = (event.get("time") or {}).get("edtf")
    own = [(claim.get("time") or {}).get("edtf") or header for claim in claims]
    hulls = {_hull(edtf) for edtf in own if edtf}
    return any(a[1] < b[0] for a in hulls for b in hulls)


def _places_differ(event: Raw, claims: Sequence[Raw], above: Mapping[str, str | None]) -> bool:
    """Return whether two versions name places of one role of which none lies in, or is, one of the other's."""
    versions = [_by_role(claim.get("places") or event.get("places", ())) for claim in claims]
    for role in {role for version in versions for role in version}:
        sets = [version[role] for version in versions if role in version]
        if any(not _meet(a, b, above) for a in sets for b in sets if a != b):
            return True
    return False


def _by_role(places: Iterable[Raw]) -> dict[str, frozenset[str]]:
    roles: dict[str, frozenset[str]] = {}
    for place in places:
        role = place.get("role", "at")
        roles[role] = roles.get(role, frozenset()) | {place["location"]}
    return roles


def _meet(a: frozenset[str], b: frozenset[str], above: Mapping[str, str | None]) -> bool:
    return any(_within(x, y, above) or _within(y, x, above) for x in a for y in b)


def _within(inner: str, outer: str, above: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = inner
    while at is not None and at not in seen:
        if at == outer:
            return True
        seen.add(at)
        at = above.get(at)
    return False
