"""The counts: each answer with n, one question against another, and the records behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.counting import (
    Counts,
    CrossTable,
    FieldCount,
    Pilot,
    Unit,
    forms_with,
)
from ikt_coder.services.charting.rows import AnswerKind, ChartRow, FieldRow
from ikt_coder.services.charting.tables import count_sentences, option_name, sources
from ikt_coder.services.retrieval_notes import counted_on
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.charting.figures import FigureCell, FiguresPane, cross_cells, forms_of
from ikt_coder.ui.charting.wording import not_charted, not_reported, pilot_word, unit_word
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel


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
        self.pane: FiguresPane[ChartRow] = FiguresPane(
            appearance,
            settings,
            "charting.counts",
            bar,
            _BehindModel(self),
            table=self.tr("Counts"),
            rows=self.tr("Records behind the number"),
            title=self.tr("Behind the number"),
        )
        self.table, self.note = self.pane.table, self.pane.note
        self.behind, self.list = self.pane.behind, self.pane.list
        self.table.opened.connect(self.pane.show_behind)
        self.pane.opened.connect(self._open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)

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
        found = next(
            (f for f in shown.counts.fields if f.field.id == self.field.currentData()), None
        )
        with self.pane.anew():
            if found is None:
                self.pane.show_nothing()
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
            behind = forms_of(cases)
            blank = [FigureCell("")] * (2 * bases)
            rows.append([FigureCell(name, behind), FigureCell(str(len(cases)), behind), *blank])
        self.table.put(rows)

    def _show_cross(self, made: CrossTable) -> None:
        names = [each.shown if each else not_reported() for each in made.column_options]
        self._heads([made.down.name, *names, self.tr("Total")], narrow=False)
        self.table.put(cross_cells(made, not_reported(), self.tr("Total")))

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

    def _open(self, row: ChartRow) -> None:
        self.opened.emit(row.subject, self.field.currentData())
