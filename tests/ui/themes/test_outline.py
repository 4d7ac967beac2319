"""The outline: the same themes and acts as a tree."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ikt_coder.ui.themes.drag import carried, mime_of_codes, mime_of_theme
from ikt_coder.ui.themes.outline import Outline
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.themes.desk import Desk

Key = Qt.Key


def outline(desk: Desk) -> Outline:
    desk.place.show_view("outline")
    desk.place.outline.setFocus()
    return desk.place.outline


def index(tree: Outline, name: str, parent: QModelIndex | None = None) -> QModelIndex:
    model, parent = tree.model(), parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        here = model.index(row, 0, parent)
        if here.data() == name:
            return here
        below = index(tree, name, here)
        if below.isValid():
            return below
    return QModelIndex()


def test_themes_hold_their_codes_and_sub_themes(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.theme("The first call", parent=first)
    desk.settle()
    tree = outline(desk)
    phones = index(tree, "Someone phones")
    assert phones.data(ItemRole.COUNT) == "n = 1 of 2"
    assert index(tree, "Contact", phones).data(ItemRole.COUNT) == 1
    assert index(tree, "The first call", phones).isValid()
    assert index(tree, "Time", index(tree, "Not yet in a theme")).isValid()


def test_keys_are_those_of_the_board(desk: Desk) -> None:
    first, second = desk.fill()
    tree = outline(desk)
    tree.setCurrentIndex(index(tree, "Contact"))
    desk.press(Key.Key_Delete)
    assert desk.codes_of(first) == []
    tree.setCurrentIndex(index(tree, "Time"))
    desk.press(Key.Key_T)
    desk.type("role")
    desk.press(Key.Key_Return)
    assert desk.codes_of(second) == ["Time"]
    tree.setFocus()
    tree.setCurrentIndex(index(tree, "Someone phones"))
    desk.press(Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert any(row.parent == first for row in desk.project.themes.all())
    tree.setCurrentIndex(index(tree, "A role nobody described"))
    desk.press(Key.Key_Delete)
    assert "A role nobody described" not in desk.names()


def test_f2_renames_in_place(desk: Desk) -> None:
    desk.fill()
    tree = outline(desk)
    tree.setCurrentIndex(index(tree, "Someone phones"))
    QTest.keyClick(tree, Key.Key_F2)
    editor = tree.findChild(QLineEdit)
    assert editor is not None
    editor.setText("A person calls")
    QTest.keyClick(editor, Key.Key_Return)
    desk.settle()
    assert "A person calls" in desk.names()
    assert tree.currentIndex().data() == "A person calls"


def test_drops_move_codes_and_themes(desk: Desk) -> None:
    first, second = desk.fill()
    tree = outline(desk)
    model = tree.model()
    target = index(tree, "A role nobody described")
    data = model.mimeData([index(tree, "Contact")])
    assert carried(data).source == first
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, target)
    desk.settle()
    assert (desk.codes_of(first), desk.codes_of(second)) == ([], ["Contact"])
    target = index(tree, "Someone phones")
    model.dropMimeData(mime_of_theme(second), Qt.DropAction.MoveAction, -1, -1, target)
    desk.settle()
    assert desk.row(second).parent == first
    codes = mime_of_codes([desk.code_id("Time")], None)
    model.dropMimeData(codes, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    desk.settle()
    assert "New theme" in desk.names()


def test_folding_and_the_current_row_survive_acts(desk: Desk) -> None:
    desk.fill()
    tree = outline(desk)
    tree.setExpanded(index(tree, "Not yet in a theme"), False)
    tree.setCurrentIndex(index(tree, "Contact"))
    desk.code("the slides", "Contact")
    desk.settle()
    assert not tree.isExpanded(index(tree, "Not yet in a theme"))
    assert tree.isExpanded(index(tree, "Someone phones"))
    assert tree.currentIndex().data() == "Contact"


def test_a_double_click_opens(desk: Desk) -> None:
    desk.fill()
    tree = outline(desk)
    tree.doubleClicked.emit(index(tree, "Contact"))
    assert len(desk.wanted) == 1
    tree.doubleClicked.emit(index(tree, "A role nobody described"))
    desk.settle()
    assert desk.place.fields.form.name.hasFocus()
    assert desk.place.fields.form.name.text() == "A role nobody described"
