"""The Beliefs page: statements written and given passages by keyboard, the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ikt_coder.core.words import Valence
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.beliefs.page import BeliefsPage
from tests.ui.page_desk import PageDesk, desk_over

Key = Qt.Key


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[PageDesk]:
    with desk_over(tmp_path / "study.ikt", qtbot, appearance, BeliefsPage) as made:
        yield made


def test_a_statement_is_made_and_typed(desk: PageDesk) -> None:
    view = desk.page.statements
    assert view.empty.isVisible()
    desk.page.focus_page()
    desk.press(Key.Key_Space)  # the button of the empty view
    desk.bot.waitUntil(view.text.editor.hasFocus)
    desk.bot.keyClicks(view.text.editor, "Nobody tells me what to do.")
    desk.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (row,) = desk.study.project.beliefs.all()
    assert row.text == "Nobody tells me what to do."
    view.list.setFocus()
    desk.press(Key.Key_N)
    assert len(view.model.rows) == 2
    view.list.setFocus()
    desk.press(Key.Key_Delete)
    assert [one.text for one in view.model.rows] == ["Nobody tells me what to do."]
    desk.study.project.history.undo()
    desk.settle()
    assert len(view.model.rows) == 2


def test_passages_of_the_domain_are_put_under_it(desk: PageDesk) -> None:
    study = desk.study
    one = study.coding("Nobody had explained", "Knowledge", Valence.BARRIER)
    other = study.coding("I came late", "Knowledge", Valence.BARRIER)
    study.coding("She phoned me", "Social influences")
    key = study.project.beliefs.add("Nobody tells me.", code=study.code("Knowledge"))
    desk.settle()
    view = desk.page.statements
    assert [evidence.coding.id for evidence in view.offered()] == [one, other]
    desk.click(view.gather_button)
    desk.press(Key.Key_Space)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Escape)
    assert study.project.beliefs.get(key).codings == (one, other)
    assert view.count.text() == "2 passages, 2 participants"
    desk.click(view.count)
    assert desk.wanted == [(one, other)]
    view.evidence_list.setFocus()
    view.evidence_list.setCurrentIndex(view.evidence.index(0))
    desk.press(Key.Key_O)
    assert desk.revealed == [one]
    desk.press(Key.Key_Delete)
    assert study.project.beliefs.get(key).codings == (other,)


def test_direction_and_order(desk: PageDesk) -> None:
    beliefs = desk.study.project.beliefs
    first, second = beliefs.add("First."), beliefs.add("Second.")
    desk.settle()
    view = desk.page.statements
    desk.click(view.direction.button(Valence.BARRIER))
    assert beliefs.get(first).direction is Valence.BARRIER
    desk.click(view.down)
    assert [row.id for row in beliefs.all()] == [second, first]
    assert view.current().id == first


def test_the_ranking_opens_what_it_counts(desk: PageDesk) -> None:
    study = desk.study
    one = study.coding("Nobody had explained", "Knowledge", strength=2)
    study.project.beliefs.add("A.", code=study.code("Knowledge"), direction=Valence.BARRIER)
    study.project.beliefs.add(
        "B.", code=study.code("Knowledge"), direction=Valence.FACILITATOR, codings=[one]
    )
    desk.settle()
    desk.page.show_view("relevance")
    desk.page.focus_page()
    grid = desk.page.relevance.grid
    assert [grid.figures.index(0, at).data() for at in range(6)] == [
        "Knowledge",
        "1",
        "1",
        "2",
        "yes",
        "1",
    ]
    desk.press(Key.Key_Return)
    assert desk.wanted == [(one,)]
