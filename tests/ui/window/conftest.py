"""A small project in its window, opened and closed by the session as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder import paths
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.errors import Errors
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.window.session import Session

INTERVIEW = (
    ("Interviewer", "What made it feel possible to take part?"),
    ("P01", "The coordinator phoned me before the first meeting and went through the slides."),
    ("Interviewer", "And what got in the way?"),
    ("P01", "The meetings were always at two in the afternoon, when I am at my worst."),
)


def transcript(repeat: int = 1) -> Transcript:
    """The interview, ``repeat`` times over."""
    text, turns = "", []
    for label, words in INTERVIEW * repeat:
        start = len(text)
        text += f"{label}: {words}\n"
        turns.append(Turn(Span(start, len(text) - 1), label, label_end=start + len(label) + 2))
    roles = {"Interviewer": SpeakerRole.INTERVIEWER, "P01": SpeakerRole.PARTICIPANT}
    return Transcript(text.rstrip("\n"), tuple(turns), speaker_roles=roles)


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """Two documents, two codes, two coders (Ana at the desk), one coding by Ana."""
    path = tmp_path / "Panels.ikt"
    project = Project.create(path, "Partners in panels")
    ana = project.coders.add("Ana Silva", "AS")
    project.coders.add("Ben Roy", "BR")
    project.coder = ana
    first = project.documents.add(transcript(30), "P01 Patient partner", "p01.txt")
    project.documents.add(transcript(), "P02 Clinician", "p02.txt")
    code = project.codes.add("Trust")
    project.codes.add("Time of day")
    project.codings.apply(first, Span(55, 90), code)
    project.close()
    return path


@pytest.fixture
def settings(own_user_folders: Path) -> Settings:
    return Settings.load()


@pytest.fixture
def session(appearance: Appearance, settings: Settings, qtbot: QtBot) -> Iterator[Session]:
    errors = Errors(appearance, paths.user_log_dir())
    session = Session(appearance, settings, errors)
    yield session
    if session.dialog is not None:
        session.dialog.close()
    end_of(session, qtbot)
    session.deleteLater()
    errors.deleteLater()


def end_of(session: Session, qtbot: QtBot) -> None:
    """Close whatever is open and wait until the files are given back."""
    if session.window is not None or session.welcome is not None:
        with qtbot.waitSignal(session.ended, timeout=20_000):
            session.close_all()


Open = Callable[[Path], MainWindow]


@pytest.fixture
def open_window(session: Session, qtbot: QtBot) -> Open:
    """Open a project as the command line does, and wait for its window."""

    def opening(path: Path) -> MainWindow:
        session.open(path)
        qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
        window = session.window
        assert window is not None
        window.resize(1200, 800)
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return opening


@pytest.fixture
def window(open_window: Open, project_file: Path) -> MainWindow:
    return open_window(project_file)


def document_named(project: Project, title: str) -> UUID:
    return project.documents.find(title).id
