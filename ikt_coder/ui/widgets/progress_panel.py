"""Long work: what is done, what is left, and a cancel that cancels."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.text_label import TextLabel


class ProgressPanel(QWidget):
    """A title, the thing being done, a bar, "3 of 12, about 2 minutes left", Cancel."""

    cancel_asked = Signal()

    def __init__(self, appearance: Appearance, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(appearance, title, face=FontRole.STRONG)
        self._now = TextLabel(appearance, "", role="dim")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._count = QLabel(self)
        self._count.setProperty("tone", "dim")
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.clicked.connect(self._ask)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self._now, self._bar):
            column.addWidget(widget)
        column.addLayout(foot)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self._bar.setAccessibleName(title)

    def set_progress(self, done: int, whole: int, now: str = "", left: str = "") -> None:
        """``done`` of ``whole`` (0: not known); ``now`` is what is being done, ``left`` how much
        longer in words."""
        self._bar.setRange(0, whole)
        self._bar.setValue(done)
        self._now.set_text(now)
        counted = self.tr("{done} of {whole}").format(done=done, whole=whole) if whole else ""
        self._count.setText(", ".join(words for words in (counted, left) if words))

    def cancel_button(self) -> QPushButton:
        return self._cancel

    def words(self) -> str:
        """The count and what is left, as shown."""
        return self._count.text()

    def _ask(self) -> None:
        # Cancelling may take a moment; a second press means nothing new.
        self._cancel.setEnabled(False)
        self._cancel.setText(self.tr("Cancelling …"))
        self.cancel_asked.emit()

    def reset(self) -> None:
        """Ready for the next piece of work."""
        self._cancel.setEnabled(True)
        self._cancel.setText(self.tr("Cancel"))
        self.set_progress(0, 0)
