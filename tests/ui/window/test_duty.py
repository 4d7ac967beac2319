"""What a round asks of a document, said over its text and finished there; who sits down while a
round is sealed is asked first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ikt_coder.core.rounds import AssignmentStatus, RoundEventKind, RoundMode
from ikt_coder.core.span import Span
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.ui.coders.dialog import CodersDialog
from ikt_coder.ui.comparison.rounds.duty_pill import DutyPill
from ikt_coder.ui.main_window import MainWindow


def set_up(window: MainWindow, **options: object) -> None:
    project = window.context.project
    coders = tuple(row.id for row in project.coders.everyone())
    project.rounds.set_up(RoundPlan("Round 1", RoundMode.BLIND, coders, **options))  # type: ignore[arg-type]  # options of one plan


def pill(window: MainWindow) -> DutyPill:
    assert window.header.duty is not None
    return window.header.duty


def test_there_is_no_pill_without_a_round(window: MainWindow) -> None:
    assert window.header.duty is None
    set_up(window)
    assert pill(window).isVisibleTo(window)
    assert pill(window).accessibleName() == "Round 1 · blind · sealed Finish…"
    window.context.project.history.undo()
    assert not pill(window).isVisibleTo(window)


def test_a_document_is_finished_and_reopened_over_its_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    set_up(window)
    project, document = window.context.project, window.transcript.document
    assert document is not None
    duty = pill(window)
    duty.click()
    question = duty.question
    assert question is not None
    assert "P01 Patient partner" in question.sentence.text()
    assert "Your 1 coding is frozen as it is." in question.more.text()
    qtbot.keyClick(question.agree_button, Qt.Key.Key_Return)
    now = project.rounds.duty(document)
    assert now is not None
    assert now.status is AssignmentStatus.FINISHED
    assert duty.accessibleName().endswith("finished")
    coded = len(project.codings.in_document(document))
    window.transcript.setFocus()
    code = project.codes.all()[0].id
    with pytest.raises(Exception, match="was finished in Round 1"):
        project.codings.apply(document, Span(0, 5), code)
    assert len(project.codings.in_document(document)) == coded
    duty.click()
    question = duty.question
    assert question is not None
    assert question.field is not None
    qtbot.keyClicks(question.field, "a page more")
    qtbot.keyClick(question.field, Qt.Key.Key_Return)
    again = project.rounds.duty(document)
    assert again is not None
    assert again.status is AssignmentStatus.IN_PROGRESS


def test_a_document_that_waits_says_why(window: MainWindow) -> None:
    set_up(window, first=1)
    second = window.context.project.documents.all()[1].id
    window.going.open_document(second)
    assert pill(window).accessibleName().endswith("waits")
    pill(window).click()


def test_another_coder_sits_down_in_a_sealed_round_only_when_asked(
    window: MainWindow, qtbot: QtBot
) -> None:
    set_up(window)
    project = window.context.project
    here = project.coder
    other = project.coders.find("Ben Roy").id
    window.coder.switch(other)
    assert project.coder == here
    question = window.coder.question
    assert question is not None
    assert "stays hidden from Ben Roy" in question.more.text()
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert project.coder == here
    window.coder.switch(other)
    question = window.coder.question
    assert question is not None
    question.agree()
    assert project.coder == other
    kinds = [event.kind for event in project.rounds.events()]
    assert kinds[-1] is RoundEventKind.SWITCHED


def test_the_dialog_of_coders_asks_too(window: MainWindow, qtbot: QtBot) -> None:
    set_up(window)
    project = window.context.project
    dialog = CodersDialog(window.context)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    here = project.coder
    dialog.list.setCurrentIndex(dialog.model.index(1, 0))
    dialog.switch_button.click()
    assert project.coder == here
    assert dialog.question is not None
    dialog.question.agree()
    assert project.coder != here


def test_who_is_a_participant_too_is_said_in_the_dialog(window: MainWindow, qtbot: QtBot) -> None:
    project = window.context.project
    person = project.participants.add("P09")
    dialog = CodersDialog(window.context)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    box = dialog.person.editor
    box.setCurrentIndex(box.findText("P09"))
    box.activated.emit(box.currentIndex())
    assert project.coder is not None
    assert project.coders.get(project.coder).participant == person
    project.history.undo()
    assert project.coders.get(project.coder).participant is None
    assert box.currentIndex() == 0


def test_the_pill_fits_a_small_window(window: MainWindow, tmp_path: Path) -> None:
    set_up(window)
    window.resize(1024, 700)
    window.context.appearance.set_text_size(200)
    header = window.header
    assert pill(window).geometry().right() <= header.width()
