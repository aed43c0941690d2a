"""What many rows name: actors and places, each given once, places by their path (design §3a)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from explorer.formats.port import Draft, Named
from explorer.formats.rows import readable_id, short_hash

#: Country, first and second administrative level: nodes that rows share.
ADMIN_KINDS = ("country", "admin1", "admin2")
_Point = tuple[float, float]


@dataclass(slots=True)
class Shared:
    """Gives ids to actors and places, and remembers which records the rows have named so far.

    Places of the administrative levels and actors are given at the end of the file, when all that its rows say of
    them is known; single places at once, for there may be many.
    """

    source: str
    coordinates_source: str
    actors: dict[str, Draft] = field(default_factory=dict)
    areas: dict[tuple[str, ...], Draft] = field(default_factory=dict)
    places: dict[tuple[str, ...], dict[_Point | None, str]] = field(default_factory=dict)

    def actor(
        self, name: str, kind: str, *, code: str = "", country: str | None = None, external: str = "",
        note: str = "",
    ) -> str:  # fmt: skip
        """Return the id of an actor by its printed name and, where a publisher has them, the code with it."""
        key = f"{name}\x1f{code}" if code else name
        draft = self.actors.get(key)
        if draft is None:
            draft = self.actors[key] = {
                "id": f"act-{self.source}-{short_hash(key)}",
                "name": name,
                "kind": kind,
            }
        if country:
            draft.setdefault("country", country)
        if note:
            draft["note"] = note
        if external and "external_ids" not in draft:
            draft["external_ids"] = {self.source: external}
        record_id: str = draft["id"]
        return record_id

    def area(
        self, path: Sequence[str], point: _Point | None = None, country: str | None = None
    ) -> str | None:
        """Return the id of the lowest level that a path (country, first, second level; "" = not given) names."""
        lowest: Draft | None = None
        names: list[str] = []
        for kind, name in zip(ADMIN_KINDS, path, strict=False):
            if not name:
                continue
            names.append(name)
            key = (*names, kind)
            draft = self.areas.get(key)
            if draft is None:
                draft = self.areas[key] = {
                    "id": f"loc-{self.source}-{readable_id(name, *key)}", "name": name, "kind": kind,
                }  # fmt: skip
                if lowest is not None:
                    draft["part_of"] = lowest["id"]
                if country and kind == "country":
                    draft["country"] = country
            lowest = draft
        if lowest is None:
            return None
        if point and "lat" not in lowest:
            lowest.update(lat=point[0], lon=point[1], coordinates_source=self.coordinates_source)
        record_id: str = lowest["id"]
        return record_id

    def place(self, path: Sequence[str], name: str, point: _Point | None, kind: str, new: list[Named]) -> str:
        """Return the id of a place below an area, by its path and point; a new one is added to new."""
        key = (*path, name, kind)
        known = self.places.setdefault(key, {})
        found = known.get(point)
        if found is None:
            at = f"{point[0]} {point[1]}" if point else ""
            found = known[point] = f"loc-{self.source}-{short_hash(*key, at)}"
            draft: Draft = {"id": found, "name": name, "kind": kind}
            above = self.area(path)
            if above:
                draft["part_of"] = above
            if point:
                draft.update(lat=point[0], lon=point[1], coordinates_source=self.coordinates_source)
            new.append(("locations", draft))
        return found

    def records(self) -> list[Named]:
        """Return the actors and areas that rows have named, each whole before its parts."""
        actors = (("actors", in_order(draft, _ACTOR)) for draft in self.actors.values())
        areas = (("locations", in_order(draft, _LOCATION)) for draft in self.areas.values())
        return [*areas, *actors]


_ACTOR = ("id", "name", "kind", "aliases", "country", "side", "external_ids", "note")
_LOCATION = (
    "id", "name", "kind", "part_of", "aliases", "country", "lat", "lon", "coordinates_source", "external_ids",
)  # fmt: skip


def in_order(draft: Draft, keys: Iterable[str]) -> Draft:
    """Return a draft with its keys in model order."""
    return {key: draft[key] for key in keys if key in draft}
