"""The heading of a section: small capitals left, a count or an act right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import Appearance


class _Title(QLabel):
    """Words on one line that end in "…" where there is no room, and are whole in the tooltip."""

    def shown(self) -> str:
        """What is drawn at the present width."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        few = self.fontMetrics().averageCharWidth() * 6
        return QSize(min(few, whole.width()), whole.height())

    def tell(self) -> None:
        """Tell the whole title where it is not all seen."""
        self.setToolTip(self.text() if self.shown() != self.text() else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.style().drawItemText(
            QPainter(self),
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            self.shown(),
            self.foregroundRole(),
        )


class SectionHeading(QWidget):
    """A title, and at the right edge a few words, buttons or a count link."""

    def __init__(
        self, appearance: Appearance, title: str, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = _Title(title, self)
        self._title.setTextFormat(self._title.textFormat().PlainText)
        self._note = QLabel(note, self)
        self._note.setTextFormat(self._note.textFormat().PlainText)
        for label in (self._title, self._note):
            label.setProperty("tone", "dim")
            label.setProperty("face", "heading")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._note.setHidden(not note)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.tell()
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """The words at the right edge, such as a count; the empty string hides them."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_action(self, widget: QWidget) -> None:
        """Put a button or a count link at the right edge."""
        self._row.addWidget(widget)

    def title(self) -> str:
        return self._title.text()

    def note(self) -> str:
        return self._note.text()

    def _restyle(self) -> None:
        self.setAccessibleName(self._title.text())
        self.setMinimumHeight(self._appearance.px(24))
