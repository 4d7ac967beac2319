"""A message inside the window, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.announce import announce


class Weight(StrEnum):
    """How much a message matters."""

    NOTE = "note"
    WARNING = "warning"
    ALARM = "alarm"


_LOOKS = {
    Weight.NOTE: ("info", "accent_ground", "accent"),
    Weight.WARNING: ("warning", "notice_ground", "ink"),
    Weight.ALARM: ("warning", "alarm_ground", "danger"),
}


class NotificationBar(QWidget):
    """Hidden until :meth:`show_message`; never takes the focus."""

    dismissed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._weight = Weight.NOTE
        self._picture = QLabel(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.clicked.connect(self.dismiss)
        appearance.set_icon(self._close, "close", "dim")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._picture)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._close)
        self._buttons: list[QPushButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        appearance.changed.connect(self._restyle)

    def show_message(
        self,
        words: str,
        weight: Weight = Weight.NOTE,
        actions: list[tuple[str, Callable[[], object]]] | None = None,
        *,
        may_close: bool = True,
    ) -> None:
        """Show ``words`` with a button for each action, and say them to screen readers."""
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        self._weight = weight
        self._words.setText(words)
        self.setAccessibleName(words)
        for at, (text, act) in enumerate(actions or []):
            button = QPushButton(text, self)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._row.insertWidget(2 + at, button)
            self._buttons.append(button)
        self._close.setVisible(may_close)
        self._restyle()
        self.show()
        announce(self, words, now=weight is Weight.ALARM)

    def dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def message(self) -> str:
        return self._words.text()

    def buttons(self) -> list[QPushButton]:
        return list(self._buttons)

    def close_button(self) -> QToolButton:
        return self._close

    def _restyle(self) -> None:
        look = self._appearance
        icon, _ground, role = _LOOKS[self._weight]
        colour = look.colour(role).name()
        self._picture.setPixmap(render(icon, colour, look.px(16), self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.colour(_LOOKS[self._weight][1]))
        foot = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(foot, self._appearance.colour("rule"))
