"""Work off the main thread, told back on it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from ikt_coder.core.errors import Cancelled, UserError

_log = logging.getLogger(__name__)

_TELL_EVERY = 0.05
"""Seconds between two reports of progress, so that the window is not flooded."""
_COME_BACK = 5
"""Milliseconds a worker is given to come back from telling its outcome."""

Work = Callable[["Progress"], Any]
"""Runs on the worker; returns the result, raises :class:`Cancelled` when it was asked to stop."""


class Progress:
    """What the work uses to tell how far it is and to learn whether to stop."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._told = float("-inf")

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next :meth:`report` or :meth:`check`."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def check(self) -> None:
        """Raise :class:`Cancelled` where the person has asked to stop."""
        if self._stop.is_set():
            raise Cancelled

    def report(self, done: int, whole: int, now: str = "") -> None:
        """Say that ``done`` of ``whole`` (0: not known) is done and ``now`` comes next.

        Raises :class:`Cancelled` as :meth:`check` does.
        """
        self.check()
        moment = time.monotonic()
        if moment - self._told >= _TELL_EVERY or done >= whole > 0:
            self._told = moment
            self._tell(done, whole, now)

    def __call__(self, done: int, whole: int, now: str = "") -> None:
        """The same as :meth:`report`, for services that take a plain function."""
        self.report(done, whole, now)


class Task(QObject):
    """One piece of work. All signals come on the main thread; ``ended`` comes last, always."""

    progressed = Signal(int, int, str)
    """done, whole (0: not known), what is being done"""
    succeeded = Signal(object)
    failed = Signal(object)
    """The exception: a ``UserError`` or a bug. Not sent for :class:`Cancelled`."""
    was_cancelled = Signal()
    ended = Signal()
    _told = Signal(int, int, str)
    _outcome = Signal(object, object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        # Through slots of this object, which lives on the main thread: a plain function that
        # listens would otherwise be called on the worker.
        self.progress = Progress(self._told.emit)
        self.started_at = time.monotonic()
        self.running = True
        self.left = threading.Event()
        """Set when the worker no longer holds this object."""
        self._told.connect(self._pass_on)
        self._outcome.connect(self._deliver)

    def cancel(self) -> None:
        """Ask the work to stop."""
        self.progress.cancel()

    def time_left(self, done: int, whole: int) -> float | None:
        """Seconds still to go at the pace so far; None while that would be a guess."""
        spent = time.monotonic() - self.started_at
        if done <= 0 or whole <= 0 or spent < 1.0:
            return None
        return spent / done * (whole - done)

    def _run(self) -> None:
        """On the worker thread."""
        result: object = None
        error: BaseException | None = None
        try:
            self.progress.check()
            result = self._work(self.progress)
        except BaseException as caught:  # noqa: BLE001 - told to the main thread, which reports it
            error = caught
        self._outcome.emit(result, error)

    def _pass_on(self, done: int, whole: int, now: str) -> None:
        self.progressed.emit(done, whole, now)

    def _deliver(self, result: object, error: BaseException | None) -> None:
        self.running = False
        if error is None:
            self.succeeded.emit(result)
        elif isinstance(error, Cancelled):
            self.was_cancelled.emit()
        else:
            self.failed.emit(error)
        self.ended.emit()


class _Runnable(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task._run()
        self._task.left.set()


class Tasks(QObject):
    """Runs work: what writes one after the other on one thread, what reads beside it.

    ``report`` is called on the main thread with errors that nobody listens to a task for.
    """

    busy_changed = Signal(bool)

    def __init__(
        self, report: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._report = report
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(2)
        for pool in (self._writer, self._readers):
            pool.setExpiryTimeout(-1)  # a thread keeps its connection to the project
        self._tasks: set[Task] = set()

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    def run(
        self,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        writes: bool = False,
    ) -> Task:
        """Start ``work`` and return its task.

        ``done`` gets the result on the main thread; ``failed`` the error instead of ``report``.
        Work that changes the project says ``writes``: such work never overlaps.
        """
        task = Task(work, self)
        if done is not None:
            task.succeeded.connect(done)
        task.failed.connect(failed or self._report)
        task.ended.connect(lambda: self._forget(task))
        self._tasks.add(task)
        if len(self._tasks) == 1:
            self.busy_changed.emit(True)
        (self._writer if writes else self._readers).start(_Runnable(task))
        return task

    def cancel_all(self) -> None:
        for task in list(self._tasks):
            task.cancel()

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait for the threads, when the window closes; False where time ran out."""
        return self._writer.waitForDone(milliseconds) and self._readers.waitForDone(milliseconds)

    def _forget(self, task: Task) -> None:
        self._tasks.discard(task)
        self._bury(task)
        if not self._tasks:
            self.busy_changed.emit(False)

    def _bury(self, task: Task) -> None:
        # The worker may not have come back from telling the outcome yet: what it still stands
        # in must not be deleted under it.
        if task.left.is_set():
            task.deleteLater()
        else:
            QTimer.singleShot(_COME_BACK, self, lambda: self._bury(task))


def is_known(error: BaseException) -> bool:
    """Whether ``error`` is a failure with words for the person, not a bug."""
    return isinstance(error, UserError)
