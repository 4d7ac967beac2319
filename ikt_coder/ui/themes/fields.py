"""One theme in a side panel: what it says, its codings, and its quotes."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.details import ThemeDetails, read_details
from ikt_coder.ui.themes.theme_codings import ThemeCodings
from ikt_coder.ui.themes.theme_form import ThemeForm
from ikt_coder.ui.themes.theme_quotes import ThemeQuotesPage
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

ABOUT, CODINGS, QUOTES = "about", "codings", "quotes"


class ThemeFields(QFrame):
    """Three pages, one at a time; which one is shown stays from theme to theme."""

    left = Signal()
    """Esc: the keyboard goes back to the themes."""
    theme_wanted = Signal(object)
    """The theme at the other end of a link was clicked."""

    def __init__(self, context: Context, acts: ThemeActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme: UUID | None = None
        self._details: ThemeDetails | None = None
        self._asked = 0
        self._stale: set[str] = set()
        look = context.appearance
        self.setProperty("surface", "panel")
        self.setAccessibleName(self.tr("Fields of the theme"))
        self.empty = EmptyView(
            look,
            "theme",
            self.tr("Choose a theme"),
            self.tr("Its fields, codings, quotes and memos are shown here."),
        )
        self.switch = SegmentedSwitch(look, self.tr("Pages of the theme"))
        self.switch.chosen.connect(self.show_page)
        self.form = ThemeForm(context, acts)
        self.form.theme_wanted.connect(self.theme_wanted)
        self.codings = ThemeCodings(context, acts)
        self.quotes = ThemeQuotesPage(context, acts)
        self._pages = QStackedWidget()
        self._areas: dict[str, QScrollArea] = {}
        for key, page in ((ABOUT, self.form), (CODINGS, self.codings), (QUOTES, self.quotes)):
            self._areas[key] = _scrolled(page)
            self._pages.addWidget(self._areas[key])
        # Once it is laid out.
        queued = Qt.ConnectionType.QueuedConnection
        self.quotes.sight_wanted.connect(self._bring_in_sight, queued)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        row = QVBoxLayout(head)
        row.setContentsMargins(14, 10, 14, 8)
        row.addWidget(self.switch)
        self._head = head
        for widget in (self.empty, head, self._pages):
            column.addWidget(widget)
        self._said: tuple[int, int] | None = None
        self._show_counts(0, 0)
        head.hide()
        self._pages.hide()

    def _show_counts(self, codings: int, quotes: int) -> None:
        if self._said == (codings, quotes):
            return
        self._said = codings, quotes
        words = {
            ABOUT: self.tr("About"),
            CODINGS: self.tr("Codings {n}").replace("{n}", str(codings)),
            QUOTES: self.tr("Quotes {n}").replace("{n}", str(quotes)),
        }
        focused = self.switch.isAncestorOf(self.window().focusWidget() or self)
        self.switch.set_segments([Segment(key, text) for key, text in words.items()])
        if focused:
            self.switch.button(self.switch.current()).setFocus()

    # -- showing --------------------------------------------------------------------------

    def show_theme(self, theme: UUID | None) -> None:
        """Show a theme; read away from the main thread, the last one asked for is shown."""
        if theme != self._theme:
            self.form.commit()
            self.codings.begin()
            self.quotes.begin()
            for area in self._areas.values():
                area.verticalScrollBar().setValue(0)
        self._theme = theme
        self._asked += 1
        if theme is None:
            self._show(None)
            return
        asked, project = self._asked, self._context.project
        # A method of this widget: Qt forgets it when the panel is gone before the reading.
        self._context.tasks.run(
            lambda _progress: (asked, read_details(project, theme)), done=self._take_in
        )

    def show_details(self, details: ThemeDetails) -> None:
        """Show what was read elsewhere of the theme that is chosen."""
        if details.theme.id == self._theme:
            self._asked += 1
            self._show(details)

    def _take_in(self, found: tuple[int, ThemeDetails | None]) -> None:
        asked, details = found
        if asked == self._asked:
            self._show(details)

    def _show(self, details: ThemeDetails | None) -> None:
        old, self._details = self._details, details
        self._head.setVisible(details is not None)
        self._pages.setVisible(details is not None)
        self.empty.setVisible(details is None)
        if details is None:
            self.form.forget()
            return
        self._show_counts(len(details.codings), len(details.quotes))
        # Only what has changed is made anew, and only once it is looked at.
        self.form.show_details(details)
        if old is None or _codings_of(old) != _codings_of(details):
            self._stale.add(CODINGS)
        if old is None or _quotes_of(old) != _quotes_of(details):
            self._stale.add(QUOTES)
        self._freshen()

    def _freshen(self) -> None:
        """Bring the page that is shown up to date."""
        details, page = self._details, self.page()
        if details is None or page not in self._stale:
            return
        self._stale.discard(page)
        (self.codings if page == CODINGS else self.quotes).show_details(details)

    def show_page(self, key: str) -> None:
        """Show the words, the codings or the quotes of the theme."""
        if self.switch.current() != key:
            self.switch.choose(key)
        self._freshen()
        self._pages.setCurrentWidget(self._areas[key])

    def _bring_in_sight(self) -> None:
        """The words of the quote that is being changed, where there still is one."""
        editor = self.quotes.editor
        if editor is not None and editor.isVisible():
            self._areas[QUOTES].ensureWidgetVisible(editor)

    def page(self) -> str:
        """The key of the page that is shown."""
        return self.switch.current()

    def theme(self) -> UUID | None:
        return self._theme

    def details(self) -> ThemeDetails | None:
        """What is shown now; None until it has been read."""
        return self._details

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def focus_page(self) -> None:
        """Bring the keyboard to the first thing of the page that is shown."""
        if self.page() == ABOUT:
            self.form.focus_first()
        elif self.page() == CODINGS:
            self.codings.focus_first()
        else:
            self.quotes.focus_first()

    def focus_first(self) -> None:
        """Bring the keyboard to the name."""
        self.show_page(ABOUT)
        self.form.focus_first()


def _scrolled(page: QWidget) -> QScrollArea:
    """A page with its margins, scrolling up and down."""
    body = QWidget()
    body.setProperty("surface", "panel")
    body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(body)
    column.setContentsMargins(14, 4, 14, 16)
    column.addWidget(page)
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setProperty("surface", "panel")
    area.viewport().setProperty("surface", "panel")
    area.setWidget(body)
    return area


def _codings_of(details: ThemeDetails) -> object:
    names = [details.code_names.get(row.passage.coding.code) for row in details.codings]
    return details.theme.id, details.codings, details.proposed, names


def _quotes_of(details: ThemeDetails) -> object:
    stars = [row.passage.coding.flags for row in details.codings]
    return details.theme.id, details.quotes, details.proposals, stars
