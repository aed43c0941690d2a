"""The one filter of all views: a frozen, hashable value that JSON carries (design §3a).

Every facet is a Choice; an empty Choice lets everything through. Values of a facet are ids (actors, locations,
documents), codes (kinds, types, bases, modalities) or printed strings (publishers, attributions, tags), and
NOT_STATED for "nothing is given".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from explorer.frozen import frozen

NOT_STATED = "(not stated)"

Strings = tuple[str, ...]
ActorRole = Literal["any", "actor", "recipient"]
PlaceRoleChoice = Literal["any", "at", "from", "via", "to"]

#: Facets that are Choices, in the order the filter panel shows them.
FACETS = (
    "kinds", "actors", "places", "types", "quads", "basis", "precision", "documents", "publishers", "according_to",
    "reported_as", "sources", "status", "tags",
)  # fmt: skip


@frozen
class Choice:
    """Values to include and to exclude; match says whether any or all of the included ones must be met."""

    include: Strings = ()
    exclude: Strings = ()
    match: Literal["any", "all"] = "any"

    @property
    def active(self) -> bool:
        """True where the choice narrows anything."""
        return bool(self.include or self.exclude)

    def __post_init__(self) -> None:
        for side in ("include", "exclude"):
            object.__setattr__(self, side, tuple(getattr(self, side)))

    def changed(self, values: Mapping[str, Any]) -> Choice:
        """Return the choice with other values of some fields."""
        return replace(self, **values)

    def including(self, value: str) -> Choice:
        """Return the choice with value included (and no longer excluded); twice takes it out again."""
        if value in self.include:
            return self.changed({"include": tuple(v for v in self.include if v != value)})
        return self.changed(
            {
                "include": (*self.include, value),
                "exclude": tuple(v for v in self.exclude if v != value),
            }
        )

    def excluding(self, value: str) -> Choice:
        """Return the choice with value excluded (and no longer included); twice takes it out again."""
        if value in self.exclude:
            return self.changed({"exclude": tuple(v for v in self.exclude if v != value)})
        return self.changed(
            {
                "exclude": (*self.exclude, value),
                "include": tuple(v for v in self.include if v != value),
            }
        )

    def only(self, value: str) -> Choice:
        """Return the choice that includes value alone."""
        return Choice(include=(value,))


@frozen
class Filter:
    """All conditions of design §3a; Filter() lets everything through (no filter is set by default)."""

    kinds: Choice = Choice()  # codes of columns.KINDS
    actors: Choice = Choice()  # actor ids
    actor_role: ActorRole = "any"
    places: Choice = Choice()  # location ids
    place_role: PlaceRoleChoice = "any"
    possible_places: bool = False  # let in what is only possibly in the chosen places
    types: Choice = Choice()  # PLOVER types, or TYPE/mode
    quads: Choice = Choice()  # codebook quad classes
    basis: Choice = Choice()  # what the dates rest on: stated, inferred, reference
    precision: Choice = Choice()  # codes of columns.PRECISIONS
    documents: Choice = Choice()  # document ids
    publishers: Choice = Choice()
    according_to: Choice = Choice()  # attributions as printed
    reported_as: Choice = Choice()  # modalities of claims
    sources: Choice = Choice()  # one, several, differ
    status: Choice = Choice()
    tags: Choice = Choice()
    time_from: str | None = None  # EDTF
    time_to: str | None = None  # EDTF
    time_certain: bool = False  # certainly inside, instead of possibly inside
    undated: bool = False  # let undated events through a time filter
    text: str = ""  # all words, in titles or cited sentences
    text_only: bool = False  # only what the report says: no reference values

    @property
    def active(self) -> bool:
        """True where any condition narrows the case (text_only and role switches alone do not)."""
        return bool(
            self.time_from
            or self.time_to
            or self.text.strip()
            or any(self.choice(facet).active for facet in FACETS)
        )

    def choice(self, facet: str) -> Choice:
        """Return the Choice of one of FACETS."""
        value = getattr(self, facet)
        assert isinstance(value, Choice)
        return value

    def changed(self, values: Mapping[str, Any]) -> Filter:
        """Return the filter with other values of some fields."""
        return replace(self, **values)

    def with_choice(self, facet: str, choice: Choice) -> Filter:
        """Return the filter with one facet's Choice replaced."""
        return self.changed({facet: choice})

    def to_json(self) -> str:
        """Return the filter as JSON, defaults left out: what query prints under "filter"."""
        return json.dumps(_given(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Filter:
        """Read what to_json wrote. Raises pydantic.ValidationError."""
        from explorer.query.filter_reading import read

        return read(text)


def _given(value: Filter | Choice) -> dict[str, Any]:
    """Return what differs from a value that was never touched."""
    plain = type(value)()
    found = {name: getattr(value, name) for name in value.__match_args__}
    return {
        name: _given(each) if isinstance(each, Choice) else each
        for name, each in found.items()
        if each != getattr(plain, name)
    }
