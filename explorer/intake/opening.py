"""The one door for a case, whatever it is given as: the sample, a case file, or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from explorer.assets import resource
from explorer.casefile.schema import MAGIC
from explorer.casefile.store import CaseFile
from explorer.model.records import LISTS, Case, CaseHeader

Progress = Callable[[float, str], None]


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Opening was given up because the user asked for it."""


def open_case(
    source: str | Path, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> CaseFile:
    """Open a case: the word "sample", a case file, or a JSON case, told apart by their content."""
    path = resource("sample.case.json") if str(source) == "sample" else Path(source)
    with path.open("rb") as file:
        if file.read(len(MAGIC)) == MAGIC:
            return CaseFile.open(path)
    case = Case.model_validate(json.loads(path.read_text(encoding="utf-8-sig")))
    header = CaseHeader.model_validate({key: getattr(case, key) for key in CaseHeader.model_fields})
    opened = CaseFile.temporary_file(header)
    opened.append(record for name in LISTS for record in getattr(case, name))
    return opened
