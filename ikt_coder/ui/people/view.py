"""People: participants, what is known of them, whose words are whose, studies, and what was
erased."""

from __future__ import annotations

from uuid import UUID

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.services.erasure import TombstoneRow
from ikt_coder.ui.attributes.page import AttributesPage
from ikt_coder.ui.context import Context
from ikt_coder.ui.people.erase_dialog import EraseDialog
from ikt_coder.ui.people.guide_page import GuidePage
from ikt_coder.ui.people.participants_page import ParticipantsPage
from ikt_coder.ui.people.speakers_page import SpeakersPage
from ikt_coder.ui.people.studies_page import StudiesPage
from ikt_coder.ui.people.tombstones_page import TombstonesPage
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.status_line import StatusLine
from ikt_coder.ui.wording import act_words

_TABLES = ("participant", "speaker", "document", "document_participant", "tombstone", "turn")


class PeopleDialog(QDialog):
    """Stands beside the window, which stays usable; every act is told and can be undone here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        look = context.appearance
        self._undoing = False
        self.erase_dialog: EraseDialog | None = None
        self.setWindowTitle(self.tr("Participants"))
        self.switch = SegmentedSwitch(look, self.tr("What to show"), self)
        # From the outside in: whoever gets another parent takes over its style, and so does
        # everything in them.
        self._pages = QStackedWidget(self)
        self.participants = ParticipantsPage(context, self._pages)
        self.speakers = SpeakersPage(context, self._pages)
        self.attributes = AttributesPage(context, self._pages)
        self.studies = StudiesPage(context, self._pages)
        self.guide = GuidePage(context, self._pages)
        self.tombstones = TombstonesPage(context, self._pages)
        self._by_key = {
            "participants": self.participants,
            "attributes": self.attributes,
            "speakers": self.speakers,
            "studies": self.studies,
            "guide": self.guide,
            "erased": self.tombstones,
        }
        for page in self._by_key.values():
            self._pages.addWidget(page)
        self.switch.set_segments(
            [
                Segment("participants", self.tr("Participants"), self.tr("Consent, withdrawing")),
                Segment("attributes", self.tr("Attributes"), self.tr("What is known of each")),
                Segment("speakers", self.tr("Speakers"), self.tr("Whose words are whose")),
                Segment("studies", self.tr("Studies"), self.tr("Which records report one study")),
                Segment("guide", self.tr("Guide"), self.tr("Questions, and which turns ask them")),
                Segment("erased", self.tr("Erased"), self.tr("What was erased for good")),
            ],
            "participants",
        )
        self.switch.chosen.connect(self.show_page)
        self.status = StatusLine(look, self)
        self.status.undo_asked.connect(self._undo)
        # Enter in a field ends typing; it must not press the button that undoes it.
        self.status.undo_button().setAutoDefault(False)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.addWidget(self.switch)
        head.addStretch(1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
        screen = self.screen().availableSize()
        width, height = screen.width() - 24, screen.height() - 48
        self.resize(min(look.px(860), width), min(look.px(620), height))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._undo)
        self.participants.erase_asked.connect(self.ask_erase)
        self.guide.undo_asked.connect(self._undo)
        context.message.connect(self._said)
        context.signals.changed.connect(self._changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and not isinstance(self.focusWidget(), QAbstractButton):
            event.accept()
            return
        super().keyPressEvent(event)

    def show_page(self, key: str) -> None:
        """ "participants", "attributes", "speakers", "studies", "guide" or "erased" """
        self.switch.choose(key)
        self._pages.setCurrentWidget(self._by_key[key])

    def show_document(self, document: UUID) -> None:
        """The first participant of a document; the speakers page will show the document too."""
        self.show_page("participants")
        person = self._first_of(document)
        if person is not None:
            self.participants.choose(person)
        self.speakers.choose(document)

    def _first_of(self, document: UUID) -> UUID | None:
        for speaker in self._project.documents.speakers(document):
            if speaker.participant is not None:
                return speaker.participant
        # A diary has no speaker, but may belong to somebody.
        labels = self._project.documents.get(document).participants
        people = self._project.participants.all() if labels else ()
        return next((row.id for row in people if row.label == labels[0]), None)

    def show_participant(self, participant: UUID) -> None:
        self.show_page("participants")
        self.participants.choose(participant)

    def _changed(self, changes: Changes) -> None:
        if not changes.touches(*_TABLES):
            return
        if changes.touches("participant", "speaker", "document", "document_participant"):
            self.participants.follow(changes)
        self.speakers.outdate()
        self.tombstones.read()

    def read(self) -> None:
        self.participants.read()
        self.speakers.outdate()
        self.tombstones.read()

    def _said(self, words: str, undo: bool) -> None:
        self.status.say(words, undo=undo and not self._project.read_only)

    def _undo(self) -> None:
        """Take back what was just done here; the window's own undo goes on from there."""
        row = self._project.history.next_undo()
        if self._undoing or row is None or self.status.undo_button().isHidden():
            return
        self._undoing = True
        words = act_words(row.kind, row.params)
        self._context.tasks.run(
            lambda _progress: self._project.history.undo(),
            done=lambda _changes: self._undone(words),
            failed=self._undo_failed,
            writes=True,
        )

    def _undone(self, words: str) -> None:
        if not shiboken6.isValid(self):
            return  # closed in the meantime
        self._undoing = False
        self._context.say(self.tr("Undone: {act}").format(act=words), undo=False)

    def _undo_failed(self, error: BaseException) -> None:
        self._undoing = False
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)

    def ask_erase(self, participant: UUID) -> None:
        """Show what erasing a participant would take."""
        dialog = EraseDialog(self._context, participant, self)
        dialog.erased.connect(self._erased)
        dialog.finished.connect(self._erase_closed)
        self.erase_dialog = dialog
        dialog.open()

    def _erased(self, _row: TombstoneRow) -> None:
        self.read()
        self.show_page("erased")

    def _erase_closed(self) -> None:
        dialog, self.erase_dialog = self.erase_dialog, None
        if dialog is not None:
            dialog.deleteLater()
