"""What a reader of an SVG can see without a browser: the boxes of its words and the ids it names."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import combinations

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Words:
    """The box of one <text>, from its attributes alone."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def texts(svg: bytes) -> list[Words]:
    found = []
    for element in ET.fromstring(svg).iter(f"{SVG}text"):
        x, y, size = (float(element.get(name)) for name in ("x", "y", "font-size"))
        wide = float(element.get("textLength") or 0)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
        found.append(Words(element.text or "", left, y - 0.76 * size, left + wide, y + 0.2 * size))
    return found


def ids_of(svg: bytes) -> set[str]:
    found = set()
    for element in ET.fromstring(svg).iter():
        found |= set((element.get("data-ids") or "").split())
        if element.get("id"):
            found.add(element.get("id"))
    return {name for name in found if name.startswith("evt-")}


def check_words(svg: bytes, size) -> None:
    found = texts(svg)
    assert found
    for word in found:
        assert min(word.left, word.top) >= -0.5, word
        assert word.right <= size[0] + 0.5, word
        assert word.bottom <= size[1] + 0.5, word
    for one, other in combinations(found, 2):
        apart = (
            one.right <= other.left + 0.5
            or other.right <= one.left + 0.5
            or one.bottom <= other.top + 0.5
            or other.bottom <= one.top + 0.5
        )
        assert apart, (one, other)
