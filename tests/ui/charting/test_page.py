"""Charting by real keys: the form, the table, the counts, a second coder, the questions."""

from __future__ import annotations

import threading
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ikt_coder.core.ops import Op
from ikt_coder.services.charting.rows import Basis, ChartStatus, Subject, SubjectKind, Verdict
from ikt_coder.services.project import Project
from ikt_coder.settings import SINGLE_LETTER_KEYS
from ikt_coder.ui.charting.field_card import FieldCard
from ikt_coder.ui.charting.fields_dialog import FieldsDialog
from ikt_coder.ui.charting.question_dialog import QuestionDialog
from ikt_coder.ui.widgets.roles import ItemRole
from tests.services.charting.review import chart, field, of, option, review, scoping_review
from tests.ui.charting.conftest import Desk, MakeDesk

Key = Qt.Key


def press(desk: Desk, *keys: Key | str) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)


def card(desk: Desk, name: str) -> FieldCard:
    return next(c for c in desk.page.form.cards if c.field.key == name)


def answered(desk: Desk, document: UUID, name: str) -> set[str]:
    row = desk.project.charting.find_field(name)
    keys = desk.project.charting.answer_of(of(document), row.id).options
    return {o.key for o in row.options if o.id in keys and o.key}


def test_digits_choose_and_arrows_go_from_question_to_question(desk: Desk) -> None:
    first, second, _ = desk.documents
    press(desk, "13", Key.Key_Down, "4", "I", Key.Key_Down, "5", "R")
    assert answered(desk, first, "kta.phase") == {"kta.a1", "kta.a3"}
    assert answered(desk, first, "iap2.level") == {"iap2.4"}
    level = desk.project.charting.answer_of(of(first), field(desk.project, "iap2.level"))
    assert level.basis is Basis.INFERRED
    stages = desk.project.charting.answer_of(of(first), field(desk.project, "stage.taken"))
    assert stages.not_reported and not stages.options  # noqa: PT018 - one state
    assert card(desk, "iap2.level").inferred_box.isChecked()
    press(desk, "C")
    assert desk.project.charting.form(of(first)).status is ChartStatus.CHARTED
    assert desk.page.form.subject == of(second)
    press(desk, "K")
    assert desk.page.form.subject == of(first)
    press(desk, "J", "J", "J")
    assert desk.said[-1] == "This is the last record."


def test_where_the_records_end_is_not_said_longer_than_it_is_true(desk: Desk) -> None:
    press(desk, "J", "J", "J")
    assert desk.said[-1] == "This is the last record."
    press(desk, "K")
    assert desk.said[-1] == ""
    press(desk, "J", "J")
    desk.page.hide()
    assert desk.said[-1] == ""
    with desk.qtbot.waitActive(desk.page):
        desk.page.show()
    desk.page.focus_page()
    desk.page.step(1)
    assert desk.said[-1] == "This is the last record."
    desk.context.say("Something else")
    desk.page.hide()
    assert desk.said[-1] == "Something else"


def test_a_gesture_can_be_undone_and_the_form_follows(desk: Desk) -> None:
    first = desk.documents[0]
    press(desk, "2")
    assert card(desk, "kta.phase").digits[1] in card(desk, "kta.phase").answer.options
    desk.project.history.undo()
    assert card(desk, "kta.phase").answer.options == ()
    assert card(desk, "kta.phase").state.text() == "Not charted yet"
    press(desk, "2", Key.Key_Delete)
    assert not desk.project.charting.form(of(first)).answers


def test_texts_and_remarks_are_typed_without_doing_anything_else(desk: Desk) -> None:
    first = desk.documents[0]
    press(desk, "1", Key.Key_Return, "p. 4, J and K", Key.Key_Escape, Key.Key_Down)
    phase = desk.project.charting.answer_of(of(first), field(desk.project, "kta.phase"))
    assert (phase.text, len(phase.options)) == ("p. 4, J and K", 1)
    assert desk.page.form.subject == of(first)
    content = card(desk, "wider.seed.content")
    content.write()
    press(desk, "Meetings every month")
    QTest.keyClick(content.text, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answer = desk.project.charting.answer_of(of(first), content.field.id)
    assert answer.text == "Meetings every month"


def test_single_letters_can_be_turned_off(desk: Desk) -> None:
    desk.context.settings.set(SINGLE_LETTER_KEYS, False)
    press(desk, "1", "R")
    assert not desk.project.charting.form(of(desk.documents[0])).answers
    QTest.keyClick(desk.page.form, Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.form.subject == of(desk.documents[1])


def test_the_mouse_does_the_same(desk: Desk) -> None:
    level = card(desk, "iap2.level")
    box = level.boxes[level.digits[2]]
    desk.page.form.area.ensureWidgetVisible(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert answered(desk, desk.documents[0], "iap2.level") == {"iap2.3"}
    press(desk, "5")  # the keys act in the card that was clicked
    assert answered(desk, desk.documents[0], "iap2.level") == {"iap2.5"}
    QTest.mouseClick(level.boxes[level.digits[4]], Qt.MouseButton.LeftButton)
    assert answered(desk, desk.documents[0], "iap2.level") == set()


def test_progress_and_the_text_beside_the_form(desk: Desk) -> None:
    press(desk, "1", "C")
    desk.wait()
    assert desk.page.records.heading.note() == "1 of 3 charted"
    entries = desk.page.records.model.rows
    assert (entries[0].answered, entries[0].fields) == (1, 10)
    desk.qtbot.waitUntil(lambda: desk.page.text.toPlainText() == "What record 2 says.\n")


def test_the_table_opens_a_form_at_a_question(desk: Desk) -> None:
    chart(desk.project, desk.documents[1], "iap2.level")
    desk.wait()
    desk.page.show_view("grid")
    grid = desk.page.grid
    names = [field_.key for field_ in grid.grid_model.grid.fields]
    index = grid.grid_model.index(1, 2 + names.index("iap2.level"))
    assert index.data() == "Not reported"
    assert grid.grid_model.index(0, index.column()).data() == ""
    grid.setCurrentIndex(index)
    grid.setFocus()
    press(desk, Key.Key_Return)
    assert desk.page.form.subject == of(desk.documents[1])
    current = desk.page.form.card()
    assert current is not None
    assert current.field.key == "iap2.level"


def test_answers_stand_whole_where_there_is_room(tmp_path: Path, desk_over: MakeDesk) -> None:
    desk = desk_over(*review(tmp_path / "Review.ikt", 3))
    page = desk.page
    page.resize(1900, 900)
    page.show_view("counts")
    outcomes = field(desk.project, "out.reported")
    page.counts.field.setCurrentIndex(page.counts.field.findData(outcomes))
    page.counts.asked.emit()
    desk.wait()
    table = page.counts.table
    assert table.sizeHintForColumn(0) > 300
    least, needed = table.columnWidth(0), table.sizeHintForColumn(0)
    assert least >= needed
    others = sum(table.columnWidth(at) for at in range(1, table.columnCount()))
    page.resize(900, 700)
    assert table.columnWidth(0) >= 300
    assert table.columnWidth(0) == max(300, min(needed, table.viewport().width() - others))
    # Drawn by hand, it stays.
    table.setColumnWidth(0, 333)
    page.resize(1800, 900)
    assert table.columnWidth(0) == 333


def test_counts_open_the_records_behind_a_number(tmp_path: Path, desk_over: MakeDesk) -> None:
    desk = desk_over(*scoping_review(tmp_path / "Review.ikt"))
    desk.page.show_view("counts")
    counts = desk.page.counts
    counts.field.setCurrentIndex(counts.field.findData(field(desk.project, "iap2.level")))
    counts.field.activated.emit(counts.field.currentIndex())
    desk.wait()
    rows = {
        counts.table.item(at, 0).text().strip(): at  # type: ignore[union-attr] # every row has it
        for at in range(counts.table.rowCount())
    }
    counts.table.setFocus()
    counts.table.setCurrentCell(rows["Not reported"], 1)
    assert counts.table.currentItem().text() == "4"
    assert len(counts.behind.rows) == 4
    press(desk, *[Key.Key_Up] * 2)
    assert counts.table.currentItem().text() == "43"
    assert len(counts.behind.rows) == 45  # both records of two of the 43 studies
    assert "n of 72 studies" in counts.note.text()
    stages = counts.across.findData(field(desk.project, "out.reported"))
    counts.across.setCurrentIndex(stages)
    counts.across.activated.emit(stages)
    desk.wait()
    assert counts.shown is not None
    assert counts.shown.cross is not None
    assert counts.shown.cross.looked == 72
    last = counts.table.item(counts.table.rowCount() - 1, counts.table.columnCount() - 1)
    assert last is not None
    assert last.text() == "72"
    counts.list.setCurrentIndex(counts.behind.index(0, 0))
    counts.table.setCurrentCell(3, 1)
    subject = counts.behind.rows[0].subject
    counts.list.setCurrentIndex(counts.behind.index(0, 0))
    counts.list.activated.emit(counts.list.currentIndex())
    assert desk.page.form.subject == subject


def test_a_second_coder_agrees_changes_and_asks(desk: Desk) -> None:
    first = desk.documents[0]
    press(desk, "1", Key.Key_Down, "2", Key.Key_Down, "5")
    form = desk.page.form
    assert not form.check_button.isEnabled()
    desk.project.coders.switch(desk.project.coders.add("Lucie Tremblay", "LT"))
    assert form.check_button.isEnabled()
    form.check_button.click()
    press(desk, Key.Key_Home, "A", "3")
    press(desk, Key.Key_Down, "Q", "Which part of it?")
    QTest.keyClick(
        card(desk, "stage.taken").question, Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    by_field = {c.field: c for c in desk.project.charting.checks()}
    said = {
        name: by_field[field(desk.project, name)].verdict
        for name in ("kta.phase", "iap2.level", "stage.taken")
    }
    assert said == {
        "kta.phase": Verdict.AGREED,
        "iap2.level": Verdict.CHANGED,
        "stage.taken": Verdict.QUESTION,
    }
    assert answered(desk, first, "iap2.level") == {"iap2.3"}
    desk.wait()
    subtitle = desk.page.records.model.index(0, 0).data(ItemRole.SUBTITLE)
    assert subtitle == "checked 3 of 3"
    assert card(desk, "iap2.level").said.text() == "Changed by Lucie Tremblay; before: Consult"
    assert card(desk, "stage.taken").said.text() == "Lucie Tremblay asks: Which part of it?"
    assert not desk.failures


def test_an_empty_page_offers_the_usual_questions(tmp_path: Path, desk_over: MakeDesk) -> None:
    desk = desk_over(*review(tmp_path / "Review.ikt", 1, form=()))
    assert desk.page.stack.currentWidget() is desk.page.empty
    focused = QApplication.focusWidget()
    assert focused is desk.page.start_button
    press(desk, Key.Key_Space)
    desk.wait()
    assert len(desk.page.form.cards) == 10
    assert desk.page.stack.currentWidget() is desk.page.across
    entry = desk.project.history.all(limit=1)[0]
    assert entry.kind == Op.ADD_FRAMEWORK
    desk.project.history.undo()
    desk.wait()
    assert desk.page.stack.currentWidget() is desk.page.empty


def test_questions_are_reworded_hidden_and_added(desk: Desk) -> None:
    dialog = FieldsDialog(desk.context, desk.page)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    rows = desk.project.charting.fields()
    at = next(n for n, row in enumerate(rows) if row.key == "iap2.level")
    dialog.list.setCurrentIndex(dialog.model.index(at, 0))
    word = dialog.options.item(4, 1)
    assert word is not None
    word.setText("Lead or co-lead")
    assert option(desk.project, "iap2.level", "Lead or co-lead").name == "Empower"
    shown = dialog.options.item(0, 0)
    assert shown is not None
    shown.setCheckState(Qt.CheckState.Unchecked)
    assert [o.shown for o in desk.project.charting.find_field("iap2.level").offered] == [
        *("Consult", "Involve", "Collaborate", "Lead or co-lead")
    ]
    desk.wait()
    names = [box.text() for box in card(desk, "iap2.level").boxes.values() if not box.isHidden()]
    assert "Lead or co-lead" in names
    dialog.new_option.setFocus()
    dialog.new_option.setText("Inform")
    QTest.keyClick(dialog.new_option, Key.Key_Return)
    assert "already" in dialog.problem.text()
    dialog.new_option.setText("Defer")
    QTest.keyClick(dialog.new_option, Key.Key_Return)
    assert option(desk.project, "iap2.level", "Defer").key is None
    dialog.close()


def test_a_new_question_joins_the_form(desk: Desk) -> None:
    dialog = QuestionDialog(desk.context, desk.page)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    dialog.keep()
    assert dialog.problem.text()
    QTest.keyClicks(dialog.name.editor, "Country")
    QTest.keyClicks(dialog.options.editor, "Canada")
    QTest.keyClick(dialog.options.editor, Key.Key_Return)
    QTest.keyClicks(dialog.options.editor, "Kenya")
    dialog.keep_button.click()
    assert desk.page.form.cards[-1].field.name == "Country"
    row = desk.project.charting.find_field("Country")
    assert row.subjects == {SubjectKind.DOCUMENT}
    press_widget(desk.page.form)
    press(desk, Key.Key_End, "2")
    answer = desk.project.charting.answer_of(of(desk.documents[0]), row.id)
    assert answer.options == (row.offered[1].id,)


def press_widget(widget: QWidget) -> None:
    widget.activateWindow()
    widget.setFocus()


def test_a_form_alone_for_another_page(desk: Desk, tmp_path: Path) -> None:
    form = desk.page.form
    form.show_subject(
        Subject(SubjectKind.DOCUMENT, desk.documents[2]), field(desk.project, "out.reported")
    )
    current = form.card()
    assert current is not None
    assert current.field.key == "out.reported"
    desk.project.documents.delete(desk.documents[2])
    form.read()
    assert form.form is None
    desk.wait()
    assert form.subject != of(desk.documents[2])


def test_who_only_reads_sees_and_changes_nothing(tmp_path: Path, desk_over: MakeDesk) -> None:
    path = tmp_path / "Review.ikt"
    project, documents = review(path, 1)
    chart(project, documents[0], "iap2.level", "Consult")
    project.close()
    desk = desk_over(Project.open(path, read_only=True), documents)
    assert answered(desk, documents[0], "iap2.level") == {"iap2.2"}
    press(desk, "1")
    assert answered(desk, documents[0], "kta.phase") == set()


def test_the_list_follows_when_the_hand_rests(desk: Desk) -> None:
    press(desk, "1")
    waiting = [
        timer.interval() for timer in desk.page.reading.findChildren(QTimer) if timer.isActive()
    ]
    assert waiting == [300]
    assert not desk.page.reading.under_way
    press(desk, "2")  # the next digit does not wait for a reading of all forms
    assert not desk.page.reading.under_way
    desk.wait()


def test_the_counts_are_read_away_from_the_main_thread(
    tmp_path: Path, desk_over: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_over(*scoping_review(tmp_path / "Review.ikt"))
    threads: list[threading.Thread] = []
    counts = desk.project.charting.counts

    def told(*given: object, **named: object) -> object:
        threads.append(threading.current_thread())
        return counts(*given, **named)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(desk.project.charting, "counts", told)
    desk.page.show_view("counts")
    desk.qtbot.waitUntil(lambda: bool(threads))
    desk.wait()
    assert threading.main_thread() not in threads
