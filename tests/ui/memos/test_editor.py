"""Writing a memo: kept without asking, undone like any act, private where it is a journal."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ikt_coder.core.words import MemoKind
from ikt_coder.ui.memos.editor import MemoEditor
from ikt_coder.ui.memos.place import MemoPlace
from tests.ui.history.study_desk import Desk


@pytest.fixture
def editor(desk: Desk) -> MemoEditor:
    editor = MemoEditor(desk.context)
    desk.bot.addWidget(editor)
    return editor


def go_elsewhere(desk: Desk) -> None:
    """Another window takes the keyboard, as when the person goes on reading."""
    other = QWidget()
    desk.show(other)


def test_a_note_on_a_passage_is_kept_on_esc(desk: Desk, editor: MemoEditor) -> None:
    span = desk.span("She phoned me")
    editor.open_for(MemoPlace(desk.document, span=span))
    assert editor._where.text() == "Note, on a passage of Talk"
    assert editor._quote.text() == "“She phoned me”"
    desk.bot.keyClicks(editor._text, "The first call.")
    desk.bot.keyClick(editor._text, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    (row,) = desk.project.memos.all()
    assert (row.text, row.kind, row.span) == ("The first call.", MemoKind.NOTE, span)
    assert desk.said == ["Wrote a memo: <b>Note</b>"]
    desk.project.history.undo()
    assert desk.project.memos.all() == ()


def test_ctrl_enter_keeps_a_memo_as_it_does_for_themes(desk: Desk, editor: MemoEditor) -> None:
    editor.open_for(MemoPlace())
    desk.bot.waitUntil(editor.isActiveWindow)
    desk.bot.keyClicks(editor._text, "The first call.")
    desk.bot.keyClick(editor._text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not editor.isVisible()
    assert [row.text for row in desk.project.memos.all()] == ["The first call."]


def test_nothing_written_is_nothing_kept(desk: Desk, editor: MemoEditor) -> None:
    acts = len(desk.project.history.all())
    editor.open_for(MemoPlace())
    desk.bot.keyClicks(editor._text, "   ")
    editor.close()
    assert len(desk.project.history.all()) == acts
    assert desk.said == []


def test_leaving_the_editor_keeps_once(desk: Desk, editor: MemoEditor) -> None:
    editor.open_for(MemoPlace())
    desk.bot.keyClicks(editor._title, "Where we stand")
    go_elsewhere(desk)
    go_elsewhere(desk)
    editor.close()
    (row,) = desk.project.memos.all()
    assert row.title == "Where we stand"
    assert len(desk.said) == 1


def test_pauses_keep_what_was_written(desk: Desk, editor: MemoEditor) -> None:
    editor.open_for(MemoPlace())
    editor._idle.setInterval(10)
    desk.bot.keyClicks(editor._text, "A thought")
    desk.bot.waitUntil(lambda: len(desk.project.memos.all()) == 1)
    assert editor.isVisible()
    desk.bot.keyClicks(editor._text, ", and more")
    desk.bot.waitUntil(lambda: desk.project.memos.all()[0].text == "A thought, and more")
    assert len(desk.project.memos.all()) == 1


@pytest.mark.parametrize("kind", list(MemoKind))
def test_each_place_makes_its_kind(desk: Desk, editor: MemoEditor, kind: MemoKind) -> None:
    places = {
        MemoKind.NOTE: MemoPlace(desk.document),
        MemoKind.RULE: MemoPlace(code=desk.project.codes.add("Trust")),
        MemoKind.ANALYTIC: MemoPlace(theme=desk.project.themes.add("Belonging")),
        MemoKind.REFLEXIVE: MemoPlace(reflexive=True),
        MemoKind.PROJECT: MemoPlace(),
    }
    place = places[kind]
    assert place.kind is kind
    editor.open_for(place)
    assert editor._shared.isVisible() == (kind is MemoKind.REFLEXIVE)
    assert ("you alone" in editor._note.text()) == (kind is MemoKind.REFLEXIVE)
    desk.bot.keyClicks(editor._text, "Words")
    editor.close()
    (row,) = desk.project.memos.all()
    assert row.kind is kind
    assert row.shared == (kind is not MemoKind.REFLEXIVE)


def test_a_journal_entry_is_shared_by_its_writer_only(desk: Desk, editor: MemoEditor) -> None:
    editor.open_for(MemoPlace(reflexive=True))
    desk.bot.keyClicks(editor._text, "I was one of them.")
    editor.close()
    (row,) = desk.project.memos.all()
    desk.project.coders.switch(desk.second)
    editor.open_for(row.id)
    assert not editor.isVisible()
    assert desk.failures
    desk.project.coders.switch(desk.first)
    editor.open_for(row.id)
    desk.bot.mouseClick(editor._shared, Qt.MouseButton.LeftButton)
    editor.close()
    desk.project.coders.switch(desk.second)
    editor.open_for(row.id)
    assert editor._text.isReadOnly()
    assert not editor._shared.isEnabled()
    assert editor._note.text() == "Written by AO, who alone can change it."


def test_a_journal_open_when_the_coder_switches_is_put_away(desk: Desk, editor: MemoEditor) -> None:
    editor.open_for(MemoPlace(reflexive=True))
    desk.bot.keyClicks(editor._text, "Between me and me")
    go_elsewhere(desk)
    desk.project.coders.switch(desk.second)
    assert not editor.isVisible()
    assert editor._text.toPlainText() == ""
    assert desk.project.memos.all() == ()
    desk.project.coders.switch(desk.first)
    assert [r.text for r in desk.project.memos.all()] == ["Between me and me"]


def test_the_memo_of_a_coding_is_the_codings_own(desk: Desk, editor: MemoEditor) -> None:
    trust = desk.project.codes.add("Trust")
    coding = desk.project.codings.apply(desk.document, desk.span("She phoned me"), trust)
    editor.open_for(MemoPlace(coding=coding))
    assert editor._where.text() == "Note, on Trust in Talk"
    assert not editor._title.isVisible()
    desk.bot.keyClicks(editor._text, "The first call")
    editor.close()
    assert desk.project.codings.get(coding).memo == "The first call"
    assert desk.project.memos.all() == ()
    editor.open_for(MemoPlace(coding=coding))
    assert editor._text.toPlainText() == "The first call"
    editor.delete()
    assert desk.project.codings.get(coding).memo == ""
    desk.project.history.undo()
    assert desk.project.codings.get(coding).memo == "The first call"


def test_what_is_not_there_closes_the_editor(desk: Desk, editor: MemoEditor) -> None:
    memo = desk.project.memos.add("First")
    editor.open_for(memo)
    desk.bot.keyClicks(editor._text, " words")
    editor.open_for(MemoPlace(coding=uuid4()))
    assert not editor.isVisible()
    assert len(desk.failures) == 1
    # What was open before is kept all the same, and nothing else is written.
    assert [row.text for row in desk.project.memos.all()] == ["First words"]


def test_undo_shows_in_an_open_editor(desk: Desk, editor: MemoEditor) -> None:
    memo = desk.project.memos.add("First")
    desk.project.memos.change(memo, text="Second")
    editor.open_for(memo)
    desk.project.history.undo()
    assert editor._text.toPlainText() == "First"
    desk.project.history.undo()
    assert not editor.isVisible()


def test_undo_does_not_take_words_that_are_being_written(desk: Desk, editor: MemoEditor) -> None:
    memo = desk.project.memos.add("First")
    desk.project.memos.change(memo, text="Second")
    editor.open_for(memo)
    desk.bot.keyClicks(editor._text, " and third")
    desk.project.history.undo()
    assert editor._text.toPlainText() == "Second and third"
    editor.close()
    assert desk.project.memos.get(memo).text == "Second and third"


def test_emptied_is_deleted_and_undone(desk: Desk, editor: MemoEditor) -> None:
    memo = desk.project.memos.add("First")
    editor.open_for(memo)
    editor._text.clear()
    editor.close()
    assert desk.project.memos.all() == ()
    assert desk.said == ["Deleted a memo: <b>Project memo</b>"]
    desk.project.history.undo()
    assert desk.project.memos.get(memo).text == "First"


def test_opening_another_keeps_the_first(desk: Desk, editor: MemoEditor) -> None:
    memo = desk.project.memos.add("First")
    editor.open_for(MemoPlace(desk.document))
    desk.bot.keyClicks(editor._text, "On the talk")
    editor.open_for(memo)
    assert editor.memo() == memo
    assert editor._text.toPlainText() == "First"
    assert {r.text for r in desk.project.memos.all()} == {"First", "On the talk"}


def test_go_there_shows_the_place(desk: Desk, editor: MemoEditor) -> None:
    span = desk.span("She phoned me")
    editor.open_for(desk.project.memos.add("A", document=desk.document, span=span))
    desk.bot.mouseClick(editor._go, Qt.MouseButton.LeftButton)
    assert desk.shown == [("span", (desk.document, span))]
    code = desk.project.codes.add("Trust")
    editor.open_for(desk.project.memos.add("B", code=code))
    desk.bot.mouseClick(editor._go, Qt.MouseButton.LeftButton)
    assert desk.shown[-1] == ("passages", code)
    editor.open_for(MemoPlace())
    assert not editor._go.isVisible()


def test_a_project_open_for_reading_shows_and_keeps_nothing(
    desk: Desk, editor: MemoEditor, tmp_path: Path
) -> None:
    memo = desk.project.memos.add("First")
    desk.project.file.read_only = True
    editor.open_for(memo)
    assert editor._text.isReadOnly()
    assert not editor._delete.isVisible()
    assert "reading only" in editor._note.text()
    editor.close()
    assert desk.failures == []
