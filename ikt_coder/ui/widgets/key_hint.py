"""The cap of a key, as a hint."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.painting import keycap_size, paint_keycap


class KeyHint(QWidget):
    """Draws one key or key sequence as the platform writes it; not a button."""

    def __init__(
        self, appearance: Appearance, key: str | QKeySequence, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._label = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_key(key)
        appearance.changed.connect(self.updateGeometry)

    def set_key(self, key: str | QKeySequence) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        self._label = key.toString(native) if isinstance(key, QKeySequence) else key
        self.setAccessibleName(self._label)
        self.updateGeometry()
        self.update()

    def key(self) -> str:
        return self._label

    def sizeHint(self) -> QSize:
        return keycap_size(self._label, self._appearance).toSize()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_keycap(QPainter(self), QRectF(self.rect()), self._label, self._appearance)
