"""The file a document was imported from, as it was."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.importers.catalogue import read_file
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import folder_beside

_SHOWN = 200_000
"""Code points of the file's text that are shown; the whole file can be saved."""


class OriginalDialog(QDialog):
    """Name, size and the words of the file before speakers were found; can be saved."""

    def __init__(self, context: Context, document: UUID, parent: QWidget | None = None) -> None:
        """Raises NotFound where the original was not kept."""
        super().__init__(parent)
        self._context = context
        kept = context.project.documents.original(document)
        if kept is None:
            raise NotFound(
                "The original file of this document is not in the project.",
                "It was left out or erased; the text itself is there.",
            )
        self._name, self._data = kept
        self.setWindowTitle(self.tr("Original file"))
        look = context.appearance
        name = QLabel(self._name, self)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("face", "strong")
        name.setWordWrap(True)
        size = QLocale().formattedDataSize(len(self._data))
        about = QLabel(self.tr("{size}, kept unchanged in the project").format(size=size), self)
        about.setProperty("tone", "dim")
        self.words = QPlainTextEdit(self)
        self.words.setReadOnly(True)
        self.words.setProperty("field", "true")
        self.words.setAccessibleName(self.tr("Text of the file"))
        self.words.setPlainText(self._text())
        self.save_button = QPushButton(self.tr("Save a copy…"), self)
        self.save_button.setToolTip(self.tr("The copy lies outside the project and its backups"))
        self.save_button.clicked.connect(self._save)
        close = QPushButton(self.tr("Close"), self)
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for widget in (name, about):
            column.addWidget(widget)
        column.addWidget(self.words, 1)
        column.addLayout(foot)
        self.resize(look.px(640), look.px(520))

    def _text(self) -> str:
        if self._name.endswith(".zip"):
            return self.tr("Several timed files kept together. Save a copy to open them.")
        try:
            text = read_file(self._name, self._data).text
        except UserError as error:
            return str(error)
        if len(text) > _SHOWN:
            return text[:_SHOWN] + "\n\n" + self.tr("… The copy you save holds the rest.")
        return text

    def _save(self) -> None:
        place = folder_beside(self._context.project.path) / self._name
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save a copy"), str(place))
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the bytes as they were imported."""
        try:
            path.write_bytes(self._data)
        except OSError as error:
            self._context.fail(
                UserError(
                    self.tr("The copy could not be written: {reason}.").format(
                        reason=error.strerror or type(error).__name__
                    ),
                    self.tr("Choose another folder."),
                )
            )
            return
        words = self.tr("Saved a copy of the original; it lies outside the project")
        self._context.say(words, undo=False)
