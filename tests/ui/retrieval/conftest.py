"""A small study with a code, its sub-code and two talks, and what its views asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from ikt_coder.core.errors import UserError
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.studies import TALK, add_talk, span_of, study


@dataclass
class Desk:
    project: Project
    documents: list[UUID]
    context: Context
    code: UUID
    below: UUID
    said: list[str] = field(default_factory=list)
    refused: list[UserError] = field(default_factory=list)
    revealed: list[UUID] = field(default_factory=list)

    def apply(self, document: int, words: str, code: UUID | None = None) -> UUID:
        span = span_of(self.project, self.documents[document], words)
        return self.project.codings.apply(self.documents[document], span, code or self.code)


@pytest.fixture
def desk(tmp_path: Path, appearance: Appearance, qapp: QApplication) -> Iterator[Desk]:
    project, first = study(tmp_path / "Study.ikt")
    second = add_talk(project, TALK, "Second talk")
    code = project.codes.add("Trust")
    below = project.codes.add("Earned", code)

    def report(error: BaseException) -> None:
        raise error

    tasks = Tasks(report)
    context = Context(project, Settings.load(), appearance, tasks)
    made = Desk(project, [first, second], context, code, below)
    context.message.connect(lambda words, _undo: made.said.append(words))
    context.failed.connect(made.refused.append)
    context.reveal_coding.connect(made.revealed.append)
    yield made
    tasks.wait(5000)
    QApplication.processEvents()
    context.signals.end()
    project.close()
