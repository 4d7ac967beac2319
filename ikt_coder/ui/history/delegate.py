"""Rows of the history: what was taken back is struck through."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFont

from ikt_coder.ui.history.model import TAKEN_BACK
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.tree_row_delegate import TreeRowDelegate, _Row


class HistoryDelegate(TreeRowDelegate):
    """The rows of every list, with one face more."""

    def _row(self, index: QModelIndex | QPersistentModelIndex, width: int) -> _Row:
        # Bold names are wider than the plain words that are measured.
        row = super()._row(index, round(width * 0.93) if index.data(ItemRole.MATCH) else width)
        if not index.data(TAKEN_BACK):
            return row
        font = QFont(row.font)
        font.setStrikeOut(True)
        return replace(row, font=font)
