"""A small study with a panel over it; what it says and refuses is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.panel import CodesPanel
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.studies import span_of, study


@dataclass
class Desk:
    """The project, its context and what was said; ``names`` are the codes by name."""

    project: Project
    document: UUID
    context: Context
    said: list[str] = field(default_factory=list)
    refused: list[UserError] = field(default_factory=list)

    def code(self, name: str) -> UUID:
        return next(row.id for row in self.project.codes.all() if row.name == name)

    def span(self, words: str) -> Span:
        return span_of(self.project, self.document, words)

    def apply(self, words: str, code: str) -> UUID:
        return self.project.codings.apply(self.document, self.span(words), self.code(code))

    def paths(self) -> list[tuple[str, ...]]:
        return [row.path for row in self.project.codes.all()]


@pytest.fixture
def desk(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Iterator[Desk]:
    project, document = study(tmp_path / "Study.ikt")
    trust = project.codes.add("Trust", definition="Confidence between persons.")
    project.codes.add("Earned", trust)
    project.codes.add("Lost", trust)
    project.codes.add("Clear role")
    project.codes.add("Time")

    def report(error: BaseException) -> None:
        raise error

    tasks = Tasks(report)
    context = Context(project, Settings.load(), appearance, tasks)
    made = Desk(project, document, context)
    context.message.connect(lambda words, _undo: made.said.append(words))
    context.failed.connect(made.refused.append)
    yield made
    tasks.wait(5000)
    QApplication.processEvents()
    context.signals.end()
    project.close()


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> Iterator[CodesPanel]:
    """The panel in a window of its own."""
    window = QMainWindow()
    made = CodesPanel(desk.context, window)
    window.setCentralWidget(made)
    window.resize(300, 760)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield made
    desk.context.tasks.wait(5000)
    # Gone before the project is closed, as in the program.
    window.close()
    shiboken6.delete(window)


def point_of(panel: CodesPanel, code: UUID) -> QPoint:
    """The middle of a code's row."""
    return panel.tree.visualRect(panel.model.index_of(code)).center()


def click(qtbot: QtBot, panel: CodesPanel, code: UUID) -> None:
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=point_of(panel, code))


def drop(panel: CodesPanel, data: object, place: QPoint) -> None:
    """Drag over a place and drop there, as the platform would."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    none = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    tree = panel.tree
    move = QDragMoveEvent(place, actions, data, left, none)  # type: ignore[call-overload]  # QMimeData
    tree.dragMoveEvent(move)
    event = QDropEvent(QPointF(place), actions, data, left, none)  # type: ignore[call-overload]
    tree.dropEvent(event)
