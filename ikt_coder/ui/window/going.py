"""Where the person is: the place, the document, the panes; going there and coming back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.core.words import Whose
from ikt_coder.ui.transcript.view import ViewState
from ikt_coder.ui.window.panels import RIGHT
from ikt_coder.ui.window.places import CODE, HasPages
from ikt_coder.ui.window.state import Whereabouts

if TYPE_CHECKING:
    from ikt_coder.ui.main_window import MainWindow

_KEEP_AFTER = 1000
"""Milliseconds after going elsewhere; a crash then finds the place again too."""
_NEAR = 40
"""Code points within which a place is the same to the eye."""
_SEARCHED = 80
"""Selected words up to this many signs are searched for."""
_SPLITTERS = {
    Qt.Orientation.Vertical: "passages.below",
    Qt.Orientation.Horizontal: "passages.beside",
}


class Going(QObject):
    """Moves about in one window and remembers each place for the next day."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._project = window.context.project
        self.where = Whereabouts.recall(window.context.settings, self._project.local_id)
        self.asked: set[str] = set()  # places that stay in the switch though nothing is there
        self._left_at: tuple[UUID, ViewState] | None = None
        self._keep_later = QTimer(self)
        self._keep_later.setSingleShot(True)
        self._keep_later.setInterval(_KEEP_AFTER)
        self._keep_later.timeout.connect(self.keep)

    def begin(self) -> None:
        """Back to where the person was when the project was closed last."""
        where, place = self.where, self.where.place
        self._window.transcript.legend.set_wanted(where.legend)
        self._window.actions_["legend"].setChecked(where.legend)
        self._window.header.whose.choose(where.whose)
        order = self._project.documents.order()
        document = where.document if where.document in order else next(iter(order), None)
        if self._context.own.covers(document):
            document = None  # nobody's own interview opens by itself
        self.open_document(document) if document is not None else self.show_nothing()
        if where.passages and where.passages_code is not None:
            codes = {row.id for row in self._project.codes.all(counted=False)}
            if where.passages_code in codes:
                self.list_passages(where.passages_code)
        if document is not None and document in where.views:
            self._left_at = (document, where.views[document])
        self.go_to_place(place)

    def _find_place_again(self) -> None:
        """Where the text is laid out anew after its first showing, go back to its place."""
        left_at, self._left_at = self._left_at, None
        transcript = self._window.transcript
        if left_at is None or transcript.document != left_at[0]:
            return
        if abs(transcript.view_state().top - left_at[1].top) > _NEAR:
            transcript.open_document(*left_at)

    def keep(self) -> None:
        """Write down where the person is."""
        self._keep_later.stop()
        self._leave_document()
        self._keep_passages_size()
        self.where.document = self._window.transcript.document
        self.where.passages = self._window.passages_shown
        self.where.keep(self._context.settings, self._project.local_id)

    # -- places -----------------------------------------------------------------------------

    def go_to_place(self, key: str) -> None:
        """Show a place; each is as it was left."""
        switch, places = self._window.switch, self._window.places
        shown_places = switch.keys()
        if key not in shown_places:
            key = CODE
        if switch.current() != key:
            switch.choose(key)
        self.where.place = key
        focus, shown = QApplication.focusWidget(), places.currentWidget()
        leaves_focus = (
            focus is None
            or not focus.isVisible()
            or (shown is not None and shown.isAncestorOf(focus))
        )
        places.show_place(key)
        for button in self._window.panel_buttons:
            button.setVisible(key == CODE)
        if leaves_focus and places.currentWidget() is not shown:
            # The focus was in the place that is gone; it goes on where one would work here.
            if key == CODE:
                self._window.transcript.setFocus()
            else:
                places.focus_place(key)
        self._place_passages()
        self._window.panels.tell()
        self._keep_later.start()
        if key == CODE and self._left_at is not None:
            QTimer.singleShot(0, self, self._find_place_again)

    def open_place(self, key: str, page: str = "") -> None:
        """Go to a place from a menu, also where the switch did not offer it yet; to one of its
        pages where ``page`` names it."""
        self.asked.add(key)
        self._window.offer_places()
        self.go_to_place(key)
        place = self._window.places.made(key)
        if page and isinstance(place, HasPages):
            place.show_page(page)
        self._window.places.focus_place(key)

    def opener(self, key: str, page: str) -> Callable[[], None]:
        """What goes to a page of a place, for a menu."""
        return lambda: self.open_place(key, page)

    def step_place(self, by: int) -> None:
        """The next place of the switch, round the ends."""
        keys = self._window.switch.keys()
        at = keys.index(self._window.switch.current())
        self.go_to_place(keys[(at + by) % len(keys)])

    def show_legend(self) -> None:
        """Show or hide the strip that says which code is on which digit."""
        self.where.legend = self._window.actions_["legend"].isChecked()
        self._window.transcript.legend.set_wanted(self.where.legend)

    def show_codings_of(self, whose: Whose) -> None:
        """Show one's own codings, every coder's, or those that count."""
        self.where.whose = whose
        self._window.transcript.shown.choose(whose)
        self._keep_later.start()

    # -- documents --------------------------------------------------------------------------

    def open_document(self, document: UUID) -> None:
        """Open a document in Code, where it was left; a coder's own interview after asking."""
        window = self._window
        if self._asks_first(document, partial(self.open_document, document)):
            return
        self._leave_document()
        try:
            if window.transcript.document != document:
                window.transcript.open_document(document, self.where.views.get(document))
        except UserError as error:
            self._context.fail(error)
            return
        self._opened(document)

    def _asks_first(self, document: UUID, then: Callable[[], object]) -> bool:
        """Whether the coder is asked before their own interview is opened."""
        if self._window.transcript.document == document:
            return False
        return self._context.own.asks_first(document, then, self._window)

    def leave_own(self) -> None:
        """Somebody else sits at the desk: what is open may be their own interview."""
        document = self._window.transcript.document
        if document is not None and self._context.own.covers(document):
            self._leave_document()
            self._window.transcript.close_document()
            self.show_nothing()
            self._asks_first(document, partial(self.open_document, document))

    def _opened(self, document: UUID) -> None:
        window = self._window
        self.where.document = document
        window.middle.setCurrentIndex(1)
        window.header.show_document(document)
        window.documents.select(document)
        self.go_to_place("code")

    def _leave_document(self) -> None:
        transcript = self._window.transcript
        if transcript.document is not None:
            self.where.left(transcript.document, transcript.view_state())

    def show_nothing(self) -> None:
        """No document is open: say what to do next."""
        window = self._window
        some = bool(self._project.documents.order())
        window.nothing.set_words(
            self.tr("Choose a document at the left") if some else self.tr("Nothing to read yet"),
            ""
            if some
            else self.tr(
                "Import the transcripts of your interviews: Word, text, PDF, subtitles and more. "
                "You can also drop files here."
            ),
        )
        window.middle.setCurrentIndex(0)
        window.header.show_document(None)

    def step_document(self, by: int) -> None:
        """The next or previous document of the list."""
        order = self._project.documents.order()
        if not order:
            return
        here = self._window.transcript.document
        at = order.index(here) + by if here in order else 0
        if 0 <= at < len(order):
            self.open_document(order[at])
            self._window.transcript.setFocus()

    def reveal(self, document: UUID, target: Span | UUID) -> None:
        """Show a span or a coding in its document; the list that asked keeps its scroll."""
        window = self._window
        if self._asks_first(document, partial(self.reveal, document, target)):
            return
        if window.transcript.document != document:
            self._leave_document()
        try:
            window.transcript.reveal(document, target)
        except UserError as error:
            self._context.fail(error)
            return
        self._opened(document)

    def reveal_coding(self, coding: UUID) -> None:
        """Show a coding in its document."""
        try:
            row = self._project.codings.get(coding)
        except UserError as error:
            self._context.fail(error)
            return
        shown = row.coder is None or row.coder == self._project.coder
        # Another coder's coding has no mark here: its words are shown.
        self.reveal(row.document, row.id if shown else row.span)

    def follow(self, changes: Changes) -> None:
        """Keep showing something sensible after what was done."""
        if not changes.touches("document"):
            return
        transcript = self._window.transcript
        known = {row.id for row in self._project.documents.all()}
        if transcript.document is not None and transcript.document not in known:
            transcript.close_document()
        if transcript.document is None:
            if self.where.document in known and not self._context.own.covers(self.where.document):
                # It was deleted and came back by undo.
                self._reopen(self.where.document)
            else:
                self.show_nothing()

    def _reopen(self, document: UUID | None) -> None:
        if document is not None:
            self._window.transcript.open_document(
                document, self.where.views.get(document) or ViewState()
            )
            self._window.middle.setCurrentIndex(1)
            self._window.header.show_document(document)

    # -- passages ---------------------------------------------------------------------------

    def list_passages(self, wanted: object) -> None:
        """List the passages of a code, or some codings."""
        window = self._window
        try:
            if isinstance(wanted, UUID):
                window.passages.show_code(wanted)
                self.where.passages_code = wanted
            elif isinstance(wanted, tuple | list):
                window.passages.show_codings(tuple(wanted))
                self.where.passages_code = None
        except UserError as error:
            self._context.fail(error)
            return
        self.show_passages(True)

    def show_passages(self, on: bool) -> None:
        """Show or hide the list: under the text, or beside another place."""
        window = self._window
        if on:
            window.passages.show()
            self._place_passages()
        elif window.passages_shown:
            had_focus = window.passages.isAncestorOf(QApplication.focusWidget() or window)
            self._keep_passages_size()
            window.passages.hide()
            if had_focus:
                self._focus(self.panes()[0])
        window.panels.tell()

    def _place_passages(self) -> None:
        """Put the list, where it is shown, into the place that is shown."""
        window = self._window
        if not window.passages_shown:
            return
        passages = window.passages
        place = self.where.place
        here = window.reading if place == CODE else window.places.beside(place)
        if here.indexOf(passages) >= 0:
            return
        self._keep_passages_size()
        here.addWidget(passages)
        here.setCollapsible(1, False)
        here.setStretchFactor(0, 1)
        here.setStretchFactor(1, 0)
        passages.show()
        kept = self._context.settings.splitter(_SPLITTERS[here.orientation()])
        down = here.orientation() == Qt.Orientation.Vertical
        whole = here.height() if down else here.width()
        usual = whole * 2 // 5 if down else self._context.appearance.px(340)
        size = min(kept[0] if kept else usual, whole * 2 // 3)
        here.setSizes([whole - size, size])

    def _keep_passages_size(self) -> None:
        if not self._window.passages_shown:
            return
        splitter = self._window.passages.parentWidget()
        if isinstance(splitter, QSplitter) and splitter.count() == 2:
            size = splitter.sizes()[1]
            if size:
                name = _SPLITTERS[splitter.orientation()]
                self._context.settings.remember_splitter(name, [size])

    # -- panes ------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """The panes that can be seen, from left to right, then below."""
        window = self._window
        panes: list[QWidget] = []
        if window.places.current() != CODE:
            panes.append(window.places.made(window.places.current()))
        else:
            panes += [window.documents, window.middle, window.codes]
        if window.passages_shown:
            panes.append(window.passages)
        return [pane for pane in panes if pane.isVisible() and pane.width() and pane.height()]

    def step_pane(self, by: int) -> None:
        """Give the focus to the next pane (F6)."""
        panes = self.panes()
        focus = QApplication.focusWidget()
        here = next((at for at, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -1)
        at = (here + by) % len(panes) if here >= 0 else 0
        self._focus(panes[at])

    def _focus(self, pane: QWidget) -> None:
        window = self._window
        first: QWidget = {
            id(window.documents): window.documents.tree,
            id(window.codes): window.codes.tree,
            id(window.middle): window.transcript,
        }.get(id(pane), pane)
        reason = Qt.FocusReason.TabFocusReason
        if not first.isVisible() or first.focusPolicy() == Qt.FocusPolicy.NoFocus:
            first = _first_stop(pane) or pane
        first.setFocus(reason)

    def search(self) -> None:
        """To the search of all documents, with the words selected in the transcript."""
        selected = self._window.transcript.pane.textCursor().selectedText()
        coding = self.where.place == CODE and 0 < len(selected) <= _SEARCHED
        self.go_to_place("retrieve")
        self._window.retrieval.search_texts(selected.strip() if coding else "")

    def find_code(self) -> None:
        """To the codebook's field, from wherever the focus is."""
        self.go_to_place("code")
        self._window.panels.show(RIGHT)
        self._window.codes.focus_filter()


def _first_stop(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that Tab stops at."""
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        if (
            pane.isAncestorOf(widget)
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            return widget
        widget = widget.nextInFocusChain()
    return None
