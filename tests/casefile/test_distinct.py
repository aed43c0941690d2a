"""distinct() is np.unique without its imports."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.casefile.distinct import LARGE, distinct


@pytest.mark.parametrize("size", [0, 1, 7, 500, LARGE + 1])
@pytest.mark.parametrize("kind", [np.int8, np.int64, np.float64, np.bool_])
def test_it_finds_what_numpy_finds(size: int, kind: type) -> None:
    values = np.random.default_rng(size).integers(0, 90, size).astype(kind)
    found = distinct(values)
    assert found.dtype == values.dtype
    assert found.tolist() == np.unique(values).tolist()


def test_it_takes_lists_and_tables() -> None:
    assert distinct([[3, 1], [1, 2]]).tolist() == [1, 2, 3]
