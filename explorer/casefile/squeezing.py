"""Columns in less room: numbers in as few bytes as they need, and what repeats itself packed (design §6).

Most numbers of a case are small or grow step by step; packed quickly, they take a tenth of the room.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
#: How the bytes of a column lie: as they are, or packed; its numbers as they are, as steps, or with holes (NaN).
_PLAIN, _PACKED = b"p", b"z"
_AS_IS, _STEPS, _HOLES, _TEXT = b"=", b"+", b"?", b"t"
_KINDS = ("i1", "i2", "i4", "i8")
#: Stands for NaN among small whole numbers.
_HOLE = -(2**15)
#: zlib's quickest: the next better takes half as long again for a tenth less.
_LEVEL = 1
#: Bytes before what may be packed: how the numbers lie, and their type.
_HEAD = 3


def squeezed(body: bytes, stored: str) -> bytes:
    """Return the bytes of an array (stored: its type, little-endian; "" for text) in less room."""
    if not stored:
        return _TEXT + b"  " + _packed(body)
    array = np.frombuffer(body, stored)
    how, narrow, first = _AS_IS, array, b""
    if array.dtype.kind == "f":
        holes = _with_holes(array)
        if holes is not None:
            how, narrow = _HOLES, holes
    elif array.itemsize > 1 and array.size:
        how, narrow = _narrowed(array)
        first = int(array[0]).to_bytes(8, "little", signed=True) if how == _STEPS else b""
    return how + narrow.dtype.str[1:].encode() + first + _packed(narrow.tobytes())


def unsqueezed(body: bytes, stored: str, most: int) -> bytes:
    """Return the bytes of an array as squeezed() took them; raises ValueError where they are not of its making.

    most: bytes that it may have.
    """
    how, kind, rest = body[:1], body[1:3].decode("ascii"), body[_HEAD:]
    first, rest = (rest[:8], rest[8:]) if how == _STEPS else (b"", rest)
    data = _unpacked(rest, most)
    if not stored or how == _TEXT:
        if stored or how != _TEXT:
            raise ValueError(how)
        return data
    wide = np.dtype(stored)
    if kind not in (*_KINDS, wide.str[1:]) or len(data) // np.dtype(kind).itemsize * wide.itemsize > most:
        raise ValueError(kind)
    array = np.frombuffer(data, f"<{kind}")
    if how == _STEPS:
        found = np.cumsum(array, dtype=np.int64)
        found += np.int64(int.from_bytes(first, "little", signed=True))
        return found.astype(wide).tobytes()
    if how == _HOLES:
        floats = array.astype(wide)
        floats[array == _HOLE] = np.nan
        return floats.tobytes()
    if how != _AS_IS:
        raise ValueError(how)
    return array.astype(wide, copy=False).tobytes()


def _packed(data: bytes) -> bytes:
    packed = zlib.compress(data, _LEVEL)
    return _PACKED + packed if len(packed) < len(data) else _PLAIN + data


def _unpacked(rest: bytes, most: int) -> bytes:
    if rest[:1] == _PLAIN:
        return rest[1:]
    if rest[:1] != _PACKED:
        raise ValueError(rest[:1])
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(rest[1:], most)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not unpacking.eof:
        raise ValueError(len(data))
    return data


def _narrowed(array: Numbers) -> tuple[bytes, Numbers]:
    """Return whole numbers, or the steps between them where those are smaller, in the narrowest type."""
    values = array.astype(np.int64, copy=False)
    here = _narrowest(values)
    if here == _KINDS[0]:
        return _AS_IS, values.astype(here)
    steps = np.diff(values, prepend=values[:1])  # the first stands apart
    there = _narrowest(steps)
    if np.dtype(there).itemsize < np.dtype(here).itemsize:
        return _STEPS, steps.astype(there)
    return _AS_IS, values.astype(here)


def _narrowest(values: NDArray[np.int64]) -> str:
    low, high = int(values.min()), int(values.max())
    return next(kind for kind in _KINDS if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)


def _with_holes(array: Numbers) -> Numbers | None:
    """Return floats as small whole numbers, NaN as a hole; None where they are none."""
    absent = np.isnan(array)
    whole = np.where(absent, 0.0, array)
    if array.size == 0 or np.abs(whole).max() >= -_HOLE or np.signbit(whole).any() or (whole % 1).any():
        return None
    narrow = whole.astype("<i2")
    narrow[absent] = _HOLE
    return narrow
