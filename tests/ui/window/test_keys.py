"""Letters act in the text and are letters everywhere else; help is one key away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.core.span import Span
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.memos.editor import MemoEditor
from ikt_coder.ui.preferences.keys import KeyListDialog
from tests.ui.window.test_main_window import code_by_key, codings


def test_letters_typed_in_a_field_never_code(window: MainWindow, qtbot: QtBot) -> None:
    document = window.transcript.document
    assert document is not None
    window.transcript.reveal(document, Span(200, 220))
    window.codes.focus_filter()
    qtbot.keyClicks(window.codes.field, "quv?1")
    assert window.codes.field.text() == "quv?1"
    assert codings(window) == 1
    assert window.dialogs.shown(KeyListDialog) is None


def test_letters_act_in_the_text(window: MainWindow, qtbot: QtBot) -> None:
    code_by_key(window, qtbot)
    assert codings(window) == 2
    qtbot.keyClick(window.transcript.pane, Qt.Key.Key_U)
    assert codings(window) == 1
    assert "Removed" in window.status.plain_words()


def test_a_code_from_the_menu_needs_no_focus(window: MainWindow, qtbot: QtBot) -> None:
    document = window.transcript.document
    assert document is not None
    window.transcript.reveal(document, Span(200, 220))
    window.documents.tree.setFocus()
    window.transcript.acts["repeat"].trigger()
    assert codings(window) == 2


def test_a_question_mark_lists_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.transcript.pane.setFocus()
    qtbot.keyClick(window.transcript.pane, Qt.Key.Key_Question)
    assert window.dialogs.shown(KeyListDialog) is not None


def test_keys_are_listed_from_within_a_field_too(window: MainWindow, qtbot: QtBot) -> None:
    window.codes.focus_filter()
    qtbot.keyClick(window.codes.field, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert window.dialogs.shown(KeyListDialog) is not None


def test_a_memo_is_written_beside_the_text_and_kept_when_the_window_closes(
    window: MainWindow, qtbot: QtBot
) -> None:
    code_by_key(window, qtbot)
    qtbot.keyClick(window.transcript.pane, Qt.Key.Key_M)
    editor = window.dialogs.shown(MemoEditor)
    assert editor is not None
    qtbot.waitUntil(editor.isActiveWindow)
    field = QApplication.focusWidget()
    assert field is not None
    assert editor.isAncestorOf(field)
    qtbot.keyClicks(field, "Who phoned first?")
    assert window.isEnabled(), "the text stays in use"
    window.dialogs.close_all()
    project = window.context.project
    document = window.transcript.document
    assert document is not None
    notes = [row.memo for row in project.codings.in_document(document)]
    notes += [memo.text for memo in project.memos.all()]
    assert "Who phoned first?" in notes
