"""What is said how often: words and phrases, each with the places where it is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.frozen import frozen
from ikt_coder.services.rows import CodeRow
from ikt_coder.services.search_rows import Hit
from ikt_coder.services.word_rows import WordKind, WordRow, WordScope, WordTable
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted, figure
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.search.hits_pane import HitsPane
from ikt_coder.ui.search.language_note import Knowledge, LanguageNote, read_knowledge
from ikt_coder.ui.search.word_model import WordModel
from ikt_coder.ui.tasks import Progress, Task
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.pill import CheckChip
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_TEXTS = ("document", "document_edit", "turn", "speaker", "participant")
"""Tables that change what is counted."""


@frozen
class _Answer:
    table: WordTable
    codes: tuple[CodeRow, ...]
    knowledge: Knowledge | None


class WordsPage(QWidget):
    """The words at the left; where the chosen one is said at the right, ready to be coded.

    The first time each interview is analysed for its word forms, which takes a second or two
    each and can be stopped.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.reading = FreshReading(self, context.tasks, self._begin, self._show, soon=60)
        self._table: WordTable | None = None
        self._places: Task | None = None
        look, px = context.appearance, context.appearance.px
        self.kinds = SegmentedSwitch(look, self.tr("What to count"))
        self.kinds.set_segments(
            [
                Segment("words", self.tr("Words")),
                Segment("phrases", self.tr("Phrases"), self.tr("Frequent noun phrases")),
                Segment("runs", self.tr("Runs"), self.tr("Words that often follow one another")),
            ]
        )
        self.forms = CheckChip(look, self.tr("Forms together"))
        self.forms.setToolTip(self.tr("Count decide, decided and deciding as one word"))
        self.forms.setChecked(True)
        self.common = CheckChip(look, self.tr("With common words"))
        self.common.setToolTip(self.tr("Also count words such as “the” and “and”"))
        self.everyone = CheckChip(look, self.tr("With the interviewer"))
        self.field = FilterField(look, self.tr("Filter the words"))
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setProperty("tone", "dim")
        self.facts.setProperty("face", "small")
        self.language = LanguageNote(context)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setProperty("kind", "link")
        self.stop_button.clicked.connect(self._stop)
        self.model = WordModel(self)
        self.table = self._make_table()
        self.title = TextLabel(look, face=FontRole.TITLE)
        self.hits = HitsPane(context, self.tr("Where it is said"))
        self.empty = EmptyView(look, "search", "")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.hits)
        self._pages.addWidget(self.empty)
        chips = QWidget()
        row = WrapLayout(chips, across=px(6), down=px(6))
        for chip in (self.forms, self.common, self.everyone):
            row.addWidget(chip)
            chip.clicked.connect(self.refresh)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(10), 0, 0)
        column.setSpacing(px(8))
        # No margin at the sides, so that the chosen row reaches from edge to edge.
        asked = QVBoxLayout()
        asked.setContentsMargins(px(14), 0, px(12), 0)
        asked.setSpacing(px(8))
        for widget in (self.kinds, chips, self.field, self.facts, self.language, self.stop_button):
            asked.addWidget(widget)
        column.addLayout(asked)
        column.addWidget(self.table, 1)
        head = QFrame()
        head.setProperty("line", "bottom")
        head.setProperty("surface", "paper")
        top = QHBoxLayout(head)
        top.setContentsMargins(px(18), px(10), px(14), px(10))
        top.addWidget(self.title)
        right = QWidget()
        right.setProperty("surface", "paper")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)
        settings = context.settings
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("words.across"),
            save=lambda sizes: settings.remember_splitter("words.across", sizes),
        )
        self.across.add_pane(left, min(px(500), 640))
        self.across.add_pane(right, 800, stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)
        self.reading.progressed.connect(self._progressed)
        self.kinds.chosen.connect(lambda _key: self.refresh())
        self.field.textChanged.connect(self._filter)
        self.field.enter_list_asked.connect(self.focus_list)
        self.hits.left_at_top.connect(self.focus_list)
        self.table.selectionModel().currentRowChanged.connect(self._current)
        context.signals.changed.connect(self._changed)
        self._say()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Words and how often they are said"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._context.appearance.px(28))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 70), (2, 100), (3, 104)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, self._context.appearance.px(width))
        header.setHighlightSections(False)
        header.setSortIndicator(1, Qt.SortOrder.DescendingOrder)
        table.setSortingEnabled(True)
        return table

    # -- reading ----------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_TEXTS):
            self.reading.outdate()
        elif changes.touches("code"):
            self.hits.set_codes(self._context.project.codes.all())

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the texts hold now."""
        return self.reading.up_to_date

    def refresh(self) -> None:
        """Count anew; a count that is under way is given up."""
        self.reading.refresh()
        self._say()

    def _begin(self) -> Callable[[Progress], _Answer]:
        kind, project = self.kinds.current(), self._context.project
        lemmas, common = self.forms.isChecked(), self.common.isChecked()
        scope = WordScope(participants_only=not self.everyone.isChecked())
        for chip in (self.forms, self.common):
            chip.setEnabled(kind == "words")

        def work(progress: Progress) -> _Answer:
            def stop() -> bool:
                return progress.cancelled

            if kind == "words":
                table = project.words.frequencies(
                    scope, lemmas=lemmas, stop_words=common, progress=progress, stop=stop
                )
            else:
                runs = WordKind.WORD_RUNS if kind == "runs" else WordKind.NOUN_PHRASES
                table = project.words.phrases(scope, kind=runs, progress=progress, stop=stop)
            # Runs, and the forms of words by themselves, need nothing that could be lacking.
            asks = kind == "phrases" or (kind == "words" and lemmas)
            knowledge = read_knowledge(project) if asks else None
            return _Answer(table, project.codes.all(), knowledge)

        return work

    def _show(self, answer: _Answer) -> None:
        self._table = answer.table
        self.model.show(answer.table)
        self.hits.set_codes(answer.codes)
        self.language.show_knowledge(answer.knowledge)
        self._say()
        self.table.setCurrentIndex(self.model.index(0, 0))
        if not self.model.rowCount():
            self._current(QModelIndex())

    def _progressed(self, done: int, whole: int, _now: str) -> None:
        if self.reading.under_way and whole:
            self.facts.setText(
                self.tr("Reading interview {done} of {whole}").format(
                    done=min(done + 1, whole), whole=whole
                )
            )

    def _stop(self) -> None:
        self.reading.drop()
        self._say()

    def _say(self) -> None:
        busy = self.reading.under_way
        self.stop_button.setVisible(busy)
        table = self._table
        if busy:
            self.facts.setText(self.tr("Reading the interviews…"))
        elif table is None:
            self.facts.setText("")
        else:
            words = counted(table.words, self.tr("1 word"), self.tr("{count} words"))
            said = self.tr("{words} in {documents} documents of {participants} participants.")
            facts = said.format(
                words=words,
                documents=figure(table.documents),
                participants=figure(table.participants),
            )
            self.facts.setText("\n".join([facts, *table.notes]))

    def _filter(self, words: str) -> None:
        self.model.filter(words)
        self.table.setCurrentIndex(self.model.index(0, 0))

    # -- places -----------------------------------------------------------------------------

    def _current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self.model.row(index)
        table = self._table
        if self._places is not None:
            self._places.cancel()
        if row is None or table is None:
            self._pages.setCurrentWidget(self.empty)
            self.title.set_text("")
            self.empty.set_words(
                self.tr("No word is chosen"),
                self.tr("Choose a word or phrase to see where it is said, and to code it."),
            )
            return
        project = self._context.project
        self._places = self._context.tasks.run(
            lambda _progress: (row, project.words.places(table, row)), done=self._show_places
        )

    def _show_places(self, found: tuple[WordRow, tuple[Hit, ...]]) -> None:
        row, hits = found
        self._places = None
        if self.model.row(self.table.currentIndex()) != row:
            return
        self._pages.setCurrentWidget(self.hits)
        times = counted(row.count, self.tr("said once"), self.tr("said {count} times"))
        self.title.set_text(f"“{row.text}” · {times}")
        self.hits.show_hits(hits, row.text)

    def focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_place(self) -> None:
        """Bring the keyboard to the words."""
        self.focus_list()
