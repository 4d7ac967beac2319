"""Settling in other circumstances: sealed, for reading only, many coders, without names."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from ikt_coder.core.rounds import DecisionKind
from ikt_coder.core.span import TextEdit
from ikt_coder.core.words import Approach
from ikt_coder.services.project import Project
from ikt_coder.services.settling_rows import ItemState
from ikt_coder.ui.comparison.settle.decision_panel import REOPEN
from tests.ui.comparison.conftest import MakeSettling
from tests.ui.comparison.settling import Coded, Settling

Key = Qt.Key


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
        page.queue.left.said.plain,
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
