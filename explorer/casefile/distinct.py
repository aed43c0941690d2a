"""Distinct values of a column: numpy's own way asks for masked arrays, which are slow to load and not used here."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Values from which numpy's hash table is worth loading numpy.ma for (about 15 ms, once).
LARGE = 100_000


def distinct(values: ArrayLike) -> NDArray[Any]:
    """Return the distinct values in ascending order; values without NaN, of any shape."""
    array = np.asarray(values)
    if array.size >= LARGE:
        return np.unique(array)
    ordered = np.sort(array, axis=None)
    first = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]
