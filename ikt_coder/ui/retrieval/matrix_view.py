"""What a retrieval found as a matrix: participants (or documents, groups, values of an attribute)
by codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from PySide6.QtGui import QActionGroup, QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QMenu,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.colour import blend
from ikt_coder.core.query import Query, TermKind
from ikt_coder.core.words import Subject
from ikt_coder.services.attribute_values import AttributeRow
from ikt_coder.services.matrices import Matrix
from ikt_coder.services.matrix_options import MatrixCell, MatrixOptions, MatrixRows
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.painting import wrapped
from ikt_coder.ui.widgets.pill import CheckChip, Pill
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_TALLEST = 190
_NARROW = 46
_WIDEST = 240


class MatrixModel(QAbstractTableModel):
    """The figures of a matrix; its first column stands in the header of the rows."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._matrix: Matrix | None = None
        self._most = 1.0
        self._first = 1  # column of figures of a code

    def show(self, matrix: Matrix | None) -> None:
        self.beginResetModel()
        self._matrix = matrix
        # How many people a row stands for is no figure of a code.
        self._first = matrix.column_keys.count(None) if matrix else 1
        values = (
            [cell.value or 0 for row in matrix.table.rows for cell in row[self._first :]]
            if matrix
            else []
        )
        self._most = float(max(values, default=1) or 1)
        self.endResetModel()

    def behind(self, index: Index) -> tuple[UUID, ...]:
        """The codings a figure counts."""
        if self._matrix is None or not index.isValid():
            return ()
        return self._matrix.behind.get((index.row(), index.column() + 1), ())

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.table.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        if parent.isValid() or self._matrix is None:
            return 0
        return len(self._matrix.table.columns) - 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        matrix = self._matrix
        if matrix is None or not index.isValid():
            return None
        cell = matrix.table.rows[index.row()][index.column() + 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ForegroundRole and not cell.value:
            return self._look.colour("dim")
        if role == Qt.ItemDataRole.BackgroundRole and cell.value:
            if index.column() + 1 < self._first:
                return None
            share = 0.08 + 0.20 * float(cell.value) / self._most
            accent, paper = self._look.colour("accent"), self._look.colour("paper")
            return QColor(blend(accent.name(), paper.name(), share))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row = matrix.table.rows[index.row()][0].text
            return f"{row}, {matrix.table.columns[index.column() + 1].name}: {cell.text}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        matrix = self._matrix
        if matrix is None:
            return None
        down = orientation == Qt.Orientation.Vertical
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if down:
                return matrix.table.rows[section][0].text.replace("\n", " ")
            return matrix.table.columns[section + 1].name
        if role == Qt.ItemDataRole.TextAlignmentRole and down:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _TurnedHeader(QHeaderView):
    """Names of codes written upwards, in at most two lines."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = appearance
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(appearance.px(_NARROW))
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        model = self.model()
        metrics = QFontMetrics(self._look.font(FontRole.SMALL))
        names = [
            str(model.headerData(at, Qt.Orientation.Horizontal))
            for at in range(model.columnCount())
        ]
        longest = max((metrics.horizontalAdvance(name) for name in names), default=40)
        tallest = self._look.px(_TALLEST)
        return QSize(super().sizeHint().width(), min(longest, tallest) + self._look.px(16))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, px = self._look, self._look.px
        font = look.font(FontRole.SMALL)
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        painter.save()
        painter.fillRect(rect, look.colour("panel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("rule"))
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        painter.translate(rect.left(), rect.bottom() - px(8))
        painter.rotate(-90)
        room = rect.height() - px(14)
        line = QFontMetrics(font).height()
        lines = wrapped(name, font, room, 2)
        top = (rect.width() - line * len(lines)) // 2
        for text in lines:
            painter.drawText(QRect(0, top, room, line), Qt.AlignmentFlag.AlignVCenter, text)
            top += line
        painter.restore()


class _FigureDelegate(QStyledItemDelegate):
    """The ground says how much; the style sheet would paint over a model's own colours."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor) and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class _Grid(QTableView):
    """Enter or a click opens the passages of a figure."""

    opened = Signal(object)

    def __init__(self, appearance: Appearance, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = model
        self.setModel(model)
        self.setItemDelegate(_FigureDelegate(self))
        self.setHorizontalHeader(_TurnedHeader(appearance, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(appearance.px(30))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # A long name leaves room for the figures; the hint holds all of it.
        self.verticalHeader().setMaximumWidth(appearance.px(_WIDEST))
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        codings = self._figures.behind(index)
        if codings:
            self.opened.emit(codings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


class MatrixView(QWidget):
    """What stands in rows and cells is chosen in pills; ``changed`` asks for it anew."""

    changed = Signal()
    opened = Signal(object)  # a tuple of codings

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._cell = MatrixRows.PARTICIPANTS, MatrixCell.PRESENCE
        self._attribute: UUID | None = None
        self._guide = False
        self._attributes: dict[UUID, AttributeRow] = {}
        self.rows_pill = Pill(appearance, self.tr("Rows"), opens=True)
        self.cells_pill = Pill(appearance, self.tr("Cells"), opens=True)
        self.below = CheckChip(appearance, self.tr("Add sub-codes up"))
        self.model = MatrixModel(appearance, self)
        self.grid = _Grid(appearance, self.model, self)
        self.grid.setAccessibleName(self.tr("Matrix"))
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setMinimumWidth(1)
        self.note.setWordWrap(True)
        self.note.setProperty("tone", "dim")
        self.note.setProperty("face", "small")
        px = appearance.px
        pills = QWidget()
        row = WrapLayout(pills, across=px(6), down=px(4))
        for pill in (self.rows_pill, self.cells_pill, self.below):
            row.addWidget(pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(10), px(14), px(10))
        column.setSpacing(px(8))
        column.addWidget(pills)
        column.addWidget(self.grid, 1)
        # A long note scrolls rather than push the figures off a small screen.
        noted = QScrollArea()
        noted.setFrameShape(QFrame.Shape.NoFrame)
        noted.setWidgetResizable(True)
        noted.setWidget(self.note)
        noted.setFixedHeight(px(58))
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(noted)
        self.rows_pill.clicked.connect(self._open_rows)
        self.cells_pill.clicked.connect(self._open_cells)
        self.below.clicked.connect(self.changed)
        self.grid.opened.connect(self.opened)
        self._say()

    def options(self, query: Query) -> MatrixOptions:
        """What to count of a query: the codes it names, or all that are used."""
        codes = tuple(
            dict.fromkeys(
                term.key
                for block in query.blocks
                for term in block.terms
                if term.kind is TermKind.CODE
            )
        )
        named = all(
            block.terms and all(term.kind is TermKind.CODE for term in block.terms)
            for block in query.blocks
        )
        return MatrixOptions(
            rows=self._rows,
            codes=codes if named else (),
            below=self.below.isChecked(),
            cell=self._cell,
            query=query,
            attribute=self._attribute,
        )

    def kept(self) -> dict[str, object]:
        """What was chosen, for the next start."""
        return {
            "rows": self._rows.value,
            "cell": self._cell.value,
            "attribute": str(self._attribute) if self._attribute else None,
            "below": self.below.isChecked(),
        }

    def restore(self, kept: Mapping[str, object]) -> None:
        """Choose what was chosen last; what is not understood changes nothing."""
        attribute = kept.get("attribute")
        try:
            rows, cell = MatrixRows(str(kept.get("rows"))), MatrixCell(str(kept.get("cell")))
            key = UUID(str(attribute)) if attribute else None
        except ValueError:
            return
        if (rows is MatrixRows.ATTRIBUTE) is (key is not None):
            self._rows, self._cell, self._attribute = rows, cell, key
        self.below.setChecked(kept.get("below") is True)
        self._say()

    def show_matrix(self, matrix: Matrix) -> None:
        """Show figures; the scroll place stays."""
        across = self.grid.horizontalScrollBar().value()
        down = self.grid.verticalScrollBar().value()
        self.model.show(matrix)
        self.grid.horizontalScrollBar().setValue(across)
        self.grid.verticalScrollBar().setValue(down)
        self.note.setText(" ".join("".join(run.text for run in part) for part in matrix.table.note))

    def offer(self, *, questions: bool, attributes: Sequence[AttributeRow]) -> None:
        """What rows can be beside people and documents: questions only where the project has a
        guide, and values of its attributes. Those of one that is gone become participants."""
        self._guide = questions
        self._attributes = {row.id: row for row in attributes}
        if self._attribute is not None and self._attribute not in self._attributes:
            self._rows, self._attribute = MatrixRows.PARTICIPANTS, None
        self._say()

    def _say(self) -> None:
        of_values = self._attributes.get(self._attribute) if self._attribute else None
        words = of_values.name if of_values else self._row_words().get(self._rows, "")
        self.rows_pill.set_words(self.tr("Rows"), words)
        self.cells_pill.set_words(self.tr("Cells"), self._cell_words()[self._cell])

    def _row_words(self) -> dict[MatrixRows, str]:
        return {
            MatrixRows.PARTICIPANTS: self.tr("participants"),
            MatrixRows.DOCUMENTS: self.tr("documents"),
            MatrixRows.GROUPS: self.tr("groups of participants"),
            MatrixRows.QUESTIONS: self.tr("questions of the guide"),
        }

    def _value_words(self) -> dict[Subject, str]:
        return {
            Subject.PARTICIPANT: self.tr("an attribute of participants"),
            Subject.DOCUMENT: self.tr("an attribute of documents"),
            Subject.STUDY: self.tr("an attribute of studies"),
        }

    def _cell_words(self) -> dict[MatrixCell, str]:
        return {
            MatrixCell.PRESENCE: self.tr("1 or 0"),
            MatrixCell.PASSAGES: self.tr("passages"),
            MatrixCell.REFERENCES: self.tr("codings"),
        }

    def row_choices(self) -> dict[MatrixRows, str]:
        """What rows can be, in words."""
        words = self._row_words()
        if not self._guide and self._rows is not MatrixRows.QUESTIONS:
            del words[MatrixRows.QUESTIONS]
        return words

    def rows_menu(self) -> QMenu:
        """What rows can be; attributes stand in a menu of their own for each kind of owner."""
        menu = QMenu(self)
        group = QActionGroup(menu)

        def offer(within: QMenu, words: str, rows: MatrixRows, key: UUID | None = None) -> None:
            action = within.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked((rows, key) == (self._rows, self._attribute))
            action.triggered.connect(lambda: self._set(rows, self._cell, key))
            group.addAction(action)

        for rows, words in self.row_choices().items():
            offer(menu, words, rows)
        for subject, words in self._value_words().items():
            some = [row for row in self._attributes.values() if row.subject is subject]
            if some:
                below = menu.addMenu(words)
                for row in some:
                    offer(below, row.name, MatrixRows.ATTRIBUTE, row.id)
        return menu

    def _open_rows(self) -> None:
        menu = self.rows_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.rows_pill.mapToGlobal(QPoint(0, self.rows_pill.height())))

    def _open_cells(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for cell, words in self._cell_words().items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(cell is self._cell)
            action.triggered.connect(
                lambda _c=False, k=cell: self._set(self._rows, k, self._attribute)
            )
            group.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.cells_pill.mapToGlobal(QPoint(0, self.cells_pill.height())))

    def _set(self, rows: MatrixRows, cell: MatrixCell, attribute: UUID | None = None) -> None:
        self._rows, self._cell, self._attribute = rows, cell, attribute
        self._say()
        self.changed.emit()
