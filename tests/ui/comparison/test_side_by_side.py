"""Whole documents side by side, walked through by keys and the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.side_by_side.choices_bar import Narrowing
from ikt_coder.ui.comparison.side_by_side.page import SideBySidePage
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.ui.comparison.settling import Coded

Key = Qt.Key


class _Settle:
    def __init__(self) -> None:
        self.items: list[UUID] = []

    def show_item(self, item: UUID) -> None:
        self.items.append(item)

    def focus_place(self) -> None:
        """Nothing to focus here."""


class _Place:
    """Stands for the Compare place: notes where one is sent."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.settle = _Settle()

    def show_page(self, key: str) -> None:
        self.shown.append(key)


class Beside:
    def __init__(self, study: Coded, appearance: Appearance, bot: QtBot) -> None:
        def fail(error: BaseException) -> None:
            raise error

        self.study = study
        self.bot = bot
        self.place = _Place()
        self.said: list[str] = []
        self.context = Context(study.project, Settings.load(), appearance, Tasks(fail))
        self.context.message.connect(lambda words, _undo: self.said.append(words))
        self.page = SideBySidePage(self.context, self.place)  # type: ignore[arg-type]  # a stand-in
        bot.addWidget(self.page)
        self.page.resize(1280, 760)

    def open(self, round_: UUID | None) -> None:
        self.page.show_round(round_)
        with self.bot.waitActive(self.page):
            self.page.show()
        self.wait()
        self.page.focus_place()

    def wait(self) -> None:
        self.bot.waitUntil(lambda: self.page.up_to_date and not self.context.tasks.busy)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClick(widget, key)

    def close(self) -> None:
        self.context.signals.end()
        self.context.tasks.wait()
        self.study.project.close()


@pytest.fixture
def beside(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Beside]:
    study = Coded(tmp_path / "study.ikt", coders=3, documents=2)
    study.differ()
    study.code(2, "Clear role", "Nobody had explained how a study is put together")
    study.finish()
    made = Beside(study, appearance, qtbot)
    yield made
    made.close()


def test_j_and_k_walk_and_enter_opens_the_item_in_settle(beside: Beside) -> None:
    beside.open(beside.study.round)
    page = beside.page
    kinds = []
    for _ in page.items:
        beside.press(Key.Key_J)
        item = next(i for i in page.items if i.id == page.current)
        kinds.append(item.kind)
    assert len(kinds) == 6
    assert kinds[0] is DifferenceKind.BOUNDARY
    before = page.current
    beside.press(Key.Key_J)
    assert page.current == before
    assert "last" in beside.said[-1]
    beside.press(Key.Key_K)
    assert page.current == page.items[-2].id
    beside.press(Key.Key_Return)
    assert beside.place.shown == ["settle"]
    (opened,) = beside.place.settle.items
    known = {item.id for item in beside.study.project.reconciliation.items(beside.study.round)}
    assert opened in known


def test_two_of_three_coders_are_compared_with_each_other(beside: Beside) -> None:
    beside.open(beside.study.round)
    page = beside.page
    assert [head.accessibleName() for head in page.columns.heads] == ["Coder A", "Coder B"]
    # What the third coder has or lacks is no difference between these two.
    assert all(len(item.sides) == 2 for item in page.items)
    chip = page.bar.chips[beside.study.coders[2]]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    beside.wait()
    assert len(page.columns.panes) == 3
    assert all(len(item.sides) == 3 for item in page.items)
    for coder in beside.study.coders[:2]:
        QTest.mouseClick(page.bar.chips[coder], Qt.MouseButton.LeftButton)
        beside.wait()
    assert len(page.columns.panes) == 2, "one column alone compares nothing"


def test_columns_share_their_scroll_and_the_text_lines_up(beside: Beside) -> None:
    beside.open(beside.study.round)
    page = beside.page
    page.resize(820, 360)
    first, second = page.columns.panes
    second.verticalScrollBar().setValue(60)
    assert first.verticalScrollBar().value() == 60
    tops = [[line.top for line in pane.lines()] for pane in (first, second)]
    assert tops[0] == tops[1]


def test_what_differs_is_told_by_more_than_colour(beside: Beside) -> None:
    beside.open(beside.study.round)
    page = beside.page
    shapes = [pane.shapes_between(0, 10**6) for pane in page.columns.panes]
    held = {(kind, has) for pane in shapes for _, _, kind, has, _ in pane}
    assert (DifferenceKind.BOUNDARY, False) in held, "what one lacks is outlined"
    assert (DifferenceKind.DIFFERENT_CODE, True) in held
    beside.press(Key.Key_J)
    assert page.line.title.text() == "Boundary"
    assert "CA 48 · CB 85 characters" in page.line.words.text()


def test_narrowing_to_a_class_and_a_code(beside: Beside) -> None:
    beside.open(beside.study.round)
    page = beside.page
    page.bar._narrow(Narrowing(DifferenceKind.ONE_SIDE))
    assert {item.kind for item in page.items} == {DifferenceKind.ONE_SIDE}
    code = beside.study.codes["Shared decision-making"]
    page.bar._narrow(Narrowing(None, code))
    assert all(code in item.codes for item in page.items)
    assert len(page.items) == 2


def test_codings_as_they_stand_need_no_round(beside: Beside) -> None:
    beside.open(None)
    page = beside.page
    assert len(page.items) == 6
    beside.press(Key.Key_J, Key.Key_Return)
    assert not beside.place.shown
    assert "of no round" in beside.said[-1]


def test_a_passage_is_shown_from_elsewhere(beside: Beside) -> None:
    beside.open(beside.study.round)
    page = beside.page
    page.resize(820, 320)
    document = beside.study.documents[0]
    span = beside.study.span(0, "I saw the results first.")
    page.show_document(document, span)
    beside.wait()
    offsets = page.columns.page.offsets
    for pane in page.columns.panes:
        assert pane.results == [offsets.units(span)]
        assert pane.rects(*offsets.units(span)), "not scrolled to"
    beside.press(Key.Key_K)
    assert all(not pane.results for pane in page.columns.panes)


def test_another_document_and_the_place_is_kept(beside: Beside) -> None:
    beside.open(beside.study.round)
    page = beside.page
    page.show_document(beside.study.documents[1])
    beside.wait()
    assert page.columns.content is not None
    assert page.columns.content.title == "P02"
    again = SideBySidePage(beside.context)
    beside.bot.addWidget(again)
    again.show_round(beside.study.round)
    with beside.bot.waitExposed(again):
        again.show()
    beside.bot.waitUntil(lambda: again.up_to_date)
    assert again.columns.content is not None
    assert again.columns.content.title == "P02"
