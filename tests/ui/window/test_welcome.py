"""The welcome view: recent projects, those that are gone, and the ways to begin."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from ikt_coder.settings import RECENT_PROJECTS, Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.welcome.recent_projects import day_words
from ikt_coder.ui.welcome.view import WelcomeView


@pytest.fixture
def view(appearance: Appearance, settings: Settings, tmp_path: Path, qtbot: QtBot) -> WelcomeView:
    there = tmp_path / "There.ikt"
    there.touch()
    settings.set(RECENT_PROJECTS, (str(there), str(tmp_path / "Gone.ikt")))
    view = WelcomeView(appearance, settings)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    view.focus_first()
    return view


def press_row(view: WelcomeView, row: int, qtbot: QtBot) -> None:
    place = view.list.visualRect(view.model.index(row)).center()
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_project_opens_it(view: WelcomeView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.open_asked) as asked:
        press_row(view, 0, qtbot)
    assert asked.args == [tmp_path / "There.ikt"]


def test_enter_opens_the_newest(view: WelcomeView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.open_asked) as asked:
        qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert asked.args == [tmp_path / "There.ikt"]


def test_a_missing_project_is_explained_and_can_be_removed(
    view: WelcomeView, qtbot: QtBot, settings: Settings
) -> None:
    press_row(view, 1, qtbot)
    assert "Gone.ikt" in view.bar.message()
    remove = next(b for b in view.bar.buttons() if b.text() == "Remove from this list")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert [Path(name).name for name in settings.get(RECENT_PROJECTS)] == ["There.ikt"]
    assert view.model.rowCount() == 1


def test_delete_takes_a_project_out_of_the_list(
    view: WelcomeView, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    assert view.model.rowCount() == 1
    assert (tmp_path / "There.ikt").exists()


def test_without_projects_the_view_says_what_to_do(
    appearance: Appearance, settings: Settings, qtbot: QtBot
) -> None:
    view = WelcomeView(appearance, settings)
    qtbot.addWidget(view)
    view.show()
    assert not view.list.isVisible()
    with qtbot.waitSignal(view.new_asked):
        qtbot.mouseClick(view.new_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.sample_asked):
        qtbot.mouseClick(view.sample_button, Qt.MouseButton.LeftButton)


def drop(view: WelcomeView, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(QPoint(20, 20)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dropEvent(event)


def test_a_dropped_project_opens(view: WelcomeView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.open_asked) as asked:
        drop(view, tmp_path / "Study.ikt")
    assert asked.args == [tmp_path / "Study.ikt"]


def test_a_dropped_transcript_is_told_where_it_belongs(view: WelcomeView, tmp_path: Path) -> None:
    drop(view, tmp_path / "interview.docx")
    assert "interview.docx" in view.bar.message()


def test_days_are_named_as_people_do() -> None:
    now = datetime(2026, 3, 14, 15, 0)
    assert day_words(datetime(2026, 3, 14, 9, 5), now).startswith("today ")
    assert day_words(datetime(2026, 3, 13, 23, 59), now) == "yesterday"
    assert day_words(datetime(2026, 1, 2), now) == "2 January"
    assert day_words(datetime(2025, 12, 31), now) == "31 December 2025"
