"""The counts: each answer with n, one question against another, and the records behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.counting import (
    Case,
    Counts,
    CrossTable,
    FieldCount,
    Pilot,
    Unit,
    forms_with,
)
from ikt_coder.services.charting.rows import AnswerKind, ChartRow, FieldRow, Subject
from ikt_coder.services.charting.tables import count_sentences, option_name, sources
from ikt_coder.services.retrieval_notes import counted_on
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.charting.wording import not_charted, not_reported, pilot_word, unit_word
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading

_FORMS = int(Qt.ItemDataRole.UserRole) + 1


@frozen
class FigureCell:
    """The words of a cell, the forms behind it (None: it opens nothing), how deep it stands."""

    words: str
    forms: tuple[ChartRow, ...] | None = None
    depth: int = 0


@frozen
class Asked:
    """What the counts are asked for; ``down`` and ``across`` are the sides of the cross table."""

    unit: Unit | None = None
    pilot: Pilot = Pilot.WITH
    field: UUID | None = None
    across: UUID | None = None


@frozen
class Counted:
    """What is shown: the counts, and a cross table where one is asked for."""

    counts: Counts
    cross: CrossTable | None


class _BehindModel(RowsModel[ChartRow]):
    def shown(self, row: ChartRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.citation
        if role == ItemRole.SUBTITLE:
            return row.study_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.citation, row.study_name) if part)
        return None


class CountTable(QTableWidget):
    """Figures that open what they count: the current cell tells its cases."""

    opened = Signal(object, str, str)
    """The forms (a tuple) behind the current figure, its name, and the figure"""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._least = 0
        self._fitting = False
        header.sectionResized.connect(self._resized)
        self.currentItemChanged.connect(lambda item, _before: self._tell(item))
        self.itemClicked.connect(self._tell)

    def _tell(self, item: QTableWidgetItem | None) -> None:
        forms = item.data(_FORMS) if item is not None else None
        if item is None or forms is None:
            return
        row, head = self.item(item.row(), 0), self.horizontalHeaderItem(item.column())
        words = row.text().strip() if row is not None else ""
        # The first two columns are the answer and its n; the others say what they are.
        if head is not None and item.column() > 0 and head.text() != "n":
            words = f"{words} · {head.text()}"
        figure = item.text() if item.column() else ""
        self.opened.emit(forms, words, figure)

    def set_widths(self, least: int, others: int) -> None:
        """Give every column but the first ``others`` pixels. The first takes what its words
        need where there is room, and never less than ``least``, until it is drawn by hand."""
        for column in range(1, self.columnCount()):
            self.setColumnWidth(column, others)
        self._least = least
        self._fit()

    def _fit(self) -> None:
        if not self._least or not self.columnCount():
            return
        others = sum(self.columnWidth(column) for column in range(1, self.columnCount()))
        room = self.viewport().width() - others
        self._fitting = True
        self.setColumnWidth(0, max(self._least, min(self.sizeHintForColumn(0), room)))
        self._fitting = False

    def _resized(self, column: int, _before: int, _after: int) -> None:
        if column == 0 and not self._fitting:
            self._least = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def put(self, rows: Sequence[Sequence[FigureCell]]) -> None:
        """Fill the table."""
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, each in enumerate(row):
                item = QTableWidgetItem("\u2003" * each.depth + each.words)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if each.forms is not None:
                    item.setData(_FORMS, each.forms)
                self.setItem(at, column, item)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell(self.currentItem())
            return
        super().keyPressEvent(event)


class CountsView(QWidget):
    """Choose a question, and another one to hold it against; every number opens its records."""

    asked = Signal()
    """Something else is asked for."""
    opened = Signal(object, object)
    """Subject whose form is to be opened, and the question"""

    def __init__(
        self, appearance: Appearance, settings: Any, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = appearance
        px = appearance.px
        self._fields: tuple[FieldRow, ...] = ()
        self._filling = False
        self.shown: Counted | None = None
        self.setProperty("surface", "ground")
        self.field = self._combo(self.tr("Question"))
        self.across = self._combo(self.tr("Against"))
        self.unit = self._combo(self.tr("Unit"))
        self.pilot = self._combo(self.tr("Pilot records"))
        for unit in (Unit.STUDY, Unit.RECORD, Unit.PARTICIPANT):
            self.unit.addItem(unit_word(unit), unit.value)
        for pilot in Pilot:
            self.pilot.addItem(pilot_word(pilot), pilot.value)
        self._unit_chosen = False
        self.unit.activated.connect(lambda _at: setattr(self, "_unit_chosen", True))
        bar = QHBoxLayout()
        bar.setContentsMargins(px(14), px(10), px(14), px(6))
        bar.setSpacing(px(8))
        for words, combo in (
            (self.tr("Question"), self.field),
            (self.tr("against"), self.across),
            (self.tr("count"), self.unit),
            ("", self.pilot),
        ):
            if words:
                label = QLabel(words)
                label.setProperty("tone", "dim")
                bar.addWidget(label)
            bar.addWidget(combo)
            combo.activated.connect(self._asked)
        bar.addStretch(1)
        self.table = CountTable(self.tr("Counts"))
        self.table.opened.connect(self._show_forms)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("tone", "dim")
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.setContentsMargins(px(14), px(6), px(14), px(12))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        self.heading = SectionHeading(appearance, self.tr("Behind the number"))
        self.behind = _BehindModel(self)
        self.list = RowList(appearance, self.tr("Records behind the number"), ruled=True)
        self.list.setModel(self.behind)
        self.list.activated.connect(self._open)
        self.list.doubleClicked.connect(self._open)
        right = QWidget()
        right.setProperty("surface", "panel")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = QVBoxLayout(right)
        side.setContentsMargins(px(14), px(10), px(12), px(12))
        side.setSpacing(px(8))
        side.addWidget(self.heading)
        side.addWidget(self.list, 1)
        self.across_split = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("charting.counts"),
            save=lambda sizes: settings.remember_splitter("charting.counts", sizes),
        )
        self.across_split.add_pane(left, px(700), stretch=True)
        self.across_split.add_pane(right, min(px(300), 420))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across_split)

    def _combo(self, name: str) -> QuietComboBox:
        combo = QuietComboBox(self)
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QuietComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    # -- what is asked for --------------------------------------------------------------------

    def offer(self, fields: tuple[FieldRow, ...], usual: Unit) -> None:
        """Offer the questions there are; what was chosen stays."""
        if not self._unit_chosen:
            self.unit.setCurrentIndex(self.unit.findData(usual.value))
        if fields == self._fields:
            return
        self._filling = True
        self._fields = fields
        for combo, none in ((self.field, ""), (self.across, self.tr("no other"))):
            kept = combo.currentData()
            combo.clear()
            if none:
                combo.addItem(none, None)
            for field in fields:
                if not none or field.kind is not AnswerKind.TEXT:
                    combo.addItem(field.name, field.id)
            combo.setCurrentIndex(max(0, combo.findData(kept)) if combo.count() else -1)
        self._filling = False

    def wanted(self) -> Asked:
        """What is asked for now."""
        unit = self.unit.currentData()
        chosen = self._chosen()
        text = chosen is None or chosen.kind is AnswerKind.TEXT
        self.across.setEnabled(not text)
        return Asked(
            Unit(unit) if unit else None,
            Pilot(self.pilot.currentData() or Pilot.WITH.value),
            self.field.currentData(),
            None if text else self.across.currentData(),
        )

    def _chosen(self) -> FieldRow | None:
        key = self.field.currentData()
        return next((field for field in self._fields if field.id == key), None)

    def _asked(self) -> None:
        if not self._filling:
            self.asked.emit()

    # -- showing ------------------------------------------------------------------------------

    def show_counted(self, shown: Counted) -> None:
        """Show what was counted."""
        self.shown = shown
        at = (self.table.currentRow(), self.table.currentColumn())
        self.table.clear()
        self.behind.put(())
        self.heading.set_note("")
        found = next(
            (f for f in shown.counts.fields if f.field.id == self.field.currentData()), None
        )
        if found is None:
            self.table.setRowCount(0)
            self.table.setColumnCount(0)
            self.note.setText("")
            return
        if shown.cross is not None:
            self._show_cross(shown.cross)
        else:
            self._show_field(found)
        said = count_sentences(shown.counts, found)
        if shown.cross is not None:
            # The cross table counts who was looked at in both.
            both = self.tr("N = {n} with an answer to both; rows and columns may overlap.")
            said = [both.format(n=shown.cross.looked), *said]
        fields = [found.field, *([shown.cross.across] if shown.cross is not None else [])]
        words = " ".join([*said, counted_on(date.today())])
        self.note.setText("\n".join([words, *sources(fields)]))
        if at[0] >= 0:
            self.table.setCurrentCell(*at)

    def _show_field(self, found: FieldCount) -> None:
        bases = found.field.has_basis
        heads = [self.tr("Answer"), "n"]
        heads += [self.tr("Explicit"), self.tr("Inferred")] if bases else []
        self._heads(heads, narrow=True)
        rows: list[list[FigureCell]] = []
        for row in found.rows:
            forms = forms_with(row, found.field, row.cases)
            name = option_name(row) if row.option else self.tr("Reported")
            cells = [
                FigureCell(name, forms, row.option.depth if row.option else 0),
                FigureCell(str(row.n), forms),
            ]
            for cases in (row.said, row.concluded) if bases else ():
                behind = forms_with(row, found.field, cases)
                cells.append(FigureCell(str(len(cases)), behind))
            rows.append(cells)
        for name, cases in (
            (not_reported(), found.not_reported),
            (not_charted(), found.not_charted),
        ):
            behind = _forms(cases)
            blank = [FigureCell("")] * (2 * bases)
            rows.append([FigureCell(name, behind), FigureCell(str(len(cases)), behind), *blank])
        self.table.put(rows)

    def _show_cross(self, made: CrossTable) -> None:
        names = [each.shown if each else not_reported() for each in made.column_options]
        self._heads([made.down.name, *names, self.tr("Total")], narrow=False)
        rows: list[list[FigureCell]] = []
        for option, line, total in zip(made.row_options, made.cells, made.row_totals, strict=True):
            name = option.shown if option else not_reported()
            behind = _forms(total.cases)
            rows.append(
                [
                    FigureCell(name, behind, option.depth if option else 0),
                    *(FigureCell(str(each.n), _forms(each.cases)) for each in line),
                    FigureCell(str(total.n), behind),
                ]
            )
        totals = [FigureCell(str(each.n), _forms(each.cases)) for each in made.column_totals]
        all_ = _forms(made.both)
        rows.append(
            [FigureCell(self.tr("Total"), all_), *totals, FigureCell(str(made.looked), all_)]
        )
        self.table.put(rows)

    def _heads(self, names: Sequence[str], *, narrow: bool) -> None:
        px = self._look.px
        table = self.table
        table.setColumnCount(len(names))
        table.setHorizontalHeaderLabels(list(names))
        table.verticalHeader().setDefaultSectionSize(px(28))
        header = table.horizontalHeader()
        header.setFixedHeight(px(30 if narrow else 74))
        # Names of answers are long: they wrap over their figures.
        wrap = Qt.AlignmentFlag.AlignBottom.value | Qt.TextFlag.TextWordWrap.value
        for column, name in enumerate(names):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            head = table.horizontalHeaderItem(column)
            if head is not None:
                head.setToolTip(name)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                head.setData(Qt.ItemDataRole.TextAlignmentRole, side.value | wrap)
        table.setFont(self._look.font(FontRole.BODY))
        table.set_widths(px(300 if narrow else 210), px(92 if narrow else 128))

    def _show_forms(self, forms: tuple[ChartRow, ...], name: str, figure: str) -> None:
        self.behind.put(forms)
        self.heading.set_title(name or self.tr("Behind the number"))
        self.heading.set_note(figure)

    def _open(self, index: QModelIndex) -> None:
        row = self.behind.row(index)
        if row is not None:
            subject: Subject = row.subject
            self.opened.emit(subject, self.field.currentData())


def _forms(cases: Sequence[Case]) -> tuple[ChartRow, ...]:
    return tuple(form for case in cases for form in case.rows)
