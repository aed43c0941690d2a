"""Where resources lie: inside an installed wheel, else beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
#: First what the wheel carries (pyproject's force-include), then a checkout's own directory.
PLACES = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


class ResourceMissingError(FileNotFoundError):
    """A file that belongs to the program is not there: the installation is incomplete."""


def resource(name: str) -> Path:
    """Return the path of a resource such as "sample.case.json" or "fonts/NotoSans-Regular.ttf".

    Raises ResourceMissingError, in words that say where it was looked for.
    """
    for place in PLACES:
        path = place / name
        if path.exists():
            return path
    looked = " and ".join(str(place) for place in PLACES)
    raise ResourceMissingError(
        f"the program's own file {name} is missing; looked in {looked}. Install dateline again."
    )
