"""A table of figures, and what stands behind the one that is current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout
from pytestqt.qtbot import QtBot

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.charting.figures import FigureCell, FiguresPane
from ikt_coder.ui.widgets.rows_model import RowsModel


class Named(RowsModel[Any]):
    def shown(self, row: Any, role: int) -> Any:
        return row if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def pane(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> FiguresPane[Any]:
    model = Named()
    made: FiguresPane[Any] = FiguresPane(
        appearance,
        Settings(tmp_path),
        "test",
        QHBoxLayout(),
        model,
        table="Counts",
        rows="Records",
        title="Behind the number",
    )
    model.setParent(made)
    qtbot.addWidget(made)
    made.table.opened.connect(made.show_behind)
    return made


def fill(pane: FiguresPane[Any], *names: str) -> None:
    with pane.anew():
        pane.table.setColumnCount(2)
        pane.table.setHorizontalHeaderLabels(["Answer", "n"])
        pane.table.put(
            # The forms are passed on as they are: words do for the test.
            [[FigureCell(name, (name,)), FigureCell("1", (name,))] for name in names]  # type: ignore[arg-type]
        )


def behind(pane: FiguresPane[Any]) -> tuple[str, tuple[Any, ...]]:
    return pane.heading.title(), pane.behind.rows


def test_the_figure_that_is_current_stays_so_where_it_still_is(pane: FiguresPane[Any]) -> None:
    fill(pane, "Yes", "No", "Unsure")
    pane.table.setCurrentCell(1, 1)
    assert behind(pane) == ("No", ("No",))
    fill(pane, "Yes", "Never")
    assert behind(pane) == ("Never", ("Never",))


def test_what_stands_beside_names_no_figure_that_is_gone(pane: FiguresPane[Any]) -> None:
    fill(pane, "Yes", "No", "Unsure")
    pane.table.setCurrentCell(2, 1)
    assert behind(pane) == ("Unsure", ("Unsure",))
    fill(pane, "Yes")
    assert behind(pane) == ("Behind the number", ())
    pane.table.setCurrentCell(0, 1)
    with pane.anew():
        pane.show_nothing("There is no such question.")
    assert behind(pane) == ("Behind the number", ())
    assert (pane.table.rowCount(), pane.note.text()) == (0, "There is no such question.")


def test_a_row_behind_opens(pane: FiguresPane[Any]) -> None:
    opened: list[Any] = []
    pane.opened.connect(opened.append)
    fill(pane, "Yes", "No")
    pane.table.setCurrentCell(1, 1)
    pane.list.setCurrentIndex(pane.behind.index(0, 0))
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert opened == ["No"]
