"""A row of the filter panel: a heading, a value, or the door to the rest of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from explorer.ui.facet_values import Values

#: What a row is: the heading of a section, a value in its place, a value shown apart with its path, or "n more…".
HEADING, VALUE, APART, MORE = "heading", "value", "apart", "more"


@dataclass(eq=False, slots=True)
class Node:
    """A row that was shown: its words, its count, and once it was opened the rows below."""

    section: Values
    kind: str
    key: int
    label: str
    facet: str = ""
    value: str = ""
    color: str = "none"
    term: str = ""
    path: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    number: int = 0
    row: int = 0
    count: int = 0
    opened: bool = False
    fetched: bool = False

    @property
    def branch(self) -> bool:
        """True where there are rows below, fetched or not."""
        if self.kind == HEADING:
            return True
        return self.kind == VALUE and len(self.section.children(self.key)) > 0

    @property
    def name(self) -> tuple[str, int]:
        """What tells the rows under one parent apart."""
        return self.kind, self.key


def value_node(section: Values, key: int, *, apart: bool = False) -> Node:
    """Return a new row for a value; apart from what it lies below, it says so."""
    return Node(
        section, APART if apart else VALUE, key, section.label(key), section.facet_of(key), section.value(key),
        section.color(key), section.term(key), section.path(key) if apart else "",
    )  # fmt: skip
