"""The guide beside the work: its chapters at the left, one of them at the right."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.guide.chapters import START, Chapter, read_chapters
from ikt_coder.ui.guide.page import GuidePage, found_in
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel

_LIST = 232
"""Pixels at 100 %: the width of the list of chapters at first."""


class ChapterModel(RowsModel[tuple[Chapter, int]]):
    """The chapters with the number of places that were found in each (0: nothing is sought)."""

    def shown(self, row: tuple[Chapter, int], role: int) -> str | int | None:
        chapter, places = row
        if role == Qt.ItemDataRole.DisplayRole:
            return chapter.title
        if role == ItemRole.COUNT:
            return places or None
        return None


class GuideWindow(QDialog):
    """Not modal, and no window's child: it can lie beside the work or behind it.

    Words in the field are sought in all chapters; Enter goes from place to place.
    """

    keys_wanted = Signal()
    """The list of keys is asked for."""

    def __init__(
        self, settings: Settings, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Guide"))
        self._appearance = appearance
        self._chapters = {chapter.key: chapter for chapter in read_chapters()}
        self._texts: dict[str, QTextDocument] = {}
        self._former: list[tuple[str, int]] = []
        self._sought_from = ""
        self.model = ChapterModel(self)
        self.page = GuidePage(appearance, self)
        self.page.followed.connect(self._follow)
        self._build()
        self._list_chapters()
        DialogSize(self, settings, appearance, "guide", 1060, 780)
        self.show_chapter(START)
        self._former.clear()
        self._tell()

    def _build(self) -> None:
        look = self._appearance
        self.back = QToolButton(self)
        self.back.setAccessibleName(self.tr("Back"))
        self.back.setToolTip(self.tr("Back to where you read before"))
        look.set_icon(self.back, "arrow-left", "ink")
        self.back.clicked.connect(self.go_back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self, self.go_back)
        self.field = FilterField(
            look, self.tr("Search the guide"), QKeySequence(QKeySequence.StandardKey.Find), self
        )
        self.field.textChanged.connect(self._seek)
        self.field.returnPressed.connect(lambda: self.step_place(1))
        self.field.leave_asked.connect(self.page.setFocus)
        self.field.enter_list_asked.connect(self._enter_list)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.field.setFocus)
        for standard, by in (
            (QKeySequence.StandardKey.FindNext, 1),
            (QKeySequence.StandardKey.FindPrevious, -1),
        ):
            for key in QKeySequence.keyBindings(standard):
                QShortcut(key, self, lambda by=by: self.step_place(by))
        self.keys = QPushButton(self.tr("All keys (?)"), self)
        self.keys.setProperty("kind", "flat")
        self.keys.setAutoDefault(False)
        look.set_icon(self.keys, "keyboard", "dim")
        self.keys.clicked.connect(self.keys_wanted)
        self.list = RowList(look, self.tr("Chapters"), parent=self)
        self.list.setProperty("surface", "panel")
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _index: self.page.setFocus())
        self._nothing = QLabel(self.tr("Nothing found. Try one word, or a shorter one."), self)
        self._nothing.setProperty("tone", "dim")
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(14, 8, 14, 8)
        self._nothing.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QFrame(self)
        head.setProperty("line", "bottom")
        head.setProperty("surface", "panel")
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.field, 1)
        row.addWidget(self.keys)
        side = QFrame(self)
        side.setProperty("surface", "panel")
        below = QVBoxLayout(side)
        below.setContentsMargins(0, 6, 0, 6)
        below.setSpacing(0)
        below.addWidget(self._nothing)
        below.addWidget(self.list, 1)
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setHandleWidth(1)
        panes.addWidget(side)
        panes.addWidget(self.page)
        panes.setStretchFactor(1, 1)
        panes.setCollapsible(1, False)
        panes.setSizes([self._appearance.px(_LIST), self._appearance.px(1060 - _LIST)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(panes, 1)
        self.setTabOrder(self.field, self.keys)
        self.setTabOrder(self.keys, self.list)
        self.setTabOrder(self.list, self.page)

    # -- reading ----------------------------------------------------------------------------

    def show_chapter(self, key: str, heading: str = "") -> None:
        """Show a chapter; one that is not there stands for the list of chapters."""
        self._remember()
        self._show(key if key in self._chapters else START, heading)

    def _remember(self) -> None:
        shown = self.page.chapter()
        if shown is not None:
            self._former.append((shown.key, self.page.verticalScrollBar().value()))

    def go_to(self, key: str) -> None:
        """Show a chapter to somebody who asks for help at a place; one that is being read stays
        where it is."""
        self.field.clear()
        if key != self.current():
            self.show_chapter(key)
        self.page.setFocus()

    def go_back(self) -> None:
        """Back to the chapter that was read before, where it was left."""
        if self._former:
            key, scrolled = self._former.pop()
            self._show(key)
            self.page.verticalScrollBar().setValue(scrolled)
            self._tell()

    def current(self) -> str:
        """The key of the chapter that is shown."""
        chapter = self.page.chapter()
        return chapter.key if chapter is not None else START

    def _show(self, key: str, heading: str = "") -> None:
        chapter = self._chapters[key]
        if chapter is not self.page.chapter() or not self._sought_from:
            self.page.show_chapter(chapter, heading)
            announce(self.page, chapter.title)
        self._show_row(key)
        self._tell()

    def _show_row(self, key: str) -> None:
        rows = [chapter.key for chapter, _places in self.model.rows]
        if key in rows:
            index = self.model.index(rows.index(key))
            if self.list.currentIndex() != index:
                select = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.list.selectionModel().setCurrentIndex(index, select)
        else:
            self.list.selectionModel().clear()

    def _tell(self) -> None:
        self.back.setEnabled(bool(self._former))

    def _chosen(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is not None and row[0].key != self.current():
            self.show_chapter(row[0].key)
            if self.field.text().strip():
                self.page.next_place(1)

    def _follow(self, address: str) -> None:
        file, _, heading = address.partition("#")
        self.show_chapter(file.removesuffix(".md") if file else self.current(), heading)

    # -- searching --------------------------------------------------------------------------

    def _seek(self) -> None:
        words = self.field.text().strip()
        self._list_chapters()
        self._nothing.setVisible(not self.model.rows)
        if not words:
            self._sought_from = ""
        elif not self._sought_from:
            self._sought_from = self.current()
            self._remember()
        if words and self.model.rows:
            self._show(self._best(words))
        self.page.seek(words)
        if words and self.model.rows:
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.next_place(1)
        elif not words:
            cursor = self.page.textCursor()
            cursor.clearSelection()
            self.page.setTextCursor(cursor)
        self._show_row(self.current())

    def _best(self, words: str) -> str:
        """The chapter that is being read where it has the words; else the one that is about
        them or says them most often."""
        rows = [row for row in self.model.rows if row[0].key != START] or list(self.model.rows)
        if any(chapter.key == self._sought_from for chapter, _places in rows):
            return self._sought_from

        def rank(row: tuple[Chapter, int]) -> tuple[bool, int]:
            return words.casefold() in row[0].title.casefold(), row[1]

        return max(rows, key=rank)[0].key

    def step_place(self, by: int) -> None:
        """The next place of the words that are sought, or the former; on into other chapters."""
        rows = [chapter.key for chapter, _places in self.model.rows]
        if not self.field.text().strip() or not rows or self.page.next_place(by):
            return
        at = rows.index(self.current()) if self.current() in rows else -1
        self.show_chapter(rows[(at + by) % len(rows)])
        if by < 0:
            self.page.go_to_end()
        self.page.next_place(by)

    def _list_chapters(self) -> None:
        words = self.field.text().strip()
        rows = [(chapter, self._places(chapter, words)) for chapter in self._chapters.values()]
        self.model.put(row for row in rows if row[1] or not words)

    def _places(self, chapter: Chapter, words: str) -> int:
        if not words:
            return 0
        if chapter.key not in self._texts:
            text = QTextDocument(self)
            text.setMarkdown(chapter.text)
            self._texts[chapter.key] = text
        return len(found_in(self._texts[chapter.key], words))

    def _enter_list(self) -> None:
        if self.model.rows:
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?":
            self.keys_wanted.emit()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # No button of this window is pressed by Enter in the field.
            event.accept()
        else:
            super().keyPressEvent(event)
