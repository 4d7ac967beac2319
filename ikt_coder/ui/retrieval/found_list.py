"""The middle of the Retrieve place: how much was found, grouped and sorted how, and the list."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.query import Grouping, Sorting, Whose
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.codes.wording import passages_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.retrieval.matrix_view import MatrixView
from ikt_coder.ui.retrieval.passage_acts import PassageActs
from ikt_coder.ui.retrieval.passage_model import PassageModel
from ikt_coder.ui.retrieval.passage_source import holding
from ikt_coder.ui.retrieval.passage_tree import PassageTree
from ikt_coder.ui.retrieval.reading import Reading
from ikt_coder.ui.sealed_words import sealed_words
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.sealed_note import SealedNote
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

translate = QCoreApplication.translate


def grouping_words(grouping: Grouping) -> str:
    return {
        Grouping.NONE: translate("Retrieve", "nothing"),
        Grouping.CODE: translate("Retrieve", "code"),
        Grouping.THEME: translate("Retrieve", "theme"),
        Grouping.DOCUMENT: translate("Retrieve", "document"),
        Grouping.PARTICIPANT: translate("Retrieve", "participant"),
        Grouping.GROUP: translate("Retrieve", "group of participants"),
        Grouping.SPEAKER: translate("Retrieve", "speaker"),
        Grouping.CODER: translate("Retrieve", "coder"),
        Grouping.DIRECTION: translate("Retrieve", "direction"),
        Grouping.LEVEL: translate("Retrieve", "level"),
        Grouping.QUESTION: translate("Retrieve", "question of the guide"),
    }[grouping]


def sorting_words(sorting: Sorting) -> str:
    return {
        Sorting.PLACE: translate("Retrieve", "place"),
        Sorting.NEWEST: translate("Retrieve", "newest first"),
        Sorting.OLDEST: translate("Retrieve", "oldest first"),
        Sorting.LONGEST: translate("Retrieve", "longest first"),
        Sorting.SHORTEST: translate("Retrieve", "shortest first"),
        Sorting.PARTICIPANT: translate("Retrieve", "participant"),
        Sorting.CODE: translate("Retrieve", "code"),
    }[sorting]


class FoundList(QWidget):
    """Shows a reading; the list keeps its scroll, selection and folds while it changes."""

    arranged = Signal(object, object)  # Grouping, Sorting
    narrowed = Signal()
    view_changed = Signal()  # the list or the matrix is shown now

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: Reading | None = None
        self._grouping, self._sorting = Grouping.CODE, Sorting.PLACE
        self._kept: frozenset[UUID] | None = None
        look, px = context.appearance, context.appearance.px
        self.model = PassageModel(context.project, self)
        self.tree = PassageTree(look, self.tr("Found passages"), self.model)
        self.acts = PassageActs(context, self.tree, self.model)
        self.title = TextLabel(look, face=FontRole.TITLE)
        self.facts = QLabel()
        self.facts.setProperty("tone", "dim")
        self.facts.setWordWrap(True)
        self.missing = QLabel()
        self.missing.setTextFormat(Qt.TextFormat.PlainText)
        self.missing.setProperty("tone", "danger")
        self.missing.setWordWrap(True)
        self.sealed = SealedNote(look)
        self.grouped = Pill(look, self.tr("Grouped by"), opens=True)
        self.sorted = Pill(look, self.tr("Sorted by"), opens=True)
        self.field = FilterField(look, self.tr("Filter the passages"))
        self.empty = EmptyView(look, "quote", "")
        self.views = SegmentedSwitch(look, self.tr("How to show what was found"))
        self.views.set_segments(
            [Segment("list", self.tr("List")), Segment("matrix", self.tr("Matrix"))]
        )
        self.export_button = QPushButton(self.tr("Export…"))
        look.set_icon(self.export_button, "export")
        self.matrix = MatrixView(look)
        self._pages = QStackedWidget()
        for page in (self.tree, self.empty, self.matrix):
            self._pages.addWidget(page)
        pills = QWidget()
        row = WrapLayout(pills, across=px(6), down=px(4))
        for pill in (self.grouped, self.sorted):
            row.addWidget(pill)
        self._arranging = QWidget()
        second = QHBoxLayout(self._arranging)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(px(8))
        second.addWidget(pills, 3)
        second.addWidget(self.field, 2)
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self.title, 1)
        for widget in (self.views, self.export_button):
            first.addWidget(widget)
        head = QFrame()
        head.setProperty("line", "bottom")
        head.setProperty("surface", "paper")
        column = QVBoxLayout(head)
        column.setContentsMargins(px(18), px(10), px(14), px(8))
        column.setSpacing(px(4))
        column.addLayout(first)
        column.addWidget(self.facts)
        column.addWidget(self.missing)
        column.addWidget(self.sealed)
        column.addSpacing(px(2))
        column.addWidget(self._arranging)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._pages, 1)
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(240)
        self.views.chosen.connect(self._change_view)
        self.grouped.clicked.connect(self._open_groupings)
        self.sorted.clicked.connect(self._open_sortings)
        self.field.textChanged.connect(self._filter)
        self.field.enter_list_asked.connect(self.focus_list)
        self.tree.left_at_top.connect(self.field.setFocus)
        self.missing.hide()
        self._say_arranged()

    # -- showing ----------------------------------------------------------------------------

    def show_reading(self, reading: Reading) -> None:
        """Show what was found; where the same codings stand in the same groups, only what
        changed of them."""
        before = self._reading
        self._reading = reading
        self.matrix.offer(
            questions=bool(reading.offered.questions), attributes=reading.offered.attributes
        )
        self._grouping, self._sorting = reading.query.grouping, reading.query.sorting
        found = reading.codings
        if reading.changed is not None:
            self.model.rename(dict(reading.retrieval.titles), reading.names.codes)
            self.model.take_changed(reading.changed, found, reading.headings)
        else:
            if before is None or before.query.grouping is not reading.query.grouping:
                self.tree.forget_folds()
            with self.tree.kept_place():
                self.model.show(
                    found,
                    dict(reading.retrieval.titles),
                    reading.names.codes,
                    reading.headings,
                    reading.beside,
                    reading.widths,
                    len(reading.widths),
                    reading.several,
                )
            self._filter()
        self._say()
        self._say_arranged()

    def keep_only(self, kept: frozenset[UUID] | None) -> None:
        """Show only these codings (of one document or participant); None shows all."""
        self._kept = kept
        self._filter()

    def shown(self) -> frozenset[UUID] | None:
        """The codings that are listed where the list is narrowed; None where all are."""
        return self.model.fitting

    def focus_list(self) -> None:
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.tree.currentIndex().isValid() and self.model.rowCount():
            self.tree.setCurrentIndex(self.model.index(0, 0, self.model.index(0, 0)))

    def _say(self) -> None:
        reading = self._reading
        if reading is None:
            return
        found = reading.retrieval
        count = self.model.count
        whole = len(reading.widths)
        title = counted(count, self.tr("1 coding"), self.tr("{count} codings"))
        if count != whole:
            title = self.tr("{some} of {all}").format(some=title, all=whole)
        self.title.set_text(title)
        documents = counted(
            len(found.by_document), self.tr("1 document"), self.tr("{count} documents")
        )
        people = counted(
            found.participants, self.tr("1 participant"), self.tr("{count} participants")
        )
        parts = [passages_in_words(found.passages), documents]
        if not reading.reflexive:
            parts.append(people)
        if found.interim:
            parts.append(self.tr("interim: not every document is coded"))
        self.facts.setText(" · ".join(parts))
        self.facts.setToolTip(found.note)
        self.missing.setText(" ".join(found.missing))
        self.missing.setVisible(bool(found.missing))
        mine = reading.query.whose is Whose.MINE
        self.sealed.say("" if mine else sealed_words(self._context.project))
        self._show_page(count)
        if count:
            return
        if self.field.text().strip() or self._kept is not None:
            self.empty.set_words(
                self.tr("No passage fits"), self.tr("Clear the filter to see all.")
            )
        elif reading.query.blocks or reading.query.filters:
            self.empty.set_words(
                self.tr("Nothing fits this retrieval"),
                self.tr("Take a condition or a filter away, or ask for other codings."),
            )
        else:
            self.empty.set_words(
                self.tr("Nothing is coded yet"),
                self.tr(
                    "Code some passages first. If other coders did, choose whose codings to show, "
                    "or name a lead coder for the documents."
                ),
            )

    def shows_matrix(self) -> bool:
        """Whether the matrix is chosen rather than the list."""
        return self.views.current() == "matrix"

    def show_view(self, key: str) -> None:
        """Show what was found as a "list" or as a "matrix"; nobody is told."""
        known = self.views.keys()
        if key in known:
            self.views.choose(key)
            self._put_view()

    def _change_view(self, _key: str) -> None:
        self._put_view()
        self.view_changed.emit()

    def _put_view(self) -> None:
        self._arranging.setVisible(not self.shows_matrix())
        self._show_page(self.model.count)

    def _show_page(self, count: int) -> None:
        page = self.matrix if self.shows_matrix() else self.tree
        self._pages.setCurrentWidget(page if count else self.empty)
        self.export_button.setEnabled(count > 0)

    # -- arranging --------------------------------------------------------------------------

    def _say_arranged(self) -> None:
        self.grouped.set_words(self.tr("Grouped by"), grouping_words(self._grouping))
        self.sorted.set_words(self.tr("Sorted by"), sorting_words(self._sorting))

    def _open_groupings(self) -> None:
        self._menu(self.grouped, self.groupings(), self._grouping, self._group).popup(
            _under(self.grouped)
        )

    def groupings(self) -> dict[Grouping, str]:
        """What the list can be grouped by, in words: by question only where there is a guide, or
        a saved retrieval asks for it."""
        guide = self._reading is not None and bool(self._reading.offered.questions)
        guide |= self._grouping is Grouping.QUESTION
        return {
            one: grouping_words(one) for one in Grouping if guide or one is not Grouping.QUESTION
        }

    def _open_sortings(self) -> None:
        words = {sorting: sorting_words(sorting) for sorting in Sorting}
        self._menu(self.sorted, words, self._sorting, self._sort).popup(_under(self.sorted))

    def _group(self, grouping: StrEnum) -> None:
        self.arranged.emit(Grouping(grouping), self._sorting)

    def _sort(self, sorting: StrEnum) -> None:
        self.arranged.emit(self._grouping, Sorting(sorting))

    def _menu(
        self,
        pill: Pill,
        words: dict[StrEnum, str] | dict[Grouping, str] | dict[Sorting, str],
        current: StrEnum,
        act: Callable[[StrEnum], None],
    ) -> QMenu:
        menu = QMenu(pill)
        group = QActionGroup(menu)
        for key, said in words.items():
            action = menu.addAction(said)
            action.setCheckable(True)
            action.setChecked(key is current)
            action.triggered.connect(lambda _c=False, k=key: act(k))
            group.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    # -- narrowing --------------------------------------------------------------------------

    def _filter(self, _words: str = "") -> None:
        """Find off the main thread what fits; texts may have to be read for it."""
        words = self.field.text().strip()
        if not words:
            self._fit((words, None))
            return
        project, listed, titles = self._context.project, self.model.listed, self.model.titles
        self._context.tasks.run(
            lambda _progress: (words, holding(project, listed, titles, words)), done=self._fit
        )

    def _fit(self, found: tuple[str, frozenset[UUID] | None]) -> None:
        words, fitting = found
        if words != self.field.text().strip():
            return
        if self._kept is not None:
            fitting = self._kept if fitting is None else fitting & self._kept
        if fitting != self.model.fitting:
            with self.tree.kept_place():
                self.model.show_only(fitting)
            self.narrowed.emit()
        self._say()


def _under(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height()))
