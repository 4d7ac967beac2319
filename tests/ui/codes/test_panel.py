"""The codebook driven by pointer and keys."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import shiboken6
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ikt_coder.core.span import Span
from ikt_coder.core.words import Pattern
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.ui.codes.look_popover import LookPopover
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.codes.panel import CodesPanel
from ikt_coder.ui.codes.tree_model import Kind
from ikt_coder.ui.context import Context
from ikt_coder.ui.transcript.selection_mime import CODES, SELECTION
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.codes.conftest import Desk, click, drop, point_of

LEFT = Qt.MouseButton.LeftButton


def shown(panel: CodesPanel) -> list[str]:
    """The names of the rows that are seen, from the top."""
    found: list[str] = []
    index = panel.model.index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = panel.tree.indexBelow(index)
    return found


class TestShowing:
    def test_codes_stand_as_the_project_has_them(self, desk: Desk, panel: CodesPanel) -> None:
        assert shown(panel) == ["Trust", "Earned", "Lost", "Clear role", "Time"]

    def test_a_framework_gets_a_heading_and_the_rest_too(
        self, desk: Desk, panel: CodesPanel
    ) -> None:
        desk.project.frameworks.add("com-b")
        names = shown(panel)
        assert names[:2] == ["Inductive", "Trust"]
        at = names.index("COM-B model of behaviour")
        assert names[at + 1] == "Capability"
        heading = panel.model.index_of(desk.code("COM-B model of behaviour"))
        assert heading.data(ItemRole.COUNT) == "COM-B"
        desk.project.history.undo()
        assert shown(panel)[0] == "Trust"

    def test_counts_follow_coding_without_a_new_tree(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        resets: list[int] = []
        panel.model.modelReset.connect(lambda: resets.append(1))
        index = panel.model.index_of(desk.code("Earned"))
        coding = desk.apply("slides", "Earned")
        qtbot.waitUntil(lambda: index.data(ItemRole.COUNT) == "1")
        assert "1 with sub-codes" in str(
            panel.model.index_of(desk.code("Trust")).data(Qt.ItemDataRole.ToolTipRole)
        )
        desk.project.codings.remove(coding)
        qtbot.waitUntil(lambda: index.data(ItemRole.COUNT) == "0")
        assert resets == []

    def test_counts_are_the_present_coders(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        desk.apply("slides", "Time")
        index = panel.model.index_of(desk.code("Time"))
        qtbot.waitUntil(lambda: index.data(ItemRole.COUNT) == "1")
        desk.project.coders.switch(desk.project.coders.add("Berit Lund"))
        qtbot.waitUntil(lambda: index.data(ItemRole.COUNT) == "0")

    def test_a_recoloured_code_keeps_selection_and_tree(
        self, desk: Desk, panel: CodesPanel
    ) -> None:
        panel.tree.choose(desk.code("Lost"))
        resets: list[int] = []
        panel.model.modelReset.connect(lambda: resets.append(1))
        desk.project.codes.change(desk.code("Lost"), colour="red", name="Lost again")
        assert panel.tree.currentIndex().data() == "Lost again"
        assert panel.tree.currentIndex().data(ItemRole.COLOUR) == "red"
        assert resets == []

    def test_folded_branches_stay_folded(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        panel.tree.collapse(panel.model.index_of(desk.code("Trust")))
        desk.project.codes.add("Another")
        assert shown(panel) == ["Trust", "Clear role", "Time", "Another"]
        again = CodesPanel(desk.context, panel)
        assert shown(again) == ["Trust", "Clear role", "Time", "Another"]

    def test_rows_speak(self, desk: Desk, panel: CodesPanel) -> None:
        desk.project.codes.pin(desk.code("Time"), 4)
        index = panel.model.index_of(desk.code("Time"))
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Time, 0 codings, key 4"
        assert index.data(ItemRole.BADGE) == "4"


class TestFinding:
    def test_typing_leaves_what_fits_and_what_it_lies_in(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        panel.focus_filter()
        qtbot.keyClicks(panel.field, "ear")
        assert shown(panel) == ["Trust", "Earned", "Clear role", "+ New code “ear”"]
        assert panel.tree.currentIndex().data() == "Earned"
        assert panel.tree.currentIndex().data(ItemRole.MATCH) == ((0, 3),)
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
        assert shown(panel) == ["Trust", "Earned", "Lost", "Clear role", "Time"]

    def test_enter_on_a_match_is_a_click(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        qtbot.keyClicks(panel.field, "rol")
        with qtbot.waitSignal(panel.code_clicked) as clicked:
            qtbot.keyClick(panel.field, Qt.Key.Key_Return)
        assert clicked.args == [desk.code("Clear role")]

    def test_enter_on_no_match_creates(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        qtbot.keyClicks(panel.field, "  Being let in ")
        assert shown(panel) == ["+ New code “Being let in”"]
        with qtbot.waitSignal(panel.code_clicked) as clicked:
            qtbot.keyClick(panel.field, Qt.Key.Key_Return)
        assert clicked.args == [desk.code("Being let in")]
        assert panel.field.text() == ""
        assert panel.tree.current_code() == desk.code("Being let in")
        assert desk.said == ["New code <b>Being let in</b>"]

    def test_the_arrows_lead_to_the_row_that_creates(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(panel.field, "tim")
        qtbot.keyClick(panel.field, Qt.Key.Key_Down)
        assert panel.tree.hasFocus()
        qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
        assert panel.model.kind(panel.tree.currentIndex()) is Kind.CREATE
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
        assert ("tim",) in desk.paths()

    def test_a_name_that_is_there_is_not_offered_again(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(panel.field, "TIME")
        assert shown(panel) == ["Time"]

    def test_up_from_the_first_row_goes_back_to_the_field(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        panel.tree.setFocus()
        panel.tree.setCurrentIndex(panel.model.index(0, 0))
        qtbot.keyClick(panel.tree, Qt.Key.Key_Up)
        assert panel.field.hasFocus()


class TestPointing:
    def test_a_click_tells_the_code_and_several_do_not(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        clicked: list[UUID] = []
        panel.code_clicked.connect(clicked.append)
        click(qtbot, panel, desk.code("Time"))
        assert clicked == [desk.code("Time")]
        qtbot.mouseClick(
            panel.tree.viewport(),
            Qt.MouseButton.RightButton,
            pos=point_of(panel, desk.code("Lost")),
        )
        assert clicked == [desk.code("Time")]

    def test_a_heading_is_never_applied(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        desk.project.frameworks.add("com-b")
        clicked: list[UUID] = []
        panel.code_clicked.connect(clicked.append)
        panel.tree.choose(desk.code("COM-B model of behaviour"))
        click(qtbot, panel, desk.code("COM-B model of behaviour"))
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
        assert clicked == []

    def test_a_double_click_lists_and_takes_back_what_its_first_click_coded(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        code = desk.code("Time")
        panel.code_clicked.connect(
            lambda c: desk.project.codings.apply(desk.document, desk.span("slides"), c)
        )
        place = point_of(panel, code)
        with qtbot.waitSignal(desk.context.passages_wanted) as wanted:
            qtbot.mouseClick(panel.tree.viewport(), LEFT, pos=place)
            assert len(desk.project.codings.in_document(desk.document)) == 1
            qtbot.mouseDClick(panel.tree.viewport(), LEFT, pos=place)
        assert wanted.args == [code]
        assert desk.project.codings.in_document(desk.document) == ()

    def test_a_double_click_leaves_older_codings_alone(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        desk.apply("slides", "Time")
        place = point_of(panel, desk.code("Time"))
        qtbot.mouseClick(panel.tree.viewport(), LEFT, pos=place)
        qtbot.mouseDClick(panel.tree.viewport(), LEFT, pos=place)
        assert len(desk.project.codings.in_document(desk.document)) == 1


class TestChanging:
    def test_f2_renames_in_place(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        code = desk.code("Time")
        panel.tree.choose(code)
        panel.tree.setFocus()
        qtbot.keyClick(panel.tree, Qt.Key.Key_F2)
        editor = panel.tree.viewport().findChild(QLineEdit)
        assert editor is not None
        assert editor.text() == "Time"
        editor.setText("Time and <place>")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: desk.project.codes.get(code).name == "Time and <place>")
        assert desk.said == ["Renamed to <b>Time and &lt;place&gt;</b>"]

    def test_a_taken_name_is_refused_calmly(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        index = panel.model.index_of(desk.code("Time"))
        panel.model.setData(index, "clear ROLE")
        assert index.data() == "Time"
        assert len(desk.refused) == 1

    def test_delete_asks_nothing_and_tells_what_went(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        desk.apply("slides", "Earned")
        desk.apply("phoned", "Trust")
        panel.tree.choose(desk.code("Trust"))
        panel.tree.setFocus()
        qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
        assert desk.paths() == [("Clear role",), ("Time",)]
        assert desk.said == ["Deleted <b>Trust</b>: 3 codes, 2 codings"]
        desk.project.history.undo()
        assert shown(panel)[0] == "Trust"

    def test_a_large_branch_goes_on_the_worker(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        code = desk.code("Time")
        spans = [Span(at, at + size) for at in range(60) for size in range(1, 7)]
        desk.project.codings.apply_many([NewCoding(desk.document, s, code) for s in spans])
        panel.tree.choose(code)
        panel.acts["delete"].trigger()
        assert desk.said == []
        qtbot.waitUntil(lambda: desk.said == ["Deleted <b>Time</b>: 1 code, 360 codings"])
        qtbot.waitUntil(lambda: shown(panel) == ["Trust", "Earned", "Lost", "Clear role"])
        desk.project.history.undo()
        qtbot.waitUntil(lambda: shown(panel)[-1] == "Time")
        assert len(desk.project.codings.of_codes([code])) == 360

    def test_a_new_code_and_a_sub_code_by_name(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        panel.tree.choose(desk.code("Time"))
        panel.acts["new_below"].trigger()
        popover = panel.window().findChild(NamePopover)
        assert popover is not None
        qtbot.keyClicks(popover.field, "Waiting")
        qtbot.keyClick(popover.field, Qt.Key.Key_Return)
        assert ("Time", "Waiting") in desk.paths()
        assert panel.tree.current_code() == desk.code("Waiting")

    def test_escape_makes_no_code(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        before = desk.paths()
        panel.acts["new"].trigger()
        popover = panel.window().findChild(NamePopover)
        assert popover is not None
        qtbot.keyClicks(popover.field, "Nothing")
        qtbot.keyClick(popover.field, Qt.Key.Key_Escape)
        assert desk.paths() == before

    def test_pinning_shows_the_key_and_frees_it(self, desk: Desk, panel: CodesPanel) -> None:
        panel.tree.choose(desk.code("Time"))
        panel.acts.digits[7].trigger()
        assert panel.tree.currentIndex().data(ItemRole.BADGE) == "7"
        panel.acts.digits[None].trigger()
        assert panel.tree.currentIndex().data(ItemRole.BADGE) is None

    def test_colour_and_pattern_by_keys(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        code = desk.code("Time")
        desk.project.codes.change(code, colour="blue")
        panel.tree.choose(code)
        panel.acts["look"].trigger()
        popover = panel.window().findChild(LookPopover)
        assert popover is not None
        assert popover.colours["blue"].hasFocus()
        qtbot.keyClick(popover.colours["blue"], Qt.Key.Key_Right)
        qtbot.keyClick(popover.colours["orange"], Qt.Key.Key_Space)
        qtbot.mouseClick(popover.patterns[Pattern.DOTTED], LEFT)
        row = desk.project.codes.get(code)
        assert (row.colour, row.pattern) == ("orange", Pattern.DOTTED)
        qtbot.keyClick(popover, Qt.Key.Key_Escape)

    def test_several_codes_are_recoloured_in_one_act(self, desk: Desk, panel: CodesPanel) -> None:
        codes = [desk.code("Time"), desk.code("Clear role")]
        before = [desk.project.codes.get(code).colour for code in codes]
        panel.commands.recolour(codes, "brown")
        assert [desk.project.codes.get(code).colour for code in codes] == ["brown", "brown"]
        desk.project.history.undo()
        assert [desk.project.codes.get(code).colour for code in codes] == before

    def test_moving_by_keys(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        panel.tree.choose(desk.code("Time"))
        panel.tree.setFocus()
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(panel.tree, Qt.Key.Key_Up, both)
        assert shown(panel) == ["Trust", "Earned", "Lost", "Time", "Clear role"]
        qtbot.keyClick(panel.tree, Qt.Key.Key_Right, both)
        assert ("Trust", "Time") in desk.paths()
        qtbot.keyClick(panel.tree, Qt.Key.Key_Up, both)
        assert shown(panel) == ["Trust", "Earned", "Time", "Lost", "Clear role"]
        qtbot.keyClick(panel.tree, Qt.Key.Key_Left, both)
        assert shown(panel) == ["Trust", "Earned", "Lost", "Time", "Clear role"]
        qtbot.keyClick(panel.tree, Qt.Key.Key_Down, both)
        assert shown(panel) == ["Trust", "Earned", "Lost", "Clear role", "Time"]
        assert panel.tree.current_code() == desk.code("Time")

    def test_acts_fit_what_is_chosen(self, desk: Desk, panel: CodesPanel) -> None:
        desk.project.frameworks.add("com-b")
        panel.tree.choose(desk.code("COM-B model of behaviour"))
        off = ("merge", "split", "passages", "look")
        assert not any(panel.acts[name].isEnabled() for name in off)
        assert panel.acts["delete"].isEnabled()
        panel.tree.choose(desk.code("Time"))
        assert all(panel.acts[name].isEnabled() for name in off)
        panel.tree.clearSelection()
        assert not panel.acts["rename"].isEnabled()


def codes_data(*codes: UUID) -> QMimeData:
    data = QMimeData()
    data.setData(CODES, "\n".join(map(str, codes)).encode())
    return data


def words_data(desk: Desk, words: str) -> QMimeData:
    span = desk.span(words)
    data = QMimeData()
    place = {"document": str(desk.document), "start": span.start, "end": span.end}
    data.setData(SELECTION, json.dumps(place).encode())
    return data


class TestDropping:
    def test_onto_a_code_moves_and_never_merges(self, desk: Desk, panel: CodesPanel) -> None:
        data = codes_data(desk.code("Time"))
        drop(panel, data, point_of(panel, desk.code("Clear role")))
        assert ("Clear role", "Time") in desk.paths()
        assert desk.said == ["Moved <b>Time</b> into <b>Clear role</b>"]

    def test_between_codes_moves_there(self, desk: Desk, panel: CodesPanel) -> None:
        row = panel.tree.visualRect(panel.model.index_of(desk.code("Trust")))
        data = codes_data(desk.code("Time"))
        drop(panel, data, QPoint(row.center().x(), row.top() + 1))
        assert shown(panel)[0] == "Time"

    def test_below_an_open_code_becomes_its_first(self, desk: Desk, panel: CodesPanel) -> None:
        row = panel.tree.visualRect(panel.model.index_of(desk.code("Trust")))
        data = codes_data(desk.code("Time"))
        drop(panel, data, QPoint(row.center().x(), row.bottom() - 1))
        assert shown(panel)[:2] == ["Trust", "Time"]
        assert desk.paths()[1] == ("Trust", "Time")

    def test_on_empty_space_goes_to_the_top(self, desk: Desk, panel: CodesPanel) -> None:
        data = codes_data(desk.code("Lost"))
        drop(panel, data, QPoint(40, panel.tree.viewport().height() - 4))
        assert desk.paths()[-1] == ("Lost",)

    def test_into_itself_changes_nothing(self, desk: Desk, panel: CodesPanel) -> None:
        before = desk.paths()
        drop(panel, codes_data(desk.code("Trust")), point_of(panel, desk.code("Earned")))
        drop(panel, codes_data(desk.code("Trust")), point_of(panel, desk.code("Trust")))
        assert desk.paths() == before
        assert len(desk.refused) == 1

    def test_onto_inductive_goes_before_the_frameworks(self, desk: Desk, panel: CodesPanel) -> None:
        desk.project.frameworks.add("com-b")
        group = panel.tree.visualRect(panel.model.index(0, 0)).center()
        drop(panel, codes_data(desk.code("Lost")), group)
        roots = [path[0] for path in desk.paths() if len(path) == 1]
        assert roots == ["Trust", "Clear role", "Time", "Lost", "COM-B model of behaviour"]

    def test_words_on_a_code_are_coded(self, desk: Desk, panel: CodesPanel) -> None:
        drop(panel, words_data(desk, "She phoned me"), point_of(panel, desk.code("Time")))
        (row,) = desk.project.codings.in_document(desk.document)
        assert (row.code, row.span) == (desk.code("Time"), desk.span("She phoned me"))
        assert desk.said == ["Applied <b>Time</b> to 3 words"]

    def test_words_on_empty_space_make_a_code_in_one_act(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        drop(
            panel,
            words_data(desk, "She phoned me"),
            QPoint(40, panel.tree.viewport().height() - 4),
        )
        popover = panel.window().findChild(NamePopover)
        assert popover is not None
        qtbot.keyClicks(popover.field, "Reaching out")
        qtbot.keyClick(popover.field, Qt.Key.Key_Return)
        (row,) = desk.project.codings.in_document(desk.document)
        assert row.code == desk.code("Reaching out")
        desk.project.history.undo()
        assert ("Reaching out",) not in desk.paths()

    def test_codes_travel_as_their_ids(self, desk: Desk, panel: CodesPanel) -> None:
        wanted = [desk.code("Time"), desk.code("Lost")]
        data = panel.model.mimeData([panel.model.index_of(code) for code in wanted])
        assert bytes(data.data(CODES).data()).decode().split() == [str(c) for c in wanted]
        assert data.text() == "Time\nLost"


def test_an_empty_codebook_says_what_to_do(desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
    desk.project.codes.delete([row.id for row in desk.project.codes.all()])
    assert panel.empty.isVisible()
    qtbot.keyClicks(panel.field, "First")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert desk.paths() == [("First",)]
    assert panel.tree.isVisible()


def test_a_read_only_project_is_for_reading(
    desk: Desk, panel: CodesPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.apply("slides", "Time")
    desk.project.safety.save_copy(tmp_path / "Copy.ikt")
    copy = Project.open(tmp_path / "Copy.ikt", read_only=True)
    context = Context(copy, desk.context.settings, desk.context.appearance, desk.context.tasks)
    reading = CodesPanel(context)
    index = reading.model.index_of(desk.code("Time"))
    assert index.data(ItemRole.COUNT) == "1"
    reading.tree.choose(desk.code("Time"))
    writing = ("new", "rename", "merge", "split", "delete", "look", "up", "describe")
    assert not any(reading.acts[name].isEnabled() for name in writing)
    assert reading.acts["passages"].isEnabled()
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    qtbot.keyClicks(reading.field, "zzz")
    assert reading.model.rowCount() == 0
    shiboken6.delete(reading)
    context.signals.end()
    copy.close()
