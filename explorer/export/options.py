"""The options of a figure on a command line, refused before a case is opened where they cannot be met (design §5)."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import Any

from explorer.query.asking import check_edtf
from explorer.words import tr

SUFFIXES = (".png", ".svg", ".pdf")
VIEWS = ("timeline", "actors", "matrix", "events", "source")
AXES = ("calendar", "elastic", "order")
LANES = ("actor", "place", "type", "document", "one")
#: Pixels of the longer side, after scaling: beyond, an image takes gigabytes; below, nothing can be read.
LARGEST, SMALLEST = 20_000, 120


class WrongFigureError(ValueError):
    """A figure that cannot be drawn or written as asked; the message is one line that says why."""


def number(text: str) -> float:
    """Return a number as it was typed; argparse.ArgumentTypeError where it is none."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(tr("“{text}” is no number").format(text=text)) from None


_OPTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("--view", "what to draw; several share a page (default: timeline)",
     {"action": "extend", "nargs": "+", "choices": VIEWS}),
    ("--out", "FILE.png, FILE.svg or FILE.pdf", {"required": True, "metavar": "FILE"}),
    ("--size", "in pixels, or column, 16:9, square (default: 1600x900)", {"default": "1600x900", "metavar": "WxH"}),
    ("--scale", "PNG only: N pixels for one (default: 1)", {"type": number, "default": 1.0, "metavar": "N"}),
    ("--theme", "the colours (default: light)", {"choices": ("light", "dark", "print"), "default": "light"}),
    ("--lanes", "one lane for each of these (default: actor)", {"choices": LANES, "default": "actor"}),
    ("--axis", "the calendar, elastic (empty years skipped), or the order that the report gives (default: calendar)",
     {"choices": AXES, "default": "calendar"}),
    ("--window", "the stretch of time to draw, such as 2015/2024", {"metavar": "DATE"}),
    ("--caption", "instead of the caption that is worked out; none for no caption", {"metavar": "TEXT"}),
)  # fmt: skip


def add_figure(parser: argparse.ArgumentParser) -> None:
    """Add the options of a figure (design §5)."""
    figure = parser.add_argument_group(tr("figure"))
    for option, about, settings in _OPTIONS:
        figure.add_argument(option, help=tr(about), **settings)


def check_figure(options: argparse.Namespace) -> None:
    """Refuse what cannot be drawn or written, before the case is opened."""
    if options.window is not None:
        if options.axis == "order":
            raise WrongFigureError(
                tr("--window is a stretch of the calendar; it does not go with --axis order")
            )
        options.window = check_edtf(options.window, "--window")
    options.pixels = _pixels(options.size, options.scale)
    out = Path(options.out)
    if out.suffix.lower() not in SUFFIXES:
        raise WrongFigureError(
            tr("--out {out}: a figure is written as {kinds}").format(out=out, kinds=", ".join(SUFFIXES))
        )
    if out.is_dir() or not out.parent.is_dir():
        raise WrongFigureError(tr("--out {out}: no file can be written there").format(out=out))
    if not os.access(out if out.exists() else out.parent, os.W_OK):
        raise WrongFigureError(tr("--out {out}: it may not be written there").format(out=out))


def _pixels(size: str, scale: float) -> tuple[int, int]:
    from explorer.export.request import PRESETS

    if size in PRESETS:
        size = "{}x{}".format(*PRESETS[size])
    found = re.fullmatch(r"(\d{1,6})[x×X](\d{1,6})", size.strip())
    if not found:
        raise WrongFigureError(
            tr("--size {size}: expected WIDTHxHEIGHT, such as 1600x900, or column, 16:9 or square").format(
                size=size
            )
        )
    width, height = int(found[1]), int(found[2])
    if (
        not 0.1 <= scale <= 20
        or min(width, height) < SMALLEST
        or max(width, height) * max(scale, 1) > LARGEST
    ):
        raise WrongFigureError(
            tr("--size {size} at scale {scale:g}: expected {low} to {high} pixels a side").format(
                size=size, scale=scale, low=SMALLEST, high=f"{LARGEST:,}"
            )
        )
    return width, height


def window_seconds(text: str | None) -> tuple[float, float] | None:
    """Return a stretch of EDTF as seconds UTC; WrongFigureError where it is open at an end."""
    from explorer.model.times import OPEN_FUTURE, OPEN_PAST, parse_edtf

    if text is None:
        return None
    edtf = parse_edtf(text)
    if edtf.start_min == OPEN_PAST or edtf.end_max == OPEN_FUTURE:
        raise WrongFigureError(
            tr("--window {text}: expected a stretch with a beginning and an end").format(text=text)
        )
    return float(edtf.start_min), float(edtf.end_max)
