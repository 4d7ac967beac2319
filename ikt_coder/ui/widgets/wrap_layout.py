"""A layout that fills rows and goes on below, for chips, pills and the feet of dialogs."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class WrapLayout(QLayout):
    """Items keep their size; one wider than the layout is given its whole width. Rows begin
    where a line begins, or (``at_end``) end where it ends."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        across: int = 8,
        down: int = 8,
        at_end: bool = False,
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._across = across
        self._down = down
        self._at_end = at_end
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Lay the items out in ``rect``; returns the height they take."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        y = area.y()
        rows = self._rows(area.width())
        for row in rows:
            tallest = max(size.height() for _, size in row)
            if place:
                self._place(row, area, y, tallest)
            y += tallest + self._down
        return y - (self._down if rows else 0) - rect.y() + margins.bottom()

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items of each row with the sizes they get."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            asked = item.sizeHint()
            size = QSize(min(asked.width(), max(width, item.minimumSize().width())), asked.height())
            if not rows or x + size.width() > width:
                rows.append([])
                x = 0
            rows[-1].append((item, size))
            x += size.width() + self._across
        return rows

    def _place(
        self, row: list[tuple[QLayoutItem, QSize]], area: QRect, top: int, tallest: int
    ) -> None:
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == _RIGHT_TO_LEFT
        x = 0
        if self._at_end:
            taken = sum(size.width() for _, size in row) + self._across * (len(row) - 1)
            x = max(0, area.width() - taken)
        for item, size in row:
            left = area.width() - x - size.width() if mirrored else x
            corner = QPoint(area.x() + left, top + (tallest - size.height()) // 2)
            item.setGeometry(QRect(corner, size))
            x += size.width() + self._across


_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
