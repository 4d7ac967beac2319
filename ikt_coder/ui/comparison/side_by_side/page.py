"""The Side by side page: a whole document in a column for each of two or three coders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.comparison.columns.column_ends import ColumnHead
from ikt_coder.ui.comparison.columns.differing import differing
from ikt_coder.ui.comparison.columns.item_margin import Flagged
from ikt_coder.ui.comparison.columns.item_words import segment_words, spoken
from ikt_coder.ui.comparison.columns.text_columns import TextColumns
from ikt_coder.ui.comparison.side_by_side.choices_bar import ChoicesBar, Narrowing
from ikt_coder.ui.comparison.side_by_side.item_line import ItemLine
from ikt_coder.ui.comparison.side_by_side.reading import (
    FEWEST,
    MOST,
    Asked,
    Compared,
    Listed,
    count_differences,
    read_compared,
)
from ikt_coder.ui.comparison.side_by_side.step_keys import StepKeys
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.empty_view import EmptyView

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.place import ComparePlace

_STATE = "side_by_side"
_KEEP_SOON = 400
_UNRELATED = frozenset(
    {"memo", "folder", "theme", "quote", "theme_coding", "theme_link", "source_file"}
)


class SideBySidePage(QWidget):
    """Reading and comparing; nothing is changed here. Enter opens a difference in Settle."""

    def __init__(self, context: Context, place: ComparePlace | None = None) -> None:
        super().__init__()
        self._context = context
        self._place = place
        # Known for good: the place is kept also while the project is being closed.
        self._project_id = context.project.id
        self._round: UUID | None = None
        self._document: UUID | None = None
        self._coders: tuple[UUID, ...] = ()
        self._top = 0
        self._wanted_span: Span | None = None
        self._asked_once = False
        self.compared: Compared | None = None
        self.items: tuple[Item, ...] = ()
        self.current: UUID | None = None
        self._build()
        self.reading: FreshReading[Compared] = FreshReading(
            self, context.tasks, self._begin, self._show, failed=self._failed
        )
        self._keep_soon = QTimer(self, singleShot=True, interval=_KEEP_SOON)
        self._keep_soon.timeout.connect(self._keep)
        context.signals.changed.connect(self._changed)
        self._restore()

    def _build(self) -> None:
        look = self._context.appearance
        self.bar = ChoicesBar(look)
        self.columns = TextColumns(self._context)
        self.line = ItemLine(look)
        self.keys = StepKeys(self.step, self.open_in_settle)
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.columns, 1)
        column.addWidget(self.line)
        self.text = text
        self.nothing = EmptyView(look, "compare", "", "")
        self.nothing.add_button(self.tr("Go to the rounds"), self._go_to_rounds)
        self.stack = QStackedWidget()
        self.stack.addWidget(text)
        self.stack.addWidget(self.nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.stack.setCurrentWidget(self.nothing)
        self.bar.document_chosen.connect(self.show_document)
        self.bar.counts_wanted.connect(self._list_documents)
        self.bar.coder_toggled.connect(self._toggle_coder)
        self.bar.narrowed.connect(self._narrow)
        self.line.stepped.connect(self.step)
        self.line.settle_wanted.connect(self.open_in_settle)

    # -- what is asked for --------------------------------------------------------------------

    def show_round(self, round_: UUID | None) -> None:
        """Show the documents of a round; None: the codings as they stand."""
        if round_ == self._round and self._asked_once:
            return
        self._asked_once = True
        self._round = round_
        self.current = None
        self.reading.ask()

    def show_document(self, document: UUID, span: Span | None = None) -> None:
        """Show another document, at a place of it."""
        self._document, self._wanted_span = document, span
        self._top, self.current = 0, None
        self.reading.ask()

    def refresh(self) -> None:
        """Read anew."""
        self.reading.refresh()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def _begin(self) -> Callable[[Progress], Compared]:
        asked = Asked(self._round, self._document, self._coders)
        project = self._context.project

        def work(_progress: Progress) -> Compared:
            return read_compared(project, asked)

        return work

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.compared = None
        self._tell_nothing(error.what, error.to_do)

    def _tell_nothing(self, sentence: str, more: str) -> None:
        self.nothing.set_words(sentence, more)
        self.stack.setCurrentWidget(self.nothing)

    # -- showing ------------------------------------------------------------------------------

    def _show(self, found: Compared) -> None:
        if found.text is None or len(found.chosen) < FEWEST:
            self.compared = None
            if found.text is None:
                self._tell_nothing(
                    self.tr("There is no document to compare yet"),
                    self.tr("A document is compared when two coders have finished it."),
                )
                return
            self.bar.show_compared(found)
            self._tell_nothing(
                self.tr("Only one coder's codings of {title} can be seen").replace(
                    "{title}", found.text.title
                ),
                self.tr("When another has coded it, both stand here beside each other."),
            )
            return
        before = self.compared
        self.compared = found
        self._document = found.document
        self.bar.show_compared(found)
        self.stack.setCurrentWidget(self.text)
        self._show_columns(found)
        same = before is not None and before.text == found.text
        if not same:
            self.columns.show_text(found.text)
        self.columns.set_codes(found.study.codes.values())
        self.columns.describe = lambda segment: segment_words(segment, found.study)
        for at in range(len(found.chosen)):
            self.columns.load(at, found.segments(at))
        self._mark()
        if not same or self._wanted_span is not None:
            self._go_where_asked()
        self._keep()

    def _show_columns(self, found: Compared) -> None:
        look, columns = self._context.appearance, self.columns
        heads = [*columns.heads[: len(found.chosen)]]
        while len(heads) < len(found.chosen):
            heads.append(ColumnHead(look))
        if heads != columns.heads:
            columns.set_columns(heads)
        for at, coder in enumerate(found.chosen):
            head = columns.heads[at]
            assert isinstance(head, ColumnHead)
            row = found.study.coders[coder]
            head.show_side(row.initials, row.name)
            name = self.tr("{title} with the codings of {coder}")
            title = found.text.title if found.text is not None else ""
            columns.panes[at].setAccessibleName(
                name.replace("{title}", title).replace("{coder}", row.name)
            )
            columns.panes[at].gestures = [self.keys]
        margin = columns.margin
        if margin is not None and not margin.property("wired"):
            margin.setProperty("wired", True)
            margin.item_clicked.connect(self.go_to)

    def _go_where_asked(self) -> None:
        span, self._wanted_span = self._wanted_span, None
        self._outline(span)
        if span is not None:
            self.columns.bring_to_view(span)
        elif self._top:
            self.columns.scroll_to(self._top)

    def _outline(self, span: Span | None) -> None:
        """Set off what was asked for from elsewhere, until one walks on."""
        for at in range(len(self.columns.panes)):
            self.columns.show_results(at, [span] if span is not None else [])

    def _mark(self) -> None:
        """Mark what differs and fits the filter."""
        found = self.compared
        if found is None:
            return
        narrowing = self.bar.narrowing
        self.items = tuple(item for item in found.items if narrowing.holds(item))
        if self.current not in {item.id for item in self.items}:
            self.current = None
        for at in range(len(found.chosen)):
            stretches = [d for item in self.items for d in differing(item, item.sides[at])]
            self.columns.show_differing(at, stretches, self.current)
        margin = self.columns.margin
        if margin is not None:
            offsets = self.columns.page.offsets
            known = {item.id: item for item in self.items}
            margin.current = self.current
            margin.describe = lambda key: spoken(known[key], found.study)
            margin.set_items(
                [Flagged(offsets.to_qt(i.span.start), i.kind, i.id, False) for i in self.items]
            )
        self._tell_item()

    def _narrow(self, _narrowing: Narrowing) -> None:
        self._mark()
        self._keep()

    def _tell_item(self) -> None:
        found = self.compared
        if found is None:
            return
        at = next((n for n, item in enumerate(self.items) if item.id == self.current), -1)
        item = self.items[at] if at >= 0 else None
        counts = self.tr("{n} of {all}").format(n=figure(at + 1), all=figure(len(self.items)))
        if at < 0:
            counts = figure(len(self.items))
        able = self._round is not None and self._place is not None
        self.line.show_item(
            item, found.study, "" if found.study.reflexive else counts, may_settle=able
        )

    # -- walking through the differences ----------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next or previous difference: from the current one, else from what is on
        screen."""
        if not self.items:
            self._context.say(self.tr("Nothing differs here."), undo=False)
            return
        at = next((n for n, item in enumerate(self.items) if item.id == self.current), None)
        if at is None:
            top = self.columns.top()
            following = [n for n, item in enumerate(self.items) if item.span.start >= top]
            if by > 0:
                at = following[0] if following else len(self.items) - 1
            else:
                at = (following[0] if following else len(self.items)) - 1
        else:
            at += by
        if not 0 <= at < len(self.items):
            end = self.tr("That was the last one.") if by > 0 else self.tr("That was the first.")
            self._context.say(end, undo=False)
            return
        self.go_to(self.items[at].id)

    def go_to(self, item: UUID) -> None:
        """Bring a difference to view and tell it in words."""
        found = next((i for i in self.items if i.id == item), None)
        if found is None or self.compared is None:
            return
        self.current = item
        self._outline(None)
        self.columns.set_off(item)
        self._tell_item()
        self.columns.bring_to_view(found.span)
        announce(self.columns, spoken(found, self.compared.study))
        self._keep_soon.start()

    def open_in_settle(self) -> None:
        """Open the current difference where it can be settled."""
        found, place = self.compared, self._place
        if found is None or self.current is None:
            return
        item = found.of_round.get(self.current)
        if item is None or place is None:
            words = self.tr("Codings as they stand are of no round; set one up to settle them.")
            self._context.say(words, undo=False)
            return
        place.show_page("settle")
        place.settle.show_item(item)
        place.settle.focus_place()

    # -- choosing -----------------------------------------------------------------------------

    def _list_documents(self) -> None:
        found, round_, project = self.compared, self._round, self._context.project
        if found is None or round_ is None:
            if found is not None:
                self.bar.list_documents(found.documents)
            return

        def work(_progress: Progress) -> tuple[Listed, ...]:
            return count_differences(project, round_)

        self._context.tasks.run(work, done=self.bar.list_documents)

    def _toggle_coder(self, coder: UUID) -> None:
        found = self.compared
        if found is None:
            return
        chosen = list(found.chosen)
        if coder in chosen:
            if len(chosen) == FEWEST:
                self._context.say(self.tr("Two coders at least stand side by side."), undo=False)
                self.bar.show_compared(found)
                return
            chosen.remove(coder)
        else:
            # The one that was chosen first gives way to a fourth.
            chosen = [*chosen, coder][-MOST:]
        self._coders = tuple(chosen)
        self._top = self.columns.top()
        self.reading.ask()

    # -- keeping up, and the place -------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if changes.tables and changes.tables <= _UNRELATED:
            return
        self.reading.outdate()

    def _restore(self) -> None:
        kept = self._context.settings.local_state(self._project_id).get(_STATE)
        state = kept if isinstance(kept, dict) else {}
        try:
            self._document = UUID(str(state.get("document")))
            self._coders = tuple(UUID(str(key)) for key in state.get("coders") or ())
        except ValueError:
            self._coders = ()
        top = state.get("top")
        self._top = top if isinstance(top, int) else 0

    def _keep(self) -> None:
        settings = self._context.settings
        whole = settings.local_state(self._project_id)
        now = {
            "document": str(self._document or ""),
            "coders": [str(key) for key in self._coders],
            "top": self.columns.top(),
        }
        if whole.get(_STATE) != now:
            whole[_STATE] = now
            settings.remember_local_state(self._project_id, whole)

    def hideEvent(self, event: QHideEvent) -> None:
        if self.compared is not None:
            self._keep()
        super().hideEvent(event)

    def _go_to_rounds(self) -> None:
        if self._place is not None:
            self._place.show_page("rounds")

    def focus_place(self) -> None:
        """Bring the keyboard to the first column."""
        here = self.columns.panes[0] if self.columns.panes else self.nothing
        here.setFocus(Qt.FocusReason.ShortcutFocusReason)
