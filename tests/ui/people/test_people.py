"""Participants, speakers, and both ways to withdraw, by key and mouse."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript
from ikt_coder.core.words import Consent
from ikt_coder.services.rows import ParticipantRow
from ikt_coder.ui.people.erase_dialog import EraseDialog
from ikt_coder.ui.people.participant_table import Column, ConsentDelegate
from ikt_coder.ui.people.view import PeopleDialog
from tests.ui.documents.workplace import MARKER, Workplace

FIRST, SECOND = "P01 Patient partner", "P02 Clinician"


@pytest.fixture
def people(work: Workplace) -> PeopleDialog:
    dialog = PeopleDialog(work.context)
    work.show(dialog, 860, 620)
    return dialog


def _person(work: Workplace, label: str) -> ParticipantRow:
    return next(row for row in work.project.participants.all() if row.label == label)


def _cell(people: PeopleDialog, work: Workplace, label: str, column: Column) -> None:
    page = people.participants
    row = page.model.row_of(_person(work, label).id)
    page.table.setCurrentIndex(page.model.index(row, column))
    page.table.setFocus()


def _speaker(work: Workplace, title: str, label: str) -> UUID:
    speakers = work.project.documents.speakers(work.document(title).id)
    return next(speaker.id for speaker in speakers if speaker.label == label)


def _show_speakers(people: PeopleDialog, document: UUID) -> None:
    people.show_page("speakers")
    people.speakers.choose(document)


# -- the table ----------------------------------------------------------------------------------


def test_pseudonyms_that_differ_at_their_end_are_shown_whole(work: Workplace) -> None:
    for at in (1, 2):
        work.project.participants.add(f"GMT20250312_Recording, speaker {at}")
    dialog = PeopleDialog(work.context)
    work.show(dialog, 860, 620)
    table = dialog.participants.table
    assert table.columnWidth(Column.LABEL) > table.sizeHintForColumn(Column.LABEL)
    work.context.appearance.set_text_size(130)
    assert table.columnWidth(Column.LABEL) > table.sizeHintForColumn(Column.LABEL)


def test_a_pseudonym_is_typed_into_its_cell(people: PeopleDialog, work: Workplace) -> None:
    _cell(people, work, "P01", Column.LABEL)
    work.key(Qt.Key.Key_F2)
    field = people.participants.table.viewport().findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    work.bot.keyClicks(field, "Ada")
    work.bot.keyClick(field, Qt.Key.Key_Return)
    work.bot.waitUntil(
        lambda: [row.label for row in work.project.participants.all()] == ["Ada", "P02"]
    )
    assert work.said[-1] == "<b>P01</b> is called <b>Ada</b>"
    assert people.status.plain_words() == "P01 is called Ada"
    with work.bot.waitSignal(work.context.message):
        work.click(people.status.undo_button())
    assert _person(work, "P01")
    assert people.status.plain_words().startswith("Undone: ")
    assert people.status.undo_button().isHidden()


def test_undo_by_key_goes_no_further_than_what_was_done_here(
    people: PeopleDialog, work: Workplace
) -> None:
    people.participants.table.setFocus()
    work.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(work.titles()) == 2
    _cell(people, work, "P01", Column.LABEL)
    work.click(people.participants.leave_out)
    people.participants.table.setFocus()
    with work.bot.waitSignal(work.context.message):
        work.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not _person(work, "P01").left_out
    work.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(work.titles()) == 2


def test_a_taken_pseudonym_is_refused_in_words(people: PeopleDialog, work: Workplace) -> None:
    page = people.participants
    index = page.model.index(page.model.row_of(_person(work, "P02").id), Column.LABEL)
    assert not page.model.setData(index, "p01")
    assert "already" in work.failures[0].what
    assert _person(work, "P02")


# The offscreen platform says this of any list that drops down; it is no fault of ours.
@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")
def test_consent_is_chosen_from_three(people: PeopleDialog, work: Workplace) -> None:
    _cell(people, work, "P01", Column.CONSENT)
    page = people.participants
    index = page.table.currentIndex()
    delegate = page.table.itemDelegateForIndex(index)
    assert isinstance(delegate, ConsentDelegate)
    work.key(Qt.Key.Key_F2)
    box = page.table.viewport().findChild(QComboBox)
    assert box is not None
    assert [box.itemText(at) for at in range(box.count())] == [
        "may be quoted",
        "paraphrase only",
        "no quotes",
    ]
    work.bot.waitUntil(box.view().isVisible)
    work.bot.keyClick(box.view(), Qt.Key.Key_Down)
    work.bot.keyClick(box.view(), Qt.Key.Key_Down)
    work.bot.keyClick(box.view(), Qt.Key.Key_Return)
    assert _person(work, "P01").consent is Consent.NONE
    assert work.said[-1] == "<b>P01</b>: no quotes"


def test_group_and_note(people: PeopleDialog, work: Workplace) -> None:
    page = people.participants
    row = page.model.row_of(_person(work, "P01").id)
    page.model.setData(page.model.index(row, Column.GROUP), " Panel ")
    page.model.setData(page.model.index(row, Column.NOTE), "asked to see quotes")
    person = _person(work, "P01")
    assert (person.group, person.note) == ("Panel", "asked to see quotes")
    assert not page.model.flags(page.model.index(row, Column.DOCUMENTS)) & (
        Qt.ItemFlag.ItemIsEditable
    )


def test_a_new_participant_waits_for_the_pseudonym(people: PeopleDialog, work: Workplace) -> None:
    work.click(people.participants.add_button)
    field = people.participants.table.viewport().findChild(QLineEdit)
    assert field is not None
    assert field.text() == "P03"
    work.bot.keyClick(field, Qt.Key.Key_Escape)
    assert [row.label for row in work.project.participants.all()] == ["P01", "P02", "P03"]


def test_removing_from_the_list_keeps_the_words(people: PeopleDialog, work: Workplace) -> None:
    _cell(people, work, "P01", Column.LABEL)
    work.click(people.participants.remove_button)
    assert [row.label for row in work.project.participants.all()] == ["P02"]
    assert MARKER in work.project.texts.get(work.document(FIRST).id)


def test_documents_of_a_participant_open(people: PeopleDialog, work: Workplace) -> None:
    _cell(people, work, "P02", Column.LABEL)
    (link,) = people.participants._shown_links
    with work.bot.waitSignal(work.context.document_wanted) as wanted:
        work.click(link)
    assert wanted.args == [work.document(SECOND).id]


def test_documents_of_a_participant_are_read_once_and_follow_their_titles(
    people: PeopleDialog, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, read = work.project.participants, []

    def documents(participant: UUID) -> dict[UUID, str]:
        read.append(participant)
        return type(service).documents(service, participant)

    monkeypatch.setattr(service, "documents", documents)
    _cell(people, work, "P02", Column.LABEL)
    assert read == [_person(work, "P02").id]
    work.project.documents.rename(work.document(SECOND).id, "Second talk")
    assert [link.text() for link in people.participants._shown_links] == ["Second talk"]


def test_who_is_chosen_is_shown_though_the_filter_hid_them(
    people: PeopleDialog, work: Workplace
) -> None:
    page = people.participants
    page.filter.setText("p01")
    people.show_participant(_person(work, "P01").id)
    assert page.filter.text() == "p01"
    people.show_participant(_person(work, "P02").id)
    assert page.filter.text() == ""
    assert page.title.text() == "Withdraw P02"


def test_who_is_chosen_is_shown_when_they_are_read(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ikt_coder.ui.people.participants_page._AT_ONCE", 1)
    dialog = PeopleDialog(work.context)
    work.show(dialog, 860, 620)
    dialog.show_document(work.document(SECOND).id)
    work.bot.waitUntil(lambda: dialog.participants.title.text() == "Withdraw P02")
    key = work.project.participants.add("P03")
    dialog.show_participant(key)
    work.bot.waitUntil(lambda: dialog.participants.title.text() == "Withdraw P03")


def test_somebody_who_is_gone_is_not_chosen_when_they_come_back(
    people: PeopleDialog, work: Workplace
) -> None:
    key = _person(work, "P02").id
    work.project.participants.delete(key)
    people.show_participant(key)
    assert people.participants.title.text() == "Withdraw P01"
    work.project.history.undo()
    assert people.participants.model.rowCount() == 2
    assert people.participants.title.text() == "Withdraw P01"


def test_people_open_at_the_owner_of_a_document_without_speakers(
    people: PeopleDialog, work: Workplace
) -> None:
    diary = work.project.documents.add(Transcript("Only words."), "Diary")
    people.show_document(work.document(SECOND).id)
    people.show_document(diary)
    assert people.participants.title.text() == "Withdraw P02"
    work.project.documents.link_participant(diary, _person(work, "P01").id)
    people.show_document(diary)
    assert people.participants.title.text() == "Withdraw P01"
    people.show_page("speakers")
    assert people.speakers.title.text() == "Diary"


def test_an_empty_project(new_work: Workplace) -> None:
    dialog = PeopleDialog(new_work.context)
    new_work.show(dialog, 860, 620)
    assert dialog.participants.empty.isVisible()
    assert not dialog.participants.withdraw.isVisible()
    dialog.show_page("speakers")
    assert dialog.speakers.empty.isVisible()
    dialog.show_page("erased")
    assert dialog.tombstones.empty.isVisible()


# -- speakers -----------------------------------------------------------------------------------


def test_a_speaker_is_linked_to_a_new_participant(people: PeopleDialog, work: Workplace) -> None:
    _show_speakers(people, work.document(FIRST).id)
    key = _speaker(work, FIRST, "P01")
    _, _, person = people.speakers.line(key)
    field = person.lineEdit()
    assert field is not None
    field.setFocus()
    field.selectAll()
    work.bot.keyClicks(field, "Ada")
    before = len(work.project.history.all())
    work.bot.keyClick(field, Qt.Key.Key_Return)
    assert work.document(FIRST).participants == ("Ada",)
    assert len(work.project.history.all()) == before + 1
    assert people.isVisible()
    work.project.history.undo()
    assert work.document(FIRST).participants == ("P01",)
    assert [row.label for row in work.project.participants.all()] == ["P01", "P02"]


def test_a_speaker_can_be_nobody(people: PeopleDialog, work: Workplace) -> None:
    _show_speakers(people, work.document(FIRST).id)
    _, _, person = people.speakers.line(_speaker(work, FIRST, "P01"))
    person.setCurrentIndex(0)
    person.textActivated.emit("")
    assert work.document(FIRST).participants == ()
    assert work.said[-1] == "<b>P01</b> is nobody’s"


def test_role_and_name_of_a_speaker(people: PeopleDialog, work: Workplace) -> None:
    _show_speakers(people, work.document(FIRST).id)
    key = _speaker(work, FIRST, "P01")
    name, role, person = people.speakers.line(key)
    role.setCurrentIndex(1)
    role.activated.emit(1)
    speakers = {s.label: s for s in work.project.documents.speakers(work.document(FIRST).id)}
    assert speakers["P01"].role is SpeakerRole.INTERVIEWER
    assert not person.isEnabled()
    name.setFocus()
    name.selectAll()
    work.bot.keyClicks(name, "Moderator")
    work.bot.keyClick(name, Qt.Key.Key_Return)
    assert work.document(FIRST).speakers == ("Interviewer", "Moderator")
    assert "P01: " in work.project.texts.get(work.document(FIRST).id)


def test_a_document_without_speakers_belongs_to_one(
    new_work: Workplace,
) -> None:
    key = new_work.project.documents.add(Transcript("Only words."), "Diary")
    dialog = PeopleDialog(new_work.context)
    new_work.show(dialog, 860, 620)
    _show_speakers(dialog, key)
    box = dialog.speakers.owner.editor
    assert box.isVisible()
    box.setCurrentText("P09")
    box.lineEdit().editingFinished.emit()
    assert new_work.project.documents.get(key).participants == ("P09",)
    box.setCurrentText("P10")
    box.lineEdit().editingFinished.emit()
    assert new_work.project.documents.get(key).participants == ("P10",)


def test_another_document_is_shown_without_reading_them_all(
    people: PeopleDialog, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    _show_speakers(people, work.document(FIRST).id)
    people.speakers.documents.setFocus()

    def read() -> None:
        raise AssertionError

    monkeypatch.setattr(work.project.documents, "all", read)
    work.key(Qt.Key.Key_Down)
    assert people.speakers.title.text() == SECOND


def test_tab_goes_through_the_lines_of_the_speakers(people: PeopleDialog, work: Workplace) -> None:
    people.show_page("speakers")
    page = people.speakers
    for title in (SECOND, FIRST):  # the lines are made anew for each
        page.choose(work.document(title).id)
        who = title.split()[0]
        first, second = (page.line(_speaker(work, title, one)) for one in ("Interviewer", who))
        work.bot.waitUntil(second[2].isVisible)
        page.documents.setFocus()
        passed = []
        while people.focusWidget() is not second[2]:
            work.key(Qt.Key.Key_Tab)
            passed.append(people.focusWidget())
            assert passed[-1] is not page.documents, passed
        assert people.close_button not in passed
        assert passed[-5:] == [first[0], first[1], *second]


def test_the_filter_narrows_the_documents(people: PeopleDialog, work: Workplace) -> None:
    people.show_page("speakers")
    people.speakers.filter.setText("clin")
    model = people.speakers.documents.model()
    assert [model.index(at, 0).data() for at in range(model.rowCount())] == [SECOND]


# -- withdrawing --------------------------------------------------------------------------------


def test_leaving_out_can_be_taken_back(people: PeopleDialog, work: Workplace) -> None:
    _cell(people, work, "P01", Column.LABEL)
    page = people.participants
    work.click(page.leave_out)
    assert _person(work, "P01").left_out
    assert page.leave_out.text() == "Take back in"
    assert page.model.index(0, Column.ANALYSIS).data() == "left out"
    assert MARKER in work.project.texts.get(work.document(FIRST).id)
    work.click(page.leave_out)
    assert not _person(work, "P01").left_out
    work.project.history.undo()
    assert _person(work, "P01").left_out


def _erase_dialog(people: PeopleDialog, work: Workplace, label: str) -> EraseDialog:
    _cell(people, work, label, Column.LABEL)
    work.click(people.participants.erase)
    dialog = people.erase_dialog
    assert dialog is not None
    with work.bot.waitSignal(dialog.ready):
        pass
    return dialog


def test_erasing_shows_what_goes_and_what_stays(people: PeopleDialog, work: Workplace) -> None:
    code = work.project.codes.add("Trust")
    work.project.codings.apply(work.document(FIRST).id, Span(40, 60), code)
    work.project.history.name_restore_point("Before the second wave")
    backup = work.project.safety.backup()
    coder = work.project.coders.ensure_present()
    work.project.copies.make(coder, work.project.path.with_name("for a friend.ikt"))
    dialog = _erase_dialog(people, work, "P01")
    assert FIRST in dialog.goes.text()
    assert "1 coding" in dialog.goes.text()
    assert backup.name in dialog.stays.text()
    assert "Before the second wave" in dialog.stays.text()
    assert "“for a friend.ikt”" in dialog.stays.text()
    assert "cannot be undone" in dialog.final.text()
    dialog.reject()
    assert FIRST in work.titles()


def test_erasing_needs_a_reason_and_the_pseudonym(people: PeopleDialog, work: Workplace) -> None:
    dialog = _erase_dialog(people, work, "P01")
    typed, reason = dialog.typed.editor, dialog.reason.editor
    work.bot.keyClicks(typed, "P02")
    assert "not the pseudonym" in dialog.typed.note()
    work.bot.keyClicks(reason, "asked by letter")
    assert not dialog.erase_button.isEnabled()
    typed.clear()
    work.bot.keyClicks(typed, "P01")
    assert dialog.erase_button.isEnabled()
    work.bot.keyClick(typed, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert FIRST in work.titles()
    dialog.reject()


def test_erased_words_are_gone_from_the_file_and_a_line_stays(
    people: PeopleDialog, work: Workplace, qtbot: QtBot
) -> None:
    path = work.project.path
    assert MARKER.encode() in path.read_bytes()
    dialog = _erase_dialog(people, work, "P01")
    work.bot.keyClicks(dialog.typed.editor, "P01")
    work.bot.keyClicks(dialog.reason.editor, "asked by letter")
    with qtbot.waitSignal(dialog.erased, timeout=30_000):
        work.click(dialog.erase_button)
    assert "1 document" in dialog.tombstone.text()
    assert "asked by letter" in dialog.tombstone.text()
    assert work.titles() == [SECOND]
    assert MARKER.encode() not in path.read_bytes()
    assert people.tombstones.model.rowCount() == 1
    assert "1 document" in people.tombstones.model.index(0).data()
    assert [row.label for row in work.project.participants.all()] == ["P02"]
    work.click(dialog.cancel_button)
    assert people.erase_dialog is None


def test_a_failed_erasing_is_told_and_nothing_is_gone(
    people: PeopleDialog, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> object:
        raise ProjectFileError("The disk is full. Nothing was erased.")

    monkeypatch.setattr(work.project.participants, "erase", full)
    dialog = _erase_dialog(people, work, "P01")
    work.bot.keyClicks(dialog.typed.editor, "P01")
    work.bot.keyClicks(dialog.reason.editor, "x")
    work.click(dialog.erase_button)
    work.bot.waitUntil(lambda: "disk is full" in dialog.bar.message())
    assert dialog.erase_button.isEnabled()
    assert FIRST in work.titles()
    dialog.reject()
    assert not dialog.isVisible()
