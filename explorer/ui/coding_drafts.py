"""Drafts of open forms on disk, beside the settings: one file for each case, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from explorer.edit.keeping import Kept, as_json, drafts_of
from explorer.ui.settings import Settings


class Drafts:
    """The drafts kept for the cases of this user."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.folder / "drafts"

    def of(self, case: str) -> list[Kept]:
        """Return the drafts of a case, the latest last; none where the file is missing or damaged."""
        try:
            return drafts_of(self._file(case).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return []

    def keep(self, case: str, kept: Kept) -> None:
        """Keep a draft in the place of the one of the same name. Raises OSError where it cannot be written."""
        others = [each for each in self.of(case) if each.name != kept.name]
        self._write(case, [*others, kept])

    def drop(self, case: str, name: str) -> None:
        """Forget a draft. Raises OSError where that cannot be written."""
        before = self.of(case)
        after = [each for each in before if each.name != name]
        if after != before:
            self._write(case, after)

    def _write(self, case: str, drafts: list[Kept]) -> None:
        file = self._file(case)
        if not drafts:
            file.unlink(missing_ok=True)
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".part")
        text = json.dumps([as_json(each) for each in drafts], ensure_ascii=False)
        with half.open("w", encoding="utf-8", errors="surrogatepass") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)

    def _file(self, case: str) -> Path:
        digest = hashlib.sha256(case.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{digest[:24]}.json"
