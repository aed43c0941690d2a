"""The door: python -m explorer and the command dateline; says what is missing before Qt aborts (ecosystem.md §4)."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

#: What a bare Debian or Ubuntu needs; the README has the same line.
APT_LINE = (
    "sudo apt install -y libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libgssapi-krb5-2 "
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)
_INSTEAD = "`dateline export` and `dateline query` work without one."
#: Platforms of Qt that need a display server; any other (offscreen, vnc, eglfs …) needs none.
_NEEDS = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
_X11_SOCKETS = "/tmp/.X11-unix/X"


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return 0 done, 1 a problem of the input, 2 wrong usage, no display, no library."""
    from explorer import cli

    try:
        return cli.main(argv, preflight=lambda: preflight(os.environ))
    except ImportError as error:
        print(f"dateline: {library_words(error)}", file=sys.stderr)
        return 2


def preflight(environ: Mapping[str, str]) -> str | None:
    """Return in one line why no window can be opened here, or None; Qt itself would abort with a core dump."""
    if not sys.platform.startswith("linux"):
        return _missing_library([])
    wanted = [p.partition(":")[0] for p in environ.get("QT_QPA_PLATFORM", "").split(";") if p]
    platforms = [p.partition("-")[0] for p in wanted] or ["wayland", "xcb"]
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
    return missing


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


def library_words(error: Exception) -> str:
    """Return in one line which system library is missing and how to install it."""
    said = str(error)
    name = said.partition(":")[0]
    if ".so" not in name:
        return f"Qt cannot be loaded: {' '.join(said.split())}. On Debian and Ubuntu: {APT_LINE}"
    return f"the system library {name} is missing. On Debian and Ubuntu: {APT_LINE}"


if __name__ == "__main__":
    sys.exit(main())
