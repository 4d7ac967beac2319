"""The window by mouse and keys: places, panes, undo, coders, drops."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import NotAllowed, ProjectFileError
from ikt_coder.core.span import Span
from ikt_coder.services import history
from ikt_coder.services.project import Project
from ikt_coder.settings import READING_SIZE
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.window.look import LookFollowsSettings
from ikt_coder.ui.window.panels import LEFT, RIGHT
from tests.ui.window.conftest import Open, document_named

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def codings(window: MainWindow) -> int:
    return sum(row.codings_all for row in window.context.project.documents.all())


def code_by_key(window: MainWindow, qtbot: QtBot) -> None:
    """Code a place of the first document with the last code, by Q."""
    window.transcript.pane.setFocus()
    document = window.transcript.document
    assert document is not None
    window.transcript.reveal(document, Span(200, 220))
    qtbot.keyClick(window.transcript.pane, Qt.Key.Key_Q)


# -- places and panes -------------------------------------------------------------------------


def test_places_change_by_click_and_by_key(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.switch.button("themes"), Qt.MouseButton.LeftButton)
    assert window.themes.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_PageUp, CTRL)
    assert window.retrieval.isVisible()
    assert window.switch.current() == "retrieve"
    qtbot.keyClick(window, Qt.Key.Key_PageUp, CTRL)
    assert window.desk.isVisible()
    assert window.switch.current() == "code"


def test_the_places_go_round_their_ends(window: MainWindow, qtbot: QtBot) -> None:
    places = window.switch.keys()
    qtbot.keyClick(window, Qt.Key.Key_PageUp, CTRL)
    assert window.switch.current() == places[-1]
    qtbot.keyClick(window, Qt.Key.Key_PageDown, CTRL)
    assert window.switch.current() == "code"


def test_the_focus_goes_along_to_the_other_place(window: MainWindow, qtbot: QtBot) -> None:
    window.transcript.pane.setFocus()
    qtbot.keyClick(window.transcript.pane, Qt.Key.Key_PageDown, CTRL)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.retrieval.isAncestorOf(focus)
    qtbot.keyClick(focus, Qt.Key.Key_PageUp, CTRL)
    assert QApplication.focusWidget() is window.transcript.pane


def test_after_a_click_on_a_place_keys_act_in_it(window: MainWindow, qtbot: QtBot) -> None:
    window.transcript.pane.setFocus()
    qtbot.mouseClick(window.switch.button("themes"), Qt.MouseButton.LeftButton)
    board = window.themes.board
    qtbot.waitUntil(lambda: board.canvas.isAncestorOf(QApplication.focusWidget() or window))
    focus = QApplication.focusWidget()
    assert focus is not None
    with qtbot.waitSignal(window.context.signals.changed):
        qtbot.keyClick(focus, Qt.Key.Key_N)
    assert len(window.context.project.themes.all()) == 1
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    # The card that had the focus goes with its theme.
    window.undo.undo.trigger()
    qtbot.waitUntil(lambda: len(board.tops) == 1)
    assert board.canvas.isAncestorOf(QApplication.focusWidget() or window)
    qtbot.mouseClick(window.switch.button("code"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is window.transcript.pane


def test_who_goes_elsewhere_while_the_board_is_read_stays_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.transcript.pane.setFocus()
    qtbot.mouseClick(window.switch.button("themes"), Qt.MouseButton.LeftButton)
    window.coder.pill.setFocus()
    qtbot.waitUntil(lambda: window.themes.snapshot is not None)
    assert QApplication.focusWidget() is window.coder.pill


def test_the_arrows_keep_the_focus_on_the_places(window: MainWindow, qtbot: QtBot) -> None:
    code = window.switch.button("code")
    code.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(code, Qt.Key.Key_Right)
    assert window.switch.current() == "retrieve"
    assert QApplication.focusWidget() is window.switch.button("retrieve")


def test_ctrl_shift_f_searches_what_is_selected(window: MainWindow, qtbot: QtBot) -> None:
    window.transcript.pane.setFocus()
    document = window.transcript.document
    assert document is not None
    turn = window.context.project.documents.turns(document)[0]
    window.transcript.pane.select(turn.words_start, turn.words_start + 9)
    chosen = window.transcript.pane.textCursor().selectedText().strip()
    qtbot.keyClick(window.transcript.pane, Qt.Key.Key_F, CTRL | SHIFT)
    page = window.retrieval.search
    assert page.isVisible()
    assert page.panel.field.text() == chosen
    qtbot.waitUntil(lambda: page.up_to_date)
    assert page.hits.model.hit(0).document == document


def test_a_click_in_the_list_opens_a_document(window: MainWindow, qtbot: QtBot) -> None:
    second = document_named(window.context.project, "P02 Clinician")
    window.documents.document_chosen.emit(second)
    assert window.transcript.document == second
    assert window.header.title.text() == "P02 Clinician"
    assert "0 codings by Ana Silva" in window.header.facts.text()


def test_f6_goes_round_the_panes_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.transcript.setFocus()
    panes = window.going.panes()
    assert panes == [window.documents, window.middle, window.codes]
    for pane in (window.codes, window.documents, window.middle):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert pane.isAncestorOf(focus), pane
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, SHIFT)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.documents.isAncestorOf(focus)


def test_ctrl_k_outside_the_text_goes_to_the_codebook(window: MainWindow, qtbot: QtBot) -> None:
    window.panels.turn(RIGHT)
    window.documents.tree.setFocus()
    qtbot.keyClick(window.documents.tree, Qt.Key.Key_K, CTRL)
    assert window.panels.shown(RIGHT)
    assert QApplication.focusWidget() is window.codes.field


def test_ctrl_f_finds_in_the_text_from_anywhere(window: MainWindow, qtbot: QtBot) -> None:
    window.documents.tree.setFocus()
    qtbot.keyClick(window.documents.tree, Qt.Key.Key_F, CTRL)
    assert window.transcript.find_bar.isVisible()
    assert QApplication.focusWidget() is window.transcript.find_bar.field


def test_a_panel_folds_away_and_comes_back_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    width = window.documents.width()
    window.documents.tree.setFocus()
    window.actions_["documents_panel"].trigger()
    assert not window.documents.isVisible()
    assert not window.actions_["documents_panel"].isChecked()
    assert QApplication.focusWidget() is window.transcript.pane, "the focus is not left behind"
    assert window.context.settings.splitter("desk")[LEFT] == 0
    window.actions_["documents_panel"].trigger()
    assert window.documents.isVisible()
    assert abs(window.documents.width() - width) <= 2


def test_passages_of_a_code_stand_under_the_text_and_beside_the_themes(
    window: MainWindow, qtbot: QtBot
) -> None:
    code = next(row for row in window.context.project.codes.all() if row.name == "Trust")
    window.context.passages_wanted.emit(code.id)
    assert window.passages.isVisible()
    assert window.reading.indexOf(window.passages) == 1
    window.going.go_to_place("themes")
    assert window.passages.isVisible()
    assert window.places.beside("themes").indexOf(window.passages) == 1
    qtbot.mouseClick(window.passages.close_button, Qt.MouseButton.LeftButton)
    assert not window.passages.isVisible()
    assert not window.actions_["passages_panel"].isChecked()


# -- undo and redo ----------------------------------------------------------------------------


def test_an_act_is_told_and_taken_back_by_key(window: MainWindow, qtbot: QtBot) -> None:
    code_by_key(window, qtbot)
    assert codings(window) == 2
    assert "Trust" in window.status.plain_words()
    assert window.status.undo_button().isVisible()
    assert window.undo.undo.text() == "Undo apply “Trust”"
    qtbot.keySequence(window.transcript.pane, QKeySequence(QKeySequence.StandardKey.Undo))
    assert codings(window) == 1
    assert window.status.plain_words() == "Undone: Applied Trust to 20 characters"
    assert window.undo.redo.text() == "Redo apply “Trust”"
    qtbot.keySequence(window.transcript.pane, QKeySequence(QKeySequence.StandardKey.Redo))
    assert codings(window) == 2


def test_the_link_beside_the_last_act_undoes_it(window: MainWindow, qtbot: QtBot) -> None:
    code_by_key(window, qtbot)
    qtbot.mouseClick(window.status.undo_button(), Qt.MouseButton.LeftButton)
    assert codings(window) == 1


def test_typing_is_undone_before_the_project(window: MainWindow, qtbot: QtBot) -> None:
    code_by_key(window, qtbot)
    field = window.codes.field
    field.setFocus()
    qtbot.keyClicks(field, "tru")
    undo = QKeySequence(QKeySequence.StandardKey.Undo)
    window.undo.refresh()
    assert window.undo.undo.text() == "Undo typing"
    qtbot.keySequence(field, undo)
    assert field.text() == ""
    assert codings(window) == 2
    qtbot.keySequence(field, undo)
    assert codings(window) == 1, "with nothing left to undo in the field, the project is next"


def test_what_may_not_be_done_is_said_where_nothing_moves(window: MainWindow) -> None:
    window.context.fail(NotAllowed("A coding keeps at least one <letter>.", "Undo it."))
    assert window.status.plain_words() == "A coding keeps at least one <letter>. Undo it."
    assert not window.notice.isVisible()


def test_a_failure_stands_until_the_next_act(window: MainWindow, qtbot: QtBot) -> None:
    window.context.fail(ProjectFileError("The disk is full; the act was not kept."))
    assert "disk is full" in window.notice.message()
    assert window.notice.isVisible()
    code_by_key(window, qtbot)
    assert not window.notice.isVisible()


def make_yesterdays(path: Path) -> None:
    """Let everything in a closed project have been done two days earlier."""
    driver = sqlite3.connect(path)
    name = "operation"
    triggers = driver.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (name,)
    ).fetchall()
    for trigger, _ in triggers:
        driver.execute(f'DROP TRIGGER "{trigger}"')
    driver.execute("UPDATE operation SET at = at - ?", (2 * 86_400 * 1_000_000,))
    for _, sql in triggers:
        driver.execute(sql)
    driver.commit()
    driver.close()


def test_undo_names_the_act_before_it_crosses_into_an_earlier_day(
    open_window: Open, project_file: Path, qtbot: QtBot
) -> None:
    make_yesterdays(project_file)
    window = open_window(project_file)
    qtbot.keySequence(window.transcript.pane, QKeySequence(QKeySequence.StandardKey.Undo))
    assert codings(window) == 1, "nothing is undone yet"
    assert "apply “Trust”" in window.notice.message()
    button(window, "Undo it").click()
    assert codings(window) == 0
    assert not window.notice.isVisible()
    qtbot.keySequence(window.transcript.pane, QKeySequence(QKeySequence.StandardKey.Undo))
    assert len(window.context.project.codes.all()) == 1, "the same day is not asked about twice"


def button(window: MainWindow, words: str) -> QPushButton:
    return next(b for b in window.notice.buttons() if b.text() == words)


def test_a_refused_undo_says_why_and_offers_the_history(window: MainWindow, qtbot: QtBot) -> None:
    project = window.context.project
    trust = next(row.id for row in project.codes.all() if row.name == "Trust")
    project.codes.change(trust, name="Trust and ties")
    ana = project.coder
    project.coder = project.coders.find("Ben Roy").id
    project.codes.change(trust, name="Ties")
    project.coder = ana
    window.undo.undo_one()
    assert "later act" in window.notice.message()
    assert project.codes.get(trust).name == "Ties"
    in_the_way = project.history.all(limit=1)[0].seq
    project.codes.add("Later")
    button(window, "Open History").click()
    shown = window.dialogs.history()
    assert shown.tree.currentIndex().data(ItemRole.KEY) == in_the_way
    assert not window.notice.isVisible()


def test_a_long_undo_runs_beside_the_window(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ikt_coder.ui.window.undo.LONG_UNDO", 0)
    assert history.LONG_UNDO > 0
    window.undo.undo_one()
    qtbot.waitUntil(lambda: codings(window) == 0)
    qtbot.waitUntil(lambda: "Undone" in window.status.plain_words())


def test_a_document_that_was_deleted_comes_back_where_it_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    project = window.context.project
    for row in project.documents.all():
        window.going.open_document(row.id)
        project.documents.delete(row.id)
    assert window.middle.currentWidget() is window.nothing
    window.undo.undo_one()
    qtbot.waitUntil(lambda: window.transcript.document is not None)
    assert window.header.title.text() == "P02 Clinician"


# -- coders -----------------------------------------------------------------------------------


def test_another_coder_sits_down(window: MainWindow, qtbot: QtBot) -> None:
    menu = QMenu(window)
    window.coder.fill(menu)
    ben = next(action for action in menu.actions() if "Ben Roy" in action.text())
    ben.trigger()
    assert window.coder.pill.accessibleName() == "Coding as Ben Roy"
    assert "0 codings by Ben Roy" in window.header.facts.text()
    assert len(window.transcript.pane.marks) == 0, "Ana's codings are not Ben's"
    assert not window.undo.undo.isEnabled(), "Ben has done nothing to undo"


def test_a_new_coder_sits_down_only_where_that_is_said(window: MainWindow, qtbot: QtBot) -> None:
    before = window.coder.pill.accessibleName()
    window.coder.add()
    dialog = window.coder.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.form.name.editor, "Dana Fox")
    qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert [row.name for row in window.context.project.coders.everyone()][-1] == "Dana Fox"
    assert window.coder.pill.accessibleName() == before
    assert window.status.plain_words() == "Added the coder Dana Fox"
    window.coder.add()
    dialog = window.coder.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.form.name.editor, "Ana Silva")
    qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible(), "the name is taken"
    assert "already" in dialog.form.name.note()
    dialog.form.name.editor.clear()
    qtbot.keyClicks(dialog.form.name.editor, "Chris Wu")
    dialog.sits_down.setFocus()
    qtbot.keyClick(dialog.sits_down, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert window.coder.pill.accessibleName() == "Coding as Chris Wu"


def test_the_card_is_changed_in_one_act(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["card"].trigger()
    dialog = window.dialogs.card()
    dialog.name.editor.clear()
    qtbot.keyClicks(dialog.name.editor, "Panels, second year")
    qtbot.keyClicks(dialog.form.question.editor, "Who decides?")
    qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert window.windowTitle().startswith("Panels, second year")
    window.undo.undo_one()
    assert window.windowTitle().startswith("Partners in panels")
    assert window.context.project.card.get().research_question == ""


# -- drops, keys, safety ----------------------------------------------------------------------


def drop(window: MainWindow, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window.dropEvent(
        QDropEvent(
            QPointF(QPoint(400, 300)),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_dropped_files_are_imported_and_projects_opened(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[Path]] = []
    monkeypatch.setattr(window.documents, "import_files", asked.append)
    drop(window, tmp_path / "a.docx", tmp_path / "b.txt")
    assert asked == [[tmp_path / "a.docx", tmp_path / "b.txt"]]
    with qtbot.waitSignal(window.open_asked) as opened:
        drop(window, tmp_path / "Study.ikt")
    assert opened.args == [tmp_path / "Study.ikt"]


def test_no_key_means_two_things(window: MainWindow) -> None:
    """Keys that act in the whole window are unique, and free of those of the transcript."""
    everywhere = Qt.ShortcutContext.WindowShortcut
    keys: Counter[str] = Counter()
    seen: set[int] = set()
    for action in window.findChildren(QAction):
        if id(action) in seen or action.shortcutContext() != everywhere:
            continue
        seen.add(id(action))
        keys.update(key.toString() for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    here = window.transcript.acts
    for name in here.names():
        if here[name].shortcutContext() != everywhere:
            clash = [key.toString() for key in here[name].shortcuts() if key.toString() in keys]
            assert clash == [], f"{name} and an act of the window"


def test_every_act_stands_in_a_menu(window: MainWindow) -> None:
    reached: set[str] = set()

    def walk(menu: QMenu) -> None:
        menu.aboutToShow.emit()
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                walk(inner)
            else:
                reached.add(action.objectName())

    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        walk(menu)
    assert set(window.actions_.names()) <= reached
    assert set(window.transcript.acts.names()) <= reached


def test_a_copy_is_written(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "copy"
    window.dialogs.write_copy(target)
    qtbot.waitUntil(lambda: "copy.ikt" in window.status.plain_words())
    copy = Project.open(tmp_path / "copy.ikt", read_only=True)
    assert len(copy.documents.all()) == 2
    copy.close()


def test_a_backup_that_fails_is_told_calmly(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("no backup was made")

    def full() -> None:
        raise OSError(28, "No space left on device")

    safety = window.context.project.safety
    monkeypatch.setattr(safety, "backup_if_changed", full)
    window.backups.make()
    qtbot.waitUntil(lambda: window.status.state("backup") != "")
    monkeypatch.undo()
    window.backups.make()
    qtbot.waitUntil(lambda: window.status.state("backup") == "")


def test_all_text_grows_and_goes_back(window: MainWindow, qtbot: QtBot) -> None:
    look, settings = window.context.appearance, window.context.settings
    end = LookFollowsSettings(look, settings).end
    reading = settings.get(READING_SIZE)
    qtbot.keyClick(window, Qt.Key.Key_Equal, CTRL)
    assert look.text_size > 100
    assert settings.get(READING_SIZE) == reading + 1
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    assert look.text_size == 100
    assert settings.get(READING_SIZE) == reading
    end()
