"""How a page keeps up with the project: it is read off the main thread, only while somebody
looks, once for several changes, and the newest reading wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ikt_coder.ui.tasks import Progress, Task, Tasks

T = TypeVar("T")

_SOON = 25
"""Milliseconds in which several changes become one reading."""


class FreshReading(QObject, Generic[T]):
    """The readings of one page.

    ``begin`` is called on the main thread when a reading starts: it looks at what is asked for
    now and returns the work that reads it. ``show`` gets what was read, on the main thread,
    unless something else was asked for meanwhile. Where the page is not seen then, it is read
    again when it is. Failures go to ``failed``, else to where the tasks report theirs.
    """

    progressed = Signal(int, int, str)
    """done, whole (0: not known), what is being read"""

    def __init__(
        self,
        page: QWidget,
        tasks: Tasks,
        begin: Callable[[], Callable[[Progress], T]],
        show: Callable[[T], None],
        *,
        failed: Callable[[BaseException], object] | None = None,
        soon: int = _SOON,
    ) -> None:
        super().__init__(page)
        self._page, self._tasks = page, tasks
        self._begin, self._show, self._failed = begin, show, failed
        self._number = 0
        self._shown = 0
        self._stale = True
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=soon)
        self._soon.timeout.connect(self.refresh)
        page.installEventFilter(self)

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return not self._stale and not self._soon.isActive() and self._shown == self._number

    @property
    def under_way(self) -> bool:
        """Whether something was asked for that is not shown yet."""
        return self._shown != self._number

    def outdate(self) -> None:
        """What is shown no longer holds: read soon, or when the page is seen again."""
        self._stale = True
        if self._page.isVisible():
            self._soon.start()

    def ask(self) -> None:
        """Something else is asked for: read at once, or when the page is seen again."""
        self._stale = True
        if self._page.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read anew; a reading that is under way is given up."""
        self._soon.stop()
        self._stale = False
        self._number += 1
        if self._task is not None:
            self._task.cancel()
        number, work = self._number, self._begin()

        def numbered(progress: Progress) -> tuple[int, T]:
            return number, work(progress)

        self._task = self._tasks.run(numbered, done=self._read, failed=self._told_failure())
        self._task.progressed.connect(self._told)

    def drop(self) -> None:
        """Give up what is being read: what is shown was settled otherwise."""
        self._number += 1
        self._shown = self._number
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _told_failure(self) -> Callable[[BaseException], object] | None:
        if self._failed is None:
            return None
        number, failed = self._number, self._failed

        def tell(error: BaseException) -> None:
            if number == self._number:
                self._shown, self._task = number, None
                failed(error)

        return tell

    # A method of this object: Qt forgets it when the page is gone before the reading.
    def _read(self, answer: tuple[int, Any]) -> None:
        number, found = answer
        if number != self._number:
            return
        self._task = None
        if not self._page.isVisible():
            # Another place is shown, or the project is being closed: nothing more is read.
            self._stale = True
            return
        self._shown = number
        self._show(found)

    def _told(self, done: int, whole: int, now: str) -> None:
        if self.under_way:
            self.progressed.emit(done, whole, now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page:
            if event.type() == QEvent.Type.Show and self._stale:
                self.refresh()
            elif event.type() == QEvent.Type.Hide:
                # What changed meanwhile is read when the page is shown again.
                self._soon.stop()
        return False
