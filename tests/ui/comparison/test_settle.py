"""Settling differences by real keys and clicks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ikt_coder.core.rounds import DecisionKind, DifferenceKind, ReasonCategory
from ikt_coder.core.words import Layer
from ikt_coder.services.settling_rows import ItemState
from ikt_coder.ui.comparison.settle.page import SettlePage
from tests.ui.comparison.settling import Settling

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
    assert settling.page.queue.left.said.plain == "6 of 6 left"
    assert "Agreed without change 1" in settling.page.queue.words.said.plain
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
    assert settling.page.queue.left.said.plain == "0 of 6 left"
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


def test_a_choice_that_an_item_does_not_have_says_so(settling: Settling) -> None:
    go_to(settling, DifferenceKind.ONE_SIDE)
    here = settling.item.id
    settling.press(Key.Key_I)
    assert settling.said[-1] == (
        "I is no choice here: the edges alone are not what differs. Nothing was decided."
    )
    settling.press(Key.Key_T)
    assert settling.said[-1] == (
        "T is no choice here: together is what one version is already. Nothing was decided."
    )
    settling.press(Key.Key_9)
    assert settling.said[-1] == (
        "9 is no choice here: no version has this number. Nothing was decided."
    )
    assert settling.item.id == here
    assert settling.item.state is ItemState.OPEN
    told = len(settling.said)
    settling.press(Key.Key_Q)
    assert len(settling.said) == told, "no choice of any item"


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
    assert "deferred 2" in settling.page.queue.words.said.plain


def test_undo_opens_the_item_again_and_the_place_stays(settling: Settling) -> None:
    first = settling.item.id
    settling.press(Key.Key_1)
    second = settling.item.id
    settling.project.history.undo()
    settling.wait()
    assert settling.project.reconciliation.item(first, settling.study.round).state is ItemState.OPEN
    assert settling.item.id == second
    assert settling.page.queue.left.said.plain == "6 of 6 left"
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
    settling.bot.waitUntil(lambda: page.queue.left.said.plain == "5 of 6 left")
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
    assert page.queue.left.said.plain == "6 of 6 left"
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    settling.bot.waitUntil(lambda: page.queue.left.said.plain != "6 of 6 left")


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
