"""What parent and child say to each other about places: a head of fixed size, then plain arrays of numbers.

Question: ties int64 (m, 2), strength float64 (m,), and, where nodes lay before, float64 (count, 2). Answer: places
float64 (count, 2). Native byte order: both ends are on one machine. Nothing is unpacked that could be code.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.frozen import frozen
from explorer.layout.force import Graph, Points

Number = TypeVar("Number", bound=np.generic)
_HEAD = struct.Struct("=4sIIIqB")  # mark, generation, nodes, ties, seed, flag
_QUESTION, _ANSWER = b"DLQ1", b"DLA1"
#: More nodes or ties than this are no question of ours, but a broken pipe.
_MOST = 50_000_000


@frozen(eq=False)
class Placed:
    """One stage of places for the question of a generation; last: nothing follows."""

    generation: int
    places: Points
    last: bool


class GarbledError(Exception):
    """What came through the pipe is no message of ours, or half of one."""


def send_question(sink: BinaryIO, generation: int, graph: Graph) -> None:
    """Write a question. Raises OSError where nobody listens."""
    flag = 0 if graph.held is None else 1
    head = _HEAD.pack(_QUESTION, generation, graph.count, len(graph.pairs), graph.seed, flag)
    parts = [head, _bytes(graph.pairs, np.int64), _bytes(graph.strength, np.float64)]
    if graph.held is not None:
        parts.append(_bytes(graph.held, np.float64))
    sink.write(b"".join(parts))
    sink.flush()


def read_question(source: BinaryIO) -> tuple[int, Graph] | None:
    """Return the next question, None at the end. Raises GarbledError for anything else."""
    head = _head(source, _QUESTION)
    if head is None:
        return None
    generation, count, ties, seed, flag = head
    pairs = _array(source, np.int64, (ties, 2))
    strength = _array(source, np.float64, (ties,))
    held = _array(source, np.float64, (count, 2)) if flag else None
    return generation, Graph(count, pairs, strength, held, seed)


def send_answer(sink: BinaryIO, placed: Placed) -> None:
    """Write an answer. Raises OSError where nobody listens."""
    head = _HEAD.pack(_ANSWER, placed.generation, len(placed.places), 0, 0, int(placed.last))
    sink.write(head + _bytes(placed.places, np.float64))
    sink.flush()


def read_answer(source: BinaryIO) -> Placed | None:
    """Return the next answer, None at the end. Raises GarbledError for anything else."""
    head = _head(source, _ANSWER)
    if head is None:
        return None
    generation, count, _, _, last = head
    return Placed(generation, _array(source, np.float64, (count, 2)), bool(last))


def _head(source: BinaryIO, mark: bytes) -> tuple[int, int, int, int, int] | None:
    data = source.read(_HEAD.size)
    if not data:
        return None
    if len(data) < _HEAD.size:
        raise GarbledError("a head was cut off")
    found, generation, count, ties, seed, flag = _HEAD.unpack(data)
    if found != mark or max(count, ties) > _MOST:
        raise GarbledError("what came is no message about places")
    return generation, count, ties, seed, flag


def _bytes(array: NDArray[np.generic], kind: type[np.generic]) -> bytes:
    return np.ascontiguousarray(array, kind).tobytes()


def _array(source: BinaryIO, kind: type[Number], shape: tuple[int, ...]) -> NDArray[Number]:
    wanted = int(np.prod(shape)) * np.dtype(kind).itemsize
    data = source.read(wanted)
    if len(data) < wanted:
        raise GarbledError("an array was cut off")
    return np.frombuffer(data, kind).reshape(shape).copy()
