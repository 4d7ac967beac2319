"""A coder who is a participant too is asked before their own interview opens, in every place."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ikt_coder.core.span import Span
from ikt_coder.services.own_interviews import own_interviews, own_pseudonym
from ikt_coder.services.project import Project
from ikt_coder.ui.comparison.columns.text_columns import TextColumns
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.own_interview import OwnInterviewDialog
from ikt_coder.ui.retrieval.passage_pane import PassagePane
from ikt_coder.ui.window.session import Session
from tests.ui.window.conftest import Open, document_named, end_of


@pytest.fixture
def dual_file(project_file: Path) -> Path:
    """Ana, who sits at the desk, is P01, who speaks in the first document."""
    project = Project.open(project_file)
    first = document_named(project, "P01 Patient partner")
    person = project.participants.add("P01")
    speaker = next(row for row in project.documents.speakers(first) if row.label == "P01")
    project.documents.change_speaker(speaker.id, participant=person)
    project.coders.change(project.coders.find("Ana Silva").id, participant=person)
    project.close()
    return project_file


@pytest.fixture
def window(open_window: Open, dual_file: Path) -> MainWindow:
    return open_window(dual_file)


def own(window: MainWindow) -> UUID:
    return document_named(window.context.project, "P01 Patient partner")


def asked(window: MainWindow) -> OwnInterviewDialog:
    dialog = window.context.own.dialog
    assert dialog is not None
    return dialog


def test_whose_interview_is_whose(window: MainWindow) -> None:
    project = window.context.project
    assert own_interviews(project) == {own(window)}
    assert own_pseudonym(project) == "P01"
    project.coder = project.coders.find("Ben Roy").id
    assert own_interviews(project) == frozenset()
    project.coder = None
    assert (own_interviews(project), own_pseudonym(project)) == (frozenset(), "")


def test_it_does_not_open_by_itself_at_the_start(window: MainWindow) -> None:
    assert window.transcript.document is None
    assert window.context.own.dialog is None


def test_it_stays_closed_with_esc_and_opens_only_when_wished(
    window: MainWindow, qtbot: QtBot
) -> None:
    said: list[str] = []
    window.context.message.connect(lambda words, _undo: said.append(words))
    other = document_named(window.context.project, "P02 Clinician")
    window.going.open_document(other)
    window.going.open_document(own(window))
    assert window.transcript.document == other
    dialog = asked(window)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert "You are P01 in it" in dialog.page.accessibleName()
    assert dialog.closed_button.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.context.own.dialog is None
    assert window.transcript.document == other
    window.going.open_document(own(window))
    qtbot.mouseClick(asked(window).open_button, Qt.MouseButton.LeftButton)
    assert window.transcript.document == own(window)
    assert said[-1] == "This is your own interview; you have opened it anyway"
    window.going.open_document(other)
    window.going.open_document(own(window))
    assert window.context.own.dialog is None
    assert window.transcript.document == own(window)


def test_a_passage_of_it_is_shown_only_after_asking(window: MainWindow, qtbot: QtBot) -> None:
    window.context.reveal(own(window), Span(55, 90))
    assert window.transcript.document is None
    qtbot.mouseClick(asked(window).open_button, Qt.MouseButton.LeftButton)
    assert window.transcript.document == own(window)
    assert window.transcript.pane.textCursor().hasSelection()


def test_stepping_through_the_documents_asks_too(window: MainWindow) -> None:
    window.going.open_document(document_named(window.context.project, "P02 Clinician"))
    window.going.step_document(-1)
    assert window.transcript.document != own(window)
    assert asked(window).isVisible()


def test_it_closes_when_its_own_person_sits_down(window: MainWindow) -> None:
    project = window.context.project
    ana, ben = project.coders.find("Ana Silva").id, project.coders.find("Ben Roy").id
    project.coders.switch(ben)
    window.coder.switched.emit()
    window.going.open_document(own(window))
    assert window.transcript.document == own(window)
    project.coders.switch(ana)
    window.coder.switched.emit()
    assert window.transcript.document is None
    assert asked(window).isVisible()


def test_the_next_day_it_is_asked_again(
    open_window: Open, session: Session, dual_file: Path, qtbot: QtBot
) -> None:
    window = open_window(dual_file)
    window.context.own.allow(own(window))
    window.going.open_document(own(window))
    assert window.transcript.document == own(window)
    end_of(session, qtbot)
    again = open_window(dual_file)
    assert again.transcript.document is None


def test_texts_beside_each_other_are_covered(window: MainWindow, qtbot: QtBot) -> None:
    columns = TextColumns(window.context)
    qtbot.addWidget(columns)
    columns.resize(600, 400)
    columns.show()
    project = window.context.project
    columns.show_text(project.documents.text(own(window)))
    assert columns.own.isVisible()
    assert columns.own.geometry() == columns.rect()
    columns.show_text(project.documents.text(document_named(project, "P02 Clinician")))
    assert not columns.own.isVisible()
    columns.show_text(project.documents.text(own(window)))
    qtbot.mouseClick(columns.own.open_button, Qt.MouseButton.LeftButton)
    assert not columns.own.isVisible()


def test_a_passage_in_its_context_is_covered(window: MainWindow, qtbot: QtBot) -> None:
    project = window.context.project
    pane = PassagePane(window.context)
    qtbot.addWidget(pane)
    pane.resize(400, 500)
    pane.show()
    (coding,) = project.codings.in_document(own(window))
    (code,) = (row for row in project.codes.all() if row.id == coding.code)
    pane.show_coding(coding, code)
    qtbot.waitUntil(pane.own.isVisible)
    project.coders.switch(project.coders.find("Ben Roy").id)
    qtbot.waitUntil(lambda: not pane.own.isVisible())
