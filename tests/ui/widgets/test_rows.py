"""Rows of trees and lists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.painting import wrapped
from ikt_coder.ui.widgets.roles import BadgeRole, ColourRole, CountRole, SubtitleRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.row_tree import RowTree
from ikt_coder.ui.widgets.tree_row_delegate import Index, TreeRowDelegate

LONG = "Memory, attention and decision processes of those who take part in the panel"


def _item(name: str, count: object = None, badge: str = "", colour: str = "") -> QStandardItem:
    item = QStandardItem(name)
    item.setData(count, CountRole)
    item.setData(badge, BadgeRole)
    item.setData(colour, ColourRole)
    return item


@pytest.fixture
def tree(qtbot: QtBot, appearance: Appearance) -> RowTree:
    made = RowTree(appearance, "Codebook")
    model = QStandardItemModel(made)
    group = _item("Inductive")
    group.appendRow(_item("Clear role", 24, "2", "blue"))
    group.appendRow(_item(LONG, 3, "", "#b5501b"))
    model.appendRow(group)
    made.setModel(model)
    made.expandAll()
    made.resize(260, 300)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def _rows(tree: RowTree) -> list[int]:
    group = tree.model().index(0, 0)
    indexes = [group, *(tree.model().index(i, 0, group) for i in range(2))]
    return [tree.visualRect(index).height() for index in indexes]


def test_one_line_is_28_pixels_and_a_long_name_takes_two(tree: RowTree) -> None:
    short, child, long = _rows(tree)
    assert short == child == 28
    assert 28 < long <= 56


def test_a_wider_tree_needs_one_line_again(qtbot: QtBot, tree: RowTree) -> None:
    tree.resize(900, 300)
    qtbot.waitUntil(lambda: _rows(tree) == [28, 28, 28])


def test_rows_grow_with_the_text(qtbot: QtBot, appearance: Appearance, tree: RowTree) -> None:
    tree.resize(600, 300)
    appearance.set_text_size(200)
    qtbot.waitUntil(lambda: _rows(tree)[1] == 56)


def test_an_elided_name_is_told_by_tooltip(appearance: Appearance, tree: RowTree) -> None:
    delegate = tree.itemDelegate()
    assert isinstance(delegate, TreeRowDelegate)
    group = tree.model().index(0, 0)
    option = QStyleOptionViewItem()
    option.rect = tree.visualRect(group)
    option.rect.setWidth(150)
    assert delegate.whole_text(option, tree.model().index(1, 0, group)) == LONG
    assert delegate.whole_text(option, tree.model().index(0, 0, group)) == ""


def test_the_chosen_row_has_its_bar_and_ground_over_the_whole_width(
    qtbot: QtBot, appearance: Appearance, tree: RowTree
) -> None:
    group = tree.model().index(0, 0)
    child = tree.model().index(0, 0, group)
    qtbot.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(child).center()
    )
    assert tree.currentIndex() == child
    image = tree.viewport().grab().toImage()
    y = tree.visualRect(child).top() + 3
    assert image.pixelColor(1, y).name() == appearance.tokens.accent
    assert image.pixelColor(8, y).name() == appearance.tokens.accent_ground
    assert image.pixelColor(image.width() - 2, y).name() == appearance.tokens.accent_ground


def test_a_press_on_the_chevron_folds_without_choosing(qtbot: QtBot, tree: RowTree) -> None:
    group = tree.model().index(0, 0)
    row = tree.visualRect(group)
    place = QPoint(tree.indent_of(group), row.center().y())
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not tree.isExpanded(group)
    assert tree.selectionModel().selectedIndexes() == []
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tree.isExpanded(group)


def test_arrow_keys_walk_and_fold(qtbot: QtBot, tree: RowTree) -> None:
    group = tree.model().index(0, 0)
    tree.setCurrentIndex(group)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert tree.currentIndex() == tree.model().index(0, 0, group)
    qtbot.keyClick(tree, Qt.Key.Key_Left)
    qtbot.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(group)


def test_a_code_colour_by_name_is_painted_in_its_shade(
    qtbot: QtBot, appearance: Appearance, tree: RowTree
) -> None:
    child = tree.model().index(0, 0, tree.model().index(0, 0))
    row = tree.visualRect(child)
    wanted = appearance.code_colour("blue").name()
    image = tree.viewport().grab().toImage()
    y = row.center().y()
    seen = {image.pixelColor(x, y).name() for x in range(row.left(), row.left() + 40)}
    assert wanted in seen


def test_a_list_of_two_line_entries(qtbot: QtBot, appearance: Appearance) -> None:
    rows = RowList(appearance, "To settle", ruled=True)
    model = QStandardItemModel(rows)
    item = QStandardItem("P01 · different code")
    item.setData("Resources for partners · Environmental context", SubtitleRole)
    model.appendRow(item)
    model.appendRow(QStandardItem("P02"))
    rows.setModel(model)
    rows.resize(320, 200)
    qtbot.addWidget(rows)
    rows.show()
    assert rows.sizeHintForRow(0) > rows.sizeHintForRow(1) == 28
    assert rows.content_height() == rows.sizeHintForRow(0) + 28
    assert rows.content_height(1) == rows.sizeHintForRow(0)


@pytest.mark.parametrize("text", [LONG, "x" * 300, "a 😀" * 60, "שלום " * 60, "", "é" * 90])
@pytest.mark.parametrize("width", [40, 120, 500])
def test_wrapped_lines_lose_nothing_but_what_is_elided(
    appearance: Appearance, text: str, width: int
) -> None:
    lines = wrapped(text, appearance.font(), width)
    assert 1 <= len(lines) <= 2
    joined = "".join(lines).replace(" ", "")
    whole = text.replace(" ", "")
    if lines[-1].endswith("…"):
        assert whole.startswith("".join(lines[:-1]).replace(" ", ""))
    else:
        assert joined == whole


def test_the_chosen_row_of_a_popover_has_an_edge(qtbot: QtBot, appearance: Appearance) -> None:
    rows = RowList(appearance, "Codes", floating=True)
    model = QStandardItemModel(rows)
    model.appendRow(QStandardItem("Resources for partners"))
    rows.setModel(model)
    rows.resize(320, 60)
    qtbot.addWidget(rows)
    rows.show()
    rows.setCurrentIndex(model.index(0, 0))
    image = rows.viewport().grab().toImage()
    middle = rows.visualRect(model.index(0, 0)).center().y()
    assert image.pixelColor(6, middle).name() == appearance.tokens.accent
    assert image.pixelColor(10, middle).name() == appearance.tokens.accent_ground
    assert image.pixelColor(2, middle).name() not in (
        appearance.tokens.accent,
        appearance.tokens.accent_ground,
    )


def test_rows_changed_behind_a_hidden_tree_have_their_heights_when_it_is_shown(
    tree: RowTree,
) -> None:
    tree.hide()
    child = tree.model().index(0, 0, tree.model().index(0, 0))
    tree.model().setData(child, LONG)
    tree.resize(240, 300)
    tree.show()
    short, renamed, long = _rows(tree)
    assert short == 28
    assert renamed == long > 28


def test_a_row_changed_behind_a_hidden_tree_has_its_height_without_another_width(
    tree: RowTree,
) -> None:
    _rows(tree)
    tree.hide()
    child = tree.model().index(0, 0, tree.model().index(0, 0))
    tree.model().setData(child, LONG)
    tree.show()
    short, renamed, long = _rows(tree)
    assert short == 28
    assert renamed == long > 28


def test_a_tree_that_comes_back_as_it_was_measures_no_row(
    tree: RowTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _rows(tree)
    asked: list[str] = []
    hint = TreeRowDelegate.sizeHint

    def noted(delegate: TreeRowDelegate, option: QStyleOptionViewItem, index: Index) -> QSize:
        asked.append(index.data())
        return hint(delegate, option, index)

    monkeypatch.setattr(TreeRowDelegate, "sizeHint", noted)
    tree.hide()
    tree.show()
    assert _rows(tree) == before
    assert asked == []


def test_a_hidden_tree_measures_no_row(tree: RowTree, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []
    measure = TreeRowDelegate._row

    def noted(delegate: TreeRowDelegate, index: Index, width: int) -> object:
        measured.append(index.data())
        return measure(delegate, index, width)

    monkeypatch.setattr(TreeRowDelegate, "_row", noted)
    tree.hide()
    measured.clear()
    tree.collapseAll()
    tree.expandAll()
    assert measured == []
    tree.show()
    _rows(tree)
    assert sorted(measured) == sorted(["Inductive", "Clear role", LONG])


def test_what_a_hidden_tree_was_led_to_is_seen_when_it_is_shown(
    qtbot: QtBot, appearance: Appearance
) -> None:
    tree = RowTree(appearance, "Codebook")
    qtbot.addWidget(tree)
    model = QStandardItemModel(tree)
    for n in range(60):
        model.appendRow(_item(f"{n} {LONG}"))
    tree.setModel(model)
    tree.resize(200, 200)
    last = model.index(59, 0)
    tree.scrollTo(last)
    tree.show()
    seen = tree.viewport().rect() & tree.visualRect(last)
    assert seen.height() >= 28


@pytest.mark.parametrize("larger", [150, 200])
def test_a_list_that_is_kept_whole_grows_with_the_text(
    qtbot: QtBot, appearance: Appearance, larger: int
) -> None:
    rows = RowList(appearance, "Passages by document")
    model = QStandardItemModel(rows)
    for name in ("Ana", "Bo", "Cleo"):
        model.appendRow(_item(name, 1))
    rows.setModel(model)
    rows.resize(240, 100)
    qtbot.addWidget(rows)
    rows.show()
    rows.keep_whole(3)
    before = rows.height()
    appearance.set_text_size(larger)
    qtbot.waitUntil(lambda: rows.height() > before)
    assert rows.height() >= rows.content_height()
    appearance.set_text_size(100)
    qtbot.waitUntil(lambda: rows.height() == before)


def test_a_row_that_the_program_chooses_is_chosen_alone_while_ctrl_is_held(
    tree: RowTree, qtbot: QtBot
) -> None:
    """Else the row of what Ctrl+Enter imported would join what was chosen before."""
    tree.setSelectionMode(RowTree.SelectionMode.ExtendedSelection)
    group = tree.model().index(0, 0)
    first, second = (tree.model().index(at, 0, group) for at in (0, 1))
    tree.setCurrentIndex(first)
    qtbot.keyPress(tree, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    tree.setCurrentIndex(second)
    assert tree.selectedIndexes() == [second]
    qtbot.keyRelease(tree, Qt.Key.Key_Control)
    qtbot.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        tree.visualRect(first).center(),
    )
    assert len(tree.selectedIndexes()) == 2
