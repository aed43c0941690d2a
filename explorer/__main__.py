"""The door: python -m explorer and the command dateline; says what is missing before Qt aborts (ecosystem.md §4)."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from explorer.answers import APT_LINE, INTERRUPTED, library_words
from explorer.words import tr

__all__ = ["APT_LINE", "library_words", "main", "preflight", "wayland_answers", "x_accepts", "x_answers"]

_INSTEAD = "`dateline export` and `dateline query` work without one."
#: Platforms of Qt that need a display server; any other (offscreen, vnc, eglfs …) needs none.
_NEEDS = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
#: Platforms that draw on the machine's own screen; whether they find one is known by trying only.
_NEED_A_SCREEN = frozenset({"eglfs", "linuxfb", "minimalegl", "vkkhrdisplay"})
_X11_SOCKETS = "/tmp/.X11-unix/X"


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return 0 done, 1 a problem of the input, 2 wrong usage, no display, no library."""
    try:
        from explorer import cli
    except KeyboardInterrupt:
        return INTERRUPTED
    return cli.main(argv, preflight=lambda: preflight(os.environ))


def preflight(environ: Mapping[str, str]) -> str | None:
    """Return in one line why no window can be opened here, or None; Qt itself would abort with a core dump."""
    wanted = [p.partition(":")[0] for p in environ.get("QT_QPA_PLATFORM", "").split(";") if p]
    known = [p for p in wanted if not _is_unknown(p)]
    if wanted and not known:
        return tr("Qt has no platform called {wanted} (QT_QPA_PLATFORM); it has {names}. {instead}").format(
            wanted=" or ".join(wanted), names=", ".join(sorted(_platforms())), instead=_INSTEAD
        )
    if not sys.platform.startswith("linux"):
        return _missing_library([])
    return _without_display([p.partition("-")[0] for p in known] or ["wayland", "xcb"], environ)


def _without_display(platforms: list[str], environ: Mapping[str, str]) -> str | None:
    """Return in one line why none of the platforms can come up, or None."""
    shown = [p for p in platforms if p not in _NEEDS or environ.get(_NEEDS[p])]
    if not shown:
        return f"there is no display ({' and '.join(_NEEDS[p] for p in platforms)} not set). {_INSTEAD}"
    reached = [p for p in shown if _reachable(p, environ)]
    if not reached:
        names = " and ".join(f"{_NEEDS[p]}={environ[_NEEDS[p]]}" for p in shown)
        return f"the display cannot be reached ({names}). {_INSTEAD}"
    missing = _missing_library([p for p in reached if p in _NEEDS])
    if missing is None and reached == ["xcb"] and not x_accepts(environ["DISPLAY"]):
        return f"the display refuses the connection (DISPLAY={environ['DISPLAY']}, XAUTHORITY). {_INSTEAD}"
    if missing is None and all(p in _NEED_A_SCREEN and not _starts(p, environ) for p in reached):
        return f"Qt cannot start on {' or '.join(reached)} (QT_QPA_PLATFORM) here. {_INSTEAD}"
    return missing


def _starts(platform: str, environ: Mapping[str, str]) -> bool:
    """Return whether Qt comes up on a platform, tried in a process of its own, since it aborts where it does not."""
    import subprocess

    trial = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    here = {**os.environ, **environ, "QT_QPA_PLATFORM": environ.get("QT_QPA_PLATFORM") or platform}
    try:
        done = subprocess.run(
            [sys.executable, "-c", trial], env=here, capture_output=True, timeout=20, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode == 0


def _is_unknown(platform: str) -> bool:
    """Return whether Qt has no plugin of this name, and would abort; False where its plugins cannot be listed."""
    names = _platforms()
    return bool(names) and platform not in names


def _platforms() -> set[str]:
    """Return the names of all platforms that a plugin offers, as Qt looks for them: without loading one."""
    from PySide6.QtCore import QCoreApplication, QPluginLoader

    folders = [Path(path) / "platforms" for path in QCoreApplication.libraryPaths()]
    folders += [
        Path(path) for path in os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH", "").split(os.pathsep) if path
    ]
    found: set[str] = set()
    for plugin in (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())):
        about = QPluginLoader(str(plugin)).metaData().get("MetaData")
        found.update(about.get("Keys", ()) if isinstance(about, dict) else ())
    return found


def _reachable(platform: str, environ: Mapping[str, str]) -> bool:
    if platform == "xcb":
        return x_answers(environ["DISPLAY"])
    if platform == "wayland":
        return wayland_answers(environ)
    return True


def x_answers(display: str) -> bool:
    """Return whether the X server of DISPLAY takes a connection; a remote host is believed, since asking is slow."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return Path(display).is_socket()
    if host in {"", "unix"}:
        local = f"{_X11_SOCKETS}{number}"
        return _unix_answers(f"\0{local}") or _unix_answers(local)
    if host in {"localhost", "127.0.0.1", "::1", "[::1]"}:
        try:
            socket.create_connection((host.strip("[]"), 6000 + int(number)), timeout=2).close()
        except (OSError, OverflowError):
            return False
    return True


def x_accepts(display: str) -> bool:
    """Return whether the X server lets this user in, asked the way Qt asks; True where it cannot be asked."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def wayland_answers(environ: Mapping[str, str]) -> bool:
    """Return whether the compositor of WAYLAND_DISPLAY takes a connection."""
    name = environ["WAYLAND_DISPLAY"]
    path = Path(environ.get("XDG_RUNTIME_DIR", "/run/user/unknown")) / name
    return _unix_answers(str(path))


def _unix_answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(address)
        except OSError:
            return False
    return True


def _missing_library(platforms: list[str]) -> str | None:
    """Return which library Qt lacks and the line that installs it, or None."""
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        return library_words(error)
    plugins = Path(PySide6.QtWidgets.__file__).parent / "Qt" / "plugins" / "platforms"
    errors = [_unloadable(plugins, platform) for platform in platforms]
    return errors[0] if errors and all(errors) else None


def _unloadable(plugins: Path, platform: str) -> str | None:
    """Return why a platform's plugin cannot be loaded, or None; a plugin that lies elsewhere is Qt's affair."""
    import ctypes

    for plugin in sorted(plugins.glob(f"libq{platform}*.so")):
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            return library_words(error)
        return None
    return None


if __name__ == "__main__":
    sys.exit(main())
