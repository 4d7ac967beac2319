"""A dialog around one form: it scrolls in a small window, keeps, or leaves all as it was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.ui.appearance.style import Appearance


class FormDialog(QDialog):
    """Title, the form, and at the foot what is wrong, Cancel, and the button that keeps."""

    def __init__(
        self, appearance: Appearance, title: str, keep: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._appearance = appearance
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problem = QLabel(self)
        self.problem.setProperty("tone", "danger")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button = QPushButton(keep, self)
        self.keep_button.setProperty("kind", "primary")
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self.keep)
        foot = QFrame(self)
        foot.setProperty("line", "top")
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(24, 12, 24, 12)
        self.foot.setSpacing(8)
        self.foot.addWidget(self.problem, 1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(foot)

    def set_form(self, form: QWidget, *, height: int) -> None:
        """Show ``form``; the dialog asks for ``height`` pixels at 100 %, the screen may give
        less."""
        around = QWidget(self._area)
        around.setProperty("transparent", "true")
        column = QVBoxLayout(around)
        column.setContentsMargins(24, 20, 24, 20)
        column.addWidget(form)
        column.addStretch(1)
        self._area.setWidget(around)
        look = self._appearance
        room = self.screen().availableSize()
        self.resize(min(look.px(560), room.width() - 40), min(look.px(height), room.height() - 60))

    def keep(self) -> None:
        """Keep what was filled in; closes where that could be done."""
        self.accept()


def bring_to_view(field: QWidget) -> None:
    """Give a field the focus and scroll it into what can be seen of its dialog."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    around = field.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        around.ensureWidgetVisible(field, 0, 60)
