"""What is wrong with an input, said so that its author can mend it: where, what was found and expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from explorer.words import tr


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a path such as events[12].time.edtf, what was found and expected, how to mend it."""

    path: str
    found: str
    expected: str
    mend: str = ""

    def __str__(self) -> str:
        line = tr("{path}: found {found}; expected {expected}").format(
            path=self.path or tr("the case"), found=self.found, expected=self.expected
        )
        return " ".join((f"{line} – {self.mend}" if self.mend else line).split())

    def under(self, prefix: str) -> Problem:
        """Return the same problem with its path below prefix: "time.edtf" under "events[12]"."""
        return replace(self, path=join_path(prefix, self.path))


def join_path(prefix: str, path: str) -> str:
    """Return prefix and path joined by a dot, unless one is empty or path begins with a bracket."""
    if not prefix or not path:
        return prefix or path
    return prefix + path if path.startswith("[") else f"{prefix}.{path}"


def shortened(value: object, limit: int = 80) -> str:
    """Return a value as it is found in JSON, in one line of at most limit characters."""
    text = value if isinstance(value, str) else _as_json(value)
    text = " ".join(text.split()) if len(text) < 10_000 else " ".join(text[:10_000].split())
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    return f'"{text}"' if isinstance(value, str) else text


def _as_json(value: object) -> str:
    """Return a value as JSON where it is short and plain, else what kind of value it is."""
    if value is None or isinstance(value, bool | int | float):
        names = {None: "null", True: "true", False: "false"}
        return names[value] if value is None or isinstance(value, bool) else str(value)
    if isinstance(value, Mapping):
        return tr("an object with {keys}").format(
            keys=", ".join(map(str, list(value)[:6])) or tr("no fields")
        )
    if isinstance(value, list | tuple):
        return tr("a list of {n}").format(n=len(value))
    return type(value).__name__
