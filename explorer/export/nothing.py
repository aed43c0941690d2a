"""In place of a view of nothing: words, so that no figure is blank."""

from __future__ import annotations

from explorer.export.asked import Asked, Drawn
from explorer.export.captions import VIEW_WORDS
from explorer.layout.measure import line_height
from explorer.layout.scene import Group, Label, Scene
from explorer.layout.wrapping import wrapped
from explorer.query.describe import may_words
from explorer.words import tr


class Nothing:
    """In place of a view of nothing: that nothing is certain, and what may be included (design §3a)."""

    least = 60.0
    stretches = True

    def __init__(self, name: str, asked: Asked) -> None:
        self.heading = tr(VIEW_WORDS[name])
        self.asked = asked

    def _lines(self, width: float) -> list[str]:
        said = may_words(self.asked.shown) or tr("No record passes the filter.")
        return wrapped(said, min(width - 40.0, 560.0), "label", self.asked.measure, 12)

    def wanted(self, width: float) -> float:
        """Return the height at which all of it stands, at this width."""
        return 60.0 + len(self._lines(width)) * line_height(self.asked.measure, "label")

    def draw(self, width: float, height: float) -> Drawn:
        """Return it in just this room."""
        measure = self.asked.measure
        lines, step = self._lines(width), line_height(measure, "label")
        top = max(0.0, (height - len(lines) * step) / 2) + measure.ascent("label")
        labels = tuple(
            Label(round(width / 2, 2), round(top + n * step, 2), line, "label", measure.width(line, "label"),
                  "muted", "middle") for n, line in enumerate(lines)
        )  # fmt: skip
        return Drawn(Scene(width, height, (Group(labels, (), "legend", " ".join(lines)),)))
