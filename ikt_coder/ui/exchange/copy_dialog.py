"""A copy for a coder: for whom, what goes in and what stays out, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.services.copy_rows import CopyMade, CopyPreview
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.exchange.copy_wording import (
    earlier_words,
    goes_in,
    size_words,
    stays_out,
    written_words,
)
from ikt_coder.ui.file_places import folder_beside
from ikt_coder.ui.new_project.dialog import ENDING, file_name
from ikt_coder.ui.tasks import Progress, Task
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words, stack_up
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.section_heading import SectionHeading


class CopyDialog(QDialog):
    """Says what would be in the file before it is written; the work is done off the main
    thread and can be cancelled."""

    ready = Signal()
    """What the copy would hold has been read and is shown."""
    written = Signal(object)
    """CopyMade"""

    def __init__(
        self, context: Context, parent: QWidget | None = None, round_: UUID | None = None
    ) -> None:
        """``round_`` is chosen to begin with; else the newest round of the coder's."""
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._round = round_
        self._asked = 0
        self._task: Task | None = None
        self._preview: CopyPreview | None = None
        self._made: CopyMade | None = None
        self._typed = False  # whether the person named the file
        self.setModal(True)
        self.setWindowTitle(self.tr("Copy for a coder"))
        look = context.appearance
        self.bar = NotificationBar(look, self)
        self.coder = FormField(look, self.tr("&For"), QuietComboBox())
        self.person = FormField(look, self.tr("&Interviewed as"), QuietComboBox())
        self.task = FormField(look, self.tr("&What they have to do"), QuietComboBox())
        self.earlier = dim_words("", self)
        self.holds = _words(self)
        self.lacks = _words(self)
        self.line = QLineEdit()
        self.choose = QPushButton(self.tr("Choo&se…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose_file)
        self.file = FormField(look, self.tr("Fi&le"), self._line_and_button())
        self.line.setAccessibleName(self.tr("File"))
        self.done_words = _words(self)
        self.place = _words(self)
        self._pages = QStackedWidget(self)
        self._form, self._result = self._form_page(), self._result_page()
        for page in (self._form, self._result):
            self._pages.addWidget(page)
        self.foot = DialogFoot(look, self.tr("Writing the copy"))
        self.write_button = self.foot.add_button(self.tr("Write the copy"), self.write)
        self.write_button.setProperty("kind", "primary")
        self.write_button.setDefault(True)
        self.show_button = self.foot.add_button(self.tr("Show in folder"), self._show_in_folder)
        self.another_button = self.foot.add_button(self.tr("Another copy"), self.another)
        self.close_button = self.foot.add_button(self.tr("Cancel"), self.reject)
        self.foot.say(self.tr("The project notes for whom a copy was made, and when."))
        stack_up(self, self.bar, self._pages, self.foot, wide=self._pages)
        self._fill()
        self._show_form()
        DialogSize(self, context.settings, look, "copy", 580, 720)
        self.coder.editor.currentIndexChanged.connect(self._coder_chosen)
        self.person.editor.activated.connect(self._person_chosen)
        self.task.editor.currentIndexChanged.connect(self._refresh)
        self.line.textEdited.connect(self._file_typed)
        self.line.textChanged.connect(self._tell_file)
        self._coder_chosen()

    # -- the look ---------------------------------------------------------------------------

    def _line_and_button(self) -> QWidget:
        both = QWidget()
        both.setFocusProxy(self.line)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        return both

    def _form_page(self) -> QWidget:
        look = self._context.appearance
        title = QLabel(self.tr("Copy for a coder"), self)
        title.setProperty("face", "title")
        about = dim_words(
            self.tr(
                "A file of its own to code in, on any computer, with nobody else's work in it. "
                "When it comes back, bring it in with Project, Bring in a coder's copy."
            ),
            self,
        )
        who = QHBoxLayout()
        who.setSpacing(12)
        for field in (self.coder, self.person):
            who.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        inner = QWidget(self)
        inner.setProperty("transparent", "true")
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(about)
        column.addLayout(who)
        for widget in (
            self.task,
            self.earlier,
            SectionHeading(look, self.tr("In the copy")),
            self.holds,
            SectionHeading(look, self.tr("Not in the copy")),
            self.lacks,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        # Where to is always seen, however long the lists are.
        page = QWidget(self)
        below = QVBoxLayout(page)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(ScrollColumn(inner, page), 1)
        where = QFrame(page)
        where.setProperty("line", "top")
        row = QVBoxLayout(where)
        row.setContentsMargins(24, 10, 24, 12)
        row.addWidget(self.file)
        below.addWidget(where)
        return page

    def _result_page(self) -> QWidget:
        title = QLabel(self.tr("The copy is written"), self)
        title.setProperty("face", "title")
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (title, self.place, self.done_words, self._next_words()):
            column.addWidget(widget)
        column.addStretch(1)
        return page

    def _next_words(self) -> QLabel:
        return dim_words(
            self.tr(
                "Send them this file. They open it with IKT Coder, code, and send it back; then "
                "choose Project, Bring in a coder's copy. What they did and what you did in the "
                "meantime come together, and nothing is overwritten."
            ),
            self,
        )

    def _fill(self) -> None:
        project = self._project
        for row in project.coders.everyone():
            self.coder.editor.addItem(row.name, row.id)
        self.person.editor.addItem(self.tr("Not one of the participants"), None)
        for person in project.participants.all():
            self.person.editor.addItem(person.label, person.id)
        self.person.set_hint(self.tr("Nobody is given their own interview to code."))
        if project.coder is not None and self.coder.editor.count() > 1:
            # Most often somebody else is to get one.
            at = _index_of(self.coder.editor, project.coder)
            self.coder.editor.setCurrentIndex(1 if at == 0 else 0)

    # -- choosing ---------------------------------------------------------------------------

    def for_coder(self) -> UUID | None:
        """For whom the copy is."""
        found: UUID | None = self.coder.editor.currentData()
        return found

    def round(self) -> UUID | None:
        """The round whose documents go in; None for all documents."""
        found: UUID | None = self.task.editor.currentData()
        return found

    def _coder_chosen(self, *_index: int) -> None:
        coder = self.for_coder()
        box = self.task.editor
        box.blockSignals(True)
        box.clear()
        wanted = 0
        rounds = [row for row in self._project.rounds.all() if coder in row.coders]
        for row in reversed(rounds):
            tasks = [a for a in self._project.rounds.assignments(row.id) if a.coder == coder]
            one, many = self.tr("{name}: 1 document"), self.tr("{name}: {count} documents")
            words = counted(len(tasks), one, many.replace("{name}", "{{name}}"))
            box.addItem(words.format(name=row.name), row.id)
            if row.id == self._round:
                wanted = box.count() - 1
        box.addItem(self.tr("No round: all documents"), None)
        box.setCurrentIndex(wanted)
        box.blockSignals(False)
        self.task.setVisible(bool(rounds))
        known = next((r for r in self._project.coders.everyone() if r.id == coder), None)
        person = known.participant if known is not None else None
        self.person.editor.setCurrentIndex(_index_of(self.person.editor, person))
        made = tuple(row for row in self._project.copies.made() if row.coder == coder)
        self.earlier.setText(earlier_words(made))
        self.earlier.setVisible(bool(made))
        if known is not None and not self._typed:
            stem = self.tr("{project} for {coder}").format(
                project=self._project.path.stem, coder=known.name
            )
            folder = folder_beside(self._project.path)
            self.line.setText(str(folder / (file_name(stem) or f"copy{ENDING}")))
        self._refresh()

    def _person_chosen(self, *_index: int) -> None:
        coder = self.for_coder()
        if coder is None:
            return
        try:
            self._project.coders.change(coder, participant=self.person.editor.currentData())
        except UserError as error:
            self.bar.show_message(str(error), Weight.WARNING)
        self._refresh()

    # -- what would be in it ------------------------------------------------------------------

    def _refresh(self, *_index: int) -> None:
        coder, round_ = self.for_coder(), self.round()
        self._preview = None
        self._tell_file()
        if coder is None:
            return
        self._asked += 1
        number = self._asked
        project = self._project
        self._context.tasks.run(
            lambda _progress: project.copies.preview(coder, round_),
            done=lambda preview: self._show_preview(preview, number),
            failed=lambda error: self._refused(error, number),
        )

    def _show_preview(self, preview: CopyPreview, number: int) -> None:
        if number != self._asked:
            return
        self.bar.hide()
        self._preview = preview
        self.holds.setText(_listed(goes_in(preview)))
        self.lacks.setText(_listed(stays_out(preview)))
        self._tell_file()
        self.ready.emit()

    def _refused(self, error: BaseException, number: int) -> None:
        if not isinstance(error, UserError):
            raise error
        if number != self._asked:
            return
        for words in (self.holds, self.lacks):
            words.setText("–")
        self.bar.show_message(str(error), Weight.WARNING, may_close=False)
        self.ready.emit()

    # -- the file ---------------------------------------------------------------------------

    def path(self) -> Path | None:
        """Where the copy would be written; None while no name is given."""
        typed = self.line.text().strip()
        if not typed:
            return None
        path = Path(typed).expanduser()
        if not path.is_absolute():
            path = self._project.path.parent / path
        if not path.name or path.suffix.lower() == ENDING:
            return path
        return path.with_name(f"{path.name}{ENDING}")

    def _file_typed(self, *_text: str) -> None:
        self._typed = True

    def _tell_file(self, *_text: str) -> None:
        path = self.path()
        there = path is not None and path.exists()
        problem = ""
        if path is not None and not path.parent.is_dir():
            problem = self.tr("There is no such folder. Choose another one.")
        elif path is not None and there and path.samefile(self._project.path):
            problem = self.tr("That is the project itself. Choose another name.")
        elif path is not None and path.is_dir():
            problem = self.tr("That is a folder. Choose another name.")
        if problem:
            self.file.set_problem(problem)
        elif there:
            self.file.set_hint(self.tr("There is a file of this name. It will be replaced."))
        else:
            self.file.set_hint("")
        replaces = there and not problem
        words = self.tr("Replace the file") if replaces else self.tr("Write the copy")
        self.write_button.setText(words)
        self.write_button.setEnabled(
            self._preview is not None and path is not None and not problem and self._task is None
        )

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Copy for a coder"),
            str(self.path() or self._project.path.parent),
            self.tr("IKT Coder projects (*.ikt)"),
            # The dialog itself says that a file is there, and its button that it is replaced.
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._typed = True
            self.line.setText(name)

    # -- writing ----------------------------------------------------------------------------

    def write(self) -> None:
        """Write the copy, and say where it is."""
        coder, round_, path = self.for_coder(), self.round(), self.path()
        if coder is None or path is None or not self.write_button.isEnabled():
            return
        project, replace = self._project, path.exists()

        def work(progress: Progress) -> CopyMade:
            return project.copies.make(
                coder,
                path,
                round_,
                replace=replace,
                progress=progress,
                cancel=lambda: progress.cancelled,
            )

        self.bar.hide()
        task = self._context.tasks.run(work, done=self._written, failed=self._failed, writes=True)
        self._task = task
        self.foot.begin(task)
        self._form.setEnabled(False)
        task.was_cancelled.connect(self._cancelled)
        task.ended.connect(self._end)

    def _written(self, made: CopyMade) -> None:
        self._made = made
        size = size_words(made.path)
        self.place.setText(f"{made.path}\n{size}" if size else str(made.path))
        self.done_words.setText(_listed(written_words(made)))
        self._pages.setCurrentWidget(self._result)
        self._context.say(
            self.tr("Wrote a copy for {name}").format(name=made.coder_name), undo=False
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.bar.show_message(str(error), Weight.WARNING)

    def _cancelled(self) -> None:
        self.bar.show_message(self.tr("Cancelled; no file was written."))

    def _end(self) -> None:
        self._task = None
        self.foot.end()
        self._form.setEnabled(True)
        for button in self.foot.buttons:
            button.setEnabled(True)
        self._tell_file()
        if self._made is None:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._tell_buttons()
        self.show_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.emit(self._made)

    def _tell_buttons(self) -> None:
        done = self._made is not None
        self.foot.words.setVisible(not done)
        self.write_button.setVisible(not done)
        self.show_button.setVisible(done)
        self.another_button.setVisible(done and self.coder.editor.count() > 1)
        self.close_button.setText(self.tr("Close") if done else self.tr("Cancel"))

    def _show_form(self) -> None:
        self._made = None
        self._typed = False
        self._pages.setCurrentWidget(self._form)
        self._tell_buttons()
        self.coder.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def another(self) -> None:
        """Begin anew, for somebody else."""
        self._show_form()
        box = self.coder.editor
        box.setCurrentIndex((box.currentIndex() + 1) % box.count())

    def _show_in_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.path.parent)))

    def reject(self) -> None:
        """Leave; a copy that is being written is cancelled first."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in the field of the file writes only where that is what the button says.
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.line.hasFocus() and not self.write_button.isEnabled():
            event.accept()
            return
        super().keyPressEvent(event)


def _index_of(box: QComboBox, key: UUID | None) -> int:
    """Where ``key`` is offered; 0 where it is not. (Qt compares Python objects by identity.)"""
    return next((at for at in range(box.count()) if box.itemData(at) == key), 0)


def _words(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"•  {line}" for line in lines)
