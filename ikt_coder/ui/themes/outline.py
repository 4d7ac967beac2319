"""The themes as an outline: a tree of themes with their codes below them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from ikt_coder.core.words import Approach, ThemeStatus
from ikt_coder.services.rows import CodeRow, ThemeRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.drag import (
    CODES,
    CODINGS,
    THEME,
    Carried,
    carried,
    mime_of_codes,
    mime_of_theme,
)
from ikt_coder.ui.themes.snapshot import ThemesSnapshot
from ikt_coder.ui.themes.wording import (
    card_words,
    count_words,
    link_words,
    other_end,
    status_name,
)
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_tree import RowTree

Index = QModelIndex | QPersistentModelIndex
_THEME, _CODE, _LOOSE = "theme", "code", "loose"


class _OutlineModel(QStandardItemModel):
    """Rows know what they stand for; renaming and drops become acts on the project."""

    def __init__(self, acts: ThemeActs, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts = acts

    def mimeTypes(self) -> list[str]:
        return [CODES, CODINGS, THEME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        codes = [index for index in indexes if index.data(ItemRole.KIND) == _CODE]
        if codes:
            source = theme_of(codes[0])
            return mime_of_codes((UUID(str(i.data(ItemRole.KEY))) for i in codes), source)
        themes = [theme_of(index) for index in indexes]
        return mime_of_theme(themes[0]) if themes and themes[0] else QMimeData()

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        return not carried(data).empty

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        what = carried(data)
        if not parent.isValid() and what.theme is None:
            self._acts.add(None, what)
        else:
            self._acts.put(what, theme_of(parent))
        # The rows come anew from the project; the view must not remove any itself.
        return False

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        theme = theme_of(index)
        if role != Qt.ItemDataRole.EditRole or theme is None:
            return False
        return self._acts.rename(theme, str(value))


def theme_of(index: Index) -> UUID | None:
    """The theme a row stands for or lies in."""
    while index.isValid():
        if index.data(ItemRole.KIND) == _THEME:
            return UUID(str(index.data(ItemRole.KEY)))
        index = index.parent()
    return None


class Outline(RowTree):
    """The same keys as the board's."""

    current_changed = Signal(object)
    fields_wanted = Signal(object)
    picker_wanted = Signal(object, object)  # Carried, the widget beside it
    link_wanted = Signal(object, object)  # theme, the widget beside it
    theme_wanted = Signal(object)  # the theme at the other end of a link

    def __init__(self, context: Context, acts: ThemeActs, parent: QWidget | None = None) -> None:
        super().__init__(context.appearance, "", parent)
        self.setAccessibleName(self.tr("Themes and their codes"))
        self._context = context
        self._acts = acts
        self._snapshot: ThemesSnapshot | None = None
        self._closed: set[str] = set()
        self._filling = False
        self._rows = _OutlineModel(acts, self)
        self.setModel(self._rows)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.collapsed.connect(lambda index: self._folded(index, True))
        self.expanded.connect(lambda index: self._folded(index, False))
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._current)

    def show_snapshot(self, snapshot: ThemesSnapshot) -> None:
        """Show the themes anew; the current row, folding and the scroll place stay."""
        here = _key(self.currentIndex()) if self.currentIndex().isValid() else ""
        scroll = self.verticalScrollBar().value()
        self._snapshot = snapshot
        self._filling = True
        self._rows.clear()
        for row in snapshot.children(None):
            self._rows.appendRow(self._theme_item(row, snapshot))
        loose = self._item(self.tr("Not yet in a theme"), _LOOSE, "")
        loose.setData(True, ItemRole.DIM)
        loose.setData(len(snapshot.loose), ItemRole.COUNT)
        for code in snapshot.loose:
            loose.appendRow(self._code_item(code, snapshot))
        self._rows.appendRow(loose)
        self.expandAll()
        for index in self._all():
            if _key(index) in self._closed:
                self.setExpanded(index, False)
            if _key(index) == here:
                self.setCurrentIndex(index)
        self.verticalScrollBar().setValue(scroll)
        self._filling = False

    def select_theme(self, theme: UUID | None) -> None:
        for index in self._all():
            if theme is not None and index.data(ItemRole.KEY) == str(theme):
                if theme_of(self.currentIndex()) != theme:
                    self.setCurrentIndex(index)
                return

    def _theme_item(self, row: ThemeRow, snapshot: ThemesSnapshot) -> QStandardItem:
        item = self._item(row.name, _THEME, str(row.id))
        item.setEditable(True)
        item.setData(True, ItemRole.STRONG)
        aside = row.status is ThemeStatus.SET_ASIDE
        item.setData(aside, ItemRole.DIM)
        links = [link_words(link, row.id) for link in snapshot.links_of(row.id)]
        linked = links[0] if len(links) == 1 else ""
        if len(links) > 1:
            linked = self.tr("{n} links").replace("{n}", str(len(links)))
        words = " · ".join(w for w in (status_name(row.status), linked, row.description) if w)
        if links:
            item.setToolTip("\n".join(links))
        item.setData(words, ItemRole.SUBTITLE)
        if snapshot.approach is not Approach.REFLEXIVE:
            item.setData(count_words(row, snapshot)[0], ItemRole.COUNT)
        item.setAccessibleDescription(card_words(row, snapshot))
        for key in row.codes:
            if key in snapshot.codes:
                item.appendRow(self._code_item(snapshot.codes[key], snapshot))
        for below in snapshot.children(row.id):
            item.appendRow(self._theme_item(below, snapshot))
        return item

    def _code_item(self, code: CodeRow, snapshot: ThemesSnapshot) -> QStandardItem:
        item = self._item(code.name, _CODE, str(code.id))
        item.setData(code.colour, ItemRole.COLOUR)
        item.setData(code.pattern, ItemRole.PATTERN)
        item.setData(snapshot.passages.get(code.id, 0), ItemRole.COUNT)
        return item

    @staticmethod
    def _item(words: str, kind: str, key: str) -> QStandardItem:
        item = QStandardItem(words)
        item.setEditable(False)
        item.setData(kind, ItemRole.KIND)
        item.setData(key, ItemRole.KEY)
        item.setDragEnabled(kind != _LOOSE)
        return item

    def _all(self, parent: QModelIndex | None = None) -> list[QModelIndex]:
        parent = parent or QModelIndex()
        found = []
        for row in range(self._rows.rowCount(parent)):
            index = self._rows.index(row, 0, parent)
            found += [index, *self._all(index)]
        return found

    def _folded(self, index: QModelIndex, closed: bool) -> None:
        if self._filling:
            return
        if closed:
            self._closed.add(_key(index))
        else:
            self._closed.discard(_key(index))

    def _current(self, index: QModelIndex) -> None:
        if not self._filling:
            self.current_changed.emit(theme_of(index))

    def _open(self, index: QModelIndex) -> None:
        kind = index.data(ItemRole.KIND)
        if kind == _THEME:
            self.fields_wanted.emit(theme_of(index))
        elif kind == _CODE and self._snapshot is not None:
            codings = self._snapshot.codings.get(UUID(str(index.data(ItemRole.KEY))), ())
            if codings:
                self._context.passages_wanted.emit(codings)

    def links_menu(self, theme: UUID) -> QMenu:
        """The links of a theme, to go along."""
        menu = QMenu(self)
        for link in self._snapshot.links_of(theme) if self._snapshot is not None else ():
            other = other_end(link, theme)[0]
            action = menu.addAction(link_words(link, theme))
            action.triggered.connect(lambda _c=False, other=other: self._go(other))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _along(self, theme: UUID) -> None:
        """Go along the one link there is; where there are several a menu asks which."""
        links = self._snapshot.links_of(theme) if self._snapshot is not None else []
        if len(links) == 1:
            self._go(other_end(links[0], theme)[0])
        elif links:
            place = self.visualRect(self.currentIndex()).bottomLeft()
            self.links_menu(theme).popup(self.viewport().mapToGlobal(place))

    def _go(self, theme: UUID) -> None:
        self.select_theme(theme)
        self.theme_wanted.emit(theme)

    def held(self) -> Carried:
        """The chosen codes of one theme, or the current theme."""
        index = self.currentIndex()
        if index.data(ItemRole.KIND) == _CODE:
            same = [
                i
                for i in self.selectionModel().selectedIndexes()
                if i.data(ItemRole.KIND) == _CODE and theme_of(i) == theme_of(index)
            ]
            keys = tuple(UUID(str(i.data(ItemRole.KEY))) for i in same or [index])
            return Carried(codes=keys, moved=True, source=theme_of(index))
        return Carried(theme=theme_of(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            # Enter ends the renaming and comes here too; it must not open anything.
            super().keyPressEvent(event)
            return
        index, key, plain = self.currentIndex(), event.key(), not event.modifiers()
        theme, kind = theme_of(index), index.data(ItemRole.KIND)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._open(index)
        elif key == Qt.Key.Key_N and plain:
            self._acts.add()
        elif key == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._acts.add(theme)
        elif key == Qt.Key.Key_T and plain:
            if not self.held().empty:
                self.picker_wanted.emit(self.held(), self)
        elif key == Qt.Key.Key_L and plain:
            if kind == _THEME and theme is not None:
                self.link_wanted.emit(theme, self)
        elif key == Qt.Key.Key_G and plain:
            if kind == _THEME and theme is not None:
                self._along(theme)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain:
            if kind == _THEME and theme is not None:
                self._acts.delete(theme)
            elif kind == _CODE and theme is not None:
                self._acts.take_out(theme, self.held().codes)
        else:
            super().keyPressEvent(event)
            return
        event.accept()


def _key(index: Index) -> str:
    """What stays the same about a row when the rows are made anew."""
    return f"{index.data(ItemRole.KIND)}:{theme_of(index.parent())}:{index.data(ItemRole.KEY)}"
