"""The Themes menu reaches pages, views and files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction

from ikt_coder.core.words import Stance
from ikt_coder.ui.codes.name_popover import NamePopover
from tests.ui.themes.desk import Desk


def act(desk: Desk, words: str) -> QAction:
    return next(one for one in desk.place.actions() if one.text() == words)


def test_codings_and_quotes_are_opened_from_the_menu(desk: Desk) -> None:
    desk.fill()
    desk.click(desk.card("Someone phones"))
    desk.place.across.fold(1, True)
    act(desk, "Codings of the theme").trigger()
    fields = desk.place.fields
    assert not desk.place.across.is_folded(1)
    assert fields.codings.entries[0].hasFocus()
    act(desk, "Quotes of the theme").trigger()
    assert fields.page() == "quotes"
    assert fields.quotes.proposals[0].hasFocus()


def test_deviant_cases_are_opened_or_said_not_to_be(desk: Desk) -> None:
    first, _ = desk.fill()
    act(desk, "Deviant cases").trigger()
    assert desk.said[-1] == "No coding qualifies or contradicts its theme yet"
    (own,) = (row.passage.coding.id for row in desk.project.themes.codings(first))
    desk.project.themes.set_stance(first, [own], Stance.QUALIFIES)
    desk.settle()
    act(desk, "Deviant cases").trigger()
    assert [entry.coding for entry in desk.place.deviant.entries] == [own]


def test_table_and_chapter_are_written_from_the_menu(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    asked: list[Path] = []

    def choose(path: Path, _ending: str) -> Path:
        asked.append(tmp_path / path.name)
        return asked[-1]

    desk.place.export.choose = choose
    act(desk, "Export the table to Word…").trigger()
    desk.settle()
    act(desk, "Write a draft chapter…").trigger()
    desk.settle()
    assert [path.suffix for path in asked] == [".docx", ".docx"]
    assert all(path.stat().st_size > 1000 for path in asked)
    act(desk, "Save the table as…").trigger()
    assert any(asking.isVisible() for asking in desk.place.findChildren(NamePopover))


def test_the_place_comes_forward_first(desk: Desk) -> None:
    desk.fill()
    wanted: list[str] = []
    desk.context.place_wanted.connect(wanted.append)
    desk.place.hide()
    act(desk, "Quotes of the theme").trigger()
    assert wanted == ["themes"]
