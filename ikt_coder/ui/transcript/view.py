"""The transcript view: text, gutter, stripes and all that can be done to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, CodingRow, DocumentText, MemoRow
from ikt_coder.settings import READING_SIZE, SELECT_THEN_CLICK, SINGLE_LETTER_KEYS, Settings
from ikt_coder.settings.kinds import Setting
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.transcript.acts import TranscriptActs
from ikt_coder.ui.transcript.code_drop import CodeDrop
from ikt_coder.ui.transcript.coding_hand import CodingHand
from ikt_coder.ui.transcript.desk import CodingDesk
from ikt_coder.ui.transcript.digits import DigitKeys
from ikt_coder.ui.transcript.edge_drag import EdgeDrag
from ikt_coder.ui.transcript.edge_grab import EdgeGrab
from ikt_coder.ui.transcript.find_bar import FindBar
from ikt_coder.ui.transcript.following import follow
from ikt_coder.ui.transcript.going import Going
from ikt_coder.ui.transcript.gutter import Gutter, Heading, headings_of
from ikt_coder.ui.transcript.hover import Hover
from ikt_coder.ui.transcript.legend import Legend
from ikt_coder.ui.transcript.look import look_of
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.mending import Mending
from ikt_coder.ui.transcript.menu import CodingMenu
from ikt_coder.ui.transcript.naming import Naming
from ikt_coder.ui.transcript.page import Page
from ikt_coder.ui.transcript.pane import TextPane
from ikt_coder.ui.transcript.plain_keys import PlainKeys
from ikt_coder.ui.transcript.selection_mime import mime_of_selection
from ikt_coder.ui.transcript.sharing import share_width
from ikt_coder.ui.transcript.shown_codings import ShownCodings
from ikt_coder.ui.transcript.stripes import StripeMargin
from ikt_coder.ui.transcript.view_state import ViewState as ViewState
from ikt_coder.ui.widgets.announce import announce


class TranscriptView(QWidget):
    """Shows one document and codes it. Positions in signals are code points, half-open."""

    act_done = Signal(str)
    """What was done, as rich text with names in bold; it can be undone."""
    told = Signal(str)
    """A hint in plain words; nothing was done."""
    failed = Signal(object)
    current_coding_changed = Signal(object)
    selection_changed = Signal(object)
    memo_requested = Signal(object)
    """A :class:`~ikt_coder.ui.memos.place.MemoPlace` to write a memo at."""
    memo_opened = Signal(object)
    """The id of a memo whose mark in the margin was clicked."""
    code_passages_requested = Signal(object)
    document_shown = Signal(object)
    digits_changed = Signal()

    def __init__(
        self,
        project: Project,
        settings: Settings,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        desk: CodingDesk | None = None,
    ) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.settings = settings
        self.desk = desk if desk is not None else CodingDesk(project)
        self.document: UUID | None = None
        self.content: DocumentText | None = None
        self.naming = Naming(self.desk)
        self._notes: tuple[MemoRow, ...] = ()
        self.pane = TextPane(look_of(appearance, settings), self)
        self.gutter = Gutter(self.pane)
        self.stripes = StripeMargin(self.pane)
        self.acts = TranscriptActs(self.pane, self)
        self.find_bar = FindBar(self)
        self.mending = Mending(self)
        self.legend = Legend(self)
        self.shown = ShownCodings(self)
        self.hand = CodingHand(self)
        self.going = Going(self)
        self.hover = Hover(self)
        self.menu = CodingMenu(self)
        self.edge_grab = EdgeGrab(self)
        self.edge_drag = EdgeDrag(self)
        self.digits = DigitKeys(self)
        self.code_drop = CodeDrop(self)
        self.plain_keys = PlainKeys(self)
        self._lay_out()
        self._connect()
        self.pane.codes = self.naming.looks
        self.name_directions()
        self._apply_settings()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.mending.bar)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.pane, 1)
        layout.addWidget(self.legend)
        self.setFocusProxy(self.pane)
        self.pane.setAccessibleName(self.tr("Transcript"))

    def _connect(self) -> None:
        pane = self.pane
        pane.gestures = [
            self.mending,
            self.edge_grab,
            self.edge_drag,
            self.code_drop,
            self.digits,
            self.plain_keys,
            self.hover,
        ]
        pane.mime_of_selection = lambda: mime_of_selection(self)
        pane.resized.connect(self._arrange)
        pane.cursorPositionChanged.connect(self._caret_moved)
        pane.selectionChanged.connect(self._selection_moved)
        pane.menu_asked.connect(self.menu.open_at)
        pane.zoom_asked.connect(self._zoom)
        self.gutter.turn_clicked.connect(self._select_units)
        self.stripes.mark_clicked.connect(self.go_to_coding)
        self.stripes.mark_double_clicked.connect(self._select_coding)
        self.stripes.hovered.connect(self.hover.over_stripe)
        self.stripes.note_clicked.connect(self.memo_opened)
        self.hand.connect_acts()
        self.appearance.changed.connect(self._restyle)
        self._unsubscribe = self.settings.subscribe(self._setting_changed)
        self.destroyed.connect(lambda _=None, end=self._unsubscribe: end())

    # -- opening ------------------------------------------------------------------------

    def open_document(self, document: UUID, restore: ViewState | None = None) -> None:
        """Show a document, where it was left if ``restore`` says so. Raises ``NotFound``."""
        self.mending.abandon()
        content = self.desk.text(document)
        self.document = document
        self.content = content
        self._set_current(None)
        self._notes = self.desk.memos(document)
        self._show(content, self.shown.rows())
        self._restore(restore or ViewState())
        self.pane.setAccessibleName(self.tr("Transcript of {title}").format(title=content.title))
        self.writing_allowed()
        self.digits.refresh()
        self.document_shown.emit(document)

    def close_document(self) -> None:
        """Show nothing (the document was deleted)."""
        self.mending.abandon()
        self.document = None
        self.content = None
        self._set_current(None)
        self.pane.page = None
        self.pane.marks.place([])
        self.gutter.set_headings([])
        self.stripes.notes = {}
        self.pane.clear()
        self.pane.refresh()
        self.writing_allowed()

    def _show(self, content: DocumentText, rows: Iterable[CodingRow]) -> None:
        page = Page(content, self.pane.look, self.pane, fold_labels=not self.mending.active)
        self.pane.marks.load(rows, page.offsets, page.line_ends)
        self.gutter.set_headings(headings_of(content, page.offsets))
        self._arrange()  # so that the page is laid out once, for the width it has
        self.pane.show_page(page)
        self._place_notes()

    def _restore(self, state: ViewState) -> None:
        offsets = self.page.offsets
        cursor = self.pane.textCursor()
        self.pane.select(offsets.to_qt(state.anchor), offsets.to_qt(state.caret))
        self.pane.leave_fold()
        bar = self.pane.verticalScrollBar()
        if state.top > 0:
            cursor.setPosition(offsets.to_qt(state.top))
            # A long text is laid out as far as needed when a place in it is asked for.
            self.pane.document().documentLayout().blockBoundingRect(cursor.block())
            bar.setValue(bar.value() + self.pane.cursorRect(cursor).top())
        else:
            bar.setValue(0)

    def view_state(self) -> ViewState:
        """Where the reader is now, to be given to :meth:`open_document` later."""
        if self.content is None:
            return ViewState()
        offsets = self.page.offsets
        lines = self.pane.lines_on_screen()
        cursor = self.pane.textCursor()
        top = lines[0].start if lines and self.pane.scroll_y > 0 else 0
        return ViewState(
            offsets.to_point(top),
            offsets.to_point(cursor.position()),
            offsets.to_point(cursor.anchor()),
        )

    @property
    def page(self) -> Page:
        """The page shown; only asked while a document is open."""
        assert self.pane.page is not None
        return self.pane.page

    def reveal(self, document: UUID, target: Span | UUID) -> None:
        """Show a span of code points, or a coding, in its document; the focus stays where it
        is. Raises ``NotFound``."""
        if self.document != document:
            self.open_document(document)
        if isinstance(target, UUID):
            self._show_coding(target)
            return
        start, end = self.page.offsets.units(target)
        self.pane.bring_to_view(start, end)
        self.pane.select(start, end)

    # -- codings ------------------------------------------------------------------------

    @property
    def current_coding(self) -> UUID | None:
        """The coding on which valence, levels, memo and edges act."""
        return self.pane.current

    def current_mark(self) -> Mark | None:
        return self.pane.marks.get(self.pane.current)

    def make_current(self, coding: UUID | None) -> None:
        """Emphasise a coding; it stays so until the caret leaves it."""
        self._set_current(coding)

    def go_to_coding(self, coding: UUID) -> None:
        """Bring a coding of the shown document to view, put caret and focus in it."""
        if self._show_coding(coding):
            self.pane.setFocus()

    def _show_coding(self, coding: UUID) -> bool:
        mark = self.pane.marks.get(coding)
        if mark is None:
            return False
        self.pane.bring_to_view(mark.start, mark.end)
        self.pane.place_caret(mark.start)
        self._set_current(coding)
        return True

    def _select_coding(self, coding: UUID) -> None:
        mark = self.pane.marks.get(coding)
        if mark is not None:
            self.pane.select(mark.start, mark.end)
            self._set_current(coding)
            self.pane.setFocus()

    def _select_units(self, start: int, end: int) -> None:
        self.pane.setFocus()
        self.pane.select(start, max(start, end))

    def _set_current(self, coding: UUID | None) -> None:
        if self.pane.current == coding:
            return
        self.pane.current = coding
        self.current_coding_changed.emit(coding)

    def _caret_moved(self) -> None:
        if self.content is None or self.mending.active or self.edge_grab.holding:
            return
        cursor = self.pane.textCursor()
        mark = self.current_mark()
        if mark is not None and mark.start <= cursor.position() <= mark.end:
            return
        here = [] if cursor.hasSelection() else self.pane.marks.at(cursor.position())
        self._set_current(self.shown.first(here))

    def _selection_moved(self) -> None:
        self.selection_changed.emit(self.selection())

    def leave_selection(self) -> None:
        """Esc: the selection goes, then the emphasis on the current coding."""
        if self.pane.textCursor().hasSelection():
            self.pane.place_caret(self.pane.textCursor().position())
        else:
            self._set_current(None)

    def selection(self) -> Span | None:
        """The selected code points; None where nothing is selected."""
        chosen = self.pane.selected()
        if chosen is None or self.content is None:
            return None
        return self.page.offsets.span(*chosen)

    def heading_at(self, point: int) -> Heading | None:
        """The turn that holds a code point."""
        return self.gutter.turn_at(self.page.offsets.to_qt(point))

    # -- keeping up with the project ----------------------------------------------------

    def on_changes(self, changes: Changes) -> None:
        """Read again what one operation changed, and only that."""
        follow(self, changes)

    def reopen(self) -> None:
        """The text changed: show it anew, where the reader was."""
        assert self.document is not None
        state, current = self.view_state(), self.current_coding
        try:
            self.content = self.desk.text(self.document)
        except UserError:
            self.close_document()
            return
        self._notes = self.desk.memos(self.content.id)
        self._show(self.content, self.shown.rows())
        self._restore(state)
        self._set_current(current if self.pane.marks.get(current) else None)

    def reshow(self) -> None:
        """Lay the text out anew, where it is."""
        if self.content is None:
            return
        state, current = self.view_state(), self.current_coding
        self._show(self.content, [mark.row for mark in self.pane.marks])
        self._restore(state)
        self._set_current(current if self.pane.marks.get(current) else None)

    def reload(self) -> None:
        """Read everything again (another coder, an undo that touched too much to name)."""
        self.read_codes()
        self.naming.forget_levels()
        if self.document is not None:
            self.reopen()
        self.digits.renew()
        self.writing_allowed()

    def reload_codings(self) -> None:
        """Too many codings changed to name: read all of the document's."""
        assert self.content is not None
        page = self.page
        self.pane.marks.load(self.shown.rows(), page.offsets, page.line_ends)
        if self.pane.marks.get(self.current_coding) is None:
            self._set_current(None)
        self.pane.refresh()

    def refresh_codings(self, codings: Iterable[UUID]) -> None:
        """Read these codings again; the others stay as they are."""
        if self.content is None or self.mending.active:
            return
        wanted = set(codings)
        for row in self.desk.codings_named(wanted):
            if self.shown.holds(row):
                self.pane.marks.put(row, self.page.offsets)
                wanted.discard(row.id)
        for gone in wanted:
            self.pane.marks.drop(gone)
            if gone == self.pane.current:
                self._set_current(None)
        if self.pane.current is not None:
            self.current_coding_changed.emit(self.pane.current)
        self.pane.refresh_marks()

    def read_codes(self) -> None:
        """Codes changed: their names and colours are read again."""
        self.naming.read_codes()
        self.pane.codes = self.naming.looks
        self.legend.refresh()

    def code_rows(self) -> tuple[CodeRow, ...]:
        """The codebook as last read; counts may lag behind."""
        return self.naming.looks.rows

    def code_row(self, code: UUID) -> CodeRow | None:
        return self.naming.looks.row(code)

    def code_name(self, code: UUID) -> str:
        return self.naming.looks.name(code)

    def describe(self, row: CodingRow) -> str:
        """ "Clear role, barrier, Organizational" """
        return self.shown.describe(row)

    def name_directions(self) -> None:
        """Call barrier and facilitator what the project calls them."""
        self.naming.forget_directions()
        for valence, word in self.naming.directions().items():
            self.acts[valence.value].setText(word)

    def read_notes(self) -> None:
        """Memos on passages changed."""
        if self.content is not None:
            self._notes = self.desk.memos(self.content.id)
            self._place_notes()

    def _place_notes(self) -> None:
        offsets = self.page.offsets
        self.stripes.notes = {
            memo.id: offsets.to_qt(memo.span.start) for memo in self._notes if memo.span is not None
        }
        self.stripes.update()

    # -- what the main window may ask ---------------------------------------------------

    def code_clicked(self, code: UUID) -> bool:
        """A click on a code in the codebook: codes the selection, where one waits for it."""
        if not self.settings.get(SELECT_THEN_CLICK) or not self.hand.waits_for_code():
            return False
        return self.hand.apply(code) is not None

    def say(self, words: str, names: Mapping[str, str] | None = None, /, **rest: str) -> None:
        """Tell the window and screen readers what was done; ``names`` stand out in bold."""
        names = names or {}
        bold = {key: f"<b>{escape(name, quote=False)}</b>" for key, name in names.items()}
        plain = {key: escape(text, quote=False) for key, text in rest.items()}
        self.act_done.emit(words.format(**bold, **plain))
        announce(self.pane, words.format(**names, **rest))

    def tell(self, words: str) -> None:
        """Give a hint; nothing was done that could be undone."""
        self.told.emit(words)
        announce(self.pane, words)

    def hint(self, what: str, to_do: str = "") -> None:
        """Say why nothing happened and what would help."""
        self.tell(f"{what} {to_do}".strip())

    def fail(self, error: UserError) -> None:
        self.failed.emit(error)
        announce(self.pane, str(error), now=True)

    def selection_rect(self) -> QRect:
        """Around the selected words (or the caret) on screen, in the pane's viewport."""
        chosen = self.pane.selected()
        if chosen is None:
            mark = self.current_mark()
            chosen = (mark.start, mark.end) if mark is not None else None
        rect = QRect()
        for piece in self.pane.rects(*chosen) if chosen is not None else []:
            rect = rect.united(piece.toAlignedRect())
        if rect.isNull():
            rect = self.pane.cursorRect()
        return rect.intersected(self.pane.viewport().rect().adjusted(0, 0, 0, 40))

    # -- look ---------------------------------------------------------------------------

    def writing_allowed(self) -> None:
        """Enable the acts of coding, or say why they are not to be had."""
        reason = self.hand.why_not()
        self.acts.set_writing(self.content is not None and reason is None, str(reason or ""))

    def _setting_changed(self, _setting: Setting[object]) -> None:
        self._apply_settings()
        self._restyle()

    def _apply_settings(self) -> None:
        self.acts.set_letters(self.settings.get(SINGLE_LETTER_KEYS))

    def _zoom(self, by: int) -> None:
        """Ctrl and the wheel change the size of the text, for every document."""
        size = self.settings.get(READING_SIZE) + by
        if READING_SIZE.lowest <= size <= READING_SIZE.highest:
            self.settings.set(READING_SIZE, size)

    def _restyle(self) -> None:
        look = look_of(self.appearance, self.settings)
        if look == self.pane.look:
            return
        self.pane.set_look(look)
        if self.content is not None and not self.mending.active:
            self._arrange()
            self.reshow()
        self._arrange()
        self.legend.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The line that was on top stays there when the measure changes.
        QTimer.singleShot(0, self, self._arrange)

    def _arrange(self) -> None:
        """Share the width: the measure first, then names, then speakers."""
        pane = self.pane
        bar = pane.verticalScrollBar()
        room = pane.width() - (bar.sizeHint().width() if bar.isVisible() else 0)
        left, text, right = share_width(room, pane.look, *self.gutter.wishes())
        pane.set_measure(left, text, right)
        height = pane.viewport().height()
        self.gutter.setGeometry(0, 0, left, height)
        self.stripes.setGeometry(QRect(QPoint(left + text, 0), QPoint(room - 1, height - 1)))
        self.gutter.update()
        self.stripes.update()
