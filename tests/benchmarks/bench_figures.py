"""How long figures take: 5,000 marks with labels in each format, and whole figures of a case of 5,000 records (design §6).

Run, with the package installed: python tests/benchmarks/run.py --only figures [--short]
The yardstick is a plain QPainter loop over the same marks and labels, in the same run.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from lines import Line

from explorer.export.figures import compose, encoded, ensure_gui
from explorer.export.metadata import Metadata
from explorer.export.pdf import to_pdf
from explorer.export.png import to_png
from explorer.export.request import FigureRequest
from explorer.export.svg import to_svg
from explorer.intake.opening import open_case
from explorer.layout.scene import Group, Label, Scene, Shape
from explorer.paint.theme import HUES, LIGHT

MARKS = 5000
PLAIN = "plain QPainter loop"
VIEWS = ("timeline", "actors", "matrix", "events", "source")


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the best of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def marks() -> Scene:
    """Return 5,000 labelled marks on 1600 x 800."""
    from explorer.paint.fonts import QtMeasure

    measure, groups = QtMeasure(), []
    for n in range(MARKS):
        x, y, text = (n % 100) * 16.0 + 4, (n // 100) * 16.0 + 8, f"Event {n} – حلب"
        label = Label(x + 6, y + 4, text, "label", measure.width(text, "label"))
        mark = Shape("circle", x, y, 4, HUES[n % 6])
        groups.append(Group((mark, label), (f"evt-{n}",), "event", f"Event {n}"))
    return Scene(1600, 800, tuple(groups))


def plain_loop(scene: Scene) -> None:
    """Paint the same marks and labels with nothing but QPainter."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QImage, QPainter

    from explorer.paint.fonts import font

    image = QImage(1600, 800, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("label"))
        for item in scene.flat():
            if isinstance(item, Shape):
                painter.setBrush(QColor(LIGHT.color(item.fill)))
                painter.drawEllipse(QPointF(item.x, item.y), item.size, item.size)
            elif isinstance(item, Label):
                painter.drawText(QPointF(item.x, item.y), item.text)


def formats() -> dict[str, float]:
    """Return seconds for each format of the 5,000 labelled marks."""
    scene, words = marks(), Metadata("Title")
    return {
        PLAIN: seconds(lambda: plain_loop(scene)),
        "png 1600x800": seconds(lambda: to_png(scene, LIGHT, words)),
        "png 3840x1920": seconds(lambda: to_png(scene, LIGHT, words, scale=2.4)),
        "svg": seconds(lambda: to_svg(scene, LIGHT, words)),
        "pdf": seconds(lambda: to_pdf(scene, LIGHT, words)),
    }


def whole_figures(records: int, suffixes: tuple[str, ...]) -> dict[str, float]:
    """Return seconds to compose each view of a random case, and to write it in each format."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from builders import random_case

    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.case.json"
        path.write_text(json.dumps(random_case(1, events=records, actors=60)), encoding="utf-8")
        case = open_case(path)
        case.table()
        for view in VIEWS:
            figure = compose(case, FigureRequest(views=(view,)))
            found[f"compose {view}"] = seconds(lambda v=view: compose(case, FigureRequest(views=(v,))), 2)
            for suffix in suffixes:
                found[f"write {view} {suffix}"] = seconds(lambda f=figure, s=suffix: encoded(f, s), 2)
        case.close()
    return found


def lines(*, short: bool) -> Iterator[Line]:
    """Yield a line for each format of the labelled marks, and for composing and writing each view of a case."""
    ensure_gui()
    found = {f"{MARKS:,} marks: {name}": taken * 1000 for name, taken in formats().items()}
    yardstick = found.pop(f"{MARKS:,} marks: {PLAIN}")
    records, suffixes = (1000, (".svg",)) if short else (MARKS, (".svg", ".png", ".pdf"))
    found |= {
        f"{records:,} records: {name}": taken * 1000
        for name, taken in whole_figures(records, suffixes).items()
    }
    for name, taken in found.items():
        yield Line(f"figure of {name}", taken, yardstick, "a plain QPainter loop", cap=1000, loose=5)
