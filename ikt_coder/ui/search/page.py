"""Searching all texts: the words at the left, the hits, and where they spread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.search import Coded, Mode, SearchQuery
from ikt_coder.services.search_rows import Hit, SearchResult
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.retrieval.counts_panel import CountsPanel, Spread
from ikt_coder.ui.retrieval.filter_kinds import Offered, read_offered
from ikt_coder.ui.retrieval.terms import Names, read_names
from ikt_coder.ui.search.hits_pane import HitsPane
from ikt_coder.ui.search.language_note import Knowledge, LanguageNote, read_knowledge
from ikt_coder.ui.search.query_panel import SearchPanel
from ikt_coder.ui.search.wording import hits_in_words
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.text_label import TextLabel

_SLOW = 400
"""Milliseconds after which a search says how far it is."""
_TEXTS = ("document", "document_edit", "turn", "speaker", "participant", "code", "framework")
"""Tables that change what is searched or offered."""


@frozen
class _Answer:
    result: SearchResult | None
    same: bool  # it found what the search before it had found
    problem: UserError | None
    knowledge: Knowledge | None
    names: Names
    offered: Offered


class SearchPage(QWidget):
    """A search runs off the main thread; a newer one gives the older up."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.reading = FreshReading(self, context.tasks, self._begin, self._show, soon=60)
        self._result: SearchResult | None = None
        self._searched = SearchQuery("")
        look, px = context.appearance, context.appearance.px
        self.panel = SearchPanel(look)
        self.hits = HitsPane(context, self.tr("Hits"))
        self.title = TextLabel(look, face=FontRole.TITLE)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setProperty("tone", "dim")
        self.language = LanguageNote(context)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self._stop)
        self.counts = CountsPanel(look, self.tr("Hits by document"), self.tr("Hits by participant"))
        self.empty = EmptyView(look, "search", "")
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.hits)
        self._pages.addWidget(self.empty)
        head = QFrame()
        head.setProperty("line", "bottom")
        head.setProperty("surface", "paper")
        words = QVBoxLayout()
        words.setSpacing(px(3))
        words.addWidget(self.title)
        words.addWidget(self.facts)
        words.addWidget(self.language)
        top = QHBoxLayout(head)
        top.setContentsMargins(px(18), px(10), px(14), px(10))
        top.addLayout(words, 1)
        top.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignTop)
        middle = QWidget()
        middle.setProperty("surface", "paper")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle.setMinimumWidth(240)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)
        left, right = ScrollColumn(self.panel), ScrollColumn(self.counts)
        for side in (left, right):
            side.setFrameShape(QFrame.Shape.NoFrame)
        settings = context.settings
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("search.across"),
            save=lambda sizes: settings.remember_splitter("search.across", sizes),
        )
        self.across.add_pane(left, min(px(290), 380))
        self.across.add_pane(middle, 800, stretch=True)
        self.across.add_pane(right, min(px(250), 330))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)
        self._connect()
        self._say()

    def _connect(self) -> None:
        context = self._context
        context.signals.changed.connect(self._changed)
        self.reading.progressed.connect(self._progressed)
        self._slow.timeout.connect(self._say_slow)
        self.panel.changed.connect(self._asked)
        self.panel.field.enter_list_asked.connect(self.hits.focus_list)
        self.hits.left_at_top.connect(self.panel.focus_field)
        self.counts.chosen.connect(self._keep_only)

    # -- searching --------------------------------------------------------------------------

    def search(self, query: SearchQuery) -> None:
        """Search for something else, from elsewhere."""
        self.panel.set_query(query)
        self._asked()

    def _asked(self) -> None:
        self.counts.clear_choice()
        self.refresh()

    def _changed(self, changes: Changes) -> None:
        # What was just coded from here stays in the list, marked.
        own = changes.kind == Op.CODE_HITS.value
        by_codings = self.panel.query().coded is not Coded.ANY
        if changes.touches(*_TEXTS) or (changes.touches("coding") and by_codings and not own):
            self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the search finds now."""
        return self.reading.up_to_date

    def refresh(self) -> None:
        """Search anew; a search that is under way is given up."""
        self.reading.refresh()

    def _begin(self) -> Callable[[Progress], _Answer]:
        query, project = self.panel.query(), self._context.project
        before = self._result

        def work(progress: Progress) -> _Answer:
            names, offered = read_names(project), read_offered(project)
            result = problem = knowledge = None
            if query.mode is Mode.LEMMA:
                knowledge = read_knowledge(project, query.documents)
            if query.text:
                try:
                    result = project.search.find(query, progress, lambda: progress.cancelled)
                except UserError as error:
                    problem = error
            # Here, not while the window waits: each hit is made when it is looked at.
            same = (
                before is not None
                and result is not None
                and before.query == result.query
                and list(before.hits) == list(result.hits)
            )
            return _Answer(result, same, problem, knowledge, names, offered)

        self._searched = query
        self._slow.start()
        return work

    def _show(self, answer: _Answer) -> None:
        self._slow.stop()
        self.stop_button.hide()
        self.language.show_knowledge(answer.knowledge)
        self.panel.set_offered(answer.names, answer.offered)
        self.hits.set_codes(answer.names.codes)
        self._result = answer.result
        result = answer.result
        if not answer.same:
            self.hits.show_hits(result.hits if result is not None else (), self._searched.text)
        self.counts.show_counts(
            [Spread(one.document, one.title, one.hits) for one in result.documents]
            if result
            else [],
            [Spread(one.participant, one.label, one.hits) for one in result.participants]
            if result
            else [],
        )
        self._say(answer.problem)

    def _progressed(self, done: int, whole: int, _now: str) -> None:
        if self.stop_button.isVisible() and whole:
            self.facts.setText(
                self.tr("Looking at document {done} of {whole}").format(done=done, whole=whole)
            )

    def _say_slow(self) -> None:
        self.title.set_text(self.tr("Searching…"))
        # What an earlier search did not find says nothing about this one.
        self.empty.set_words(self.tr("Searching…"))
        self.stop_button.show()

    def _stop(self) -> None:
        self.reading.drop()
        self._slow.stop()
        self.stop_button.hide()
        self.hits.show_hits((), "")
        self._result = None
        self._say()
        self.title.set_text(self.tr("Stopped"))

    # -- saying -----------------------------------------------------------------------------

    def _say(self, problem: UserError | None = None) -> None:
        result, text = self._result, self._searched.text
        self.stop_button.hide()
        count = result.total if result is not None else 0
        self.title.set_text(hits_in_words(count) if result is not None else self.tr("Search"))
        facts = []
        if result is not None and count:
            facts.append(
                self.tr("in {documents} documents · {participants} participants").format(
                    documents=len(result.documents), participants=len(result.participants)
                )
            )
        facts += result.notes if result is not None else ()
        self.facts.setText("\n".join(facts))
        self.facts.setVisible(bool(facts))
        self._pages.setCurrentWidget(self.hits if self.hits.model.rowCount() else self.empty)
        if problem is not None:
            self.empty.set_words(problem.what, problem.to_do)
        elif text:
            self.empty.set_words(
                self.tr("Nothing was found"),
                self.tr("Look at the spelling, try word forms, or search in more documents."),
            )
        else:
            self.empty.set_words(
                self.tr("Search what was said"),
                self.tr(
                    "Type a word at the left. The hits can be read in their context and coded, "
                    "one by one or all at once."
                ),
            )

    def _keep_only(self, kind: str, key: object) -> None:
        """Show the hits of one document or participant."""
        result = self._result
        if result is None:
            return
        hits: list[Hit] = list(result.hits)
        if kind == "document":
            hits = [hit for hit in hits if hit.document == key]
        elif kind == "participant":
            hits = [hit for hit in hits if key in hit.participants]
        self.hits.show_hits(hits, self._searched.text)

    def focus_place(self) -> None:
        """Bring the keyboard to the words to search for."""
        self.panel.focus_field()
