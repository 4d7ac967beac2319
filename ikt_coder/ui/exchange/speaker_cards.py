"""Who speaks in a file: counted or not, under which name, with which role, whose words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.importers.options import LabelGuess, Merge
from ikt_coder.services.importing import Candidate
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.exchange.wording import role_word
from ikt_coder.ui.people.person_box import PersonBox
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox

REJECTED_SHOWN = 6
"""So many of the words that only look like names are offered."""


class SpeakerCard(QWidget):
    """One label of the transcript."""

    counted = Signal(str, bool)
    """label, whether it is a speaker"""
    renamed = Signal(str, str)
    """label, the speaker's name; labels of one name are one speaker"""
    role_chosen = Signal(str, object)
    """speaker's name, SpeakerRole"""
    person_chosen = Signal(str, str)
    """speaker's name, pseudonym or the empty string"""

    def __init__(self, appearance: Appearance, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self._speaker = label
        self.check = QCheckBox(self)
        self.check.toggled.connect(lambda on: self.counted.emit(self.label, on))
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name of {label}").format(label=label))
        self.name.setToolTip(self.tr("Two labels with one name are one speaker"))
        self.name.editingFinished.connect(self._name_typed)
        self.role = QuietComboBox(self)
        self.role.setAccessibleName(self.tr("Role of {label}").format(label=label))
        self.role.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.role.setMinimumContentsLength(7)
        self.name.setMinimumWidth(appearance.px(96))
        for role in SpeakerRole:
            self.role.addItem(role_word(role), role)
        self.role.activated.connect(self._role_taken)
        self.person = PersonBox(self.tr("Participant who is {label}").format(label=label), self)
        self.person.person_chosen.connect(
            lambda person: self.person_chosen.emit(self._speaker, person)
        )
        self._same = QLabel(self)
        self._same.setProperty("tone", "dim")
        self._same.setProperty("face", "small")
        self._same.setTextFormat(Qt.TextFormat.PlainText)
        self._same.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 8)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.check, 0, 0, 1, 2)
        grid.addWidget(self.name, 1, 0)
        grid.addWidget(self.role, 1, 1)
        grid.addWidget(self.person, 2, 0, 1, 2)
        grid.addWidget(self._same, 3, 0, 1, 2)

    def show_guess(self, guess: LabelGuess, first: bool, known: Sequence[str], person: str) -> None:
        """``first``: no card above shows the same speaker, so role and person stand here."""
        self._speaker = guess.speaker
        with QSignalBlocker(self.check), QSignalBlocker(self.role):
            self.check.setText(f"{_short(guess.label)} ({guess.count})")
            self.check.setToolTip(guess.label)
            self.check.setChecked(guess.accepted)
            self.role.setCurrentIndex(list(SpeakerRole).index(guess.role))
        if not self.name.hasFocus() or self.name.text() == "":
            self.name.setText(guess.speaker)
            self.name.setCursorPosition(0)
        speaks = guess.role is SpeakerRole.PARTICIPANT
        self.name.setVisible(guess.accepted)
        self.role.setVisible(guess.accepted and first)
        self.person.setVisible(guess.accepted and first and speaks)
        self.person.show_person(known, person)
        if not guess.accepted:
            self._same.setText(self.tr("Not counted as a speaker"))
        else:
            words = self.tr("The same speaker as above: {name}")
            self._same.setText(words.format(name=guess.speaker))
        self._same.setVisible(not guess.accepted or not first)

    def _name_typed(self) -> None:
        name = " ".join(self.name.text().split())
        if name and name != self._speaker:
            self.renamed.emit(self.label, name)

    def _role_taken(self) -> None:
        # Qt hands an enumeration of words back as a plain word.
        self.role_chosen.emit(self._speaker, SpeakerRole(self.role.currentData()))


class SpeakerCards(QWidget):
    """All labels of a file, with proposals to read two spellings as one."""

    counted = Signal(str, bool)
    renamed = Signal(str, str)
    role_chosen = Signal(str, object)
    person_chosen = Signal(str, str)
    merged = Signal(object)
    """Merge that the person accepts"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._cards: dict[str, SpeakerCard] = {}
        self._proposals: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def card(self, label: str) -> SpeakerCard:
        """The card of a label; raises ``KeyError``."""
        return self._cards[label]

    def labels(self) -> list[str]:
        return list(self._cards)

    def merge_buttons(self) -> list[QPushButton]:
        return [w.findChildren(QPushButton)[0] for w in self._proposals]

    def show_candidate(self, candidate: Candidate) -> None:
        """Cards that stay keep their focus."""
        guess = candidate.guess
        labels = list(guess.labels) if guess is not None else []
        accepted = [label for label in labels if label.accepted]
        rejected = [label for label in labels if not label.accepted][:REJECTED_SHOWN]
        # What was taken for no speaker by hand stays in sight, to be taken back.
        known_labels = {label.label for label in (*accepted, *rejected)}
        for written, name in candidate.options.speakers.items():
            if name is None and written not in known_labels:
                rejected.append(LabelGuess(written, written, 0, SpeakerRole.OTHER, False))
        shown = [*accepted, *rejected]
        wanted = {label.label for label in shown}
        for gone in [label for label in self._cards if label not in wanted]:
            card = self._cards.pop(gone)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        people = [*candidate.known, *candidate.participants.values()]
        self._drop_proposals()
        seen: set[str] = set()
        for at, label in enumerate(shown):
            card = self._cards.get(label.label) or self._new_card(label.label)
            self._column.insertWidget(at, card)
            first = label.speaker not in seen
            seen.add(label.speaker)
            person = candidate.participants.get(label.speaker, "")
            card.show_guess(label, first, people, person)
        self._cards = {label.label: self._cards[label.label] for label in shown}
        self._propose((*guess.merges, *guess.doubtful) if guess is not None else ())

    def _new_card(self, label: str) -> SpeakerCard:
        card = SpeakerCard(self._appearance, label, self)
        card.counted.connect(self.counted)
        card.renamed.connect(self.renamed)
        card.role_chosen.connect(self.role_chosen)
        card.person_chosen.connect(self.person_chosen)
        self._cards[label] = card
        return card

    def _drop_proposals(self) -> None:
        for old in self._proposals:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._proposals = []

    def _propose(self, merges: Sequence[Merge]) -> None:
        for merge in merges:
            row = QWidget(self)
            words = self.tr("“{label}” may be “{into}”.")
            label = QLabel(words.format(label=merge.label, into=merge.into), row)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            button = QPushButton(self.tr("One speaker"), row)
            button.setAccessibleName(
                self.tr("Read {label} as {into}").format(label=merge.label, into=merge.into)
            )
            button.clicked.connect(lambda _checked=False, merge=merge: self.merged.emit(merge))
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 2, 0, 2)
            line.addWidget(label, 1)
            line.addWidget(button)
            self._column.insertWidget(len(self._proposals), row)
            self._proposals.append(row)


def _short(label: str) -> str:
    text = label if len(label) <= 22 else label[:21].rstrip() + "…"
    return text.replace("&", "&&")
