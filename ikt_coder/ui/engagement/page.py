"""The page Engagement log: events, the form of one, and their counts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.rows import Subject, SubjectKind
from ikt_coder.services.engagement.counting import LEVEL, of_framework
from ikt_coder.services.engagement.rows import EventRow
from ikt_coder.services.project import Project
from ikt_coder.ui.charting.form import ChartForm
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.engagement.counts import Counted, EventCounts, read_counts
from ikt_coder.ui.engagement.event_form import EventForm
from ikt_coder.ui.engagement.event_list import EventsPanel
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

_FOLLOWED = (
    *("engagement_event", "event_user", "event_link", "list_term", "chart", "chart_answer"),
    *("chart_field", "chart_option", "code", "theme", "document", "framework"),
)


@frozen
class Log:
    """What the page shows: the events, the level of each in words, and the counts."""

    events: tuple[EventRow, ...]
    levels: dict[UUID, str]
    counted: Counted


def read_log(project: Project) -> Log:
    """Read the log (off the main thread)."""
    events = project.engagement.all()
    counted = read_counts(project, events)
    level = of_framework(counted.grid, LEVEL)
    levels = {}
    for row in counted.grid.rows if level is not None else ():
        chosen = [level.option(key) for key in row.answer(level.id).options] if level else []
        levels[row.subject.id] = ", ".join(option.shown for option in chosen if option is not None)
    return Log(events, levels, counted)


class EngagementPage(QWidget):
    """Left the events, in the middle the form of one, right what is charted of it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._event: UUID | None = None
        self._view = "log"
        self.log: Log | None = None
        self.reading: FreshReading[Log] = FreshReading(self, context.tasks, self._begin, self._show)
        self._build()
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        px, settings = look.px, context.settings
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(look, self.tr("How to see the log"), self)
        self.switch.set_segments(
            [
                Segment("log", self.tr("Events"), self.tr("One event after the other")),
                Segment("counts", self.tr("Counts"), self.tr("Stages, levels, activities, parts")),
            ]
        )
        self.switch.chosen.connect(self.show_view)
        self.lists_button = QPushButton(self.tr("Lists…"), self)
        self.lists_button.setToolTip(
            self.tr("Which activities, types of knowledge users and parts are offered")
        )
        self.lists_button.clicked.connect(lambda _on=False: self.edit_lists())
        self.export_button = QPushButton(self.tr("Reports"), self)
        self.export_button.setToolTip(self.tr("Write the log and its tables to files"))
        self.export_button.clicked.connect(lambda _on=False: context.place_wanted.emit("reports"))
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.setSpacing(px(8))
        bar.addWidget(self.switch)
        bar.addStretch(1)
        bar.addWidget(self.lists_button)
        bar.addWidget(self.export_button)
        self.events = EventsPanel(look)
        self.form = EventForm(context)
        self.chart = ChartForm(context, whole=False)
        charted = QWidget()
        charted.setProperty("surface", "paper")
        charted.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = QVBoxLayout(charted)
        side.setContentsMargins(0, px(10), 0, 0)
        heading = SectionHeading(look, self.tr("Level, stages and what was reported"))
        heading.setContentsMargins(px(14), 0, px(14), 0)
        side.addWidget(heading)
        side.addWidget(self.chart, 1)
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("engagement.across"),
            save=lambda sizes: settings.remember_splitter("engagement.across", sizes),
        )
        self.across.add_pane(self.events, min(px(260), 340))
        self.across.add_pane(self.form, px(520), stretch=True)
        self.across.add_pane(charted, px(400))
        self.counts = EventCounts(look, settings)
        self.empty = EmptyView(
            look,
            "people",
            self.tr("No event in the log yet"),
            self.tr(
                "Log meetings, emails and calls with knowledge users: when, in which stage, at "
                "which level, who took part in which role, and what changed because of it. The "
                "counts and the table of what each role influenced come from here."
            ),
        )
        self.start_button = self.empty.add_button(self.tr("Log an event"), self.add_event)
        self.stack = QStackedWidget(self)
        for widget in (self.across, self.counts, self.empty):
            self.stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(self.stack, 1)
        self.events.chosen.connect(self.open_event)
        self.events.asked.connect(self.add_event)
        self.form.delete_asked.connect(self.delete_event)
        self.chart.stepped.connect(self.step)
        self.counts.opened.connect(self._open_from_counts)
        new = QShortcut(QKeySequence("Ctrl+Shift+N"), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.add_event)

    # -- reading ------------------------------------------------------------------------------

    def _begin(self) -> Callable[[Progress], Log]:
        project = self._context.project
        return lambda _progress: read_log(project)

    def _changed(self, changes: Changes) -> None:
        if not changes.tables or changes.touches(*_FOLLOWED):
            self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        return self.reading.up_to_date

    def _show(self, log: Log) -> None:
        self.log = log
        keys = [event.id for event in log.events]
        if self._event not in keys:
            self._event = keys[-1] if keys else None
        self.events.show_events(log.events, log.levels, self._event)
        self.counts.show_counted(log.counted, log.events)
        self._show_event()
        self._turn()

    def _turn(self) -> None:
        some = self.log is not None and bool(self.log.events)
        self.switch.setVisible(some)
        self.export_button.setVisible(some)
        self.start_button.setEnabled(not self._context.project.read_only)
        if not some:
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self.across if self._view == "log" else self.counts)

    def _show_event(self) -> None:
        log = self.log
        event = next((e for e in log.events if e.id == self._event), None) if log else None
        self.form.show_event(event)
        subject = Subject(SubjectKind.EVENT, event.id) if event is not None else None
        if self.chart.subject != subject:
            self.chart.show_subject(subject)

    # -- going --------------------------------------------------------------------------------

    def show_view(self, key: str) -> None:
        """The events or the counts."""
        self._view = key
        if self.switch.current() != key:
            self.switch.choose(key)
        self._turn()

    def open_event(self, event: UUID) -> None:
        """Show the form of an event."""
        self.form.commit()
        self._event = event
        self.events.choose(event)
        self._show_event()

    def _open_from_counts(self, event: UUID) -> None:
        self.show_view("log")
        self.open_event(event)
        self.form.focus_title()

    def step(self, by: int) -> None:
        """Go to the next or previous event."""
        after = self.events.after(self._event, by)
        if after is not None:
            self.open_event(after)

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""
        if self.stack.currentWidget() is self.empty:
            self.start_button.setFocus()
        elif self._view == "counts":
            self.counts.table.setFocus()
        else:
            self.events.list.setFocus()

    # -- acts ---------------------------------------------------------------------------------

    def add_event(self) -> None:
        """Add an event of today and go to its form."""
        from datetime import date

        self.form.commit()
        try:
            self._event = self._context.project.engagement.add(date.today().isoformat())
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Added an event to the engagement log"))
        self.show_view("log")
        self._show(read_log(self._context.project))
        self.form.focus_title()

    def delete_event(self, event: UUID) -> None:
        """Take an event out; said with a way back."""
        engagement = self._context.project.engagement
        try:
            name = engagement.get(event).name
            engagement.delete(event)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Deleted {name} from the log").format(name=bold(name)))

    def edit_lists(self) -> None:
        """Change which activities, types and parts are offered."""
        from ikt_coder.ui.engagement.lists_dialog import ListsDialog

        dialog = ListsDialog(self._context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
