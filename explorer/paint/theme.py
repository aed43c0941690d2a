"""Themes: what colour each role of a Scene is, in the light, dark and print palettes of design §8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from explorer.frozen import frozen
from explorer.layout.scene import Role

#: The hues of acts, apart from which every other role is quiet.
HUES: tuple[Role, ...] = ("force", "threat", "talk", "civil", "armed", "none")
CAMPS: tuple[Role, ...] = (*(f"camp{n}" for n in range(8)), "camp_none")
#: Roles that texts are set in: at least 4.5:1 against the panel ("faint" 3:1, for what is out of play).
INKS: tuple[Role, ...] = ("ink", "muted", "accent", "warn")
#: Roles that marks are filled with, and that get an outline where they stand out less than MARK_CONTRAST.
MARKS: tuple[Role, ...] = (*HUES, *CAMPS, "reference")
MARK_CONTRAST = 3.0
OUTLINE_CONTRAST = 3.6
TEXT_CONTRAST = 4.5


@frozen
class Theme:
    """A palette: role -> "#rrggbb". Marks too pale for their panel carry an outline; texts, a readable ink.

    outlines: roles of MARKS below 3:1 against the panel -> a darker (in the dark theme: lighter) shade.
    texts: roles of MARKS and "accent" below 4.5:1 -> the shade that texts of that role are set in.
    """

    name: str
    colors: Mapping[Role, str]
    outlines: Mapping[Role, str] = field(default_factory=dict)
    texts: Mapping[Role, str] = field(default_factory=dict)

    def color(self, role: Role) -> str:
        """Return the fill of role. Raises KeyError for a role that no theme knows."""
        return self.colors[role]

    def stroke(self, role: Role) -> str:
        """Return the colour of a line of role: its outline where the fill alone is too pale."""
        return self.outlines.get(role) or self.colors[role]

    def text(self, role: Role) -> str:
        """Return the colour of words of role."""
        return self.texts.get(role) or self.colors[role]

    def outline(self, role: Role) -> str | None:
        """Return the outline that a mark filled with role needs, None where it stands out by itself."""
        return self.outlines.get(role)


def mixed(color: str, ground: str, share: float) -> str:
    """Return the colour with a share (0..1) of color and the rest of ground, both "#rrggbb"."""
    pairs = ((int(color[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def luminance(color: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 black to 1 white (WCAG 2.2)."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shade(color: str, ground: str, wanted: float) -> str:
    """Return color, moved towards black (on a light ground) or white until it stands out by wanted."""
    end = 0 if luminance(ground) > 0.18 else 255
    channels = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(101):
        moved = "#" + "".join(f"{round(c + (end - c) * step / 100):02X}" for c in channels)
        if contrast(moved, ground) >= wanted:
            return moved
    return "#000000" if end == 0 else "#FFFFFF"


def _theme(name: str, colors: dict[Role, str]) -> Theme:
    """Return the theme with its outlines and text shades worked out from its colours."""
    panel = colors["panel"]
    lane = colors["lane_b"]
    worst = min((panel, lane), key=lambda ground: contrast(ground, colors["ink"]))
    pale = {
        r: shade(colors[r], worst, OUTLINE_CONTRAST)
        for r in MARKS
        if contrast(colors[r], worst) < MARK_CONTRAST
    }
    words = (*MARKS, "accent")
    dim = {
        r: shade(colors[r], worst, TEXT_CONTRAST) for r in words if contrast(colors[r], worst) < TEXT_CONTRAST
    }
    return Theme(name, MappingProxyType(colors), MappingProxyType(pale), MappingProxyType(dim))


LIGHT = _theme(
    "light",
    {
        "ground": "#F3F5F7", "panel": "#FFFFFF", "line": "#D3DAE1", "grid": "#E9EDF1",
        "ink": "#1B2733", "muted": "#586573", "faint": "#84909C", "accent": "#0B6FA4",
        "selection": "#FDF0C4", "selection_line": "#D9A21B", "hover": "#E4F0F7", "warn": "#8A5A00",
        "force": "#C4441C", "threat": "#D9962B", "talk": "#5AA9D6", "civil": "#0B6FA4", "armed": "#6C4FA3",
        "none": "#7B8794", "reference": "#BAC3CC",
        "camp0": "#2F5D8A", "camp1": "#8A5A2E", "camp2": "#3B7D5E", "camp3": "#8C4C7F", "camp4": "#9A7B1E",
        "camp5": "#2E828C", "camp6": "#A3514B", "camp7": "#5F64A6", "camp_none": "#7B8794",
        "lane_a": "#FFFFFF", "lane_b": "#F7F9FB", "paper": "#FFFFFF", "card": "#FFFCF0", "quote": "#FDE9A6",
    },
)  # fmt: skip
DARK = _theme(
    "dark",
    {
        "ground": "#12161B", "panel": "#1B2026", "line": "#39434D", "grid": "#272E36",
        "ink": "#E7ECF1", "muted": "#A9B4BF", "faint": "#7D8995", "accent": "#55B4E8",
        "selection": "#4A3E14", "selection_line": "#E5B93C", "hover": "#24323D", "warn": "#E5B04A",
        "force": "#E8714C", "threat": "#E3AA4B", "talk": "#7FC3EA", "civil": "#3D9AD1", "armed": "#A38EDC",
        "none": "#94A1AD", "reference": "#59646F",
        "camp0": "#6FA3D8", "camp1": "#C99765", "camp2": "#6DB895", "camp3": "#C985BB", "camp4": "#CFAF52",
        "camp5": "#62BAC4", "camp6": "#DB8B84", "camp7": "#989DE0", "camp_none": "#94A1AD",
        "lane_a": "#1B2026", "lane_b": "#20262D", "paper": "#1D2228", "card": "#282618", "quote": "#57481A",
    },
)  # fmt: skip
PRINT = _theme(
    "print",
    {
        "ground": "#FFFFFF", "panel": "#FFFFFF", "line": "#B4BAC0", "grid": "#E2E5E8",
        "ink": "#000000", "muted": "#454C53", "faint": "#7A8188", "accent": "#085A86",
        "selection": "#FBE9B0", "selection_line": "#B98500", "hover": "#E8EEF2", "warn": "#7A4E00",
        "force": "#B5390F", "threat": "#D38E1F", "talk": "#4C9CCB", "civil": "#085A86", "armed": "#5B3F93",
        "none": "#6B7580", "reference": "#B0B8C0",
        "camp0": "#24507B", "camp1": "#7A4C22", "camp2": "#2E6C4F", "camp3": "#7B3D6F", "camp4": "#856810",
        "camp5": "#1F707A", "camp6": "#90413B", "camp7": "#4D5294", "camp_none": "#6B7580",
        "lane_a": "#FFFFFF", "lane_b": "#FFFFFF", "paper": "#FFFFFF", "card": "#FFFFFF", "quote": "#F6E3A0",
    },
)  # fmt: skip
THEMES: Mapping[str, Theme] = MappingProxyType({t.name: t for t in (LIGHT, DARK, PRINT)})


def theme(name: str) -> Theme:
    """Return the theme called light, dark or print. Raises KeyError for another name."""
    return THEMES[name]
