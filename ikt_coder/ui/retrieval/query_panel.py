"""The left side of the Retrieve place: what is asked for, whose codings, filters, saved ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.query import Block, Query, Whose
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.retrieval.block_editor import BlockEditor
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.retrieval.filter_bar import FilterBar
from ikt_coder.ui.retrieval.filter_kinds import Offered
from ikt_coder.ui.retrieval.terms import Names
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.section_heading import SectionHeading


class QueryPanel(QWidget):
    """Edits a query; grouping and sorting are the list's and are carried along."""

    changed = Signal()

    def __init__(self, appearance: Appearance, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._names = names
        self._query = Query()
        self._coders: tuple[CoderRow, ...] = ()
        self.blocks: list[BlockEditor] = []
        px = appearance.px
        self.clear_button = QPushButton(self.tr("Clear"))
        self.clear_button.setProperty("kind", "link")
        self.clear_button.clicked.connect(self.clear)
        heading = SectionHeading(appearance, self.tr("Retrieve"))
        heading.add_action(self.clear_button)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(px(4))
        self.more = QPushButton(self.tr("Or passages of…"))
        self.more.setProperty("kind", "link")
        appearance.set_icon(self.more, "plus", "accent")
        self.more.clicked.connect(self._one_more)
        self.whose = Pill(appearance, self.tr("Codings of"), opens=True)
        self.whose.clicked.connect(self._open_whose)
        self.filters = FilterBar(appearance)
        self.filters.changed.connect(self.changed)
        where = QLabel(self.tr("where"))
        where.setProperty("tone", "dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(12), px(10))
        column.setSpacing(px(6))
        column.addWidget(heading)
        column.addLayout(self._blocks)
        column.addWidget(self.more)
        column.addSpacing(px(4))
        column.addWidget(where)
        column.addWidget(self.whose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.filters)
        self._show_blocks((Block(),))
        self._say_whose()

    # -- the query --------------------------------------------------------------------------

    def query(self) -> Query:
        """What is asked for now."""
        blocks = tuple(one.block() for one in self.blocks)
        asked = tuple(one for one in blocks if one != Block())
        return replace(self._query, blocks=asked, filters=self.filters.filters)

    def set_query(self, query: Query) -> None:
        """Show another query; silent."""
        self._query = query
        self._show_blocks(query.blocks or (Block(),))
        self.filters.set_filters(query.filters)
        self._say_whose()

    def keep(self, query: Query) -> None:
        """Take over grouping and sorting, which the list changed."""
        self._query = replace(self._query, grouping=query.grouping, sorting=query.sorting)

    def clear(self) -> None:
        """Ask for everything again."""
        held = self._query
        self.set_query(Query(grouping=held.grouping, sorting=held.sorting))
        self.changed.emit()

    def set_names(self, names: Names, offered: Offered, coders: tuple[CoderRow, ...]) -> None:
        """Take over what the project holds now."""
        self._names, self._coders = names, coders
        for one in self.blocks:
            one.set_names(names)
        self.filters.set_offered(offered)
        self._say_whose()

    # -- blocks -----------------------------------------------------------------------------

    def _show_blocks(self, blocks: Sequence[Block]) -> None:
        for one in self.blocks:
            self._blocks.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.blocks = []
        for block in blocks:
            self._add(block)
        self._number()

    def _add(self, block: Block) -> BlockEditor:
        made = BlockEditor(self._look, self._names, block, self)
        made.changed.connect(self._blocks_changed)
        made.removed.connect(lambda: self._remove(made))
        self._blocks.addWidget(made)
        self.blocks.append(made)
        return made

    def _remove(self, one: BlockEditor) -> None:
        self.blocks.remove(one)
        self._blocks.removeWidget(one)
        one.hide()
        one.deleteLater()
        self._number()
        self.more.setFocus()
        self.changed.emit()

    def _one_more(self) -> None:
        made = self._add(Block())
        self._number()
        made.terms.open()

    def _blocks_changed(self) -> None:
        self._number()
        self.changed.emit()

    def _number(self) -> None:
        alone = len(self.blocks) == 1
        for at, one in enumerate(self.blocks):
            one.set_first(at == 0, alone)
        # "Or" makes sense only beside something.
        self.more.setVisible(all(one.block() != Block() for one in self.blocks))

    # -- whose ------------------------------------------------------------------------------

    def _say_whose(self) -> None:
        query = self._query
        words = {
            Whose.LAYER: self.tr("the analysis layer"),
            Whose.MINE: self.tr("me"),
            Whose.EVERYONE: self.tr("every coder"),
        }.get(query.whose)
        if words is None:
            names = [row.name for row in self._coders if row.id in query.coders]
            words = ", ".join(names) or self.tr("nobody")
        self.whose.set_words(self.tr("Codings of"), words)

    def _open_whose(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        query = self._query
        rows: list[tuple[str, Whose, frozenset[UUID]]] = [
            (self.tr("The analysis layer"), Whose.LAYER, frozenset()),
            (self.tr("Me"), Whose.MINE, frozenset()),
        ]
        if len(self._coders) > 1:
            rows += [(row.name, Whose.CODER, frozenset({row.id})) for row in self._coders]
            rows.append((self.tr("Every coder"), Whose.EVERYONE, frozenset()))
        for words, whose, coders in rows:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(query.whose is whose and query.coders == coders)
            action.triggered.connect(lambda _c=False, w=whose, c=coders: self._set_whose(w, c))
            group.addAction(action)
        if len(self._coders) > 2:
            action = menu.addAction(self.tr("Several coders…"))
            action.triggered.connect(self._choose_coders)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.whose.mapToGlobal(QPoint(0, self.whose.height())))

    def _choose_coders(self) -> None:
        choices = [Choice(row.id, row.name, below=row.initials) for row in self._coders]
        chooser = ChoiceList(
            self._look,
            self.tr("Coders"),
            choices,
            several=True,
            checked=frozenset(self._query.coders),
        )
        chooser.changed.connect(lambda chosen: self._set_whose(Whose.CODER, frozenset(chosen)))
        open_choices(self._look, chooser, self.whose)

    def _set_whose(self, whose: Whose, coders: frozenset[UUID]) -> None:
        self._query = replace(self._query, whose=whose, coders=coders)
        self._say_whose()
        self.changed.emit()
