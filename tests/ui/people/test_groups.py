"""Participants chosen together and put into a group."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ikt_coder.ui.documents.fact_list import FactList
from ikt_coder.ui.people.participants_page import ParticipantsPage
from ikt_coder.ui.people.view import PeopleDialog
from tests.ui.documents.workplace import Workplace

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(work: Workplace) -> Iterator[ParticipantsPage]:
    """Five participants in the dialog, the first chosen."""
    for label in ("P03", "P04", "P05"):
        work.project.participants.add(label)
    dialog = PeopleDialog(work.context)
    work.show(dialog, 900, 620)
    page = dialog.participants
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    yield page
    dialog.close()


def action(menu: QMenu, words: str) -> QAction:
    return next(one for one in menu.actions() if one.text().replace("&", "").startswith(words))


def groups(work: Workplace) -> list[tuple[str, int]]:
    return [(row.name, row.n) for row in work.project.participants.groups()]


def test_chosen_participants_come_into_a_new_group_in_one_act(
    page: ParticipantsPage, work: Workplace
) -> None:
    acts = len(work.project.history.all())
    work.key(Qt.Key.Key_Down, SHIFT)
    work.key(Qt.Key.Key_Down, SHIFT)
    assert page.group_button.text() == "Group of 3 participants"
    assert not page.withdraw.isVisible()
    assert not page.remove_button.isEnabled()
    action(page.groups.menu(), "New group").trigger()
    dialog = page.groups.dialog
    assert dialog is not None
    work.bot.waitUntil(dialog.isActiveWindow)
    work.bot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert "needs a name" in dialog.name.note()
    work.bot.keyClicks(dialog.name.editor, "Panel member")
    work.bot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert page.groups.dialog is None
    assert groups(work) == [("Panel member", 3)]
    assert len(work.project.history.all()) == acts + 1
    assert "3 participants in the group" in work.said[-1]
    assert [row.label for row in page.chosen_many()] == ["P01", "P02", "P03"]


def test_the_menu_has_the_groups_with_their_sizes(page: ParticipantsPage, work: Workplace) -> None:
    people = [row.id for row in work.project.participants.all()]
    work.project.participants.set_group(people[:3], "Panel & co")
    work.project.participants.set_group(people[3:], "Extended")
    texts = [one.text() for one in page.groups.menu().actions() if not one.isSeparator()]
    assert texts == [
        "Panel && co (3)",
        "Extended (2)",
        "&New group…",
        "N&o group",
        "&Rename “Panel && co”…",
    ]
    assert action(page.groups.menu(), "Panel").isChecked()
    action(page.groups.menu(), "Extended").trigger()
    assert groups(work) == [("Extended", 3), ("Panel & co", 2)]
    action(page.groups.menu(), "No group").trigger()
    assert groups(work) == [("Panel & co", 2), ("Extended", 2)]


def test_a_group_gets_another_name(page: ParticipantsPage, work: Workplace) -> None:
    people = [row.id for row in work.project.participants.all()]
    work.project.participants.set_group(people[:3], "Panel")
    action(page.groups.menu(), "Rename").trigger()
    dialog = page.groups.dialog
    assert dialog is not None
    work.bot.waitUntil(dialog.isActiveWindow)
    dialog.name.editor.selectAll()
    work.bot.keyClicks(dialog.name.editor, "Board")
    work.bot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert groups(work) == [("Board", 3)]
    work.project.history.undo()
    assert groups(work) == [("Panel", 3)]


def test_participants_are_filtered_and_a_new_one_is_seen(
    page: ParticipantsPage, work: Workplace
) -> None:
    people = [row.id for row in work.project.participants.all()]
    work.project.participants.set_group(people[3:], "Extended")
    page.filter.setFocus()
    work.type("exten")
    assert [page.model.participant(at).label for at in range(page.model.rowCount())] == [
        "P04",
        "P05",
    ]
    assert page.counts.text() == "2 of 5 participants"
    page.add()
    assert page.model.rowCount() == 6
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.label == "P06"
    assert page.counts.text() == "6 participants"


def test_the_study_of_a_document_is_a_fact_of_it(work: Workplace) -> None:
    wanted: list[object] = []
    work.context.people_wanted.connect(wanted.append)
    documents = [row.id for row in work.project.documents.all()]
    facts = FactList(work.context)
    work.show(facts, 300, 300)
    facts.show_document(documents[0])
    assert not facts.study.isVisible()
    work.project.studies.add("Library trial", documents=documents)
    facts.show_document(documents[0])
    assert facts.study.text() == "Library trial (2)"
    work.click(facts.study)
    assert wanted == ["studies"]
