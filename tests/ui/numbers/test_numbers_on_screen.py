"""Every number on screen is what the ledger counts on paper, and says what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.query import Block, Grouping, Query, Term, TermKind
from ikt_coder.core.words import Valence
from ikt_coder.services.matrices import MatrixCell, MatrixRows
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table import ThemeColumn
from ikt_coder.services.theme_table_options import ThemeTableOptions
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.panel import CodesPanel
from ikt_coder.ui.context import Context
from ikt_coder.ui.reports.place import ReportsPlace
from ikt_coder.ui.retrieval.coded_page import CodedPage
from ikt_coder.ui.retrieval.passages import PassagesPane
from ikt_coder.ui.tasks import Tasks
from ikt_coder.ui.themes.code_card import CodeCard
from ikt_coder.ui.themes.place import ThemesPlace
from ikt_coder.ui.themes.theme_card import ThemeCard
from ikt_coder.ui.widgets.roles import ItemRole
from tests.numbers.ledger import CODERS, CODES, DOMAINS, Code, Ledger, Mark, ledger
from tests.numbers.written import write


@dataclass
class Desk:
    book: Ledger
    project: Project
    context: Context
    bot: QtBot
    window: QMainWindow

    def put(self, widget: QWidget) -> None:
        self.window.setCentralWidget(widget)
        with self.bot.waitExposed(self.window):
            self.window.show()

    def code(self, path: Code) -> UUID:
        return next(row.id for row in self.project.codes.all() if row.path == path)

    def own(self) -> list[Mark]:
        """Codings of the present coder."""
        return [mark for mark in self.book.marks if mark.coder == CODERS[0]]


def _raise(error: BaseException) -> None:
    raise error


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Desk]:
    book = ledger(6)
    project = write(book, tmp_path / "Numbers.ikt")
    context = Context(project, Settings.load(), appearance, Tasks(_raise))
    window = QMainWindow()
    window.resize(1300, 900)
    yield Desk(book, project, context, qtbot, window)
    context.tasks.wait(5000)
    QApplication.processEvents()
    window.close()
    shiboken6.delete(window)
    context.signals.end()
    project.close()


def counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def test_the_codebook_shows_the_present_coders_own(desk: Desk) -> None:
    panel = CodesPanel(desk.context)
    desk.put(panel)
    model = panel.model
    desk.bot.waitUntil(lambda: model.rowCount() > 0)
    met = set()

    def walk(parent: QModelIndex) -> None:
        for at in range(model.rowCount(parent)):
            index = model.index(at, 0, parent)
            key = index.data(ItemRole.KEY)
            path = next((row.path for row in desk.project.codes.all() if row.id == key), None)
            if path in (*CODES, *DOMAINS):
                met.add(path)
                own = len(desk.book.of_code(desk.own(), path))
                below = len(desk.book.of_code(desk.own(), path, below=True))
                assert index.data(ItemRole.COUNT) == str(own), path
                tip = index.data(Qt.ItemDataRole.ToolTipRole)
                assert f"{counted(own, 'coding')} of yours" in tip
                assert (f"{below} with sub-codes" in tip) is (below != own)
            walk(index)

    walk(QModelIndex())
    assert met == {*CODES, *DOMAINS}


def says(pane: PassagesPane, words: str) -> bool:
    return pane.count.text() == words


def test_the_passages_pane_lists_what_the_codebook_counts(desk: Desk) -> None:
    pane = PassagesPane(desk.context)
    desk.put(pane)
    for path in (CODES[0], CODES[1], CODES[6]):
        for below in (False, True):
            marks = desk.book.of_code(desk.own(), path, below=below)
            documents = len({mark.document for mark in marks})
            pane.show_code(desk.code(path), below)
            wanted = f"{counted(len(marks), 'coding')} in {counted(documents, 'document')}"
            desk.bot.waitUntil(partial(says, pane, wanted))
            groups = [pane.model.index(at, 0) for at in range(pane.model.rowCount())]
            assert {str(one.data()): one.data(ItemRole.COUNT) for one in groups} == {
                title: str(sum(m.document == title for m in marks))
                for title in {m.document for m in marks}
            }


@pytest.fixture
def page(desk: Desk) -> CodedPage:
    made = CodedPage(desk.context)
    desk.put(made)
    desk.bot.waitUntil(lambda: made.up_to_date)
    return made


def lists(page: CodedPage, kind: str) -> dict[str, tuple[str, str]]:
    """What the counts beside the list show, and say when the pointer rests on them."""
    model = page.counts.lists[kind].model()
    rows = [model.index(at, 0) for at in range(model.rowCount())]
    return {
        str(one.data()): (
            one.data(ItemRole.COUNT),
            str(one.data(Qt.ItemDataRole.ToolTipRole)).partition(": ")[2],
        )
        for one in rows
    }


def shown(desk: Desk, marks: list[Mark]) -> tuple[str, str]:
    n = desk.book.passages(marks)
    return str(n), f"{counted(n, 'passage')}, {counted(len(marks), 'coding')}"


def test_retrieve_says_what_it_counts(desk: Desk, page: CodedPage) -> None:
    book = desk.book
    for path in (CODES[0], CODES[1], CODES[4]):
        term = Term(TermKind.CODE, desk.code(path))
        page.ask(Query((Block((term,)),), grouping=Grouping.CODE))
        desk.bot.waitUntil(lambda: page.up_to_date)
        marks = book.of_code(book.layer(), path, below=True)
        count = book.count(marks)
        assert page.found.title.text() == counted(count.references, "coding")
        documents = {mark.document for mark in marks}
        assert page.found.facts.text().startswith(
            f"{counted(count.passages, 'passage')} · {counted(len(documents), 'document')} · "
            f"{counted(count.participants, 'participant')} · interim"
        )
        assert f"N = {book.n()} participants" in page.found.facts.toolTip()
        assert lists(page, "document") == {
            title: shown(desk, [m for m in marks if m.document == title]) for title in documents
        }
        people = {p for m in marks for p in book.people(m)}
        rows = lists(page, "participant")
        for person in people:
            assert rows[person] == shown(desk, [m for m in marks if person in book.people(m)])
        assert len(rows) == len(people) + any(not book.people(m) for m in marks)
        # The lists count passages, and say so above them.
        for kind in ("document", "participant"):
            assert "passages" in page.counts.headings[kind].accessibleName().lower()
        model = page.found.model
        groups = [model.index(at, 0) for at in range(model.rowCount())]
        assert {str(one.data()): one.data(ItemRole.COUNT) for one in groups} == {
            " › ".join(code): str(len(book.of_code(marks, code)))
            for code in {mark.code for mark in marks}
        }
        assert all(
            str(one.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(("coding", "codings"))
            for one in groups
        )


@pytest.mark.parametrize("cell", list(MatrixCell))
def test_the_matrix_on_screen(desk: Desk, page: CodedPage, cell: MatrixCell) -> None:
    book = desk.book
    view = page.found.matrix
    page.found.views.choose("matrix")
    page.found.views.chosen.emit("matrix")
    view._set(MatrixRows.PARTICIPANTS, cell)
    desk.bot.waitUntil(lambda: page.up_to_date and view.model.rowCount() > 0)
    words = {
        MatrixCell.PRESENCE: "1 = at least one reference",
        MatrixCell.REFERENCES: "Cells are references",
        MatrixCell.PASSAGES: "Cells are passages",
    }
    desk.bot.waitUntil(lambda: words[cell] in view.note.text())
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    met = 0
    for at in range(view.model.columnCount()):
        heading = str(view.model.headerData(at, horizontal))
        name = heading.removesuffix(" (own)")
        (path,) = (one for one in (*CODES, *DOMAINS) if one[-1] == name)
        assert heading.endswith("(own)") is any(one[:-1] == path for one in CODES)
        for row in range(view.model.rowCount()):
            person = str(view.model.headerData(row, vertical))
            marks = [m for m in book.of_code(book.layer(), path) if person in book.people(m)]
            figure = {
                MatrixCell.PRESENCE: int(bool(marks)),
                MatrixCell.REFERENCES: len(marks),
                MatrixCell.PASSAGES: book.passages(marks),
            }[cell]
            index = view.model.index(row, at)
            assert index.data() == str(figure)
            assert len(view.model.behind(index)) == len(marks)
            met += 1
    assert met > 20


def test_the_board_and_the_fields_of_a_theme(desk: Desk) -> None:
    book = desk.book
    place = ThemesPlace(desk.context)
    desk.put(place)
    desk.bot.waitUntil(lambda: place.up_to_date and not desk.context.tasks.busy)
    themes = [c for c in place.board.cards() if isinstance(c, ThemeCard) and c.theme is not None]
    assert {card.name for card in themes} >= {i.name for i in book.ideas if not i.aside}
    for card in themes:
        count = book.count(book.of_idea(card.name))
        assert card.count is not None
        assert card.count.text() == f"n = {count.participants} so far"
        said = card.count.toolTip()
        assert f"participants, {counted(count.passages, 'passage')}, with sub-themes" in said
        coded = [t for t in book.documents() if t in book.coded and book.whose(t) is not None]
        assert f"{len(coded)} of {len(book.documents())} documents coded" in said
    for code_card in place.board.cards():
        if not isinstance(code_card, CodeCard) or code_card.code is None:
            continue
        path = next(row.path for row in desk.project.codes.all() if row.id == code_card.code)
        n = book.passages(book.of_code(book.layer(), path))
        assert code_card.count == n
        assert f"{counted(n, 'passage')} in the analysis layer" in code_card.toolTip()


def test_the_preview_of_the_theme_table_and_of_reports(desk: Desk) -> None:
    book = desk.book
    place = ThemesPlace(desk.context)
    desk.put(place)
    desk.bot.waitUntil(lambda: place.up_to_date and not desk.context.tasks.busy)
    columns = (ThemeColumn.PARTICIPANTS, ThemeColumn.PASSAGES, ThemeColumn.REFERENCES)
    place.table.choices.set_options(ThemeTableOptions(columns=columns))
    desk.bot.waitUntil(lambda: place.up_to_date and not desk.context.tasks.busy)
    grid = cells(place.table.preview)
    for idea in book.ideas:
        if idea.aside:
            continue
        count = book.count(book.of_idea(idea.name))
        (row,) = (row for row in grid if row[0] == idea.name)
        assert row[1:] == [str(count.participants), str(count.passages), str(count.references)]
    reports = ReportsPlace(desk.context)
    desk.put(reports)

    def settled() -> bool:
        return reports.up_to_date and not desk.context.tasks.busy

    reports.show_report("codebook")
    desk.bot.waitUntil(settled)
    grid = cells(reports.preview)
    for path in (*CODES, *DOMAINS):
        (row,) = (row for row in grid if row[0] == path[-1])
        assert row[-1] == str(len(book.of_code(desk.own(), path)))
    reports.show_report("matrix")
    desk.bot.waitUntil(settled)
    grid = cells(reports.preview)
    layer = book.layer()
    people = sorted({p for m in layer for p in book.people(m)})
    by_row = {row[0]: row for row in grid}
    turned = people[0] in next(row for row in grid if len(row) > 2)
    head = next(row for row in grid if len(row) > 2)
    for person in people:
        for path in CODES:
            name = path[-1] + (" (own)" if any(one[:-1] == path for one in CODES) else "")
            marks = [m for m in book.of_code(layer, path) if person in book.people(m)]
            line, column = (name, person) if turned else (person, name)
            if column in head and line in by_row:
                assert by_row[line][head.index(column)] == str(int(bool(marks)))
            else:
                assert not book.of_code(layer, path)
    reports.show_report("passages")
    desk.bot.waitUntil(settled)
    count = book.count(layer)
    assert (
        f"{counted(count.references, 'reference')}, {counted(count.passages, 'passage')}, "
        f"{counted(count.participants, 'participant')}."
    ) in reports.preview.toPlainText()


def cells(view: QTextEdit) -> list[list[str]]:
    """The rows of the tables in a text, as plain words."""
    grid: list[list[str]] = []
    for frame in view.document().rootFrame().childFrames():
        if not isinstance(frame, QTextTable):
            continue
        for row in range(frame.rows()):
            texts = []
            for column in range(frame.columns()):
                cursor = frame.cellAt(row, column).firstCursorPosition()
                cursor.setPosition(
                    frame.cellAt(row, column).lastCursorPosition().position(),
                    cursor.MoveMode.KeepAnchor,
                )
                texts.append(re.sub(r"\s+", " ", cursor.selectedText()).strip())
            grid.append(texts)
    return grid


def test_directions_group_as_they_are_counted(desk: Desk, page: CodedPage) -> None:
    page.ask(Query(grouping=Grouping.DIRECTION))
    desk.bot.waitUntil(lambda: page.up_to_date)
    model = page.found.model
    groups = [model.index(at, 0) for at in range(model.rowCount())]
    layer = desk.book.layer()
    names = {v.value.capitalize(): v.value for v in Valence} | {"Direction not set": None}
    assert {str(one.data()): one.data(ItemRole.COUNT) for one in groups} == {
        name: str(n) for name, key in names.items() if (n := sum(m.direction == key for m in layer))
    }
