"""Every number on the pages of comparing opens what it counts: all of them are looked at, so
that a new one which opens nothing fails here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.rounds import RoundMode, Unit
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.services.sample import load_sample
from ikt_coder.ui.comparison.agreement.behind import look_behind
from ikt_coder.ui.comparison.agreement.choices_bar import Asking
from ikt_coder.ui.comparison.agreement.grids import View
from ikt_coder.ui.comparison.agreement.opens import (
    Documents,
    InRound,
    Judged,
    OfCode,
    OfDocument,
    OfPair,
)
from ikt_coder.ui.comparison.agreement.page import AgreementPage
from ikt_coder.ui.comparison.said import OpeningWords
from ikt_coder.ui.comparison.settle.queue_order import Shown
from ikt_coder.ui.main_window import MainWindow
from tests.rounds import Team, blind_team
from tests.ui.comparison.figures_on_screen import cells, click, places, unopened, zeros
from tests.ui.window.conftest import open_window as open_window
from tests.ui.window.conftest import session as session
from tests.ui.window.conftest import settings as settings

Open = Callable[[Path], MainWindow]

METHOD = ("u-alpha (2016)", "unitizing of 1995")
"""Years of definitions, in the words of the program."""
ELSEWHERE = (OfCode, OfPair, OfDocument)
"""What opens in place of the table or in the texts; the other keys are looked behind."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a second round of the same coders, so that there is a trend."""
    path = tmp_path_factory.mktemp("numbers") / "Sample.ikt"
    project = load_sample(path)
    (first,) = project.rounds.all()
    documents = first.documents[:2]
    round_ = project.rounds.set_up(
        RoundPlan(name="Round 2", mode=RoundMode.BLIND, coders=first.coders, documents=documents)
    )
    present = project.coder
    for coder in first.coders:
        project.coders.switch(coder)
        project.rounds.finish(round_, documents)
    if present is not None:
        project.coders.switch(present)
    project.rounds.unseal(round_)
    project.close()
    return path


@pytest.fixture
def study(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "Sample.ikt"))


class Agreed:
    """The Agreement page in its window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.bot = window, qtbot
        window.going.go_to_place("compare")
        rounds = window.compare.context.project.rounds.all()
        window.compare.show_round(rounds[0].id if rounds else None)
        window.compare.show_page("agreement")
        self.page: AgreementPage = window.compare.agreement
        self.wait()

    @property
    def project(self) -> Project:
        return self.window.compare.context.project

    def wait(self) -> None:
        self.bot.waitUntil(lambda: self.page.up_to_date, timeout=60_000)

    def names(self) -> set[str]:
        project, found = self.project, self.page.agreement
        assert found is not None
        return {
            *(row.title for row in project.documents.all()),
            *(line.label for line in found.codes),
            *(coder.name for coder in found.coders),
            *(row.name for row in project.rounds.all()),
        }

    def reset(self, view: View) -> None:
        """Go back to a view with nothing opened."""
        self.window.compare.show_page("agreement")
        self.page._close_passages()
        self.page.bar.ask(Asking())
        self.wait()
        if self.page.bar.view is not view:
            self.page.bar.show_view(view)
        self.wait()

    def opened(self, view: View) -> str:
        """What was opened since ``reset``, in a word; empty where nothing was."""
        self.wait()
        page, place = self.page, self.window.compare
        if place.stack.currentWidget() is not page:
            return "texts"
        if page.bar.view is not view:
            return "view"
        if page.bar.asking != Asking():
            return "pair"
        pane = page.passages
        if pane.isHidden() or not pane.title.text():
            return ""
        if pane.model.passages:
            return "passages"
        shown = pane.table.isVisible() and pane.table.figures.rowCount()
        return "list" if shown else ""

    def behind(self, key: Hashable, seen: set[Hashable]) -> None:
        """Look behind a figure, and behind every figure that is found there."""
        if isinstance(key, ELSEWHERE) or key in seen:
            return
        if isinstance(key, InRound) and isinstance(key.of, ELSEWHERE):
            return
        seen.add(key)
        found = self.page.agreement
        assert found is not None
        behind = look_behind(self.project, found, key)
        assert behind.title, key
        if behind.grid is None:
            assert behind.passages, f"{key} opens nothing"
            return
        assert behind.grid.rows, f"{key} opens nothing"
        for column, words, opens in cells(behind.grid):
            assert opens is not None, f"{column} {words} opens nothing behind {key}"
            self.behind(opens, seen)

    def look_at_all(self, seen: set[Hashable]) -> int:
        """Every figure of the table and of the sentences that are shown."""
        page = self.page
        count = 0
        for column, words, opens in cells(page.table.figures.grid):
            assert opens is not None, f"{page.bar.view}: {column} {words} opens nothing"
            self.behind(opens, seen)
            count += 1
        assert set(zeros(page.table.figures.grid)) <= {"0", ".000", "0.0"}
        for label in (page.facts.main, page.facts.counted, page.facts.left, page.facts.note):
            for figure in label.said.figures:
                self.behind(figure.opens, seen)
                count += 1
        assert unopened(page, self.names(), METHOD) == []
        return count


@pytest.fixture
def agreed(study: Path, open_window: Open, qtbot: QtBot) -> Agreed:
    return Agreed(open_window(study), qtbot)


def test_every_number_of_every_table_opens(agreed: Agreed) -> None:
    page = agreed.page
    seen: set[Hashable] = set()
    page.bar.more.setChecked(True)
    page.bar.unused.setChecked(True)
    page._show_columns()
    count = agreed.look_at_all(seen)
    assert count > 500
    views = set(page.bar._views)
    assert {View.ROUNDS, View.UNITIZING, View.CONFUSION, View.CLASSES, View.DIRECTIONS} <= views
    for view in page.bar._views:
        agreed.reset(view)
        assert agreed.look_at_all(seen) > 5
    agreed.reset(View.CODES)
    found = page.agreement
    assert found is not None
    page.open(OfCode(found.used[0].code))
    agreed.wait()
    assert agreed.look_at_all(seen) > 20
    page.bar.ask(Asking(unit=Unit.SENTENCES))
    agreed.wait()
    agreed.look_at_all(set())
    assert len({type(key) for key in seen}) >= 12


def test_every_column_opens_by_a_click_and_by_enter(agreed: Agreed) -> None:
    page = agreed.page
    page.bar.more.setChecked(True)
    for view in page.bar._views:
        agreed.reset(view)
        model = page.table.figures
        for column in range(model.columnCount()):
            rows = [
                row
                for row in range(model.rowCount())
                if model.cell(model.index(row, column)).opens is not None
            ]
            if not rows:
                continue
            by_mouse = rows[0]
            click(page.table, by_mouse, column)
            head = model.grid.heads[column].words
            assert agreed.opened(view), f"{view}: {head} opens nothing by a click"
            agreed.reset(view)
            page.table.setFocus()
            page.table.setCurrentIndex(model.index(rows[-1], column))
            QTest.keyClick(page.table, Qt.Key.Key_Return)
            assert agreed.opened(view), f"{view}: {head} opens nothing by Enter"
            agreed.reset(view)


def test_every_figure_in_the_sentences_opens_by_the_mouse(agreed: Agreed) -> None:
    page = agreed.page
    clicked = 0
    for view in (View.CODES, View.DOCUMENTS, View.DIRECTIONS):
        agreed.reset(view)
        labels: list[OpeningWords] = [page.facts.note]
        if view is View.CODES:
            labels = [page.facts.main, page.facts.counted]
        for label in labels:
            there = places(label)
            assert set(there) == set(range(len(label.said.figures)))
            for at, figure in enumerate(label.said.figures):
                QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=places(label)[at])
                assert agreed.opened(view), f"{label.said.plain}: {figure.words} opens nothing"
                clicked += 1
                agreed.reset(view)
    assert clicked > 12


def test_the_keyboard_goes_from_figure_to_figure_and_back_to_the_table(agreed: Agreed) -> None:
    page = agreed.page
    label = page.facts.counted
    label.setFocus(Qt.FocusReason.TabFocusReason)
    assert label.selectedText() == label.said.figures[0].words
    QTest.keyClick(label, Qt.Key.Key_Tab)
    assert label.selectedText() == label.said.figures[1].words
    QTest.keyClick(label, Qt.Key.Key_Return)
    assert agreed.opened(View.CODES) == "list"
    pane = page.passages
    assert QApplication.focusWidget() is pane.table
    assert not pane.back_button.isVisible()
    pane.table.setCurrentIndex(pane.table.figures.index(0, 1))
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert agreed.opened(View.CODES) == "passages"
    assert "characters" in pane.count.text()
    assert QApplication.focusWidget() is pane.list
    QTest.mouseClick(pane.back_button, Qt.MouseButton.LeftButton)
    assert agreed.opened(View.CODES) == "list"
    assert not pane.back_button.isVisible()
    QTest.mouseClick(pane.close_button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.table


def test_a_figure_of_the_trend_opens_its_own_round(agreed: Agreed) -> None:
    page = agreed.page
    agreed.reset(View.ROUNDS)
    click(page.table, 0, 2)
    agreed.wait()
    pane = page.passages
    assert pane.title.text().startswith("Round 2: ")
    assert pane.table.figures.rowCount() == 2
    click(pane.table, 0, 1)
    agreed.wait()
    assert pane.title.text().startswith("Round 2: ")
    passage = pane.model.passages[0]
    shown: list[object] = []
    agreed.window.compare.context.reveal_span.connect(lambda document, _s: shown.append(document))
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert shown == [passage.document]


def test_three_coders_and_pairs(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Three.ikt", coders=3)
    team.project.rounds.unseal(round_)
    team.close()
    agreed = Agreed(open_window(tmp_path / "Three.ikt"), qtbot)
    page = agreed.page
    assert View.PAIRS in page.bar._views
    seen: set[Hashable] = set()
    for view in page.bar._views:
        agreed.reset(view)
        agreed.look_at_all(seen)
    agreed.reset(View.PAIRS)
    click(page.table, 0, 2)
    assert agreed.opened(View.PAIRS) == "view"
    agreed.reset(View.PAIRS)
    label = page.facts.note
    (where,) = places(label).values()
    QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=where)
    assert agreed.opened(View.PAIRS) == "list"
    assert page.passages.table.figures.rowCount() == 3


def test_codings_as_they_stand_open_too(agreed: Agreed) -> None:
    agreed.window.compare.show_round(None)
    agreed.wait()
    seen: set[Hashable] = set()
    for view in agreed.page.bar._views:
        agreed.reset(view)
        assert agreed.look_at_all(seen) > 5


def test_what_was_left_out_is_listed_whole(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    team = Team(tmp_path / "Many.ikt", documents=10)
    team.differ()
    for document in range(1, 10):
        team.code(0, document, 0, "I came late")
    team.close()
    agreed = Agreed(open_window(tmp_path / "Many.ikt"), qtbot)
    label = agreed.page.facts.left
    assert "and 3 more" in label.said.plain
    (where,) = places(label).values()
    QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=where)
    assert agreed.opened(View.CODES) == "list"
    grid = agreed.page.passages.table.figures.grid
    assert [row[0].words for row in grid.rows] == [f"Talk {n}" for n in range(2, 11)]
    assert {row[1].words for row in grid.rows} == {"not coded by each of them"}
    assert agreed.look_at_all(set()) > 10


def test_the_figures_of_settle_show_their_items(
    study: Path, open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(study)
    window.going.go_to_place("compare")
    first = window.compare.context.project.rounds.all()[0]
    window.compare.show_round(first.id)
    window.compare.show_page("settle")
    page = window.compare.settle
    qtbot.waitUntil(lambda: page.up_to_date)
    page.summary.reliability.ask()
    words = page.summary.reliability.words
    qtbot.waitUntil(lambda: "pooled kappa" in words.said.plain)
    for label in (page.queue.left, page.queue.words, page.summary.figure):
        there = places(label)
        assert len(there) == len(label.said.figures) > 1
        for at, figure in enumerate(label.said.figures):
            QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=there[at])
            assert isinstance(figure.opens, Shown)
            assert page.queue.shown == figure.opens
            assert len(page.queue.model.rows) == int(figure.words.replace(",", ""))
    page.queue.show_all()
    for row in (*page.summary.ways.rows, *page.summary.codes.rows):
        page.across.setSizes([200, 400, 400])
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
        assert len(page.queue.model.rows) == int(row.count.replace(",", ""))
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert unopened(page.summary, ()) == []
    (at, *_) = places(words).values()
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=at)
    assert window.compare.stack.currentWidget() is window.compare.agreement
    agreement = window.compare.agreement
    qtbot.waitUntil(lambda: agreement.up_to_date, timeout=60_000)


def test_the_codings_of_a_cell_of_a_round_are_listed(
    study: Path, open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(study)
    window.going.go_to_place("compare")
    window.compare.show_page("rounds")
    page = window.compare.rounds
    qtbot.waitUntil(lambda: page.view.model.rowCount() > 0)
    index = page.view.model.index(0, 0)
    row = page.view.model.cell(index)
    assert row is not None
    assert row.codings
    # What was laid down when the round was set up is no finding, nor is a day.
    view = page.view
    laid_down = (view.facts.text(), view.state.text(), view.hindrance.text())
    assert unopened(view, (view.name.text(), view.note.text()), laid_down) == []
    menu = page.view.cell_menu(index, QRect())
    listing = next(act for act in menu.actions() if act.text() == f"List the {row.codings} codings")
    listing.trigger()
    qtbot.waitUntil(window.passages.isVisible)
    qtbot.waitUntil(lambda: f"{row.codings} codings" in _all_words(window))


def _all_words(window: MainWindow) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in window.passages.findChildren(QLabel))


def test_a_sealed_round_opens_nothing_of_others(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """Neither the trend nor a cell of the grid leads to what is sealed."""
    team = Team(tmp_path / "Sealed.ikt")
    first = team.round(documents=(team.documents[0],))
    team.differ()
    team.finish(first)
    team.sit(0)
    team.project.rounds.unseal(first)
    sealed = team.round(name="Round 2", documents=(team.documents[1],))
    team.code(0, 1, 0, "I came late")
    team.code(1, 1, 0, "I came late")
    team.finish(sealed)
    team.sit(0)
    team.close()
    agreed = Agreed(open_window(tmp_path / "Sealed.ikt"), qtbot)
    agreed.reset(View.ROUNDS)
    assert [head.words for head in agreed.page.table.figures.grid.heads] == ["Code", "Round 1"]
    seen: set[Hashable] = set()
    for view in agreed.page.bar._views:
        agreed.reset(view)
        agreed.look_at_all(seen)
    found = agreed.page.agreement
    assert found is not None
    code: UUID = team.codes[0]
    for of in (Documents(), Judged(code)):
        with pytest.raises(NotAllowed, match="sealed"):
            look_behind(agreed.project, found, InRound(sealed, of))
    agreed.project.coders.switch(team.coders[0])
    agreed.window.compare.show_round(sealed)
    agreed.window.compare.show_page("rounds")
    page = agreed.window.compare.rounds
    qtbot.waitUntil(lambda: page.view.model.documents == (team.documents[1],))
    lists = []
    for column in range(2):
        menu = page.view.cell_menu(page.view.model.index(0, column), QRect())
        lists.append([act.text() for act in menu.actions() if act.text().startswith("List")])
    assert lists == [["List the 1 coding"], []]
