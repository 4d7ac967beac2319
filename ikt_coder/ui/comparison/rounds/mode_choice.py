"""How coders work together: three ways, each with a plain sentence, and what comes with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.rounds import RoundMode
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.rounds.wording import mode_sentence, mode_title
from ikt_coder.ui.widgets.quiet_fields import QuietSpinBox
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class ModeChoice(QWidget):
    """Radio buttons; below them whether the first few are settled first, and whether some are
    coded blind as a check."""

    changed = Signal()

    def __init__(
        self, appearance: Appearance, reflexive: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._group = QButtonGroup(self)
        self._buttons: dict[RoundMode, QRadioButton] = {}
        self._sentences: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for mode in RoundMode:
            button = QRadioButton(mode_title(mode, reflexive), self)
            sentence = mode_sentence(mode, reflexive)
            button.setAccessibleDescription(sentence)
            words = QLabel(sentence, self)
            words.setProperty("tone", "dim")
            words.setProperty("face", "small")
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            self._group.addButton(button)
            self._buttons[mode] = button
            self._sentences.append(words)
            column.addWidget(button)
            column.addWidget(words)
            column.addSpacing(6)
        settle = self.tr("Talk over the first") if reflexive else self.tr("Settle the first")
        self.first, self.first_count = self._counted(settle, 5, 1, 999)
        self.first_count.setSuffix(self.tr(" documents"))
        self.blind, self.blind_share = self._counted(self.tr("Code blind as a check"), 10, 1, 100)
        self.blind_share.setSuffix(self.tr(" % of them"))
        self._first_row = self._row(self.first, self.first_count, self.tr("then the rest"))
        self._blind_row = self._row(self.blind, self.blind_share, "")
        column.addWidget(self._first_row)
        column.addWidget(self._blind_row)
        self.setAccessibleName(self.tr("How you work together"))
        self._group.buttonClicked.connect(lambda _button: self._told())
        for box in (self.first, self.blind):
            box.toggled.connect(lambda _on: self._told())
        for count in (self.first_count, self.blind_share):
            count.valueChanged.connect(lambda _value: self._told())
        appearance.changed.connect(self._restyle)
        self._restyle()
        self.set_mode(RoundMode.BLIND)

    def _counted(self, words: str, value: int, least: int, most: int) -> tuple[QCheckBox, QSpinBox]:
        box = QCheckBox(words, self)
        count = QuietSpinBox(self)
        count.setRange(least, most)
        count.setValue(value)
        count.setAccessibleName(words)
        return box, count

    def _row(self, box: QCheckBox, count: QSpinBox, after: str) -> QWidget:
        row = QWidget(self)
        line = WrapLayout(row)
        line.addWidget(box)
        line.addWidget(count)
        if after:
            line.addWidget(QLabel(after, row))
        return row

    def mode(self) -> RoundMode:
        return next(mode for mode, button in self._buttons.items() if button.isChecked())

    def set_mode(self, mode: RoundMode) -> None:
        self._buttons[mode].setChecked(True)
        self._told()

    def button(self, mode: RoundMode) -> QRadioButton:
        return self._buttons[mode]

    def first_number(self) -> int | None:
        """How many documents are settled first; None: it is not parted."""
        on = self.first.isChecked() and self.mode() is not RoundMode.OPEN
        return self.first_count.value() if on else None

    def blind_number(self) -> int | None:
        """Per cent that are coded blind in a round of code and verify."""
        on = self.blind.isChecked() and self.mode() is RoundMode.VERIFY
        return self.blind_share.value() if on else None

    def _told(self) -> None:
        mode = self.mode()
        self._first_row.setVisible(mode is not RoundMode.OPEN)
        self._blind_row.setVisible(mode is RoundMode.VERIFY)
        self.first_count.setEnabled(self.first.isChecked())
        self.blind_share.setEnabled(self.blind.isChecked())
        self.changed.emit()

    def _restyle(self) -> None:
        indent = self._appearance.px(22)
        for words in self._sentences:
            words.setContentsMargins(indent, 0, 0, 0)
