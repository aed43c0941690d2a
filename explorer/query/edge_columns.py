"""Who is tied to whom as columns: one entry a tie and event, sorted once for a case, counted anew for each filter.

A case of a million events has more ties than objects can be made for; words are made for those on show alone
(design §6, "graph 2,000 nodes / 6,000 edges").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Literal

import numpy as np

from explorer.casefile.columns import BASES, HUES, ROLES, EventTable, Ints, Longs, Mask
from explorer.frozen import frozen
from explorer.query.folding import fold

EdgeKind = Literal["act", "support", "party", "with", "relation", "membership"]
#: Kinds of ties that come from events, in the order of their codes.
KINDS: tuple[EdgeKind, ...] = ("act", "support", "party", "with")
#: An act for somebody is never hostile to them (design §3a): its hue on the tie to its beneficiary.
_SUPPORT_HUE = {"force": "armed", "threat": "talk"}
_STATED = BASES.index("stated")
_REFERENCE = BASES.index("reference")
_CODES = len(KINDS) * len(HUES) * 2
_SUPPORT, _WITH = KINDS.index("support"), KINDS.index("with")
#: Bits of a whole number that a key, a row and a flag may take together.
_BITS = 62


@frozen(eq=False, slots=False)
class TieColumns:
    """All ties of a case, whatever the filter, ascending by (source, target, kind, hue, hollow).

    source, target: int32, the actors that stand for the ends. kind, hue: codes of KINDS and columns.HUES. Behind
    tie i lie the entries offsets[i]:offsets[i + 1]: row (int32, ascending) and dashed (an end is not stated).
    """

    source: Ints
    target: Ints
    kind: Ints
    hue: Ints
    hollow: Mask
    offsets: Longs
    row: Ints
    dashed: Mask

    def __len__(self) -> int:
        return len(self.source)

    def rows(self, tie: int, mask: Mask) -> tuple[Ints, Mask]:
        """Return the rows of a tie that mask lets in, and for each whether an end is not stated."""
        part = slice(int(self.offsets[tie]), int(self.offsets[tie + 1]))
        kept = mask[self.row[part]]
        return self.row[part][kept], self.dashed[part][kept]

    @cached_property
    def hues(self) -> frozenset[int]:
        """The hues that any tie has."""
        return frozenset(np.flatnonzero(np.bincount(self.hue)).tolist())

    @cached_property
    def owner(self) -> Ints:
        """The tie of each entry, int32."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    def counted(self, mask: Mask) -> tuple[Longs, Longs]:
        """Return for each tie its events in mask, and how many of them have an end that is not stated: int64."""
        if not len(self):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        kept = mask[self.row]
        starts = self.offsets[:-1]
        both = np.add.reduceat(kept, starts, dtype=np.int64)
        return both, np.add.reduceat(kept & self.dashed, starts, dtype=np.int64)


@frozen(eq=False, slots=False)
class EdgeColumns:
    """The ties of the masked events, in the order of TieColumns: ties holds their numbers there.

    weight: distinct events in mask. dashed: none of them states both ends. inferred: how many do not.
    """

    whole: TieColumns
    mask: Mask
    ties: Ints
    weight: Longs
    inferred: Longs

    def __len__(self) -> int:
        return len(self.ties)

    @cached_property
    def source(self) -> Ints:
        """The actor at the first end."""
        return self.whole.source[self.ties]

    @cached_property
    def target(self) -> Ints:
        """The actor at the other end."""
        return self.whole.target[self.ties]

    @cached_property
    def directed(self) -> Mask:
        """True where the first end acts towards, or for, the other."""
        return self.whole.kind[self.ties] <= _SUPPORT

    @cached_property
    def strongest(self) -> Ints:
        """The positions, most events first, in a stable order."""
        return np.argsort(-self.weight, kind="stable").astype(np.int32)

    def rows(self, position: int) -> Ints:
        """Return the rows of the events behind one of them, ascending."""
        return self.whole.rows(int(self.ties[position]), self.mask)[0]

    def holding(self, rows: Ints) -> Ints:
        """Return the positions of the ties behind which any of these rows lies, ascending."""
        wanted = np.zeros(len(self.mask), np.bool_)
        wanted[rows] = True
        hit = np.zeros(len(self.whole), np.bool_)
        hit[self.whole.owner[wanted[self.whole.row]]] = True
        return np.flatnonzero(hit[self.ties]).astype(np.int32)

    def behind(self, positions: Ints) -> Mask:
        """Return which rows lie behind any of these positions: bool over the events."""
        ties = self.ties[positions]
        first, count = self.whole.offsets[ties], self.whole.offsets[ties + 1] - self.whole.offsets[ties]
        inside = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        rows = np.zeros(len(self.mask), np.bool_)
        rows[self.whole.row[np.repeat(first, count) + inside]] = True
        return rows & self.mask


def edge_columns(
    table: EventTable, mask: Mask, *, text_only: bool = False, opened: Collection[str] = ()
) -> EdgeColumns:
    """Return the ties of the masked events. Cost: one pass over the entries, which are sorted once for a case."""
    whole = tie_columns(table, text_only=text_only, opened=opened)
    weight, inferred = whole.counted(mask)
    there = np.flatnonzero(weight).astype(np.int32)
    return EdgeColumns(whole, mask, there, weight[there], inferred[there])


def tie_columns(table: EventTable, *, text_only: bool = False, opened: Collection[str] = ()) -> TieColumns:
    """Return the ties of a whole case, folded but for what is opened; kept with the table."""
    key, apart = f"ties {text_only}", frozenset(opened)
    known: tuple[frozenset[str], TieColumns] | None = table.derived.get(key)
    if known is None or known[0] != apart:
        tops = fold(table, opened=apart, text_only=text_only)
        known = table.derived[key] = (apart, _tie_columns(table, tops, text_only=text_only))
    return known[1]


def _tie_columns(table: EventTable, tops: Ints, *, text_only: bool) -> TieColumns:
    count = len(table.actors.ids)
    parts = list(_pairs(table, tops, count, text_only=text_only))
    key, row, dashed = (np.concatenate(column) for column in zip(*parts, strict=True))
    key, row, dashed = _once(key, row, dashed, len(table))
    starts = np.flatnonzero(np.r_[True, np.diff(key) != 0]) if len(key) else np.empty(0, np.int64)
    first = key[starts]
    pair, code = first // _CODES, first % _CODES
    return TieColumns(
        (pair // count).astype(np.int32) if count else np.empty(0, np.int32),
        (pair % count).astype(np.int32) if count else np.empty(0, np.int32),
        (code // (2 * len(HUES))).astype(np.int32),
        (code // 2 % len(HUES)).astype(np.int32),
        code % 2 == 1,
        np.append(starts, len(key)).astype(np.int64),
        row.astype(np.int32),
        dashed,
    )


def _once(key: Longs, row: Longs, dashed: Mask, rows: int) -> tuple[Longs, Longs, Mask]:
    """Return one entry a tie and event, sorted by both; the stated way of reading it wins."""
    bits = max(rows - 1, 1).bit_length()
    if int(key.max(initial=0)).bit_length() + bits + 1 <= _BITS:
        packed = np.sort(((key << bits | row) << 1) | dashed)
        packed = packed[_fresh(packed >> 1)]
        return packed >> (bits + 1), (packed >> 1) & ((1 << bits) - 1), (packed & 1) == 1
    order = np.lexsort((dashed, row, key))
    key, row, dashed = key[order], row[order], dashed[order]
    first = _fresh(key) | _fresh(row)
    return key[first], row[first], dashed[first]


def sorted_once(values: Longs) -> Longs:
    """Return the distinct values in ascending order, by sorting: of millions faster than numpy's own hash table."""
    ordered = np.sort(values)
    return ordered[_fresh(ordered)]


def _fresh(values: Longs) -> Mask:
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def _pairs(
    table: EventTable, tops: Ints, count: int, *, text_only: bool
) -> Iterator[tuple[Longs, Longs, Mask]]:
    """Yield (key, event row, dashed) of every pair of roles, unmerged, kind by kind."""
    parts = table.participations
    row, node = parts.row, tops[parts.actor]
    keep = parts.basis != _REFERENCE if text_only else np.ones(len(row), np.bool_)
    by_role = {role: np.flatnonzero(keep & (parts.role == code)) for code, role in enumerate(ROLES)}
    joins = (
        ("act", _joined(row, by_role["actor"], by_role["recipient"])),
        ("support", _joined(row, by_role["actor"], by_role["beneficiary"])),
        ("party", _within(row, by_role["party"], node)),
        ("with", _within(row, by_role["actor"], node)),
    )
    support = np.array([HUES.index(_SUPPORT_HUE.get(hue, hue)) for hue in HUES], np.int64)
    for name, (left, right) in joins:
        apart = node[left] != node[right]
        one, two = left[apart], right[apart]
        events, kind = row[one].astype(np.int64), KINDS.index(name)
        hue = table.hue[events].astype(np.int64)
        hue = support[hue] if kind == _SUPPORT else np.zeros_like(hue) if kind == _WITH else hue
        code = (kind * len(HUES) + hue) * 2 + table.hollow[events]
        pair = node[one].astype(np.int64) * count + node[two]
        yield pair * _CODES + code, events, (parts.basis[one] != _STATED) | (parts.basis[two] != _STATED)


def _joined(row: Ints, left: Longs, right: Longs) -> tuple[Longs, Longs]:
    """Return all pairs (one of left, one of right) of the same event; both ascending by row."""
    low = np.searchsorted(row[right], row[left], "left")
    count = np.searchsorted(row[right], row[left], "right") - low
    begins = np.cumsum(count) - count
    within = np.arange(int(count.sum())) - np.repeat(begins, count)
    return np.repeat(left, count), right[np.repeat(low, count) + within]


def _within(row: Ints, chosen: Longs, node: Ints) -> tuple[Longs, Longs]:
    """Return each unordered pair of chosen participations of the same event once, the lower node first."""
    one, two = _joined(row, chosen, chosen)
    once = node[one] < node[two]
    return one[once], two[once]
