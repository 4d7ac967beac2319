"""A new project in three small steps, of which only the first has to be filled in."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.file_places import documents_folder
from ikt_coder.ui.new_project.answers import NewProject
from ikt_coder.ui.new_project.card_form import CardForm
from ikt_coder.ui.new_project.coder_form import CoderForm
from ikt_coder.ui.new_project.form_dialog import FormDialog
from ikt_coder.ui.widgets.form_field import FormField

ENDING = ".ikt"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def file_name(name: str) -> str:
    """The file name of a project, with nothing in it that a file system refuses."""
    stem = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(". ")[:100].strip(". ")
    return f"{stem}{ENDING}" if stem else ""


class NewProjectDialog(FormDialog):
    """``answers`` is set where the dialog was accepted."""

    def __init__(
        self, appearance: Appearance, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        """``folder`` is proposed as the place; else the user's documents."""
        super().__init__(appearance, "", "", parent)
        self.setWindowTitle(self.tr("New project"))
        self.answers: NewProject | None = None
        self.name = FormField.line(appearance, self.tr("Name"))
        self.folder = FormField.line(appearance, self.tr("Folder"))
        self.folder.editor.setText(str(folder or documents_folder()))
        self.place = QLabel(self)
        self.coder = CoderForm(appearance, self)
        self.card = CardForm(appearance, self)
        self.steps = QStackedWidget(self)
        self._titles = [
            self.tr("Name and place"),
            self.tr("Who is coding"),
            self.tr("The study"),
        ]
        for page in (self._place_page(), self._coder_page(), self._card_page()):
            self.steps.addWidget(page)
        self._head = QLabel(self)
        self._count = QLabel(self)
        self._build()
        self.name.editor.textChanged.connect(self._tell_place)
        self.folder.editor.textChanged.connect(self._tell_place)
        self._tell_place()
        self.go_to(0)

    # -- the look ---------------------------------------------------------------------------

    def _build(self) -> None:
        self._head.setProperty("face", "title")
        self._count.setProperty("tone", "dim")
        top = QHBoxLayout()
        top.setContentsMargins(24, 20, 24, 4)
        top.addWidget(self._head, 1)
        top.addWidget(self._count)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.replaceWidget(self._area, self.steps)
        self._area.hide()
        column.insertLayout(0, top)
        self.back_button = QPushButton(self.tr("Back"), self)
        self.back_button.clicked.connect(lambda: self.go_to(self.steps.currentIndex() - 1))
        self.skip_button = QPushButton(self.tr("Create now, the rest later"), self)
        self.skip_button.setProperty("kind", "link")
        self.skip_button.clicked.connect(self._create)
        self.foot.insertWidget(0, self.skip_button)
        self.foot.insertWidget(3, self.back_button)
        look = self._appearance
        room = self.screen().availableSize()
        self.resize(min(look.px(600), room.width() - 40), min(look.px(560), room.height() - 60))

    def _page(self, *widgets: QWidget) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("transparent", "true")
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 12, 24, 20)
        column.setSpacing(12)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea(self.steps)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def _words(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", "dim")
        return label

    def _place_page(self) -> QWidget:
        choose = QPushButton(self.tr("Choose…"), self)
        choose.clicked.connect(self._choose_folder)
        self.folder.put_beside(choose)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setWordWrap(True)
        self.place.setProperty("tone", "dim")
        words = self.tr(
            "The whole project is one file on this computer: transcripts, codes, codings and "
            "history. Every act is saved at once. Keep it out of folders that Dropbox, OneDrive "
            "or iCloud rewrite."
        )
        return self._page(self.name, self.folder, self.place, self._words(words))

    def _coder_page(self) -> QWidget:
        words = self.tr(
            "Every coding carries the name of who made it. If two of you share a computer, "
            "switch at the top right of the window."
        )
        return self._page(self._words(words), self.coder)

    def _card_page(self) -> QWidget:
        return self._page(self.card)

    # -- steps ------------------------------------------------------------------------------

    def go_to(self, step: int) -> None:
        """Show a step and put the focus where it begins."""
        self.steps.setCurrentIndex(step)
        last = step == self.steps.count() - 1
        self._head.setText(self._titles[step])
        self._count.setText(
            self.tr("{step} of {steps}").format(step=step + 1, steps=self.steps.count())
        )
        self.keep_button.setText(self.tr("Create project") if last else self.tr("Next"))
        self.back_button.setVisible(step > 0)
        self.skip_button.setVisible(not last)
        self.problem.clear()
        chosen = self.card.approach.button(self.card.approach.value())
        (self.name.editor, self.coder.name.editor, chosen)[step].setFocus()
        self._tell_place()

    def keep(self) -> None:
        """Enter, or the button at the foot: the next step, or the project."""
        step = self.steps.currentIndex()
        if step == 0 and not self._place_is_good():
            return
        if step < self.steps.count() - 1:
            self.go_to(step + 1)
        else:
            self._create()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in a field of one line goes on even where another button would be the default.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            self.focusWidget(), QLineEdit
        ):
            self.keep()
            event.accept()
            return
        super().keyPressEvent(event)

    # -- the place --------------------------------------------------------------------------

    def path(self) -> Path | None:
        """Where the project would be written; None while the name is empty."""
        name = file_name(self.name.editor.text())
        folder = self.folder.editor.text().strip()
        return Path(folder).expanduser() / name if name and folder else None

    def _place_is_good(self) -> bool:
        path = self.path()
        self.name.set_problem("")
        self.folder.set_problem("")
        if path is None:
            self.name.set_problem(self.tr("Give the project a name."))
            self.name.editor.setFocus()
        elif not path.parent.is_dir():
            self.folder.set_problem(self.tr("There is no such folder. Choose another one."))
            self.folder.editor.setFocus()
        elif not os.access(path.parent, os.W_OK):
            self.folder.set_problem(
                self.tr("You may not write to this folder. Choose another one.")
            )
            self.folder.editor.setFocus()
        elif path.exists():
            self.name.set_problem(
                self.tr("“{name}” is in this folder already. Choose another name.").format(
                    name=path.name
                )
            )
            self.name.editor.setFocus()
        else:
            return True
        return False

    def _tell_place(self) -> None:
        path = self.path()
        self.place.setText(
            self.tr("It will be {path}").format(path=path) if path is not None else ""
        )
        self.skip_button.setEnabled(path is not None)
        self.keep_button.setEnabled(path is not None)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of the project"), self.folder.editor.text()
        )
        if chosen:
            self.folder.editor.setText(chosen)

    def _create(self) -> None:
        if not self._place_is_good():
            if self.steps.currentIndex():
                self.go_to(0)
                self._place_is_good()
            return
        if self.card.problem():
            if self.steps.currentIndex() != self.steps.count() - 1:
                self.go_to(self.steps.count() - 1)
                self.card.problem()
            return
        path = self.path()
        assert path is not None
        name = " ".join(self.name.editor.text().split())
        self.answers = NewProject(path, name, self.card.values(), self.coder.values())
        self.accept()
