"""The Agreement page: a table of figures, each of which opens its passages below."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.agreement.bootstrap import ENOUGH_DOCUMENTS
from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.ui.comparison.agreement import grids
from ikt_coder.ui.comparison.agreement.behind import Behind, look_behind
from ikt_coder.ui.comparison.agreement.choices_bar import ChoicesBar
from ikt_coder.ui.comparison.agreement.facts import Facts
from ikt_coder.ui.comparison.agreement.grid import Grid, GridView
from ikt_coder.ui.comparison.agreement.grids import View
from ikt_coder.ui.comparison.agreement.opens import InRound, OfCode, OfDocument, OfPair
from ikt_coder.ui.comparison.agreement.reading import (
    Reading,
    Wanted,
    read_agreement,
    with_intervals,
)
from ikt_coder.ui.comparison.agreement.stretch_list import Passage
from ikt_coder.ui.comparison.agreement.stretch_pane import StretchPane
from ikt_coder.ui.comparison.said import Said
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.reports.report_file import ReportFile
from ikt_coder.ui.tasks import Progress, Task
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.notification_bar import NotificationBar
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.place import ComparePlace

_STATE = "agreement"
_UNRELATED = frozenset(
    {"memo", "folder", "theme", "quote", "theme_coding", "theme_link", "source_file"}
)


class AgreementPage(QWidget):
    """Figures are read off the main thread; intervals follow, with progress and a stop."""

    def __init__(self, context: Context, place: ComparePlace | None = None) -> None:
        super().__init__()
        self._context = context
        self._place = place
        self._round: UUID | None = None
        self._begun = False
        self._code: UUID | None = None  # whose documents are listed; None: all codes
        self._drawing: Task | None = None
        self._opening: Task | None = None
        self._trail: list[Hashable] = []  # what the pane shows, and from what it was opened
        self._stopped = False
        self.agreement: Agreement | None = None
        self._build()
        self.reading: FreshReading[Reading] = FreshReading(
            self, context.tasks, self._begin, self._show, failed=self._failed
        )
        self._connect()
        self._restore()

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        settings, px = context.settings, look.px
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = ChoicesBar(context)
        self.messages = NotificationBar(look)
        self.facts = Facts(context)
        self.table = GridView(look)
        self.passages = StretchPane(context)
        self.passages.hide()
        self.nothing = EmptyView(look, "compare", "")
        self.files = ReportFile(context, self.messages, self)
        self.down = RememberedSplitter(
            Qt.Orientation.Vertical,
            saved=settings.splitter("agreement.down"),
            save=lambda sizes: settings.remember_splitter("agreement.down", sizes),
        )
        inset = QWidget()  # so that names begin where the words above them do
        beside = QVBoxLayout(inset)
        beside.setContentsMargins(px(6), 0, 0, 0)
        beside.addWidget(self.table)
        self.down.add_pane(inset, px(360), stretch=True)
        self.down.add_pane(self.passages, px(230))
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.facts)
        column.addWidget(self.down, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(figures)
        self.stack.addWidget(self.nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.messages)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._context.signals.changed.connect(self._changed)
        self.bar.view_chosen.connect(self._view_chosen)
        self.bar.asked.connect(self._ask_other)
        self.bar.shown.connect(self._show_columns)
        self.bar.report_asked.connect(self._export)
        self.table.opened.connect(self.open)
        self.facts.opened.connect(self.open)
        self.passages.close_asked.connect(self._leave_passages)
        self.passages.back_asked.connect(self._back)
        self.passages.opened.connect(self._open_further)
        self.passages.list.left_at_top.connect(self.focus_place)
        self.passages.table.left_at_top.connect(self.focus_place)
        self.passages.beside_asked.connect(self._show_beside)
        self.facts.stop_asked.connect(self._stop)
        self.facts.intervals_asked.connect(self._draw)

    # -- reading ----------------------------------------------------------------------------

    def show_round(self, round_: UUID | None) -> None:
        """Show the agreement over a round; None: of the codings as they stand."""
        if round_ == self._round and self._begun:
            return
        self._begun = True
        self._round = round_
        self._ask_other()

    def refresh(self) -> None:
        """Read anew."""
        self.reading.refresh()

    @property
    def up_to_date(self) -> bool:
        """Whether all that is shown is what the project holds, intervals too."""
        return self.reading.up_to_date and self._drawing is None and self._opening is None

    def _changed(self, changes: Changes) -> None:
        if not changes.tables or not changes.tables <= _UNRELATED:
            self.reading.outdate()

    def _ask_other(self) -> None:
        self._code = None
        self._close_passages()
        self.reading.ask()

    def _begin(self) -> Callable[[Progress], Reading]:
        round_, asking, project = self._round, self.bar.asking, self._context.project
        wanted = Wanted(
            self.bar.view, self._code, self.bar.more.isChecked(), self.bar.unused.isChecked()
        )
        if self._drawing is not None:
            self._drawing.cancel()

        def work(_progress: Progress) -> Reading:
            return read_agreement(project, round_, asking, wanted)

        return work

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.agreement = None
        self._tell_nothing(str(error))

    def _show(self, read: Reading) -> None:
        found = read.agreement
        self.bar.follow(read.row, read.coders, read.views)
        if found is None:
            self.agreement = None
            self._tell_nothing(read.why_not)
            return
        before = self.agreement
        self.agreement = found
        if before is not None and before.intervals and before.counts == found.counts:
            # The same counts have the same intervals: they do not go and come again.
            self.agreement = found = with_intervals(found, before)
            if self.bar.view is View.CODES:
                read_grid = self._code_grid(found)
                self._show_grid(read_grid)
            else:
                self._show_grid(read.grid)
        else:
            self._stopped = False
            self._show_grid(read.grid)
        self.facts.show_agreement(found)
        self.stack.setCurrentIndex(0)
        if before is not None and before.counts != found.counts and not self.passages.isHidden():
            self._look_behind(self._trail[-1], focus=False)
        if not found.intervals:
            self._draw()

    def _show_grid(self, grid: Grid) -> None:
        self.table.show_grid(grid)
        empty = Said((grid.empty,)) if not grid.rows and grid.empty else Said()
        self.facts.show_note(grid.note or empty)

    def _tell_nothing(self, why: str) -> None:
        sentence, _, more = why.partition(". ")
        self.nothing.set_words(f"{sentence}." if more else sentence, more)
        self.stack.setCurrentWidget(self.nothing)

    def _code_grid(self, found: Agreement) -> Grid:
        return grids.code_grid(
            found, more=self.bar.more.isChecked(), unused=self.bar.unused.isChecked()
        )

    def _show_columns(self) -> None:
        """More or fewer columns and rows of what was read already."""
        self._keep()
        if self.agreement is not None and self.bar.view is View.CODES:
            self._show_grid(self._code_grid(self.agreement))

    def _view_chosen(self, view: View) -> None:
        if view is not View.DOCUMENTS:
            self._code = None
        self._keep()
        self.reading.ask()

    # -- intervals --------------------------------------------------------------------------

    def _draw(self) -> None:
        """Compute the intervals of what is shown; a stop leaves the figures as they are."""
        found = self.agreement
        self.facts.end_work(again=False)
        if found is None or found.intervals or len(found.documents) < ENOUGH_DOCUMENTS:
            return
        asked, project, row = found.asked, self._context.project, self._round
        asking = self.bar.asking

        def work(progress: Progress) -> Agreement:
            return project.comparison.agreement(
                asked.round,
                coders=asking.coders or None,
                unit=asking.unit,
                unit_size=asking.unit_size,
                rule=asking.rule,
                scope=asking.scope,
                roll_up=asking.roll_up,
                bootstrap=True,
                progress=progress,
                cancelled=lambda: progress.cancelled,
            )

        def done(drawn: Agreement) -> None:
            now = self.agreement
            if row == self._round and now is not None and drawn.counts == now.counts:
                self._show_drawn(drawn)

        task = self._context.tasks.run(work, done=done, failed=self._not_drawn)
        self._drawing = task
        self.facts.show_work(0, 0)
        task.progressed.connect(lambda at, whole, _now: self._tell_work(task, at, whole))
        task.was_cancelled.connect(lambda: self._end_work(task, again=True))
        task.ended.connect(lambda: self._end_work(task, again=False))

    def _tell_work(self, task: Task, done: int, whole: int) -> None:
        if task is self._drawing:
            self.facts.show_work(done, whole)

    def _end_work(self, task: Task, *, again: bool) -> None:
        if task is not self._drawing:
            return
        self._drawing = None
        self.facts.end_work(again=again)

    def _not_drawn(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)

    def _show_drawn(self, drawn: Agreement) -> None:
        self.agreement = drawn
        self.facts.show_agreement(drawn)
        if self.bar.view is View.CODES:
            self._show_grid(self._code_grid(drawn))

    def _stop(self) -> None:
        self._stopped = True
        if self._drawing is not None:
            self._drawing.cancel()

    # -- what figures open ------------------------------------------------------------------

    def open(self, key: Hashable) -> None:
        """Open what a figure stands for: in the pane below, in place of the table, or in the
        texts."""
        if isinstance(key, OfCode):
            self._code = key.code
            self.bar.show_view(View.DOCUMENTS)
        elif isinstance(key, OfPair):
            self._close_passages()
            self.bar.view = View.CODES
            self.bar.ask(replace(self.bar.asking, coders=key.coders))
        elif isinstance(key, OfDocument):
            self._beside(key.document, None)
        elif isinstance(key, InRound) and isinstance(key.of, OfDocument):
            self._context.document_wanted.emit(key.of.document)
        else:
            self._trail = [key]
            self._look_behind(key)

    def _open_further(self, key: Hashable) -> None:
        """Open a figure of the small table in the pane; what it stood in is behind it."""
        of = key.of if isinstance(key, InRound) else key
        if isinstance(of, OfCode | OfPair | OfDocument):
            self.open(key)
        else:
            self._trail.append(key)
            self._look_behind(key)

    def _back(self) -> None:
        del self._trail[-1:]
        if self._trail:
            self._look_behind(self._trail[-1])

    def _look_behind(self, key: Hashable, *, focus: bool = True) -> None:
        found, project = self.agreement, self._context.project
        if found is None:
            return
        if self._opening is not None:
            self._opening.cancel()
        self.passages.wait()
        self.passages.show()

        def work(_progress: Progress) -> Behind:
            return look_behind(project, found, key)

        def done(behind: Behind) -> None:
            if not self.passages.isHidden():
                self.passages.show_behind(behind, back=len(self._trail) > 1)
                if focus:
                    self.passages.focus_content()

        task = self._context.tasks.run(work, done=done, failed=self._not_read)
        self._opening = task
        task.ended.connect(lambda: self._end_opening(task))

    def _end_opening(self, task: Task) -> None:
        if task is self._opening:
            self._opening = None

    def _not_read(self, error: BaseException) -> None:
        """What stood behind the figure went away meanwhile."""
        if not isinstance(error, UserError):
            raise error
        self._close_passages()
        self._context.fail(error)

    def _leave_passages(self) -> None:
        self._close_passages()
        self.focus_place()

    def _close_passages(self) -> None:
        self.passages.hide()
        if self._opening is not None:
            self._opening.cancel()

    def _show_beside(self, passage: Passage) -> None:
        if self._trail and isinstance(self._trail[-1], InRound):
            # The texts beside each other are those of the round that is shown, not of that one.
            self._context.reveal(passage.document, passage.span)
        else:
            self._beside(passage.document, passage.span)

    def _beside(self, document: UUID, span: Span | None) -> None:
        """Show a document in both coders' texts; without the place, in the transcript."""
        place = self._place
        if place is None:
            self._context.reveal(document, span or Span(0, 0))
            return
        place.show_page("beside")
        place.beside.show_document(document, span)

    # -- the rest ---------------------------------------------------------------------------

    def _export(self, key: str) -> None:
        asking = self.bar.asking
        options = ComparisonOptions(
            round=self._round,
            newest=False,
            coders=asking.coders,
            unit=asking.unit,
            unit_size=asking.unit_size,
            rule=asking.rule,
            scope=asking.scope,
            roll_up=asking.roll_up,
        )
        shown, project = self.agreement, self._context.project
        row = shown.round if shown is not None else None
        # Figures that leave the project are logged.
        figures = shown is not None and key in ("agreement", "methods")
        self.files.write(
            key,
            ReportOptions(comparison=options, round=options.round),
            row.name if row is not None else "",
            record=(lambda: project.comparison.record(shown))
            if figures and shown is not None and not project.read_only
            else None,
        )

    def focus_place(self) -> None:
        """Bring the keyboard to the figures."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.table.currentIndex().isValid() and self.table.figures.rowCount():
            self.table.setCurrentIndex(self.table.figures.index(0, 1))

    def _keep(self) -> None:
        context = self._context
        whole = context.settings.local_state(context.project.id)
        now = {"more": self.bar.more.isChecked(), "unused": self.bar.unused.isChecked()}
        if whole.get(_STATE) != now:
            whole[_STATE] = now
            context.settings.remember_local_state(context.project.id, whole)

    def _restore(self) -> None:
        context = self._context
        kept = context.settings.local_state(context.project.id).get(_STATE)
        if isinstance(kept, dict):
            self.bar.more.setChecked(kept.get("more") is True)
            self.bar.unused.setChecked(kept.get("unused") is True)
