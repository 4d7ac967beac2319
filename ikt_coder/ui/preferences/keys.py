"""The list of keys, and the map from the program one comes from."""

from __future__ import annotations

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ikt_coder.settings import KEY_MAP
from ikt_coder.ui.context import Context
from ikt_coder.ui.preferences.former_tools import tools
from ikt_coder.ui.preferences.key_rows import Groups, all_keys, fill, former_tool
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.row_tree import RowTree

_ALL = "all"


class KeyListDialog(QDialog):
    """All keys by group; one tab for each former tool. The keys of the menus are read from
    ``parent``, the main window, so that the list is never out of date."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self._context = context
        self._window = parent
        look = context.appearance
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(self.tr("Which keys"))
        self.tabs.addTab(self.tr("All keys"))
        self.tabs.setTabData(0, _ALL)
        for key, name in tools():
            at = self.tabs.addTab(self.tr("From {tool}").format(tool=name))
            self.tabs.setTabData(at, key)
            if context.settings.get(KEY_MAP) == key:
                self.tabs.setCurrentIndex(at)
        self.tabs.currentChanged.connect(self.refresh)
        self.filter = FilterField(look, self.tr("Find a key or an act"))
        self.filter.textChanged.connect(self.refresh)
        self.filter.leave_asked.connect(self.close)
        self.filter.enter_list_asked.connect(self._enter_list)
        self.model = QStandardItemModel(self)
        self.tree = RowTree(look, self.tr("Keys"))
        self.tree.setProperty("surface", "paper")
        self.tree.setModel(self.model)
        self._empty = EmptyView(
            look, "keyboard", self.tr("No key fits"), self.tr("Try another word, or another tab.")
        )
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._empty)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(8)
        head.addWidget(self.tabs)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        DialogSize(self, context.settings, look, "keys", 600, 620)
        self.refresh()
        self.filter.setFocus()

    def refresh(self, *_what: object) -> None:
        """Show the keys of the chosen tab that fit the filter."""
        fill(self.model, self._groups(), self.filter.text())
        self.tree.expandAll()
        self._pages.setCurrentWidget(self.tree if self.model.rowCount() else self._empty)

    def _groups(self) -> Groups:
        tool = self.tabs.tabData(self.tabs.currentIndex())
        return all_keys(self._window) if tool == _ALL else former_tool(tool)

    def _enter_list(self) -> None:
        first = self.model.index(0, 0, self.model.index(0, 0))
        if first.isValid():
            self.tree.setFocus()
            self.tree.setCurrentIndex(first)
