"""One thing that both files changed, side by side, with a choice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QWidget,
)

from ikt_coder.services.merging.rows import Conflict, Side
from ikt_coder.ui.exchange.merge_wording import answers, conflict_title
from ikt_coder.ui.widgets.dialog_foot import dim_words

_LONGEST = 600


class ConflictChoice(QFrame):
    """What stands without a choice is chosen to begin with."""

    chosen = Signal(str, object)
    """The key of the conflict, and the Side."""

    def __init__(self, conflict: Conflict, side: Side, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflict = conflict
        self.setProperty("line", "top")
        title = QLabel(conflict_title(conflict), self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setProperty("face", "strong")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(title, 0, 0, 1, 2)
        self._group = QButtonGroup(self)
        self.buttons: dict[Side, QRadioButton] = {}
        for column, (one, words, text) in enumerate(
            zip(Side, answers(conflict), (conflict.here, conflict.there), strict=True)
        ):
            button = QRadioButton(words, self)
            button.setAccessibleName(f"{title.text()}: {words}")
            button.setAccessibleDescription(_cut(text))
            button.setChecked(one is side)
            button.toggled.connect(lambda on, one=one: self._toggled(one, on))
            self._group.addButton(button)
            self.buttons[one] = button
            said = dim_words(_cut(text) or "–", self)
            said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            said.setContentsMargins(22, 0, 0, 0)
            said.setVisible(conflict.here != conflict.there)
            grid.addWidget(button, 1, column)
            grid.addWidget(said, 2, column)
            grid.setColumnStretch(column, 1)

    def side(self) -> Side:
        """The answer."""
        return next(side for side, button in self.buttons.items() if button.isChecked())

    def _toggled(self, side: Side, on: bool) -> None:
        if on:
            self.chosen.emit(self.conflict.key, side)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
