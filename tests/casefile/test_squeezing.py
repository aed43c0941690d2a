"""Columns in less room come back to the byte; what is no column of ours is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.casefile.squeezing import squeezed, unsqueezed

MOST = 2**24
STORED = ("|u1", "<u4", "<i4", "<i8", "<f8")


@pytest.mark.parametrize("stored", STORED)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_every_array_comes_back_to_the_byte(stored: str, data: st.DataObject) -> None:
    array = data.draw(arrays(stored, st.integers(0, 40)))
    if array.dtype.kind == "f":
        array = np.where(np.isnan(array), np.nan, array)  # one NaN, as columns have it
    body = array.astype(stored).tobytes()
    assert unsqueezed(squeezed(body, stored), stored, MOST) == body


def test_whole_numbers_with_holes_take_a_few_bytes_and_keep_a_minus() -> None:
    numbers = np.array([3.0, np.nan, 70.0] * 1000)
    assert len(squeezed(numbers.tobytes(), "<f8")) < 200
    for odd in ([-0.0, 1.0], [0.5], [1e6], [np.inf], [-32768.0]):
        body = np.array(odd).tobytes()
        assert unsqueezed(squeezed(body, "<f8"), "<f8", MOST) == body


def test_what_grows_step_by_step_takes_next_to_nothing() -> None:
    body = np.arange(1_000_000, 1_100_000, dtype="<i8").tobytes()
    assert len(squeezed(body, "<i8")) < 2000


def test_text_comes_back() -> None:
    assert unsqueezed(squeezed("Ḥalab".encode() * 3, ""), "", MOST) == "Ḥalab".encode() * 3


@pytest.mark.parametrize(
    "body",
    [b"", b"=", b"=i4", b"=i4x\x00", b"=i4z\x00\x00", b"!i1p\x00", b"=zzp\x00", b"=i4p\x00", b"t  pabc"],
)
def test_what_was_not_made_here_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        unsqueezed(body, "<i4", MOST)


def test_nothing_grows_past_what_is_allowed() -> None:
    with pytest.raises(ValueError, match=r".*"):
        unsqueezed(squeezed(bytes(100_000), "|u1"), "|u1", 10_000)
    with pytest.raises(ValueError, match=r".*"):
        unsqueezed(squeezed(bytes(80_000), "<i8"), "<i8", 10_000)
