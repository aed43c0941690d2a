from __future__ import annotations

import threading
from typing import Any

import pytest

from explorer.workspace.jobs import Jobs, Landed, Progressed


@pytest.fixture
def jobs(qapp: Any) -> Any:
    made = Jobs()
    yield made
    made.close()


def test_a_result_lands_on_the_thread_of_the_window(jobs: Jobs, qtbot: Any) -> None:
    where: list[Any] = []
    jobs.landed.connect(lambda message: where.append(threading.current_thread()))
    with qtbot.waitSignal(jobs.landed) as landed:
        jobs.start("a", lambda ticket: threading.current_thread())
    assert landed.args[0].value is not threading.main_thread()
    assert where == [threading.main_thread()]


def test_an_error_travels_with_the_result(jobs: Jobs, qtbot: Any) -> None:
    with qtbot.waitSignal(jobs.landed) as landed:
        jobs.start("a", lambda ticket: 1 / 0)
    assert isinstance(landed.args[0], Landed)
    assert isinstance(landed.args[0].error, ZeroDivisionError)


def test_only_the_latest_of_a_key_lands(jobs: Jobs, qtbot: Any) -> None:
    gate = threading.Event()
    heard: list[Any] = []
    jobs.landed.connect(lambda message: heard.append(message.value))

    def first(ticket: Any) -> int:
        gate.wait(5)
        return 1

    jobs.start("a", first)
    with qtbot.waitSignal(jobs.landed):
        jobs.start("a", lambda ticket: 2)
        gate.set()
    assert heard == [2]


def test_progress_is_told_while_the_job_runs(jobs: Jobs, qtbot: Any) -> None:
    heard: list[Any] = []
    jobs.progressed.connect(heard.append)

    def work(ticket: Any) -> None:
        ticket.progress(0.5, "half")

    with qtbot.waitSignal(jobs.landed):
        jobs.start("a", work)
    assert [(type(m), m.fraction, m.words) for m in heard] == [(Progressed, 0.5, "half")]


def test_a_cancelled_job_is_told_so_and_never_lands(jobs: Jobs) -> None:
    seen: list[bool] = []
    begun, gate = threading.Event(), threading.Event()

    def work(ticket: Any) -> None:
        begun.set()
        gate.wait(5)
        seen.append(ticket.cancelled())

    heard: list[Any] = []
    jobs.landed.connect(heard.append)
    jobs.start("a", work)
    assert begun.wait(5)
    jobs.cancel("a")
    gate.set()
    jobs.close()
    assert seen == [True]
    assert heard == []
    assert not jobs.running("a")
