"""The Themes place over a small study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from ikt_coder.ui.themes.place import ThemesPlace
from tests.studies import study
from tests.ui.themes.desk import Desk


def _raise(error: BaseException) -> None:
    raise error


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    context = Context(project, Settings.load(), appearance, Tasks(_raise))
    place = ThemesPlace(context)
    made = Desk(project, context, qtbot, document, place)
    context.message.connect(lambda words, _undo: made.said.append(words))
    context.failed.connect(made.failures.append)
    context.passages_wanted.connect(made.wanted.append)
    context.reveal_coding.connect(made.revealed.append)
    qtbot.addWidget(place)
    place.resize(1280, 860)
    with qtbot.waitActive(place):
        place.show()
    made.settle()
    yield made
    context.signals.end()
    context.tasks.wait()
    project.close()
