"""The Settle page: the queue, the text in a column for each coder, and how to decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DecisionKind
from ikt_coder.core.span import Span
from ikt_coder.services.settling_rows import Choice, Item, Progress
from ikt_coder.ui.comparison.settle.deciding import Deciding
from ikt_coder.ui.comparison.settle.decision_panel import DecisionPanel
from ikt_coder.ui.comparison.settle.draft import outcome
from ikt_coder.ui.comparison.settle.edges import EdgeHold
from ikt_coder.ui.comparison.settle.item_view import ItemView
from ikt_coder.ui.comparison.settle.kept_place import ids, keep, kept, shown_from, state_of
from ikt_coder.ui.comparison.settle.page_acts import PageActs
from ikt_coder.ui.comparison.settle.people import MOST, People
from ikt_coder.ui.comparison.settle.queue_keys import QueueKeys
from ikt_coder.ui.comparison.settle.queue_order import needs_adjudicator, needs_somebody
from ikt_coder.ui.comparison.settle.queue_panel import QueuePanel
from ikt_coder.ui.comparison.settle.reading import Reading, read_round
from ikt_coder.ui.comparison.settle.summary_panel import SummaryPanel
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress as Working
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.place import ComparePlace

_FOLLOWED = (
    "decision",
    "item_note",
    "snapshot",
    "frozen_ground",
    "coding_round",
    "assignment",
    "code",
    "framework",
    "framework_node",
    "level",
    "document",
    "text_edit",
    "coder",
    "round_event",
    "project",
    "settled",
)
_NARROW = 1150
"""Pixels at 100 %, below which the text takes the room of the summary at first."""
_LEAST_SUMMARY = 120
_KEEP_SOON = 400
_MOST_PANEL = 0.55
"""Of the height, at most, that the decision takes by itself."""
_TEXTS = ("document", "text_edit", "turn", "speaker")


class SettlePage(QWidget):
    """Goes through the differences of one round. Each decision is one act that can be undone;
    the next open item comes by itself."""

    def __init__(self, context: Context, place: ComparePlace | None = None) -> None:
        super().__init__()
        self._context = context
        self._place = place
        # Known for good: the place is kept also while the project is being closed.
        self._project_id = context.project.id
        self._round: UUID | None = None
        self._read: Reading | None = None
        self._wanted: UUID | None = None
        self._begun = False
        self._by_document: dict[UUID, list[Item]] = {}
        self.deciding = Deciding(context, self)
        self._build()
        self.people = People(context, self.panel.present_pill, self.queue.columns_pill, self)
        self.deciding.present = lambda: self.people.present
        self.hold = EdgeHold(
            self.view.columns, self.deciding, lambda words: context.say(words, undo=False)
        )
        self.acts = PageActs(context, self)
        letters = self.acts.by_letter()
        self.keys = QueueKeys(context.settings, self.deciding, self.hold, letters, self)
        self.reading: FreshReading[Reading] = FreshReading(
            self, context.tasks, self._begin, self._show, failed=self._failed
        )
        # Each step of a walk through the queue is no reason to write a file.
        self._keep_soon = QTimer(self, singleShot=True, interval=_KEEP_SOON)
        self._keep_soon.timeout.connect(self._keep)
        self._connect()

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        settings, px = context.settings, look.px
        self.queue = QueuePanel(context)
        self.view = ItemView(context, self.deciding)
        self.panel = DecisionPanel(context, self.deciding)
        self.summary = SummaryPanel(context)
        self.bar = NotificationBar(look)
        self.banner = NotificationBar(look)
        beneath = ScrollColumn(self.panel)
        beneath.setProperty("surface", "panel")
        self.down = RememberedSplitter(
            Qt.Orientation.Vertical,
            saved=settings.splitter("settle.down"),
            save=lambda sizes: settings.remember_splitter("settle.down", sizes),
        )
        self.down.add_pane(self.view, px(420), stretch=True)
        self.down.add_pane(beneath, min(px(236), 270))
        self.beneath = beneath
        # Over the text, at its upper right corner: there is no bar to hold it.
        self.fold_button = QToolButton(self.view)
        self.fold_button.setCheckable(True)
        self.fold_button.setToolTip(self.tr("Show or hide how far the round is"))
        self.fold_button.setAccessibleName(self.tr("How far the round is"))
        look.set_icon(self.fold_button, "panel-right", "dim")
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.banner, self.bar):
            column.addWidget(part)
        column.addWidget(self.down, 1)
        right = ScrollColumn(self.summary)
        right.setProperty("surface", "panel")
        # Folded away it must not keep the window wide; where it is narrow it can be scrolled.
        right.setMinimumWidth(_LEAST_SUMMARY)
        right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("settle.across"),
            save=lambda sizes: settings.remember_splitter("settle.across", sizes),
        )
        # Large text must not push the text off a small screen.
        self.across.add_pane(self.queue, min(px(300), 380))
        self.across.add_pane(middle, 780, stretch=True)
        self.across.add_pane(right, min(px(248), 320))
        self.nothing = EmptyView(look, "compare", "", "")
        self.nothing.add_button(self.tr("Go to the rounds"), self._go_to_rounds)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.across)
        self.stack.addWidget(self.nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.stack.setCurrentWidget(self.nothing)

    def _connect(self) -> None:
        context, queue, panel = self._context, self.queue, self.panel
        context.signals.changed.connect(self._changed)
        queue.item_chosen.connect(self._show_item)
        queue.shown_changed.connect(self._filtered)
        queue.list.take_key = self.keys.take
        queue.list.menu_wanted = lambda place: self.keys.open_menu(place, self)
        self.deciding.changed.connect(self._draft_changed)
        self.deciding.reason_wanted.connect(self.open_reason)
        self.fold_button.clicked.connect(lambda on: self.across.fold(2, not on))
        self.across.splitterMoved.connect(self._place_fold)
        self.view.columns.resized.connect(self._place_fold)
        self.deciding.decided.connect(self._decided)
        self.deciding.renewed.connect(self._renewed)
        panel.looked_at.connect(self._look_at)
        panel.code_wanted.connect(self.acts.choose_code)
        panel.note_wanted.connect(self.acts.open_notes)
        panel.left.connect(queue.list.setFocus)
        self.people.changed.connect(self._keep)
        self.people.columns_changed.connect(self._columns_changed)
        self.summary.code_wanted.connect(lambda code: self._toggle(code=code))
        self.summary.way_wanted.connect(lambda way: self._toggle(way=way))
        self.summary.kind_wanted.connect(lambda kind: self._toggle(kind=kind))
        self.summary.shown_wanted.connect(queue.show_only)
        self.summary.reliability.opened.connect(self._show_agreement)
        self.summary.matches_wanted.connect(self.acts.accept_matches)
        self.summary.boundaries_wanted.connect(self.acts.ask_boundaries)
        self.summary.proposals_wanted.connect(self.acts.ask_proposals)
        self.summary.export_wanted.connect(self.acts.export)
        self.acts.bulk.done.connect(queue.list.setFocus)

    # -- the round ----------------------------------------------------------------------------

    def show_round(self, round_: UUID | None) -> None:
        """Show a round's differences, where one was in them."""
        if round_ == self._round and self._read is not None:
            return
        self._keep()
        self._round, self._read = round_, None
        self.deciding.round = round_
        self.deciding.show(None, None)
        if round_ is None:
            self._tell_nothing(
                self.tr("Differences are settled within a round"),
                self.tr("Set one up, or choose one above: then they are listed here."),
            )
            return
        state = kept(self._context.settings, self._project_id, round_)
        self.queue.shown = shown_from(state.get("shown"))
        self.people.present = ids(state.get("present"))
        self.people.columns = ids(state.get("columns"))
        self._wanted = next(iter(ids([state.get("item")])), None)
        self.reading.ask()

    def refresh(self) -> None:
        """Read the round anew."""
        if self._round is not None:
            self.reading.refresh()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self._round is None or self.reading.up_to_date

    def _begin(self) -> Callable[[Working], Reading]:
        project, round_, columns = self._context.project, self._round, self.people.columns

        def work(progress: Working) -> Reading:
            return read_round(project, round_, columns, progress)

        return work

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        if self._round is not None:
            self._read = None
            self._tell_nothing(error.what, error.to_do)

    def _tell_nothing(self, sentence: str, more: str) -> None:
        self.nothing.set_words(sentence, more)
        self.stack.setCurrentWidget(self.nothing)

    def _show(self, read: Reading) -> None:
        if read.row.id != self._round:
            return
        first = self._read is None
        self._read = read
        self._by_document = {}
        for item in read.items:
            self._by_document.setdefault(item.document, []).append(item)
        self.people.show_round(read.row, read.study, names=not read.adjudicating)
        self._tell_adjudicating()
        self.view.show_codes(read.study)
        mine = read.row.adjudicator is not None and (
            read.row.adjudicator == self._context.project.coder
        )
        self.queue.model.wanted = needs_adjudicator if mine else needs_somebody
        self.stack.setCurrentWidget(self.across)
        if not self._begun:
            self._first_look()
        self.queue.put(read.items, read.study, read.progress)
        self._tell_progress(read.progress)
        if first:
            if not self.queue.choose(self._wanted):
                self.queue.first_open()
            self._wanted = None

    def _tell_progress(self, progress: Progress) -> None:
        read = self._read
        if read is None:
            return
        self.queue.tell(progress)
        self.summary.show_progress(progress, read.study, read.row, read.able)
        self.summary.tell_filter(self.queue.shown)

    def _tell_adjudicating(self) -> None:
        read = self._read
        if read is not None and read.adjudicating:
            if self.banner.isHidden():
                self.banner.show_message(
                    self.tr(
                        "You adjudicate: the coders' names are hidden, and their order changes "
                        "from item to item."
                    ),
                    Weight.NOTE,
                    may_close=False,
                )
        else:
            self.banner.hide()

    # -- the item -----------------------------------------------------------------------------

    def show_item(self, item: UUID) -> None:
        """Come to an item of the round from elsewhere."""
        self._wanted = item
        if self._read is not None and not self.queue.choose(item):
            self.queue.show_all()
            self.queue.choose(item)

    def _show_item(self, key: UUID | None) -> None:
        read = self._read
        item = self.queue.current() if key is not None else None
        if read is None:
            return
        self.hold.leave()
        if item is None:
            self.deciding.show(None, read.study)
            self.view.show_item(None, (), read.study, count=2, anonymous=False)
            return
        again = self.deciding.item is not None and self.deciding.item.id == item.id
        self.deciding.show(item, read.study)
        self.view.show_item(
            item,
            self._by_document.get(item.document, ()),
            read.study,
            count=len(self.people.columns) or MOST,
            anonymous=read.adjudicating,
            scroll=not again,
        )
        self.panel.show_item(
            read.study,
            self.view.where(item),
            read.frozen,
            read.row.codebook_number,
            columns=len(self.people.columns) or MOST,
        )
        margin = self.view.columns.margin
        if margin is not None and not margin.property("wired"):
            margin.setProperty("wired", True)
            margin.item_clicked.connect(self.show_item)
        self._fit_panel()
        self._draft_changed()
        self._keep_soon.start()

    def _draft_changed(self) -> None:
        self._look_at(None)

    def _look_at(self, choice: Choice | None) -> None:
        """Outline where the codings of a choice would lie; without one, those of the edges
        that are set."""
        deciding = self.deciding
        item = deciding.item
        if item is None:
            return
        if choice is None and deciding.way is not None:
            choice = deciding.way.choice
        if choice is None and deciding.draft.edges is not None:
            choice = next((c for c in deciding.choices if c.result), None)
        spans: Sequence[Span] = outcome(item, choice, deciding.draft) if choice is not None else ()
        self.view.show_results(spans)

    def _decided(self, key: UUID) -> None:
        self._renew(key)
        if not self.queue.next_open():
            self._show_item(key)
            if self._read is not None and not self._read.progress.left:
                self._context.say(self.tr("Nothing is left to settle in this round."))
        self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _renewed(self, key: UUID) -> None:
        self._renew(key)
        if self.queue.current_id() == key:
            self._show_item(key)

    def _renew(self, key: UUID) -> None:
        """Read again what one act changed: this item, and how far the round is."""
        read, round_ = self._read, self._round
        if read is None or round_ is None:
            return
        service = self._context.project.reconciliation
        item, progress = service.item(key, round_), service.progress(round_)
        here = self._by_document.get(item.document, [])
        self._by_document[item.document] = [item if o.id == key else o for o in here]
        if progress.agreed_accepted != read.progress.agreed_accepted:
            # With its last difference a document is settled, and what agrees in it with it.
            self.reading.outdate()
        self._read = replace(read, progress=progress)
        self.queue.renew(item)
        self._tell_progress(progress)

    # -- keeping up ---------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if self.deciding.writing or self._round is None:
            return
        switched = changes.kind == Op.SWITCH_CODER
        if changes.tables and not switched and not changes.touches(*_FOLLOWED):
            return
        if not changes.tables or changes.touches(*_TEXTS):
            self.view.forget_text()
        self.reading.outdate()

    def _filtered(self) -> None:
        self.summary.tell_filter(self.queue.shown)
        self._keep()

    def _toggle(self, **wanted: object) -> None:
        """Filter the queue by a row of the summary; by the same again, filter no more."""
        shown = self.queue.shown
        if "code" in wanted:
            code = wanted["code"]
            self.queue.show_code(code if isinstance(code, UUID) and code != shown.code else None)
        elif "way" in wanted:
            way = wanted["way"]
            self.queue.show_way(
                way if isinstance(way, DecisionKind) and way is not shown.way else None
            )
        else:
            self.queue.show_kind(wanted["kind"] if wanted["kind"] is not shown.kind else None)  # type: ignore[arg-type]  # a signal's object

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep()

    def _keep(self) -> None:
        self._keep_soon.stop()
        if self._round is None or self._read is None:
            return
        item = self.queue.current_id()
        keep(
            self._context.settings,
            self._project_id,
            self._round,
            {
                "item": str(item or ""),
                "shown": state_of(self.queue.shown),
                "present": [str(coder) for coder in self.people.present],
                "columns": [str(coder) for coder in self.people.columns],
            },
        )

    def _columns_changed(self) -> None:
        self._keep()
        self.reading.ask()

    @property
    def anonymous(self) -> bool:
        """Whether one adjudicates without seeing names."""
        return self._read is not None and self._read.adjudicating

    @property
    def round_name(self) -> str:
        return self._read.row.name if self._read is not None else ""

    # -- the panels -----------------------------------------------------------------------------

    def open_reason(self) -> None:
        """Bring the keyboard to the reason, where it is seen."""
        self.panel.reason.focus_words()
        self.beneath.ensureWidgetVisible(self.panel.reason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_fold()

    def _first_look(self) -> None:
        """In a small window the text has the summary's room, until somebody wants that."""
        self._begun = True
        narrow = self.width() < self._context.appearance.px(_NARROW)
        if narrow and not self._context.settings.splitter("settle.across"):
            queue, middle, right = self.across.sizes()
            self.across.setSizes([queue, middle + right, 0])
        self._place_fold()

    def _fit_panel(self) -> None:
        """Give the decision the height it takes, until somebody has chosen another."""
        if self._context.settings.splitter("settle.down"):
            return
        text, panel = self.down.sizes()
        wanted = min(self.panel.wanted_height(), round((text + panel) * _MOST_PANEL))
        if wanted > panel:
            self.down.setSizes([text + panel - wanted, wanted])

    def _place_fold(self) -> None:
        button = self.fold_button
        button.setChecked(not self.across.is_folded(2))
        size = button.sizeHint()
        px = self._context.appearance.px
        self.view.columns.corner = size.width() + px(12)
        button.setGeometry(
            self.view.width() - size.width() - px(8), px(8), size.width(), size.height()
        )
        button.raise_()

    def _show_agreement(self) -> None:
        if self._place is not None:
            self._place.show_page("agreement")

    def _go_to_rounds(self) -> None:
        if self._place is not None:
            self._place.show_page("rounds")

    def focus_place(self) -> None:
        """Bring the keyboard to the queue."""
        here = self.queue.list if self.stack.currentWidget() is self.across else self.nothing
        here.setFocus(Qt.FocusReason.ShortcutFocusReason)
