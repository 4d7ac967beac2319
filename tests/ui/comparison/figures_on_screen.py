"""Finds the figures that a page shows: in tables, in sentences that open, and in plain words,
where nothing would open."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ikt_coder.ui.comparison.agreement.grid import Grid, GridView
from ikt_coder.ui.comparison.said import Opening, OpeningWords
from ikt_coder.ui.widgets.text_label import TextLabel

_FIGURE = re.compile(r"\d")
_ZERO = re.compile(r"(?<![\d.,])0(?!\d|[.,]\d)")


def cells(grid: Grid) -> Iterator[tuple[str, str, Hashable | None]]:
    """Every figure of a table that is not zero: its column, its words and what it opens."""
    for row in grid.rows:
        for head, cell in zip(grid.heads, row, strict=True):
            if head.figures and _FIGURE.search(cell.words) and cell.sort != 0:
                yield head.words, cell.words, cell.opens


def zeros(grid: Grid) -> Iterator[str]:
    """What is said of nothing: it has nothing to open."""
    for row in grid.rows:
        for head, cell in zip(grid.heads, row, strict=True):
            if head.figures and cell.sort == 0 and cell.opens is None:
                yield cell.words


def unopened(page: QWidget, names: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """The words on a page that hold a figure which nothing opens. ``names`` are those of
    documents, codes, coders and rounds, ``known`` other words that are no findings."""
    left = []
    for words in _plain(page):
        for name in sorted({*names, *known}, key=len, reverse=True):
            words = words.replace(name, "")
        if _FIGURE.search(_ZERO.sub("", words)):
            left.append(words)
    return left


def _plain(page: QWidget) -> Iterator[str]:
    for label in page.findChildren(QLabel):
        if not label.isVisible():
            continue
        if isinstance(label, OpeningWords):
            yield "".join(part for part in label.said.parts if not isinstance(part, Opening))
        else:
            yield re.sub(r"<[^>]*>", "", label.text())
    for words in page.findChildren(TextLabel):
        if words.isVisible():
            yield words.text()


def places(label: OpeningWords) -> dict[int, QPoint]:
    """Where on a label its figures stand, found as the mouse finds them."""
    found: dict[int, QPoint] = {}
    for step in (4, 2):  # a figure of one digit is narrow
        QApplication.processEvents()  # what was opened before may have moved it
        found = _hovered(label, step)
        if len(found) == len(label.said.figures):
            break
    return found


def _hovered(label: OpeningWords, step: int) -> dict[int, QPoint]:
    found: dict[int, QPoint] = {}
    hovered: list[str] = []
    label.linkHovered.connect(hovered.append)
    for y in range(3, label.height(), 5):
        for x in range(1, label.width(), step):
            QTest.mouseMove(label, QPoint(x, y))
            if hovered and hovered[-1]:
                found.setdefault(int(hovered[-1]), QPoint(x + 1, y))
            if len(found) == len(label.said.figures):
                break
    label.linkHovered.disconnect(hovered.append)
    return found


def click(table: GridView, row: int, column: int) -> None:
    """Click a cell as a person does."""
    index = table.figures.index(row, column)
    table.scrollTo(index)
    where = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
