"""A coder's own interview is not opened without their knowing it: first a few calm words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound
from ikt_coder.core.ops import Op
from ikt_coder.services.own_interviews import own_interviews, own_pseudonym
from ikt_coder.services.project import Project
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.empty_view import EmptyView

if TYPE_CHECKING:
    from ikt_coder.ui.context import Context


class OwnInterviews(QObject):
    """Which documents are the present coder's own words, and which of them they opened anyway
    since the project was opened."""

    allowed = Signal(object)
    """UUID of a document that was opened anyway"""

    def __init__(
        self,
        project: Project,
        appearance: Appearance,
        say: Callable[[str, bool], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._appearance = appearance
        self._say = say
        self._opened: set[tuple[UUID | None, UUID]] = set()
        self.dialog: OwnInterviewDialog | None = None

    def covers(self, document: UUID | None) -> bool:
        """Whether a document is the coder's own interview and was not opened anyway."""
        if document is None or (self._project.coder, document) in self._opened:
            return False
        return document in own_interviews(self._project)

    def allow(self, document: UUID) -> None:
        """The coder wants to see it; the status line says so."""
        self._opened.add((self._project.coder, document))
        words = self.tr("This is your own interview; you have opened it anyway")
        self._say(words, False)
        self.allowed.emit(document)

    def words(self, document: UUID) -> tuple[str, str]:
        """The sentence and the explanation that stand before a document."""
        try:
            title = self._project.documents.get(document).title
        except NotFound:
            title = ""
        sentence = self.tr("“{title}” is your own interview").format(title=title)
        more = self.tr(
            "You are {name} in it, and a coder of this study. What you said yourself is better "
            "read and coded by somebody else; a code of yours here would count as anybody’s."
        )
        return sentence, more.format(name=own_pseudonym(self._project))

    def asks_first(
        self, document: UUID | None, then: Callable[[], object], parent: QWidget
    ) -> bool:
        """Whether the coder is asked before a document opens; ``then`` opens it afterwards,
        where they want it."""
        if document is None or not self.covers(document):
            return False
        if self.dialog is not None:
            self.dialog.reject()
        dialog = OwnInterviewDialog(self, self._appearance, document, parent)
        dialog.accepted.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()
        return True

    def _closed(self) -> None:
        self.dialog = None


class OwnInterviewDialog(QDialog):
    """Stands before a document that would open; Esc leaves it closed."""

    def __init__(
        self, own: OwnInterviews, appearance: Appearance, document: UUID, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._own = own
        self._document = document
        self.setWindowTitle(self.tr("Your own interview"))
        sentence, more = own.words(document)
        self.page = EmptyView(appearance, "people", sentence, more, self)
        self.closed_button = self.page.add_button(self.tr("Leave it closed"), self.reject)
        self.open_button = self.page.add_button(self.tr("Open anyway"), self._open)
        self.closed_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.addWidget(self.page)
        self.resize(appearance.px(440), appearance.px(280))
        self.closed_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        self._own.allow(self._document)
        self.accept()


class OwnInterviewCover(QWidget):
    """Lies over ``place``, which shows words of a document, until the coder wants to see it."""

    def __init__(self, context: Context, place: QWidget) -> None:
        super().__init__(place)
        self._own = context.own
        self._document: UUID | None = None
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = EmptyView(context.appearance, "people", "", "", self)
        self.open_button = self.page.add_button(self.tr("Show it anyway"), self._open)
        self.open_button.setAutoDefault(False)
        self.open_button.setProperty("kind", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self._own.allowed.connect(self._allowed)
        context.signals.changed.connect(self._changed)
        place.installEventFilter(self)
        self.hide()

    def show_for(self, document: UUID | None) -> None:
        """Cover the place where a document is the coder's own; uncover it else."""
        self._document = document
        covered = self._own.covers(document)
        if covered and document is not None:
            self.page.set_words(*self._own.words(document))
            self._fit()
            self.raise_()
        self.setVisible(covered)

    def _open(self) -> None:
        if self._document is not None:
            self._own.allow(self._document)

    def _allowed(self, document: UUID) -> None:
        if document == self._document:
            self.hide()

    def _changed(self, changes: Changes) -> None:
        # Somebody else may sit at the desk, or be somebody else.
        switched = changes.kind == Op.SWITCH_CODER
        if switched or changes.touches("coder", "speaker", "document_participant"):
            self.show_for(self._document)

    def _fit(self) -> None:
        place = self.parentWidget()
        if place is not None:
            self.setGeometry(place.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
