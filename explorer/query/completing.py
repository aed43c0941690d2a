"""What a typed or marked name may mean: names and aliases ranked, the best first, mistakes in typing forgiven."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.frozen import frozen
from explorer.query.names import plain

#: From this score on (0-100) a match is near enough to be taken for what was meant.
SURE = 88
_LEAST = 72
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|some|both)\s+|['\u2019]s?$", re.IGNORECASE)


@frozen
class Named:
    """A record that can be chosen: its id, its name, its other names, and what kind of thing it is."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    note: str = ""


@frozen
class Completion:
    """A record that fits: matched is the one of its names that does, score says how well (0-100)."""

    named: Named
    matched: str
    score: float

    @property
    def sure(self) -> bool:
        """Whether this is near enough to be preselected."""
        return self.score >= SURE


def complete(choices: Sequence[Named], typed: str, limit: int = 7) -> list[Completion]:
    """Return the choices that fit what was typed, best first; all, in order, where nothing was."""
    wanted = bare(typed)
    if not wanted:
        return [Completion(each, each.name, 0) for each in choices[:limit]]
    names = [(bare(name), name, number) for number, each in enumerate(choices) for name in _names(each)]
    best: dict[int, tuple[float, str]] = {}
    for score, at in _scores(wanted, [each[0] for each in names]):
        _, name, number = names[at]
        if number not in best or score > best[number][0]:
            best[number] = (score, name)
    ranked = sorted(best.items(), key=_rank)
    return [Completion(choices[number], name, score) for number, (score, name) in ranked[:limit]]


def bare(name: str) -> str:
    """Return a name as it is compared: without case, an article before it or a possessive after it."""
    folded = plain(name)
    while (shorter := _ARTICLE.sub("", folded).strip()) != folded and shorter:
        folded = shorter
    return folded


def _names(named: Named) -> tuple[str, ...]:
    return (named.name, *named.aliases)


def _rank(item: tuple[int, tuple[float, str]]) -> tuple[float, int, int]:
    number, (score, name) = item
    return (-score, len(name), number)


def _scores(wanted: str, names: Sequence[str]) -> list[tuple[float, int]]:
    """Return (score, position) of the names that fit: equal, beginning so, holding it as a word, or nearly so."""
    from rapidfuzz import fuzz, process

    found = []
    for position, name in enumerate(names):
        if name == wanted:
            found.append((100.0, position))
        elif name.startswith(wanted):
            found.append((95.0 if len(wanted) > 1 else 90.0, position))
        elif f" {wanted}" in name:
            found.append((89.0, position))
    near = process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=_LEAST, limit=40)
    found.extend((min(score, 94.0) - 8, position) for _, score, position in near)
    return found
