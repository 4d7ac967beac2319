"""What the program is, its version, and under what terms it may be used."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import ikt_coder
from ikt_coder.ui.context import Context


class AboutDialog(QDialog):
    """A few lines that can be selected and copied."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("About IKT Coder"))
        name = QLabel(self.tr("IKT Coder"), self)
        name.setProperty("face", "title")
        version = getattr(ikt_coder, "__version__", "")
        lines = (
            self.tr("Version {version}").format(version=version),
            self.tr(
                "For reading, coding and theming interviews on partnership and implementation: "
                "framework and inductive coding, barriers and facilitators, levels and themes."
            ),
            self.tr("Everything stays on this computer: no account, no network, no telemetry."),
            self.tr("Free software under the MIT License; Qt is used under the LGPL, version 3."),
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(name)
        for line in lines:
            words = QLabel(line, self)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(words)
        close = QPushButton(self.tr("Close"), self)
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column.addStretch(1)
        column.addLayout(foot)
        self.setMinimumWidth(context.appearance.px(440))
