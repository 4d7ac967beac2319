"""The Reports place over a small study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.reports.place import ReportsPlace
from ikt_coder.ui.tasks import Tasks
from tests.studies import span_of, study


@dataclass
class Desk:
    """The place over a project with one talk, and what it says and asks for."""

    project: Project
    context: Context
    bot: QtBot
    document: UUID
    place: ReportsPlace
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)
    wanted: list[object] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the place shows what the project holds."""
        # Reports of words load the language model, which takes its time.
        self.bot.waitUntil(
            lambda: self.place.up_to_date and not self.context.tasks.busy, timeout=60_000
        )

    def show(self, key: str) -> str:
        """Choose a report and give the words of its preview."""
        self.place.show_report(key)
        self.settle()
        return self.words()

    def words(self) -> str:
        return self.place.preview.toPlainText()

    def code(self, words: str, name: str, valence: Valence | None = None) -> UUID:
        known = {row.name: row.id for row in self.project.codes.all()}
        key = known.get(name) or self.project.codes.add(name)
        span = span_of(self.project, self.document, words)
        self.project.codings.apply(self.document, span, key, valence=valence)
        return key


def _raise(error: BaseException) -> None:
    raise error


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    context = Context(project, Settings.load(), appearance, Tasks(_raise))
    place = ReportsPlace(context)
    made = Desk(project, context, qtbot, document, place)
    context.message.connect(lambda words, _undo: made.said.append(words))
    context.failed.connect(made.failures.append)
    context.passages_wanted.connect(made.wanted.append)
    qtbot.addWidget(place)
    place.resize(1100, 760)
    with qtbot.waitActive(place):
        place.show()
    made.settle()
    yield made
    context.signals.end()
    context.tasks.wait()
    project.close()
