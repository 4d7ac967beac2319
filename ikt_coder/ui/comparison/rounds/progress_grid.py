"""Coders across, documents down: how far everybody is, in a word and a sign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ikt_coder.core.rounds import AssignmentStatus, Batch, Task
from ikt_coder.services.round_rows import AssignmentRow
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.appearance.focus_ring import paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.comparison.rounds.wording import (
    codings_words,
    reopened_words,
    status_icon,
    status_words,
    task_word,
)
from ikt_coder.ui.widgets.painting import wrapped
from ikt_coder.ui.widgets.roles import ItemRole

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ROW = 58
_COLUMN = 148
_NAMES = 240
_MOST_ROWS = 10


class ProgressModel(QAbstractTableModel):
    """Rows are documents, columns coders."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.documents: tuple[UUID, ...] = ()
        self.coders: tuple[CoderRow, ...] = ()
        self._titles: dict[UUID, str] = {}
        self._cells: dict[tuple[UUID, UUID], AssignmentRow] = {}

    def put(
        self,
        documents: tuple[UUID, ...],
        coders: tuple[CoderRow, ...],
        titles: dict[UUID, str],
        cells: tuple[AssignmentRow, ...],
    ) -> None:
        same = (documents, coders) == (self.documents, self.coders)
        if not same:
            self.beginResetModel()
        self.documents, self.coders, self._titles = documents, coders, titles
        self._cells = {(row.coder, row.document): row for row in cells}
        if not same:
            self.endResetModel()
        elif documents and coders:
            last = self.index(len(documents) - 1, len(coders) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def cell(self, index: Index) -> AssignmentRow | None:
        if not index.isValid():
            return None
        return self._cells.get((self.coders[index.column()].id, self.documents[index.row()]))

    def place(self, index: Index) -> tuple[CoderRow, UUID, str]:
        """The coder, the document and its title."""
        document = self.documents[index.row()]
        return self.coders[index.column()], document, self._titles.get(document, "")

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.documents)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.coders)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return status_words(row)
        if role == ItemRole.SUBTITLE:
            return self._below(row)
        if role == ItemRole.KIND:
            return status_icon(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.said(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.said(index)
        return None

    def said(self, index: Index) -> str:
        """A cell in whole words."""
        coder, _, title = self.place(index)
        row = self.cell(index)
        parts = [title, coder.name, status_words(row)]
        if row is not None:
            parts.append(self._below(row))
        return ", ".join(part for part in parts if part)

    def _below(self, row: AssignmentRow | None) -> str:
        if row is None:
            return ""
        parts = [reopened_words(row)] if row.reopened else []
        if row.task is Task.VERIFY:
            parts.append(task_word(row.task))
        if row.batch is Batch.FIRST:
            parts.append(self.tr("first"))
        if row.codings:
            parts.append(codings_words(row.codings))
        return " · ".join(parts)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._titles.get(self.documents[section], "")
        coder = self.coders[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return coder.name
        return coder.name


class _CellDelegate(QStyledItemDelegate):
    """A sign, a word that wraps, and in small words what else there is to say."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._appearance.px(_COLUMN), self._appearance.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, px = self._appearance, self._appearance.px
        rect = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, look.colour("accent_ground"))
        row = index.model().cell(index)  # type: ignore[attr-defined]  # it is a ProgressModel
        finished = row is not None and row.status is AssignmentStatus.FINISHED
        tone = "accent" if finished else "dim" if row is None else "ink"
        icon = look.icon(index.data(ItemRole.KIND), tone)
        side = px(16)
        top = rect.top() + (rect.height() - side) // 2
        icon.paint(painter, rect.left() + px(10), top, side, side)
        left = rect.left() + px(34)
        room = rect.right() - left - px(8)
        small = look.font(FontRole.SMALL)
        words = wrapped(index.data(), look.font(), room, 2)
        below = index.data(ItemRole.SUBTITLE)
        under = wrapped(below, small, room, 3 - len(words)) if below else ()
        body, line = QFontMetrics(look.font()).height(), QFontMetrics(small).height()
        at = rect.top() + (rect.height() - len(words) * body - len(under) * line) // 2
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font())
        painter.setPen(look.colour("dim" if row is None else "ink"))
        for each in words:
            painter.drawText(QRect(left, at, room + 1, body), flags, each)
            at += body
        painter.setFont(small)
        painter.setPen(look.colour("dim"))
        for each in under:
            painter.drawText(QRect(left, at, room + 1, line), flags, each)
            at += line
        if option.state & QStyle.StateFlag.State_HasFocus and look.focus_by_keyboard:
            paint_focus_ring(painter, rect.adjusted(1, 1, -1, -1), 3, look)
        painter.restore()


class ProgressGrid(QTableView):
    """Arrows move; Enter, a press or the menu key says what can be done with a cell."""

    cell_asked = Signal(object, object)
    """Index, and its rectangle in the coordinates of this view."""

    def __init__(self, appearance: Appearance, model: ProgressModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(appearance, self))
        self.setAccessibleName(self.tr("Who is how far with which document"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setSectionsClickable(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._ask)
        appearance.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._appearance.px
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.verticalHeader().setMaximumWidth(px(_NAMES))
        self.verticalHeader().setMinimumWidth(px(96))
        self.horizontalHeader().setMinimumSectionSize(px(96))
        self.fit()

    def fit(self) -> None:
        """Share the width among a few columns, and take the height of the rows: of many, only
        some, and scroll."""
        px = self._appearance.px
        heads, names = self.horizontalHeader(), self.verticalHeader()
        heads.setDefaultSectionSize(px(_COLUMN))
        room = self.width() - names.width() - px(14)
        few = self.model().columnCount() * px(_COLUMN) < room
        mode = QHeaderView.ResizeMode
        heads.setSectionResizeMode(mode.Stretch if few else mode.Interactive)
        rows = min(self.model().rowCount(), _MOST_ROWS)
        height = heads.sizeHint().height() + rows * names.defaultSectionSize()
        bar = 0 if few else self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height + bar + 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _ask(self, index: QModelIndex) -> None:
        if index.isValid():
            cell = self.visualRect(index)
            where = QRect(self.viewport().mapTo(self, cell.topLeft()), cell.size())
            self.cell_asked.emit(index, where)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._appearance.set_focus_by_keyboard(False)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._appearance.set_focus_by_keyboard(True)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            index = self.indexAt(self.viewport().mapFrom(self, QPoint(event.pos())))
        self._ask(index)
        event.accept()
