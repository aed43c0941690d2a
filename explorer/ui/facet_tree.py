"""The filter panel's tree as data: sections, and under them the values of each facet, children under parents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from explorer import words
from explorer.casefile.columns import BASES, KINDS, MODALITIES, PRECISIONS, SOURCES, STATUSES, EventTable
from explorer.model.codebook import MODES_OF, QUAD_CLASSES
from explorer.query.filters import NOT_STATED
from explorer.words import isolated, tr


@dataclass(eq=False, slots=True)
class Node:
    """A section (value "") or a value of a facet. color is the role of its bar."""

    facet: str
    value: str
    label: str
    color: str = "none"
    term: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    row: int = 0
    count: int = 0

    def add(self, child: Node) -> Node:
        """Put child below and return it."""
        child.parent, child.row = self, len(self.children)
        self.children.append(child)
        return child

    def walk(self) -> Iterable[Node]:
        """Yield every node below, depth first."""
        for child in self.children:
            yield child
            yield from child.walk()


#: Sections that are open when a case is opened; the rest wait folded.
OPEN_SECTIONS = ("kinds", "actors", "places", "basis")


def facet_tree(table: EventTable) -> Node:
    """Return the root of all sections for a case, in the order of design §4; facets without values are left out."""
    root = Node("", "", "")
    for make in (
        _kinds, _actors, _places, _acts, _basis, _precision, _reported_as, _according_to, _sources, _documents,
        _publishers, _status, _tags,
    ):  # fmt: skip
        section = make(table)
        if len(section.children) > (
            1 if section.children and section.children[-1].value == NOT_STATED else 0
        ):
            root.add(section)
    return root


def _section(facet: str, heading: str, rows: Iterable[Node], *, unstated: bool = True) -> Node:
    section = Node(facet, "", heading)
    for row in rows:
        section.add(row)
    if unstated:
        section.add(Node(facet, NOT_STATED, tr(NOT_STATED)))
    return section


def _coded(facet: str, codes: Sequence[str], plain: dict[str, str], color: str) -> list[Node]:
    return [Node(facet, code, tr(plain[code]), color, term=code) for code in codes]


def _kinds(_table: EventTable) -> Node:
    return _section("kinds", tr("Kind"), _coded("kinds", KINDS, words.KIND_WORDS, "talk"), unstated=False)


def _basis(_table: EventTable) -> Node:
    rows = _coded("basis", [b for b in reversed(BASES) if b != "none"], words.BASIS_WORDS, "none")
    return _section("basis", tr("Dates rest on"), rows)


def _precision(_table: EventTable) -> Node:
    codes = [code for code in PRECISIONS if code != "unknown"]
    return _section(
        "precision", tr("Precision of dates"), _coded("precision", codes, words.PRECISION_WORDS, "none")
    )


def _reported_as(_table: EventTable) -> Node:
    rows = _coded("reported_as", MODALITIES, words.MODALITY_WORDS, "none")
    return _section("reported_as", tr("Reported as"), rows, unstated=False)


def _sources(_table: EventTable) -> Node:
    rows = _coded("sources", SOURCES, words.SOURCES_WORDS, "none")
    return _section("sources", tr("Sources"), rows, unstated=False)


def _status(_table: EventTable) -> Node:
    return _section(
        "status", tr("Review"), _coded("status", STATUSES, words.STATUS_WORDS, "none"), unstated=False
    )


def _according_to(table: EventTable) -> Node:
    rows = [Node("according_to", name, isolated(name)) for name in table.attributions]
    return _section("according_to", tr("According to"), rows)


def _tags(table: EventTable) -> Node:
    return _section("tags", tr("Tags"), [Node("tags", name, isolated(name)) for name in table.tag_names])


def _documents(table: EventTable) -> Node:
    titles = zip(table.documents.ids, table.documents.titles, strict=True)
    return _section(
        "documents", tr("Document"), [Node("documents", i, isolated(t)) for i, t in titles], unstated=False
    )


def _publishers(table: EventTable) -> Node:
    names = sorted({name for name in table.documents.publishers if name})
    return _section(
        "publishers", tr("Publisher"), [Node("publishers", name, isolated(name)) for name in names]
    )


def _acts(table: EventTable) -> Node:
    """Quad classes over PLOVER types over modes: plain words first, the codebook's term in the tooltip."""
    section = Node("quads", "", tr("Classification (coder's)"))
    hues = {"material_conflict": "force", "verbal_conflict": "threat", "verbal_cooperation": "talk"}
    present = {str(table.modes[int(mode)]) for mode in set(table.mode.tolist()) if mode}
    for quad in ("material_conflict", "verbal_conflict", "verbal_cooperation", "material_cooperation"):
        color = hues.get(quad, "civil")
        group = section.add(Node("quads", quad, tr(words.QUAD_WORDS[quad]), color, term=quad))
        for code in QUAD_CLASSES[quad]:
            kind = group.add(Node("types", code, words.type_words(code), color, term=code))
            for mode in (m for m in MODES_OF.get(code, ()) if m in present):
                kind.add(
                    Node(
                        "types",
                        f"{code}/{mode}",
                        words.type_words(code, mode),
                        color,
                        term=f"{code} · {mode}",
                    )
                )
    section.add(Node("types", NOT_STATED, tr("Not classified")))
    return section


def camps(table: EventTable) -> dict[str, str]:
    """Return the colour role of each camp, in order of first appearance."""
    sides = list(dict.fromkeys(side for side in table.actors.sides if side))
    return {side: f"camp{i % 8}" for i, side in enumerate(sides)}


def _actors(table: EventTable) -> Node:
    """Actors by camp, those that are part of another, or lead it, below it."""
    actors, roles = table.actors, camps(table)
    above = {int(a): int(b) for a, b in reversed([*actors.part_of.tolist(), *actors.leads.tolist()])}
    above |= {int(a): int(b) for a, b in reversed(actors.part_of.tolist())}
    color = {i: roles.get(side, "camp_none") for i, side in enumerate(actors.sides)}
    nodes = [
        Node("actors", actors.ids[i], isolated(actors.names[i]), color[i], term=", ".join(actors.aliases[i]))
        for i in range(len(actors.ids))
    ]
    camp_order = {side: i for i, side in enumerate(roles)}
    order = sorted(range(len(nodes)), key=lambda i: (camp_order.get(actors.sides[i], len(camp_order)), i))
    return _nested("actors", tr("Actors"), nodes, order, above)


def _places(table: EventTable) -> Node:
    places = table.locations
    above = {i: int(parent) for i, parent in enumerate(places.parent.tolist()) if parent >= 0}
    nodes = [Node("places", places.ids[i], isolated(places.names[i])) for i in range(len(places.ids))]
    return _nested("places", tr("Places"), nodes, range(len(nodes)), above)


def _nested(facet: str, heading: str, nodes: list[Node], order: Iterable[int], above: dict[int, int]) -> Node:
    """Return a section with each node under its parent; a circle is cut where it would close."""
    section = Node(facet, "", heading)
    for i in order:
        parent = above.get(i)
        climbed, step = {i}, parent
        while step is not None and step not in climbed:
            climbed.add(step)
            step = above.get(step)
        if step is not None:
            parent = None
        (section if parent is None else nodes[parent]).add(nodes[i])
    section.add(Node(facet, NOT_STATED, tr(NOT_STATED)))
    return section
