"""The text of the record that is charted, to read beside its form."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from ikt_coder.core.errors import NotFound
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.own_interview import OwnInterviewCover
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.transcript.look import look_of


class RecordText(QPlainTextEdit):
    """Read-only, in the reading face; each record keeps its place while the window is open."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._document: UUID | None = None
        self._places: dict[UUID, int] = {}
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(self.tr("The text of the record"))
        self.reading: FreshReading[tuple[UUID, str] | None] = FreshReading(
            self, context.tasks, self._begin, self._show
        )
        context.appearance.changed.connect(self._restyle)
        context.signals.changed.connect(
            lambda changes: (
                self.reading.outdate() if changes.touches("document_edit", "document") else None
            )
        )
        self.own = OwnInterviewCover(context, self)
        self._restyle()

    def show_document(self, document: UUID | None) -> None:
        """Show a document, where it was left."""
        if document == self._document:
            return
        self._keep()
        self._document = document
        self.own.show_for(document)
        self.reading.ask()

    def _keep(self) -> None:
        if self._document is not None:
            self._places[self._document] = self.verticalScrollBar().value()

    def _begin(self) -> Callable[[Progress], tuple[UUID, str] | None]:
        project, document = self._context.project, self._document

        def work(_progress: Progress) -> tuple[UUID, str] | None:
            if document is None:
                return None
            try:
                return document, project.texts.get(document)
            except NotFound:
                return None

        return work

    def _show(self, found: tuple[UUID, str] | None) -> None:
        if found is None:
            self.clear()
            return
        self.setPlainText(found[1])
        self.verticalScrollBar().setValue(self._places.get(found[0], 0))

    def _restyle(self) -> None:
        look = look_of(self._context.appearance, self._context.settings)
        self.setFont(look.reading)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, look.ink)
        self.setPalette(palette)
        self.document().setDocumentMargin(self._context.appearance.px(14))
