"""Choosing the levels of a coding: chips with check marks, as many as apply."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ikt_coder.services.rows import LevelRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.widgets.pill import CheckChip
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

_WIDTH = 320


class LevelsPopover(Popover):
    """The project's level schemes for one coding; arrows move, Space checks, Enter closes."""

    def __init__(self, view: TranscriptView, coding: UUID) -> None:
        super().__init__(view.appearance, view.window())
        self._view = view
        self._coding = coding
        self.chips: dict[UUID, CheckChip] = {}
        self.closed.connect(self.deleteLater)

    def open_at(self, beside: QRect) -> None:
        """Open beside ``beside``; tells where the project has no levels."""
        levels = self._view.desk.levels()
        mark = self._view.pane.marks.get(self._coding)
        if not levels or mark is None:
            self.deleteLater()
            self._view.hint(
                self.tr("This project has no levels yet."),
                self.tr("Add a level scheme under Frameworks, then come back."),
            )
            return
        self._fill(levels, mark.row.levels)
        first = next(iter(self.chips.values()))
        self.open_beside(beside, self._view.pane.viewport(), first)

    def _fill(self, levels: tuple[LevelRow, ...], held: frozenset[UUID]) -> None:
        look, px = self._view.appearance, self._view.appearance.px
        inside = QWidget(self)
        inside.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        scheme: UUID | None = None
        chips: WrapLayout | None = None
        for level in levels:
            if level.framework != scheme or chips is None:
                scheme = level.framework
                heading = QLabel(level.framework_name)
                heading.setTextFormat(Qt.TextFormat.PlainText)
                heading.setFont(look.font(FontRole.HEADING))
                heading.setProperty("tone", "dim")
                heading.setWordWrap(True)
                column.addWidget(heading)
                chips = WrapLayout()
                column.addLayout(chips)
            chip = CheckChip(look, level.name, parent=inside)
            chip.setChecked(level.id in held)
            chip.setToolTip(level.definition)
            chip.clicked.connect(lambda _c=False, v=level.id: self._toggle(v))
            chips.addWidget(chip)
            self.chips[level.id] = chip
        self.body.addWidget(inside)

    def _toggle(self, level: UUID) -> None:
        self._view.hand.toggle_level(self._coding, level)
        mark = self._view.pane.marks.get(self._coding)
        if mark is not None:
            # What the project holds now counts, also where it refused.
            self.chips[level].setChecked(level in mark.row.levels)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.focusNextChild()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_L):
            self.close_popover()
        else:
            super().keyPressEvent(event)
