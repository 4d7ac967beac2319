"""The page of rounds: their list, the chosen one, and setting up another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import RoundMode
from ikt_coder.core.words import Approach
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.comparison.rounds.lists import Logged, RoundModel
from ikt_coder.ui.comparison.rounds.round_view import RoundDetails, RoundView
from ikt_coder.ui.comparison.rounds.wording import day_and_time, event_words, mode_title
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.section_heading import SectionHeading

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.place import ComparePlace
    from ikt_coder.ui.comparison.rounds.setup_dialog import SetupDialog
    from ikt_coder.ui.exchange.copy_dialog import CopyDialog

_FOLLOWED = (
    *("coding_round", "assignment", "round_event", "settled", "checked", "coding"),
    *("document", "coder", "code", "project"),
)

_WIDEST_LIST = 320


@frozen
class _Read:
    """What the page shows, read together."""

    rows: tuple[RoundRow, ...]
    details: RoundDetails | None
    coders: int
    reflexive: bool


class RoundsPage(QWidget):
    """A list at the left, the chosen round beside it; what to do first where there is none."""

    def __init__(self, context: Context, place: ComparePlace) -> None:
        super().__init__(place)
        self._context = context
        self._place = place
        self._chosen: UUID | None = place.round
        self._filling = False
        self.dialog: SetupDialog | None = None
        self.copy_dialog: CopyDialog | None = None
        self.model = RoundModel(self)
        self._build()
        self.reading: FreshReading[_Read] = FreshReading(
            self, context.tasks, self._begin, self._show
        )
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        reflexive = self._context.project.card.get().approach is Approach.REFLEXIVE
        heading = SectionHeading(look, self.tr("Readings") if reflexive else self.tr("Rounds"))
        self.heading = heading
        self.add_button = QPushButton(self.tr("Set up…"), self)
        look.set_icon(self.add_button, "plus", "ink")
        self.add_button.clicked.connect(self._choose_pattern)
        self.add_button.setEnabled(not self._context.project.read_only)
        heading.add_action(self.add_button)
        self.list = RowList(look, self.tr("Rounds"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._choose)
        left = QWidget(self)
        left.setProperty("surface", "panel")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(6))
        heading.setContentsMargins(px(14), 0, px(10), 0)
        column.addWidget(heading)
        column.addWidget(self.list, 1)
        self.view = RoundView(self._context, self)
        self.view.page_wanted.connect(self._place.show_page)
        self.view.copy_wanted.connect(self.copy_for_coder)
        settings = self._context.settings
        self.splitter = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("rounds"),
            save=lambda sizes: settings.remember_splitter("rounds", sizes),
            parent=self,
        )
        self.splitter.add_pane(left, min(px(264), _WIDEST_LIST))
        self.splitter.add_pane(self.view, px(700), stretch=True)
        self.empty = self._empty(reflexive)
        self.alone = self._alone(reflexive)
        self.stack = QStackedWidget(self)
        for page in (QWidget(self), self.splitter, self.empty, self.alone):
            self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _empty(self, reflexive: bool) -> EmptyView:
        """No round yet: the ready-made ones are the way on."""
        sentence = self.tr("No round of coding yet")
        more = self.tr(
            "A round says who codes which documents, and how. Coded blind, it tells how far you "
            "agree; coded and verified, what the second look changed."
        )
        if reflexive:
            sentence = self.tr("No reading yet")
            more = self.tr(
                "A reading says who reads which interviews. Read apart first, and the second "
                "reader opens what the first one did not see."
            )
        empty = EmptyView(self._context.appearance, "compare", sentence, more, self)
        for words, mode, first in self._patterns(reflexive):
            empty.add_button(words, partial(self.set_up, mode, first))
        return empty

    def _patterns(self, reflexive: bool) -> tuple[tuple[str, RoundMode, int | None], ...]:
        """The ready-made rounds."""
        return (
            (mode_title(RoundMode.BLIND, reflexive) + "…", RoundMode.BLIND, None),
            (self.tr("Code and verify, the first five settled first…"), RoundMode.VERIFY, 5),
            (mode_title(RoundMode.OPEN, reflexive) + "…", RoundMode.OPEN, None),
        )

    def _choose_pattern(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for words, mode, first in self._patterns(self.model.reflexive):
            action = QAction(words, menu)
            action.triggered.connect(partial(self._set_up_as, mode, first))
            menu.addAction(action)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _set_up_as(self, mode: RoundMode, first: int | None, _checked: bool = False) -> None:
        self.set_up(mode, first)

    def _alone(self, reflexive: bool) -> EmptyView:
        """One coder and no round: somebody is missing."""
        more = self.tr(
            "Add the second coder by the pill “Coding as” at the foot of the window, or bring in "
            "the copy of a project in which they have coded."
        )
        sentence = self.tr("A round needs a second coder")
        if reflexive:
            sentence = self.tr("A second reading needs a second reader")
        return EmptyView(self._context.appearance, "people", sentence, more, self)

    # -- reading ----------------------------------------------------------------------------

    def _begin(self) -> Callable[[Progress], _Read]:
        project, chosen = self._context.project, self._chosen
        return lambda _progress: _read(project, chosen)

    def _show(self, read: _Read) -> None:
        self.model.reflexive = read.reflexive
        self.heading.set_title(self.tr("Readings") if read.reflexive else self.tr("Rounds"))
        self._filling = True
        self.model.put(read.rows)
        if read.details is not None:
            self._chosen = read.details.row.id
            self.list.setCurrentIndex(self.model.index_of(self._chosen))
        self._filling = False
        if read.details is not None:
            self.view.show_details(read.details)
            self.stack.setCurrentWidget(self.splitter)
        else:
            alone = read.coders < 2
            self.stack.setCurrentWidget(self.alone if alone else self.empty)

    def _changed(self, changes: Changes) -> None:
        if not changes.tables or changes.touches(*_FOLLOWED):
            self.reading.outdate()

    def show_round(self, round_: UUID | None) -> None:
        """Show a round; None keeps the one that is shown."""
        if round_ is not None and round_ != self._chosen:
            self._chosen = round_
            self.reading.ask()

    def refresh(self) -> None:
        self.reading.refresh()

    def focus_place(self) -> None:
        """Bring the keyboard to where one works."""
        if self.stack.currentWidget() is self.splitter:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            ways = (self.empty if self.stack.currentWidget() is self.empty else self).findChildren(
                QPushButton
            )
            (ways[0] if ways else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row(index)
        if self._filling or row is None or row.id == self._chosen:
            return
        self._chosen = row.id
        self._place.show_round(row.id)
        self.reading.ask()

    # -- acting -----------------------------------------------------------------------------

    def set_up(self, mode: RoundMode = RoundMode.BLIND, first: int | None = None) -> None:
        """Ask for everything a round needs."""
        from ikt_coder.ui.comparison.rounds.setup_dialog import SetupDialog

        dialog = SetupDialog(self._context, self.window(), mode=mode, first=first)
        self.dialog = dialog
        dialog.finished.connect(lambda result: self._was_set_up(dialog, result))
        dialog.open()

    def _was_set_up(self, dialog: SetupDialog, result: int) -> None:
        self.dialog = None
        dialog.deleteLater()
        if result == QDialog.DialogCode.Accepted and dialog.made is not None:
            self._chosen = dialog.made
            self._place.show_round(dialog.made)
            self._context.say(self.tr("Set up the round"))
            self.reading.ask()

    def copy_for_coder(self, round_: UUID) -> None:
        """Ask for whom a copy of the round is written."""
        from ikt_coder.ui.exchange.copy_dialog import CopyDialog

        self.copy_dialog = CopyDialog(self._context, self.window(), round_)
        self.copy_dialog.finished.connect(self._copy_closed)
        self.copy_dialog.open()

    def _copy_closed(self) -> None:
        if self.copy_dialog is not None:
            self.copy_dialog.deleteLater()
            self.copy_dialog = None


def _read(project: Project, chosen: UUID | None) -> _Read:
    rows = project.rounds.all()
    coders = project.coders.everyone()
    reflexive = project.card.get().approach is Approach.REFLEXIVE
    known = {row.id: row for row in rows}
    row = known.get(chosen) if chosen is not None else None
    row = row or (rows[-1] if rows else None)
    documents = {each.id: each.title for each in project.documents.all()}
    details = None
    if row is not None:
        try:
            details = _details(project, row, coders, documents, reflexive)
        except NotFound:  # it was undone while it was read; the page reads again
            rows = tuple(each for each in rows if each is not row)
    return _Read(rows, details, len(coders), reflexive)


def _details(
    project: Project,
    row: RoundRow,
    coders: tuple[CoderRow, ...],
    documents: dict[UUID, str],
    reflexive: bool,
) -> RoundDetails:
    names: dict[UUID | None, str] = {coder.id: coder.name for coder in coders}
    titles: dict[UUID | None, str] = dict(documents.items())
    order = {coder: at for at, coder in enumerate(row.coders)}
    present = tuple(sorted((c for c in coders if c.id in order), key=lambda coder: order[coder.id]))
    events = project.rounds.events(row.id)
    first_unsealed = row.unsealed
    log = tuple(
        Logged(
            event_words(event, names, titles),
            day_and_time(event.at),
            bool(event.data.get("after_unsealing")) and first_unsealed is not None,
        )
        for event in events
    )
    settled = project.rounds.state().settled
    return RoundDetails(
        row=row,
        cells=project.rounds.assignments(row.id),
        coders=present,
        titles=documents,
        codes={code.id: code.name for code in project.codes.all(counted=False)},
        log=log,
        hindrance=project.rounds.may_unseal(row.id),
        sealed=project.rounds.of(row.id).sealed,
        copy=project.copies.origin() is not None,
        present=project.coder,
        reflexive=reflexive,
        settled=settled.issuperset(row.documents),
    )
