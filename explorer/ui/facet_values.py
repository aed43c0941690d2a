"""The values of a facet as columns: what the filter panel reads when it shows a few of many (issue: scale).

Nothing is made for a value before it is shown: labels, paths and children are read from the columns by its key, a
position in them; the key after the last is "(not stated)".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from explorer.casefile.columns import Ints, Longs
from explorer.casefile.folding import folded
from explorer.query.filters import NOT_STATED
from explorer.query.shown import Shown
from explorer.words import isolated, tr

Keys = Longs


class Values:
    """The values of one section: their words, what lies below which, and how many records have each."""

    def __init__(
        self,
        facet: str,
        heading: str,
        values: Sequence[str],
        labels: Sequence[str],
        *,
        color: str = "none",
        unstated: bool = True,
    ) -> None:
        self.facet, self.heading, self.unstated = facet, heading, unstated
        self._values, self._labels, self._color = values, labels, color
        self.foreign = True  # labels are names from the case, not words of ours
        self.terms: Sequence[str] = ()
        self.colors: Sequence[str] = ()
        self.facets: Sequence[str] = ()
        self._asked: tuple[str, Keys] = "", np.arange(len(values))
        self._counted: tuple[Sequence[str], Longs] | None = None
        self.parents: Ints = np.full(len(values), -1, np.int32)
        self.tops: Keys = np.arange(len(values))

    def __len__(self) -> int:
        return len(self._values)

    def below(self, parents: Ints, order: Keys | None = None) -> Values:
        """Put each value below its parent (-1: none); tops and children come in order. A circle is cut."""
        self.parents = without_circles(parents)
        order = np.arange(len(parents)) if order is None else order
        self._order = order[np.argsort(self.parents[order], kind="stable")]
        self.tops = self.children(-1)
        return self

    @cached_property
    def _order(self) -> Keys:
        return np.arange(len(self))

    @cached_property
    def _starts(self) -> Longs:
        """Where the children of each value begin in the order; of -1 first."""
        counts = np.bincount(self.parents + 1, minlength=len(self) + 1)
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))

    @property
    def nested(self) -> bool:
        """True where some value lies below another."""
        return len(self.tops) < len(self)

    def children(self, key: int) -> Keys:
        """Return the keys directly below a value, of -1 the top-level ones."""
        if key >= len(self):
            return np.empty(0, np.int64)
        return self._order[self._starts[key + 1] : self._starts[key + 2]]

    def facet_of(self, key: int) -> str:
        """Return the name of the facet that a value belongs to: one section may hold several."""
        return self.facets[key] if self.facets and key < len(self) else self.facet

    def value(self, key: int) -> str:
        """Return what a filter names the value by."""
        return NOT_STATED if key == len(self) else self._values[key]

    def label(self, key: int) -> str:
        """Return the words of a value."""
        if key == len(self):
            return tr(NOT_STATED)
        return isolated(self._labels[key]) if self.foreign else self._labels[key]

    def term(self, key: int) -> str:
        """Return other names, or the codebook's term."""
        return self.terms[key] if self.terms and key < len(self) else ""

    def color(self, key: int) -> str:
        """Return the role of the colour of its bar."""
        if key == len(self):
            return "none"
        return self.colors[key] if self.colors else self._color

    def containers(self, key: int) -> list[int]:
        """Return what a value lies below, nearest first."""
        found = []
        above = int(self.parents[key]) if key < len(self) else -1
        while above >= 0:
            found.append(above)
            above = int(self.parents[above])
        return found

    def path(self, key: int) -> str:
        """Return the words of what a value lies below, nearest first: places of one name are told apart by it."""
        return " · ".join(self.label(above) for above in self.containers(key))

    @cached_property
    def key_of(self) -> dict[tuple[str, str], int]:
        """(facet, value) -> key; made when the filter first names a value of this section."""
        found = {(self.facet_of(key), value): key for key, value in enumerate(self._values)}
        return found | {(self.facet, NOT_STATED): len(self)}

    def counts(self, shown: Shown) -> Longs:
        """Return how many records have each value, int64 (len + 1,), "(not stated)" last."""
        if self.facets:
            said = [shown.facets[self.facet_of(key)].of(self.value(key)) for key in range(len(self) + 1)]
            return np.array(said, np.int64)
        found = shown.facets[self.facet]
        if self._counted is None or self._counted[0] is not found.values:  # once a table
            place = {value: at for at, value in enumerate(found.values)}
            last = len(found.values)
            at = [*(place.get(value, last) for value in self._values), place.get(NOT_STATED, last)]
            self._counted = found.values, np.array(at, np.int64)
        return np.append(found.counts, 0)[self._counted[1]]

    def ranked(self, keys: Keys, counts: Longs) -> Keys:
        """Return keys by count, most first; where counts are equal their order stays."""
        return keys[np.argsort(-counts[keys], kind="stable")]

    def by_name(self, keys: Keys) -> Keys:
        """Return keys in the order of their names, capitals and accents aside."""
        return keys[np.argsort(self._name_rank[keys], kind="stable")]

    @cached_property
    def _name_rank(self) -> Longs:
        names = self._names
        rank = np.empty(len(self), np.int64)
        rank[sorted(range(len(self)), key=names.__getitem__)] = np.arange(len(self))
        return rank

    @cached_property
    def _haystack(self) -> str:
        """All names and other names, folded, a line a value."""
        names = (label.replace("\n", " ") for label in self._labels)
        if not self.terms:
            return folded("\n".join(names))
        both = zip(names, self.terms, strict=True)
        return folded("\n".join(f"{name} {term}".replace("\n", " ") for name, term in both))

    @cached_property
    def _lines(self) -> Longs:
        breaks = np.frombuffer(self._haystack.encode("utf-32-le", "surrogatepass"), np.uint32) == ord("\n")
        return np.flatnonzero(breaks)

    def found(self, words: str) -> Keys:
        """Return the values whose name or other names hold every word of what was typed, accents aside."""
        if self._asked[0] != words:
            rare_first = sorted(folded(words).split(), key=self._haystack.count)
            keys = self._with(rare_first[0]) if rare_first else np.arange(len(self))
            for word in rare_first[1:]:
                keys = keys[[word in self._names[key] for key in keys.tolist()]]
            self._asked = words, keys
        return self._asked[1]

    @cached_property
    def _names(self) -> list[str]:
        return self._haystack.split("\n")

    def _with(self, word: str) -> Keys:
        hay, at, places = self._haystack, 0, []
        while (at := hay.find(word, at)) >= 0:
            places.append(at)
            at = hay.find("\n", at)
            if at < 0:
                break
        return np.searchsorted(self._lines, np.array(places, np.int64))

    def descendants(self, key: int) -> Keys:
        """Return all that lies below a value, at any depth."""
        found, ahead = list[Keys](), self.children(key)
        while len(ahead):
            found.append(ahead)
            ahead = np.concatenate([self.children(below) for below in ahead.tolist()])
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)


def without_circles(parents: Ints) -> Ints:
    """Return parents with -1 for whatever climbs into a circle: by doubling the step, not by walking."""
    up = np.append(parents.astype(np.int64), -1)
    for _ in range(len(parents).bit_length()):
        up = up[up]
    return np.where(up[:-1] >= 0, -1, parents).astype(np.int32)
