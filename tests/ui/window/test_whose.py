"""Whose codings the text shows: chosen in its heading or the View menu, counted, remembered."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ikt_coder.core.span import Span
from ikt_coder.core.words import Whose
from ikt_coder.services.project import Project
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.window.session import Session
from tests.ui.window.conftest import Open, end_of, transcript


def code_as(window: MainWindow, name: str, span: Span) -> UUID:
    """Let another coder code, and the present one sit down again."""
    project = window.context.project
    here, code = project.coder, project.codes.all()[0].id
    project.coder = project.coders.find(name).id
    document = window.transcript.document
    assert document is not None
    made = project.codings.apply(document, span, code)
    project.coder = here
    window.transcript.reload()
    window.header.refresh()
    return made


def test_every_coder_s_codings_are_shown_and_counted_on_request(window: MainWindow) -> None:
    theirs = code_as(window, "Ben Roy", Span(100, 120))
    assert "1 coding by Ana Silva" in window.header.facts.text()
    assert "all coders" not in window.header.facts.text()
    (shown,) = [m for m in window.menus.view.findChildren(QMenu) if m.title() == "&Show codings"]
    assert shown.actions() == window.header.whose.actions()
    every = next(action for action in shown.actions() if "coder" in action.text())
    every.trigger()
    assert window.transcript.pane.marks.get(theirs) is not None
    assert window.header.facts.text().startswith("1 coding by Ana Silva · 2 by all coders")
    assert window.header.whose.pill.accessibleName() == "Show Every coder’s"
    layer = next(action for action in window.header.whose.actions() if "layer" in action.text())
    layer.trigger()
    assert window.transcript.pane.marks.get(theirs) is None
    assert window.header.facts.text().startswith("1 coding of the analysis layer: Ana Silva")


def test_whose_codings_are_shown_is_remembered(
    open_window: Open, session: Session, project_file: Path, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    window.header.whose.choose(Whose.EVERYONE)
    end_of(session, qtbot)
    again = open_window(project_file)
    assert again.transcript.shown.whose is Whose.EVERYONE
    assert again.header.whose.actions()[1].isChecked()


def test_who_codes_alone_is_offered_no_choice(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "Alone.ikt"
    project = Project.create(path, "Alone")
    project.coder = project.coders.add("Ana Silva", "AS")
    project.documents.add(transcript(), "P01", "p01.txt")
    project.close()
    window = open_window(path)
    assert window.header.whose.pill.isHidden()
    window.context.project.coders.add("Ben Roy", "BR")
    assert not window.header.whose.pill.isHidden()
