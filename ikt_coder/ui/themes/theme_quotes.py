"""The quotes of a theme: those accepted, in their order, and those proposed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ikt_coder.core.words import Flag
from ikt_coder.services.rows import QuoteRow
from ikt_coder.services.theme_quotes import PrintedQuote
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.details import ThemeDetails
from ikt_coder.ui.themes.quote_editor import QuoteEditor
from ikt_coder.ui.themes.quote_entry import ProposalEntry, QuoteEntry
from ikt_coder.ui.widgets.section_heading import SectionHeading


class ThemeQuotesPage(QWidget):
    """Only accepted quotes are exported; an entry stays the same widget while it is shown, so
    that keyboard and editor stay with it."""

    sight_wanted = Signal()
    """The words of a quote were opened and should be in sight."""

    def __init__(self, context: Context, acts: ThemeActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._acts = acts
        self._theme: UUID | None = None
        self._rows: tuple[QuoteRow, ...] = ()
        self.entries: dict[UUID, QuoteEntry] = {}
        self.proposals: list[ProposalEntry] = []
        self.editor: QuoteEditor | None = None
        look = context.appearance
        self._heading = SectionHeading(look, self.tr("Accepted, as tables print them"))
        self._none = QLabel(self.tr("No quote is accepted yet: tables print none for this theme."))
        self._none.setWordWrap(True)
        self._none.setProperty("tone", "dim")
        self._list = QWidget()
        self._list_column = QVBoxLayout(self._list)
        self._list_column.setContentsMargins(0, 0, 0, 0)
        self._list_column.setSpacing(0)
        self._mark = QFrame(self._list)
        self._mark.hide()
        self._proposed = QWidget()
        below = QVBoxLayout(self._proposed)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(SectionHeading(look, self.tr("Proposed")))
        rule = QLabel(
            self.tr("Starred passages first, then participants who are quoted least so far.")
        )
        rule.setWordWrap(True)
        rule.setProperty("tone", "dim")
        rule.setProperty("face", "small")
        below.addWidget(rule)
        self._proposal_column = QVBoxLayout()
        self._proposal_column.setSpacing(0)
        below.addLayout(self._proposal_column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._heading, self._none, self._list, self._proposed):
            column.addWidget(widget)
        column.addStretch(1)

    def begin(self) -> None:
        """Another theme comes."""
        self._close_editor()

    def show_details(self, details: ThemeDetails) -> None:
        self._theme = details.theme.id
        self._show_accepted(details.quotes)
        stars = {
            row.passage.coding.id
            for row in details.codings
            if Flag.STAR in row.passage.coding.flags
        }
        self._show_proposals(details.proposals, stars)

    # -- accepted -------------------------------------------------------------------------

    def _show_accepted(self, rows: tuple[QuoteRow, ...]) -> None:
        before = self._rows
        focused = next((at for at, row in enumerate(before) if self._has_focus(row.id)), None)
        held = before[focused].id if focused is not None else None
        self._rows = rows
        self._heading.set_note(str(len(rows)) if rows else "")
        self._none.setVisible(not rows)
        wanted = {row.id for row in rows}
        if self.editor is not None and self.editor.row.id not in wanted:
            self._close_editor()
        for key in [key for key in self.entries if key not in wanted]:
            gone = self.entries.pop(key)
            self._list_column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for row in rows:
            entry = self.entries.get(row.id)
            if entry is None:
                self._add(row)
            elif entry.row != row:
                entry.show_row(row)
        if [row.id for row in before] != [row.id for row in rows] or len(self.entries) != len(rows):
            for at, row in enumerate(rows):
                self._list_column.insertWidget(at, self.entries[row.id])
        self._place_editor()
        if focused is not None and held not in wanted and rows:
            self.entries[rows[min(focused, len(rows) - 1)].id].setFocus()

    def _add(self, row: QuoteRow) -> None:
        entry = QuoteEntry(self._context.appearance, row, self._list)
        key = row.id
        entry.opened.connect(lambda: self._reveal(key))
        entry.change_wanted.connect(lambda: self.toggle_editor(key))
        entry.drop_wanted.connect(lambda: self._drop(key))
        entry.shift_wanted.connect(lambda by: self._shift(key, by))
        entry.step_wanted.connect(lambda by: self._step(key, by))
        entry.dragged.connect(lambda place, over: self._drag(key, place, over))
        self.entries[key] = entry
        self._list_column.addWidget(entry)
        entry.show()

    def _has_focus(self, key: UUID) -> bool:
        entry = self.entries.get(key)
        focus = self.window().focusWidget()
        return (
            entry is not None
            and focus is not None
            and (focus is entry or entry.isAncestorOf(focus))
        )

    def _reveal(self, key: UUID) -> None:
        row = self.entries[key].row
        self._context.reveal(row.document, row.span)

    def _drop(self, key: UUID) -> None:
        if self._theme is not None:
            self._acts.drop_quote(self._theme, key)

    def _step(self, key: UUID, by: int) -> None:
        """Up and down run on from the accepted quotes to the proposed ones."""
        whole: list[QWidget] = [*(self.entries[row.id] for row in self._rows), *self.proposals]
        to = whole.index(self.entries[key]) + by
        if 0 <= to < len(whole):
            whole[to].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_first(self) -> None:
        """Bring the keyboard to the first quote, accepted or proposed."""
        first = next(iter([*(self.entries[row.id] for row in self._rows), *self.proposals]), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- order ----------------------------------------------------------------------------

    def _shift(self, key: UUID, by: int) -> None:
        order = [row.id for row in self._rows]
        at = order.index(key)
        if 0 <= at + by < len(order):
            order.insert(at + by, order.pop(at))
            self._order(order)

    def _order(self, order: list[UUID]) -> None:
        if self._theme is not None and order != [row.id for row in self._rows]:
            self._acts.order_quotes(self._theme, order)

    def _drag(self, key: UUID, place: QPoint, over: bool) -> None:
        """A line shows where the quote would stand; letting go puts it there."""
        y = self._list.mapFromGlobal(place).y()
        entries = [self.entries[row.id] for row in self._rows]
        to = sum(entry.geometry().center().y() < y for entry in entries)
        edge = entries[to].y() if to < len(entries) else entries[-1].geometry().bottom()
        look = self._context.appearance
        self._mark.setStyleSheet(f"background: {look.colour('accent').name()};")
        self._mark.setGeometry(0, max(0, edge - 1), self._list.width(), 2)
        self._mark.setVisible(not over)
        self._mark.raise_()
        if over:
            order = [row.id for row in self._rows]
            at = order.index(key)
            order.remove(key)
            order.insert(to - (1 if to > at else 0), key)
            self._order(order)

    # -- changing -------------------------------------------------------------------------

    def toggle_editor(self, key: UUID) -> None:
        """Open the words of a quote below it, or close them."""
        again = self.editor is not None and self.editor.row.id == key
        self._close_editor()
        entry = self.entries.get(key)
        if again or entry is None:
            if entry is not None:
                entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.editor = QuoteEditor(self._context, self._acts, entry.row, self._list)
        self.editor.left.connect(partial(self.toggle_editor, key))
        self._place_editor()
        self.editor.show()
        self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sight_wanted.emit()

    def _place_editor(self) -> None:
        for key, entry in self.entries.items():
            entry.change.setChecked(self.editor is not None and self.editor.row.id == key)
        if self.editor is None:
            return
        entry = self.entries[self.editor.row.id]
        if self.editor.row != entry.row:
            self.editor.show_row(entry.row)
        self._list_column.removeWidget(self.editor)
        self._list_column.insertWidget(self._list_column.indexOf(entry) + 1, self.editor)

    def _close_editor(self) -> None:
        if self.editor is not None:
            self._list_column.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        for entry in self.entries.values():
            entry.change.setChecked(False)

    # -- proposed -------------------------------------------------------------------------

    def _show_proposals(self, quotes: tuple[PrintedQuote, ...], stars: set[UUID]) -> None:
        focus = self.window().focusWidget()
        held = next(
            (
                at
                for at, entry in enumerate(self.proposals)
                if focus is not None and (focus is entry or entry.isAncestorOf(focus))
            ),
            None,
        )
        for entry in self.proposals:
            self._proposal_column.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self.proposals = []
        for quote in quotes:
            words = f"“{quote.said}”{quote.tail}"
            entry = ProposalEntry(
                self._context.appearance,
                words,
                starred=quote.coding in stars,
                parent=self._proposed,
            )
            entry.accept_wanted.connect(partial(self._accept, quote.coding))
            entry.opened.connect(partial(self._context.reveal_coding.emit, quote.coding))
            entry.step_wanted.connect(partial(self._step_proposal, len(self.proposals)))
            self._proposal_column.addWidget(entry)
            entry.show()
            self.proposals.append(entry)
        self._proposed.setVisible(bool(quotes))
        if held is not None:
            rest: list[QWidget] = [*self.proposals]
            rest = rest or [self.entries[row.id] for row in self._rows[-1:]]
            if rest:
                rest[min(held, len(rest) - 1)].setFocus()

    def _step_proposal(self, at: int, by: int) -> None:
        whole: list[QWidget] = [*(self.entries[row.id] for row in self._rows), *self.proposals]
        to = whole.index(self.proposals[at]) + by
        if 0 <= to < len(whole):
            whole[to].setFocus(Qt.FocusReason.TabFocusReason)

    def _accept(self, coding: UUID) -> None:
        if self._theme is not None:
            self._acts.accept_quote(self._theme, coding)
