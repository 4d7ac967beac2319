"""The documents to chart: by study, with how far each form is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.rows import ChartRow, ChartStatus, Grid, Progress, Subject
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.charting.wording import status_word
from ikt_coder.ui.widgets.keyed_list import KeyedList
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading

_SIGNS = {ChartStatus.TO_DO: " ", ChartStatus.IN_PROGRESS: "◐", ChartStatus.CHARTED: "✓"}


@frozen
class Entry:
    """A record in the list: how many of its fields are answered, and how many of these a second
    coder has checked."""

    row: ChartRow
    answered: int
    fields: int
    checked: int


class RecordModel(RowsModel[Entry]):
    def shown(self, row: Entry, role: int) -> Any:
        form = row.row
        if role == Qt.ItemDataRole.DisplayRole:
            return form.title
        if role == ItemRole.SUBTITLE:
            parts = [form.study_name] if form.study is not None else []
            parts += [self.tr("pilot")] if form.pilot else []
            if row.checked:
                words = self.tr("checked {n} of {all}")
                parts.append(words.format(n=row.checked, all=row.answered))
            parts += [self.tr("left out of analysis")] if form.left_out else []
            return " · ".join(parts)
        if role == ItemRole.COUNT:
            return f"{row.answered}/{row.fields}"
        if role == ItemRole.SIGN:
            return _SIGNS[form.status]
        if role == ItemRole.SIGN_COLOUR:
            return "accent"
        if role == ItemRole.DIM:
            return form.left_out
        if role == Qt.ItemDataRole.AccessibleTextRole:
            answered = self.tr("{n} of {all} answered").format(n=row.answered, all=row.fields)
            return ", ".join((form.title, status_word(form.status), answered))
        return None


class RecordsPanel(QWidget):
    """The list, in the order of documents with the records of a study together."""

    chosen = Signal(object)
    """Subject"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = appearance.px
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = SectionHeading(appearance, self.tr("Records"))
        self.model = RecordModel(self)
        self.list: KeyedList[Entry, Subject] = KeyedList(
            appearance, self.tr("Records to chart"), self.model, lambda entry: entry.row.subject
        )
        self.list.chosen.connect(self.chosen)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(6))
        self.told = QLabel()
        self.told.setProperty("tone", "dim")
        self.told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(12), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.bar)
        column.addWidget(self.told)

    def show_grid(
        self,
        grid: Grid,
        progress: Progress,
        checked: Mapping[Subject, int],
        chosen: Subject | None,
    ) -> None:
        """Show the records, with how many of their answers are checked; the chosen one stays
        chosen."""
        asked = len(grid.fields)
        entries = tuple(
            Entry(row, grid.answered(row), asked, checked.get(row.subject, 0))
            for row in by_study(grid.rows)
        )
        with self.list.quietly():
            if len(entries) == len(self.model.rows):
                before, self.model.rows = self.model.rows, entries
                for at, entry in enumerate(entries):
                    if entry != before[at]:
                        index = self.model.index(at, 0)
                        self.model.dataChanged.emit(index, index)
            else:
                self.model.put(entries)
            self.choose(chosen)
        self.heading.set_note(
            self.tr("{n} of {all} charted").format(n=progress.charted, all=progress.subjects)
        )
        self.bar.setRange(0, max(1, progress.asked))
        self.bar.setValue(progress.answered)
        words = self.tr("{n} of {all} fields answered").format(
            n=progress.answered, all=progress.asked
        )
        self.bar.setAccessibleName(words)
        if progress.pilots:
            words += " · " + self.tr("pilot records: {n}").format(n=progress.pilots)
        self.told.setText(words)

    def choose(self, subject: Subject | None) -> None:
        """Come to a record without a signal."""
        self.list.choose(subject)

    def after(self, subject: Subject | None, by: int) -> Subject | None:
        """The record ``by`` places further on; None past the ends."""
        return self.list.after(subject, by)


def by_study(rows: Sequence[ChartRow]) -> tuple[ChartRow, ...]:
    """The records of a study together, where the first of them stands."""
    groups: dict[object, list[ChartRow]] = {}
    for row in rows:
        groups.setdefault(row.study or row.subject, []).append(row)
    return tuple(row for held in groups.values() for row in held)
