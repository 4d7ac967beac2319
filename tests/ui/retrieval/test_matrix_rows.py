"""The rows of the matrix on screen can be values of an attribute."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from ikt_coder.core.query import Block, Query, Term, TermKind
from ikt_coder.core.words import Subject
from ikt_coder.services.matrix_options import MatrixCell, MatrixRows
from ikt_coder.ui.retrieval.coded_page import CodedPage
from tests.ui.retrieval.conftest import Desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[CodedPage]:
    for document in desk.documents:
        desk.project.documents.set_lead(document, desk.project.coder)
    desk.apply(0, "She phoned me")
    window = QMainWindow()
    made = CodedPage(desk.context, window)
    window.setCentralWidget(made)
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    settled(made, qtbot)
    qtbot.mouseClick(made.found.views.button("matrix"), Qt.MouseButton.LeftButton)
    settled(made, qtbot)
    yield made
    desk.context.tasks.wait(5000)
    window.close()
    shiboken6.delete(window)


def settled(page: CodedPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.up_to_date)


def role(desk: Desk, name: str = "Role") -> UUID:
    key = desk.project.attributes.add(name, Subject.PARTICIPANT)
    first, *_ = desk.project.participants.all()
    desk.project.attributes.set({(first.id, key): "Nurse"})
    return key


def entries(menu: QMenu) -> dict[str, QAction]:
    """The texts of a menu and of the menus in it."""
    found: dict[str, QAction] = {}
    for action in menu.actions():
        below = action.menu()
        found[action.text()] = action
        if isinstance(below, QMenu):
            found.update(entries(below))
    return found


def rows(page: CodedPage) -> list[str]:
    model = page.found.matrix.model
    return [str(model.headerData(at, Qt.Orientation.Vertical)) for at in range(model.rowCount())]


def choose(page: CodedPage, text: str) -> None:
    menu = page.found.matrix.rows_menu()
    entries(menu)[text].trigger()
    menu.deleteLater()


def test_attributes_are_offered_by_whose_they_are(
    desk: Desk, page: CodedPage, qtbot: QtBot
) -> None:
    before = page.found.matrix.rows_menu()
    assert list(entries(before)) == ["participants", "documents", "groups of participants"]
    role(desk, "Role & rank")
    desk.project.attributes.add("Setting", Subject.DOCUMENT)
    settled(page, qtbot)
    menu = page.found.matrix.rows_menu()
    assert list(entries(menu))[3:] == [
        "an attribute of participants",
        "Role && rank",
        "an attribute of documents",
        "Setting",
    ]
    assert [text for text, action in entries(menu).items() if action.isChecked()] == [
        "participants"
    ]
    for one in (before, menu):
        one.deleteLater()


def test_values_are_the_rows_and_a_figure_opens_its_passages(
    desk: Desk, page: CodedPage, qtbot: QtBot
) -> None:
    role(desk)
    settled(page, qtbot)
    choose(page, "Role")
    settled(page, qtbot)
    matrix = page.found.matrix
    assert rows(page) == ["Nurse", "Not reported"]
    assert matrix.rows_pill.accessibleName() == "Rows Role"
    at = matrix.model.index(0, 1)
    assert at.data() == "1"
    with qtbot.waitSignal(matrix.opened) as opened:
        qtbot.mouseClick(
            matrix.grid.viewport(),
            Qt.MouseButton.LeftButton,
            pos=matrix.grid.visualRect(at).center(),
        )
    assert opened.args is not None
    assert len(opened.args[0]) == 1


def test_the_size_of_a_row_opens_nothing_and_is_not_tinted(
    desk: Desk, page: CodedPage, qtbot: QtBot
) -> None:
    role(desk)
    settled(page, qtbot)
    choose(page, "Role")
    settled(page, qtbot)
    matrix = page.found.matrix
    assert matrix.model.headerData(0, Qt.Orientation.Horizontal) == "Participants, n"
    size, figure = matrix.model.index(0, 0), matrix.model.index(0, 1)
    assert matrix.model.behind(size) == ()
    assert (size.data(), figure.data()) == ("1", "1")
    ground = Qt.ItemDataRole.BackgroundRole
    assert size.data(ground) is None
    assert figure.data(ground) is not None


def test_an_attribute_that_is_deleted_gives_way_to_participants_and_may_come_back(
    desk: Desk, page: CodedPage, qtbot: QtBot
) -> None:
    key = role(desk)
    settled(page, qtbot)
    choose(page, "Role")
    settled(page, qtbot)
    desk.project.attributes.delete(key)
    settled(page, qtbot)
    assert rows(page) == ["P01", "P02"]
    assert page.found.matrix.rows_pill.accessibleName() == "Rows participants"
    desk.project.history.undo()
    settled(page, qtbot)
    assert rows(page) == ["P01", "P02"]
    choose(page, "Role")
    settled(page, qtbot)
    assert rows(page) == ["Nurse", "Not reported"]


def test_the_next_start_shows_the_same_matrix(desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
    role(desk)
    settled(page, qtbot)
    choose(page, "Role")
    page.found.matrix._set(MatrixRows.ATTRIBUTE, MatrixCell.REFERENCES, page_attribute(page))
    asked = Query((Block((Term(TermKind.CODE, desk.code),)),))
    page.ask(asked)
    settled(page, qtbot)
    CodedPage(desk.context, page.window())  # never looked at
    again = CodedPage(desk.context, page.window())
    again.resize(900, 600)
    again.show()
    settled(again, qtbot)
    assert again.found.shows_matrix()
    assert again.found.matrix.rows_pill.accessibleName() == "Rows Role"
    assert again.found.matrix.cells_pill.accessibleName() == "Cells codings"
    assert rows(again) == ["Nurse", "Not reported"]
    assert again.query_panel.query().blocks == asked.blocks
    again.hide()


def page_attribute(page: CodedPage) -> UUID | None:
    return page.found.matrix.options(Query()).attribute


@pytest.mark.parametrize(
    "kept",
    [
        {"view": "map", "rows": "trees"},
        {"view": "matrix", "rows": "attribute", "cell": "references", "attribute": None},
        {"view": "matrix", "rows": "attribute", "cell": "references", "attribute": "none"},
        {"view": 3, "rows": [], "cell": {}, "attribute": 7, "below": "yes"},
    ],
)
def test_what_was_kept_and_is_not_understood_changes_nothing(
    desk: Desk, page: CodedPage, qtbot: QtBot, kept: dict[str, object]
) -> None:
    settings, key = desk.context.settings, desk.project.local_id
    settings.remember_local_state(key, {"retrieve_shown": kept})
    again = CodedPage(desk.context, page.window())
    again.resize(900, 600)
    again.show()
    settled(again, qtbot)
    assert again.found.shows_matrix() is (kept["view"] == "matrix")
    assert again.found.matrix.rows_pill.accessibleName() == "Rows participants"
    assert again.found.matrix.cells_pill.accessibleName() == "Cells 1 or 0"
    again.hide()


def test_the_passages_of_a_code_asked_for_elsewhere_are_a_list(
    desk: Desk, page: CodedPage, qtbot: QtBot
) -> None:
    page.ask_for_code(desk.code)
    settled(page, qtbot)
    assert not page.found.shows_matrix()
    assert page.found.model.count == 1
