"""Rating a recommendation, criterion by criterion."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ikt_coder.services.recommendations.rows import (
    NO,
    PARTLY,
    YES,
    Criterion,
    RecommendationRow,
)
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.pill import CheckChip

UNSURE = 0
"""The chip that says "unsure"; stored without a value."""


class RatingPanel(QWidget):
    """One row a criterion: yes, partly, no, unsure; the same again takes it back. Beside it
    how the others rated."""

    rated = Signal(str, object)
    """The criterion and the value: 1 to 3, None for unsure."""
    taken_back = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._criteria: tuple[Criterion, ...] = ()
        self.chips: dict[tuple[str, int], CheckChip] = {}
        self._others: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(context.appearance.px(12))
        self._grid.setVerticalSpacing(context.appearance.px(4))
        self._grid.setColumnStretch(2, 1)

    def set_criteria(self, criteria: tuple[Criterion, ...]) -> None:
        """Make the rows, once."""
        if criteria == self._criteria:
            return
        self._criteria = criteria
        words = {
            YES: self.tr("yes"),
            PARTLY: self.tr("partly"),
            NO: self.tr("no"),
            UNSURE: self.tr("unsure"),
        }
        for at, criterion in enumerate(criteria):
            label = QLabel(criterion.name)
            label.setToolTip(criterion.definition)
            label.setTextFormat(Qt.TextFormat.PlainText)
            held = QWidget()
            row = QHBoxLayout(held)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(self._context.appearance.px(4))
            for value, said in words.items():
                chip = CheckChip(self._context.appearance, said, parent=held)
                chip.setAccessibleName(f"{criterion.name}: {said}")
                chip.clicked.connect(
                    lambda on, key=criterion.key, value=value: self._clicked(key, value, on)
                )
                row.addWidget(chip)
                self.chips[criterion.key, value] = chip
            others = QLabel()
            others.setProperty("tone", "dim")
            others.setProperty("face", "small")
            self._others[criterion.key] = others
            self._grid.addWidget(label, at, 0)
            self._grid.addWidget(held, at, 1)
            self._grid.addWidget(others, at, 2)

    def _clicked(self, criterion: str, value: int, on: bool) -> None:
        if on:
            self.rated.emit(criterion, value or None)
        else:
            self.taken_back.emit(criterion)

    def show_ratings(self, row: RecommendationRow, coder: UUID | None) -> None:
        """Show how the present coder rated, and what the others said."""
        names = {YES: self.tr("yes"), PARTLY: self.tr("partly"), NO: self.tr("no")}
        for criterion in self._criteria:
            mine = row.rating(criterion.key, coder)
            for value in (YES, PARTLY, NO, UNSURE):
                on = mine is not None and (mine.value or UNSURE) == value
                self.chips[criterion.key, value].setChecked(on)
            others = [
                f"{one.coder_initials} {names.get(one.value or 0, self.tr('unsure'))}"
                for one in row.ratings
                if one.criterion == criterion.key and one.coder != coder
            ]
            self._others[criterion.key].setText(", ".join(others))
        self.setEnabled(not self._context.project.read_only)
