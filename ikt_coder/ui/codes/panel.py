"""The codebook: find or create a code, the tree, and the details below it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.ui.codes.acts import Choice, CodeActs
from ikt_coder.ui.codes.commands import CodeCommands
from ikt_coder.ui.codes.details import DetailsPane
from ikt_coder.ui.codes.folding import Folding
from ikt_coder.ui.codes.look_popover import LookPopover
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.codes.tree import CodeTree
from ikt_coder.ui.codes.tree_model import CodeTreeModel, Kind
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.section_heading import SectionHeading

_SPLITTER = "codebook"
_WIDEST_LEAST = 340
_COUNT_AFTER = 40
"""Milliseconds after a coding before its code is counted anew: painting the text comes first."""


class CodesPanel(QWidget):
    """The right side of the window."""

    code_clicked = Signal(object)
    """A code was clicked once: it codes what is selected."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        look = context.appearance
        self.model = CodeTreeModel(self)
        self.model.may_change = not self._project.read_only
        self.commands = CodeCommands(context, self)
        self.heading = SectionHeading(look, self.tr("Codebook"))
        self.field = FilterField(
            look, self.tr("Find or create a code"), QKeySequence("Ctrl+K"), self
        )
        self.tree = CodeTree(look, self.tr("Codebook"), self.model, self)
        self.folding = Folding(self.tree, self.model, context)
        self.empty = EmptyView(
            look,
            "codebook",
            self.tr("No codes yet"),
            self.tr("Select words in a document and type a code above, or begin with a framework."),
        )
        self.details = DetailsPane(context)
        self.acts = CodeActs(look, self.tree, self)
        self._pages = QStackedWidget()
        self._applied: int | None = None
        self._recount = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._counting = False
        self._restoring = False
        self._lay_out()
        self._connect()
        self._read()
        self._chosen()

    def _lay_out(self) -> None:
        px = self._context.appearance.px
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self.empty)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(4))
        head = QVBoxLayout()
        head.setContentsMargins(px(14), 0, px(12), 0)
        head.setSpacing(px(4))
        head.addWidget(self.heading)
        head.addWidget(self.field)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        settings = self._context.settings
        self._splitter = RememberedSplitter(
            Qt.Orientation.Vertical,
            saved=settings.splitter(_SPLITTER),
            save=lambda sizes: settings.remember_splitter(_SPLITTER, sizes),
        )
        self._splitter.add_pane(top, px(430), stretch=True)
        self._splitter.add_pane(self.details, px(320))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._restyle()

    def _restyle(self) -> None:
        """Large text needs a wider panel; a small window still keeps room for the transcript."""
        self.setMinimumWidth(min(self._context.appearance.px(200), _WIDEST_LEAST))

    def _connect(self) -> None:
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self._found)
        self.field.enter_list_asked.connect(self._enter_tree)
        self.field.leave_asked.connect(self.tree.setFocus)
        self.tree.left_at_top.connect(self.field.setFocus)
        self.tree.pressed_code.connect(self._press)
        self.tree.opened_code.connect(self._open)
        self.tree.create_asked.connect(self._create_typed)
        self.tree.moved.connect(self.commands.move)
        self.tree.words_dropped.connect(self._words_dropped)
        self.tree.menu_asked.connect(self._show_menu)
        self.tree.selectionModel().selectionChanged.connect(self._chosen)
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self.model.renamed.connect(self.commands.rename)
        self.details.name_asked.connect(self._rename)
        self.empty.add_button(self.tr("New code"), self._new, icon="plus")
        self.empty.add_button(self.tr("Add a framework"), self.open_frameworks, icon="framework")
        self._recount.timeout.connect(self._count)
        self._context.signals.changed.connect(self._changed)
        self._context.appearance.changed.connect(self._restyle)
        for name, act in (
            ("new", self._new),
            ("new_below", self._new_below),
            ("passages", self._passages),
            ("describe", self.details.edit_code),
            ("memo", self.details.edit_rule),
            ("rename", self._rename),
            ("look", self._look),
            ("up", lambda: self._step(-1)),
            ("down", lambda: self._step(1)),
            ("in", self._move_in),
            ("out", self._move_out),
            ("merge", self._merge),
            ("split", self._split),
            ("delete", self._delete),
            ("frameworks", self.open_frameworks),
        ):
            self.acts.on(name, act)
        for digit, action in self.acts.digits.items():
            action.triggered.connect(lambda _c=False, d=digit: self._pin(d))

    # -- what the window may ask ------------------------------------------------------------

    def actions(self) -> list[QAction]:
        """For the Codes menu, with lines between the groups."""
        return self.acts.ordered()

    def focus_filter(self) -> None:
        """Begin to type a code's name."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_coding(self, coding: UUID | None) -> None:
        """Show what this coding carries below the tree; None: nothing of a coding."""
        self.details.show_coding(coding)

    def show_coding_soon(self, coding: UUID | None) -> None:
        """As ``show_coding``, once the text has been painted."""
        self.details.show_coding_soon(coding)

    def open_frameworks(self) -> None:
        from ikt_coder.ui.frameworks.gallery import FrameworkGallery

        gallery = FrameworkGallery(self._context, self.window())
        gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        gallery.open()

    # -- reading ----------------------------------------------------------------------------

    def _read(self) -> None:
        chosen = self.tree.chosen_codes()
        current = self.tree.current_code()
        at = self.tree.verticalScrollBar().value()
        codes = self._project.codes
        self._restoring = True
        if self.model.show(codes.all(counted=False), codes.counts()):
            self.folding.restore()
            self._choose_again(chosen, current)
            self.tree.verticalScrollBar().setValue(at)
        self._restoring = False
        rows = self.model.rows
        self._pages.setCurrentWidget(self.tree if rows else self.empty)
        self.heading.set_note(figure(sum(row.applicable for row in rows)) if rows else "")
        self.details.set_codes(rows)
        left = self.tree.chosen_codes()
        if len(chosen) > 1 and len(left) == 1 and self.details.bare:
            self.details.show_code(left[0])  # the one that others were merged into

    def _choose_again(self, chosen: list[UUID], current: UUID | None) -> None:
        """Choose in a tree that was built anew what was chosen before: nobody chose it now,
        so the details stay with what they show."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.tree.selectionModel()
        index = self.model.index_of(current)
        if index.isValid():
            selection.setCurrentIndex(index, flags.NoUpdate)
        for code in chosen:
            index = self.model.index_of(code)
            if index.isValid():
                selection.select(index, flags.Select)

    def _changed(self, changes: Changes) -> None:
        if changes.kind == Op.APPLY_CODE and not changes.undone and not changes.redone:
            self._applied = changes.op
        if changes.touches("code", "framework", "project"):
            self._read()
        elif changes.touches("coding") or changes.kind == Op.SWITCH_CODER:
            self._recount.start()
        self.details.on_changes(changes)

    def _count(self) -> None:
        if self._counting:
            self._recount.start()
            return
        self._counting = True
        task = self._context.tasks.run(
            lambda _progress: self._project.codes.counts(), done=self.model.set_counts
        )
        task.ended.connect(self._counted)

    def _counted(self) -> None:
        self._counting = False

    def _chosen(self) -> None:
        codes = self.tree.chosen_codes()
        rows = [row for row in map(self.model.row, codes) if row is not None]
        headings = sum(not row.applicable for row in rows)
        pin = rows[0].pin if len(rows) == 1 else None
        self.acts.fit(Choice(len(rows) - headings, headings, pin, self.model.may_change))
        if not self._restoring:
            self.details.show_code(codes[0] if len(codes) == 1 else None)

    # -- finding ----------------------------------------------------------------------------

    def _find(self, words: str) -> None:
        at = self.tree.verticalScrollBar().value() if not self.model.query else 0
        chosen = self.tree.chosen_codes()
        was = bool(self.model.query)
        if not was:
            self.folding.scrolled_to = at
        self._restoring = True
        self.model.set_query(words)
        self.folding.restore()
        self._restoring = False
        if self.model.query:
            best = self.model.best()
            if best.isValid():
                self.tree.setCurrentIndex(best)
            self._pages.setCurrentWidget(self.tree)
        else:
            self._choose_again(chosen, chosen[0] if chosen else None)
            self.tree.verticalScrollBar().setValue(self.folding.scrolled_to)
            self._pages.setCurrentWidget(self.tree if self.model.rows else self.empty)

    def _found(self) -> None:
        here = self.tree.currentIndex()
        if self.model.kind(here) is Kind.CODE:
            self._press(self.model.key(here))
        elif self.model.query:
            self._create_typed()

    def _enter_tree(self) -> None:
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))

    def _create_typed(self) -> None:
        name = self.model.query
        if not name or not self.model.may_change:
            return
        code = self.commands.create(name)
        if code is not None:
            self.field.clear()
            self.tree.choose(code)
            self.code_clicked.emit(code)

    # -- a code -----------------------------------------------------------------------------

    def _press(self, code: UUID | None) -> None:
        if code is not None:
            self._applied = None
            self.code_clicked.emit(code)

    def _open(self, code: UUID) -> None:
        """A double click lists passages and never codes: its first click is taken back."""
        applied, self._applied = self._applied, None
        newest = self._project.history.next_undo()
        if applied is not None and newest is not None and newest.seq == applied:
            try:
                self._project.history.undo()
            except UserError as error:
                self._context.fail(error)
        self._context.passages_wanted.emit(code)

    def _passages(self) -> None:
        code = self.tree.current_code()
        if code is not None:
            self._context.passages_wanted.emit(code)

    def _new(self) -> None:
        self._ask_name(self.tr("Name of the new code"), None, self._home())

    def _home(self) -> UUID | None:
        """Where a new code goes: beside the current one where that lies below a code."""
        row = self.model.row(self.tree.current_code())
        return row.parent if row is not None and row.framework is None else None

    def _new_below(self) -> None:
        row = self.model.row(self.tree.current_code())
        if row is not None:
            label = self.tr("Name of the new code below “{name}”").format(name=row.name)
            self._ask_name(label, row.id, row.id)

    def _ask_name(self, label: str, beside: UUID | None, parent: UUID | None) -> None:
        popover = NamePopover(self._context.appearance, self.window(), label)
        popover.named.connect(lambda name: self._create(name, parent))
        self._open_popover(popover, beside)

    def _create(self, name: str, parent: UUID | None) -> None:
        code = self.commands.create(name, parent)
        if code is not None:
            self.tree.choose(code)
            self.tree.setFocus()

    def _open_popover(self, popover: NamePopover | LookPopover, beside: UUID | None) -> None:
        index = self.model.index_of(beside)
        if index.isValid():
            self.tree.scrollTo(index)
            popover.open_for(self.tree.visualRect(index), self.tree.viewport())
        else:
            popover.open_for(self.field.rect(), self.field)

    def _rename(self) -> None:
        index = self.tree.currentIndex()
        if self.model.key(index) is not None and self.model.may_change:
            self.tree.setFocus()
            self.tree.edit(index)

    def _look(self) -> None:
        codes = self.tree.chosen_codes()
        row = self.model.row(codes[0]) if codes else None
        if row is None:
            return
        look = LookPopover(self._context.appearance, self.window(), row.colour, row.pattern)
        look.colour_chosen.connect(lambda colour: self.commands.recolour(codes, colour))
        look.pattern_chosen.connect(lambda pattern: self.commands.repattern(codes, pattern))
        self._open_popover(look, row.id)

    def _pin(self, digit: int | None) -> None:
        code = self.tree.current_code()
        if code is not None:
            self.commands.pin(code, digit)

    def _delete(self) -> None:
        codes = self.tree.chosen_codes()
        if not codes:
            return
        below = self.tree.indexBelow(self.model.index_of(codes[-1]))
        after = self.model.key(below)
        if self.commands.delete(codes) and self.model.row(after) is not None:
            self.tree.choose(after, scroll=False)

    # -- places -----------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        """One place up or down among the sisters."""
        index = self.tree.currentIndex()
        to = index.row() + by
        parent = index.parent()
        code = self.model.key(index)
        if code is None or self.model.query or not 0 <= to < self.model.rowCount(parent):
            return
        where, position = self.model.target(parent, to if by < 0 else to + 1)
        self.commands.move([code], where, position)
        self.tree.scrollTo(self.tree.currentIndex())

    def _move_in(self) -> None:
        index = self.tree.currentIndex()
        above = self.model.index(index.row() - 1, 0, index.parent())
        code, into = self.model.key(index), self.model.key(above)
        if code is not None and into is not None and self.commands.move([code], into, None):
            self.tree.choose(code)

    def _move_out(self) -> None:
        index = self.tree.currentIndex()
        parent = index.parent()
        code = self.model.key(index)
        if code is None or self.model.kind(parent) is not Kind.CODE:
            return
        where, position = self.model.target(parent.parent(), parent.row() + 1)
        if self.commands.move([code], where, position):
            self.tree.choose(code)

    def _words_dropped(self, document: UUID, span: Span, code: UUID | None) -> None:
        if code is not None:
            self.commands.apply(document, span, code)
            return
        label = self.tr("Name of the new code for these words")
        popover = NamePopover(self._context.appearance, self.window(), label)
        popover.named.connect(lambda name: self.commands.apply_new(document, span, name))
        popover.open_for(QRect(self.field.rect()), self.field)

    # -- merging and splitting --------------------------------------------------------------

    def _merge(self) -> None:
        codes = self.tree.chosen_codes()
        if not codes:
            return
        from ikt_coder.ui.codes.merge_dialog import MergeDialog

        dialog = MergeDialog(self._context, codes, self.tree.current_code(), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.merge_asked.connect(
            lambda sources, target, join: self.commands.merge(sources, target, join_touching=join)
        )
        dialog.open()

    def _split(self) -> None:
        row = self.model.row(self.tree.current_code())
        if row is None:
            return
        from ikt_coder.ui.codes.split_dialog import SplitDialog

        dialog = SplitDialog(self._context, row, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.split_asked.connect(lambda codings, name: self.commands.split(row.id, codings, name))
        dialog.open()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.acts.ordered())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
