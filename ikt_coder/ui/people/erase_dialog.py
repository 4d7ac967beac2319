"""Erasing a participant's words: what goes, what stays elsewhere, and then what was done."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.services.erasure import ErasePreview, TombstoneRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.people.wording import goes_words, stays_words, tombstone_words
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.progress_panel import ProgressPanel
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.section_heading import SectionHeading


class EraseDialog(QDialog):
    """The one act that cannot be undone: it asks for a reason and for the pseudonym."""

    erased = Signal(object)
    """TombstoneRow"""
    ready = Signal()
    """What would go has been read and is shown."""

    def __init__(self, context: Context, participant: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._participant = participant
        self._preview: ErasePreview | None = None
        self._writing = False
        look = context.appearance
        self.setWindowTitle(self.tr("Erase for good"))
        self.bar = NotificationBar(look, self)
        self.title = QLabel(self)
        self.title.setProperty("face", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.final = _words("", self)
        self.final.setProperty("tone", "danger")
        self.goes = _words("", self)
        self.stays = _words("", self)
        self.reason = FormField.line(
            look, self.tr("&Reason"), self.tr("Kept in the project, without the name.")
        )
        self.typed = FormField.line(look, self.tr("&Type the pseudonym to confirm"))
        self.erase_button = QPushButton(self.tr("Erase for good"), self)
        self.erase_button.setProperty("kind", "danger")
        self.erase_button.setEnabled(False)
        self.erase_button.setAutoDefault(False)
        self.erase_button.clicked.connect(self._erase)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.progress = ProgressPanel(look, self.tr("Reading what would go"), self)
        self.progress.cancel_button().hide()
        self.tombstone = _words("", self)
        self.left_over = _words("", self)
        self._lay_out()
        for field in (self.reason.editor, self.typed.editor):
            field.textChanged.connect(self._refresh)
        context.tasks.run(
            lambda _progress: self._project.participants.erase_preview(participant),
            done=self._show_preview,
            failed=self._failed,
        )

    def _lay_out(self) -> None:
        look = self._context.appearance
        form = QWidget(self)
        form.setProperty("transparent", "true")
        column = QVBoxLayout(form)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(10)
        for widget in (
            self.title,
            self.final,
            SectionHeading(look, self.tr("What goes from this project")),
            self.goes,
            SectionHeading(look, self.tr("What still holds the words elsewhere")),
            self.stays,
            self.reason,
            self.typed,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = ScrollColumn(form, self)
        waiting = QWidget(self)
        column = QVBoxLayout(waiting)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        column.addWidget(self.progress)
        column.addStretch(1)
        done = QWidget(self)
        column = QVBoxLayout(done)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(10)
        heading = QLabel(self.tr("Erased"), done)
        heading.setProperty("face", "title")
        column.addWidget(heading)
        column.addWidget(self.tombstone)
        column.addWidget(SectionHeading(look, self.tr("Still to be done by you")))
        column.addWidget(self.left_over)
        column.addStretch(1)
        self._stack = QStackedWidget(self)
        self._form, self._waiting, self._done_page = scroll, waiting, done
        for view in (waiting, scroll, done):
            self._stack.addWidget(view)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.erase_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        screen = self.screen().availableSize()
        width, height = screen.width() - 24, screen.height() - 48
        self.resize(min(look.px(560), width), min(look.px(600), height))

    def _show_preview(self, preview: ErasePreview) -> None:
        self._preview = preview
        title = self.tr("Erase the words of {name}").format(name=preview.participant)
        self.title.setText(title)
        self.final.setText(self.tr("This cannot be undone, not even by Undo or History."))
        goes = goes_words(preview)
        if self._project.sealing.documents:
            goes.append(self.tr("What others coded in sealed documents, which is not counted here"))
        self.goes.setText(_listed(goes))
        self.stays.setText(_listed(stays_words(preview)))
        self._stack.setCurrentWidget(self._form)
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ready.emit()

    def _refresh(self) -> None:
        if self._preview is None:
            return
        typed = " ".join(self.typed.editor.text().split())
        right = typed == self._preview.participant
        begun = self._preview.participant.startswith(typed)
        problem = "" if begun else self.tr("That is not the pseudonym “{name}”.")
        self.typed.set_problem(problem.format(name=self._preview.participant))
        self.erase_button.setEnabled(right and bool(self.reason.editor.text().strip()))

    def _erase(self) -> None:
        reason = self.reason.editor.text().strip()
        self._writing = True
        self.erase_button.setEnabled(False)
        self.cancel_button.setEnabled(False)
        self.progress.set_title(self.tr("Erasing, and rewriting the project file"))
        self._stack.setCurrentWidget(self._waiting)
        self._context.tasks.run(
            lambda _progress: self._project.participants.erase(self._participant, reason),
            done=self._show_tombstone,
            failed=self._failed,
            writes=True,
        )

    def _show_tombstone(self, row: TombstoneRow) -> None:
        self._writing = False
        self.tombstone.setText(
            "\n".join(
                (
                    tombstone_words(row),
                    self.tr("Reason: {reason}").format(reason=row.reason),
                    self.tr("Number: {number}").format(number=row.participant),
                )
            )
        )
        assert self._preview is not None
        self.left_over.setText(_listed(stays_words(self._preview)))
        self.erase_button.hide()
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(self.tr("Close"))
        self._stack.setCurrentWidget(self._done_page)
        self._context.say(self.tr("Erased a participant’s words for good"), undo=False)
        self.erased.emit(row)

    def _failed(self, error: BaseException) -> None:
        self._writing = False
        self.cancel_button.setEnabled(True)
        self._stack.setCurrentWidget(self._form)
        self._refresh()
        if not isinstance(error, UserError):
            raise error
        self.bar.show_message(str(error), Weight.ALARM)

    def reject(self) -> None:
        """Leave, unless the file is just being rewritten."""
        if not self._writing:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter in a field must neither erase nor close.
            if self.cancel_button.hasFocus() or self.erase_button.hasFocus():
                super().keyPressEvent(event)
            event.accept()
            return
        super().keyPressEvent(event)


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"•  {line}" for line in lines)


def _words(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
