"""The fields of the project card, in the new project and later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.words import WordPair
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.new_project.answers import BehaviourAnswers, CardAnswers
from ikt_coder.ui.new_project.approach_choice import ApproachChoice
from ikt_coder.ui.new_project.behaviour_form import BehaviourForm
from ikt_coder.ui.new_project.form_dialog import bring_to_view
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.section_heading import SectionHeading

translate = QCoreApplication.translate


def word_pair_words(words: WordPair) -> str:
    """The project's words for the two directions."""
    return {
        WordPair.BARRIERS_FACILITATORS: translate("WordPair", "Barriers and facilitators"),
        WordPair.BARRIERS_ENABLERS: translate("WordPair", "Barriers and enablers"),
        WordPair.HINDERS_HELPS: translate("WordPair", "What hinders and what helps"),
    }[words]


class CardForm(QWidget):
    """Everything may stay empty; ``values`` gives what was filled in."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.approach = ApproachChoice(appearance, self)
        self.question = FormField.text(
            appearance,
            self.tr("Research question"),
            self.tr("It stands over your work and in the notes of your tables."),
        )
        self.words = FormField(
            appearance,
            self.tr("Words for the two directions"),
            QuietComboBox(),
            self.tr("The signs − and + stay the same."),
        )
        for pair in WordPair:
            self.words.editor.addItem(word_pair_words(pair), pair)
        self.focal_actor = FormField.line(
            appearance,
            self.tr("Whose individual level"),
            self.tr(
                "The person whom “individual level” speaks of, such as “patient partner”. "
                "Definitions of levels and table notes use these words."
            ),
        )
        self._behaviours: list[BehaviourForm] = []
        self._behaviour_column = QVBoxLayout()
        self._behaviour_column.setSpacing(16)
        self.add_button = QPushButton(self.tr("Add another behaviour"), self)
        self.add_button.setProperty("kind", "link")
        appearance.set_icon(self.add_button, "plus", "accent")
        self.add_button.clicked.connect(self._add_empty)
        self._lay_out()
        self.set_values(CardAnswers())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        look = self._appearance
        column.addWidget(SectionHeading(look, self.tr("How you work")))
        column.addWidget(self._sentence(self.tr("It sets defaults only; change it any day.")))
        column.addWidget(self.approach)
        column.addWidget(SectionHeading(look, self.tr("What you ask")))
        column.addWidget(self.question)
        column.addWidget(SectionHeading(look, self.tr("Barrier or facilitator to what")))
        column.addWidget(
            self._sentence(
                self.tr(
                    "Leave this empty if you do not code barriers and facilitators. A barrier "
                    "is always a barrier to something somebody does: name it once here."
                )
            )
        )
        column.addLayout(self._behaviour_column)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.focal_actor)
        column.addWidget(self.words)
        column.addStretch(1)

    def _sentence(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", "dim")
        return label

    def behaviours(self) -> tuple[BehaviourForm, ...]:
        return tuple(self._behaviours)

    def set_values(self, card: CardAnswers) -> None:
        self.approach.set_value(card.approach)
        self.question.editor.set_text(card.research_question)
        self.focal_actor.editor.setText(card.focal_actor)
        self.words.editor.setCurrentIndex(self.words.editor.findData(card.words))
        for form in list(self._behaviours):
            self._drop(form)
        for behaviour in card.behaviours or (BehaviourAnswers(),):
            self._add(behaviour)

    def values(self) -> CardAnswers:
        return CardAnswers(
            self.approach.value(),
            self.question.editor.text().strip(),
            self.focal_actor.editor.text().strip(),
            WordPair(self.words.editor.currentData()),
            tuple(form.values() for form in self._behaviours),
        )

    def problem(self) -> str:
        """What keeps the card from being kept, shown at its field and given the focus."""
        for form in self._behaviours:
            words = form.problem()
            if words:
                bring_to_view(form.action.editor)
                return words
        return ""

    def _add_empty(self) -> None:
        bring_to_view(self._add(BehaviourAnswers()).action.editor)

    def _add(self, behaviour: BehaviourAnswers) -> BehaviourForm:
        form = BehaviourForm(self._appearance, self)
        form.set_values(behaviour)
        form.remove_asked.connect(lambda: self._remove(form))
        self._behaviours.append(form)
        self._behaviour_column.addWidget(form)
        self._one_stays()
        return form

    def _remove(self, form: BehaviourForm) -> None:
        self._drop(form)
        if not self._behaviours:
            self._add(BehaviourAnswers())
        self._behaviours[-1].action.editor.setFocus()

    def _drop(self, form: BehaviourForm) -> None:
        self._behaviours.remove(form)
        self._behaviour_column.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._one_stays()

    def _one_stays(self) -> None:
        for form in self._behaviours:
            form.remove_button.setVisible(len(self._behaviours) > 1 or not form.values().empty)
