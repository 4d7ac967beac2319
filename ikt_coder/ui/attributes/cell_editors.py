"""What values are typed into: a line, or a line with a calendar for days."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QDate, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.words import AttributeKind
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.attributes.grid_model import GridModel

Index = QModelIndex | QPersistentModelIndex


class DayEdit(QLineEdit):
    """A day is typed in any form that can mean only one, or picked from a calendar."""

    picked = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setPlaceholderText("2025-03-31")
        self.calendar: QFrame | None = None
        self.opens = self.addAction(
            appearance.icon("calendar", "dim"), QLineEdit.ActionPosition.TrailingPosition
        )
        self.opens.setToolTip(self.tr("Calendar (Alt+Down)"))
        self.opens.triggered.connect(self.open_calendar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            event.accept()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar below, at the day that is typed or else today."""
        # A child of the line, so that the cell stays open while the calendar has the keyboard.
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        frame.setProperty("surface", "paper")
        frame.setProperty("line", "all")
        calendar = QCalendarWidget(frame)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._dress(calendar)
        day = QDate.fromString(self.text().strip(), Qt.DateFormat.ISODate)
        calendar.setSelectedDate(day if day.isValid() else QDate.currentDate())
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(calendar)
        self.calendar = frame
        frame.move(self.mapToGlobal(self.rect().bottomLeft()))
        frame.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self, calendar: QCalendarWidget) -> None:
        """Take the colours and icons of the program for those that Qt has by itself."""
        look = self._appearance
        letters = QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        calendar.setHorizontalHeaderFormat(letters)
        plain, head = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(look.colour("ink"))
        head.setForeground(look.colour("dim"))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, plain)
        calendar.setHeaderTextFormat(head)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            button = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:
                button.setIcon(look.icon(icon))

    def _pick(self, day: QDate) -> None:
        # A click and Enter may both come; the first one counts.
        frame, self.calendar = self.calendar, None
        if frame is None:
            return
        self.setText(day.toString(Qt.DateFormat.ISODate))
        frame.close()
        self.picked.emit()


class CellDelegate(QStyledItemDelegate):
    """Makes the editor that the kind of the column asks for."""

    def __init__(self, appearance: Appearance, model: GridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._grid = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # By hand: hundreds of cells are seen at once, and the style sheet takes far longer.
        look, cell = self._appearance, option.rect
        row, column = index.row(), index.column()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, look.colour("accent_ground"))
        words = self._grid.shown(row, column)
        if words:
            room = cell.adjusted(look.px(8), 0, -look.px(8), 0)
            number = self._grid.attribute(column).kind is AttributeKind.NUMBER
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            words = option.fontMetrics.elidedText(
                words.replace("\n", " "), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.setFont(option.font)
            painter.setPen(look.colour("ink"))
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        attribute = self._grid.attribute(index.column())
        if attribute.kind is AttributeKind.DATE:
            editor: QLineEdit = DayEdit(self._appearance, parent)
            assert isinstance(editor, DayEdit)
            editor.picked.connect(lambda: self._picked(editor))
        else:
            editor = QLineEdit(parent)
        if attribute.kind is AttributeKind.NUMBER:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        owner = self._grid.owner(index.row()).name
        editor.setAccessibleName(f"{owner}, {attribute.name}")
        return editor

    def _picked(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)
