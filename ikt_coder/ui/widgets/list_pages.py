"""A list, or what stands in its place while it is empty."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from ikt_coder.ui.widgets.empty_view import EmptyView


class ListPages(QStackedWidget):
    """Shows ``rows``, or ``empty`` where its model has none."""

    def __init__(
        self, rows: QAbstractItemView, empty: EmptyView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._empty = empty
        for page in (rows, empty):
            self.addWidget(page)

    def choose(self) -> None:
        """Turn to the page that fits what the list holds now."""
        some = self._rows.model().rowCount() > 0
        self.setCurrentWidget(self._rows if some else self._empty)
