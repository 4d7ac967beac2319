"""The pages of comparing over a small coded study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.settle.page import SettlePage
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.ui.comparison.settling import Coded, Settling


def _raise(error: BaseException) -> None:
    raise error


MakeSettling = Callable[[Coded], Settling]


@pytest.fixture
def settling_over(qtbot: QtBot, appearance: Appearance) -> Iterator[MakeSettling]:
    """``settling_over(study)``: the Settle page over a coded study, with the keyboard in it."""
    made: list[Settling] = []

    def make(study: Coded) -> Settling:
        context = Context(study.project, Settings.load(), appearance, Tasks(_raise))
        page = SettlePage(context)
        desk = Settling(study, context, qtbot, page)
        context.message.connect(lambda words, _undo: desk.said.append(words))
        context.failed.connect(desk.failures.append)
        qtbot.addWidget(page)
        page.resize(1440, 810)
        page.show_round(study.round)
        with qtbot.waitActive(page):
            page.show()
        desk.wait()
        page.focus_place()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.context.signals.end()
        desk.context.tasks.wait()
        desk.project.close()


@pytest.fixture
def settling(tmp_path: Path, settling_over: MakeSettling) -> Settling:
    """Two coders, one document, a difference of each class."""
    study = Coded(tmp_path / "study.ikt")
    study.differ()
    study.finish()
    return settling_over(study)
