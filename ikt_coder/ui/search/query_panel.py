"""The left side of the search: the words, how they are compared, and where."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from ikt_coder.core.search import Coded, Mode, SearchQuery
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.wording import codes_in_words
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.retrieval.filter_kinds import Offered
from ikt_coder.ui.retrieval.terms import Names
from ikt_coder.ui.search.wording import hint_words, mode_words
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.pill import CheckChip, Pill
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_PAUSE = 350
"""Milliseconds without a key after which the search begins by itself."""
_PEOPLE = frozenset({SpeakerRole.PARTICIPANT, SpeakerRole.OTHER})


class SearchPanel(QWidget):
    """Edits a search; it begins at Enter, or after a pause in typing."""

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._query = SearchQuery("")
        self._offered: Offered | None = None
        self._names: Names | None = None
        px = appearance.px
        self.field = FilterField(appearance, self.tr("Search all documents"))
        self.modes: dict[Mode, CheckChip] = {}
        modes = QWidget()
        row = WrapLayout(modes, across=px(6), down=px(6))
        for mode in Mode:
            chip = CheckChip(appearance, mode_words(mode))
            chip.setToolTip(hint_words(mode))
            chip.clicked.connect(lambda _c=False, m=mode: self._set_mode(m))
            row.addWidget(chip)
            self.modes[mode] = chip
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("tone", "dim")
        self.hint.setProperty("face", "small")
        self.case = CheckChip(appearance, self.tr("Match case"))
        self.accents = CheckChip(appearance, self.tr("Match accents"))
        self.people = CheckChip(appearance, self.tr("Without the interviewer"))
        self.labels = CheckChip(appearance, self.tr("Also names and times"))
        self.labels.setToolTip(self.tr("Search the speakers’ names and the times too"))
        exact = QWidget()
        row = WrapLayout(exact, across=px(6), down=px(6))
        for chip in (self.case, self.accents, self.people, self.labels):
            row.addWidget(chip)
            chip.clicked.connect(self._switch)
        self.pills: dict[str, Pill] = {}
        where = QWidget()
        row = WrapLayout(where, across=px(6), down=px(6))
        for key in ("documents", "participants", "coded"):
            pill = Pill(appearance, "", opens=True)
            pill.clicked.connect(lambda _c=False, k=key: self._open(k))
            row.addWidget(pill)
            self.pills[key] = pill
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addWidget(SectionHeading(appearance, self.tr("Search")))
        column.addWidget(self.field)
        column.addWidget(modes)
        column.addWidget(self.hint)
        column.addWidget(exact)
        column.addWidget(SectionHeading(appearance, self.tr("Where")))
        column.addWidget(where)
        column.addStretch(1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._typed)
        self.field.textEdited.connect(lambda _words: self._pause.start())
        self.field.returnPressed.connect(self._typed)
        self.field.clear_button().clicked.connect(self._typed)
        self._say()

    # -- the query --------------------------------------------------------------------------

    def query(self) -> SearchQuery:
        """What is searched for now."""
        return replace(self._query, text=self.field.text().strip())

    def set_query(self, query: SearchQuery) -> None:
        """Show another search; silent."""
        self._query = query
        self.field.setText(query.text)
        self._say()

    def set_offered(self, names: Names, offered: Offered) -> None:
        """Take over what the project now has to search in."""
        self._names, self._offered = names, offered
        self._say()

    def _typed(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _set_mode(self, mode: Mode) -> None:
        self._change(replace(self._query, mode=mode))

    def _switch(self) -> None:
        self._change(
            replace(
                self._query,
                case=self.case.isChecked(),
                accents=self.accents.isChecked(),
                roles=_PEOPLE if self.people.isChecked() else frozenset(),
                labels=self.labels.isChecked(),
            )
        )

    def _change(self, query: SearchQuery) -> None:
        self._query = query
        self._say()
        self._typed()

    def _say(self) -> None:
        query = self._query
        for mode, chip in self.modes.items():
            chip.setChecked(mode is query.mode)
        self.hint.setText(hint_words(query.mode))
        self.case.setChecked(query.case)
        self.accents.setChecked(query.accents)
        self.people.setChecked(query.roles == _PEOPLE)
        self.labels.setChecked(query.labels)
        self.case.setEnabled(query.mode is not Mode.LEMMA)
        self.accents.setEnabled(query.mode is not Mode.REGEX)
        every = self.tr("all")
        self.pills["documents"].set_words(
            self.tr("Documents"), str(len(query.documents)) if query.documents else every
        )
        self.pills["participants"].set_words(
            self.tr("Participants"),
            str(len(query.participants)) if query.participants else every,
        )
        coded = {
            Coded.ANY: self.tr("coded or not"),
            Coded.UNCODED: self.tr("not coded yet"),
            Coded.WITH: codes_in_words(len(query.codes)),
        }[query.coded]
        self.pills["coded"].set_words(self.tr("Words"), coded)

    # -- what opens -------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        offered = self._offered
        if offered is None:
            return
        if key == "coded":
            self._open_coded()
            return
        if key == "documents":
            folders = {row.id: row.name for row in offered.folders}
            choices = [
                Choice(row.id, row.title, below=folders.get(row.folder, "") if row.folder else "")
                for row in offered.documents
            ]
            checked: frozenset[Hashable] = frozenset(self._query.documents)
        else:
            choices = [Choice(row.id, row.label, below=row.group) for row in offered.participants]
            checked = frozenset(self._query.participants)
        title = self.pills[key].text()
        chooser = ChoiceList(self._look, title, choices, several=True, checked=checked)
        if key == "documents":
            chooser.changed.connect(
                lambda chosen: self._change(replace(self._query, documents=chosen))
            )
        else:
            chooser.changed.connect(
                lambda chosen: self._change(replace(self._query, participants=chosen))
            )
        open_choices(self._look, chooser, self.pills[key])

    def _open_coded(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for words, coded in (
            (self.tr("Coded or not"), Coded.ANY),
            (self.tr("Not coded yet"), Coded.UNCODED),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(self._query.coded is coded)
            action.triggered.connect(
                lambda _c=False, c=coded: self._change(
                    replace(self._query, coded=c, codes=frozenset())
                )
            )
            group.addAction(action)
        action = menu.addAction(self.tr("Coded with…"))
        action.setCheckable(True)
        action.setChecked(self._query.coded is Coded.WITH)
        action.triggered.connect(self._open_codes)
        menu.aboutToHide.connect(menu.deleteLater)
        pill = self.pills["coded"]
        menu.popup(pill.mapToGlobal(QPoint(0, pill.height())))

    def _open_codes(self) -> None:
        if self._names is None:
            return
        choices = [
            Choice(
                row.id,
                row.name,
                below=" › ".join(row.path[:-1]),
                colour=row.colour,
                pattern=row.pattern.value,
            )
            for row in self._names.codes
            if row.applicable
        ]
        chooser = ChoiceList(
            self._look,
            self.tr("Codes"),
            choices,
            several=True,
            checked=frozenset(self._query.codes),
        )
        chooser.changed.connect(
            lambda chosen: self._change(
                replace(self._query, coded=Coded.WITH if chosen else Coded.ANY, codes=chosen)
            )
        )
        open_choices(self._look, chooser, self.pills["coded"])

    def focus_field(self) -> None:
        """Bring the keyboard to the words."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
