"""Work off the main thread is told on it, cancels, and writing never overlaps."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import Cancelled, UnreadableFile
from ikt_coder.ui.tasks import Progress, Tasks, is_known


class Desk:
    """Tasks with a list of what was reported."""

    def __init__(self) -> None:
        self.reported: list[BaseException] = []
        self.tasks = Tasks(self.reported.append)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.tasks.cancel_all()
    assert made.tasks.wait(5000)


def test_the_result_comes_on_the_main_thread(qtbot: QtBot, desk: Desk) -> None:
    threads: list[int] = []

    def work(progress: Progress) -> int:
        threads.append(threading.get_ident())
        return 42

    got: list[tuple[int, int]] = []
    task = desk.tasks.run(work, done=lambda value: got.append((value, threading.get_ident())))
    assert desk.tasks.busy
    with qtbot.waitSignal(task.ended):
        pass
    assert got == [(42, threading.get_ident())]
    assert threads[0] != threading.get_ident()
    assert not desk.tasks.busy


def test_progress_ends_with_the_last_step(qtbot: QtBot, desk: Desk) -> None:
    def work(progress: Progress) -> None:
        for step in range(1, 1001):
            progress.report(step, 1000, f"step {step}")

    told: list[tuple[int, int, str]] = []
    threads: set[int] = set()

    def listen(done: int, whole: int, now: str) -> None:
        threads.add(threading.get_ident())
        told.append((done, whole, now))

    task = desk.tasks.run(work)
    task.progressed.connect(listen)
    with qtbot.waitSignal(task.ended):
        pass
    assert told[-1] == (1000, 1000, "step 1000")
    assert len(told) < 100
    assert threads == {threading.get_ident()}


def test_cancel_stops_the_work(qtbot: QtBot, desk: Desk) -> None:
    started, go_on = threading.Event(), threading.Event()
    steps: list[int] = []

    def work(progress: Progress) -> None:
        started.set()
        assert go_on.wait(5)
        progress.check()
        steps.append(1)

    task = desk.tasks.run(work)
    assert started.wait(5)
    task.cancel()
    with qtbot.waitSignals([task.was_cancelled, task.ended]):
        go_on.set()
    assert steps == []
    assert desk.reported == []


def test_work_cancelled_before_it_starts_never_runs(qtbot: QtBot, desk: Desk) -> None:
    first_runs, hold = threading.Event(), threading.Event()
    ran: list[str] = []

    def first(progress: Progress) -> None:
        first_runs.set()
        assert hold.wait(5)

    desk.tasks.run(first, writes=True)
    second = desk.tasks.run(lambda progress: ran.append("second"), writes=True)
    assert first_runs.wait(5)
    second.cancel()
    with qtbot.waitSignal(second.was_cancelled):
        hold.set()
    assert ran == []


def test_writing_work_never_overlaps_and_keeps_its_order(qtbot: QtBot, desk: Desk) -> None:
    inside = threading.Lock()
    order: list[int] = []

    def writer(number: int) -> None:
        assert inside.acquire(blocking=False)
        order.append(number)
        inside.release()

    tasks = [desk.tasks.run(lambda _p, n=n: writer(n), writes=True) for n in range(20)]
    with qtbot.waitSignals([task.ended for task in tasks]):
        pass
    assert order == list(range(20))
    assert desk.reported == []


@pytest.mark.parametrize("error", [UnreadableFile("It is empty."), ZeroDivisionError("x")])
def test_an_error_nobody_listens_for_is_reported(
    qtbot: QtBot, desk: Desk, error: Exception
) -> None:
    def work(progress: Progress) -> None:
        raise error

    task = desk.tasks.run(work)
    with qtbot.waitSignal(task.ended):
        pass
    assert desk.reported == [error]
    assert is_known(error) is isinstance(error, UnreadableFile)


def test_a_listener_gets_the_error_instead(qtbot: QtBot, desk: Desk) -> None:
    def work(progress: Progress) -> None:
        raise UnreadableFile("It is empty.")

    heard: list[BaseException] = []
    task = desk.tasks.run(work, failed=heard.append)
    with qtbot.waitSignal(task.ended):
        pass
    assert [str(error) for error in heard] == ["It is empty."]
    assert desk.reported == []


def test_progress_as_a_plain_function_cancels_too() -> None:
    told: list[tuple[int, int, str]] = []
    progress = Progress(lambda *words: told.append(words))
    progress(1, 2, "a")
    progress.cancel()
    with pytest.raises(Cancelled):
        progress(2, 2, "b")
    assert told == [(1, 2, "a")]


def test_time_left_follows_the_pace(desk: Desk, qtbot: QtBot) -> None:
    task = desk.tasks.run(lambda progress: None)
    with qtbot.waitSignal(task.ended):
        assert task.time_left(0, 10) is None
        task.started_at -= 10
        left = task.time_left(5, 10)
    assert left is not None
    assert 9.9 < left < 11
