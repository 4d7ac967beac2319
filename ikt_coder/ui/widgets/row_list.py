"""A list of rows, as in the picker and in queues of two-line entries."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.tree_row_delegate import TreeRowDelegate


class RowList(QListView):
    """Rows wrap to the width; ``ruled`` draws a line under each, ``floating`` suits a popover."""

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        *,
        ruled: bool = False,
        floating: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is what a screen reader calls the list."""
        super().__init__(parent)
        self._appearance = appearance
        self._whole: tuple[int, int] | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(TreeRowDelegate(appearance, self, ruled=ruled, floating=floating))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._appearance.set_focus_by_keyboard(False)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._appearance.set_focus_by_keyboard(True)
        super().keyPressEvent(event)

    def keep_whole(self, most_rows: int, least: int = 0) -> None:
        """Stand as high as the first ``most_rows`` rows, ``least`` pixels at least, and stay so
        when the text is made larger: a list that others surround has no scroll bar of its own."""
        if self._whole is None:
            self._appearance.changed.connect(self._stand)
        self._whole = most_rows, least
        self._stand()

    def _stand(self) -> None:
        if self._whole is not None:
            most_rows, least = self._whole
            px = self._appearance.px
            self.setFixedHeight(max(px(least), self.content_height(most_rows) + px(4)))

    def content_height(self, most_rows: int = 8) -> int:
        """Pixels that the first ``most_rows`` rows take at the present width."""
        rows = range(min(self.model().rowCount(self.rootIndex()), most_rows))
        return sum(self.sizeHintForRow(row) for row in rows)
