"""Whether two tables of columns say the same, whatever the order in which they have their names."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from explorer.casefile.columns import EventTable


def told(table: EventTable) -> dict[str, Any]:
    """Return what a table says, whatever the order in which it has its names."""
    found = {path: value for path, value in leaves(table, "") if path not in {"tags.value", "mode"}}
    found["mode"] = [table.modes[code] for code in table.mode]
    found["tags.value"] = [table.tag_names[code] for code in table.tags.value]
    for name in ("modes", "tag_names"):
        found[name] = sorted(found[name])
    return found


def leaves(columns: Any, prefix: str) -> Any:
    for field in dataclasses.fields(columns):
        value, path = getattr(columns, field.name), prefix + field.name
        if dataclasses.is_dataclass(value):
            yield from leaves(value, f"{path}.")
        elif field.name != "titles":
            yield path, value


def assert_same(one: EventTable, other: EventTable) -> None:
    first, second = told(one), told(other)
    assert first.keys() == second.keys()
    for path, value in first.items():
        if isinstance(value, np.ndarray):
            assert value.dtype == second[path].dtype, path
            np.testing.assert_array_equal(value, second[path], path)
        elif isinstance(value, tuple | list | int):
            assert value == second[path], path
        else:
            assert list(value) == list(second[path]), path
    assert list(one.titles(range(len(one)))) == list(other.titles(range(len(other))))
