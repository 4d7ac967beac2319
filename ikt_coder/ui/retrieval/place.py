"""The Retrieve place: coded passages, a search of the texts, their words, and a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ikt_coder.core.search import SearchQuery
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.coded_page import CodedPage
from ikt_coder.ui.widgets.paged_place import Makers, PagedPlace
from ikt_coder.ui.widgets.segmented_switch import Segment

if TYPE_CHECKING:
    from ikt_coder.ui.search.page import SearchPage
    from ikt_coder.ui.search.words_page import WordsPage
    from ikt_coder.ui.window.places import Place

_STATE = "retrieve.page"


class RetrievePlace(PagedPlace):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _STATE, parent)
        self.switch.setAccessibleName(self.tr("What to retrieve"))
        self.switch.set_segments(
            [
                Segment("coded", self.tr("Coded passages"), self.tr("What was coded, and how")),
                Segment("search", self.tr("Search"), self.tr("Words in all documents")),
                Segment("words", self.tr("Words"), self.tr("What is said how often")),
            ]
        )
        self.show_kept()

    def makers(self) -> Makers:
        return {
            "coded": self._make_coded,
            "search": self._make_search,
            "words": self._make_words,
        }

    def _make_coded(self) -> QWidget:
        return CodedPage(self.context)

    def _make_search(self) -> QWidget:
        from ikt_coder.ui.search.page import SearchPage

        return SearchPage(self.context)

    def _make_words(self) -> QWidget:
        from ikt_coder.ui.search.words_page import WordsPage

        return WordsPage(self.context)

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
