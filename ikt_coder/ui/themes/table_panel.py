"""The lower half of the place: the caption with its pills, and the table."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.core.table import Table
from ikt_coder.exporters.captions import caption
from ikt_coder.services.theme_table import ThemeTableOptions
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.quote_entry import Said
from ikt_coder.ui.themes.table_html import runs_html
from ikt_coder.ui.themes.table_options import TableOptions
from ikt_coder.ui.themes.table_preview import TablePreview
from ikt_coder.ui.themes.table_saved import SavedTables


class TablePanel(QFrame):
    """Live: it shows the table as it would be exported now."""

    opened = Signal(object)  # a tuple of codings

    def __init__(self, context: Context, *, reflexive: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = self._appearance = context.appearance
        self.setProperty("surface", "paper")
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._title.setWordWrap(True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.saved = SavedTables(context, lambda: self.choices.options, self._fitted, self)
        self.choices = TableOptions(look, reflexive=reflexive, first=self.saved.pill, parent=self)
        self.saved.chosen.connect(self.choices.set_options)
        self.choices.changed.connect(self.saved.show_state)
        self.warning = Said(look, "warning", "")
        self.warning.hide()
        self.preview = TablePreview(look, self)
        self.preview.opened.connect(self.opened)
        self._caption = QWidget(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._caption)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self.choices, 0)
        look.changed.connect(self._arrange)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(6)
        for widget in (self._caption, self.choices.filters, self.warning):
            column.addWidget(widget)
        column.addWidget(self.preview, 1)

    def _fitted(self, options: ThemeTableOptions) -> ThemeTableOptions:
        return self.choices.fitted(options)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        # The pills go below the caption where both do not fit beside one another, and there
        # into as many rows as they need.
        pills = self.choices.row_width()
        beside = self.width() >= pills + self._appearance.px(280)
        self.choices.setMinimumWidth(pills if beside else 0)
        to = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(to)

    def show_table(
        self,
        table: Table,
        behind: Mapping[tuple[int, int, int], tuple[UUID, ...]],
        appendix: Table | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        """Show a table as its style prints it, with its appendix and what to beware of."""
        self._title.setText(self.caption_of(table))
        self.warning.words.setText(" ".join(warnings))
        self.warning.setAccessibleName(" ".join(warnings))
        self.warning.setVisible(bool(warnings))
        self.preview.show_table(table, behind, appendix)
        # The pills may be longer now.
        self._arrange()

    @staticmethod
    def caption_of(table: Table) -> str:
        """Number and title in one line of rich text, in the form of the style."""
        return " &nbsp;".join(runs_html(line) for line in caption(table))

    def caption(self) -> str:
        return self._title.text()
