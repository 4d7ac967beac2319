"""A pattern that explodes: the window goes on, Stop is heard, and the next search is answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.services import search
from ikt_coder.ui.search.page import SearchPage
from tests.studies import add_talk
from tests.ui.retrieval.conftest import Desk

EXPLODING = SearchQuery("(a+)+b", Mode.REGEX)
LEFT = Qt.MouseButton.LeftButton


class Pulse:
    """How long the event loop was away at most, in milliseconds."""

    def __init__(self) -> None:
        self.longest = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._clock.start()
        self._timer.start()

    def _beat(self) -> None:
        self.longest = max(self.longest, self._clock.restart())


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SearchPage]:
    add_talk(desk.project, "P01: " + "a" * 3000 + "\n", "Long", ("P01",))
    window = QMainWindow()
    made = SearchPage(desk.context, window)
    window.setCentralWidget(made)
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: made.up_to_date)
    yield made
    desk.context.tasks.wait(20_000)
    window.close()
    shiboken6.delete(window)


def test_the_window_answers_while_the_pattern_runs_into_its_limit(
    page: SearchPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SECONDS", 1.0)
    pulse = Pulse()
    pulse.start()
    page.search(EXPLODING)
    qtbot.waitUntil(lambda: page.up_to_date and not page.stop_button.isVisible(), timeout=20_000)
    assert pulse.longest < 700  # an event loop that waited would be away for the second
    said = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "The pattern takes too long" in said
    assert page.hits.model.rowCount() == 0


def test_stop_is_heard_and_the_next_search_answered(
    page: SearchPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SECONDS", 6.0)
    page.search(EXPLODING)
    qtbot.waitUntil(page.stop_button.isVisible, timeout=5000)
    qtbot.mouseClick(page.stop_button, LEFT)
    assert not page.stop_button.isVisible()
    clock = QElapsedTimer()
    clock.start()
    page.search(SearchQuery("slides"))
    qtbot.waitUntil(lambda: page.up_to_date and page.hits.model.rowCount() > 0, timeout=20_000)
    assert clock.elapsed() < 4000
