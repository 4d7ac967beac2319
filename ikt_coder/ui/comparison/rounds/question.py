"""Asks before an act that cannot be undone, beside what it is about and without a dialog."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.popover import Popover

_WIDTH = 340


class Question(Popover):
    """A sentence, what follows from it, perhaps a field, and the button that does it.

    Esc, or a press outside, does nothing. Goes away by itself.
    """

    agreed = Signal(str)
    """What was typed into the field, empty where there is none."""

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        sentence: str,
        more: str = "",
        *,
        agree: str = "",
        field: str = "",
    ) -> None:
        """Without ``agree`` it only tells; with ``field`` something must be typed first."""
        super().__init__(appearance, window)
        px = appearance.px
        inside = QWidget(self)
        inside.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        self.sentence = _label(sentence, "strong", "", inside)
        self.more = _label(more, "", "dim", inside)
        self.more.setVisible(bool(more))
        column.addWidget(self.sentence)
        column.addWidget(self.more)
        self.field: QLineEdit | None = None
        if field:
            self.field = QLineEdit(inside)
            self.field.setPlaceholderText(field)
            self.field.setAccessibleName(field)
            self.field.setMaxLength(500)
            self.field.textChanged.connect(self._weigh)
            self.field.returnPressed.connect(self.agree)
            column.addWidget(self.field)
        self.agree_button = QPushButton(agree, inside)
        self.agree_button.setProperty("kind", "primary")
        self.agree_button.setAccessibleDescription(f"{sentence} {more}".strip())
        self.agree_button.clicked.connect(self.agree)
        self.leave_button = QPushButton(self.tr("Not now") if agree else self.tr("Close"), inside)
        self.leave_button.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.agree_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        column.addSpacing(px(2))
        column.addLayout(row)
        self.agree_button.setVisible(bool(agree))
        self.body.addWidget(inside)
        self.setAccessibleName(sentence)
        self.closed.connect(self.deleteLater)
        self._weigh()

    def ask(self, rect: QRect, anchor: QWidget) -> None:
        """Show beside ``rect`` of ``anchor``, the keyboard on what is to be typed or pressed."""
        focus: QWidget = self.field or self.agree_button
        self.open_beside(rect, anchor, focus if not focus.isHidden() else self.leave_button)

    def agree(self) -> None:
        """Do it, where what is needed was typed."""
        typed = " ".join(self.field.text().split()) if self.field is not None else ""
        if self.field is not None and not typed:
            self.field.setFocus()
            return
        self.close_popover()
        self.agreed.emit(typed)

    def _leave(self) -> None:
        self.close_popover()

    def _weigh(self) -> None:
        if self.field is not None:
            self.agree_button.setEnabled(bool(self.field.text().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            event.accept()
            return
        super().keyPressEvent(event)


def _label(words: str, face: str, tone: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if face:
        label.setProperty("face", face)
    if tone:
        label.setProperty("tone", tone)
    return label
