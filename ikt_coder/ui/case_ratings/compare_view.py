"""Groups of cases side by side: medians, and which constructs tell the groups apart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.case_ratings.comparing import (
    RULE,
    Compared,
    Comparison,
    Distinction,
    GroupRatings,
)
from ikt_coder.services.case_ratings.rows import RatingGrid
from ikt_coder.services.case_ratings.tables import group_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.pill import Pill

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class CompareModel(QAbstractTableModel):
    """Rows are constructs; columns the groups, cases of none, and how far medians are apart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None

    def put(self, comparison: Comparison | None) -> None:
        self.beginResetModel()
        self.comparison = comparison
        self.endResetModel()

    @property
    def _rows(self) -> tuple[Compared, ...]:
        return self.comparison.rows if self.comparison is not None else ()

    def groups(self, row: Compared) -> tuple[GroupRatings, ...]:
        """The groups that are shown of a row."""
        return (*row.groups, *((row.rest,) if row.rest.cases else ()))

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        if parent.isValid() or not self._rows:
            return 0
        return len(self.groups(self._rows[0])) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or not self._rows:
            return None
        if orientation == Qt.Orientation.Vertical:
            construct = self._rows[section].construct
            return f"{'   ' * construct.depth}{construct.name}"
        groups = self.groups(self._rows[0])
        if section < len(groups):
            return f"{groups[section].value} (n = {len(groups[section].cases)})"
        return self.tr("Tells apart")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        groups = self.groups(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.column() < len(groups):
                return group_words(groups[index.column()])
            return self._apart(row)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() < len(groups):
            signs = [rated.sign for _, rated in groups[index.column()].ratings]
            return "  ".join(signs)
        return None

    def _apart(self, row: Compared) -> str:
        if row.difference is None:
            return "—"
        words = {
            Distinction.STRONG: self.tr("★★ strongly ({n} apart)"),
            Distinction.WEAK: self.tr("★ weakly ({n} apart)"),
            Distinction.NONE: self.tr("no ({n} apart)"),
        }[row.distinction]
        return words.replace("{n}", f"{row.difference:g}")


class CompareView(QWidget):
    """Enter or a click on a figure opens the passages of its cases."""

    asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._grid: RatingGrid | None = None
        self._names: tuple[str, ...] = ()
        self.by: str = ""
        look, px = context.appearance, context.appearance.px
        self.pill = Pill(look, self.tr("Compare by"), "", opens=True)
        self.pill.clicked.connect(self._open)
        self.table = _Table()
        self.model = CompareModel(self)
        self.table.setModel(self.model)
        self.table.opened.connect(self._passages)
        self.rule = QLabel(
            self.tr("Median (number of cases with a value; M: Missing).") + f" {RULE}"
        )
        self.rule.setWordWrap(True)
        self.rule.setProperty("tone", "dim")
        self.rule.setProperty("face", "small")
        self.empty = EmptyView(
            look,
            "people",
            self.tr("Nothing to compare by yet"),
            self.tr(
                "Put participants into groups, or give cases an attribute of two to six values, "
                "such as high and low implementation."
            ),
        )
        self.empty.add_button(
            self.tr("Open People"), lambda: context.people_wanted.emit("participants")
        )
        head = QHBoxLayout()
        head.setContentsMargins(px(14), px(4), px(14), px(8))
        head.addWidget(self.pill)
        head.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(14), px(8), px(14), px(10))
        foot.addWidget(self.rule)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.empty, 1)
        whole.addLayout(foot)

    def show_comparison(
        self, grid: RatingGrid, offered: tuple[str, ...], comparison: Comparison | None
    ) -> None:
        """Show groups side by side; ``offered`` are the names one can compare by."""
        self._grid = grid
        self._names = offered
        self.model.put(comparison)
        some = comparison is not None
        self.by = comparison.by.name if comparison is not None else ""
        self.pill.set_words(self.tr("Compare by"), self.by)
        for widget in (self.pill, self.table, self.rule):
            widget.setVisible(some)
        self.empty.setVisible(not some)

    def _open(self) -> None:
        shown = ChoiceList(
            self._context.appearance,
            self.tr("What sets the cases apart"),
            [Choice(name, name) for name in self._names],
        )
        shown.taken.connect(self.choose)
        open_choices(self._context.appearance, shown, self.pill)

    def choose(self, name: str) -> None:
        """Compare by something else."""
        self.by = name
        self.asked.emit()

    def _passages(self, index: QModelIndex) -> None:
        comparison, grid = self.model.comparison, self._grid
        if comparison is None or grid is None or not index.isValid():
            return
        row = comparison.rows[index.row()]
        groups = self.model.groups(row)
        cases = (
            groups[index.column()].cases
            if index.column() < len(groups)
            else tuple(case for group in row.groups for case in group.cases)
        )
        codings = dict.fromkeys(
            coding.id for case in cases for coding in grid.cell(case, row.construct.code).codings
        )
        if codings:
            self._context.passages_wanted.emit(tuple(codings))
        else:
            self._context.say(self.tr("No passage is coded there"), False)


class _Table(QTableView):
    opened = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Groups of cases compared"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setMaximumWidth(320)
        self.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
