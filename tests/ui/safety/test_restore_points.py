"""Restore points on screen: named, listed, gone back to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ikt_coder.ui.safety.restore_points import RestorePointsDialog
from ikt_coder.ui.widgets.roles import ItemRole
from tests.studies import dump
from tests.ui.history.study_desk import Desk


@pytest.fixture
def points(desk: Desk) -> RestorePointsDialog:
    dialog = RestorePointsDialog(desk.context)
    desk.show(dialog)
    return dialog


def names(points: RestorePointsDialog) -> list[str]:
    return [points.model.index(at, 0).data() for at in range(points.model.rowCount())]


def test_a_state_is_named_and_gone_back_to(desk: Desk, points: RestorePointsDialog) -> None:
    assert points._empty.isVisible()
    then = dump(desk.project.path)
    desk.bot.keyClicks(points.name, "Before merging")
    desk.bot.keyClick(points.name, Qt.Key.Key_Return)
    assert names(points) == ["Before merging"]
    assert points.name.text() == ""
    desk.bot.waitUntil(lambda: points.words.text() == "This is the present state.")
    assert not points.back.isEnabled()
    desk.project.codes.add("Trust")
    desk.project.codes.add("Role")
    now = dump(desk.project.path)
    # Each act is looked at; between the two it says one.
    desk.bot.waitUntil(lambda: "takes back 2 acts by Amara Okafor" in points.words.text())
    assert points.back.isEnabled()
    desk.bot.mouseClick(points.back, Qt.MouseButton.LeftButton)
    desk.bot.waitUntil(lambda: "Went back, taking back <b>2 acts</b>" in desk.said)
    desk.settle()
    assert dump(desk.project.path) == then
    assert names(points) == ["Before merging"]
    # Going back is an act, but to take it back would not lead here.
    desk.bot.waitUntil(lambda: points.words.text() == "This is the present state.")
    assert not points.back.isEnabled()
    desk.project.history.undo()
    assert dump(desk.project.path) == now


def test_a_name_is_given_once(desk: Desk, points: RestorePointsDialog) -> None:
    for _ in range(2):
        desk.bot.keyClicks(points.name, "Before merging")
        desk.bot.keyClick(points.name, Qt.Key.Key_Return)
    assert names(points) == ["Before merging"]
    assert points._problem.isVisible()
    assert "already" in points._problem.text()
    desk.bot.keyClicks(points.name, " again")
    desk.bot.keyClick(points.name, Qt.Key.Key_Return)
    assert names(points) == ["Before merging again", "Before merging"]
    assert not points._problem.isVisible()


def test_an_empty_name_names_nothing(desk: Desk, points: RestorePointsDialog) -> None:
    desk.bot.keyClicks(points.name, "   ")
    desk.bot.keyClick(points.name, Qt.Key.Key_Return)
    assert desk.project.history.restore_points() == ()


def test_a_point_before_a_compacted_file_is_gone_for_good(
    desk: Desk, points: RestorePointsDialog
) -> None:
    desk.project.codes.add("Trust")
    desk.project.history.name_restore_point("Old")
    desk.project.safety.compact()
    assert names(points) == ["Old"]
    index = points.model.index(0, 0)
    assert index.data(ItemRole.DIM) is True
    assert index.data(ItemRole.SUBTITLE).endswith("gone for good")
    desk.bot.waitUntil(lambda: points.words.text().startswith("Nobody can go back"))
    assert not points.back.isEnabled()


def test_reading_only_lists_and_names_nothing(desk: Desk) -> None:
    desk.project.history.name_restore_point("Here")
    desk.project.codes.add("Trust")
    desk.project.file.read_only = True
    dialog = RestorePointsDialog(desk.context)
    desk.show(dialog)
    desk.bot.waitUntil(lambda: "takes back 1 act" in dialog.words.text())
    assert not dialog.back.isEnabled()
    assert not dialog.name.isEnabled()
    dialog.go_back()
    assert not dialog.going_back.running
