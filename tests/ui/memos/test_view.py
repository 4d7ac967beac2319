"""All memos on screen: filtered, read, shown at their places."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ikt_coder.ui.memos.place import MemoPlace
from ikt_coder.ui.memos.view import MemosDialog
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.history.study_desk import Desk


@pytest.fixture
def memos(desk: Desk) -> MemosDialog:
    project = desk.project
    trust = project.codes.add("Trust")
    project.codings.apply(
        desk.document, desk.span("She phoned me"), trust, memo="The coding's own words"
    )
    project.memos.add("When to use it", title="A rule", code=trust)
    project.memos.add("What now?", document=desk.document, span=desk.span("I came late"), ask=True)
    project.memos.add("Between me and me", reflexive=True)
    dialog = MemosDialog(desk.context)
    desk.show(dialog)
    return dialog


def names(dialog: MemosDialog) -> list[str]:
    model = dialog.model
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def click(desk: Desk, dialog: MemosDialog, name: str) -> None:
    index = dialog.model.index(names(dialog).index(name), 0)
    place = dialog.list.visualRect(index).center()
    desk.bot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_newest_first_with_kind_and_place(memos: MemosDialog) -> None:
    assert names(memos) == ["Between me and me", "What now?", "A rule", "The coding's own words"]
    under = [memos.model.index(at, 0).data(ItemRole.SUBTITLE) for at in range(4)]
    assert under[0].startswith("Journal entry, in your reflexive journal")
    assert under[0].endswith("only you see it")
    assert under[1].startswith("Note, on a passage of Talk")
    assert under[1].endswith("asks the others")
    assert under[2].startswith("Rule memo, on the code Trust")
    assert under[3].startswith("Note, on Trust in Talk")
    assert memos.model.index(1, 0).data(ItemRole.SIGN) == "?"
    assert "private" in memos._privacy.text()


def test_the_journal_of_another_is_not_listed(desk: Desk, memos: MemosDialog) -> None:
    desk.project.coders.switch(desk.second)
    desk.bot.waitUntil(lambda: "Between me and me" not in names(memos))
    assert len(names(memos)) == 3


def test_filters_by_kind_words_and_question(desk: Desk, memos: MemosDialog) -> None:
    memos.kind.setCurrentIndex(memos.kind.findText("Rules of codes"))
    assert names(memos) == ["A rule"]
    memos.kind.setCurrentIndex(memos.kind.findText("Notes on documents and passages"))
    assert names(memos) == ["What now?", "The coding's own words"]
    memos.kind.setCurrentIndex(0)
    desk.bot.mouseClick(memos.ask, Qt.MouseButton.LeftButton)
    assert names(memos) == ["What now?"]
    desk.bot.mouseClick(memos.ask, Qt.MouseButton.LeftButton)
    desk.bot.keyClicks(memos.filter, "OWN words")
    desk.bot.waitUntil(lambda: names(memos) == ["The coding's own words"])
    desk.bot.keyClicks(memos.filter, "x")
    desk.bot.waitUntil(memos._empty.isVisible)
    desk.bot.keyClick(memos.filter, Qt.Key.Key_Escape)
    desk.bot.waitUntil(lambda: len(names(memos)) == 4)
    assert memos.list.isVisible()


def test_a_click_shows_the_place_and_the_words(desk: Desk, memos: MemosDialog) -> None:
    click(desk, memos, "What now?")
    assert desk.shown == [("span", (desk.document, desk.span("I came late")))]
    assert memos._text.toPlainText() == "What now?"
    assert memos._quote.text() == "“I came late”"
    click(desk, memos, "The coding's own words")
    assert desk.shown[-1][0] == "coding"
    click(desk, memos, "A rule")
    assert desk.shown[-1][0] == "passages"
    assert memos._title.text() == "A rule"


def test_open_and_new_ask_for_the_editor(desk: Desk, memos: MemosDialog) -> None:
    click(desk, memos, "A rule")
    chosen = memos.chosen()
    assert chosen is not None
    desk.shown.clear()
    desk.bot.mouseClick(memos._edit_button, Qt.MouseButton.LeftButton)
    desk.bot.mouseClick(memos.new_project, Qt.MouseButton.LeftButton)
    desk.bot.mouseClick(memos.new_entry, Qt.MouseButton.LeftButton)
    assert desk.shown == [
        ("memo", chosen.id),
        ("memo", MemoPlace()),
        ("memo", MemoPlace(reflexive=True)),
    ]
    click(desk, memos, "The coding's own words")
    chosen = memos.chosen()
    assert chosen is not None
    memos._edit()
    assert desk.shown[-1] == ("memo", MemoPlace(coding=chosen.coding))


def test_changes_show_and_the_chosen_one_stays(desk: Desk, memos: MemosDialog) -> None:
    click(desk, memos, "A rule")
    desk.project.memos.add("Newest of all")
    desk.bot.waitUntil(lambda: names(memos)[0] == "Newest of all")
    chosen = memos.chosen()
    assert chosen is not None
    assert chosen.title == "A rule"
    desk.project.memos.delete(chosen.id)
    desk.bot.waitUntil(lambda: "A rule" not in names(memos))


def test_an_empty_project_says_what_to_do(desk: Desk) -> None:
    dialog = MemosDialog(desk.context)
    desk.show(dialog)
    assert dialog._empty.isVisible()
    assert "M in the transcript" in dialog._empty.accessibleName()
    assert dialog.chosen() is None
    assert not dialog._edit_button.isEnabled()
    assert dialog.model.row(QModelIndex()) is None


def test_panes_turn_in_a_narrow_window(desk: Desk, memos: MemosDialog) -> None:
    splitter = memos._splitter
    memos.resize(900, 600)
    assert splitter.orientation() is Qt.Orientation.Horizontal
    memos.resize(480, 600)
    assert splitter.orientation() is Qt.Orientation.Vertical
    assert min(splitter.sizes()) > 40
    memos.resize(900, 600)
    assert splitter.orientation() is Qt.Orientation.Horizontal
