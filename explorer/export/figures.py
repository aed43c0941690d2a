"""Figures: views, a size, a theme and a filter become one picture with its caption, and that becomes a file.

The figure is the view (design §1, promise 6): it holds exactly the filtered records, names its filter and its counts,
and carries the sentences it rests on. QtGui only: `dateline export` needs no display and no QtWidgets.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.export.captions import VIEW_WORDS, alt_text, caption, title
from explorer.export.devices import ExportError, write_bytes
from explorer.export.metadata import Metadata, program_name
from explorer.export.page import Page, Setter, Words
from explorer.export.request import NO_CAPTION, FigureRequest
from explorer.export.sentences import Sentences, sentences
from explorer.export.sizing import Sized, sized
from explorer.export.sources import dataset_lines, source_line
from explorer.export.views import View, view_of
from explorer.frozen import frozen
from explorer.layout.measure import Measure
from explorer.layout.scene import Group, Item, Scene
from explorer.query.describe import count_words
from explorer.query.filters import Filter
from explorer.query.masks import evaluate
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.query.masks import Shown

SUFFIXES = (".png", ".svg", ".pdf")
#: Records above which no sizes of type are tried.
_MANY = 1000
_SMALLEST, _LARGEST = 120, 20_000


@frozen(slots=False)
class Figure:
    """A finished figure. scene is in logical pixels; factor * scene is request.size.

    metadata goes into the file. sentences_left: how many sentences found no room on the page.
    """

    scene: Scene
    factor: float
    request: FigureRequest
    title: str
    caption_text: str
    alt_text: str
    metadata: Metadata
    sentences_left: int = 0


def ensure_gui() -> None:
    """Make a QGuiApplication where there is none yet, without a display where there is none."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        return
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _kept.append(QGuiApplication(["dateline"]))


_kept: list[object] = []


def compose(case: CaseFile, request: FigureRequest, measure: Measure | None = None) -> Figure:
    """Return the figure that request asks of case. Raises ExportError for a size or a view that cannot be.

    The type is as large as the content allows, so that figures stay legible when shown small (design §4).
    """
    _check(request)
    if measure is None:
        from explorer.paint.fonts import QtMeasure

        ensure_gui()
        measure = QtMeasure()
    shown = _shown(case, request.filter)
    words = _words(case, shown, request)
    views = [view_of(name, case, shown, request, measure) for name in request.views]
    made = _set(request, words, views, measure)
    factor, page = made.factor, made.page
    width, height = request.size[0] / factor, request.size[1] / factor
    items = (*_only(page.items, shown.ids), *_unseen(page.items, shown))
    caption_text = "\n".join(words.caption)
    metadata = _metadata(case, shown, request, words.title, caption_text)
    scene = Scene(width, height, items, event_ids=shown.ids)
    return Figure(
        scene, factor, request, words.title, caption_text, metadata.description, metadata, page.sentences_left
    )


def save(figure: Figure, path: str | Path) -> None:
    """Write figure to path in the format of its suffix, wholly or not at all. Raises ExportError."""
    path = Path(path)
    write_bytes(path, encoded(figure, path.suffix.lower()))


def encoded(figure: Figure, suffix: str) -> bytes:
    """Return the bytes of a ".png", ".svg" or ".pdf" file. Raises ExportError for another suffix."""
    from explorer.paint.theme import theme

    ensure_gui()
    request, colors = figure.request, theme(figure.request.theme)
    if suffix == ".svg":
        from explorer.export.svg import to_svg

        return to_svg(figure.scene, colors, figure.metadata, factor=figure.factor)
    if suffix == ".pdf":
        from explorer.export.pdf import to_pdf

        return to_pdf(figure.scene, colors, figure.metadata, factor=figure.factor)
    if suffix == ".png":
        from explorer.export.png import to_png

        scale = figure.factor * request.scale
        return to_png(
            figure.scene, colors, figure.metadata, scale=scale, dpi=request.dpi or 96 * request.scale
        )
    raise ExportError(
        tr("a figure is written as .png, .svg or .pdf, not as “{suffix}”").format(suffix=suffix)
    )


def _check(request: FigureRequest) -> None:
    if not request.views:
        raise ExportError(tr("a figure needs at least one view"))
    for name in request.views:
        if name not in VIEW_WORDS:
            known = ", ".join(VIEW_WORDS)
            raise ExportError(
                tr("there is no view “{name}”; there are {known}").format(name=name, known=known)
            )
    width, height = request.size
    if not (_SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST):
        raise ExportError(
            tr("a figure is {least} to {most} pixels wide and high, not {width} x {height}").format(
                least=_SMALLEST, most=_LARGEST, width=width, height=height
            )
        )


def _shown(case: CaseFile, wanted: Filter) -> Shown:
    rows = case.text_rows(wanted.text) if wanted.text.strip() else None
    return evaluate(case.table(), wanted, rows)


def _words(case: CaseFile, shown: Shown, request: FigureRequest) -> Words:
    """Return the words of the page; a caption of one's own keeps the licences of the datasets."""
    window = None if request.whole else request.window
    if request.caption is None:
        paragraphs = caption(
            case, shown, request.views, axis=request.axis, window=window, lanes=request.lanes
        )
    else:
        own = [] if request.caption == NO_CAPTION else request.caption.splitlines()
        missing = [line for line in dataset_lines(case, shown) if line not in own]
        paragraphs = tuple(line for line in [*own, *missing] if line.strip())
    headline = title(case, shown) if request.title is None else isolated(request.title)
    plain = isolated(case.header().title)
    subtitle = count_words(shown) if headline == plain else f"{plain} · {count_words(shown)}"
    wants = request.sentences and "source" not in request.views
    return Words(headline, subtitle, paragraphs, sentences(case, shown) if wants else Sentences(()))


def _set(request: FigureRequest, words: Words, views: list[View], measure: Measure) -> Sized:
    """Return the page in the largest type that costs few words."""
    width, height = request.size

    large = len(views[0].asked.shown.rows) > _MANY

    def page(factor: float) -> Page:
        return Setter(width / factor, height / factor, measure).set(words, views)

    return sized(width, page, quoted=len(words.sentences.listed), large=large)


def _only(items: tuple[Item, ...], ids: frozenset[str]) -> tuple[Item, ...]:
    """Return items with no event named but those shown: what leaves the house holds exactly the filtered records."""
    return tuple(_kept_ids(item, ids) if isinstance(item, Group) else item for item in items)


def _kept_ids(group: Group, ids: frozenset[str]) -> Group:
    kept = tuple(name for name in group.ids if not name.startswith("evt-") or name in ids)
    return replace(group, ids=kept, items=_only(group.items, ids))


def _unseen(items: tuple[Item, ...], shown: Shown) -> tuple[Item, ...]:
    """Return an empty group for the records that no mark stands for, so that the file still counts them."""
    seen = {name for group in Scene(0, 0, items).groups() for name in group.ids}
    missing = tuple(shown.table.ids[row] for row in shown.rows.tolist() if shown.table.ids[row] not in seen)
    if not missing:
        return ()
    words = tr("{n} records without a mark in this figure").format(n=len(missing))
    return (Group((), missing, "cluster", words),)


def _metadata(case: CaseFile, shown: Shown, request: FigureRequest, headline: str, words: str) -> Metadata:
    return Metadata(
        title=headline,
        description=alt_text(case, shown, request.views),
        caption=words,
        source=source_line(case, shown),
        rights="\n".join(dataset_lines(case, shown)),
        filter_json=request.filter.to_json(),
        case_hash=case.case_hash(),
        program=program_name(),
    )
