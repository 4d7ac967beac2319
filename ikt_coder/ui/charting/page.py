"""The page Charting: the form of each document, all forms as a table, and their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.counting import Unit
from ikt_coder.services.charting.forms import progress_of
from ikt_coder.services.charting.rows import ChartStatus, Grid, Subject, SubjectKind
from ikt_coder.services.project import Project
from ikt_coder.ui.charting.counts_view import Asked, Counted, CountsView
from ikt_coder.ui.charting.form import ChartForm
from ikt_coder.ui.charting.grid_view import GridView
from ikt_coder.ui.charting.record_text import RecordText
from ikt_coder.ui.charting.records import RecordsPanel
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

USUAL_FORM = ("kta", "iap2", "research-stages", "wider", "ikt-outcomes")
"""The frameworks a scoping review of partnership research charts with."""
_FOLLOWED = (
    *("chart", "chart_answer", "chart_field", "chart_option", "chart_check", "document", "study"),
    *("participant", "document_participant", "speaker", "folder", "framework", "coder"),
)
_SOON = 300
"""Milliseconds after which the list, the table and the counts follow: when the hand rests, so
that the next answer does not wait while all forms are read."""


@frozen
class Charted:
    """What the page shows; nothing is counted while nobody looks at counts."""

    grid: Grid
    usual: Unit
    checked: dict[Subject, int]
    counted: Counted | None


def read_charted(project: Project, asked: Asked | None) -> Charted:
    """Read the forms, and the counts that are asked for (off the main thread)."""
    charting = project.charting
    grid = charting.grid()
    usual = charting.usual_unit(grid=grid)
    stand = {(check.subject, check.field) for check in charting.checks(grid=grid) if check.stands}
    checked = dict(Counter(subject for subject, _ in stand))
    if asked is None:
        return Charted(grid, usual, checked, None)
    unit = asked.unit or usual
    counts = charting.counts(unit=unit, pilot=asked.pilot, grid=grid)
    keys = {field.id for field in grid.fields}
    cross = None
    if asked.field in keys and asked.across in keys and asked.field and asked.across:
        cross = charting.cross(asked.field, asked.across, unit=unit, pilot=asked.pilot, grid=grid)
    return Charted(grid, usual, checked, Counted(counts, cross))


class ChartingPage(QWidget):
    """Form, table and counts of the documents; each shows what the project holds."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._subject: Subject | None = None
        self._view = "form"
        self._told_end = False
        self.charted: Charted | None = None
        self.reading: FreshReading[Charted] = FreshReading(
            self, context.tasks, self._begin, self._show, soon=_SOON
        )
        self._build()
        context.signals.changed.connect(self._changed)
        context.message.connect(self._another_message)

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        px, settings = look.px, context.settings
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(look, self.tr("How to see charting"), self)
        self.switch.set_segments(
            [
                Segment("form", self.tr("Form"), self.tr("One record after the other")),
                Segment("grid", self.tr("Table"), self.tr("All records and answers")),
                Segment("counts", self.tr("Counts"), self.tr("How many have each answer")),
            ]
        )
        self.switch.chosen.connect(self.show_view)
        self.fields_button = QPushButton(self.tr("Questions…"), self)
        self.fields_button.setToolTip(self.tr("Add, reword, hide and order the questions"))
        self.fields_button.clicked.connect(lambda _on=False: self.edit_fields())
        self.export_button = QPushButton(self.tr("Reports"), self)
        self.export_button.setToolTip(self.tr("Write the table, the counts or the checks to files"))
        self.export_button.clicked.connect(lambda _on=False: context.place_wanted.emit("reports"))
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.setSpacing(px(8))
        bar.addWidget(self.switch)
        bar.addStretch(1)
        bar.addWidget(self.fields_button)
        bar.addWidget(self.export_button)
        self.records = RecordsPanel(look)
        self.form = ChartForm(context)
        self.text = RecordText(context)
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("charting.across"),
            save=lambda sizes: settings.remember_splitter("charting.across", sizes),
        )
        self.across.add_pane(self.records, min(px(250), 340))
        self.across.add_pane(self.form, px(430))
        self.across.add_pane(self.text, px(520), stretch=True)
        self.grid = GridView(look)
        self.counts = CountsView(look, settings)
        self.empty = EmptyView(
            look,
            "table",
            self.tr("No charting form yet"),
            self.tr(
                "A form asks the same questions of every document: which phases of knowledge to "
                "action, which level of participation, which stages, which outcomes. Take the "
                "questions of published frameworks, write your own, or both."
            ),
        )
        self.start_button = self.empty.add_button(
            self.tr("Add KTA, IAP2, stages, WIDER and outcomes"), self.add_usual
        )
        self.empty.add_button(self.tr("Write a question"), self.edit_fields)
        self.no_documents = EmptyView(
            look,
            "document",
            self.tr("No documents to chart yet"),
            self.tr("Import papers or transcripts; each gets a form."),
        )
        self.stack = QStackedWidget(self)
        for widget in (self.across, self.grid, self.counts, self.empty, self.no_documents):
            self.stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(self.stack, 1)
        self.records.chosen.connect(self._show_record)
        self.form.stepped.connect(self.step)
        self.form.opened.connect(lambda subject: context.document_wanted.emit(subject.id))
        self.grid.opened.connect(self.open_form)
        self.counts.opened.connect(self.open_form)
        self.counts.asked.connect(self.reading.ask)

    # -- reading ------------------------------------------------------------------------------

    def _begin(self) -> Callable[[Progress], Charted]:
        project = self._context.project
        asked = self.counts.wanted() if self._view == "counts" else None

        def work(_progress: Progress) -> Charted:
            return read_charted(project, asked)

        return work

    def _changed(self, changes: Changes) -> None:
        if not changes.tables or changes.touches(*_FOLLOWED):
            self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        return self.reading.up_to_date

    def _show(self, charted: Charted) -> None:
        first = self.charted is None
        self.charted = charted
        grid = charted.grid
        keys = [row.subject for row in grid.rows]
        if self._subject not in keys:
            begun = [row.subject for row in grid.rows if row.status is not ChartStatus.CHARTED]
            self._subject = next(iter(begun or keys), None)
        self.records.show_grid(grid, progress_of(grid), charted.checked, self._subject)
        if self._view == "grid":
            self.grid.show_grid(grid)
        before = self.counts.wanted()
        self.counts.offer(grid.fields, charted.usual)
        if charted.counted is not None:
            if self.counts.wanted() != before:
                self.reading.ask()  # the questions were not known yet
            self.counts.show_counted(charted.counted)
        if self.form.subject != self._subject or first:
            self._show_record(self._subject)
        self._turn()

    def _turn(self) -> None:
        """Show what there is to see."""
        charted = self.charted
        some = charted is not None and bool(charted.grid.fields)
        for widget in (self.switch, self.export_button, self.fields_button):
            widget.setVisible(some)
        self.start_button.setEnabled(not self._context.project.read_only)
        if charted is None or not some:
            self.stack.setCurrentWidget(self.empty)
        elif not charted.grid.rows:
            self.stack.setCurrentWidget(self.no_documents)
        else:
            views = {"form": self.across, "grid": self.grid, "counts": self.counts}
            self.stack.setCurrentWidget(views[self._view])

    # -- going --------------------------------------------------------------------------------

    def show_view(self, key: str) -> None:
        """The form, the table or the counts."""
        self._view = key
        self._forget_end()
        if self.switch.current() != key:
            self.switch.choose(key)
        if key == "counts":
            self.reading.ask()
        elif key == "grid" and self.charted is not None:
            self.grid.show_grid(self.charted.grid)
        self._turn()

    def open_form(self, subject: Subject, field: UUID | None = None) -> None:
        """Show the form of a record, at a question."""
        self.show_view("form")
        self._subject = subject
        self.records.choose(subject)
        self.form.show_subject(subject, field)
        self.text.show_document(subject.id)
        self.form.setFocus()

    def show_document(self, document: UUID) -> None:
        """Show the form of a document, from elsewhere."""
        self.open_form(Subject(SubjectKind.DOCUMENT, document))

    def _show_record(self, subject: Subject | None) -> None:
        if subject != self._subject:
            self._forget_end()
        self._subject = subject
        self.form.show_subject(subject)
        self.text.show_document(subject.id if subject is not None else None)

    def step(self, by: int) -> None:
        """Go to the next or previous record."""
        after = self.records.after(self._subject, by)
        if after is None:
            last = self.tr("This is the last record.")
            self._context.say(last if by > 0 else self.tr("This is the first record."), undo=False)
            self._told_end = True
            return
        self.open_form(after)

    def _another_message(self, _words: str, _undo: bool) -> None:
        self._told_end = False

    def _forget_end(self) -> None:
        """Where the records end is true of this record alone: take the words away again, unless
        something else was said since."""
        if self._told_end:
            self._context.say("", undo=False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._forget_end()

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""
        current = self.stack.currentWidget()
        if current is self.across:
            self.form.setFocus()
        elif current is self.counts:
            self.counts.table.setFocus()
        elif current is self.empty:
            self.start_button.setFocus()
        elif current is not None:
            current.setFocus()

    # -- the form itself ----------------------------------------------------------------------

    def add_usual(self) -> None:
        """Put the questions of the usual frameworks into the form, in one act."""
        try:
            n = self._context.project.charting.add_form(USUAL_FORM)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Questions added to the form: {n}").format(n=n))

    def edit_fields(self) -> None:
        """Add, reword, hide, order and delete questions."""
        from ikt_coder.ui.charting.fields_dialog import FieldsDialog

        dialog = FieldsDialog(self._context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
