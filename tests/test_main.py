"""The door: what is missing is said in one line, before Qt aborts with a core dump."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer import __main__ as door

ROOT = Path(__file__).resolve().parent.parent
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the preflight is for Linux")


def started(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {
        k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    command = [sys.executable, "-m", "explorer", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=clean | environ, check=False)


@linux
@pytest.mark.parametrize("words", [(), ("sample",)])
def test_without_a_display_it_says_so_in_one_line_and_names_export(words: tuple[str, ...]) -> None:
    done = started(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no display" in done.stderr
    assert "dateline export" in done.stderr
    assert done.stderr.count("\n") == 1


@linux
def test_a_display_that_does_not_answer_is_told_before_qt_aborts() -> None:
    for environ in ({"DISPLAY": ":4077"}, {"DISPLAY": "nonsense"}, {"WAYLAND_DISPLAY": "wayland-4077"}):
        done = started("sample", **environ)
        assert (done.returncode, done.stdout) == (2, "")
        assert "cannot be reached" in done.stderr
        assert done.stderr.count("\n") == 1


@linux
def test_a_platform_that_needs_a_display_is_asked_for_one() -> None:
    assert "DISPLAY not set" in (door.preflight({"QT_QPA_PLATFORM": "xcb"}) or "")
    assert "WAYLAND_DISPLAY and DISPLAY not set" in (door.preflight({"QT_QPA_PLATFORM": "wayland;xcb"}) or "")


@linux
@pytest.mark.parametrize(
    "platform", ["offscreen", "offscreen:fonts", "minimal", "vnc:size=800x600", "bogus;offscreen"]
)
def test_a_platform_that_needs_no_display_is_let_through(platform: str) -> None:
    assert door.preflight({"QT_QPA_PLATFORM": platform}) is None


@linux
@pytest.mark.parametrize("platform", ["bogus", "bogus;worse"])
def test_a_platform_that_qt_does_not_have_is_told_before_qt_aborts(platform: str) -> None:
    done = started("sample", QT_QPA_PLATFORM=platform, DISPLAY=":4077")
    assert (done.returncode, done.stdout) == (2, "")
    assert platform.replace(";", " or ") in done.stderr
    assert "offscreen" in done.stderr
    assert done.stderr.count("\n") == 1


@linux
def test_a_platform_without_the_screen_it_needs_is_told_before_qt_aborts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(door, "_starts", lambda platform, environ: False)
    assert "cannot start on linuxfb" in (door.preflight({"QT_QPA_PLATFORM": "linuxfb"}) or "")
    monkeypatch.setattr(door, "_starts", lambda platform, environ: True)
    assert door.preflight({"QT_QPA_PLATFORM": "linuxfb:fb=/dev/fb0"}) is None


@linux
def test_a_compositor_and_a_server_that_answer_are_let_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listener: Callable[[Path], None]
) -> None:
    listener(tmp_path / "wayland-0")
    listener(tmp_path / "X5")
    monkeypatch.setattr(door, "_X11_SOCKETS", str(tmp_path / "X"))
    here = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert door.wayland_answers(here | {"WAYLAND_DISPLAY": "wayland-0"})
    assert door.wayland_answers({"WAYLAND_DISPLAY": str(tmp_path / "wayland-0")})
    assert not door.wayland_answers(here | {"WAYLAND_DISPLAY": "wayland-1"})
    assert door.x_answers(":5")
    assert door.x_answers("unix:5.0")
    assert not door.x_answers(":6")
    assert door.x_answers("far.example:0")


@pytest.fixture
def listener() -> Callable[[Path], None]:
    held = []

    def listen(path: Path) -> None:
        held.append(socket.socket(socket.AF_UNIX))
        held[-1].bind(str(path))
        held[-1].listen()

    yield listen
    for one in held:
        one.close()


@linux
@pytest.mark.skipif(
    not (shutil.which("xvfb-run") and shutil.which("Xvfb")), reason="needs an X server to ask"
)
def test_a_server_is_asked_whether_it_lets_us_in() -> None:
    ask = "from explorer.__main__ import preflight, x_accepts; import os, sys; sys.exit(%s)"
    for code, allowed in (
        ("not x_accepts(os.environ['DISPLAY'])", 0),
        ("preflight(os.environ) is not None", 0),
    ):
        command = ["xvfb-run", "-a", sys.executable, "-c", ask % code]
        clean = {k: v for k, v in os.environ.items() if k not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
        assert subprocess.run(command, cwd=ROOT, env=clean, check=False).returncode == allowed
    start = f"XAUTHORITY=/dev/null {shlex.quote(sys.executable)} -m explorer; echo exit $?"
    refused = [
        "xvfb-run",
        "-a",
        "sh",
        "-c",
        start,
    ]  # what it exits with itself also depends on its cleaning up
    done = subprocess.run(refused, cwd=ROOT, env=clean, check=False, capture_output=True, text=True)
    assert "exit 2" in done.stdout
    assert "refuses the connection" in done.stderr


def test_a_missing_library_is_named_with_the_line_that_installs_it() -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    words = door.library_words(error)
    assert "libEGL.so.1 is missing" in words
    assert "sudo apt install" in words
    assert "\n" not in words
    assert "sudo apt install" in door.library_words(ImportError("No module named 'PySide6'"))
    for words in ("No module named 'numpy'", "cannot import name 'x' from 'explorer.words'"):
        assert door.library_words(ImportError(words)) is None
    assert door.library_words(ModuleNotFoundError("No module named 'rustworkx'", name="rustworkx")) is None


def test_an_import_that_fails_inside_the_program_is_not_blamed_on_qt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from explorer import cli

    def missing(words: object) -> int:
        raise ImportError("cannot import name 'gone' from 'explorer.words'")

    monkeypatch.setitem(cli.COMMANDS, "export", missing)
    assert door.main(["export", "sample"]) == 1
    told = capsys.readouterr().err
    assert "a fault of the program" in told
    assert "apt" not in told
    assert told.count("\n") == 1


def test_the_readme_has_the_same_line_for_a_bare_machine() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(package in readme for package in door.APT_LINE.split()[4:])


def test_a_library_missing_at_export_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from explorer import cli

    def missing(words: object) -> int:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setitem(cli.COMMANDS, "export", missing)
    assert door.main(["export", "sample"]) == 2
    told = capsys.readouterr().err
    assert "libGL.so.1 is missing" in told
    assert told.count("\n") == 1


def test_a_plugin_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    (tmp_path / "libqxcb.so").write_bytes(b"no library")
    assert "libqxcb.so" in (door._unloadable(tmp_path, "xcb") or "")
    assert door._unloadable(tmp_path, "wayland") is None


def test_the_module_runs_commands() -> None:
    done = started("query", "sample", "--actor", "Rusia")
    assert done.returncode == 2
    assert "Did you mean Russia?" in done.stderr


def test_a_file_named_like_a_command_is_given_with_its_path(tmp_path: Path) -> None:
    from explorer import cli

    (tmp_path / "query").write_text("{}", encoding="utf-8")
    asked = []
    assert cli.main([str(tmp_path / "query")], preflight=lambda: asked.append("window") or "no") == 2
    assert asked == ["window"]
