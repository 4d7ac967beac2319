"""What can be done with a level set of the project's own: buttons below its levels."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ikt_coder.services.rows import LevelRow
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.codes.wording import bold, codings_in_words
from ikt_coder.ui.context import Context


class OwnLevels(QWidget):
    """Rename the set; add a level; move the chosen one or take it out. Each is one act."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sets = context.project.level_sets
        self._scheme: UUID | None = None
        self._name = ""
        self._level: LevelRow | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, context.appearance.px(4))
        row.setSpacing(context.appearance.px(6))
        self.rename = self._button(row, self.tr("Rename the set…"), self._rename)
        self.add = self._button(row, self.tr("Add a level…"), self._add)
        row.addStretch(1)
        self.up = self._button(row, self.tr("Move up"), lambda: self._move(-1))
        self.down = self._button(row, self.tr("Move down"), lambda: self._move(1))
        self.remove = self._button(row, self.tr("Remove level"), self._remove)
        self.hide()

    def _button(self, row: QHBoxLayout, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        row.addWidget(button)
        return button

    def show_set(self, scheme: UUID | None, name: str, level: LevelRow | None) -> None:
        """Serve a set and the level chosen in it; None for what is no own set."""
        self._scheme, self._name, self._level = scheme, name, level
        self.setVisible(scheme is not None and not self._context.project.read_only)
        for button in (self.up, self.down, self.remove):
            button.setEnabled(level is not None)

    def _ask(self, button: QPushButton, label: str, name: str, act: Callable[[str], None]) -> None:
        asked = NamePopover(self._context.appearance, self.window(), label, name)
        asked.named.connect(act)
        asked.open_for(button.rect(), button)

    def _rename(self) -> None:
        scheme, old = self._scheme, self._name
        if scheme is None:
            return

        def rename(name: str) -> None:
            words = self.tr("Renamed {name} to {new_name}")
            words = words.format(name=bold(old), new_name=bold(name))
            carry_out(self._context, lambda: self._sets.rename(scheme, name), words)

        self._ask(self.rename, self.tr("Name of the level set"), old, rename)

    def _add(self) -> None:
        scheme = self._scheme
        if scheme is None:
            return

        def add(name: str) -> None:
            words = self.tr("Added the level {name}").format(name=bold(name))
            carry_out(self._context, lambda: self._sets.add_level(scheme, name), words)

        self._ask(self.add, self.tr("Name of the level"), "", add)

    def _move(self, by: int) -> None:
        level = self._level
        if level is not None:
            words = self.tr("Moved the level {name}").format(name=bold(level.name))
            carry_out(self._context, lambda: self._sets.move_level(level.id, by), words)

    def _remove(self) -> None:
        level = self._level
        if level is None:
            return
        words = self.tr("Removed the level {name}").format(name=bold(level.name))
        codings = self._sets.codings_on(level.id)
        if codings:
            words += self.tr(" from {codings}").format(codings=codings_in_words(codings))
        carry_out(self._context, lambda: self._sets.remove_level(level.id), words, 1 + codings)
