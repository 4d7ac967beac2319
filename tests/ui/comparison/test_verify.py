"""The second coder goes through the first one's codings, by keys and by the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ikt_coder.core.rounds import DecisionKind, DifferenceKind, RoundMode
from ikt_coder.core.words import Layer, Valence
from ikt_coder.services.settling_rows import ItemState
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.verify.page import VerifyPage
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import ChoiceList
from ikt_coder.ui.tasks import Tasks
from tests.ui.comparison.settling import Coded

Key = Qt.Key


class Verify:
    """The page over two documents that the first coder has finished."""

    def __init__(self, path: Path, appearance: Appearance, bot: QtBot) -> None:
        def fail(error: BaseException) -> None:
            raise error

        self.study = Coded(path, documents=2, mode=RoundMode.VERIFY)
        for document in (0, 1):
            self.study.code(
                0, "Trusting relationship", "the coordinator phoned me", document=document
            )
            self.study.code(
                *(0, "Clear role", "Nobody had explained how a study is put together"),
                *(Valence.BARRIER, document),
            )
            self.study.code(
                0, "Resources for partners", "paid for the taxi", Valence.FACILITATOR, document
            )
        self.project = self.study.project
        self.project.coders.switch(self.study.coders[0])
        self.project.rounds.finish(self.study.round, self.study.documents)
        self.project.coders.switch(self.study.coders[1])
        self.bot = bot
        self.said: list[str] = []
        self.context = Context(self.project, Settings.load(), appearance, Tasks(fail))
        self.context.message.connect(lambda words, _undo: self.said.append(words))
        self.context.failed.connect(fail)
        self.page = VerifyPage(self.context)
        bot.addWidget(self.page)
        self.page.resize(1280, 780)

    def open(self) -> None:
        self.page.show_round(self.study.round)
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
        self.wait()

    def kinds(self) -> list[DecisionKind | None]:
        assert self.page.found is not None
        return [item.decision.kind if item.decision else None for item in self.page.found.items]

    def select(self, words: str) -> None:
        span = self.study.span(0, words)
        offsets = self.page.columns.page.offsets
        self.page.pane.select(offsets.to_qt(span.start), offsets.to_qt(span.end))

    def choose(self, words: str) -> None:
        """Type in the list of codes and take the first one."""
        (chooser,) = self.page.window().findChildren(ChoiceList)
        chooser.field.setText(words)
        QTest.keyClick(chooser.field, Key.Key_Return)
        self.wait()

    def close(self) -> None:
        self.context.signals.end()
        self.context.tasks.wait()
        self.project.close()


@pytest.fixture
def verify(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Verify]:
    made = Verify(tmp_path / "verify.ikt", appearance, qtbot)
    made.open()
    yield made
    made.close()


def test_a_document_is_judged_by_keys_alone(verify: Verify) -> None:
    page = verify.page
    assert page.found is not None
    assert page.current == page.found.items[0].id
    verify.press(Key.Key_A)
    assert verify.kinds() == [DecisionKind.ACCEPT, None, None]
    assert page.current == page.found.items[1].id, "the next one comes by itself"
    verify.press(Key.Key_U)
    verify.press(Key.Key_F)
    assert verify.kinds() == [DecisionKind.ACCEPT, DecisionKind.REMOVE, DecisionKind.CHANGE_CODE]
    verify.press(Key.Key_F)
    verify.press(Key.Key_K)
    verify.press(Key.Key_J)
    item = page.item()
    assert item is not None
    assert verify.project.codings.in_document(verify.study.documents[0], verify.study.coders[0]), (
        "the first coder's own codings stay"
    )


def test_edges_are_those_of_the_selection(verify: Verify) -> None:
    verify.press(Key.Key_E)
    assert "press E again" in verify.said[-1]
    assert verify.page.pane.selected() is not None
    verify.select("Nobody had explained")
    verify.press(Key.Key_E)
    assert verify.page.found is not None
    first = verify.page.found.items[0]
    assert first.decision is not None
    assert [s.span for s in first.decision.result] == [verify.study.span(0, "Nobody had explained")]


def test_another_code_and_what_was_missed(verify: Verify) -> None:
    verify.press(Key.Key_C)
    verify.choose("Shared")
    assert verify.kinds()[0] is DecisionKind.CHANGE_CODE
    verify.press(Key.Key_N)
    assert "Select the words" in verify.said[-1] or verify.page.pane.selected() is not None
    verify.select("I felt I belonged there")
    verify.press(Key.Key_N)
    verify.choose("Trusting")
    assert verify.page.found is not None
    added = verify.page.found.items[-1]
    assert added.kind is DifferenceKind.MISSED
    assert verify.page.current == added.id
    verify.press(Key.Key_B)
    rows = verify.project.codings.in_document(verify.study.documents[0], None, Layer.CONSENSUS)
    span = verify.study.span(0, "I felt I belonged there")
    assert [row.valence for row in rows if row.span == span] == [Valence.BARRIER]


def test_turns_are_checked_one_after_the_other(verify: Verify) -> None:
    page = verify.page
    page.pane.place_caret(0)
    assert page.found is not None
    assert page.found.text is not None
    for turn in page.found.text.turns:
        assert not page.turns.is_checked(turn.id)
        verify.press(Key.Key_T)
        assert page.turns.is_checked(turn.id)
    assert verify.kinds() == [DecisionKind.ACCEPT] * 3
    (row, _) = page.found.documents
    assert row.whole
    verify.project.history.undo()
    verify.wait()
    assert page.found is not None
    assert not page.found.documents[0].whole


def test_a_click_marks_a_turn_and_takes_the_mark_off(verify: Verify) -> None:
    page = verify.page
    page.grab()
    box, turn = page.turns._boxes[0]
    at = QPoint(round(box.center().x()), round(box.center().y()))
    QTest.mouseClick(page.turns, Qt.MouseButton.LeftButton, pos=at)
    verify.wait()
    assert page.turns.is_checked(turn)
    page.grab()
    QTest.mouseClick(page.turns, Qt.MouseButton.LeftButton, pos=at)
    verify.wait()
    assert not page.turns.is_checked(turn)


def test_the_whole_document_is_checked_and_the_next_one_comes(verify: Verify) -> None:
    page = verify.page
    QTest.mouseClick(page.documents.whole, Qt.MouseButton.LeftButton)
    verify.wait()
    assert page.found is not None
    assert page.found.checked.whole
    assert not page.found.documents[0].whole, "its codings are still to be judged"
    page.documents.choose(verify.study.documents[1])
    verify.wait()
    assert page.found is not None
    assert page.found.document == verify.study.documents[1]
    assert all(item.state is ItemState.OPEN for item in page.found.items)


def test_the_reason_goes_with_the_judgement(verify: Verify) -> None:
    verify.press(Key.Key_R)
    QTest.keyClicks(QApplication.focusWidget(), "not a role")
    verify.press(Key.Key_Return)
    verify.press(Key.Key_U)
    assert verify.page.found is not None
    decision = verify.page.found.items[0].decision
    assert decision is not None
    assert decision.reason == "not a role"
    assert verify.page.panel.reason.text.text() == ""


def test_the_first_coder_can_only_look(
    tmp_path: Path, qtbot: QtBot, appearance: Appearance
) -> None:
    made = Verify(tmp_path / "look.ikt", appearance, qtbot)
    made.project.coders.switch(made.study.coders[0])
    made.open()
    assert made.page.found is not None
    assert made.page.found.hindrance
    assert not made.page.panel.buttons["A"].isEnabled()
    made.press(Key.Key_A)
    assert made.kinds() == [None, None, None]
    assert "Coder B verifies" in made.said[-1]
    made.close()


def test_a_round_of_another_kind_says_so(
    tmp_path: Path, qtbot: QtBot, appearance: Appearance
) -> None:
    made = Verify(tmp_path / "blind.ikt", appearance, qtbot)
    made.open()
    made.page.show_round(None)
    made.wait()
    assert made.page.stack.currentWidget() is made.page.nothing
    made.close()


# The offscreen platform says this of any menu; it is no fault of ours.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_letter_is_in_the_menu(verify: Verify) -> None:
    page = verify.page
    page.pane.menu_asked.emit(QPoint(10, 10))
    (menu,) = page.window().findChildren(QMenu)
    told = [action.text().split("\t")[-1] for action in menu.actions() if action.text()]
    assert set(told) == set(page._acts)
    next(action for action in menu.actions() if action.text().endswith("\tB")).trigger()
    menu.close()
    verify.wait()
    assert verify.kinds()[0] is DecisionKind.CHANGE_CODE, "the same direction again clears it"
    page.step(-1)
    page._acts["B"]()
    verify.wait()
    assert verify.kinds()[0] is DecisionKind.ACCEPT, "it was a barrier when it was coded"


def test_that_a_coding_is_the_last_is_not_said_of_the_next_one(verify: Verify) -> None:
    verify.press(Key.Key_J, Key.Key_J, Key.Key_J)
    assert verify.said[-1] == "This is the last coding."
    verify.press(Key.Key_K)
    assert verify.said[-1] == ""
    told = len(verify.said)
    verify.press(Key.Key_K)
    assert len(verify.said) == told, "what was said of something else stays"
