"""A quiet line where the words of some documents are only half known: what works less well,
how to get it, and a link to say the language."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.services.project import Project
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.documents.language_dialog import LanguageDialog


@frozen
class Lacking:
    """Documents of one pipeline that knows neither forms nor phrases; ``sentence`` says so."""

    sentence: str
    documents: tuple[UUID, ...]


@frozen
class Knowledge:
    """Of how many documents the words are asked, and where little is known of them."""

    documents: int
    lacking: tuple[Lacking, ...]


def read_knowledge(project: Project, documents: Collection[UUID] = ()) -> Knowledge:
    """Read what is known of the words of some documents, or (none named) of all; not for the
    main thread."""
    rows = [row for row in project.documents.all() if not documents or row.id in documents]
    found: dict[str, list[UUID]] = {}
    for row in rows:
        info = project.words.pipeline(row.id)
        if info.sentence:
            found.setdefault(info.sentence, []).append(row.id)
    lacking = tuple(Lacking(sentence, tuple(keys)) for sentence, keys in found.items())
    return Knowledge(len(rows), lacking)


class LanguageNote(QWidget):
    """Hidden where everything is known."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._documents: tuple[UUID, ...] = ()
        self.dialog: LanguageDialog | None = None
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("tone", "dim")
        self.words.setProperty("face", "small")
        self.link = QPushButton(self.tr("Set the language of documents…"), self)
        self.link.setProperty("kind", "link")
        self.link.setProperty("face", "small")
        self.link.clicked.connect(self._open)
        self.link.setEnabled(not context.project.read_only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_knowledge(self, knowledge: Knowledge | None) -> None:
        """Say what works less well; None, or nothing lacking, hides the line."""
        lacking = knowledge.lacking if knowledge is not None else ()
        lines = []
        for one in lacking:
            count, whole = len(one.documents), knowledge.documents if knowledge else 0
            if count == whole:
                lines.append(one.sentence)
                continue
            words = self.tr("{count} of {whole} documents: {sentence}")
            lines.append(
                words.format(count=figure(count), whole=figure(whole), sentence=one.sentence)
            )
        self._documents = tuple(key for one in lacking for key in one.documents)
        self.words.setText("\n".join(lines))
        self.setVisible(bool(lines))

    def _open(self) -> None:
        dialog = LanguageDialog(self._context, self._documents, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None
