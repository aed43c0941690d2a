"""What merged records count for: the one that stays at the end of their redirects (model.md §3, §5).

Where nothing is merged all of this is empty, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Raw = Mapping[str, Any]


def redirects(records: Iterable[Raw]) -> dict[str, str]:
    """Return merged record -> the one it says it was merged into."""
    return {record["id"]: record["merged_into"] for record in records if "merged_into" in record}


def settled(into: Mapping[str, str], is_known: Callable[[str], bool]) -> dict[str, str]:
    """Return merged record -> the one that stays; without those that come back to themselves or lead nowhere."""
    found = {record: _end(record, into, is_known) for record in into}
    return {record: stays for record, stays in found.items() if stays != record}


def _end(record: str, into: Mapping[str, str], is_known: Callable[[str], bool]) -> str:
    """Return the end of a chain; of a circle, which only a damaged file has, its first in the alphabet."""
    chain = [record]
    while (target := into.get(chain[-1])) is not None and is_known(target):
        if target in chain:
            return min(chain[chain.index(target) :])
        chain.append(target)
    return chain[-1]


class Redirected(Mapping[str, int]):
    """Record -> its row or index, where a merged one has that of the record which stays; it lists no merged ones."""

    def __init__(self, own: Mapping[str, int], merged: Mapping[str, str]) -> None:
        self._own, self._merged = own, merged

    def __getitem__(self, key: str) -> int:
        return self._own[self._merged.get(key, key)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def redirected(own: Mapping[str, int], merged: Mapping[str, str]) -> Mapping[str, int]:
    """Return own, with merged records leading to those that stay."""
    return Redirected(own, merged) if merged else own
