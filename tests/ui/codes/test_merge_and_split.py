"""Merging and splitting through their dialogs."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from ikt_coder.core.span import Span
from ikt_coder.ui.codes.merge_dialog import MergeDialog
from ikt_coder.ui.codes.panel import CodesPanel
from ikt_coder.ui.codes.split_dialog import SplitDialog
from tests.ui.codes.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


def choose(panel: CodesPanel, desk: Desk, *names: str) -> None:
    panel.tree.choose(desk.code(names[0]))
    for name in names[1:]:
        index = panel.model.index_of(desk.code(name))
        panel.tree.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def merging(panel: CodesPanel) -> MergeDialog:
    panel.acts["merge"].trigger()
    dialog = panel.window().findChild(MergeDialog)
    assert dialog is not None
    return dialog


class TestMerging:
    def test_tells_what_it_touches_before_and_undoes(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        codings = desk.project.codings
        codings.apply(desk.document, Span(10, 20), desk.code("Time"))
        codings.apply(desk.document, Span(20, 30), desk.code("Clear role"))
        codings.apply(desk.document, Span(10, 20), desk.code("Clear role"))
        desk.project.memos.add("Rule", code=desk.code("Clear role"))
        choose(panel, desk, "Time", "Clear role")
        dialog = merging(panel)
        assert "2 codes" in dialog.question.text()
        assert dialog.target() == desk.code("Time")
        qtbot.waitUntil(dialog.merge.isEnabled)
        told = dialog.preview.text()
        assert "2 codings of 1 code move to “Time”" in told
        assert "1 passage has both codes" in told
        assert "1 rule memo" in told
        assert dialog.join.isVisible()
        qtbot.mouseClick(dialog.join, LEFT)
        qtbot.mouseClick(dialog.merge, LEFT)
        qtbot.waitUntil(lambda: ("Clear role",) not in desk.paths())
        (row,) = codings.of_codes([desk.code("Time")])
        assert row.span == Span(10, 30)
        qtbot.waitUntil(lambda: desk.said == ["Merged <b>Clear role</b> into <b>Time</b>"])
        desk.project.history.undo()
        assert ("Clear role",) in desk.paths()
        assert len(codings.in_document(desk.document)) == 3

    def test_touching_passages_stay_apart_unless_asked(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        desk.project.codings.apply(desk.document, Span(10, 20), desk.code("Time"))
        desk.project.codings.apply(desk.document, Span(20, 30), desk.code("Lost"))
        choose(panel, desk, "Time", "Lost")
        dialog = merging(panel)
        dialog.chooser.choose(desk.code("Lost"))
        qtbot.waitUntil(lambda: dialog.merge.isEnabled() and "“Lost”" in dialog.preview.text())
        qtbot.mouseClick(dialog.merge, LEFT)
        qtbot.waitUntil(lambda: ("Time",) not in desk.paths())
        assert len(desk.project.codings.of_codes([desk.code("Lost")])) == 2

    def test_one_code_goes_into_another_that_is_found_by_typing(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        for number in range(5):
            desk.project.codes.add(f"More {number}")
        choose(panel, desk, "Time")
        dialog = merging(panel)
        assert not dialog.merge.isEnabled()
        qtbot.keyClicks(dialog.chooser.field, "cle")
        qtbot.keyClick(dialog.chooser.field, Qt.Key.Key_Down)
        qtbot.keyClick(dialog.chooser.list, Qt.Key.Key_Down)
        dialog.chooser.choose(desk.code("Clear role"))
        qtbot.waitUntil(dialog.merge.isEnabled)
        assert dialog.sources() == [desk.code("Time")]
        qtbot.mouseClick(dialog.merge, LEFT)
        qtbot.waitUntil(lambda: ("Time",) not in desk.paths())


class TestSplitting:
    def test_chosen_passages_go_to_a_new_code(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        first = desk.apply("She phoned me", "Time")
        second = desk.apply("slides", "Time")
        panel.tree.choose(desk.code("Time"))
        panel.acts["split"].trigger()
        dialog = panel.window().findChild(SplitDialog)
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
        assert not dialog.split.isEnabled()
        dialog.list.setFocus()
        dialog.list.setCurrentIndex(dialog.model.index(0, 0))
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
        place = dialog.list.visualRect(dialog.model.index(1, 0)).center()
        for _ in range(2):
            qtbot.mouseClick(dialog.list.viewport(), LEFT, pos=place)
        assert dialog.model.chosen == {first}
        qtbot.keyClicks(dialog.name, "Reaching out")
        qtbot.mouseClick(dialog.split, LEFT)
        assert desk.project.codings.get(first).code == desk.code("Reaching out")
        assert desk.project.codings.get(second).code == desk.code("Time")
        assert desk.said == [
            "Split 1 coding of <b>Time</b> off into <b>Reaching out</b>",
        ]

    def test_what_is_filtered_away_stays_chosen(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        first = desk.apply("She phoned me", "Time")
        desk.apply("slides", "Time")
        row = panel.model.row(desk.code("Time"))
        assert row is not None
        dialog = SplitDialog(desk.context, row, panel)
        qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
        dialog.model.toggle(dialog.model.index(0, 0))
        qtbot.keyClicks(dialog.field, "SLIDES")
        assert dialog.model.rowCount() == 1
        assert dialog.model.chosen == {first}
