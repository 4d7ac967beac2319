"""A list whose rows are told apart by a key, whatever else of them changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel

Row = TypeVar("Row")
Key = TypeVar("Key")


class KeyedList(RowList, Generic[Row, Key]):
    """Ruled rows of a model; ``key`` says what a row is told apart by."""

    chosen = Signal(object)
    """The key of the row that a person came to"""

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        rows: RowsModel[Row],
        key: Callable[[Row], Key],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, name, ruled=True, parent=parent)
        self._held, self._key = rows, key
        self._quiet = False
        self.setModel(rows)
        self.selectionModel().selectionChanged.connect(self._come)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Let rows be filled or chosen without a signal."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def choose(self, key: Key | None) -> None:
        """Come to a row without a signal; where there is none of this key, nothing changes."""
        keys = self._keys()
        if key in keys:
            with self.quietly():
                self.setCurrentIndex(self._held.index(keys.index(key), 0))

    def after(self, key: Key | None, by: int) -> Key | None:
        """The key of the row ``by`` places further on than that of ``key``, of the first where
        there is none of it; None past the ends."""
        keys = self._keys()
        at = keys.index(key) + by if key in keys else 0
        return keys[at] if 0 <= at < len(keys) else None

    def _keys(self) -> list[Key]:
        return [self._key(row) for row in self._held.rows]

    def _come(self, _new: QItemSelection, _old: QItemSelection) -> None:
        row = self._held.row(self.currentIndex())
        if row is not None and not self._quiet:
            self.chosen.emit(self._key(row))
