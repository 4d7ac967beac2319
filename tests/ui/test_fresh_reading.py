"""A page keeps up with the project: once for several changes, while it is seen, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress, Tasks


class Page(QWidget):
    """Asks for ``asked`` and notes what was begun and shown."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.asked = 0
        self.begun: list[int] = []
        self.shown: list[int] = []
        self.failures: list[BaseException] = []
        self.reading = FreshReading(
            self, tasks, self._begin, self.shown.append, failed=self.failures.append
        )

    def _begin(self) -> Callable[[Progress], int]:
        asked = self.asked
        self.begun.append(asked)

        def work(progress: Progress) -> int:
            progress(1, 2)
            if asked < 0:
                raise UserError("It cannot be read.")
            return asked

        return work


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    tasks = Tasks(lambda error: pytest.fail(str(error)))
    made = Page(tasks)
    qtbot.addWidget(made)
    yield made
    tasks.wait()


def settled(qtbot: QtBot, page: Page) -> None:
    qtbot.waitUntil(lambda: page.reading.up_to_date)


def test_nothing_is_read_before_the_page_is_seen(qtbot: QtBot, page: Page) -> None:
    page.reading.outdate()
    page.reading.ask()
    assert page.begun == []
    page.show()
    settled(qtbot, page)
    assert page.begun == page.shown == [0]


def test_several_changes_are_one_reading(qtbot: QtBot, page: Page) -> None:
    page.show()
    settled(qtbot, page)
    for _ in range(5):
        page.reading.outdate()
    assert not page.reading.up_to_date
    settled(qtbot, page)
    assert page.begun == [0, 0]


def test_what_was_asked_for_last_is_shown(qtbot: QtBot, page: Page) -> None:
    page.show()
    for page.asked in (1, 2, 3):
        page.reading.ask()
    settled(qtbot, page)
    assert page.begun == [0, 1, 2, 3]
    assert page.shown == [3]


def test_a_page_that_is_left_meanwhile_reads_again_when_it_is_seen(
    qtbot: QtBot, page: Page
) -> None:
    page.show()
    page.hide()
    qtbot.waitUntil(lambda: page.reading._task is None)
    assert page.shown == []
    page.asked = 7
    page.show()
    settled(qtbot, page)
    assert page.shown == [7]


def test_changes_while_it_is_not_seen_are_read_once_it_is(qtbot: QtBot, page: Page) -> None:
    page.show()
    settled(qtbot, page)
    page.reading.outdate()
    page.hide()
    page.reading.outdate()
    assert page.begun == [0]
    page.show()
    settled(qtbot, page)
    assert page.begun == [0, 0]


def test_what_is_dropped_is_not_shown(qtbot: QtBot, page: Page) -> None:
    page.show()
    settled(qtbot, page)
    page.asked = 1
    page.reading.ask()
    page.reading.drop()
    assert page.reading.up_to_date
    page.asked = 2
    page.reading.ask()
    settled(qtbot, page)
    assert page.shown == [0, 2]


def test_a_failure_is_told_once_and_the_next_reading_goes_on(qtbot: QtBot, page: Page) -> None:
    page.show()
    settled(qtbot, page)
    page.asked = -1
    page.reading.ask()
    settled(qtbot, page)
    assert [str(error) for error in page.failures] == ["It cannot be read."]
    page.asked = 4
    page.reading.ask()
    settled(qtbot, page)
    assert page.shown == [0, 4]


def test_progress_is_told(qtbot: QtBot, page: Page) -> None:
    told: list[tuple[int, int]] = []
    page.reading.progressed.connect(lambda done, whole, _now: told.append((done, whole)))
    page.show()
    settled(qtbot, page)
    assert told == [(1, 2)]
