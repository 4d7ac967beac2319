"""The engagement log in the window, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ikt_coder.services.charting.rows import Subject, SubjectKind
from ikt_coder.services.engagement.rows import EventTarget, LinkTarget, ListName
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.engagement.page import EngagementPage
from ikt_coder.ui.retrieval.choices import ChoiceList
from ikt_coder.ui.tasks import Tasks
from tests.studies import study


def _raise(error: BaseException) -> None:
    raise error


@dataclass
class Desk:
    project: Project
    page: EngagementPage
    qtbot: QtBot
    said: list[str] = field(default_factory=list)

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.up_to_date)

    def write(self, editor: object, words: str) -> None:
        """Click into a field, replace what it holds, and leave it by Tab."""
        self.qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
        self.qtbot.keySequence(editor, "Ctrl+A")
        self.qtbot.keyClicks(editor, words)
        self.qtbot.keyClick(editor, Qt.Key.Key_Tab)
        self.wait()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Desk]:
    project, _ = study(tmp_path / "Study.ikt")
    project.codes.add("Trust")
    context = Context(project, Settings.load(), appearance, Tasks(_raise))
    page = EngagementPage(context)
    made = Desk(project, page, qtbot)
    context.message.connect(lambda words, _undo: made.said.append(words))
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitActive(page):
        page.show()
    made.wait()
    page.focus_page()
    yield made
    context.signals.end()
    context.tasks.wait()
    project.close()


def begun(desk: Desk) -> None:
    """One event, logged from the empty page."""
    desk.qtbot.keyClick(desk.page.start_button, Qt.Key.Key_Space)
    desk.wait()


def test_the_first_event_begins_the_log(desk: Desk) -> None:
    assert desk.page.stack.currentWidget() is desk.page.empty
    begun(desk)
    (event,) = desk.project.engagement.all()
    assert event.date
    assert desk.page.stack.currentWidget() is desk.page.across
    assert desk.page.form.title.editor.hasFocus()
    assert desk.page.chart.subject == Subject(SubjectKind.EVENT, event.id)
    assert desk.page.chart.cards


def test_what_is_written_is_kept_when_its_field_is_left(desk: Desk) -> None:
    begun(desk)
    form = desk.page.form
    desk.write(form.title.editor, "Kick-off")
    desk.write(form.date.editor, "2024-3")
    desk.write(form.description.editor, "Eight people, two hours.")
    desk.write(form.hours.editor, "1,5")
    (event,) = desk.project.engagement.all()
    assert (event.title, event.date, event.hours) == ("Kick-off", "2024-03", "1.5")
    assert event.description == "Eight people, two hours."
    assert form.date.editor.text() == "2024-03"
    assert desk.page.events.model.rows[0].event.title == "Kick-off"
    desk.project.history.undo()
    desk.wait()
    assert form.hours.editor.text() == ""


def test_a_date_that_cannot_be_kept_is_said_below_its_field(desk: Desk) -> None:
    begun(desk)
    (before,) = desk.project.engagement.all()
    field_ = desk.page.form.date
    desk.write(field_.editor, "next week")
    assert "not a date" in field_.note()
    assert desk.project.engagement.all() == (before,)
    desk.write(field_.editor, "2024")
    assert field_.note() == ""
    assert desk.project.engagement.all()[0].date == "2024"


def test_who_took_part_is_added_changed_and_taken_away(desk: Desk) -> None:
    begun(desk)
    users = desk.page.form.users
    desk.qtbot.mouseClick(users.add_button, Qt.MouseButton.LeftButton)
    (line,) = users.lines
    assert line.type.hasFocus()
    desk.qtbot.keyClicks(line.type, "Patients")
    line.type.activated.emit(line.type.currentIndex())  # as Enter in its open list does
    desk.write(line.number, "3")
    desk.write(line.influenced, "the question")
    (event,) = desk.project.engagement.all()
    (user,) = event.users
    assert (user.type_name, user.number, user.influenced) == ("Patients", 3, "the question")
    assert users.lines == [line], "the line that was written in stays"
    desk.qtbot.mouseClick(line.remove, Qt.MouseButton.LeftButton)
    desk.wait()
    assert desk.project.engagement.all()[0].users == ()
    desk.project.history.undo()
    desk.wait()
    assert len(users.lines) == 1


def test_the_level_is_charted_by_its_digit(desk: Desk) -> None:
    begun(desk)
    chart = desk.page.chart
    chart.setFocus()
    desk.qtbot.keyClick(chart, Qt.Key.Key_4)
    desk.wait()
    (event,) = desk.project.engagement.all()
    level = desk.project.charting.find_field("iap2")
    answer = desk.project.charting.answer_of(Subject(SubjectKind.EVENT, event.id), level.id)
    assert [level.option(key).name for key in answer.options] == ["Collaborate"]  # type: ignore[union-attr]  # it is one of its options
    assert desk.page.events.model.rows[0].level == "Collaborate"


def test_what_changed_is_linked_and_unlinked(desk: Desk) -> None:
    begun(desk)
    links = desk.page.form.links
    code = desk.project.codes.find("Trust").id
    choices: ChoiceList = links.choices()
    desk.qtbot.addWidget(choices)
    keys = [each.key for each in choices._choices]
    assert EventTarget(LinkTarget.CODE, code) in keys
    choices.taken.emit(EventTarget(LinkTarget.CODE, code))
    desk.wait()
    (event,) = desk.project.engagement.all()
    assert [link.name for link in event.links] == ["Trust"]
    (chip,) = links.chips
    desk.qtbot.keyClick(chip, Qt.Key.Key_Delete)
    desk.wait()
    assert desk.project.engagement.all()[0].links == ()


def test_numbers_open_their_events(desk: Desk) -> None:
    begun(desk)
    (event,) = desk.project.engagement.all()
    meeting = desk.project.engagement.terms.find(ListName.ACTIVITY, "Meeting").id
    desk.project.engagement.change(event.id, activity=meeting, title="Kick-off")
    level = desk.project.charting.find_field("iap2")
    option = desk.project.charting.find_option(level, "Involve").id
    desk.project.charting.answer(Subject(SubjectKind.EVENT, event.id), level.id, options=[option])
    desk.wait()
    page, counts = desk.page, desk.page.counts
    page.show_view("counts")
    counts.table_choice.setCurrentIndex(counts.table_choice.findData("activity level"))
    counts.table_choice.activated.emit(counts.table_choice.currentIndex())
    note, *cited = counts.note.text().split("\n")
    assert note.startswith("Unit: event.")
    assert len(cited) == len(set(cited)) >= 1
    table = counts.table
    cell = next(
        item
        for row in range(table.rowCount())
        for column in range(1, table.columnCount())
        if (item := table.item(row, column)) is not None and item.text() == "1"
    )
    place = table.visualItemRect(cell).center()
    desk.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.id for row in counts.behind.rows] == [event.id]
    counts.list.setCurrentIndex(counts.behind.index(0, 0))
    desk.qtbot.keyClick(counts.list, Qt.Key.Key_Return)
    assert page.stack.currentWidget() is page.across
    assert page.form.event_row is not None
    assert page.form.event_row.id == event.id


def test_every_number_of_every_table_opens_as_many_events(desk: Desk) -> None:
    begun(desk)
    (event,) = desk.project.engagement.all()
    for name in ("iap2", "research-stages"):
        asked = desk.project.charting.find_field(name)
        subject = Subject(SubjectKind.EVENT, event.id)
        desk.project.charting.answer(subject, asked.id, options=[asked.offered[0].id])
    desk.wait()
    counts = desk.page.counts
    met = 0
    for at in range(counts.table_choice.count()):
        counts.table_choice.setCurrentIndex(at)
        counts.table_choice.activated.emit(at)
        for row in range(counts.table.rowCount()):
            for column in range(1, counts.table.columnCount()):
                item = counts.table.item(row, column)
                assert item is not None
                counts.table.setCurrentItem(item)
                if item.text().isdigit() and counts.table_choice.currentData().count(" "):
                    assert len(counts.behind.rows) == int(item.text())
                    met += int(item.text())
    assert met >= 8


def test_a_deleted_event_can_be_brought_back(desk: Desk) -> None:
    begun(desk)
    desk.qtbot.mouseClick(desk.page.form.delete_button, Qt.MouseButton.LeftButton)
    desk.wait()
    assert desk.project.engagement.all() == ()
    assert "Deleted" in desk.said[-1]
    assert desk.page.stack.currentWidget() is desk.page.empty
    desk.project.history.undo()
    desk.wait()
    assert desk.page.stack.currentWidget() is desk.page.across


def test_lists_are_changed_in_their_dialog(desk: Desk) -> None:
    from ikt_coder.ui.engagement.lists_dialog import ListsDialog

    begun(desk)
    desk.page.edit_lists()
    dialog = desk.page.findChild(ListsDialog)
    assert dialog is not None
    desk.qtbot.keyClicks(dialog.new_name, "World cafe")
    desk.qtbot.keyClick(dialog.new_name, Qt.Key.Key_Return)
    names = [row.name for row in dialog.model.rows]
    assert names[-1] == "World cafe"
    desk.qtbot.keyClicks(dialog.new_name, "meeting")
    desk.qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert "already" in dialog.problem.text()
    dialog.list.setCurrentIndex(dialog.model.index(0, 0))
    desk.qtbot.mouseClick(dialog.hide_button, Qt.MouseButton.LeftButton)
    offered = {row.name for row in desk.project.engagement.terms.all(ListName.ACTIVITY)}
    assert "Meeting" not in offered
    assert "World cafe" in offered
    dialog.close()
