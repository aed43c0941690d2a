"""Who is tied to whom: edges from the roles of events and from stated relations (design §3a, "Edges").

Direction comes from roles only, never from the order of two names; no edge without a record behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal

import numpy as np

from explorer.casefile.columns import (
    BASES,
    EVENT_TYPES,
    HUES,
    KINDS,
    POLARITIES,
    RELATION_TYPES,
    EventTable,
    Ints,
    Longs,
    Mask,
)
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.query.edge_columns import KINDS as KINDS_OF_ACTS
from explorer.query.edge_columns import EdgeColumns, EdgeKind, edge_columns
from explorer.query.folding import fold
from explorer.words import BASIS_WORDS, RELATION_WORDS, tr, type_words

Sign = Literal["cooperative", "conflictual", "neutral"]

#: Kinds that come from events, in the order of their codes.
ACT_KINDS: tuple[EdgeKind, ...] = KINDS_OF_ACTS
DIRECTED = frozenset({"act", "support"})
SIGN_OF: dict[str, Sign] = {
    "force": "conflictual", "threat": "conflictual", "talk": "cooperative", "civil": "cooperative",
    "armed": "cooperative", "none": "neutral",
}  # fmt: skip
_UNCLASSIFIED = {
    "act": "acts towards", "support": "acts for", "party": "both took part", "with": "act together",
}  # fmt: skip
_REFERENCE = BASES.index("reference")
_MEMBERSHIP = frozenset({"part_of", "leads"})


@frozen
class Edge:
    """One tie between two actors as shown (after folding), with the records behind it.

    act: actor to recipient; support: actor to beneficiary; party: two parties; with: two actors of one
    event; relation, membership: stated ties, outside the weight. rows: distinct event rows, ascending; weight
    is their number, 0 for relations. dashed: no record behind it states both ends. hollow: none is reported
    as fact. inferred: how many of the records rest on the coder's reading at an end.
    """

    source: str
    target: str
    kind: EdgeKind
    hue: str
    label: str
    rows: tuple[int, ...] = ()
    relation_ids: tuple[str, ...] = ()
    directed: bool = True
    dashed: bool = False
    hollow: bool = False
    inferred: int = 0

    @property
    def weight(self) -> int:
        """The number of distinct events."""
        return len(self.rows)

    @property
    def event_rows(self) -> tuple[int, ...]:
        """The rows of the events behind the edge."""
        return self.rows

    @property
    def sign(self) -> Sign:
        """Cooperative, conflictual or neutral, by the quad class."""
        return SIGN_OF[self.hue]

    @property
    def key(self) -> tuple[str, str, str, str, bool, str]:
        """What tells this edge from the others, whatever the filter."""
        return (
            self.source,
            self.target,
            self.kind,
            self.hue,
            self.hollow,
            self.label if self.relation_ids else "",
        )


def edges(
    table: EventTable,
    mask: Mask,
    *,
    text_only: bool = False,
    relations: bool = True,
    opened: Collection[str] = (),
) -> tuple[Edge, ...]:
    """Return all edges of the masked events, then the relations, in a stable order.

    Actors are folded into their top-level actor, except below those in opened; ties inside one node vanish.
    text_only leaves out roles and relations whose basis is reference. Cost: a join over the participations.
    """
    found = list(_event_edges(table, edge_columns(table, mask, text_only=text_only, opened=opened)))
    if relations:
        found += stated_ties(table, text_only=text_only, opened=opened)
    return tuple(found)


def stated_ties(
    table: EventTable, *, text_only: bool = False, opened: Collection[str] = ()
) -> tuple[Edge, ...]:
    """Return the stated relations alone as edges, folded as in edges()."""
    return tuple(_relation_edges(table, fold(table, opened=opened, text_only=text_only), text_only=text_only))


def neighbours(ties: Iterable[Edge], actor: str, steps: int = 1) -> frozenset[str]:
    """Return actor and all that can be reached from it over at most steps edges, whatever their direction."""
    near: dict[str, set[str]] = {}
    for edge in ties:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    reached = frontier = {actor}
    for _ in range(steps):
        frontier = {other for one in frontier for other in near.get(one, ())} - reached
        reached = reached | frontier
    return frozenset(reached)


def _event_edges(table: EventTable, columns: EdgeColumns) -> Iterator[Edge]:
    return (edge_at(table, columns, position) for position in range(len(columns)))


def edge_at(table: EventTable, columns: EdgeColumns, position: int) -> Edge:
    """Return one of many ties as an object with its words and its events."""
    whole, tie = columns.whole, int(columns.ties[position])
    kind, rows = ACT_KINDS[int(whole.kind[tie])], columns.rows(position)
    ids = table.actors.ids
    return Edge(
        ids[int(whole.source[tie])],
        ids[int(whole.target[tie])],
        kind,
        HUES[int(whole.hue[tie])],
        act_words(table, kind, rows),
        tuple(rows.tolist()),
        directed=kind in DIRECTED,
        dashed=bool(columns.inferred[position] == columns.weight[position]),
        hollow=bool(whole.hollow[tie]),
        inferred=int(columns.inferred[position]),
    )


def act_words(table: EventTable, kind: EdgeKind, rows: Longs | Collection[int]) -> str:
    """Return the label of an edge of events: what was done, in plain words, and how often ("… · 2")."""
    index = np.asarray(rows, np.int64)
    words = _what(table, kind, index)
    if bool(table.hollow[index].all()):
        expected = bool((table.kind[index] == KINDS.index("expected")).all())
        words = (tr("{act} (expected)") if expected else tr("{act} (not reported as fact)")).format(act=words)
    return words if len(index) == 1 else tr("{act} · {n}").format(act=words, n=len(index))


def _what(table: EventTable, kind: EdgeKind, rows: Longs) -> str:
    names = _type_names(table, rows)
    if not names:
        return tr(_UNCLASSIFIED[kind])
    joined = tr(", ").join(names[:2]) + (tr(", …") if len(names) > 2 else "")
    if kind == "with":
        return tr("act together: {act}").format(act=joined)
    helps = bool((table.type[rows] == EVENT_TYPES.index("AID")).any())
    if kind == "support" and not helps:
        return tr("{act}, in support").format(act=joined)
    return joined


def _type_names(table: EventTable, rows: Longs) -> list[str]:
    """Return the plain words of the types of rows, commonest first; a mode where all share one."""
    types, modes = table.type[rows], table.mode[rows]
    codes, counts = np.unique(types[types > 0], return_counts=True)
    names = []
    for code in codes[np.argsort(-counts, kind="stable")]:
        inside = distinct(modes[types == code])
        mode = table.modes[int(inside[0])] if len(inside) == 1 and inside[0] else None
        names.append(_short_words(EVENT_TYPES[int(code)], mode, armed=_all_armed(table, rows[types == code])))
    return names


def _all_armed(table: EventTable, rows: Longs) -> bool:
    return bool((table.hue[rows] == HUES.index("armed")).all())


def _short_words(event_type: str, mode: str | None, *, armed: bool) -> str:
    if event_type == "AID" and armed:
        return tr("military support")
    words = type_words(event_type, mode)
    _, dash, detail = words.partition(" – ")
    chosen = detail if dash and event_type == "ASSAULT" else words
    return chosen[:1].lower() + chosen[1:]


def _relation_edges(table: EventTable, tops: Ints, *, text_only: bool) -> list[Edge]:
    """Return the stated ties, those that say the same of the same two nodes as one edge."""
    columns = table.relations
    merged: dict[tuple[object, ...], list[int]] = {}
    for number in range(len(columns.ids)):
        source, target = _relation_ends(table, tops, number)
        if source == target or (text_only and columns.basis[number] == _REFERENCE):
            continue
        codes = (columns.type, columns.polarity, columns.basis, columns.hollow, columns.directed)
        alike = tuple(int(code[number]) for code in codes)
        merged.setdefault((source, target, *alike, columns.aspects[number]), []).append(number)
    return sorted((_relation_edge(table, tops, same) for same in merged.values()), key=lambda edge: edge.key)


def _relation_ends(table: EventTable, tops: Ints, number: int) -> tuple[int, int]:
    source, target = int(tops[table.relations.source[number]]), int(tops[table.relations.target[number]])
    return (
        (source, target) if table.relations.directed[number] else (min(source, target), max(source, target))
    )


def _relation_edge(table: EventTable, tops: Ints, numbers: list[int]) -> Edge:
    columns, one = table.relations, numbers[0]
    source, target = _relation_ends(table, tops, one)
    basis = BASES[int(columns.basis[one])]
    name = RELATION_TYPES[int(columns.type[one])]
    return Edge(
        table.actors.ids[source],
        table.actors.ids[target],
        "membership" if name in _MEMBERSHIP else "relation",
        _relation_hue(name, POLARITIES[int(columns.polarity[one])], columns.aspects[one]),
        _relation_words(name, columns.aspects[one], basis, hollow=bool(columns.hollow[one])),
        relation_ids=tuple(columns.ids[number] for number in numbers),
        directed=bool(columns.directed[one]),
        dashed=basis != "stated",
        hollow=bool(columns.hollow[one]),
        inferred=len(numbers) if basis != "stated" else 0,
    )


def _relation_hue(name: str, polarity: str, aspect: str) -> str:
    if name in _MEMBERSHIP or polarity == "neutral":
        return "none"
    if polarity == "conflictual":
        return "force"
    return "armed" if "military" in aspect.casefold() else "civil"


def _relation_words(name: str, aspect: str, basis: str, *, hollow: bool) -> str:
    what = tr(RELATION_WORDS[name])
    if aspect:
        what = tr("{tie}, {aspect}").format(tie=what, aspect=aspect)
    if hollow:
        return tr("{tie} (not reported as fact)").format(tie=what)
    how = tr("stated") if basis == "stated" else tr(BASIS_WORDS[basis]).lower()
    return tr("{tie} ({basis})").format(tie=what, basis=how)
