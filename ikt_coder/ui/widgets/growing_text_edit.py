"""A field for a few lines of plain text that grows with them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import Appearance


class GrowingTextEdit(QPlainTextEdit):
    """Grows from ``least`` to ``most`` lines, then scrolls. Tab goes on to the next field.

    ``committed`` comes when the focus leaves, or on Ctrl+Enter, and only where the text has
    changed since :meth:`set_text` or the last commit.
    """

    committed = Signal(str)

    def __init__(
        self,
        appearance: Appearance,
        *,
        least: int = 2,
        most: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._least = least
        self._most = most
        self._before = ""
        self.setProperty("field", "true")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(1)
        self.textChanged.connect(self._fit)
        appearance.changed.connect(self._fit)
        self._fit()

    def set_text(self, text: str) -> None:
        """Show ``text`` as it is stored."""
        self._before = text
        if text != self.toPlainText():
            self.setPlainText(text)

    def text(self) -> str:
        return self.toPlainText()

    def commit(self) -> None:
        """Emit ``committed`` where the text has changed."""
        text = self.toPlainText()
        if text != self._before:
            self._before = text
            self.committed.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def _fit(self) -> None:
        # A plain text document measures its height in lines.
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        line = self.fontMetrics().lineSpacing()
        around = self._appearance.px(8) + 4 + 2 * round(self.document().documentMargin())
        height = max(self._appearance.px(32), lines * line + around)
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
