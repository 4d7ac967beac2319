"""What a click on a code would do stands at the foot of the window before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ikt_coder.settings import SELECT_THEN_CLICK
from ikt_coder.ui.main_window import MainWindow
from tests.ui.codes.conftest import click

WORDS = "A click on a code codes the selected words"


def counts(window: MainWindow) -> list[int]:
    return [code.codings for code in window.context.project.codes.all()]


def test_while_words_are_selected_the_foot_says_what_a_click_does(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane, codes = window.transcript.pane, window.context.project.codes.all()
    document = window.context.project.documents.find("P01 Patient partner").id
    window.going.open_document(document)
    pane.setFocus()
    assert window.status.state("click") == ""
    saved = next(one for one in window.status.findChildren(QLabel) if one.text().endswith("saved"))
    place = saved.geometry()
    for _ in range(4):
        qtbot.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.status.state("click") == WORDS
    window.status.layout().activate()
    assert saved.geometry() == place, "nothing else moves"
    click(qtbot, window.codes, codes[1].id)
    assert counts(window) == [1, 1]
    assert window.status.state("click") == WORDS, "several codes can follow"
    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert window.status.state("click") == ""
    click(qtbot, window.codes, codes[0].id)
    assert counts(window) == [1, 1], "who has left the words reads"


def test_words_that_were_left_coded_are_not_announced(window: MainWindow, qtbot: QtBot) -> None:
    pane, codes = window.transcript.pane, window.context.project.codes.all()
    pane.setFocus()
    for _ in range(4):
        qtbot.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    click(qtbot, window.codes, codes[1].id)
    qtbot.mouseClick(window.switch.button("retrieve"), Qt.MouseButton.LeftButton)
    assert window.status.state("click") == ""
    qtbot.mouseClick(window.switch.button("code"), Qt.MouseButton.LeftButton)
    assert window.status.state("click") == ""
    qtbot.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.status.state("click") == WORDS
    window.transcript.settings.set(SELECT_THEN_CLICK, False)
    assert window.status.state("click") == ""
