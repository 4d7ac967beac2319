"""The page Framework matrix by real keys: grid, writer, links, columns, a first matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.services.framework_matrices.rows import CellRow, Topic
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance, FontRole, Mode
from ikt_coder.ui.context import Context
from ikt_coder.ui.framework_matrix import writer as writing
from ikt_coder.ui.framework_matrix.page import MatrixPage
from ikt_coder.ui.tasks import Tasks
from tests.services.framework_matrices.test_matrices import Small

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def _raise(error: BaseException) -> None:
    raise error


@dataclass
class Desk:
    """A small study and the page over it, with what was said and asked of the window."""

    small: Small
    page: MatrixPage
    context: Context
    qtbot: QtBot
    said: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    revealed: list[object] = field(default_factory=list)
    listed: list[object] = field(default_factory=list)

    def wait(self) -> None:
        """Until the page shows what the project holds, and the words under the cell."""
        self.qtbot.waitUntil(lambda: self.page.up_to_date and not self.context.tasks.busy)

    def press(self, *keys: Key | str, control: bool = False) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key, CTRL if control else Qt.KeyboardModifier.NoModifier)

    def stored(self) -> dict[tuple[str, str], CellRow]:
        """The cells that hold something, by the names of case and column."""
        grid = self.small.project.matrices.read(self.small.matrix)
        return {
            (case.label, column.name): cell
            for case in grid.cases
            for column in grid.matrix.columns
            if (cell := grid.cell(case.ref, column.id)).written or cell.linked
        }

    def go(self, row: int, column: int) -> None:
        self.page.grid.setCurrentIndex(self.page.grid.matrix.index(row, column))
        self.wait()


MakeDesk = Callable[[Small], Desk]


@pytest.fixture
def desk_over(qtbot: QtBot, appearance: Appearance) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(small: Small) -> Desk:
        context = Context(small.project, Settings.load(), appearance, Tasks(_raise))
        page = MatrixPage(context)
        desk = Desk(small, page, context, qtbot)
        context.message.connect(lambda words, _undo: desk.said.append(words))
        context.failed.connect(lambda error: desk.failures.append(str(error)))
        context.reveal_coding.connect(desk.revealed.append)
        context.passages_wanted.connect(desk.listed.append)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        with qtbot.waitActive(page):
            page.show()
        desk.wait()
        page.focus_page()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.context.signals.end()
        desk.context.tasks.wait()
        QApplication.processEvents()  # what was read last is shown while the project is open
        desk.small.project.close()


@pytest.fixture
def desk(tmp_path: Path, desk_over: MakeDesk) -> Desk:
    return desk_over(Small(tmp_path / "Study.ikt"))


def test_enter_writes_and_tab_keeps_it_and_goes_on(desk: Desk) -> None:
    assert desk.page.grid.hasFocus()
    desk.press(Key.Key_Return, "Was phoned", Key.Key_Tab, "None", Key.Key_Backtab)
    desk.wait()
    assert {key: cell.text for key, cell in desk.stored().items()} == {
        ("P01", "Support"): "Was phoned",
        ("P01", "Time"): "None",
    }
    assert desk.page.writer.editor.toPlainText() == "Was phoned"
    acts = [row.kind for row in desk.small.project.history.all()]
    assert acts.count("write_cell") == 2
    assert desk.said[-1] == "Wrote the summary of P01, Time"


def test_typing_in_the_grid_begins_the_summary(desk: Desk) -> None:
    desk.press("W")
    assert desk.page.writer.editor.hasFocus()
    desk.press("ell", Key.Key_Escape)
    assert desk.page.grid.hasFocus()
    assert desk.stored()["P01", "Support"].text == "Well"


def test_control_arrows_go_from_cell_to_cell_but_move_by_words_inside(desk: Desk) -> None:
    desk.press(Key.Key_Return, "two words")
    desk.press(Key.Key_Left, control=True)
    assert desk.page.writer.editor.textCursor().position() == 4
    desk.press(Key.Key_Down, control=True)
    assert desk.page.grid.currentIndex().row() == 1
    desk.press(Key.Key_Right, control=True)  # the cell is empty: its end is its beginning
    assert desk.page.grid.currentIndex().column() == 1
    desk.press(Key.Key_Up, control=True)
    desk.press(Key.Key_Left, control=True)
    assert desk.page.writer.editor.toPlainText() == "two words"
    assert desk.page.grid.currentIndex().row() == 0


def test_a_pause_keeps_the_text_and_the_caret(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert writing.PAUSE > 1000
    desk.page.writer._pause.setInterval(10)
    desk.press(Key.Key_Return, "Was phoned")
    desk.page.writer.editor.moveCursor(QTextCursor.MoveOperation.Start)
    desk.qtbot.waitUntil(lambda: bool(desk.stored()))
    desk.wait()
    assert desk.page.writer.editor.textCursor().position() == 0
    assert not desk.page.writer.dirty


def test_undo_takes_the_text_back_from_the_writer(desk: Desk) -> None:
    desk.press(Key.Key_Return, "Was phoned", Key.Key_Escape)
    desk.small.project.history.undo()
    desk.wait()
    assert desk.page.writer.editor.toPlainText() == ""
    desk.small.project.history.redo()
    desk.wait()
    assert desk.page.writer.editor.toPlainText() == "Was phoned"


def test_what_is_typed_survives_another_act(desk: Desk) -> None:
    desk.press(Key.Key_Return, "Half a sent")
    desk.small.project.codes.add("Meanwhile")
    desk.wait()
    assert desk.page.writer.editor.toPlainText() == "Half a sent"
    assert desk.page.writer.dirty


def test_passages_stand_beside_and_are_linked_and_opened(desk: Desk) -> None:
    desk.go(1, 1)
    (card,) = desk.page.writer.cards.cards
    assert "I came late" in card.accessibleName()
    assert "P02" in card.accessibleName()
    card.setFocus()
    desk.press("l")
    desk.wait()
    assert desk.stored()["P02", "Time"].linked == (desk.small.late,)
    (card,) = desk.page.writer.cards.cards
    assert card.linked
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert desk.revealed == [desk.small.late]
    QTest.mouseClick(desk.page.writer.count, Qt.MouseButton.LeftButton)
    assert desk.listed == [(desk.small.late,)]
    QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)
    desk.wait()
    assert desk.stored() == {}


def test_finished_needs_a_text_and_delete_clears(desk: Desk) -> None:
    assert not desk.page.writer.done.isEnabled()
    desk.press(Key.Key_Return, "Was phoned", Key.Key_Escape)
    desk.wait()
    desk.page.writer.done.click()
    desk.wait()
    assert desk.stored()["P01", "Support"].done
    assert "1 of 3 cells" in desk.page.progress.text()
    assert "1 finished" in desk.page.progress.text()
    desk.page.focus_page()
    desk.press(Key.Key_Delete)
    desk.wait()
    assert desk.stored() == {}


def test_the_progress_leads_to_the_next_cell_to_write(desk: Desk) -> None:
    places = []
    for _ in range(3):
        QTest.mouseClick(desk.page.progress, Qt.MouseButton.LeftButton)
        index = desk.page.grid.currentIndex()
        places.append((index.row(), index.column()))
    assert places == [(0, 2), (1, 1), (0, 0)]  # those with passages, round the end
    assert desk.page.writer.editor.hasFocus()


def test_columns_are_moved_and_taken_away(desk: Desk) -> None:
    desk.press(Key.Key_Return, "Was phoned", Key.Key_Escape)
    desk.wait()
    desk.page.move_column(1)
    desk.wait()
    names = [row.name for row in desk.small.project.matrices.get(desk.small.matrix).columns]
    assert names == ["Time", "Support", "Being heard"]
    assert desk.page.grid.key() == (desk.small.p01, desk.small.support_column)
    desk.page.set_columns([Topic(code=desk.small.time)])
    desk.wait()
    assert desk.said[-1] == "Changed the columns; one summary went with its column"
    assert desk.page.grid.matrix.columnCount() == 1


def test_a_first_matrix_takes_one_click(tmp_path: Path, desk_over: MakeDesk) -> None:
    small = Small(tmp_path / "Study.ikt")
    small.project.matrices.delete(small.matrix)
    desk = desk_over(small)
    assert desk.page.stack.currentWidget() is desk.page.empty
    texts = [button.text() for button in desk.page._start_buttons]
    assert texts == ["From the codes of the project", "From the themes"]
    desk.page._start_buttons[0].click()
    desk.wait()
    grid = desk.page.grid.matrix.grid
    assert grid is not None
    assert grid.matrix.name == "Codes × participants"
    assert [column.name for column in grid.matrix.columns] == ["Support", "Time"]
    assert [case.label for case in grid.cases] == ["P01", "P02"]
    desk.page.delete()
    desk.wait()
    assert desk.page.stack.currentWidget() is desk.page.empty


def test_every_cell_can_be_read_aloud(desk: Desk) -> None:
    index = desk.page.grid.matrix.index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "P01, Support\n2 passages · not summarised yet"
    said = desk.page.grid.matrix.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "P02, Support\nno passages"


def test_dark_large_and_narrow(desk: Desk, appearance: Appearance) -> None:
    appearance.set_mode(Mode.DARK)
    appearance.set_text_size(200)
    desk.page.resize(1024, 700)
    desk.wait()
    assert desk.page.across.orientation() is Qt.Orientation.Vertical
    assert desk.page.writer.editor.height() > 60
    assert desk.page.minimumSizeHint().width() <= 1024


def test_the_group_of_a_case_is_not_cut_off(desk: Desk) -> None:
    project = desk.small.project
    person = project.participants.all()[0]
    project.participants.change(person.id, group="Extended collaborators")
    desk.wait()
    header = desk.page.grid.verticalHeader()
    font = desk.context.appearance.font(FontRole.STRONG)
    words = QFontMetrics(font).horizontalAdvance("Extended collaborators")
    desk.qtbot.waitUntil(lambda: header.width() >= words + 40)
