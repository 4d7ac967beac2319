"""A page of the Themes place over a small study coded with TDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.crosswalk_study import CrosswalkStudy


def _raise(error: BaseException) -> None:
    raise error


@dataclass
class PageDesk:
    study: CrosswalkStudy
    context: Context
    bot: QtBot
    page: Any  # what is tried
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)
    wanted: list[object] = field(default_factory=list)
    revealed: list[object] = field(default_factory=list)

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.page.up_to_date and not self.context.tasks.busy)

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key where the keyboard is now."""
        QTest.keyClick(self.focus(), key, modifiers)
        self.settle()

    @staticmethod
    def focus() -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def click(self, widget: QWidget) -> None:
        self.bot.waitUntil(lambda: widget.height() > 0)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()


@contextmanager
def desk_over(
    path: Path, bot: QtBot, appearance: Appearance, make: Callable[[Context], QWidget]
) -> Iterator[PageDesk]:
    """A page that is shown and reads, until the test is over."""
    study = CrosswalkStudy(path)
    context = Context(study.project, Settings.load(), appearance, Tasks(_raise))
    page = make(context)
    desk = PageDesk(study, context, bot, page)
    context.message.connect(lambda words, _undo: desk.said.append(words))
    context.failed.connect(desk.failures.append)
    context.passages_wanted.connect(desk.wanted.append)
    context.reveal_coding.connect(desk.revealed.append)
    bot.addWidget(page)
    page.resize(1180, 760)
    with bot.waitActive(page):
        page.show()
    desk.settle()
    try:
        yield desk
    finally:
        context.signals.end()
        context.tasks.wait()
        study.project.close()
