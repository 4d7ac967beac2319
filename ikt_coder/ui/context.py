"""What every view of an open project is given, and how views ask things of the window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.project_signals import ProjectSignals
from ikt_coder.ui.tasks import Tasks

if TYPE_CHECKING:
    from ikt_coder.ui.own_interview import OwnInterviews


class Context(QObject):
    """The open project, the user's settings, the look and the worker, with the requests that
    cross from one view to another. The main window alone connects these signals (all wiring
    in one block); a view emits, and never knows another view.
    """

    message = Signal(str, bool)  # what was done, in rich words; whether Undo is offered
    failed = Signal(object)  # UserError, shown calmly
    reveal_span = Signal(object, object)  # document UUID, Span: show it in context
    reveal_coding = Signal(object)  # coding UUID
    passages_wanted = Signal(object)  # code UUID, or a tuple of coding UUIDs: list them
    document_wanted = Signal(object)  # document UUID: open it in Code
    memo_wanted = Signal(object)  # memo UUID, or a MemoPlace to write a new one
    people_wanted = Signal(object)  # participant UUID, or the name of a page of People
    place_wanted = Signal(str)  # "code", "themes", …: switch to that place

    def __init__(
        self,
        project: Project,
        settings: Settings,
        appearance: Appearance,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.project = project
        self.settings = settings
        self.appearance = appearance
        self.tasks = tasks
        self.signals = ProjectSignals(project, self)

    @cached_property
    def own(self) -> OwnInterviews:
        """What asks a coder before their own interview opens; views of words ask it."""
        from ikt_coder.ui.own_interview import OwnInterviews

        return OwnInterviews(self.project, self.appearance, self.say, self)

    def say(self, words: str, undo: bool = True) -> None:
        """Tell in the status line what was done."""
        self.message.emit(words, undo)

    def fail(self, error: UserError) -> None:
        """Show a known failure."""
        self.failed.emit(error)

    def reveal(self, document: UUID, span: Span) -> None:
        """Show a place of a document in its context."""
        self.reveal_span.emit(document, span)
