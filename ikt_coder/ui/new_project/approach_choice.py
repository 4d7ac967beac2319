"""The choice of approach: four ways to work, each with a plain sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from ikt_coder.core.words import Approach
from ikt_coder.ui.appearance.style import Appearance

translate = QCoreApplication.translate


def approach_words(approach: Approach) -> tuple[str, str]:
    """The name of an approach and the sentence that explains it."""
    return {
        Approach.REFLEXIVE: (
            translate("Approach", "Reflexive thematic analysis"),
            translate(
                "Approach",
                "You make meaning from the interviews; a second reader opens other readings. "
                "No agreement figures, no counts in tables.",
            ),
        ),
        Approach.CODEBOOK: (
            translate("Approach", "Codebook, framework or template analysis"),
            translate(
                "Approach",
                "You start from a framework or an agreed codebook and adapt it as you read. "
                "Coders settle differences by talking.",
            ),
        ),
        Approach.RELIABILITY: (
            translate("Approach", "Coding reliability"),
            translate(
                "Approach",
                "Coders code blind with fixed definitions; agreement is measured and reported.",
            ),
        ),
        Approach.UNDECIDED: (
            translate("Approach", "Not decided yet"),
            translate("Approach", "Nothing is hidden and nothing is assumed."),
        ),
    }[approach]


class ApproachChoice(QWidget):
    """Four radio buttons; arrow keys move among them."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._group = QButtonGroup(self)
        self._buttons: dict[Approach, QRadioButton] = {}
        self._sentences: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for approach in Approach:
            name, sentence = approach_words(approach)
            button = QRadioButton(name, self)
            button.setAccessibleDescription(sentence)
            words = QLabel(sentence, self)
            words.setProperty("tone", "dim")
            words.setProperty("face", "small")
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setBuddy(button)
            self._group.addButton(button)
            self._buttons[approach] = button
            self._sentences.append(words)
            column.addWidget(button)
            column.addWidget(words)
            column.addSpacing(6)
        self.setAccessibleName(self.tr("Approach"))
        self.set_value(Approach.UNDECIDED)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def value(self) -> Approach:
        return next(a for a, button in self._buttons.items() if button.isChecked())

    def set_value(self, approach: Approach) -> None:
        self._buttons[approach].setChecked(True)

    def button(self, approach: Approach) -> QRadioButton:
        return self._buttons[approach]

    def _restyle(self) -> None:
        indent = self._appearance.px(22)
        for words in self._sentences:
            words.setContentsMargins(indent, 0, 0, 0)
