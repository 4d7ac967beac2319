"""The history: who did what and when, shown at its place, and the way back to it."""

from __future__ import annotations

from html import escape

import shiboken6
from PySide6.QtCore import QModelIndex, QPoint, QRect, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.services.history import GoBackPreview
from ikt_coder.ui.context import Context
from ikt_coder.ui.history.delegate import HistoryDelegate
from ikt_coder.ui.history.going_back import GoingBack
from ikt_coder.ui.history.kinds import Group, group_word
from ikt_coder.ui.history.model import HistoryModel, Wanted
from ikt_coder.ui.history.places import show_place_of
from ikt_coder.ui.sealed_words import history_words
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, stack_up
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.pill import CheckChip
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.row_tree import RowTree
from ikt_coder.ui.widgets.sealed_note import SealedNote
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_ENOUGH = 60
"""So many acts fill the list; a filter reads on until it has found them."""

_SWEEPING = frozenset(
    {
        Op.GO_BACK.value,
        Op.NAME_RESTORE_POINT.value,
        Op.COMPACT.value,
        Op.ERASE_PARTICIPANT.value,
        Op.CHANGE_CODER.value,
    }
)


class HistoryDialog(QDialog):
    """Not modal: "Go there" shows the place in the window behind it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self._context = context
        self._project = context.project
        self.model = HistoryModel(context.project, self)
        self.going_back = GoingBack(context)
        self._build_foot()
        self.going_back.began.connect(self.foot.begin)
        self.going_back.ended.connect(self._end_progress)
        self._seq: int | None = None
        self._name_seq: int | None = None
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self.refresh)
        self._anew = False
        self._heard = QTimer(self)
        self._heard.setSingleShot(True)
        self._heard.setInterval(120)
        self._heard.timeout.connect(self._follow)
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(self._read_on)
        self._preview_later = QTimer(self)
        self._preview_later.setSingleShot(True)
        self._preview_later.setInterval(60)
        self._preview_later.timeout.connect(self._ask_preview)
        context.signals.changed.connect(self._on_changes)
        self.refresh()
        self.tree.setFocus()

    def _build(self) -> None:
        look = self._context.appearance
        self.tree = RowTree(look, self.tr("History"))
        self.tree.setItemDelegate(HistoryDelegate(look, self.tree, indent=self.tree.indent_of))
        self.tree.setModel(self.model)
        self.tree.setProperty("surface", "paper")
        # By rows: by pixels the tree would measure every act of a long history.
        self.tree.setVerticalScrollMode(RowTree.ScrollMode.ScrollPerItem)
        self.tree.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self.tree.doubleClicked.connect(self.go_there)
        self.model.rowsInserted.connect(self._unfold)
        self._empty = EmptyView(look, "history", self.tr("No act fits"))
        self._empty.add_button(self.tr("Show everything"), self.show_everything)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._empty)
        stack_up(self, self._top(), self._pages, self.foot, wide=self._pages)
        self._build_naming()
        DialogSize(self, self._context.settings, look, "history", 640, 600)

    def _top(self) -> QWidget:
        """The filters, and what the list leaves out while something is sealed."""
        top = QWidget(self)
        self.sealed = SealedNote(self._context.appearance, top)
        self.sealed.setContentsMargins(16, 0, 16, 10)
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._filters())
        column.addWidget(self.sealed)
        return top

    def _filters(self) -> QWidget:
        look = self._context.appearance
        self.filter = FilterField(look, self.tr("Find in the history"))
        self.filter.setMinimumWidth(look.px(180))
        self.filter.textChanged.connect(self._soon)
        self.filter.leave_asked.connect(self.close)
        self.filter.enter_list_asked.connect(self.tree_focus)
        self.coder = QuietComboBox(self)
        self.coder.setAccessibleName(self.tr("Coder"))
        self.coder.currentIndexChanged.connect(self._soon)
        self.group = QuietComboBox(self)
        self.group.setAccessibleName(self.tr("Kind of act"))
        self.group.addItem(self.tr("All acts"), None)
        for group in Group:
            self.group.addItem(group_word(group), group)
        self.group.currentIndexChanged.connect(self._soon)
        self.flags = CheckChip(look, self.tr("Restore points"))
        self.flags.toggled.connect(self._soon)
        bar = QWidget(self)
        row = WrapLayout(bar)
        row.setContentsMargins(16, 12, 16, 10)
        for widget in (self.filter, self.coder, self.group, self.flags):
            row.addWidget(widget)
        return bar

    def _build_foot(self) -> None:
        self.foot = DialogFoot(self._context.appearance, self.tr("Going back"))
        self.words = self.foot.words
        self.there = self.foot.add_button(
            self.tr("Go there"),
            self.go_there,
            self.tr("Shows in the window what the act touched"),
        )
        self.back = self.foot.add_button(self.tr("Go back to here"), self.go_back)
        self.name = self.foot.add_button(self.tr("Name this state…"), self._ask_name)

    def _build_naming(self) -> None:
        look = self._context.appearance
        self._naming = Popover(look, self)
        inside = QWidget(self._naming)
        self.state_name = QLineEdit(inside)
        self.state_name.setPlaceholderText(self.tr("Such as: before merging the codes"))
        self.state_name.setAccessibleName(self.tr("Name of the restore point"))
        self.state_name.setMaxLength(120)
        self.state_name.setMinimumWidth(look.px(260))
        self.state_name.returnPressed.connect(self._name_state)
        self._naming_words = QLabel(inside)
        self._naming_words.setWordWrap(True)
        self._naming_words.setProperty("tone", "dim")
        self._naming_words.setProperty("face", "small")
        keep = QPushButton(self.tr("Name it"), inside)
        keep.setProperty("kind", "primary")
        keep.setAutoDefault(False)
        keep.clicked.connect(self._name_state)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(keep)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._naming_words)
        column.addWidget(self.state_name)
        column.addLayout(row)
        self._naming.body.addWidget(inside)

    # -- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the newest page anew; the chosen act and the place in the list stay."""
        seq, scroll = self._seq, self.tree.verticalScrollBar().value()
        had = self.model.shown()
        self._fill_coders()
        self.sealed.say(history_words(self._project))
        self.model.show(self._wanted())
        while self.model.shown() < had and not self.model.complete and had <= 4 * 500:
            self.model.read_more()
        self.tree.expandAll()
        self._read_on()
        index = self.model.index_of(seq) if seq is not None else QModelIndex()
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.verticalScrollBar().setValue(scroll)
        else:
            self.tree.setCurrentIndex(self.model.first())
            self.tree.scrollToTop()
        self._chosen()

    def _wanted(self) -> Wanted:
        # Qt keeps a plain text of the group.
        group = self.group.currentData()
        return Wanted(
            coder=self.coder.currentData(),
            group=Group(group) if group else None,
            text=self.filter.text().strip(),
            flags_only=self.flags.isChecked(),
        )

    def _fill_coders(self) -> None:
        coders = self._project.coders.everyone()
        known = [(self.tr("All coders"), None), *((row.name, row.id) for row in coders)]
        shown = [
            (self.coder.itemText(i), self.coder.itemData(i)) for i in range(self.coder.count())
        ]
        if known == shown:
            return
        before = self.coder.currentData()
        self.coder.blockSignals(True)
        self.coder.clear()
        for name, key in known:
            self.coder.addItem(name, key)
        keys = [key for _, key in known]
        self.coder.setCurrentIndex(keys.index(before) if before in keys else 0)
        self.coder.blockSignals(False)

    def show_everything(self) -> None:
        """Take every filter off."""
        self.filter.clear()
        self.coder.setCurrentIndex(0)
        self.group.setCurrentIndex(0)
        self.flags.setChecked(False)
        self.refresh()

    def show_act(self, seq: int) -> None:
        """Choose an act by its number: filters that hide it go, and older pages are read until
        it is met."""
        if not self._wanted().everything:
            self.show_everything()
            self._later.stop()
        while not self.model.index_of(seq).isValid() and not self.model.complete:
            self.model.read_more()
        index = self.model.index_of(seq)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index, RowTree.ScrollHint.PositionAtCenter)
        self.tree.setFocus()

    def tree_focus(self) -> None:
        self.tree.setFocus()

    def _unfold(self, parent: QModelIndex, first: int, last: int) -> None:
        if not parent.isValid():
            for row in range(first, last + 1):
                self.tree.expand(self.model.index(row, 0))

    def _scrolled(self, value: int) -> None:
        """Near the end of what was read, read the next page."""
        bar = self.tree.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep() and not self.model.complete:
            self.model.read_more()

    def _read_on(self) -> None:
        """With a filter on, a page may hold little: read on, a page at a time."""
        if self.model.shown() < _ENOUGH and not self.model.complete:
            self.model.read_more()
            self._more.start(0)
        empty = self.model.shown() == 0 and self.model.complete
        self._pages.setCurrentWidget(self._empty if empty else self.tree)

    def _soon(self, *_what: object) -> None:
        self._later.start()

    def _on_changes(self, changes: Changes) -> None:
        # A new act is added on top; what changes how earlier acts stand needs all anew.
        plain = not (changes.undone or changes.redone) and changes.kind not in _SWEEPING
        self._anew = self._anew or not plain
        self._heard.start()

    def _follow(self) -> None:
        anew, self._anew = self._anew, False
        if anew or not self.model.add_newer():
            self.refresh()
        else:
            self._fill_coders()
            self._chosen()

    def _chosen(self, *_indexes: QModelIndex) -> None:
        found = self.model.entry_at(self.tree.currentIndex())
        self._seq = found.row.seq if found is not None else None
        writing = not self._project.read_only
        self.there.setEnabled(found is not None)
        self.name.setEnabled(writing)
        self.back.setEnabled(False)
        self.foot.say()
        if found is not None and not self.going_back.running:
            self._preview_later.start()

    def _ask_preview(self) -> None:
        """What "go back to here" would do, worked out before it is pressed. Off the main
        thread: a long history takes its time."""
        seq = self._seq
        if seq is None or self.going_back.running:
            return
        self._context.tasks.run(
            lambda _progress: (self.going_back.preview(seq), self._reachable(seq)),
            done=lambda found: self._show_preview(seq, *found),
        )

    def _show_preview(self, seq: int, preview: GoBackPreview, reachable: bool) -> None:
        # The dialog may have been closed and deleted while the worker counted.
        if not shiboken6.isValid(self) or seq != self._seq or self.going_back.running:
            return
        self.foot.say(self.going_back.words(preview, reachable=reachable))
        changes = bool(preview.count or preview.brings_back)
        self.back.setEnabled(reachable and changes and not self._project.read_only)

    def _reachable(self, seq: int) -> bool:
        try:
            self._project.history.refuse_below_floor(seq)
        except UserError:
            return False
        return True

    # -- acting -----------------------------------------------------------------------------

    def go_there(self) -> None:
        """Show in the window what the chosen act touched."""
        found = self.model.entry_at(self.tree.currentIndex())
        if found is None:
            return
        try:
            show_place_of(self._context, found.row)
        except UserError as error:
            self._context.fail(error)

    def go_back(self) -> None:
        """Take back everything after the chosen act."""
        if self._seq is not None and not self._project.read_only:
            self.going_back.go(self._seq)

    def _end_progress(self) -> None:
        self.foot.end()
        self._seq = None
        self.refresh()

    def _ask_name(self) -> None:
        newest = self.model.index(0, 0, self.model.index(0, 0))
        found = self.model.entry_at(self.tree.currentIndex())
        present = found is None or (
            self.model.entry_at(newest) is found and self._wanted().everything
        )
        self._name_seq = None if present or found is None else found.row.seq
        self._naming_words.setText(
            self.tr("A name for the present state, to come back to.")
            if self._name_seq is None
            else self.tr("A name for the state after the chosen act, to come back to.")
        )
        self.state_name.clear()
        rect = QRect(QPoint(0, 0), self.name.size())
        self._naming.open_beside(rect, self.name, self.state_name)

    def _name_state(self) -> None:
        name = self.state_name.text()
        try:
            self._project.history.name_restore_point(name, self._name_seq)
        except UserError as error:
            self._naming_words.setText(str(error))
            self._naming.refit()
            return
        self._naming.close_popover()
        self._context.say(
            self.tr("Named the state <b>{name}</b>").format(name=escape(name.strip(), quote=False)),
            undo=False,
        )
