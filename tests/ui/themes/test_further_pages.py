"""Beliefs and recommendations beside the board: made when they are first shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ikt_coder.ui.themes.place_acts import PlaceActs
from tests.ui.themes.desk import Desk


def _keys(desk: Desk) -> list[str]:
    return [key for key, _ in desk.place.view_switch.shown()]


def test_the_board_is_first_and_nothing_else_is_made(desk: Desk) -> None:
    desk.fill()
    assert _keys(desk) == ["board", "outline"]
    assert desk.place.pages.made == frozenset()
    desk.project.frameworks.add("tdf-v2")
    desk.settle()
    assert _keys(desk) == ["board", "outline", "beliefs", "recommendations"]
    assert desk.place.view_switch.current() == "board"
    assert desk.place.pages.made == frozenset()


def test_the_menu_reaches_them_without_a_framework(desk: Desk) -> None:
    desk.fill()
    acts: PlaceActs = desk.place.more_acts
    acts.beliefs.trigger()
    page: QWidget = desk.place.pages.page("beliefs")
    desk.bot.waitUntil(lambda: page.up_to_date)  # type: ignore[attr-defined]  # the page itself
    desk.settle()
    assert page.isVisible()
    assert not desk.place.layer_pill.isVisible()
    assert desk.place.view_switch.current() == "beliefs"
    desk.place.new_theme()
    desk.settle()
    assert desk.place.view_switch.current() == "board"
    assert desk.place.across.isVisible()
    assert desk.place.layer_pill.isVisible()
