"""The page Charting over a small review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.charting.page import ChartingPage
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.services.charting.review import review


def _raise(error: BaseException) -> None:
    raise error


@dataclass
class Desk:
    """A project, the page over it, and what was said."""

    project: Project
    documents: list[UUID]
    page: ChartingPage
    context: Context
    qtbot: QtBot
    said: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def wait(self) -> None:
        """Until the page shows what the project holds."""
        self.qtbot.waitUntil(lambda: self.page.up_to_date)


MakeDesk = Callable[[Project, list[UUID]], Desk]


@pytest.fixture
def desk_over(qtbot: QtBot, appearance: Appearance) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(project: Project, documents: list[UUID]) -> Desk:
        context = Context(project, Settings.load(), appearance, Tasks(_raise))
        page = ChartingPage(context)
        desk = Desk(project, documents, page, context, qtbot)
        context.message.connect(lambda words, _undo: desk.said.append(words))
        context.failed.connect(lambda error: desk.failures.append(str(error)))
        qtbot.addWidget(page)
        page.resize(1280, 800)
        with qtbot.waitActive(page):
            page.show()
        desk.wait()
        page.focus_page()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.context.signals.end()
        desk.context.tasks.wait()
        desk.project.close()


@pytest.fixture
def desk(tmp_path: Path, desk_over: MakeDesk) -> Desk:
    """Three records, the usual form, nothing charted."""
    return desk_over(*review(tmp_path / "Review.ikt", 3))
