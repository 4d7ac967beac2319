"""Questions of the interview guide in Retrieve: offered only where there is a guide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ikt_coder.core.query import Grouping, Sorting
from ikt_coder.services.matrices import MatrixRows
from ikt_coder.ui.retrieval.coded_page import CodedPage
from tests.ui.retrieval.conftest import Desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[CodedPage]:
    for document in desk.documents:
        desk.project.documents.set_lead(document, desk.project.coder)
    window = QMainWindow()
    made = CodedPage(desk.context, window)
    window.setCentralWidget(made)
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    settled(made, qtbot)
    yield made
    desk.context.tasks.wait(5000)
    window.close()
    shiboken6.delete(window)


def settled(page: CodedPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.up_to_date)


def test_questions_are_offered_once_there_is_a_guide(
    desk: Desk, page: CodedPage, qtbot: QtBot
) -> None:
    desk.apply(0, "She phoned me")
    qtbot.waitUntil(lambda: page.found.model.count == 1)
    found = page.found
    assert Grouping.PARTICIPANT in found.groupings()
    assert Grouping.QUESTION not in found.groupings()
    assert MatrixRows.QUESTIONS not in found.matrix.row_choices()
    desk.project.guide.add("What got in the way?")
    settled(page, qtbot)
    assert found.groupings()[Grouping.QUESTION] == "question of the guide"
    assert found.matrix.row_choices()[MatrixRows.QUESTIONS] == "questions of the guide"


def test_answers_stand_under_their_question(desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
    first, second = desk.project.guide.bring_in("What made it possible?\nWhat got in the way?")
    desk.project.guide.change(first, label="Possible")
    one, other = desk.project.guide.asked(desk.documents[0])
    desk.project.guide.match({one.turn: first, other.turn: second})
    desk.apply(0, "She phoned me")
    desk.apply(0, "I came late")
    desk.apply(1, "slides")
    page.found.arranged.emit(Grouping.QUESTION, Sorting.PLACE)
    settled(page, qtbot)
    model = page.found.model
    assert [model.index(at, 0).data() for at in range(model.rowCount())] == [
        "Possible: What made it possible?",
        "What got in the way?",
        "No question of the guide",
    ]
