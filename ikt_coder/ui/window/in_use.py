"""The choice where another window has the project open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance


class InUseDialog(QDialog):
    """Accepted: open for reading only. Rejected: leave it."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Project in use"))
        what = QLabel(
            self.tr("Another window has “{name}” open for writing.").format(name=name), self
        )
        what.setProperty("face", "strong")
        more = QLabel(
            self.tr(
                "Two windows writing to one file would disturb each other. You can read it here "
                "as it is now, or leave it and go to the other window."
            ),
            self,
        )
        for label in (what, more):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.read_button = QPushButton(self.tr("Open for reading only"), self)
        self.read_button.setProperty("kind", "primary")
        self.read_button.setDefault(True)
        self.read_button.clicked.connect(self.accept)
        self.leave_button = QPushButton(self.tr("Leave"), self)
        self.leave_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.read_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(what)
        column.addWidget(more)
        column.addLayout(foot)
        self.setMinimumWidth(appearance.px(420))
