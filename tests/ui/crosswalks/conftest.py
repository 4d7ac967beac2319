"""The Crosswalks page over a small study coded with TDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.crosswalks.page import CrosswalksPage
from ikt_coder.ui.tasks import Tasks
from tests.crosswalk_study import CrosswalkStudy


def _raise(error: BaseException) -> None:
    raise error


@dataclass
class Desk:
    study: CrosswalkStudy
    context: Context
    bot: QtBot
    page: CrosswalksPage
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
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        QTest.keyClick(widget, key, modifiers)
        self.settle()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Desk]:
    study = CrosswalkStudy(tmp_path / "study.ikt")
    context = Context(study.project, Settings.load(), appearance, Tasks(_raise))
    page = CrosswalksPage(context)
    made = Desk(study, context, qtbot, page)
    context.message.connect(lambda words, _undo: made.said.append(words))
    context.failed.connect(made.failures.append)
    context.passages_wanted.connect(made.wanted.append)
    context.reveal_coding.connect(made.revealed.append)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    with qtbot.waitActive(page):
        page.show()
    made.settle()
    yield made
    context.signals.end()
    context.tasks.wait()
    study.project.close()
