"""The rows of the code picker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.transcript.offsets import Offsets
from ikt_coder.ui.transcript.ranking import Match
from ikt_coder.ui.widgets.roles import ItemRole

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.look import Look

_PAGE = 40
_NOWHERE = QModelIndex()


class PickerModel(QAbstractListModel):
    """Matches, then perhaps a row that makes a code of what was typed.

    Rows are handed out some at a time: a codebook of hundreds must not be measured at once.
    """

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._matches: list[Match] = []
        self._new: str | None = None
        self._new_first = False
        self._shown = 0
        self._names: Counter[str] = Counter()

    def set_codes(self, codes: Sequence[CodeRow], look: Look) -> None:
        self._look = look
        self._names = Counter(code.name for code in codes)

    def show(self, matches: list[Match], new: str | None, *, new_first: bool = False) -> None:
        """Show ``matches``; ``new`` is the name a new code would get, None for no such row."""
        self.beginResetModel()
        self._matches = matches
        self._new = new
        self._new_first = new_first
        self._shown = min(len(matches), _PAGE)
        self.endResetModel()

    def match_at(self, row: int) -> Match | None:
        """The code on a row; None for the row that makes one."""
        at = row - (1 if self._new is not None and self._new_first else 0)
        return self._matches[at] if 0 <= at < self._shown else None

    def makes_new(self, row: int) -> bool:
        if self._new is None:
            return False
        return row == (0 if self._new_first else self._shown)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        if parent.isValid():
            return 0
        return self._shown + (1 if self._new is not None else 0)

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return not parent.isValid() and self._shown < len(self._matches)

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        first = 1 if self._new is not None and self._new_first else 0
        more = min(_PAGE, len(self._matches) - self._shown)
        self.beginInsertRows(_NOWHERE, first + self._shown, first + self._shown + more - 1)
        self._shown += more
        self.endInsertRows()

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if not index.isValid():
            return None
        match = self.match_at(index.row())
        if match is None:
            return self._new_data(role)
        code = match.code
        if role == Qt.ItemDataRole.DisplayRole:
            return code.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{' / '.join(code.path)}, {code.codings}"
        if role == ItemRole.COLOUR:
            return self._look.code_colour(code.colour)
        if role == ItemRole.PATTERN:
            return code.pattern
        if role == ItemRole.COUNT:
            return code.short_framework or str(code.codings)
        if role == ItemRole.BADGE:
            return str(code.pin) if code.pin is not None else None
        if role == ItemRole.SUBTITLE:
            twin = self._names[code.name] > 1 and len(code.path) > 1
            return " / ".join(code.path[:-1]) if twin else None
        if role == ItemRole.MATCH:
            offsets = Offsets(code.name)
            return [(offsets.to_qt(a), offsets.to_qt(b)) for a, b in match.runs]
        if role == ItemRole.KEY:
            return code.id
        return None

    def _new_data(self, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = QCoreApplication.translate("CodePicker", "New code “{name}”")
            return words.format(name=self._new)
        if role == ItemRole.SIGN:
            return "+"
        if role == ItemRole.SIGN_COLOUR:
            return "accent"
        return None
