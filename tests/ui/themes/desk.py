"""A small study on the Themes place, and what the place says and asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import DocumentStatus, Valence
from ikt_coder.services.project import Project
from ikt_coder.services.rows import ThemeRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.code_card import CodeCard
from ikt_coder.ui.themes.place import ThemesPlace
from ikt_coder.ui.themes.theme_card import ThemeCard
from tests.studies import span_of

NO_KEYS = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """The place over a project with one talk of P01 and P02."""

    project: Project
    context: Context
    bot: QtBot
    document: UUID
    place: ThemesPlace
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)
    wanted: list[object] = field(default_factory=list)
    revealed: list[UUID] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the place shows what the project holds."""
        self.bot.waitUntil(lambda: self.place.up_to_date and not self.context.tasks.busy)

    # -- the project ------------------------------------------------------------------------

    def code(self, words: str, name: str, valence: Valence | None = None) -> UUID:
        known = {row.name: row.id for row in self.project.codes.all()}
        key = known.get(name) or self.project.codes.add(name)
        span = span_of(self.project, self.document, words)
        return self.project.codings.apply(self.document, span, key, valence=valence)

    def code_id(self, name: str) -> UUID:
        return self.project.codes.find(name).id

    def theme(self, name: str, *codes: str, parent: UUID | None = None) -> UUID:
        return self.project.themes.add(name, parent, codes=[self.code_id(c) for c in codes])

    def fill(self) -> tuple[UUID, UUID]:
        """Three codes, two themes of which one holds a code; all marked coded."""
        self.code("She phoned me", "Contact", Valence.FACILITATOR)
        self.code("Nobody had explained", "Clear role", Valence.BARRIER)
        self.code("I came late", "Time", Valence.BARRIER)
        first = self.theme("Someone phones", "Contact")
        second = self.theme("A role nobody described")
        self.project.documents.set_status(self.document, DocumentStatus.CODED)
        self.settle()
        return first, second

    def codes_of(self, theme: UUID) -> list[str]:
        names = {row.id: row.name for row in self.project.codes.all()}
        return [names[key] for key in self.row(theme).codes]

    def row(self, theme: UUID) -> ThemeRow:
        return self.project.themes.get(theme)

    def names(self) -> list[str]:
        return [row.name for row in self.project.themes.all()]

    # -- the board ----------------------------------------------------------------------------

    def card(self, name: str) -> ThemeCard:
        cards = self.place.board.cards()
        return next(c for c in cards if isinstance(c, ThemeCard) and c.name == name)

    def code_card(self, name: str) -> CodeCard:
        cards = self.place.board.cards()
        return next(c for c in cards if isinstance(c, CodeCard) and c.name == name)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """A key where the keyboard is now."""
        QTest.keyClick(self.focus(), key, modifiers)
        self.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)

    @staticmethod
    def focus() -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def focus_name(self) -> str:
        return str(getattr(self.focus(), "name", ""))

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        # What was just shown is laid out at the next turn of the event loop.
        self.bot.waitUntil(lambda: widget.height() > 0)
        at = place or QPoint(14, 10)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, at)
        self.settle()

    def drop(self, data: QMimeData, on: QWidget | None) -> bool:
        """Drag ``data`` over a card (or empty ground) and let go; whether it was taken. The
        drag enters at the first column, where a card of the loose codes is taken up: a
        canvas that refused there would hear nothing more of it."""
        board = self.place.board
        canvas = board.canvas
        if on is None:
            place = QPoint(canvas.width() - 4, canvas.height() - 4)
        else:
            place = on.mapTo(canvas, QPoint(20, 10))
        actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
        button = Qt.MouseButton.LeftButton
        start = QPoint(40, 80)
        enter = QDragEnterEvent(start, actions, data, button, NO_KEYS)
        QApplication.sendEvent(canvas, enter)
        if not enter.isAccepted():
            return False
        move = QDragMoveEvent(place, actions, data, button, NO_KEYS)
        QApplication.sendEvent(canvas, move)
        if not move.isAccepted():
            return False
        drop = QDropEvent(QPointF(place), actions, data, button, NO_KEYS)
        QApplication.sendEvent(canvas, drop)
        taken = drop.isAccepted()
        self.settle()
        return taken
