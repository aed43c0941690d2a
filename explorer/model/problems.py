"""What is wrong with an input, said so that its author can mend it: where, what was found and expected."""

from __future__ import annotations

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
