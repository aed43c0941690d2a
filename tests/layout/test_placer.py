from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from queue import Queue
from typing import Any

import numpy as np
import pytest

from explorer.layout import placer as module
from explorer.layout.force import Graph, stages
from explorer.layout.placechild import serve
from explorer.layout.placer import Placer, command
from explorer.layout.wire import GarbledError, Placed, read_answer, read_question, send_answer, send_question

PATIENCE = 30


def ring(count: int = 200) -> Graph:
    own = np.arange(count)
    return Graph(count, np.stack([own, (own + 1) % count], axis=1), np.ones(count))


@pytest.fixture
def heard() -> Queue[Placed]:
    return Queue()


@pytest.fixture
def placer(heard: Queue[Placed]) -> Any:
    made = Placer(heard.put)
    yield made
    made.close()
    if made._asking is not None:
        made._asking.join(PATIENCE)
        assert not made._asking.is_alive()
    assert not made.running()


def final(heard: Queue[Placed], generation: int) -> Placed:
    while True:
        placed = heard.get(timeout=PATIENCE)
        if placed.last and placed.generation == generation:
            return placed


def test_a_question_and_an_answer_come_through_as_they_were() -> None:
    made = Graph(3, np.array([[0, 1], [1, 2]]), np.array([1.0, 2.5]), np.array([[0.1, 0.2]] * 3), seed=7)
    pipe = io.BytesIO()
    send_question(pipe, 4, made)
    send_answer(pipe, Placed(4, np.array([[0.5, 0.25]]), last=True))
    pipe.seek(0)
    found = read_question(pipe)
    assert found is not None
    assert found[0] == 4
    assert (found[1].count, found[1].seed) == (3, 7)
    assert np.array_equal(found[1].pairs, made.pairs)
    assert np.array_equal(found[1].held, made.held)
    told = read_answer(pipe)
    assert told is not None
    assert (told.generation, told.last, told.places.tolist()) == (4, True, [[0.5, 0.25]])
    assert read_answer(pipe) is None


@pytest.mark.parametrize("data", [b"DL", b"something else entirely, and long enough"])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(GarbledError):
        read_answer(io.BytesIO(data))


def test_a_child_answers_stage_by_stage_with_the_same_places(placer: Placer, heard: Queue[Placed]) -> None:
    number = placer.ask(ring())
    stages_heard = [heard.get(timeout=PATIENCE)]
    while not stages_heard[-1].last:
        stages_heard.append(heard.get(timeout=PATIENCE))
    *_, here = stages(ring())
    assert len(stages_heard) > 3
    assert {one.generation for one in stages_heard} == {number}
    assert np.array_equal(stages_heard[-1].places, here)
    assert placer.running()


def test_the_newest_question_is_answered(placer: Placer, heard: Queue[Placed]) -> None:
    for count in (600, 500, 40):
        number = placer.ask(ring(count))
    assert len(final(heard, number).places) == 40


def test_where_no_child_can_be_started_the_work_is_done_here_and_the_log_says_so(
    placer: Placer, heard: Queue[Placed], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "command", lambda: ["/nowhere/at/all"])
    with caplog.at_level(logging.WARNING):
        number = placer.ask(ring(60))
        assert len(final(heard, number).places) == 60
    assert "in this process" in caplog.text
    assert not placer.running()


def test_what_a_killed_child_left_undone_is_done_here(placer: Placer, heard: Queue[Placed]) -> None:
    final(heard, placer.ask(ring(40)))
    assert placer._child is not None
    number = placer.ask(ring(2000))
    placer._child.kill()
    assert len(final(heard, number).places) == 2000


def test_the_child_ends_with_its_parent() -> None:
    env = {**os.environ, "PYTHONPATH": str(module._PACKAGES)}
    with subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as child:
        assert child.stdin is not None
        send_question(child.stdin, 1, ring(3000))  # type: ignore[arg-type]
        child.stdin.close()
        assert child.wait(PATIENCE) == 0


def test_the_child_loads_no_qt() -> None:
    code = "import sys, explorer.layout.placechild; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=module._PACKAGES
    )
    assert done.stdout.strip() == "[]"


def test_a_child_serves_until_its_input_ends() -> None:
    asked, told = io.BytesIO(), io.BytesIO()
    send_question(asked, 1, ring(30))
    asked.seek(0)
    serve(asked, told)  # the end comes at once: nothing hangs, and nothing is called final that is not
    told.seek(0)
    while (placed := read_answer(told)) is not None:
        assert not placed.last
