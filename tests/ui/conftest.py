"""A real window on the sample, closed again after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from explorer.ui.start import application


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture
def settings(tmp_path: Path) -> Any:
    from explorer.ui.settings import Settings

    return Settings(QSettings(str(tmp_path / "dateline.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def make_window(qtbot: Any, settings: Any) -> Iterator[Callable[..., Any]]:
    from explorer.ui.faults import Faults
    from explorer.ui.palette import Look
    from explorer.ui.window import MainWindow
    from explorer.workspace.hub import Workspace

    application()
    made: list[Any] = []

    def build(
        source: str | Path | None = "sample", *, size: tuple[int, int] = (1280, 800), clean: bool = True
    ) -> Any:
        look, faults, workspace = Look("light"), Faults(), Workspace()
        window = MainWindow(workspace, settings, look, faults, clean=clean)
        made.append(window)
        workspace.setParent(window)
        faults.setParent(window)
        look.setParent(window)
        window.resize(*size)
        if source is not None:
            window.open(source)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield build
    for window in made:
        window.leaving.asks = False
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, 0)


@pytest.fixture
def window(make_window: Callable[..., Any]) -> Any:
    return make_window()


@pytest.fixture
def welcome(make_window: Callable[..., Any]) -> Any:
    return make_window(None)
