"""The history on screen: its words, its places, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt

from ikt_coder.core.ops import Op
from ikt_coder.ui.history.kinds import Group, group_of, group_word
from ikt_coder.ui.history.model import PAGE, TAKEN_BACK, HistoryModel, Wanted
from ikt_coder.ui.history.view import HistoryDialog
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.history.study_desk import Desk


def rows(model: HistoryModel) -> list[QModelIndex]:
    """Every act that is shown, newest first."""
    return [
        model.index(row, 0, model.index(day, 0))
        for day in range(model.rowCount())
        for row in range(model.rowCount(model.index(day, 0)))
    ]


def words(model: HistoryModel) -> list[str]:
    return [index.data() for index in rows(model)]


@pytest.fixture
def history(desk: Desk) -> HistoryDialog:
    trust = desk.project.codes.add("Trust")
    desk.project.codings.apply(desk.document, desk.span("She phoned me"), trust)
    desk.project.codes.add("Role <new>")
    desk.project.history.undo()
    desk.project.coders.switch(desk.second)
    desk.project.memos.add("On the day")
    dialog = HistoryDialog(desk.context)
    desk.show(dialog)
    desk.settle()
    return dialog


def choose(desk: Desk, dialog: HistoryDialog, start: str) -> None:
    """Choose the newest act whose words begin with ``start`` and wait for its preview."""
    index = next(i for i in rows(dialog.model) if str(i.data()).startswith(start))
    dialog.tree.setCurrentIndex(index)
    desk.bot.waitUntil(lambda: dialog.words.text().strip() != "")


def test_acts_are_told_newest_first_by_day(history: HistoryDialog) -> None:
    model = history.model
    assert model.index(0, 0).data() == "Today"
    assert words(model)[:4] == [
        "Wrote a memo",
        "Beni Kask took over the coding",
        "Took back: Made the code Role <new>",
        "Made the code Role <new>",
    ]
    assert rows(model)[0].data(ItemRole.BADGE) == "BK"
    assert rows(model)[3].data(ItemRole.BADGE) == "AO"
    start, end = rows(model)[3].data(ItemRole.MATCH)[0]
    assert words(model)[3][start:end] == "Role <new>"


def test_what_was_taken_back_says_so_in_words(history: HistoryDialog) -> None:
    undone = rows(history.model)[3]
    assert undone.data(TAKEN_BACK) is True
    assert undone.data(ItemRole.SUBTITLE) == "Taken back"
    assert "taken back" in undone.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not rows(history.model)[2].data(TAKEN_BACK)
    assert not rows(history.model)[4].data(TAKEN_BACK)


def test_filters_by_coder_kind_and_text(desk: Desk, history: HistoryDialog) -> None:
    history.coder.setCurrentIndex(history.coder.findText("Beni Kask"))
    desk.bot.waitUntil(lambda: len(words(history.model)) == 2)
    assert words(history.model) == ["Wrote a memo", "Beni Kask took over the coding"]
    history.group.setCurrentIndex(history.group.findText("Memos"))
    desk.bot.waitUntil(lambda: words(history.model) == ["Wrote a memo"])
    history.show_everything()
    desk.bot.keyClicks(history.filter, "phoned me")
    desk.bot.waitUntil(lambda: words(history.model) == [])
    empty = history._empty
    desk.bot.waitUntil(empty.isVisible)
    history.filter.clear()
    desk.bot.keyClicks(history.filter, "trust")
    desk.bot.waitUntil(lambda: len(words(history.model)) == 2)
    assert all("Trust" in shown for shown in words(history.model))


def test_restore_points_are_flags(desk: Desk, history: HistoryDialog) -> None:
    desk.project.history.name_restore_point("Before the meeting")
    desk.bot.waitUntil(lambda: words(history.model)[0].startswith("Named the restore point"))
    flagged = [i for i in rows(history.model) if i.data(ItemRole.SIGN)]
    assert [i.data() for i in flagged] == ["Wrote a memo"]
    assert flagged[0].data(ItemRole.SUBTITLE) == "Restore point “Before the meeting”"
    history.flags.setChecked(True)
    desk.bot.waitUntil(lambda: words(history.model) == ["Wrote a memo"])


def test_go_there_shows_the_coding(desk: Desk, history: HistoryDialog) -> None:
    (coding,) = desk.project.codings.in_document(desk.document, coder=desk.first)
    choose(desk, history, "Applied Trust")
    desk.bot.mouseClick(history.there, Qt.MouseButton.LeftButton)
    assert desk.shown == [("coding", coding.id)]


def test_go_there_after_removal_shows_where_it_stood(desk: Desk, history: HistoryDialog) -> None:
    desk.project.coders.switch(desk.first)
    (coding,) = desk.project.codings.in_document(desk.document)
    span = coding.span
    desk.project.codings.remove(coding.id)
    desk.bot.waitUntil(lambda: words(history.model)[0].startswith("Removed a coding"))
    choose(desk, history, "Removed a coding")
    history.go_there()
    choose(desk, history, "Applied Trust")
    history.go_there()
    kinds = [(kind, place[1].start) for kind, place in desk.shown]  # type: ignore[index]  # spans
    assert kinds == [("span", span.start), ("span", span.start)]


@pytest.mark.parametrize(
    ("act", "kind"),
    [("Made the code Trust", "passages"), ("Wrote a memo", "memo"), ("Imported", "document")],
)
def test_go_there_knows_the_other_places(
    desk: Desk, history: HistoryDialog, act: str, kind: str
) -> None:
    choose(desk, history, act)
    history.go_there()
    assert [shown for shown, _ in desk.shown] == [kind]


def test_an_act_whose_place_has_gone_says_so(desk: Desk, history: HistoryDialog) -> None:
    choose(desk, history, "Made the code Role")
    history.go_there()
    assert desk.shown == []
    assert "not in the project now" in desk.failures[0].what


def test_going_back_says_what_it_takes_and_does_it(desk: Desk, history: HistoryDialog) -> None:
    choose(desk, history, "Made the code Trust")
    assert history.words.text() == (
        "Going back to here takes back 2 acts: 1 by Amara Okafor, 1 by Beni Kask. "
        "Undo brings everything back."
    )
    desk.bot.mouseClick(history.back, Qt.MouseButton.LeftButton)
    desk.bot.waitUntil(lambda: bool(desk.said))
    desk.settle()
    assert desk.said == ["Went back, taking back <b>2 acts</b>"]
    assert desk.project.memos.all() == ()
    assert desk.project.codings.in_document(desk.document, coder=desk.first) == ()
    desk.bot.waitUntil(lambda: words(history.model)[0].startswith("Went back"))
    memo = next(i for i in rows(history.model) if i.data() == "Wrote a memo")
    assert memo.data(TAKEN_BACK) is True
    desk.project.history.undo()
    desk.bot.waitUntil(
        lambda: (
            not next(i for i in rows(history.model) if i.data() == "Wrote a memo").data(TAKEN_BACK)
        )
    )


def test_the_present_state_is_no_way_back(desk: Desk, history: HistoryDialog) -> None:
    choose(desk, history, "Wrote a memo")
    assert history.words.text() == "This is the present state."
    assert not history.back.isEnabled()


def test_nothing_before_a_compacted_file_is_reachable(desk: Desk, history: HistoryDialog) -> None:
    desk.project.safety.compact()
    desk.bot.waitUntil(lambda: words(history.model)[0] == "Compacted the project file")
    choose(desk, history, "Made the code Trust")
    assert history.words.text().startswith("Nobody can go back to here")
    assert not history.back.isEnabled()


def test_a_state_is_named_by_keys(desk: Desk, history: HistoryDialog) -> None:
    choose(desk, history, "Wrote a memo")
    history.name.setFocus()
    desk.bot.keyClick(history.name, Qt.Key.Key_Space)
    desk.bot.waitUntil(history.state_name.hasFocus)
    desk.bot.keyClicks(history.state_name, "Before the meeting")
    desk.bot.keyClick(history.state_name, Qt.Key.Key_Return)
    assert [p.name for p in desk.project.history.restore_points()] == ["Before the meeting"]
    assert desk.said == ["Named the state <b>Before the meeting</b>"]
    desk.bot.waitUntil(lambda: words(history.model)[0].startswith("Named the restore point"))
    history._ask_name()
    desk.bot.keyClicks(history.state_name, "Before the meeting")
    desk.bot.keyClick(history.state_name, Qt.Key.Key_Return)
    assert "already" in history._naming_words.text()
    assert history.state_name.isVisible()


def test_the_chosen_act_stays_chosen_while_work_goes_on(desk: Desk, history: HistoryDialog) -> None:
    choose(desk, history, "Applied Trust")
    seq = history.tree.currentIndex().data(ItemRole.KEY)
    desk.project.codes.add("Time")
    desk.bot.waitUntil(lambda: words(history.model)[0] == "Made the code Time")
    assert history.tree.currentIndex().data(ItemRole.KEY) == seq


def test_pages_come_as_they_are_asked_for(desk: Desk) -> None:
    for number in range(PAGE + 40):
        desk.project.coders.switch(desk.second if number % 2 == 0 else desk.first)
    model = HistoryModel(desk.project)
    model.show(Wanted())
    whole = desk.project.history.all(limit=1)[0].seq
    assert model.shown() == PAGE
    assert not model.complete
    model.read_more()
    assert model.complete
    model.read_more()
    assert [i.data(ItemRole.KEY) for i in rows(model)] == list(range(whole, 0, -1))
    assert all(model.parent(i) == model.index(0, 0) for i in rows(model)[:3])


def test_scrolling_to_the_end_reads_on(desk: Desk) -> None:
    for number in range(PAGE + 40):
        desk.project.coders.switch(desk.second if number % 2 == 0 else desk.first)
    dialog = HistoryDialog(desk.context)
    desk.show(dialog)
    assert dialog.model.shown() == PAGE
    desk.bot.keyClick(dialog.tree, Qt.Key.Key_End)
    desk.bot.waitUntil(lambda: dialog.model.complete)
    desk.bot.keyClick(dialog.tree, Qt.Key.Key_End)
    assert dialog.tree.currentIndex().data() == "Made the project"


def test_new_acts_come_on_top_without_reading_all_anew(desk: Desk, history: HistoryDialog) -> None:
    resets: list[bool] = []
    history.model.modelReset.connect(lambda: resets.append(True))
    before = words(history.model)
    desk.project.codes.add("Time")
    desk.project.codes.add("Room")
    desk.bot.waitUntil(lambda: words(history.model)[0] == "Made the code Room")
    assert words(history.model) == ["Made the code Room", "Made the code Time", *before]
    assert resets == []
    desk.project.history.undo()
    desk.bot.waitUntil(lambda: words(history.model)[0] == "Took back: Made the code Room")
    assert resets == [True]
    assert rows(history.model)[1].data(TAKEN_BACK) is True


def test_a_filter_reads_on_until_it_has_found(desk: Desk) -> None:
    for number in range(PAGE + 40):
        desk.project.coders.switch(desk.second if number % 2 == 0 else desk.first)
    dialog = HistoryDialog(desk.context)
    desk.show(dialog)
    desk.bot.keyClicks(dialog.filter, "Imported")
    desk.bot.waitUntil(lambda: words(dialog.model) == ["Imported Talk"])


def test_an_act_far_back_is_shown_though_a_filter_hides_it(desk: Desk) -> None:
    desk.project.codes.add("Trust")
    seq = desk.project.history.all(limit=1)[0].seq
    for number in range(PAGE + 40):
        desk.project.coders.switch(desk.second if number % 2 == 0 else desk.first)
    dialog = HistoryDialog(desk.context)
    desk.show(dialog)
    dialog.filter.setText("nothing like this")
    dialog.show_act(seq)
    assert dialog.tree.currentIndex().data() == "Made the code Trust"
    assert dialog.filter.text() == ""
    assert dialog.tree.hasFocus()
    assert (
        dialog.tree.viewport().rect().intersects(dialog.tree.visualRect(dialog.tree.currentIndex()))
    )
    desk.settle()
    assert dialog.tree.currentIndex().data() == "Made the code Trust"


def test_open_for_reading_shows_and_changes_nothing(desk: Desk, history: HistoryDialog) -> None:
    desk.project.file.read_only = True
    choose(desk, history, "Made the code Trust")
    desk.settle()
    assert not history.back.isEnabled()
    assert not history.name.isEnabled()
    assert history.there.isEnabled()
    history.go_back()
    assert not history.going_back.running


def test_closing_while_the_preview_is_counted_is_no_fault(desk: Desk) -> None:
    desk.project.codes.add("Trust")
    dialog = HistoryDialog(desk.context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    dialog._ask_preview()
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    desk.settle()
    assert desk.bugs == []


def test_every_act_has_a_group_and_every_group_a_word() -> None:
    groups = {group_of(op.value) for op in Op}
    assert groups == set(Group)
    assert len({group_word(group) for group in Group}) == len(Group)
