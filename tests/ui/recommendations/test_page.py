"""The Recommendations page: where a barrier leads, what is kept, how it is rated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ikt_coder.core.words import Valence
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.recommendations.page import RecommendationsPage
from tests.ui.page_desk import PageDesk, desk_over

Key = Qt.Key


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[PageDesk]:
    with desk_over(tmp_path / "study.ikt", qtbot, appearance, RecommendationsPage) as made:
        yield made


def _time(desk: PageDesk) -> UUID:
    coding = desk.study.coding("I came late", "Time", Valence.BARRIER)
    desk.study.coding("I came late", "Environmental context and resources")
    desk.settle()
    return coding


def _grid(desk: PageDesk) -> list[tuple[str, str, str]]:
    figures = desk.page.grid.figures
    return [
        (figures.index(row, 0).data(), figures.index(row, 1).data(), figures.index(row, 4).data())
        for row in range(figures.rowCount())
    ]


def test_without_a_barrier_it_says_what_to_do(desk: PageDesk) -> None:
    assert desk.page.empty.isVisible()
    assert not desk.page.down.isVisible()


def test_the_path_is_shown_and_a_function_kept_by_keyboard(desk: PageDesk) -> None:
    coding = _time(desk)
    assert [row.name for row in desk.page.model.rows] == ["Time"]
    assert _grid(desk)[:3] == [
        ("Component", "Physical opportunity", ""),
        ("Function", "Restriction", "Recommend"),
        ("Function", "Environmental restructuring", "Recommend"),
    ]
    assert "Michie et al., 2011" in desk.page.hint.text()
    grid = desk.page.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.figures.index(1, 4))
    desk.press(Key.Key_Return)
    (row,) = desk.study.project.recommendations.all()
    assert (row.name, row.component, row.code) == (
        "Restriction",
        "comb.o.phys",
        desk.study.code("Time"),
    )
    assert _grid(desk)[1] == ("Function", "Restriction", "kept")
    grid.setCurrentIndex(grid.figures.index(0, 3))
    desk.press(Key.Key_Return)
    desk.click(desk.page.evidence)
    (domain,) = [
        row.id
        for row in desk.study.project.codings.in_document(desk.study.document)
        if row.id != coding
    ]
    assert desk.wanted == [(domain,), (coding,)]


def test_own_words_a_strategy_and_a_rating(desk: PageDesk) -> None:
    _time(desk)
    kept = desk.page.kept
    recommendations = desk.study.project.recommendations
    kept.words.setFocus()
    desk.bot.keyClicks(kept.words, "Meet in the evening")
    desk.press(Key.Key_Return)
    desk.click(kept.pills["eric"])
    desk.bot.keyClicks(desk.focus(), "facilitation")
    desk.press(Key.Key_Return)
    assert [row.name for row in recommendations.all()] == ["Meet in the evening", "Facilitation"]
    assert kept.current().name == "Facilitation"
    desk.click(kept.rating.chips["apease.affordability", 3])
    desk.click(kept.rating.chips["apease.equity", 0])
    values = {one.criterion: one.value for one in recommendations.all()[1].ratings}
    assert values == {"apease.affordability": 3, "apease.equity": None}
    assert kept.rating.chips["apease.affordability", 3].isChecked()
    desk.click(kept.rating.chips["apease.affordability", 3])
    assert len(recommendations.all()[1].ratings) == 1
    kept.list.setFocus()
    desk.press(Key.Key_Delete)
    assert [row.name for row in recommendations.all()] == ["Meet in the evening"]


def test_another_direction_and_another_source(desk: PageDesk) -> None:
    _time(desk)
    desk.study.coding("She phoned me", "Contact", Valence.FACILITATOR)
    desk.page.set_direction(Valence.FACILITATOR)
    desk.settle()
    assert [row.name for row in desk.page.model.rows] == ["Contact"]
    assert "No component" in desk.page.hint.text()
    desk.page.set_direction(Valence.BARRIER)
    desk.settle()
    desk.page.follow("michie2014-guide")
    desk.settle()
    assert ("Function", "Training", "Recommend") in _grid(desk)
    assert "2014" in desk.page.hint.text()


def test_another_code_is_chosen_by_keyboard(desk: PageDesk) -> None:
    _time(desk)
    desk.study.coding("Nobody had explained", "Knowledge", Valence.BARRIER)
    desk.settle()
    desk.page.focus_page()
    desk.press(Key.Key_Down)
    desk.settle()
    first, second = (row.name for row in desk.page.model.rows)
    assert desk.page.title.text() == second
    desk.press(Key.Key_Up)
    desk.settle()
    assert desk.page.title.text() == first
