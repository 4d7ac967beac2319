"""Bringing in a guide: pasted, or read from a file, one question on each line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ikt_coder.core.errors import UnreadableFile, UserError
from ikt_coder.importers.catalogue import read_file
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.file_places import ask_to_read
from ikt_coder.ui.widgets.dialog_foot import DialogFoot
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit


class GuideLinesDialog(QDialog):
    """What is added can be mended first: lines that are no question are deleted here."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        look = context.appearance
        self.setWindowTitle(self.tr("Bring in an interview guide"))
        self.lines = FormField(
            look,
            self.tr("&Questions, one on each line"),
            GrowingTextEdit(look, least=10, most=18),
            self.tr("Numbers and bullets are left out. Take lines away that are no question."),
        )
        foot = DialogFoot(look)
        self.read_button = foot.add_button(self.tr("Read a file…"), self.ask_file)
        self.add_button = foot.add_button(self.tr("Add"), self.add)
        self.add_button.setProperty("kind", "primary")
        foot.add_button(self.tr("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 14, 16, 8)
        inner.addWidget(self.lines)
        inner.addStretch(1)
        column.addLayout(inner, 1)
        column.addWidget(foot)
        self.resize(look.px(560), look.px(380))
        self.lines.editor.textChanged.connect(self._count)
        self._count()

    def ask_file(self) -> None:
        """Ask for a file and show its lines."""
        path = ask_to_read(
            self,
            self._context.settings,
            self.tr("Read an interview guide"),
            self.tr("Texts (*.txt *.docx *.odt *.rtf *.md *.pdf);;All files (*)"),
        )
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Show the lines of a file behind those that are there."""
        try:
            raw = read_file(path.name, path.read_bytes())
        except UnreadableFile as error:
            self.lines.set_problem(str(error))
            return
        except OSError as error:
            reason = error.strerror or str(error)
            self.lines.set_problem(
                self.tr("“{name}” cannot be read: {reason}.").format(name=path.name, reason=reason)
            )
            return
        kept = [self.lines.editor.text().rstrip(), *_lines(raw.text)]
        self.lines.set_problem("")
        self.lines.editor.setPlainText("\n".join(line for line in kept if line))

    def _count(self) -> None:
        count = len(_lines(self.lines.editor.text()))
        self.add_button.setText(counted(count, self.tr("Add 1 line"), self.tr("Add {count} lines")))
        self.add_button.setEnabled(count > 0)

    def add(self) -> None:
        """Add the lines as questions in one act; what is wrong is said below them."""
        try:
            made = self._context.project.guide.bring_in(self.lines.editor.text())
        except UserError as error:
            self.lines.set_problem(str(error))
            return
        one, many = self.tr("Added 1 question"), self.tr("Added {count} questions to the guide")
        self._context.say(counted(len(made), one, many))
        self.accept()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
