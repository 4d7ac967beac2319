"""Everything that can be changed about one file before it is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.importers.options import MARKED, ImportOptions, Merge, Scheme
from ikt_coder.services.importing import Candidate
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.documents.wording import LANGUAGES, language_word
from ikt_coder.ui.exchange.speaker_cards import SpeakerCards
from ikt_coder.ui.exchange.wording import guess_words, role_word, scheme_word
from ikt_coder.ui.people.person_box import PersonBox
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietSpinBox
from ikt_coder.ui.widgets.section_heading import SectionHeading

_TEXT_SCHEMES: tuple[Scheme, ...] = tuple(s for s in Scheme if s not in (Scheme.CUES, Scheme.TABLE))


class FileDetails(QWidget):
    """Title, language, layout, speakers and whose words they are."""

    edited = Signal(object)
    """Candidate with another title, language or links; the text is not read anew."""
    reread = Signal(object)
    """ImportOptions under which the file should be read anew."""
    wanted = Signal(bool)
    use_for_all = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidate: Candidate | None = None
        self.want = QCheckBox(self.tr("Import this file"), self)
        self.want.toggled.connect(self.wanted)
        self.title = FormField.line(appearance, self.tr("&Title"))
        self.title.editor.editingFinished.connect(self._title_typed)
        languages = _box(self)
        self.language = FormField(appearance, self.tr("&Language of the interview"), languages)
        languages.activated.connect(lambda: self._edit(language=languages.currentData()))
        self.guess = _sentence(self)
        self.warnings = _sentence(self)
        self.warnings.setProperty("tone", "dim")
        self.scheme = FormField(appearance, self.tr("&How the text tells who speaks"), _box(self))
        self.scheme.editor.activated.connect(
            lambda: self._read_anew(scheme=Scheme(self.scheme.editor.currentData()))
        )
        self.marked = FormField(appearance, self.tr("Who speaks in those paragraphs"), _box(self))
        for role in (SpeakerRole.INTERVIEWER, SpeakerRole.PARTICIPANT):
            self.marked.editor.addItem(role_word(role), role)
        self.marked.editor.activated.connect(
            lambda: self._read_anew(marked_role=SpeakerRole(self.marked.editor.currentData()))
        )
        self.times = self._option(self.tr("Read times"), "times")
        self.join_cues = self._option(self.tr("Join captions to paragraphs"), "join_cues")
        self.join_lines = self._option(self.tr("Join lines cut by the page"), "join_lines")
        self.margins = self._option(
            self.tr("Leave out numbers in the margin"), "remove_margin_numbers"
        )
        self.skip = FormField(
            appearance, self.tr("Lines at the top that nobody speaks"), QuietSpinBox(self)
        )
        self.skip.editor.setRange(0, 200)
        self.skip.editor.setKeyboardTracking(False)
        self.skip.editor.valueChanged.connect(lambda lines: self._read_anew(skip_lines=lines))
        self.speakers_heading = SectionHeading(appearance, self.tr("Who speaks"))
        self.speakers = SpeakerCards(appearance, self)
        self.speakers.counted.connect(self._count)
        self.speakers.renamed.connect(self._speaker)
        self.speakers.role_chosen.connect(self._role)
        self.speakers.person_chosen.connect(self._person)
        self.speakers.merged.connect(self._merge)
        self.another = FormField.line(
            appearance,
            self.tr("&A name that was not found"),
            self.tr("As the text writes it, without the colon; Enter takes it."),
        )
        self.another.editor.returnPressed.connect(self._add_name)
        person = PersonBox(self.tr("Whose interview it is"), self)
        person.person_chosen.connect(lambda who: self._edit(participant=who or None))
        self.person = FormField(appearance, self.tr("Whose interview it is"), person)
        self.privacy = _sentence(self)
        self.privacy.setProperty("tone", "dim")
        self.privacy.setProperty("face", "small")
        self.for_all = QPushButton(self.tr("Use for all files like this"), self)
        self.for_all.setToolTip(
            self.tr("Reads the other files of this kind by the same layout and names")
        )
        self.for_all.clicked.connect(lambda _checked=False: self.use_for_all.emit())
        self._column(appearance)

    def _column(self, appearance: Appearance) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        heading = SectionHeading(appearance, self.tr("How it is laid out"))
        for widget in (
            self.want,
            self.title,
            self.language,
            heading,
            self.guess,
            self.warnings,
            self.scheme,
            self.marked,
            self.times,
            self.join_cues,
            self.join_lines,
            self.margins,
            self.skip,
            self.speakers_heading,
            self.speakers,
            self.another,
            self.person,
            self.privacy,
            self.for_all,
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def _option(self, words: str, name: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.toggled.connect(lambda on: self._read_anew(**{name: on}))
        return box

    # -- showing ----------------------------------------------------------------------------

    def show_candidate(self, candidate: Candidate, wanted: bool) -> None:
        """Show a file that could be read."""
        self._candidate = candidate
        guess, options, transcript = candidate.guess, candidate.options, candidate.transcript
        if guess is None or transcript is None:
            return
        marked = guess.scheme in MARKED
        timed = candidate.raw is not None and bool(candidate.raw.cues)
        page = candidate.kind == "pdf" or guess.margin_numbers or guess.joined_lines
        checks = (
            (self.want, wanted, True),
            (self.times, options.times, guess.timed or not options.times),
            (self.join_cues, options.join_cues, timed),
            (self.join_lines, _or(options.join_lines, guess.joined_lines), page),
            (self.margins, _or(options.remove_margin_numbers, guess.margin_numbers), page),
        )
        for box, on, shown in checks:
            with QSignalBlocker(box):
                box.setChecked(on)
            box.setVisible(shown)
        with QSignalBlocker(self.skip.editor):
            self.skip.editor.setValue(options.skip_lines)
        self.skip.setVisible(not timed)
        if not self.title.editor.hasFocus():
            self.title.editor.setText(candidate.title)
            self.title.editor.setCursorPosition(0)
        self._fill_languages(candidate.language)
        self._fill_schemes(candidate, timed)
        self.marked.setVisible(marked)
        at = self.marked.editor.findData(options.marked_role)
        self.marked.editor.setCurrentIndex(max(0, at))
        self.guess.setText(guess_words(guess))
        self.warnings.setText("\n".join(_told(candidate)))
        self.warnings.setVisible(bool(self.warnings.text()))
        self.speakers.show_candidate(candidate)
        anybody = bool(transcript.speakers)
        self.another.setVisible(not timed)
        self.person.setVisible(not anybody)
        people = [*candidate.known, *candidate.participants.values()]
        self.person.editor.show_person(people, candidate.participant or "")
        self.privacy.setText(self._people_words(candidate))

    def _people_words(self, candidate: Candidate) -> str:
        """Who will be new among the participants, and what a pseudonym does and does not."""
        words = self.tr(
            "Tables and quotes show the participant’s pseudonym. Names stand in the "
            "transcript as they are until they are mended there."
        )
        known = {label.casefold() for label in candidate.known}
        people = [*candidate.participants.values(), candidate.participant or ""]
        new = [p for p in dict.fromkeys(people) if p and p.casefold() not in known]
        if not new:
            return words
        return self.tr("New participants: {names}.").format(names=", ".join(new)) + "\n" + words

    def _fill_languages(self, language: str) -> None:
        box = self.language.editor
        box.clear()
        for code in dict.fromkeys([*LANGUAGES, language]):
            box.addItem(language_word(code), code)
        box.setCurrentIndex(box.findData(language))

    def _fill_schemes(self, candidate: Candidate, timed: bool) -> None:
        box = self.scheme.editor
        box.clear()
        assert candidate.guess is not None
        found = scheme_word(candidate.guess.scheme)
        words = self.tr("As it seems ({scheme})")
        auto = candidate.options.scheme is Scheme.AUTO
        box.addItem(words.format(scheme=found) if auto else self.tr("As it seems"), Scheme.AUTO)
        schemes = list(_TEXT_SCHEMES[1:])
        if candidate.raw is not None and candidate.raw.rows:
            schemes.append(Scheme.TABLE)
        for scheme in schemes:
            box.addItem(scheme_word(scheme), scheme)
        box.setCurrentIndex(max(0, box.findData(candidate.options.scheme)))
        box.setToolTip(box.currentText())
        self.scheme.setVisible(not timed)

    # -- changing ---------------------------------------------------------------------------

    def _edit(self, **values: Any) -> None:
        if self._candidate is not None:
            self._candidate = replace(self._candidate, **values)
            self.privacy.setText(self._people_words(self._candidate))
            self.edited.emit(self._candidate)

    def _title_typed(self) -> None:
        title = " ".join(self.title.editor.text().split())
        if self._candidate is not None and title != self._candidate.title:
            self.title.set_problem("" if title else self.tr("A document needs a title."))
            if title:
                self._edit(title=title)

    def _read_anew(self, **values: Any) -> None:
        if self._candidate is not None:
            options = replace(self._candidate.options, **values)
            if options != self._candidate.options:
                self._candidate = replace(self._candidate, options=options)
                self.reread.emit(options)

    def _change_speakers(self, change: Callable[[dict[str, str | None]], None]) -> None:
        if self._candidate is not None:
            speakers = dict(self._candidate.options.speakers)
            change(speakers)
            self._read_anew(speakers=speakers)

    def _speaker(self, label: str, name: str | None) -> None:
        self._change_speakers(lambda speakers: speakers.update({label: name}))

    def _count(self, label: str, counts: bool) -> None:
        self._speaker(label, label if counts else None)

    def _add_name(self) -> None:
        name = " ".join(self.another.editor.text().split()).rstrip(":")
        if name:
            self.another.editor.clear()
            self._speaker(name, name)

    def _merge(self, merge: Merge) -> None:
        self._speaker(merge.label, merge.into)

    def _role(self, speaker: str, role: SpeakerRole) -> None:
        if self._candidate is not None:
            self._read_anew(roles={**self._candidate.options.roles, speaker: role})

    def _person(self, speaker: str, person: str) -> None:
        if self._candidate is not None:
            people = {n: p for n, p in self._candidate.participants.items() if n != speaker}
            if person:
                people[speaker] = person
            self._edit(participants=people)

    @property
    def options(self) -> ImportOptions:
        """As they stand; the text may still be being read by them."""
        return self._candidate.options if self._candidate is not None else ImportOptions()


def _box(parent: QWidget) -> QComboBox:
    box = QuietComboBox(parent)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _sentence(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _told(candidate: Candidate) -> list[str]:
    """What the reader noticed, but for proposals that stand among the speakers."""
    if candidate.transcript is None or candidate.guess is None:
        return []
    guess = candidate.guess
    proposed = {merge.label for merge in (*guess.merges, *guess.doubtful)}
    return [
        words
        for words in candidate.transcript.warnings
        if not any(words.startswith(f"“{label}” may be") for label in proposed)
    ]


def _or(chosen: bool | None, found: bool) -> bool:
    return found if chosen is None else chosen
