"""The composition root: the order in which the program comes up (design §2)."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from pathlib import Path

#: Loaded before Qt: PySide6 looks into the source of every module that is imported after it.
CORE = (
    "explorer.intake.opening",
    "explorer.query.describe",
    "explorer.query.masks",
    "explorer.layout.graph",
    "explorer.layout.timeline",
)


def load_core() -> None:
    """Import what the first window needs and Qt has no part in; pydantic looks for no plugins, which is slow."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name in CORE:
        import_module(name)


def run(source: str | Path | None = None) -> int:
    """Show the window with a case, or the welcome page; return the exit code once it is closed."""
    gc.disable()  # nothing made now is garbage; the Collector takes over
    load_core()
    from explorer.ui.start import Collector, compose

    app, window = compose(source)
    collector = Collector(app)
    collector.start()
    window.show()
    return app.exec()
