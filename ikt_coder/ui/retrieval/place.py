"""The Retrieve place: coded passages, a search of the texts, their words, and a matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.search import SearchQuery
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.coded_page import CodedPage
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

if TYPE_CHECKING:
    from ikt_coder.ui.search.page import SearchPage
    from ikt_coder.ui.search.words_page import WordsPage
    from ikt_coder.ui.window.places import Place

_STATE = "retrieve.page"


class RetrievePlace(QWidget):
    """A switch over its pages; each is made when it is first shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look, px = context.appearance, context.appearance.px
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(look, self.tr("What to retrieve"))
        self._makers: dict[str, Callable[[], QWidget]] = {
            "coded": self._make_coded,
            "search": self._make_search,
            "words": self._make_words,
        }
        self._pages: dict[str, QWidget] = {}
        self.switch.set_segments(
            [
                Segment("coded", self.tr("Coded passages"), self.tr("What was coded, and how")),
                Segment("search", self.tr("Search"), self.tr("Words in all documents")),
                Segment("words", self.tr("Words"), self.tr("What is said how often")),
            ]
        )
        self.stack = QStackedWidget()
        bar = QFrame()
        bar.setProperty("surface", "panel")
        bar.setProperty("line", "bottom")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(px(10))
        row.addWidget(self.switch)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self.stack, 1)
        self.switch.chosen.connect(self.show_page)
        self.show_page(self._kept())

    def _make_coded(self) -> QWidget:
        return CodedPage(self._context)

    def _make_search(self) -> QWidget:
        from ikt_coder.ui.search.page import SearchPage

        return SearchPage(self._context)

    def _make_words(self) -> QWidget:
        from ikt_coder.ui.search.words_page import WordsPage

        return WordsPage(self._context)

    @property
    def words(self) -> WordsPage:
        """The page of words and phrases."""
        return cast("WordsPage", self.page("words"))

    @property
    def search(self) -> SearchPage:
        """The page that searches the texts."""
        return cast("SearchPage", self.page("search"))

    @property
    def coded(self) -> CodedPage:
        """The page of coded passages."""
        return cast(CodedPage, self.page("coded"))

    def page(self, key: str) -> QWidget:
        """A page, made now if it was not."""
        if key not in self._pages:
            self._pages[key] = self._makers[key]()
            self.stack.addWidget(self._pages[key])
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Show a page; each is as it was left."""
        self.stack.setCurrentWidget(self.page(key))
        if self.switch.current() != key:
            self.switch.choose(key)
        context = self._context
        project = context.project.local_id
        whole = context.settings.local_state(project)
        if whole.get(_STATE) != key:
            whole[_STATE] = key
            context.settings.remember_local_state(project, whole)

    def _kept(self) -> str:
        context = self._context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        return kept if isinstance(kept, str) and kept in self._makers else "coded"

    def search_texts(self, words: str = "") -> None:
        """Show the search, for these words or ready to type."""
        self.show_page("search")
        if words:
            self.search.search(SearchQuery(words))
        self.search.focus_place()

    def ask_for_code(self, code: UUID) -> None:
        """Show the passages of a code, from elsewhere."""
        self.show_page("coded")
        self.coded.ask_for_code(code)

    def focus_place(self) -> None:
        """Bring the keyboard to where one works in the page that is shown."""
        cast("Place", self.stack.currentWidget()).focus_place()
