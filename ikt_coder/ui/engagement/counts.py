"""How many events there are of what; every number opens its events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.counting import CrossTable
from ikt_coder.services.charting.rows import ChartRow, FieldRow, Grid, SubjectKind
from ikt_coder.services.charting.tables import sources
from ikt_coder.services.engagement.counting import (
    LEVEL,
    STAGES,
    Influence,
    crossed,
    influences,
    list_field,
    of_framework,
    with_lists,
)
from ikt_coder.services.engagement.rows import EventRow, ListName
from ikt_coder.services.project import Project
from ikt_coder.services.retrieval_notes import counted_on
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.charting.figures import FigureCell, FiguresPane, cross_cells
from ikt_coder.ui.engagement.wording import when_words
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel

translate = QCoreApplication.translate


@frozen
class Counted:
    """The tables by their key, and what each part and type influenced."""

    crosses: dict[str, CrossTable]
    parts: tuple[Influence, ...]
    types: tuple[Influence, ...]
    grid: Grid
    events: int


def read_counts(project: Project, events: Sequence[EventRow]) -> Counted:
    """Count the log (off the main thread)."""
    terms = {name: project.engagement.terms.all(name, hidden=True) for name in ListName}
    lists = {name: list_field(name, offered) for name, offered in terms.items()}
    grid = with_lists(project.charting.grid(SubjectKind.EVENT), events, tuple(lists.values()))
    fields: dict[str, FieldRow | None] = {
        "stages": of_framework(grid, STAGES),
        "level": of_framework(grid, LEVEL),
        "activity": lists[ListName.ACTIVITY],
        "users": lists[ListName.KNOWLEDGE_USER],
        "parts": lists[ListName.PART],
    }
    crosses = {}
    for key in table_names():
        down, _, across = key.partition(" ")
        first, second = fields.get(down), fields.get(across)
        if first is not None and second is not None:
            crosses[key] = crossed(grid, first, second)
    return Counted(
        crosses,
        influences(events, ListName.PART, terms[ListName.PART]),
        influences(events, ListName.KNOWLEDGE_USER, terms[ListName.KNOWLEDGE_USER]),
        grid,
        len(events),
    )


def table_names() -> dict[str, str]:
    """The cross tables by key, as they are called."""
    return {
        "stages level": translate("Engagement", "Stages by level"),
        "activity level": translate("Engagement", "Activities by level"),
        "activity stages": translate("Engagement", "Activities by stage"),
        "users level": translate("Engagement", "Knowledge users by level"),
        "users stages": translate("Engagement", "Knowledge users by stage"),
        "parts stages": translate("Engagement", "Parts by stage"),
    }


class _BehindModel(RowsModel[EventRow]):
    def shown(self, row: EventRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ItemRole.SUBTITLE:
            return when_words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {when_words(row)}"
        return None


class EventCounts(QWidget):
    """Choose a table; a number lists its events, and an event opens."""

    opened = Signal(object)
    """UUID of the event"""

    def __init__(
        self, appearance: Appearance, settings: Any, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._events: dict[UUID, EventRow] = {}
        self.shown: Counted | None = None
        self.setProperty("surface", "ground")
        self.table_choice = QuietComboBox(self)
        self.table_choice.setAccessibleName(self.tr("Table"))
        for key, name in table_names().items():
            self.table_choice.addItem(name, key)
        self.table_choice.addItem(self.tr("What each part influenced"), "influence part")
        self.table_choice.addItem(self.tr("What each type influenced"), "influence type")
        self.table_choice.activated.connect(lambda _at: self._show())
        bar = QHBoxLayout()
        bar.addWidget(self.table_choice)
        bar.addStretch(1)
        self.pane: FiguresPane[EventRow] = FiguresPane(
            appearance,
            settings,
            "engagement.counts",
            bar,
            _BehindModel(self),
            table=self.tr("Counts of events"),
            rows=self.tr("Events behind the number"),
            title=self.tr("Behind the number"),
        )
        self.table, self.note = self.pane.table, self.pane.note
        self.behind, self.list = self.pane.behind, self.pane.list
        self.table.opened.connect(self._open_figure)
        self.pane.opened.connect(lambda event: self.opened.emit(event.id))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)

    def show_counted(self, counted: Counted, events: Sequence[EventRow]) -> None:
        """Show what was counted."""
        self.shown = counted
        self._events = {event.id: event for event in events}
        self._show()

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            return
        key = str(self.table_choice.currentData())
        with self.pane.anew():
            if key.startswith("influence"):
                self._show_influence(shown, shown.parts if key.endswith("part") else shown.types)
            elif key in shown.crosses:
                self._show_cross(shown, shown.crosses[key])
            else:
                self.pane.show_nothing(
                    self.tr("The form of events has no such question. Chart, Questions… adds it.")
                )

    def _heads(self, names: Sequence[str]) -> None:
        self.table.setColumnCount(len(names))
        self.table.setHorizontalHeaderLabels(list(names))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _show_cross(self, shown: Counted, made: CrossTable) -> None:
        none = self.tr("Not reported")
        names = [each.shown if each else none for each in made.column_options]
        self._heads([made.down.name, *names, self.tr("Total")])
        self.table.put(cross_cells(made, none, self.tr("Total")))
        said = [
            self.tr(
                "Unit: event. N = {n} with an answer to both; rows and columns of several "
                "answers overlap, totals count each event once."
            ).format(n=made.looked)
        ]
        if made.not_charted:
            said.append(
                self.tr("{n} of {all} events are not charted for one of the two yet.").format(
                    n=len(made.not_charted), all=shown.events
                )
            )
        said.append(counted_on(date.today()))
        self.note.setText("\n".join([" ".join(said), *sources((made.down, made.across))]))

    def _show_influence(self, shown: Counted, found: Sequence[Influence]) -> None:
        self._heads([self.tr("Who"), self.tr("Events"), self.tr("People"), self.tr("What")])
        rows_of = {row.subject.id: row for row in shown.grid.rows}

        def forms(events: Sequence[EventRow]) -> tuple[ChartRow, ...]:
            return tuple(rows_of[event.id] for event in events if event.id in rows_of)

        rows = []
        for one in found:
            name = one.term.name if one.term is not None else self.tr("Not reported")
            people = f"{one.people}+" if one.unnumbered else str(one.people)
            said = "; ".join(user.influenced for _, user in one.said)
            behind = forms(one.events)
            telling = forms([event for event, _ in one.said])
            rows.append(
                [
                    FigureCell(name, behind),
                    FigureCell(str(len(one.events)), behind),
                    FigureCell(people, behind),
                    FigureCell(said, telling),
                ]
            )
        self.table.put(rows)
        for at in range(self.table.rowCount()):
            item = self.table.item(at, 3)
            if item is not None:
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(item.text())
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.note.setText(
            self.tr(
                "People are the numbers that were noted, added up over {n} events: somebody who "
                "came twice counts twice; + marks rows in which some numbers were not noted."
            ).format(n=shown.events)
        )

    def _open_figure(self, forms: tuple[ChartRow, ...], words: str, figure: str) -> None:
        found = [self._events[form.subject.id] for form in forms if form.subject.id in self._events]
        self.pane.show_behind(found, words, figure if len(figure) < 8 else str(len(found)))
