"""A small study with two coders, and what a dialog asks of the window and tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.studies import span_of, study


@dataclass
class Desk:
    """The project, its context, and everything that was said or asked."""

    context: Context
    bot: QtBot
    document: UUID
    first: UUID
    second: UUID
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)
    shown: list[tuple[str, object]] = field(default_factory=list)

    @property
    def project(self) -> Project:
        return self.context.project

    def span(self, words: str) -> Span:
        return span_of(self.project, self.document, words)

    def show(self, widget: QWidget) -> None:
        """Show a dialog and wait until it has the focus."""
        self.bot.addWidget(widget)
        with self.bot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    def settle(self) -> None:
        """Wait until no work is left and its outcome was told."""
        self.bot.waitUntil(lambda: not self.context.tasks.busy, timeout=20_000)
        QApplication.processEvents()


def _listen(desk: Desk) -> None:
    context = desk.context
    context.message.connect(lambda words, _undo: desk.said.append(words))
    context.failed.connect(desk.failures.append)
    context.reveal_coding.connect(lambda key: desk.shown.append(("coding", key)))
    context.reveal_span.connect(
        lambda document, span: desk.shown.append(("span", (document, span)))
    )
    context.document_wanted.connect(lambda key: desk.shown.append(("document", key)))
    context.passages_wanted.connect(lambda key: desk.shown.append(("passages", key)))
    context.memo_wanted.connect(lambda what: desk.shown.append(("memo", what)))
    context.place_wanted.connect(lambda key: desk.shown.append(("place", key)))


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    first = project.coder
    assert first is not None
    second = project.coders.add("Beni Kask")
    bugs: list[BaseException] = []
    tasks = Tasks(bugs.append)
    context = Context(project, Settings.load(), appearance, tasks)
    made = Desk(context, qtbot, document, first, second, bugs=bugs)
    _listen(made)
    yield made
    made.settle()
    tasks.wait()
    assert made.bugs == []
    context.signals.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    project.close()
