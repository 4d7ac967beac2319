"""The lower half of the place: the caption with its pills, and the table."""

from __future__ import annotations

from html import escape
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.table import Table
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.themes.table_options import TableOptions
from ikt_coder.ui.themes.table_preview import TablePreview


class TablePanel(QFrame):
    """Live: it shows the table as it would be exported now."""

    opened = Signal(object)  # a tuple of codings

    def __init__(
        self, appearance: Appearance, *, reflexive: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("surface", "paper")
        self._number = QLabel(self)
        self._number.setProperty("face", "strong")
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._title.setWordWrap(True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.choices = TableOptions(appearance, reflexive=reflexive, parent=self)
        self.preview = TablePreview(appearance, self)
        self.preview.opened.connect(self.opened)
        self._caption = QWidget(self)
        words = QWidget(self._caption)
        beside = QHBoxLayout(words)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(self._number)
        beside.addWidget(self._title, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._caption)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(words, 1)
        self._row.addWidget(self.choices, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(6)
        column.addWidget(self._caption)
        column.addWidget(self.preview, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The pills go below the caption where both do not fit beside one another.
        need = self.choices.sizeHint().width() + self._appearance.px(280)
        beside = self.width() >= need
        to = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(to)

    def show_table(
        self, table: Table, behind: dict[tuple[int, int, int], tuple[UUID, ...]]
    ) -> None:
        number = self.tr("Table {n}").replace("{n}", str(table.number))
        self._number.setText(number)
        interim = self.tr("(interim)") if table.interim else ""
        self._title.setText(f"<i>{escape(table.title)}</i> {interim}".strip())
        self.preview.show_table(table, behind)

    def caption(self) -> str:
        return f"{self._number.text()} {self._title.text()}"
