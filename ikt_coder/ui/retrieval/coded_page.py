"""Coded passages: what is asked for at the left, what was found, and the chosen passage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.query import Block, Grouping, Query, Sorting, Term, TermKind
from ikt_coder.core.table import Table
from ikt_coder.services.retrieval_rows import CountRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.codes.wording import codings_in_words, passages_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.retrieval.counts_panel import CountsPanel, Spread
from ikt_coder.ui.retrieval.export import ROWS, RetrievalExport
from ikt_coder.ui.retrieval.found_list import FoundList
from ikt_coder.ui.retrieval.passage_pane import PassagePane
from ikt_coder.ui.retrieval.query_panel import QueryPanel
from ikt_coder.ui.retrieval.reading import Reading, read
from ikt_coder.ui.retrieval.saved_queries import SavedQueries
from ikt_coder.ui.retrieval.terms import Names
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.notification_bar import NotificationBar
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.scroll_column import ScrollColumn

_SOON = 60
"""Milliseconds in which several changes become one reading."""
_STATE = "retrieve"
_SHOWN = "retrieve_shown"
_UNRELATED = frozenset({"source_file", "quote", "quote_alteration", "saved_table"})


class CodedPage(QWidget):
    """Asks anew, away from the main thread, whenever the query or the project changes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._query = Query()
        self._shown: Reading | None = None
        self.reading = FreshReading(self, context.tasks, self._begin, self._show, soon=_SOON)
        self._build()
        self._connect()
        self._restore()

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        px = look.px
        settings = context.settings
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.query_panel = QueryPanel(look, Names((), (), {}, {}, unread=True))
        self.saved = SavedQueries(context)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.query_panel)
        column.addWidget(self.saved)
        column.addStretch(1)
        left = ScrollColumn(asked)
        left.setFrameShape(QFrame.Shape.NoFrame)
        self.found = FoundList(context)
        self.counts = CountsPanel(
            look, self.tr("Passages by document"), self.tr("Passages by participant")
        )
        counts = ScrollColumn(self.counts)
        counts.setFrameShape(QFrame.Shape.NoFrame)
        self.passage = PassagePane(context)
        self.down = RememberedSplitter(
            Qt.Orientation.Vertical,
            saved=settings.splitter("retrieve.down"),
            save=lambda sizes: settings.remember_splitter("retrieve.down", sizes),
        )
        self.down.add_pane(counts, 240)
        self.down.add_pane(self.passage, 560, stretch=True)
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("retrieve.across"),
            save=lambda sizes: settings.remember_splitter("retrieve.across", sizes),
        )
        self.across.add_pane(left, min(px(264), 380))
        self.across.add_pane(self.found, 760, stretch=True)
        self.across.add_pane(self.down, min(px(316), 440))
        self.bar = NotificationBar(look)
        self.export = RetrievalExport(context, self.bar, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.across, 1)

    def _connect(self) -> None:
        context = self._context
        context.signals.changed.connect(self._changed)
        self.query_panel.changed.connect(self._asked)
        self.saved.chosen.connect(self.ask)
        self.saved.name_wanted.connect(lambda: self.saved.ask_name(self._query))
        self.found.arranged.connect(self._arrange)
        self.found.view_changed.connect(self._view_changed)
        self.found.matrix.changed.connect(self._matrix_changed)
        self.found.matrix.opened.connect(context.passages_wanted)
        self.found.export_button.clicked.connect(self._open_formats)
        self.found.tree.opened.connect(context.reveal_coding)
        self.found.tree.selectionModel().currentChanged.connect(self._current)
        self.counts.chosen.connect(self._keep_only)

    # -- the query --------------------------------------------------------------------------

    @property
    def query(self) -> Query:
        """What is asked for now."""
        return self._query

    def ask(self, query: Query) -> None:
        """Ask for something else, as a saved retrieval does."""
        self.query_panel.set_query(query)
        self._asked()

    def ask_for_code(self, code: UUID) -> None:
        """Ask for the passages of a code, from elsewhere: to read them, in the list."""
        self.found.show_view("list")
        held = self._query
        block = Block((Term(TermKind.CODE, code),))
        self.ask(Query((block,), grouping=held.grouping, sorting=held.sorting, whose=held.whose))

    def _asked(self) -> None:
        self._query = self.query_panel.query()
        self.counts.clear_choice()
        self.found.keep_only(None)
        self._keep()
        self.refresh()

    def _arrange(self, grouping: Grouping, sorting: Sorting) -> None:
        self._query = replace(self._query, grouping=grouping, sorting=sorting)
        self.query_panel.keep(self._query)
        self._keep()
        self.refresh()

    # -- keeping and restoring --------------------------------------------------------------

    def _restore(self) -> None:
        context = self._context
        state = context.settings.local_state(context.project.local_id)
        kept, shown = state.get(_STATE), state.get(_SHOWN)
        if isinstance(shown, dict):
            self.found.matrix.restore(shown)
            self.found.show_view(str(shown.get("view")))
        if isinstance(kept, dict):
            try:
                self._query = Query.from_json(kept)
            except ValueError:
                return  # of another version: everything is asked for
            self.query_panel.set_query(self._query)

    def _keep(self) -> None:
        context = self._context
        project = context.project.local_id
        # Other places keep their own part of the same state.
        whole = context.settings.local_state(project)
        whole[_STATE] = self._query.to_json()
        view = self.found.views.current()
        whole[_SHOWN] = {"view": view, **self.found.matrix.kept()}
        context.settings.remember_local_state(project, whole)

    # -- reading ----------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if changes.tables <= _UNRELATED:
            return
        if changes.touches("card", "framework", "level", "behaviour", "coding"):
            self.passage.forget()
        self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def refresh(self) -> None:
        """Ask anew; an answer that is under way is given up."""
        self.reading.refresh()

    def _begin(self) -> Callable[[Progress], Reading]:
        query, project = self._query, self._context.project
        view = self.found
        matrix = view.matrix.options(query) if view.shows_matrix() else None
        face = self._context.appearance.font(FontRole.BODY)
        # What is shown when this reading comes: later ones than it are shown after it alone.
        before = self._shown

        def work(progress: Progress) -> Reading:
            return read(project, query, lambda: progress.cancelled, face, matrix, before)

        return work

    def _show(self, reading: Reading) -> None:
        self.query_panel.set_names(reading.names, reading.offered, reading.coders)
        self.saved.show_rows(reading.saved)
        self.found.show_reading(reading)
        if reading.matrix is not None:
            self.found.matrix.show_matrix(reading.matrix)
        found = reading.retrieval
        self.counts.show_counts(
            [self._spread(one) for one in found.by_document],
            [self._spread(one) for one in found.by_participant],
        )
        self.counts.headings["participant"].setVisible(not reading.reflexive)
        self.counts.lists["participant"].setVisible(not reading.reflexive)
        self._shown = reading
        if self.counts.held[0]:
            self._keep_only(*self.counts.held)
        self._current(self.found.tree.currentIndex())

    def _matrix_changed(self) -> None:
        self._keep()
        self.refresh()

    def _view_changed(self) -> None:
        self._keep()
        if self.found.shows_matrix():
            self.refresh()

    def _open_formats(self) -> None:
        """Offer to write the list, or the matrix, as it is asked for."""
        project, query = self._context.project, self._query
        button = self.found.export_button
        if self.found.shows_matrix():
            options = self.found.matrix.options(query)

            def matrix(ending: str, _for_team: bool) -> Table:
                # On paper names of codes stand better in rows than over narrow columns.
                paper = replace(options, turned=ending not in ROWS)
                return project.retrieval.matrix(paper).table

            menu = self.export.menu(matrix, self.tr("Matrix"), passages=False)
        else:

            def passages(ending: str, for_team: bool) -> Table:
                return project.retrieval.table(
                    project.retrieval.find(query), rows=ending in ROWS, for_team=for_team
                )

            menu = self.export.menu(passages, self.tr("Passages"), passages=True)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _spread(self, one: CountRow) -> Spread:
        said = self.tr("{name}: {passages}, {codings}")
        tip = said.format(
            name=one.label,
            passages=passages_in_words(one.passages),
            codings=codings_in_words(one.references),
        )
        return Spread(one.key, one.label, one.passages, tip)

    def _keep_only(self, kind: str, key: object) -> None:
        """Show the passages of one document or participant."""
        if self._shown is None:
            return
        found = self._shown.retrieval.found
        kept: frozenset[UUID] | None = None
        if kind == "document":
            kept = frozenset(one.coding.id for one in found if one.coding.document == key)
        elif kind == "participant":
            kept = frozenset(
                one.coding.id
                for one in found
                if (
                    key in one.words.participants if key is not None else not one.words.participants
                )
            )
        self.found.keep_only(kept)

    def _current(self, index: QModelIndex) -> None:
        model = self.found.model
        row = model.coding(index)
        self.passage.show_coding(row, model.code(row) if row is not None else None)

    def focus_place(self) -> None:
        """Bring the keyboard to what was found."""
        self.found.focus_list()
