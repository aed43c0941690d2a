"""From what a user types to ids, by id, name or alias; an unknown name proposes the nearest (design §5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from explorer.casefile.columns import EventTable
from explorer.query.filters import NOT_STATED
from explorer.words import isolated, tr

#: How alike a name must be (0-100, rapidfuzz's weighted ratio) to be proposed, and how near to the best one.
ALIKE, NEAR = 60, 6
_PATH = re.compile(r"\s*[/>›]\s*")
_UNNAMED = {NOT_STATED, "not stated"}


class UnknownName(ValueError):  # noqa: N818 - it says what was found, not that something broke
    """Nothing is called so; says what kind of thing was looked for and which names come nearest.

    option: the option of a command that takes such names; choices: all that it takes, where they are few.
    """

    def __init__(
        self, what: str, name: str, nearest: Sequence[str], option: str = "", choices: Sequence[str] = ()
    ) -> None:
        self.what, self.name, self.nearest = what, name, tuple(nearest)
        self.option, self.choices = option, tuple(choices)
        super().__init__(name)

    def __str__(self) -> str:
        said = tr(_NOBODY[self.what]).format(name=isolated(self.name))
        if self.choices:
            said = tr("“{name}”: expected {choices}.").format(
                name=isolated(self.name), choices=either(self.choices)
            )
        if self.option:
            said = f"{self.option} {said}" if self.choices else f"{self.option}: {said}"
        if not self.nearest:
            return said
        names = [isolated(name) for name in self.nearest]
        return f"{said} " + tr("Did you mean {names}?").format(names=either(names))


_NOBODY = {
    "actor": "No actor is called “{name}”.",
    "place": "No place is called “{name}”.",
    "document": "No document is called “{name}”.",
    "type": "No classification is called “{name}”.",
    "value": "Nothing here has the value “{name}”.",
}


def either(names: Sequence[str]) -> str:
    """Return "a", "a or b", "a, b or c"."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} or {last}").format(names=", ".join(names[:-1]), last=names[-1])


def plain(name: str) -> str:
    """Return a name as it is compared: case, kinds of apostrophe and runs of blanks make no difference."""
    return " ".join(name.replace("’", "'").replace("ʼ", "'").casefold().split())


def find_actor(table: EventTable, name: str) -> list[str]:
    """Return the ids of all actors called name (id, name or alias). Raises UnknownName."""
    actors = table.actors
    return _find("actor", table.stays(name.strip()), actors.ids, actors.names, actors.aliases)


def find_place(table: EventTable, name: str) -> list[str]:
    """Return the ids of all places called name, or on a path ("Syria/Aleppo"). Raises UnknownName."""
    places = table.locations
    name = table.stays(name.strip())
    try:
        return _find("place", name, places.ids, places.names, places.aliases)
    except UnknownName:
        steps = [step for step in _PATH.split(name) if step]
        if len(steps) < 2:
            raise
    found = [
        record_id
        for record_id in _find("place", steps[-1], places.ids, places.names, places.aliases)
        if _lies_under(table, table.location_of[record_id], steps[:-1])
    ]
    if not found:
        known = _find("place", steps[-1], places.ids, places.names, places.aliases)
        raise UnknownName("place", name, [place_path(table, table.location_of[r]) for r in known[:3]])
    return found


def find_document(table: EventTable, name: str) -> list[str]:
    """Return the ids of all documents with this id or title. Raises UnknownName."""
    documents = table.documents
    return _find("document", name, documents.ids, documents.titles, ((),) * len(documents.ids))


def find_type(table: EventTable, name: str) -> list[str]:
    """Return types and TYPE/mode values by code ("assault/aerial") or plain words. Raises UnknownName."""
    from explorer.model.codebook import MODES_OF, TYPES
    from explorer.words import type_words

    if plain(name) in {*_UNNAMED, plain(type_words(None))}:
        return [NOT_STATED]
    codes = [*TYPES, *(f"{code}/{mode}" for code, modes in MODES_OF.items() for mode in modes)]
    codes += sorted({f"{code}/{mode}" for code, mode in _modes_used(table)} - set(codes))
    words = [type_words(*_type_and_mode(code)) for code in codes]
    return _find("type", name, codes, words, [tuple(code.split("/")[1:]) for code in codes])


def find_value(name: str, values: Iterable[str], words: Callable[[str], str] = str) -> list[str]:
    """Return the values (codes or printed strings) called name, as code or in words. Raises UnknownName."""
    if plain(name) in _UNNAMED:
        return [NOT_STATED]
    known = list(dict.fromkeys(values))
    return _find("value", name, known, [words(value) for value in known], ((),) * len(known))


def place_path(table: EventTable, index: int) -> str:
    """Return a place with all that it lies in, outermost first: "Middle East/Syria/Aleppo"."""
    return "/".join(table.locations.names[step] for step in reversed(ancestry(table, index)))


def ancestry(table: EventTable, index: int) -> list[int]:
    """Return a place's index and those of all places that contain it, innermost first."""
    steps = [index]
    while (parent := int(table.locations.parent[steps[-1]])) >= 0 and parent not in steps:
        steps.append(parent)
    return steps


def _find(
    what: str, name: str, ids: Sequence[str], names: Sequence[str], aliases: Iterable[Sequence[str]]
) -> list[str]:
    """Return the ids called name; (not stated) stands for itself. Raises UnknownName with the nearest."""
    wanted = plain(name)
    if not wanted:
        raise UnknownName(what, name, ())
    if wanted in _UNNAMED:
        return [NOT_STATED]
    others = list(aliases)
    found = [
        record_id
        for record_id, own, other in zip(ids, names, others, strict=True)
        if record_id == name.strip() or plain(own) == wanted or any(plain(alias) == wanted for alias in other)
    ]
    if not found:
        found = [record_id for record_id in ids if plain(record_id) == wanted]
    if not found:
        raise UnknownName(what, name, _nearest(wanted, ids, names, others))
    return found


def _nearest(
    wanted: str, ids: Sequence[str], names: Sequence[str], aliases: Sequence[Sequence[str]]
) -> list[str]:
    """Return the names, at most three and best first, that come nearest to what was typed."""
    from rapidfuzz import fuzz, process

    called: dict[str, str] = {}
    for record_id, name, other in zip(ids, names, aliases, strict=True):
        for text in (name, record_id.partition("-")[2] or record_id, *other):
            called.setdefault(plain(text), name)
    hits = process.extract(wanted, called.keys(), scorer=fuzz.WRatio, limit=12, score_cutoff=ALIKE)
    if not hits:
        return []
    # WRatio rewards a part that fits; what was typed as a whole decides between those alike.
    ranked = sorted(hits, key=lambda hit: -(fuzz.ratio(wanted, hit[0]) + hit[1]))
    best = fuzz.ratio(wanted, ranked[0][0])
    near = [called[text] for text, _, _ in ranked if fuzz.ratio(wanted, text) >= best - NEAR]
    return list(dict.fromkeys(near))[:3]


def _lies_under(table: EventTable, index: int, steps: Sequence[str]) -> bool:
    """Return True where the places that contain index bear the names of steps, in order, with gaps."""
    above = ancestry(table, index)[1:]
    for step in reversed(steps):
        wanted = plain(step)
        place = next((a for a in above if wanted in _names_of(table, a)), None)
        if place is None:
            return False
        above = above[above.index(place) + 1 :]
    return True


def _names_of(table: EventTable, index: int) -> set[str]:
    places = table.locations
    return {plain(name) for name in (places.names[index], places.ids[index], *places.aliases[index])}


def _modes_used(table: EventTable) -> set[tuple[str, str]]:
    import numpy as np

    from explorer.casefile.columns import EVENT_TYPES

    pairs = np.unique(np.stack([table.type.astype(np.int64), table.mode.astype(np.int64)]), axis=1).T
    return {(EVENT_TYPES[kind], table.modes[mode]) for kind, mode in pairs if kind and mode}


def _type_and_mode(code: str) -> tuple[str, str | None]:
    kind, _, mode = code.partition("/")
    return kind, mode or None
