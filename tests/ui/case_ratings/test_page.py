"""The page Case ratings by real keys: the scale, reasons, raters, groups, a first rating."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.core.cases import CaseKind
from ikt_coder.core.words import Valence
from ikt_coder.services.case_ratings.rows import Rated
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance, Mode
from ikt_coder.ui.case_ratings.page import RatingsPage
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.services.case_ratings.test_ratings import Rating

Key = Qt.Key


def _raise(error: BaseException) -> None:
    raise error


@dataclass
class Desk:
    """Two cases, three constructs and the page over them."""

    rating: Rating
    page: RatingsPage
    context: Context
    qtbot: QtBot
    said: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    listed: list[object] = field(default_factory=list)

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.up_to_date and not self.context.tasks.busy)

    def press(self, *keys: Key | str) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)

    def now(self, agreed: bool = False) -> Rated | None:
        """The rating of the current cell as it is stored."""
        key = self.page.grid.key()
        assert key is not None
        return self.rating.project.ratings.given(*key, agreed=agreed)


MakeDesk = Callable[[Rating], Desk]


@pytest.fixture
def desk_over(qtbot: QtBot, appearance: Appearance) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(rating: Rating) -> Desk:
        context = Context(rating.project, Settings.load(), appearance, Tasks(_raise))
        page = RatingsPage(context)
        desk = Desk(rating, page, context, qtbot)
        context.message.connect(lambda words, _undo: desk.said.append(words))
        context.failed.connect(lambda error: desk.failures.append(str(error)))
        context.passages_wanted.connect(desk.listed.append)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        with qtbot.waitActive(page):
            page.show()
        desk.wait()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.context.signals.end()
        desk.context.tasks.wait()
        desk.rating.project.close()


@pytest.fixture
def desk(tmp_path: Path, desk_over: MakeDesk) -> Desk:
    """All three codes are shown; nothing is rated."""
    rating = Rating(tmp_path / "Study.ikt")
    desk = desk_over(rating)
    assert desk.page.stack.currentWidget() is desk.page.empty
    desk.page.ask(codes=(rating.climate, rating.tension, rating.cost))
    desk.wait()
    desk.page.focus_page()
    return desk


@pytest.mark.parametrize(
    ("keys", "rated"),
    [
        ("0", Rated(0)),
        ("2", Rated(2)),
        ("-2", Rated(-2)),
        ("+2", Rated(2)),
        ("+", Rated(1)),
        ("-", Rated(-1)),
        ("++", Rated(2)),
        ("+++", Rated(2)),
        ("+--", Rated(-1)),
        ("x", Rated(0, True)),
        ("x-", Rated(-1)),
        ("m", Rated(None)),
        ("m+", Rated(1)),
    ],
)
def test_keys_rate(desk: Desk, keys: str, rated: Rated) -> None:
    desk.press(keys)
    assert desk.now() == rated
    assert desk.page.grid.currentIndex().data() == rated.sign  # before it is read anew
    desk.wait()
    assert desk.page.grid.currentIndex().data() == rated.sign
    assert desk.page.detail.buttons[rated].isChecked()
    desk.press(Key.Key_Delete)
    assert desk.now() is None
    assert desk.page.grid.currentIndex().data() == ""


def test_a_sign_does_not_reach_the_next_cell(desk: Desk) -> None:
    desk.press("-", Key.Key_Right, "2")
    assert desk.now() == Rated(2)


def test_enter_goes_to_the_reasons_which_are_kept(desk: Desk) -> None:
    desk.press("1")
    desk.wait()
    desk.press(Key.Key_Return, "They phoned")
    desk.page.focus_page()
    desk.wait()
    (row,) = desk.rating.project.ratings.all()
    assert (row.rated, row.rationale) == (Rated(1), "They phoned")
    desk.press("2")
    desk.wait()
    assert desk.page.detail.reasons.editor.text() == "They phoned"


def test_passages_stand_beside_with_the_hint(desk: Desk) -> None:
    desk.rating.project.codings.set_valence(desk.rating.coding, Valence.BARRIER)
    desk.wait()
    assert [card.passage.text for card in desk.page.detail.cards.cards] == ["She phoned me"]
    assert "suggest −1" in desk.page.detail.hint.text()
    assert desk.now() is None
    QTest.mouseClick(desk.page.detail.count, Qt.MouseButton.LeftButton)
    assert desk.listed == [(desk.rating.coding,)]


def test_others_ratings_show_after_ones_own(desk: Desk) -> None:
    project = desk.rating.project
    desk.press("2")
    project.coders.switch(desk.rating.second)
    desk.wait()
    index = desk.page.grid.currentIndex()
    assert index.data() == ""
    assert not desk.page.detail.others.isVisible()
    desk.press("-1")
    desk.wait()
    assert desk.page.detail.others.text() == "AO: +2"
    assert "raters differ" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    desk.page.whose.button("agreed").click()
    assert desk.page.grid.currentIndex().data() == "+2 / −1"
    desk.page.focus_page()
    desk.press("1")
    desk.wait()
    assert desk.now(agreed=True) == Rated(1)
    assert desk.page.grid.currentIndex().data() == "+1"


def test_buttons_rate_and_clear(desk: Desk) -> None:
    desk.page.detail.buttons[Rated(None)].click()
    desk.wait()
    assert desk.now() == Rated(None)
    desk.page.detail.buttons[Rated(None)].click()
    desk.wait()
    assert desk.now() is None


def test_groups_are_compared_and_figures_open(desk: Desk) -> None:
    project, rating = desk.rating.project, desk.rating
    assert rating.p01.id is not None
    assert rating.p02.id is not None
    project.participants.set_group([rating.p01.id], "High")
    project.participants.set_group([rating.p02.id], "Low")
    project.ratings.rate(rating.p01, rating.tension, 2)
    project.ratings.rate(rating.p02, rating.tension, -1)
    desk.wait()
    desk.page.show_view("compare")
    model = desk.page.compare.model
    assert model.headerData(0, Qt.Orientation.Horizontal) == "High (n = 1)"
    assert [model.index(1, column).data() for column in range(3)] == [
        "+2 (1)",
        "−1 (1)",
        "★★ strongly (3 apart)",
    ]
    desk.page.focus_page()
    desk.page.compare.table.setCurrentIndex(model.index(1, 0))
    desk.press(Key.Key_Return)
    assert desk.listed == [(rating.coding,)]


def test_cases_can_be_documents(desk: Desk) -> None:
    desk.page.ask(CaseKind.DOCUMENT)
    desk.wait()
    grid = desk.page.grid.ratings.grid
    assert grid is not None
    assert [case.label for case in grid.cases] == ["Talk"]
    desk.press("1")
    (row,) = desk.rating.project.ratings.all(CaseKind.DOCUMENT)
    assert row.rated == Rated(1)


def test_dark_large_and_narrow(desk: Desk, appearance: Appearance) -> None:
    appearance.set_mode(Mode.DARK)
    appearance.set_text_size(200)
    desk.page.resize(1024, 700)
    desk.wait()
    assert desk.page.grid.height() > 100
    assert desk.page.minimumSizeHint().width() <= 1024
