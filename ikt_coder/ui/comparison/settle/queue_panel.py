"""Left of the text: what is to settle, filtered and sorted, and how far one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.settling_rows import Item, Progress
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.said import AROUND, Opening, OpeningWords, Said, sentence
from ikt_coder.ui.comparison.settle.queue_model import QueueDelegate, QueueModel
from ikt_coder.ui.comparison.settle.queue_order import Order, Shown, Which, queue_of
from ikt_coder.ui.comparison.wording import decision_word, difference_word
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.retrieval.chip import Chip
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_FOOT_FROM = 380
"""Pixels at 100 %."""
_KINDS = (
    DifferenceKind.BOUNDARY,
    DifferenceKind.DIFFERENT_CODE,
    DifferenceKind.ATTRIBUTE,
    DifferenceKind.ONE_SIDE,
    DifferenceKind.SPLIT,
    DifferenceKind.MATCH,
)


class QueueList(RowList):
    """The items. Letters and digits are acts here, not a search for a row."""

    def __init__(self, context: Context, name: str) -> None:
        super().__init__(context.appearance, name, ruled=True)
        self.delegate = QueueDelegate(context.appearance, self, ruled=True)
        self.setItemDelegate(self.delegate)
        self.take_key: Callable[[QKeyEvent], bool] = lambda _event: False
        self.menu_wanted: Callable[[QPoint], object] = lambda _place: None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        if event.key() == Qt.Key.Key_End and isinstance(model, QueueModel):
            model.give(len(model.rows))
        if self.take_key(event):
            self._appearance.set_focus_by_keyboard(True)
            event.accept()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing must not jump to rows: each letter is an act."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted(event.globalPos())


class QueuePanel(QWidget):
    """The queue with its filters."""

    item_chosen = Signal(object)
    """The item the person came to, or None."""
    shown_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look = context.appearance
        self._context = context
        self._items: Sequence[Item] = ()
        self._study: Study | None = None
        self._filling = False
        self.shown = Shown()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = SectionHeading(look, self.tr("To settle"))
        self.left = OpeningWords(look, role="dim")
        self.left.setWordWrap(False)
        self.left.setProperty("face", "heading")
        self.left.setProperty("tone", "dim")
        self.field = FilterField(look, self.tr("Filter"))
        self.kind_pill = Pill(look, opens=True)
        self.order_pill = Pill(look, opens=True)
        self.which_pill = Pill(look, opens=True)
        self.columns_pill = Pill(look, opens=True)
        self.columns_pill.hide()
        self.code_chip = Chip(look, "")
        self.way_chip = Chip(look, "")
        self.model = QueueModel(self)
        self.list = QueueList(context, self.tr("Differences to settle"))
        self.list.setModel(self.model)
        self.nothing = EmptyView(look, "check", self.tr("Nothing fits the filter"))
        self.nothing.add_button(self.tr("Show all differences"), self.show_all)
        self.pages = ListPages(self.list, self.nothing)
        self.words = OpeningWords(look, role="dim")
        self.words.setProperty("tone", "dim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._lay_out()
        self._connect()
        self._tell_filters()

    def _lay_out(self) -> None:
        self.heading.add_action(self.left)
        px = self._context.appearance.px
        pills = QWidget()
        row = WrapLayout(pills, across=6, down=6)
        for pill in (
            self.kind_pill,
            self.which_pill,
            self.order_pill,
            self.columns_pill,
            self.code_chip,
            self.way_chip,
        ):
            row.addWidget(pill)
        self.foot = QFrame()
        self.foot.setProperty("line", "top")
        under = QVBoxLayout(self.foot)
        under.setContentsMargins(px(14) - AROUND, px(10), px(14) - AROUND, px(10))
        under.setSpacing(px(8))
        under.addWidget(self.words)
        beside = QVBoxLayout()
        beside.setContentsMargins(AROUND, 0, AROUND, 0)
        beside.addWidget(self.bar)
        under.addLayout(beside)
        head = QVBoxLayout()
        head.setContentsMargins(px(14), px(8), px(12), px(8))
        head.setSpacing(px(6))
        for widget in (self.heading, self.field, pills):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        """Where there is little height, the list has it; the summary says the same."""
        reflexive = self._study is not None and self._study.reflexive
        high = self.height() >= self._context.appearance.px(_FOOT_FROM)
        self.foot.setVisible(high and not reflexive)

    def _connect(self) -> None:
        for words in (self.left, self.words):
            words.opened.connect(self.show_only)
        self.field.textChanged.connect(lambda words: self._ask(replace(self.shown, words=words)))
        self.field.enter_list_asked.connect(self.list.setFocus)
        self.field.leave_asked.connect(self.list.setFocus)
        self.kind_pill.clicked.connect(self._open_kinds)
        self.order_pill.clicked.connect(self._open_orders)
        self.which_pill.clicked.connect(self._open_which)
        self.code_chip.clicked.connect(lambda: self.show_code(None))
        self.code_chip.removed.connect(lambda: self.show_code(None))
        self.way_chip.clicked.connect(lambda: self.show_way(None))
        self.way_chip.removed.connect(lambda: self.show_way(None))
        self.list.selectionModel().currentChanged.connect(self._came_to)

    # -- what is shown ----------------------------------------------------------------------

    def put(self, items: Sequence[Item], study: Study, progress: Progress) -> None:
        """Show these items; the one that is chosen stays so."""
        if study != self._study:
            self.list.delegate.forget_heights()
        self._items, self._study = items, study
        self._fill(self.current_id())
        self.tell(progress)

    def _fill(self, keep: UUID | None) -> None:
        if self._study is None:
            return
        before = self.list.verticalScrollBar().value()
        at = self.model.place(keep)
        self._filling = True
        self.model.put_items(queue_of(self._items, self.shown, self._study), self._study)
        row = self.model.place(keep)
        if row < 0 and self.model.rows:
            # What was chosen is gone from the list: its place is what one was looking at.
            row = min(max(at, 0), len(self.model.rows) - 1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.at(row))
        self.list.verticalScrollBar().setValue(before)
        self._filling = False
        self.pages.choose()
        self._tell_filters()
        now = self.current_id()
        if now is not None:
            self.list.scrollTo(self.list.currentIndex())
        self.item_chosen.emit(now)

    def tell(self, progress: Progress) -> None:
        """How far the round is settled."""
        reflexive = self._study is not None and self._study.reflexive
        left = sentence(
            self.tr("{left} of {all} left"),
            left=_opening(progress.left, self._of(Which.LEFT)),
            all=_opening(progress.total, self._of(Which.ALL)),
        )
        self.left.setVisible(not reflexive)
        self.left.show_said(Said() if reflexive else left)
        self.heading.set_title(self.tr("To talk over") if reflexive else self.tr("To settle"))
        self._fit_foot()
        words = self.tr("Agreed without change {agreed} · settled {settled} · deferred {deferred}")
        agreed = Shown(order=self.shown.order, kind=DifferenceKind.MATCH)
        self.words.show_said(
            sentence(
                words,
                agreed=_opening(progress.agreed, agreed),
                settled=_opening(progress.settled, self._of(Which.SETTLED)),
                deferred=_opening(progress.deferred + progress.unclear, self._of(Which.DEFERRED)),
            )
        )
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.settled)
        share = self.tr("{settled} of {all} settled")
        self.bar.setAccessibleName(
            share.format(settled=figure(progress.settled), all=figure(progress.total))
        )

    def renew(self, item: Item) -> None:
        """Show one item as it is now; it stays in the list even where the filter would not
        take it any more, so that one sees what became of it."""
        self._items = [item if old.id == item.id else old for old in self._items]
        self.model.renew(item)
        self.list.scheduleDelayedItemsLayout()

    def show_all(self) -> None:
        """Take every filter away."""
        self.field.clear()
        self._ask(Shown(order=self.shown.order))
        self.list.setFocus()

    def show_code(self, code: UUID | None) -> None:
        """Show only what concerns a code; None: every code."""
        self._ask(replace(self.shown, code=code))

    def show_way(self, way: DecisionKind | None) -> None:
        """Show only what was settled in one way; None: whatever became of it."""
        self._ask(replace(self.shown, way=way))

    def show_kind(self, kind: DifferenceKind | None) -> None:
        """Show only one class of differences; None: all of them."""
        self._ask(replace(self.shown, kind=kind))

    def show_only(self, shown: Shown) -> None:
        """Show just these, and bring the keyboard to them."""
        self.field.clear()
        self._ask(shown)
        self.list.setFocus()

    def _of(self, which: Which) -> Shown:
        """The differences of some states, without any other filter."""
        return Shown(order=self.shown.order, which=which)

    def _ask(self, shown: Shown) -> None:
        if shown == self.shown:
            return
        self.shown = shown
        self._fill(self.current_id())
        self.shown_changed.emit()

    # -- where one is -----------------------------------------------------------------------

    def current(self) -> Item | None:
        """The item that is chosen."""
        return self.model.row(self.list.currentIndex())

    @property
    def items(self) -> Sequence[Item]:
        """All items of the round, also those that the filter hides."""
        return self._items

    def current_id(self) -> UUID | None:
        item = self.current()
        return item.id if item is not None else None

    def choose(self, item: UUID | None) -> bool:
        """Come to an item; False where the queue does not show it."""
        row = self.model.place(item)
        if row < 0:
            return False
        self.list.setCurrentIndex(self.model.at(row))
        return True

    def step(self, by: int) -> None:
        """Go on or back by rows."""
        rows = len(self.model.rows)
        if rows:
            at = min(max(self.list.currentIndex().row() + by, 0), rows - 1)
            self.list.setCurrentIndex(self.model.at(at))

    def first_open(self) -> None:
        """Go to the first item that is still to settle, else to the first of all."""
        if self.model.rows:
            self.list.setCurrentIndex(self.model.at(max(0, self.model.after(None))))

    def next_open(self) -> bool:
        """Go on to what is still to settle; False where nothing is left in this list."""
        row = self.model.after(self.current_id())
        if row < 0:
            return False
        self.list.setCurrentIndex(self.model.at(row))
        return True

    def _came_to(self, index: QModelIndex) -> None:
        if not self._filling:
            item = self.model.row(index)
            self.item_chosen.emit(item.id if item is not None else None)

    # -- filters ----------------------------------------------------------------------------

    def _tell_filters(self) -> None:
        shown = self.shown
        self.kind_pill.set_words(self._kind_name(shown.kind))
        self.order_pill.set_words(self._order_names()[shown.order])
        self.which_pill.set_words(self._which_names()[shown.which])
        if shown.code is not None and self._study is not None:
            self.code_chip.set_words(self._study.code_name(shown.code))
        self.code_chip.setVisible(shown.code is not None)
        if shown.way is not None:
            self.way_chip.set_words(decision_word(shown.way))
        self.way_chip.setVisible(shown.way is not None)

    def _kind_name(self, kind: DifferenceKind | None) -> str:
        if kind is None:
            return self.tr("All differences")
        word = difference_word(kind)
        return word[:1].upper() + word[1:]

    def _order_names(self) -> Mapping[Order, str]:
        return {
            Order.DOCUMENT: self.tr("by document"),
            Order.CODE: self.tr("by code"),
            Order.LENGTH: self.tr("by length"),
            Order.KIND: self.tr("by class"),
        }

    def _which_names(self) -> Mapping[Which, str]:
        return {
            Which.ALL: self.tr("open and settled"),
            Which.LEFT: self.tr("still open"),
            Which.SETTLED: self.tr("settled"),
            Which.DEFERRED: self.tr("deferred or unclear"),
            Which.NOTED: self.tr("with a note"),
        }

    def _open_kinds(self) -> None:
        kinds: list[DifferenceKind | None] = [None, *_KINDS]
        self._open_menu(
            self.kind_pill,
            [
                (self._kind_name(kind), replace(self.shown, kind=kind), kind is self.shown.kind)
                for kind in kinds
            ],
        )

    def _open_orders(self) -> None:
        self._open_menu(
            self.order_pill,
            [
                (name, replace(self.shown, order=order), order is self.shown.order)
                for order, name in self._order_names().items()
            ],
        )

    def _open_which(self) -> None:
        self._open_menu(
            self.which_pill,
            [
                (name, replace(self.shown, which=which), which is self.shown.which)
                for which, name in self._which_names().items()
            ],
        )

    def _open_menu(self, pill: Pill, ways: list[tuple[str, Shown, bool]]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, shown, chosen in ways:
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(chosen)
            action.triggered.connect(lambda _on=False, shown=shown: self._ask(shown))
            menu.addAction(action)
        menu.popup(pill.mapToGlobal(pill.rect().bottomLeft()))


def _opening(count: int, shown: Shown) -> str | Opening:
    """A count that filters the queue to what it counts."""
    return Opening(figure(count), shown, strong=True) if count else figure(count)
