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


#: Loaded once the window stands, one at a time: what the first click, word or tab needs.
LATER = (
    "explorer.model.records",
    "explorer.query.card",
    "explorer.casefile.search",
    "explorer.ui.event_table",
    "explorer.ui.actor_table",
    "explorer.ui.matrix_view",
)


def load_core() -> None:
    """Import what the first window needs and Qt has no part in.

    pydantic looks for no plugins and numpy's BLAS starts no threads: both take time, and nothing here is the better
    for them.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in CORE:
        import_module(name)


def run(source: str | Path | None = None) -> int:
    """Show the window with a case, or the welcome page; return the exit code once it is closed."""
    gc.disable()  # nothing made now is garbage; the Collector takes over
    load_core()
    from explorer.ui.start import Collector, Loading, compose

    app, window = compose(source)
    collector = Collector(app)
    collector.start()
    window.show()
    loading = Loading(LATER, app)
    loading.start()
    return app.exec()
