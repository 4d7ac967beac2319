"""One accepted quote of a theme, as tables print it, and one that may be accepted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.rows import QuoteRow
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance

Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier


class QuoteText(QLabel):
    """Words of a participant in the reading face."""

    def __init__(self, appearance: Appearance, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = appearance
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._look.reading_font(self._look.px(14)))


class Said(QWidget):
    """An icon and a small line of words: what is to be known of a quote."""

    def __init__(
        self, appearance: Appearance, icon: str, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._icon = appearance, icon
        self._picture = QLabel(self)
        self.words = QLabel(words, self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("face", "small")
        self.words.setProperty("tone", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(words)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        colour = self._look.colour("dim").name()
        size = self._look.px(14)
        self._picture.setPixmap(render(self._icon, colour, size, self.devicePixelRatioF()))


class _Entry(QWidget):
    """A row that takes the keyboard, lights up under the pointer and ends in a line."""

    opened = Signal()  # show it in its transcript
    step_wanted = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = appearance
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 6)
        self.column.setSpacing(4)

    def link(self, words: str, key: str, what: str) -> QPushButton:
        """A quiet button; ``what`` says its act whole, with the key."""
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.setProperty("face", "small")
        button.setAccessibleName(what)
        button.setToolTip(f"{what} ({key})")
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Key.Key_Return, Key.Key_Enter):
            self.opened.emit()
        elif plain and event.key() in (Key.Key_Down, Key.Key_Up):
            self.step_wanted.emit(1 if event.key() == Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), self.look.colour("hover"))
        foot = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(foot, self.look.colour("rule"))
        if self.hasFocus() and self.look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), 4, self.look)


class QuoteEntry(_Entry):
    """As printed, and below it what was said where that differs. A click or Enter shows it in
    its transcript; E changes it, Del drops it, Ctrl+Up and Ctrl+Down or a drag reorder."""

    change_wanted = Signal()
    drop_wanted = Signal()
    shift_wanted = Signal(int)  # earlier (-1), later (1)
    dragged = Signal(QPoint, bool)  # global place, whether the button was let go

    def __init__(
        self, appearance: Appearance, row: QuoteRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._press: QPoint | None = None
        self._dragging = False
        self.printed = QuoteText(appearance, "")
        self._notes = QVBoxLayout()
        self._notes.setSpacing(3)
        self.notes: list[Said] = []
        self.change = self.link(self.tr("Change…"), "E", self.tr("Change edges or wording"))
        self.drop = self.link(self.tr("Drop"), self.tr("Del"), self.tr("Drop the quote"))
        self.change.setCheckable(True)
        self.change.clicked.connect(self.change_wanted)
        self.drop.clicked.connect(self.drop_wanted)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        acts.addWidget(self.change)
        acts.addWidget(self.drop)
        acts.addStretch(1)
        self.column.addWidget(self.printed)
        self.column.addLayout(self._notes)
        self.column.addLayout(acts)
        self.setAccessibleDescription(
            self.tr(
                "Enter shows it in its transcript. E changes it, Delete drops it, Ctrl+Up and "
                "Ctrl+Down move it."
            )
        )
        self.show_row(row)

    def show_row(self, row: QuoteRow) -> None:
        """Show the quote as it is now."""
        self.row = row
        self.printed.setText(row.printed)
        for note in self.notes:
            note.hide()
            note.deleteLater()
        self.notes = []
        said = []
        if row.alterations:
            said.append(("quote", self.tr("Said: {words}").replace("{words}", row.words)))
        if row.longer:
            said.append(("info", self.tr("Longer than its coding; tables say so.")))
        if row.withheld:
            words = self.tr("Not printed: {reason}").replace("{reason}", row.withheld)
            said.append(("lock", words))
        for icon, words in said:
            note = Said(self.look, icon, words)
            self._notes.addWidget(note)
            self.notes.append(note)
        whole = [row.printed, *(words for _, words in said), row.document_title]
        self.setAccessibleName(". ".join(whole))
        self.setToolTip(row.document_title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == _CONTROL and key in (Key.Key_Up, Key.Key_Down):
            self.shift_wanted.emit(1 if key == Key.Key_Down else -1)
        elif not modifiers and key in (Key.Key_Delete, Key.Key_Backspace):
            self.drop_wanted.emit()
        elif not modifiers and key in (Key.Key_E, Key.Key_F2):
            self.change_wanted.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = (event.position().toPoint() - self._press).manhattanLength()
        if self._dragging or way >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(event.globalPosition().toPoint(), False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, self._dragging = self._dragging, False
        pressed, self._press = self._press, None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        inside = self.rect().contains(event.position().toPoint())
        event.accept()
        if dragging:
            self.dragged.emit(event.globalPosition().toPoint(), True)
        elif pressed is not None and inside:
            self.opened.emit()


class ProposalEntry(_Entry):
    """A quote that may be accepted: one key (A) or click takes it."""

    accept_wanted = Signal()

    def __init__(
        self,
        appearance: Appearance,
        words: str,
        *,
        starred: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self.words = QuoteText(appearance, words)
        self.words.setProperty("tone", "dim")
        self.accept = self.link(self.tr("Accept"), "A", self.tr("Accept as a quote"))
        self.accept.clicked.connect(self.accept_wanted)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        acts.addWidget(self.accept)
        if starred:
            star = Said(appearance, "star-filled", self.tr("Starred"))
            acts.addWidget(star, 0, Qt.AlignmentFlag.AlignVCenter)
        acts.addStretch(1)
        self.column.addWidget(self.words)
        self.column.addLayout(acts)
        proposed = self.tr("Proposed quote: {words}").replace("{words}", words)
        self.setAccessibleName(f"{proposed}. {self.tr('Starred') if starred else ''}".strip())
        self.setAccessibleDescription(self.tr("A accepts it, Enter shows it in its transcript."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_A and not event.modifiers():
            self.accept_wanted.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.opened.emit()
        event.accept()
