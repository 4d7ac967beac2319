"""Settling differences by real keys and clicks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from ikt_coder.core.rounds import DecisionKind, DifferenceKind, ReasonCategory
from ikt_coder.core.span import TextEdit
from ikt_coder.core.words import Approach, Layer
from ikt_coder.services.project import Project
from ikt_coder.services.settling_rows import ItemState
from ikt_coder.ui.comparison.settle.decision_panel import REOPEN
from ikt_coder.ui.comparison.settle.page import SettlePage
from tests.ui.comparison.conftest import MakeSettling
from tests.ui.comparison.settling import Coded, Settling

Key = Qt.Key


def consensus(desk: Settling) -> list[str]:
    """The codes of the Consensus, in text order."""
    names = {key: name for name, key in desk.study.codes.items()}
    rows = desk.project.codings.in_document(
        desk.study.documents[0], coder=None, layer=Layer.CONSENSUS
    )
    return [names[row.code] for row in rows]


def go_to(desk: Settling, kind: DifferenceKind) -> None:
    """J until an item of this class."""
    for _ in range(desk.page.queue.model.rowCount()):
        if desk.item.kind is kind and desk.item.state is ItemState.OPEN:
            return
        desk.press(Key.Key_J)
    assert desk.item.kind is kind


def test_the_queue_says_class_codes_and_how_many_are_left(settling: Settling) -> None:
    assert settling.titles() == [
        "P01 · boundary",
        "P01 · one against two",
        "P01 · direction differs",
        "P01 · only CB",
        "P01 · different code",
        "P01 · only CA",
    ]
    assert settling.rest(0) == "Clear role, CA 48 · CB 85 characters"
    assert settling.page.queue.heading.note() == "6 of 6 left"
    assert "Agreed without change <b>1</b>" in settling.page.queue.words.text()
    assert settling.item.kind is DifferenceKind.BOUNDARY
    assert settling.in_queue()


def test_the_whole_queue_by_keyboard_alone(settling: Settling) -> None:
    settling.press(Key.Key_T)  # boundary: together
    settling.press(Key.Key_1)  # one against two: A's
    settling.press(Key.Key_2)  # direction: B's
    settling.press(Key.Key_2)  # only B: keep it
    settling.press(Key.Key_T)  # different code: both
    settling.press(Key.Key_2)  # only A: not coded
    settling.wait()
    assert settling.page.queue.heading.note() == "0 of 6 left"
    assert all(i.state is ItemState.SETTLED for i in settling.page.queue.model.rows)
    assert settling.in_queue()
    # What agrees is accepted with the last difference of the document.
    assert sorted(consensus(settling)) == sorted(
        [
            "Clear role",
            "Trusting relationship",
            "Shared decision-making",
            "Trusting relationship",
            "Competing priorities",
            "Resources for partners",
            "Environmental context and resources",
        ]
    )
    assert not settling.failures
    assert "Nothing is left to settle" in settling.said[-1]


def test_after_a_decision_the_next_open_item_comes(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_1)
    assert settling.item.id != first
    assert settling.item.kind is DifferenceKind.SPLIT
    assert "Kept <b>Coder A</b> for <b>Clear role</b>" in settling.said[-1]
    # Back on it, the choice that stands is filled, and its row says what became of it.
    settling.press(Key.Key_K)
    assert settling.item.id == first
    assert settling.page.panel.button("1").isChecked()
    assert "kept CA" in settling.rest(0)


def test_neither_asks_for_a_reason_and_enter_decides(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_Z)
    assert settling.focus() is settling.page.panel.reason.text
    assert settling.item.id == first
    settling.press(Key.Key_Return)
    assert settling.item.id == first, "decided without a reason"
    settling.type("too small to matter")
    settling.press(Key.Key_Return)
    assert settling.item.id != first
    assert settling.in_queue()
    decision = settling.project.reconciliation.item(first, settling.study.round).decision
    assert decision is not None
    assert (decision.kind, decision.reason) == (DecisionKind.NEITHER, "too small to matter")


def test_escape_takes_the_choice_back_and_keeps_the_words(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_Z)
    settling.type("perhaps")
    settling.press(Key.Key_Escape)
    assert settling.in_queue()
    assert settling.item.id == first
    assert settling.item.state is ItemState.OPEN
    assert not settling.page.panel.button("Z").isChecked()
    settling.press(Key.Key_1)
    decision = settling.project.reconciliation.item(first, settling.study.round).decision
    assert decision is not None
    assert (decision.kind, decision.reason) == (DecisionKind.KEEP, "perhaps")


def test_a_reason_written_before_the_choice(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_Return)
    assert settling.focus() is settling.page.panel.reason.text
    # Letters are words here, and no acts.
    settling.type("1 t z j")
    settling.press(Key.Key_3, modifiers=Qt.KeyboardModifier.ControlModifier)
    settling.press(Key.Key_Return)
    assert settling.in_queue()
    assert settling.item.id == first
    settling.press(Key.Key_2)
    decision = settling.project.reconciliation.item(first, settling.study.round).decision
    assert decision is not None
    assert decision.reason == "1 t z j"
    assert decision.category is ReasonCategory.DEFINITION


def test_deferring_and_an_unclear_codebook(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_A)
    settling.type("ask Dana")
    settling.press(Key.Key_Return)
    second = settling.item.id
    settling.press(Key.Key_U)
    settling.type("say whether a role can be implied")
    settling.press(Key.Key_Return)
    item = settling.project.reconciliation.item
    assert item(first, settling.study.round).state is ItemState.DEFERRED
    assert item(second, settling.study.round).state is ItemState.UNCLEAR
    assert "deferred <b>2</b>" in settling.page.queue.words.text()


def test_undo_opens_the_item_again_and_the_place_stays(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_1)
    second = settling.item.id
    settling.project.history.undo()
    settling.wait()
    assert settling.project.reconciliation.item(first, settling.study.round).state is ItemState.OPEN
    assert settling.item.id == second
    assert settling.page.queue.heading.note() == "6 of 6 left"
    assert consensus(settling) == []


def test_delete_opens_a_settled_item_again(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_1, Key.Key_K)
    assert settling.item.id == first
    settling.press(Key.Key_Delete)
    assert settling.item.id == first
    assert settling.item.state is ItemState.OPEN
    assert consensus(settling) == []


def test_edges_by_key_and_esc_lets_them_go(settling: Settling) -> None:
    whole = settling.item.span
    settling.press(Key.Key_E)
    settling.press(Key.Key_Left, modifiers=Qt.KeyboardModifier.ControlModifier)
    span = settling.page.deciding.draft.span
    assert span is not None
    assert span.start == whole.start
    assert span.end < whole.end
    assert settling.page.view.columns.panes[0].results, "the outcome is outlined"
    settling.press(Key.Key_Escape)
    assert settling.page.deciding.draft.edges is None
    settling.press(Key.Key_E, Key.Key_Left, Key.Key_Return)
    first = settling.item.id
    settling.press(Key.Key_T)
    decision = settling.project.reconciliation.item(first, settling.study.round).decision
    assert decision is not None
    assert decision.kind is DecisionKind.EDGES
    assert [(s.span.start, s.span.end) for s in decision.result] == [(whole.start, whole.end - 1)]


def test_edges_by_mouse(settling: Settling) -> None:
    page = settling.page
    settling.press(Key.Key_S, Key.Key_Return)
    pane = page.view.columns.panes[1]
    span = page.deciding.draft.span
    assert span is not None
    offsets = page.view.columns.page.offsets
    last = pane.rects(*offsets.units(span))[-1]
    start = QPoint(round(last.right()), round(last.center().y()))
    button = Qt.MouseButton.LeftButton
    viewport = pane.viewport()
    QTest.mousePress(viewport, button, pos=start)
    QTest.mouseMove(viewport, start - QPoint(60, 0))
    QTest.mouseRelease(viewport, button, pos=start - QPoint(60, 0))
    moved = page.deciding.draft.span
    assert moved is not None
    assert moved.start == span.start
    assert moved.end < span.end


def test_direction_and_levels_of_the_result(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_X, Key.Key_1)
    decision = settling.project.reconciliation.item(first, settling.study.round).decision
    assert decision is not None
    assert [s.valence and s.valence.value for s in decision.result] == ["mixed"]


def test_another_code_from_the_list(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_C)
    settling.type("competing")
    settling.press(Key.Key_Return)
    assert settling.focus() is settling.page.panel.reason.text
    settling.type("time is what it is about")
    settling.press(Key.Key_Return)
    decision = settling.project.reconciliation.item(first, settling.study.round).decision
    assert decision is not None
    assert decision.kind is DecisionKind.OTHER_CODE
    assert [s.code for s in decision.result] == [settling.study.codes["Competing priorities"]]
    assert settling.in_queue()


def test_a_click_on_a_choice_decides_and_gives_the_keyboard_back(settling: Settling) -> None:
    first = settling.item.id
    QTest.mouseClick(settling.page.panel.button("2"), Qt.MouseButton.LeftButton)
    assert settling.item.id != first
    assert settling.in_queue()


def test_notes_and_dissent(settling: Settling) -> None:
    settling.press(Key.Key_M)
    settling.type("B had the audio")
    settling.press(Key.Key_Return)
    assert settling.item.notes == 1
    assert "1 note" in settling.rest(0)
    assert settling.in_queue()
    assert settling.page.panel.button("M").text() == "Notes (1)…"


def test_the_summary_filters_and_counts(settling: Settling) -> None:
    page = settling.page
    settling.press(Key.Key_1)
    rows = {row.text(): row for row in page.summary.codes.rows}
    assert rows["Shared decision-making"].count == "2"
    QTest.mouseClick(rows["Shared decision-making"], Qt.MouseButton.LeftButton)
    assert len(settling.titles()) == 2
    assert page.queue.code_chip.isVisible()
    QTest.mouseClick(rows["Shared decision-making"], Qt.MouseButton.LeftButton)
    assert len(settling.titles()) == 6
    (way,) = page.summary.ways.rows
    assert (way.text(), way.count) == ("Kept one coder's", "1")
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    assert settling.titles() == ["P01 · boundary"]


def test_the_reliability_is_hidden_until_it_is_asked_for(settling: Settling) -> None:
    reliability = settling.page.summary.reliability
    assert "kappa" not in reliability.words.text()
    QTest.mouseClick(reliability.button, Qt.MouseButton.LeftButton)
    settling.wait()
    assert "pooled kappa" in reliability.words.text()
    before = reliability.words.text()
    settling.press(Key.Key_1)
    assert reliability.words.text() == before


def test_bulk_acceptance_is_recorded_item_by_item(settling: Settling) -> None:
    page = settling.page
    QTest.mouseClick(page.summary.matches, Qt.MouseButton.LeftButton)
    settling.wait()
    settling.bot.waitUntil(lambda: consensus(settling) == ["Trusting relationship"])
    QTest.mouseClick(page.summary.boundaries, Qt.MouseButton.LeftButton)
    panel = page.acts.bulk.popover
    assert panel is not None
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    settling.bot.waitUntil(lambda: page.queue.heading.note() == "5 of 6 left")
    decision = page.queue.model.rows[0].decision
    assert decision is not None
    assert decision.in_bulk


def test_proposals_are_shown_before_they_are_accepted(settling: Settling) -> None:
    page = settling.page
    QTest.mouseClick(page.summary.propose, Qt.MouseButton.LeftButton)
    settling.wait()
    panel = page.acts.bulk.popover
    assert panel is not None
    settling.bot.waitUntil(panel.button.isEnabled)
    assert page.queue.heading.note() == "6 of 6 left"
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    settling.bot.waitUntil(lambda: page.queue.heading.note() != "6 of 6 left")


def test_the_place_in_the_queue_outlives_a_restart(settling: Settling) -> None:
    settling.press(Key.Key_J, Key.Key_J)
    there = settling.item.id
    settling.page.hide()
    again = SettlePage(settling.context)
    settling.bot.addWidget(again)
    again.show_round(settling.study.round)
    with settling.bot.waitExposed(again):
        again.show()
    settling.bot.waitUntil(lambda: again.up_to_date)
    assert again.queue.current_id() == there


def test_columns_scroll_together_and_show_what_each_has(settling: Settling) -> None:
    page = settling.page
    page.resize(1000, 520)
    columns = page.view.columns
    settling.press(Key.Key_End)
    bars = [pane.verticalScrollBar() for pane in columns.panes]
    assert bars[0].value() == bars[1].value() > 0
    bars[0].setValue(0)
    assert bars[1].value() == 0
    names = {pane.accessibleName() for pane in columns.panes}
    assert names == {"Text with the codings of Coder A", "Text with the codings of Coder B"}


def test_letters_can_be_switched_off(settling: Settling) -> None:
    from ikt_coder.settings import SINGLE_LETTER_KEYS

    settling.context.settings.set(SINGLE_LETTER_KEYS, False)
    first = settling.item.id
    settling.press(Key.Key_1)
    assert settling.item.id == first
    assert settling.item.state is ItemState.OPEN


def test_read_only_says_why_and_decides_nothing(settling: Settling) -> None:
    settling.page.deciding.why_not = "The project is open for reading only."
    first = settling.item.id
    settling.press(Key.Key_1)
    assert settling.item.id == first
    assert settling.said[-1] == "The project is open for reading only."


def test_a_sealed_round_says_what_is_awaited(tmp_path: Path, settling_over: MakeSettling) -> None:
    study = Coded(tmp_path / "sealed.ikt")
    study.differ()
    study.project.coders.switch(study.coders[0])
    desk = settling_over(study)
    assert desk.page.stack.currentWidget() is desk.page.nothing
    assert desk.page.nothing.accessibleName()


def test_three_coders_and_which_columns(tmp_path: Path, settling_over: MakeSettling) -> None:
    study = Coded(tmp_path / "three.ikt", coders=3)
    study.differ()
    study.code(2, "Clear role", "Nobody had explained how a study is put together")
    study.finish()
    desk = settling_over(study)
    assert len(desk.page.view.columns.panes) == 3
    assert desk.page.queue.columns_pill.isVisible()
    desk.page.people.set_columns(frozenset(study.coders[1:]))
    desk.wait()
    heads = [head.accessibleName() for head in desk.page.view.columns.heads]
    assert heads == ["Coder B", "Coder C not coded"] or heads == ["Coder B", "Coder C"]
    assert len(desk.page.view.columns.panes) == 2
    # Who has no column is told in words.
    assert desk.page.panel.others.isVisible()
    assert desk.page.panel.others.text() == "Also: CA Clear role"


def test_open_again_has_a_button(settling: Settling) -> None:
    settling.press(Key.Key_1, Key.Key_K)
    QTest.mouseClick(settling.page.panel.button(REOPEN), Qt.MouseButton.LeftButton)
    assert settling.item.state is ItemState.OPEN


def test_adjudicating_without_names(tmp_path: Path, settling_over: MakeSettling) -> None:
    study = Coded(tmp_path / "judge.ikt", adjudicated=True)
    study.differ()
    study.finish()
    desk = settling_over(study)
    first = desk.item.id
    desk.press(Key.Key_A)
    desk.type("we do not agree")
    desk.press(Key.Key_Return)
    # Those who deferred wait; taking the deferral back is still theirs.
    desk.press(Key.Key_K)
    assert desk.item.id == first
    assert "waits for Dana Judge" in desk.page.deciding.why_not
    assert not desk.page.panel.button("1").isEnabled()
    assert desk.page.panel.button(REOPEN).isEnabled()
    judge = next(row.id for row in study.project.coders.all() if row.name == "Dana Judge")
    study.project.coders.switch(judge)
    desk.wait()
    assert desk.page.banner.isVisible()
    seen = [head.accessibleName() for head in desk.page.view.columns.heads]
    assert not any(name in words for name in ("Coder A", "Coder B") for words in seen)
    titles = " ".join(desk.titles()) + " ".join(desk.rest(row) for row in range(6))
    assert "CA" not in titles
    assert "CB" not in titles
    for row in range(6):
        desk.page.queue.list.setCurrentIndex(desk.page.queue.model.index(row))
        words = [button.text() for button in desk.page.panel.buttons]
        assert not any("Coder A" in w or "Coder B" in w for w in words)
    assert desk.page.queue.choose(first)
    # Why it was deferred is not the adjudicator's reason.
    assert desk.page.deciding.draft.reason == ""
    desk.press(Key.Key_2)
    decided = study.project.reconciliation.item(first, study.round)
    assert decided.state is ItemState.SETTLED
    assert decided.decision is not None
    assert decided.decision.names_hidden
    assert decided.decision.reason == ""
    # What was chosen is shown as chosen, though no name tells whose it was.
    assert desk.page.queue.choose(first)
    assert [b.key for b in desk.page.panel.buttons if b.isChecked()] == ["2"]
    assert "Coder" not in desk.said[-1].replace("Coder roles", "")


def test_readings_count_nothing_and_let_both_stand(
    tmp_path: Path, settling_over: MakeSettling
) -> None:
    study = Coded(tmp_path / "readings.ikt")
    study.project.card.change(approach=Approach.REFLEXIVE)
    study.differ()
    study.finish()
    desk = settling_over(study)
    page = desk.page
    assert page.panel.buttons[0].text() == "Both stand"
    shown = [
        page.queue.heading.note(),
        re.sub(r"<.*?>", "", page.panel.title.text()),
        *(row.count for row in page.summary.codes.rows),
        *(desk.rest(row) for row in range(page.queue.model.rowCount())),
        page.summary.matches.text(),
    ]
    assert not any(sign.isdigit() for words in shown for sign in words.replace("P01, 04:20", ""))
    assert not page.summary.reliability.isVisible()
    assert not page.summary.bar.isVisible()
    first = desk.item
    desk.press(Key.Key_T)
    decision = desk.project.reconciliation.item(first.id, study.round).decision
    assert decision is not None
    assert decision.kind is DecisionKind.BOTH
    own = [s.span for side in first.sides for s in side.segments]
    assert sorted(s.span for s in decision.result) == sorted(own)
    assert "kept both" in desk.rest(0)


def test_a_clash_of_two_copies_is_said(settling: Settling) -> None:
    item = replace(settling.item, state=ItemState.CLASH)
    settling.page.queue.renew(item)
    assert "decided differently in two copies" in settling.rest(0)


def test_a_long_queue_hands_out_rows_as_they_are_seen(settling: Settling) -> None:
    page = settling.page
    many = [
        replace(settling.item, id=UUID(int=number), state=ItemState.OPEN) for number in range(900)
    ]
    assert page._read is not None
    page.queue.put(many, page._read.study, page._read.progress)
    assert page.queue.model.rowCount() < 200
    assert page.queue.choose(UUID(int=700))
    assert page.queue.list.currentIndex().row() == 700
    page.queue.list.keyPressEvent(
        QKeyEvent(QEvent.Type.KeyPress, Key.Key_End, Qt.KeyboardModifier.NoModifier)
    )
    assert page.queue.model.rowCount() == 900


def test_small_window_and_large_text(settling: Settling) -> None:
    page = settling.page
    page.resize(1024, 560)
    assert page.width() == 1024
    settling.context.appearance.set_text_size(200)
    settling.bot.waitUntil(lambda: page.minimumSizeHint().width() <= 1024)
    for button in page.panel.buttons:
        assert button.width() >= min(button.sizeHint().width(), page.panel.width() - 80)
    settling.press(Key.Key_Z)
    assert settling.focus() is page.panel.reason.text
    text = page.panel.reason.text
    place = text.mapTo(page.beneath.viewport(), text.rect().center())
    assert page.beneath.viewport().rect().contains(place), "the field that asks is not seen"


def test_a_report_is_written_from_beside_the_work(settling: Settling, tmp_path: Path) -> None:
    page = settling.page
    settling.press(Key.Key_1)
    page.acts.files.choose = lambda path, _ending: tmp_path / f"out{path.suffix}"
    for key in ("agreement", "decisions", "methods"):
        for old in tmp_path.glob("out*"):
            old.unlink()
        QTest.mouseClick(page.summary.export_buttons[key], Qt.MouseButton.LeftButton)
        settling.wait()
        settling.bot.waitUntil(lambda: bool(list(tmp_path.glob("out*"))))
        assert "Saved out" in page.bar.message()


def test_a_project_opened_for_reading_only(tmp_path: Path, settling_over: MakeSettling) -> None:
    study = Coded(tmp_path / "study.ikt")
    study.differ()
    study.finish()
    study.project.close()
    study.project = Project.open(tmp_path / "study.ikt", read_only=True)
    desk = settling_over(study)
    assert desk.page.deciding.why_not
    assert not desk.page.panel.button("1").isEnabled()
    assert not desk.page.summary.matches.isEnabled()
    first = desk.item.id
    desk.press(Key.Key_1)
    assert desk.item.id == first
    assert "reading only" in desk.said[-1]


def test_a_text_mended_meanwhile_moves_the_item_along(settling: Settling) -> None:
    before = settling.item.span
    text = settling.project.texts.get(settling.study.documents[0])
    at = text.index("what made it")
    edit = TextEdit(at, "what", "so what")
    settling.project.documents.mend(settling.study.documents[0], [edit])
    settling.wait()
    assert settling.item.span.start == before.start + 3
    columns = settling.page.view.columns
    assert columns.content is not None
    assert "so what made it" in columns.content.text
    mark = next(iter(columns.panes[0].marks.between(0, 10**6)))
    assert mark is not None
    settling.press(Key.Key_1)
    assert not settling.failures


def test_the_document_is_deleted_while_it_is_settled(settling: Settling) -> None:
    settling.project.documents.delete(settling.study.documents[0])
    settling.wait()
    assert settling.page.queue.current() is None
    assert settling.page.queue.model.rowCount() == 0
    settling.press(Key.Key_1, Key.Key_J, Key.Key_Return, Key.Key_M, Key.Key_C, Key.Key_S)
    assert not settling.failures


def test_a_code_is_renamed_and_another_deleted(settling: Settling) -> None:
    codes = settling.project.codes
    codes.change(settling.study.codes["Clear role"], name="Known role")
    settling.wait()
    assert settling.rest(0).startswith("Known role")
    codes.delete([settling.study.codes["Competing priorities"]])
    settling.wait()
    names = " ".join(settling.rest(row) for row in range(len(settling.titles())))
    assert "?" not in names


def test_an_icon_in_the_margin_goes_to_its_item(settling: Settling) -> None:
    margin = settling.page.view.columns.margin
    assert margin is not None
    settling.bot.waitUntil(lambda: len(margin._boxes) > 2)
    box, flagged = margin._boxes[2]
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert settling.item.id == flagged[0].item
    assert settling.item.id in {f.item for f in flagged}
    assert "P01" in margin.describe(settling.item.id)


def test_the_menu_of_the_queue_says_every_act_with_its_key(settling: Settling) -> None:
    page = settling.page
    menu = page.keys.menu(page)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert any(text.startswith("Coder A\t1") for text in words)
    assert any(text.endswith("\tM") for text in words)
    first = settling.item.id
    next(a for a in menu.actions() if a.text().endswith("\t2")).trigger()
    assert settling.item.id != first


def test_dragging_within_the_text_never_takes_letters_as_acts(settling: Settling) -> None:
    pane = settling.page.view.columns.panes[0]
    pane.setFocus()
    first = settling.item.id
    settling.press(Key.Key_1, Key.Key_Z, Key.Key_T)
    assert settling.item.id == first
    assert settling.item.state is ItemState.OPEN
    assert settling.focus() is pane
