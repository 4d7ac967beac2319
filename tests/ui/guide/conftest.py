"""The guide in its window, and the sample it tells of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.guide.window import GuideWindow
from tests.samples import sample_project
from tests.ui.window.conftest import open_window, project_file, session, settings, window

__all__ = ["open_window", "project_file", "session", "settings", "window"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The sample as it comes; tests only read it."""
    project = sample_project(tmp_path_factory.mktemp("sample") / "sample.ikt")
    yield project
    project.close()


@pytest.fixture
def guide(appearance: Appearance, settings: Settings, qtbot: QtBot) -> Iterator[GuideWindow]:
    guide = GuideWindow(settings, appearance)
    qtbot.addWidget(guide)
    guide.resize(1000, 700)
    guide.show()
    qtbot.waitExposed(guide)
    yield guide
    guide.close()
