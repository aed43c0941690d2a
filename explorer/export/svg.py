"""Write a Scene as SVG: text stays text, each mark has its id and its title (design §2, §5).

QSvgGenerator can do neither, and splits mixed-script text (performance.md §6). All numbers are in root
coordinates, no parent carries a transform, nothing depends on hash order: same scene, same bytes.
"""

from __future__ import annotations

from functools import singledispatchmethod

from explorer.export.metadata import Metadata, rdf, xml_attribute, xml_text
from explorer.export.setting import right_to_left
from explorer.layout.raster import bars_of
from explorer.layout.scene import (
    Bars,
    Dots,
    Fade,
    Group,
    Item,
    Label,
    Path,
    Raster,
    Rect,
    Role,
    Scene,
    Shape,
    Strokes,
)
from explorer.paint.fonts import FONTS, PUBLIC, SANS
from explorer.paint.painter import straight
from explorer.paint.shapes import DASHES, HATCH_LINE, HATCH_PERIOD, cross_strokes, polygon
from explorer.paint.theme import Theme, mixed


def to_svg(scene: Scene, theme: Theme, metadata: Metadata, *, factor: float = 1.0) -> bytes:
    """Return scene as an SVG document of width * factor by height * factor units, in UTF-8."""
    writer = _Writer(theme, factor)
    for item in scene.items:
        writer.write(item)
    width, height = writer.number(scene.width), writer.number(scene.height)
    ground = f'<rect width="{width}" height="{height}" fill="{theme.color(scene.background or "panel")}"/>'
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
    family = PUBLIC[SANS]
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{family}">',
        f"<title>{xml_text(metadata.title)}</title>",
        f"<desc>{xml_text(metadata.description)}</desc>",
        f"<metadata>\n{rdf(metadata)}\n</metadata>",
        *writer.defs(),
        ground,
        *writer.lines,
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode("utf-8")


class _Writer:
    """Turns items into elements one after another; gradients are collected for <defs>."""

    def __init__(self, theme: Theme, factor: float) -> None:
        self._theme = theme
        self._factor = factor
        self._gradients: dict[str, str] = {}
        self._hatched = False
        self._used: set[str] = set()
        self.lines: list[str] = []

    def number(self, value: float) -> str:
        """Return a length in root coordinates, two decimals at most, never "-0"."""
        text = f"{value * self._factor:.2f}".rstrip("0").rstrip(".")
        return "0" if text in {"-0", ""} else text

    def defs(self) -> list[str]:
        """Return <defs> with the gradients and the hatching in use, nothing where there are none."""
        rows = [self._gradients[key] for key in sorted(self._gradients)]
        if self._hatched:
            rows.append(self._hatching())
        return ["<defs>", *rows, "</defs>"] if rows else []

    def _hatching(self) -> str:
        period, width = self.number(HATCH_PERIOD), self.number(HATCH_LINE)
        p, q = HATCH_PERIOD, HATCH_PERIOD / 2
        strokes = (((-q, q), (q, -q)), ((0.0, p), (p, 0.0)), ((q, p + q), (p + q, q)))
        drawn = "".join(
            f"M{self.number(x1)} {self.number(y1)}L{self.number(x2)} {self.number(y2)}"
            for (x1, y1), (x2, y2) in strokes
        )
        return (
            f'<pattern id="hatch" patternUnits="userSpaceOnUse" width="{period}" height="{period}">'
            f'<path d="{drawn}" stroke="{self._theme.color("panel")}" stroke-opacity="0.85"'
            f' stroke-width="{width}"/></pattern>'
        )

    @singledispatchmethod
    def write(self, item: Item) -> None:
        """Write one item of a scene. Raises TypeError for anything else."""
        raise TypeError(f"not an item of a scene: {item!r}")

    @write.register
    def _group(self, item: Group) -> None:
        marks = ""
        if len(item.ids) == 1 and item.ids[0] not in self._used:
            self._used.add(item.ids[0])
            marks = f' id="{xml_attribute(item.ids[0])}"'
        if item.ids:
            marks += f' data-ids="{xml_attribute(" ".join(item.ids))}"'
        if item.kind:
            marks += f' data-kind="{xml_attribute(item.kind)}"'
        self.lines.append(f"<g{marks}>")
        if item.title:
            self.lines.append(f"<title>{xml_text(item.title)}</title>")
        for part in item.items:
            self.write(part)
        self.lines.append("</g>")

    def _look(self, fill: Role, stroke: Role, line: float, dash: str, opacity: float) -> str:
        """Return the attributes of a form; a fill too pale for its panel gets its outline."""
        theme = self._theme
        edge = theme.stroke(stroke) if stroke else theme.outline(fill)
        look = f' fill="{theme.color(fill)}"' if fill else ' fill="none"'
        if edge:
            look += f' stroke="{edge}" stroke-width="{self.number(line if stroke else 1.0)}"'
        if stroke and dash in DASHES:
            look += f' stroke-dasharray="{" ".join(self.number(length) for length in DASHES[dash])}"'
        if opacity < 1:
            look += f' opacity="{opacity:.2f}"'
        return look

    def _box(self, item: Rect | Fade) -> str:
        n = self.number
        return f'x="{n(item.x)}" y="{n(item.y)}" width="{n(item.width)}" height="{n(item.height)}"'

    @write.register
    def _rect(self, item: Rect) -> None:
        look = self._look(item.fill, item.stroke, item.line, item.dash, item.opacity)
        rounded = f' rx="{self.number(item.radius)}"' if item.radius else ""
        self.lines.append(f"<rect {self._box(item)}{rounded}{look}/>")
        self._hatch(item)

    @write.register
    def _fade(self, item: Fade) -> None:
        key = f"fade-{item.fill}-{round(item.start * 100)}-{round(item.end * 100)}"
        color = self._theme.color(item.fill)
        self._gradients[key] = (
            f'<linearGradient id="{key}">'
            f'<stop offset="0" stop-color="{color}" stop-opacity="{item.start:.2f}"/>'
            f'<stop offset="1" stop-color="{color}" stop-opacity="{item.end:.2f}"/></linearGradient>'
        )
        self.lines.append(f'<rect {self._box(item)} fill="url(#{key})"/>')
        self._hatch(item)

    def _hatch(self, item: Rect | Fade) -> None:
        if item.hatch:
            self._hatched = True
            self.lines.append(f'<rect {self._box(item)} fill="url(#hatch)"/>')

    @write.register
    def _path(self, item: Path) -> None:
        data = "".join(self._segment(segment) for segment in item.segments)
        crisp = ' shape-rendering="crispEdges"' if straight(item) and item.dash == "solid" else ""
        look = f' fill="{self._theme.color(item.fill)}"' if item.fill else ' fill="none"'
        if item.stroke:
            look += f' stroke="{self._theme.stroke(item.stroke)}" stroke-width="{self.number(item.line)}"'
            if item.dash in DASHES:
                look += f' stroke-dasharray="{" ".join(self.number(length) for length in DASHES[item.dash])}"'
        if item.opacity < 1:
            look += f' opacity="{item.opacity:.2f}"'
        self.lines.append(f'<path d="{data}"{look}{crisp}/>')

    def _segment(self, segment: tuple[str | float, ...]) -> str:
        return f"{segment[0]}{' '.join(self.number(float(n)) for n in segment[1:])}"

    @write.register
    def _shape(self, item: Shape) -> None:
        n = self.number
        if item.kind == "cross":
            drawn = "".join(f"M{n(a)} {n(b)}L{n(c)} {n(d)}" for (a, b), (c, d) in cross_strokes(item))
            look = self._look("", item.stroke or item.fill, item.line, "solid", item.opacity)
            self.lines.append(f'<path d="{drawn}"{look}/>')
            return
        look = self._look(item.fill, item.stroke, item.line, "solid", item.opacity)
        if item.kind == "circle":
            self.lines.append(f'<circle cx="{n(item.x)}" cy="{n(item.y)}" r="{n(item.size)}"{look}/>')
        else:
            corners = " ".join(f"{n(x)},{n(y)}" for x, y in polygon(item))
            self.lines.append(f'<polygon points="{corners}"{look}/>')

    @write.register
    def _label(self, item: Label) -> None:
        if not item.text:
            return
        spec, n = FONTS[item.font], self.number
        anchor, x = item.anchor, item.x
        backwards = right_to_left(item.text)
        if backwards:  # start and end would change sides; the middle does not
            x += {"start": item.width / 2, "middle": 0.0, "end": -item.width / 2}[anchor]
            anchor = "middle"
        marks = f'x="{n(x)}" y="{n(item.y)}" font-size="{n(spec.pixels)}"'
        if spec.families != SANS:
            marks += f' font-family="{PUBLIC[spec.families]}"'
        if spec.bold:
            marks += ' font-weight="700"'
        if spec.italic:
            marks += ' font-style="italic"'
        if backwards:
            marks += ' direction="rtl"'
        if anchor != "start":
            marks += f' text-anchor="{anchor}"'
        if item.width > 0:
            marks += f' textLength="{n(item.width)}" lengthAdjust="spacingAndGlyphs"'
        marks += f' fill="{self._theme.text(item.fill)}"'
        if item.opacity < 1:
            marks += f' opacity="{item.opacity:.2f}"'
        self.lines.append(f"<text {marks}>{xml_text(item.text)}</text>")

    @write.register
    def _bars(self, item: Bars, crisp: str = "") -> None:
        if not len(item.boxes):
            return
        n = self.number
        drawn = "".join(f"M{n(x)} {n(y)}h{n(w)}v{n(h)}h{n(-w)}z" for x, y, w, h in item.boxes.tolist())
        faded = f' opacity="{item.opacity:.2f}"' if item.opacity < 1 else ""
        self.lines.append(f'<path d="{drawn}" fill="{self._theme.color(item.fill)}"{faded}{crisp}/>')

    @write.register
    def _strokes(self, item: Strokes) -> None:
        if not len(item.ends):
            return
        n, theme = self.number, self._theme
        drawn = "".join(f"M{n(a)} {n(b)}L{n(c)} {n(d)}" for a, b, c, d in item.ends.tolist())
        color = mixed(theme.stroke(item.stroke), theme.color("panel"), item.share)
        look = f' fill="none" stroke="{color}" stroke-width="{n(item.line)}"'
        if item.dash in DASHES:
            look += f' stroke-dasharray="{" ".join(self.number(length) for length in DASHES[item.dash])}"'
        self.lines.append(f'<path d="{drawn}"{look}/>')

    @write.register
    def _dots(self, item: Dots) -> None:
        n, theme = self.number, self._theme
        ground = theme.color("panel")
        color, r = mixed(theme.stroke(item.fill), ground, item.share), item.radius + item.rim / 2
        half = f"a{n(r)} {n(r)} 0 1 0"
        drawn = "".join(
            f"M{n(x - r)} {n(y)}{half} {n(2 * r)} 0{half} {n(-2 * r)} 0z" for x, y in item.spots.tolist()
        )
        if drawn:
            edge = f' stroke="{ground}" stroke-width="{n(item.rim)}"' if item.rim else ""
            self.lines.append(f'<path d="{drawn}" fill="{color}"{edge}/>')

    @write.register
    def _raster(self, item: Raster) -> None:
        for bars in bars_of(item):
            self._bars(bars, ' shape-rendering="crispEdges"')
