"""A field that says who somebody is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ikt_coder.ui.widgets.quiet_fields import QuietComboBox


class PersonBox(QuietComboBox):
    """Whose words: nobody's, a participant's of the project, or a new one's by typing."""

    person_chosen = Signal(str)
    """A pseudonym; the empty string for nobody."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        field = self.lineEdit()
        assert field is not None
        field.setPlaceholderText(self.tr("Nobody"))
        field.editingFinished.connect(self._typed)
        self.textActivated.connect(lambda _text: self._typed())
        self._before = ""

    def show_person(self, known: Sequence[str], person: str) -> None:
        """``known`` are the pseudonyms there are; ``person`` is chosen."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem("")
            self.addItems(list(dict.fromkeys([*known, *([person] if person else [])])))
            self.setCurrentText(person)
            self._show_beginning()
        self._before = person
        self.setToolTip(person or self.tr("Nobody"))

    def _show_beginning(self) -> None:
        """Of a long pseudonym the beginning tells more than the end."""
        field = self.lineEdit()
        if field is not None:
            field.setCursorPosition(0)

    def _typed(self) -> None:
        person = " ".join(self.currentText().split())
        if person != self._before:
            self._before = person
            self.person_chosen.emit(person)
