"""One round: what was locked, who is how far, what comes next, and its log."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import AssignmentStatus, RoundMode, Task
from ikt_coder.services.round_rows import AssignmentRow, RoundRow
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.comparison.rounds.acts import RoundActs
from ikt_coder.ui.comparison.rounds.lists import Logged, LogModel
from ikt_coder.ui.comparison.rounds.progress_grid import ProgressGrid, ProgressModel
from ikt_coder.ui.comparison.rounds.wording import (
    check_lock_sentence,
    codings_words,
    documents_words,
    left_words,
    lock_sentence,
    locked_facts,
    whole_state,
)
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Task as Running
from ikt_coder.ui.widgets.dialog_foot import dim_words
from ikt_coder.ui.widgets.progress_panel import ProgressPanel
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


@frozen
class RoundDetails:
    """A round as it was read for the screen."""

    row: RoundRow
    cells: tuple[AssignmentRow, ...]
    coders: tuple[CoderRow, ...]
    titles: dict[UUID, str]
    codes: dict[UUID, str]
    log: tuple[Logged, ...]
    hindrance: str  # why it cannot be unsealed; empty where it can
    sealed: frozenset[UUID]  # documents of it
    copy: bool  # this file is a coder's copy
    present: UUID | None
    reflexive: bool
    settled: bool  # every document of it has its Consensus


class RoundView(QScrollArea):
    """Buttons show only what makes sense now; the first one is the next step."""

    page_wanted = Signal(str)
    """A page of the Compare place."""
    copy_wanted = Signal(object)
    """The round a coder's copy is to be made of."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._details: RoundDetails | None = None
        self.acts = RoundActs(context, self)
        self.acts.unsealing.connect(self._begin)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = QWidget(self)
        self._sheet.setProperty("surface", "paper")
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self.setWidget(self._sheet)

    def _build(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        self.name = TextLabel(look, face=FontRole.TITLE, parent=self._sheet)
        self.rename_button = QToolButton(self._sheet)
        look.set_icon(self.rename_button, "edit", "dim")
        self.rename_button.setToolTip(self.tr("Rename"))
        self.rename_button.setAccessibleName(self.tr("Rename the round"))
        self.rename_button.clicked.connect(self._rename)
        self.state = QLabel(self._sheet)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.facts = dim_words("", self._sheet)
        self.note = dim_words("", self._sheet)
        self.seal = QFrame(self._sheet)
        self.seal.setProperty("line", "all")
        self._seal_words = dim_words(lock_sentence(False), self.seal)
        self._seal_icon = QLabel(self.seal)
        sealed = QHBoxLayout(self.seal)
        sealed.setContentsMargins(px(10), px(8), px(10), px(8))
        sealed.setSpacing(px(10))
        sealed.addWidget(self._seal_icon, 0, Qt.AlignmentFlag.AlignTop)
        sealed.addWidget(self._seal_words, 1)
        self._buttons = QWidget(self._sheet)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self._buttons.setSizePolicy(policy)
        self._row = WrapLayout(self._buttons)
        self.finish_button = self._button(self.tr("Finish mine"), self._finish_all)
        self.unseal_button = self._button(self.tr("Unseal"), self._unseal)
        self.agreement_button = self._button(
            self.tr("See the agreement"), lambda: self.page_wanted.emit("agreement")
        )
        self.settle_button = self._button("", lambda: self.page_wanted.emit("settle"))
        self.verify_button = self._button(
            self.tr("Verify"), lambda: self.page_wanted.emit("verify")
        )
        self.beside_button = self._button(
            self.tr("Side by side"), lambda: self.page_wanted.emit("beside")
        )
        self.copy_button = self._button(self.tr("Copy for a coder…"), self._copy)
        self.hindrance = dim_words("", self._sheet)
        self.progress = ProgressPanel(look, self.tr("Unsealing"), self._sheet)
        self.progress.hide()
        self.model = ProgressModel(self)
        self.grid = ProgressGrid(look, self.model, self._sheet)
        self.grid.cell_asked.connect(self._ask_cell)
        self.log_model = LogModel(self)
        self.log_heading = SectionHeading(look, self.tr("Log"), parent=self._sheet)
        self.log_button = QPushButton(self._sheet)
        self.log_button.setProperty("kind", "link")
        self.log_button.setCheckable(True)
        self.log_button.toggled.connect(self._show_log)
        self.log_heading.add_action(self.log_button)
        self.log = RowList(look, self.tr("Log of the round"), ruled=True, parent=self._sheet)
        self.log.setModel(self.log_model)
        self.log.setMaximumHeight(px(190))
        self.log.hide()
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.name, 1)
        head.addWidget(self.rename_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(px(20), px(14), px(20), px(10))
        column.setSpacing(px(8))
        column.addLayout(head)
        for widget in (self.state, self.facts, self.note, self.seal, self._buttons):
            column.addWidget(widget)
        column.addWidget(self.hindrance)
        column.addWidget(self.progress)
        column.addWidget(self.grid)
        column.addStretch(1)
        column.addWidget(self.log_heading)
        column.addWidget(self.log)
        look.changed.connect(self._restyle)
        self._restyle()

    def _button(self, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self._buttons)
        button.clicked.connect(act)
        self._row.addWidget(button)
        return button

    def _restyle(self) -> None:
        look = self._context.appearance
        side = look.px(16)
        self._seal_icon.setPixmap(look.icon("lock", "dim").pixmap(QSize(side, side)))

    # -- showing ----------------------------------------------------------------------------

    def show_details(self, details: RoundDetails) -> None:
        """Show a round as it was read."""
        self._details = details
        row, writing = details.row, not self._context.project.read_only
        self.name.set_text(row.name)
        self.rename_button.setVisible(writing)
        state = whole_state(row)
        self.state.setText(state[:1].upper() + state[1:])
        facts = locked_facts(row, details.codes, details.reflexive)
        self.facts.setText(self.tr("Locked: {facts}").format(facts=" · ".join(facts)))
        self.note.setText(row.note)
        self.note.setVisible(bool(row.note))
        self.seal.setVisible(row.sealed)
        words = [lock_sentence(details.reflexive)]
        if row.mode is RoundMode.VERIFY:
            words.insert(0, check_lock_sentence(len(details.sealed)))
        self._seal_words.setText(" ".join(words))
        self.model.put(row.documents, details.coders, details.titles, details.cells)
        self.grid.fit()
        self._show_buttons(details, writing)
        at = self.log.verticalScrollBar().value()
        self.log_model.put(details.log)
        self.log.verticalScrollBar().setValue(at)
        self._show_log(self.log_button.isChecked())

    def _show_buttons(self, details: RoundDetails, writing: bool) -> None:
        row = details.row
        mine = self._mine_left()
        blind = row.mode is RoundMode.BLIND or bool(row.blind_share)
        opened = row.unsealed is not None
        self.finish_button.setVisible(writing and bool(mine))
        if len(mine) == 1:
            title = details.titles.get(mine[0].document, "").replace("&", "&&")
            self.finish_button.setText(self.tr("Finish “{title}”").format(title=title))
        else:
            words = self.tr("Finish my {documents}")
            self.finish_button.setText(words.format(documents=documents_words(len(mine))))
        self.unseal_button.setVisible(writing and blind and not details.copy and row.sealed)
        self.unseal_button.setEnabled(not details.hindrance)
        hindrance = self._hindrance(details) if details.hindrance and row.sealed else ""
        self.unseal_button.setToolTip(hindrance)
        self.unseal_button.setAccessibleDescription(hindrance)
        self.hindrance.setText(hindrance)
        self.hindrance.setVisible(blind and bool(hindrance))
        self.agreement_button.setVisible(opened and not details.reflexive)
        self.settle_button.setText(
            self.tr("Talk over") if details.reflexive else self.tr("Settle differences")
        )
        self.settle_button.setVisible(opened)
        self.verify_button.setVisible(row.mode is RoundMode.VERIFY)
        self.beside_button.setVisible(opened or row.mode is RoundMode.OPEN)
        self.copy_button.setVisible(writing and not details.copy and not row.complete)
        buttons = (
            *(self.finish_button, self.unseal_button, self.agreement_button, self.settle_button),
            *(self.verify_button, self.beside_button, self.copy_button),
        )
        # Finishing is the next step only where everything was begun; a copy never is.
        begun = all(each.status is AssignmentStatus.IN_PROGRESS for each in mine)
        steps = buttons[:-1] if begun else buttons[1:-1]
        primary = next((b for b in steps if not b.isHidden() and b.isEnabled()), None)
        for button in buttons:
            kind = "primary" if button is primary else ""
            if button.property("kind") != kind:
                button.setProperty("kind", kind)
                button.style().unpolish(button)
                button.style().polish(button)
        self._buttons.setVisible(any(not button.isHidden() for button in buttons))
        self._buttons.updateGeometry()

    def _hindrance(self, details: RoundDetails) -> str:
        """Why it cannot be unsealed now."""
        if details.copy:
            return self.tr(
                "This is a coder’s copy: the round is unsealed in the project it was made from."
            )
        names = {coder.id: coder.name for coder in details.coders}
        return left_words((row for row in details.cells if row.document in details.sealed), names)

    def _show_log(self, shown: bool) -> None:
        count = len(self.log_model.rows)
        self.log.setVisible(shown and count > 0)
        self.log_button.setText(
            self.tr("Hide") if shown else self.tr("Show {count}").format(count=count)
        )
        self.log_button.setAccessibleName(
            self.tr("Hide the log") if shown else self.tr("Show the log")
        )

    def _mine_left(self) -> list[AssignmentRow]:
        """What the present coder can finish now."""
        details = self._details
        if details is None:
            return []
        return [
            row
            for row in details.cells
            if row.coder == details.present
            and row.status is not AssignmentStatus.FINISHED
            and not self._waits(row)
        ]

    def _waits(self, row: AssignmentRow) -> bool:
        """Whether something else comes before this can be finished."""
        rounds = self._context.project.rounds
        known = rounds.of(row.round)
        each = known.assigned.get((row.coder, row.document))
        if each is None or known.unfinished_before(each):
            return True
        return known.waiting(row.batch, rounds.state().settled)

    # -- acting -----------------------------------------------------------------------------

    def _finish_all(self) -> None:
        details, rows = self._details, self._mine_left()
        if details is not None and rows:
            button = self.finish_button
            self.acts.ask_finish(details.row, rows, details.titles, button.rect(), button)

    def _unseal(self) -> None:
        if self._details is not None:
            button = self.unseal_button
            details = self._details
            self.acts.ask_unseal(details.row, details.reflexive, button.rect(), button)

    def _copy(self) -> None:
        if self._details is not None:
            self.copy_wanted.emit(self._details.row.id)

    def _rename(self) -> None:
        details = self._details
        if details is None:
            return
        asked = NamePopover(
            self._context.appearance, self.window(), self.tr("Name"), details.row.name
        )
        asked.named.connect(lambda name: self.acts.rename(details.row, name))
        asked.open_for(self.rename_button.rect(), self.rename_button)

    def _begin(self, task: Running) -> None:
        self.progress.reset()
        self.progress.show()
        self.unseal_button.setEnabled(False)
        self.progress.cancel_asked.connect(task.cancel)
        task.progressed.connect(self.progress.set_progress)
        task.ended.connect(self._end)

    def _end(self) -> None:
        self.progress.hide()
        self.progress.cancel_asked.disconnect()
        if self._details is not None:
            self.unseal_button.setEnabled(not self._details.hindrance)

    def _ask_cell(self, index: QModelIndex, rect: QRect) -> None:
        """What can be done with a coder's document, as a menu under the cell."""
        details = self._details
        if details is None:
            return
        menu = self.cell_menu(index, rect)
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.grid.mapToGlobal(QPoint(rect.left(), rect.bottom())))

    def cell_menu(self, index: QModelIndex, rect: QRect) -> QMenu:
        """The acts of a cell."""
        details = self._details
        menu = QMenu(self)
        if details is None:
            return menu
        coder, document, title = self.model.place(index)
        row = self.model.cell(index)
        shown = title.replace("&", "&&")
        own = coder.id == details.present
        self._add(
            menu,
            self.tr("Open “{title}”").format(title=shown),
            lambda: self._context.document_wanted.emit(document),
        )
        if row is not None and row.codings:
            self._add(
                menu,
                self.tr("List the {codings}").format(codings=codings_words(row.codings)),
                lambda: self._list_codings(coder.id, document),
            )
        if self._context.project.read_only:
            return menu
        menu.addSeparator()
        if row is None:
            self._add_assigning(menu, details, coder, document)
        elif row.status is AssignmentStatus.FINISHED:
            if own:
                self._add(
                    menu,
                    self.tr("Reopen…"),
                    lambda: self.acts.ask_reopen(details.row, row, title, rect, self.grid),
                )
        else:
            if own and not self._waits(row):
                self._add(
                    menu,
                    self.tr("Finish…"),
                    lambda: self.acts.ask_finish(
                        details.row, [row], details.titles, rect, self.grid
                    ),
                )
            name = coder.name.replace("&", "&&")
            self._add(
                menu,
                self.tr("Take from {name}").format(name=name),
                lambda: self.acts.unassign(details.row, coder.id, document),
            )
        return menu

    def _list_codings(self, coder: UUID, document: UUID) -> None:
        """List what a coder has coded in a document, as far as it may be seen."""
        rows = self._context.project.codings.in_document(document, coder)
        self._context.passages_wanted.emit(tuple(row.id for row in rows))

    def _add_assigning(
        self, menu: QMenu, details: RoundDetails, coder: CoderRow, document: UUID
    ) -> None:
        name = coder.name.replace("&", "&&")
        self._add(
            menu,
            self.tr("Give to {name}").format(name=name),
            lambda: self.acts.assign(details.row, coder.id, document, Task.CODE),
        )
        if details.row.mode is RoundMode.VERIFY:
            self._add(
                menu,
                self.tr("Let {name} verify it").format(name=name),
                lambda: self.acts.assign(details.row, coder.id, document, Task.VERIFY),
            )

    def _add(self, menu: QMenu, words: str, act: object) -> None:
        action = QAction(words, menu)
        action.triggered.connect(act)
        menu.addAction(action)
