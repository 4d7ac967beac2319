"""A list in which a row stays the same row while what it says changes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.keyed_list import KeyedList
from ikt_coder.ui.widgets.rows_model import RowsModel

Row = tuple[int, str]


class Named(RowsModel[Row]):
    def shown(self, row: Row, role: int) -> Any:
        return row[1] if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def rows(qtbot: QtBot, appearance: Appearance) -> KeyedList[Row, int]:
    model = Named()
    made: KeyedList[Row, int] = KeyedList(appearance, "Rows", model, lambda row: row[0])
    model.setParent(made)
    model.put([(7, "seven"), (3, "three"), (5, "five")])
    qtbot.addWidget(made)
    return made


def test_only_a_person_s_choice_is_told(rows: KeyedList[Row, int]) -> None:
    told: list[int] = []
    rows.chosen.connect(told.append)
    rows.choose(3)
    assert (rows.currentIndex().data(), told) == ("three", [])
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert told == [5]
    rows.choose(None)
    rows.choose(99)
    assert (rows.currentIndex().data(), told) == ("five", [5])


def test_the_row_is_found_again_when_the_rows_are_read_anew(rows: KeyedList[Row, int]) -> None:
    told: list[int] = []
    rows.chosen.connect(told.append)
    model = rows.model()
    assert isinstance(model, Named)
    with rows.quietly():
        model.put([(5, "five, worded anew"), (7, "seven")])
        rows.choose(5)
        with rows.quietly():
            pass
        rows.choose(7)
    assert told == []
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert (rows.currentIndex().data(), told) == ("five, worded anew", [5])


def test_what_comes_after_a_row_follows_the_order_shown(rows: KeyedList[Row, int]) -> None:
    assert [rows.after(3, by) for by in (-2, -1, 0, 1, 2)] == [None, 7, 3, 5, None]
    assert rows.after(None, 1) == 7
    assert rows.after(99, -1) == 7
