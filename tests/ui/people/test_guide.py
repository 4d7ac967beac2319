"""The interview guide: its questions in order, and turns looked through by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.people.guide_page import GuidePage
from ikt_coder.ui.people.view import PeopleDialog
from ikt_coder.ui.retrieval.choices import ChoiceList
from ikt_coder.ui.widgets.roles import ItemRole
from tests.studies import add_talk
from tests.ui.documents.workplace import Workplace, workplace

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
POSSIBLE, WAY, NEXT = (
    "What made it possible to take part?",
    "What got in the way?",
    "What comes next?",
)


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Workplace]:
    with workplace(tmp_path, qtbot, appearance, empty=True) as made:
        add_talk(made.project)
        yield made


def opened(work: Workplace) -> tuple[PeopleDialog, GuidePage]:
    dialog = PeopleDialog(work.context)
    work.show(dialog, 1000, 680)
    dialog.show_page("guide")
    page = dialog.guide
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    page.testers = [  # type: ignore[attr-defined]  # live with the page
        QAbstractItemModelTester(model, fatal)
        for model in (page.questions.model, page.review.model)
    ]
    page.focus_page()
    return dialog, page


@pytest.fixture
def keys(work: Workplace) -> tuple[UUID, ...]:
    return work.project.guide.bring_in("\n".join((POSSIBLE, WAY, NEXT)))


def said(work: Workplace) -> list[tuple[bool, UUID | None]]:
    document = work.project.documents.all()[0].id
    return [(row.reviewed, row.question) for row in work.project.guide.asked(document)]


def order(work: Workplace) -> list[str]:
    return [row.text for row in work.project.guide.all()]


def test_enter_accepts_and_goes_on_and_u_takes_back(
    work: Workplace, keys: tuple[UUID, ...]
) -> None:
    _, page = opened(work)
    assert page.review.facts.text() == "0 of 2 turns looked at"
    assert page.review.turns.hasFocus()
    work.key(Qt.Key.Key_Return)
    assert said(work) == [(True, keys[0]), (False, None)]
    assert page.review.turns.currentIndex().row() == 1
    work.key(Qt.Key.Key_Return)
    assert said(work) == [(True, keys[0]), (True, keys[1])]
    assert page.review.facts.text() == "2 of 2 turns looked at"
    assert "(2 of 2)" in page.review.documents.currentText()
    with work.bot.waitSignal(work.context.message):
        work.key(Qt.Key.Key_U)
    assert said(work) == [(True, keys[0]), (False, None)]


def test_a_digit_chooses_and_n_says_none(work: Workplace, keys: tuple[UUID, ...]) -> None:
    _, page = opened(work)
    work.key(Qt.Key.Key_3)
    work.key(Qt.Key.Key_N)
    assert said(work) == [(True, keys[2]), (True, None)]
    shown = [
        page.review.model.index(at, 0).data(ItemRole.SUBTITLE)
        for at in range(page.review.model.rowCount(QModelIndex()))
    ]
    assert shown == [f"3. {NEXT}", "None of the guide"]
    work.key(Qt.Key.Key_9)  # no ninth question
    assert said(work) == [(True, keys[2]), (True, None)]


def test_proposals_in_bold_are_accepted_in_one_act(work: Workplace, keys: tuple[UUID, ...]) -> None:
    _, page = opened(work)
    page.review.least.setValue(45)
    acts = len(work.project.history.all())
    assert page.review.all_button.text() == "Accept 2 proposals from"
    assert page.review.model.index(0, 0).data(ItemRole.STRONG)
    work.click(page.review.all_button)
    assert said(work) == [(True, keys[0]), (True, keys[1])]
    assert len(work.project.history.all()) == acts + 1
    assert not page.review.all_button.isEnabled()
    work.project.history.undo()
    strong = [turn.likeness for turn in page.review.model.rows]
    page.review.least.setValue(100)
    assert len(page.review.model.accepted()) == sum(one >= 1.0 for one in strong)


def test_a_proposal_two_thirds_alike_is_not_accepted_with_the_others(work: Workplace) -> None:
    (question,) = work.project.guide.bring_in("What made visits possible?")
    _, page = opened(work)
    first = page.review.model.rows[0]
    assert (first.proposed, round(first.likeness, 2)) == (question, 0.67)
    assert page.review.model.accepted() == {}
    assert not page.review.all_button.isEnabled()


def test_the_list_offers_every_question(work: Workplace, keys: tuple[UUID, ...]) -> None:
    dialog, _ = opened(work)
    work.key(Qt.Key.Key_C)
    (chooser,) = dialog.findChildren(ChoiceList)
    QTest.keyClick(chooser.list, Qt.Key.Key_Down)
    QTest.keyClick(chooser.list, Qt.Key.Key_Return)
    assert said(work)[0] == (True, keys[1])


def test_questions_are_put_in_order_by_key_and_by_dragging(
    work: Workplace, keys: tuple[UUID, ...]
) -> None:
    _, page = opened(work)
    page.questions.list.setFocus()
    work.key(Qt.Key.Key_Down, ALT)
    assert order(work) == [WAY, POSSIBLE, NEXT]
    work.key(Qt.Key.Key_Down, ALT)
    work.key(Qt.Key.Key_Down, ALT)
    assert order(work) == [WAY, NEXT, POSSIBLE]
    model = page.questions.model
    data = model.mimeData([model.index(2, 0)])
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(data, move, -1, -1, model.index(0, 0))
    model.dropMimeData(data, move, 0, 0, QModelIndex())
    assert order(work) == [POSSIBLE, WAY, NEXT]


def test_a_question_is_added_written_and_deleted(work: Workplace) -> None:
    _, page = opened(work)
    assert page.questions.none.isVisible()
    work.click(page.questions.new_button)
    work.type("How did it begin?")
    work.key(Qt.Key.Key_Tab)
    work.type("Start")
    work.key(Qt.Key.Key_Tab)
    (row,) = work.project.guide.all()
    assert (row.text, row.label) == ("How did it begin?", "Start")
    page.questions.list.setFocus()
    work.key(Qt.Key.Key_Delete)
    assert work.project.guide.all() == ()


def test_an_empty_question_is_refused_below_its_field(
    work: Workplace, keys: tuple[UUID, ...]
) -> None:
    _, page = opened(work)
    page.questions.edit()
    work.key(Qt.Key.Key_Delete)
    work.key(Qt.Key.Key_Tab)
    assert page.questions.text.note()
    assert order(work)[0] == POSSIBLE


def test_a_guide_is_read_from_a_file_and_mended_first(work: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "guide.txt"
    file.write_text(f"Interview guide\n1. {POSSIBLE}\n\n2. {WAY}\n", encoding="utf-8")
    _, page = opened(work)
    work.click(page.questions.bring_button)
    dialog = page.questions.dialog
    assert dialog is not None
    assert not dialog.add_button.isEnabled()
    dialog.read(file)
    assert dialog.add_button.text() == "Add 3 lines"
    lines = dialog.lines.editor.text().split("\n")
    dialog.lines.editor.setPlainText("\n".join(lines[1:]))
    work.click(dialog.add_button)
    assert order(work) == [POSSIBLE, WAY]
    assert page.questions.model.rowCount(QModelIndex()) == 2


def test_a_file_that_cannot_be_read_is_told_below_the_field(
    work: Workplace, tmp_path: Path
) -> None:
    _, page = opened(work)
    work.click(page.questions.bring_button)
    dialog = page.questions.dialog
    assert dialog is not None
    dialog.read(tmp_path / "gone.docx")
    assert "gone.docx" in dialog.lines.note()
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    dialog.read(empty)
    assert "is empty" in dialog.lines.note()
    dialog.reject()


def test_stages_are_offered_where_charting_has_them(
    work: Workplace, keys: tuple[UUID, ...]
) -> None:
    _, page = opened(work)
    assert not page.questions.stages.isVisible()
    work.project.frameworks.add("research-stages")
    assert page.questions.stages.isVisible()
    stage = work.project.guide.stages()[0]
    work.project.guide.change(keys[0], stages=[stage.id])
    assert stage.shown in page.questions.stages.accessibleName()
    assert stage.shown in page.questions.model.index(0, 0).data(ItemRole.SUBTITLE)


def test_without_an_interviewer_the_way_leads_to_the_speakers(
    work: Workplace, keys: tuple[UUID, ...]
) -> None:
    document = work.project.documents.all()[0].id
    for speaker in work.project.documents.speakers(document):
        work.project.documents.change_speaker(speaker.id, role=SpeakerRole.OTHER)
    _, page = opened(work)
    assert page.review.empty.isVisible()
    assert "Nobody is known as the interviewer" in page.review.empty.accessibleName()
    with work.bot.waitSignal(work.context.people_wanted) as asked:
        page.review.empty.findChildren(type(page.questions.new_button))[0].click()
    assert asked.args == ["speakers"]


def test_a_document_that_is_deleted_leaves_the_review(
    work: Workplace, keys: tuple[UUID, ...]
) -> None:
    other = add_talk(work.project, title="Second")
    _, page = opened(work)
    page.review.choose_document(other)
    work.project.documents.delete(other)
    assert page.review.documents.count() == 1
    work.project.history.undo()
    assert page.review.documents.count() == 2


def test_the_title_of_an_interview_is_whole_in_a_narrow_window(
    work: Workplace, keys: tuple[UUID, ...]
) -> None:
    document = work.project.documents.all()[0].id
    work.project.documents.rename(document, "P05 Policy adviser, spring")
    dialog, page = opened(work)
    dialog.resize(776, 620)
    work.bot.waitUntil(lambda: dialog.width() <= 780)
    combo = page.review.documents
    words = combo.fontMetrics().horizontalAdvance(combo.currentText())
    work.bot.waitUntil(lambda: combo.width() > words + 40)
