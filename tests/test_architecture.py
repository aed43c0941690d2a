"""The layers of docs/architecture.md, held by tests: who may import what, and what stays unloaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule

from explorer import app

ROOT = Path(__file__).resolve().parent.parent


def test_nothing_below_the_widgets_imports_qt_widgets() -> None:
    (
        archrule("QtWidgets only in ui and app")
        .match("explorer*")
        .exclude("explorer.ui*", "explorer.app", "explorer.__main__", "explorer.cli")
        .should_not_import("PySide6.QtWidgets*")
        .check("explorer", only_toplevel_imports=False)
    )


def test_the_workspace_knows_qt_core_alone() -> None:
    (
        archrule("QtCore only in workspace")
        .match("explorer.workspace*")
        .should_not_import("PySide6.QtGui*", "PySide6.QtWidgets*")
        .check("explorer", only_direct_imports=True)
    )


def test_no_module_opens_the_network() -> None:
    (
        archrule("offline")
        .match("explorer*")
        .should_not_import("PySide6.QtNetwork*", "urllib.request", "http.client", "requests", "ssl")
        .check("explorer", only_direct_imports=True)
    )


def test_packages_hold_a_docstring_and_no_re_exports() -> None:
    for path in (ROOT / "explorer").rglob("__init__.py"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(lines) == 1, path
        assert lines[0].startswith('"""'), path


def loaded_after(code: str) -> set[str]:
    script = f"import os, sys\nos.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')\n{code}\nprint(chr(10).join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["explorer.query.masks", "explorer.intake.opening", "explorer.layout.timeline"]
)
def test_the_core_loads_no_qt(module: str) -> None:
    assert not {
        name for name in loaded_after(f"import {module}") if name.startswith(("PySide6", "shiboken6"))
    }


def test_figures_load_no_widgets(tmp_path: Path) -> None:
    words = ["export", "sample", "--view", "timeline", "--out", str(tmp_path / "figure.png")]
    loaded = loaded_after(f"from explorer.cli import main; assert main({words!r}) == 0")
    assert "PySide6.QtGui" in loaded
    assert "PySide6.QtWidgets" not in loaded


def test_the_window_loads_none_of_the_heavy_modules() -> None:
    loaded = loaded_after("import explorer.ui.window")
    heavy = {
        "pandas",
        "scipy",
        "matplotlib",
        "networkx",
        "rustworkx",
        "PySide6.QtSvg",
        "PySide6.QtNetwork",
        "asyncio",
    }
    assert not heavy & loaded


_START = """
from explorer.app import load_core
load_core()
from explorer.ui.start import compose
app, window = compose("sample")
window.show()
window.grab()
"""
#: What the first window has no use for: the second start of the sample reads no JSON and checks nothing (bench_start).
_LATER = {
    "pydantic",
    "pydantic_core",
    "numpy.ma",
    "explorer.model.records",
    "explorer.model.invariants",
    "explorer.casefile.appending",
    "explorer.casefile.rows",
    "explorer.casefile.search",
    "explorer.chronology.anchors",
    "explorer.formats.registry",
    "explorer.intake.converting",
    "explorer.intake.reporting",
    "explorer.query.card",
    "explorer.query.listing",
    "explorer.layout.matrix",
    "explorer.ui.event_table",
    "explorer.ui.export_dialog",
    "explorer.ui.command_palette",
    "explorer.export.figures",
}


def test_the_first_window_of_the_sample_loads_nothing_that_can_wait() -> None:
    loaded_after(_START)  # fills the cache
    loaded = loaded_after(_START)
    assert "explorer.ui.graph_view" in loaded
    assert not _LATER & loaded


def test_what_is_loaded_once_the_window_stands_is_there() -> None:
    assert set(app.LATER) <= loaded_after(
        f"from importlib import import_module\nfor name in {app.LATER!r}: import_module(name)"
    )
