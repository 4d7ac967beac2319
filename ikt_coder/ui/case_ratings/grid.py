"""The ratings as a grid: constructs down, cases across."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
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

from ikt_coder.core.cases import CaseRef
from ikt_coder.core.colour import blend
from ikt_coder.services.case_ratings.rows import Rated, RatingCell, RatingGrid
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.case_ratings.wording import rated_words

Index = QModelIndex | QPersistentModelIndex
CellKey = tuple[CaseRef, UUID]
_TOP = QModelIndex()
_CELL = Qt.ItemDataRole.UserRole
_RATED = Qt.ItemDataRole.UserRole + 1
_WIDE, _HIGH, _NAMES = 84, 40, 300


class RatingsModel(QAbstractTableModel):
    """Rows are constructs, columns cases; ``whose`` is the rater that is shown (None: the
    rating that counts)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid: RatingGrid | None = None
        self.whose: UUID | None = None
        self._new: dict[CellKey, Rated | None] = {}  # given since the grid was read

    def put(self, grid: RatingGrid, whose: UUID | None) -> None:
        self.beginResetModel()
        self.grid, self.whose, self._new = grid, whose, {}
        self.endResetModel()

    def put_rated(self, index: QModelIndex, rated: Rated | None) -> None:
        """Show what was given at once, until the grid is read anew."""
        key = self.key(index)
        if key is not None:
            self._new[key] = rated
            self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self.grid is None else len(self.grid.constructs)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self.grid is None else len(self.grid.cases)

    def key(self, index: Index) -> CellKey | None:
        """Case and construct of a cell."""
        if self.grid is None or not index.isValid():
            return None
        return self.grid.cases[index.column()].ref, self.grid.constructs[index.row()].code

    def place(self, key: CellKey) -> QModelIndex:
        """Where a cell stands; an invalid index where it is gone."""
        if self.grid is not None:
            cases = [case.ref for case in self.grid.cases]
            codes = [construct.code for construct in self.grid.constructs]
            if key[0] in cases and key[1] in codes:
                return self.index(codes.index(key[1]), cases.index(key[0]))
        return QModelIndex()

    def rated(self, cell: RatingCell) -> Rated | None:
        """What is shown of a cell as a rating."""
        if self.whose is None:
            return cell.counts
        row = cell.of(self.whose)
        return row.rated if row is not None else None

    def sign(self, cell: RatingCell) -> str:
        """The sign of a cell; both where raters differ and nothing is agreed."""
        if self.whose is None and cell.undecided:
            return " / ".join(dict.fromkeys(row.rated.sign for row in cell.ratings))
        rated = self.rated(cell)
        return rated.sign if rated is not None else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key = self.key(index)
        if key is None or self.grid is None:
            return None
        cell = self.grid.cell(*key)
        if role in (Qt.ItemDataRole.DisplayRole, _RATED):
            if key in self._new:
                rated = self._new[key]
                sign = rated.sign if rated is not None else ""
            else:
                rated, sign = self.rated(cell), self.sign(cell)
            return sign if role == Qt.ItemDataRole.DisplayRole else rated
        if role == _CELL:
            return cell
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            case = self.grid.cases[index.column()].label
            construct = self.grid.constructs[index.row()].name
            n = cell.passages
            words = self.tr("1 passage") if n == 1 else self.tr("{n} passages")
            parts = [f"{construct}, {case}: {self._said(cell)}", words.replace("{n}", str(n))]
            if cell.differ and (self.whose is None or cell.of(self.whose) is not None):
                parts.append(self.tr("raters differ"))
            return " · ".join(parts)
        return None

    def _said(self, cell: RatingCell) -> str:
        if self.whose is None and cell.undecided:
            return self.sign(cell)
        return rated_words(self.rated(cell))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.grid is None:
            return None
        down = orientation == Qt.Orientation.Vertical
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if down else Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            if down:
                construct = self.grid.constructs[section]
                return f"{'   ' * construct.depth}{construct.name}"
            return self.grid.cases[section].label
        if role == Qt.ItemDataRole.ToolTipRole:
            if down:
                construct = self.grid.constructs[section]
                path = " › ".join(construct.path)
                return f"{path}\n{construct.definition}".strip()
            case = self.grid.cases[section]
            return f"{case.label}\n{case.group}".strip()
        return None


class _RatingDelegate(QStyledItemDelegate):
    """The sign in the middle; small signs at the edges: how many passages, what they suggest,
    that raters differ."""

    def __init__(self, appearance: Appearance, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = appearance

    def _ground(self, rated: Rated | None) -> QColor:
        """Blue helps, brown hinders; the sign says it without the colour."""
        look = self._look
        if rated is None or not rated.value:
            return look.colour("paper")
        role = "facilitator" if rated.value > 0 else "barrier"
        share = 0.10 * abs(rated.value)
        return QColor(blend(look.colour(role).name(), look.colour("paper").name(), share))

    @staticmethod
    def _blind(index: Index) -> bool:
        """Whether one's own ratings are shown: then others are told of after one's own."""
        model = index.model()
        return isinstance(model, RatingsModel) and model.whose is not None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, rated = index.data(_CELL), index.data(_RATED)
        if not isinstance(cell, RatingCell):
            return
        look, px = self._look, self._look.px
        rect: QRect = option.rect
        painter.save()
        painter.fillRect(rect, self._ground(rated))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("rule"))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), look.colour("rule"))
        sign = index.data()
        font = look.font(FontRole.STRONG)
        painter.setFont(font)
        missing = rated is not None and rated.missing
        painter.setPen(look.colour("dim" if missing else "ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, sign)
        small = look.font(FontRole.SMALL)
        painter.setFont(small)
        painter.setPen(look.colour("dim"))
        inner = rect.adjusted(px(5), px(2), -px(5), -px(2))
        if cell.passages:
            painter.drawText(
                inner,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom,
                str(cell.passages),
            )
        if not sign and cell.hint is not None:
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, f"{cell.hint.rated.sign}?")
        if cell.differ and (sign or not self._blind(index)):
            painter.setPen(look.colour("ink"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, "≠")
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(look.colour("accent"))
            for inset in range(px(2)):
                painter.drawRect(rect.adjusted(inset, inset, -1 - inset, -1 - inset))
        painter.restore()


class RatingsView(QTableView):
    """Digits with + or − rate, 0 is neutral, X mixed, M Missing, Del clears; Enter goes to the
    reasons. + and − alone go up and down the scale."""

    chosen = Signal()
    rated = Signal(object)
    """Rated, or None to clear"""
    stepped = Signal(int)
    """one point up or down"""
    reasons_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._sign = 0
        self.ratings = RatingsModel(self)
        self.setModel(self.ratings)
        self.setItemDelegate(_RatingDelegate(appearance, self))
        self.setAccessibleName(self.tr("Case ratings"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda _index: self.reasons_wanted.emit())
        appearance.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._look.px
        self.verticalHeader().setDefaultSectionSize(px(_HIGH))
        self.verticalHeader().setMaximumWidth(px(_NAMES))
        metrics = QFontMetrics(self._look.font(FontRole.STRONG))
        grid = self.ratings.grid
        names = [case.label for case in grid.cases] if grid is not None else []
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        self.horizontalHeader().setDefaultSectionSize(min(px(180), max(px(_WIDE), widest + px(20))))

    def show_grid(self, grid: RatingGrid, whose: UUID | None) -> None:
        """Show the ratings; the current cell stays."""
        key = self.key()
        down, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self.ratings.put(grid, whose)
        self._measure()
        index = self.ratings.place(key) if key is not None else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.verticalScrollBar().setValue(down)
            self.horizontalScrollBar().setValue(across)
        elif grid.cases and grid.constructs:
            self.setCurrentIndex(self.ratings.index(0, 0))

    def key(self) -> CellKey | None:
        """Case and construct of the current cell."""
        return self.ratings.key(self.currentIndex())

    def _moved(self) -> None:
        self._sign = 0
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look.set_focus_by_keyboard(True)
        control = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if control or not self._act(event):
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> bool:
        """Do what a key does; False where it does nothing."""
        key, typed = event.key(), event.text()
        sign, self._sign = self._sign, 0
        if typed in ("+", "-", "−"):
            self._sign = 1 if typed == "+" else -1
            self.stepped.emit(self._sign)
        elif typed in ("0", "1", "2"):
            self.rated.emit(Rated(int(typed) * (sign or 1)))
        elif key == Qt.Key.Key_M:
            self.rated.emit(Rated(None))
        elif key == Qt.Key.Key_X:
            self.rated.emit(Rated(0, True))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.rated.emit(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.reasons_wanted.emit()
        else:
            return False
        return True
