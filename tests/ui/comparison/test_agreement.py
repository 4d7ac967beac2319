"""The Agreement page: figures as the service computes them, each opening its passages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ikt_coder.cli.agreement_project import as_json
from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import RoundEventKind, RoundMode, Unit
from ikt_coder.core.span import Span
from ikt_coder.core.words import Approach, Origin, Valence
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.agreement.choices_bar import Asking
from ikt_coder.ui.comparison.agreement.grids import View
from ikt_coder.ui.comparison.agreement.opens import OfCode, OfPair, Passages
from ikt_coder.ui.comparison.agreement.page import AgreementPage
from ikt_coder.ui.comparison.agreement.wording import value_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from tests.rounds import Team, blind_team

PHONED = "She phoned me before the third meeting."


def _raise(error: BaseException) -> None:
    raise error


class Desk:
    """The page over a project."""

    def __init__(self, team: Team, appearance: Appearance, qtbot: QtBot) -> None:
        self.team = team
        self.qtbot = qtbot
        self.failures: list[UserError] = []
        self.context = Context(team.project, Settings.load(), appearance, Tasks(_raise))
        self.context.failed.connect(self.failures.append)
        self.page = AgreementPage(self.context)
        qtbot.addWidget(self.page)
        self.page.resize(1024, 700)

    def show(self, round_: object) -> None:
        self.page.show_round(round_)  # type: ignore[arg-type]  # a round's id or None
        self.page.show()
        self.wait()

    def wait(self) -> None:
        self.qtbot.wait_until(lambda: self.page.up_to_date, timeout=20_000)

    def view(self, view: View) -> None:
        self.page.bar.show_view(view)
        self.wait()

    def index(self, row: str, column: str) -> QModelIndex:
        grid = self.page.table.figures.grid
        at = [head.words for head in grid.heads].index(column)
        model = self.page.table.figures
        for line in range(model.rowCount()):
            if model.index(line, 0).data() == row:
                return model.index(line, at)
        raise KeyError(row)

    def cell(self, row: str, column: str) -> str:
        return str(self.index(row, column).data())

    def press(self, row: str, column: str) -> None:
        """Go to a cell and press Enter."""
        table = self.page.table
        table.setCurrentIndex(self.index(row, column))
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Return)
        self.wait()


@pytest.fixture
def desk(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Iterator[Desk]:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    team.project.rounds.unseal(round_)
    made = Desk(team, appearance, qtbot)
    made.show(round_)
    yield made
    made.context.signals.end()
    made.context.tasks.wait()
    team.close()


def test_the_table_shows_what_the_service_and_the_command_line_say(desk: Desk) -> None:
    project = desk.team.project
    found = project.comparison.agreement(desk.page._round)
    said = as_json(found)["codes"]
    for line, row in zip(found.codes, said, strict=True):
        assert desk.cell(line.label, "Both") == str(row["both"])
        assert desk.cell(line.label, "Only AO") == str(row["only"]["Amara Okafor"])
        assert desk.cell(line.label, "Only BK") == str(row["only"]["Beni Kask"])
        assert desk.cell(line.label, "Neither") == str(row["neither"])
        assert desk.cell(line.label, "κ") == value_words(row["kappa"])
    pooled = value_words(found.overall.pooled_kappa.value)
    assert f"<b>{pooled}</b>" in desk.page.facts.main.text()
    assert "2 documents" in desk.page.facts.counted.text()
    assert "frozen, independent coding" in desk.page.facts.counted.text()
    assert json.dumps(said)


def test_every_count_opens_its_passages(desk: Desk) -> None:
    desk.press("Trust", "Only AO")
    pane = desk.page.passages
    assert pane.isVisible()
    assert pane.title.text() == "Trust: only Amara Okafor"
    (passage,) = pane.model.passages
    assert passage.size == "11 characters"
    assert pane.model.words(0).said == "I came late"
    assert "Talk 1" in pane.model.data(pane.model.index(0))
    shown: list[object] = []
    desk.context.reveal_span.connect(lambda document, span: shown.append((document, span)))
    QTest.keyClick(pane.list, Qt.Key.Key_O)
    assert shown == [(passage.document, passage.span)]
    QTest.mouseClick(pane.close_button, Qt.MouseButton.LeftButton)
    assert not pane.isVisible()


def test_all_counts_add_up_to_their_passages(desk: Desk) -> None:
    grid = desk.page.table.figures.grid
    opened = 0
    for row in grid.rows:
        for cell in row:
            if isinstance(cell.opens, Passages):
                desk.page.open(cell.opens)
                desk.wait()
                sizes = [p.span.end - p.span.start for p in desk.page.passages.model.passages]
                assert sum(sizes) == int(cell.words.replace(",", ""))
                opened += 1
    assert opened >= 8


def test_a_code_opens_its_documents_and_the_means(desk: Desk) -> None:
    desk.press("Clear role", "κ")
    assert desk.page.bar.view is View.DOCUMENTS
    assert [desk.cell(name, "Both") for name in ("Talk 1", "Talk 2")] == ["62", "0"]
    assert "mean of the documents" in desk.page.facts.note.text()
    desk.press("Talk 1", "Only BK")
    assert [p.title for p in desk.page.passages.model.passages] == ["Talk 1"] * 2


def test_every_view_can_be_seen(desk: Desk) -> None:
    for view in desk.page.bar._views:
        desk.view(view)
        grid = desk.page.table.figures.grid
        assert grid.name
        assert desk.page.table.accessibleName() == grid.name
        assert all(len(row) == len(grid.heads) for row in grid.rows)
        for row in grid.rows:
            for cell in row:
                if cell.opens is not None and not isinstance(cell.opens, OfCode):
                    desk.page.open(cell.opens)
                    desk.wait()
                    break
    assert not desk.failures


def test_what_was_used_instead_opens_just_that(desk: Desk) -> None:
    desk.view(View.CONFUSION)
    grid = desk.page.table.figures.grid
    for row in grid.rows:
        desk.page.open(row[3].opens)
        desk.wait()
        spans = [p.span for p in desk.page.passages.model.passages]
        assert sum(span.end - span.start for span in spans) == int(row[3].words)
    first = grid.rows[0]
    assert (first[0].words, first[1].words) == ("Time and place", "Trust")


def test_more_figures_and_unused_codes(desk: Desk) -> None:
    desk.team.sit(0)
    heads = [head.words for head in desk.page.table.figures.grid.heads]
    assert "AC1" not in heads
    QTest.mouseClick(desk.page.bar.more, Qt.MouseButton.LeftButton)
    heads = [head.words for head in desk.page.table.figures.grid.heads]
    assert {"α", "AC1", "Pos. agr.", "J", "Prevalence"} <= set(heads)
    found = desk.page.agreement
    assert found is not None
    for line in found.used:
        assert desk.cell(line.label, "AC1") == value_words(line.figures.value("ac1"))


def test_another_unit_is_said_not_to_be_what_was_laid_down(desk: Desk) -> None:
    assert "laid down" in desk.page.bar.unit_pill.accessibleName()
    desk.page.bar.ask(Asking(unit=Unit.SENTENCES))
    desk.wait()
    found = desk.page.agreement
    assert found is not None
    assert found.setting.unit is Unit.SENTENCES
    assert "not as laid down" in desk.page.facts.counted.text()
    assert "sentences" in desk.page.facts.counted.text()
    assert desk.cell("Clear role", "Both") == str(found.line(desk.team.codes[0]).figures.both)


def test_sorting_keeps_what_has_no_value_at_the_end(desk: Desk) -> None:
    table, model = desk.page.table, desk.page.table.figures
    at = [head.words for head in model.grid.heads].index("κ")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.sortByColumn(at, order)
        values = [model.cell(model.index(row, at)).sort for row in range(model.rowCount())]
        known = [float(value) for value in values if value is not None]
        assert known == sorted(known, reverse=order is Qt.SortOrder.DescendingOrder)
        assert None not in values[: len(known)]


def test_the_table_follows_codings_that_belong_to_no_round(desk: Desk) -> None:
    desk.page.show_round(None)
    desk.wait()
    assert "not from a round" in desk.page.facts.counted.text()
    before = desk.cell("Trust", "Both")
    desk.team.code(0, 0, 2, "what a partner does")
    desk.wait()
    assert desk.cell("Trust", "Both") != before


def test_an_export_follows_what_is_shown_and_is_logged(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    desk.page.files.choose = lambda _path, _endings: path
    desk.page.bar.ask(Asking(unit=Unit.SENTENCES))
    desk.wait()
    desk.page.bar.report_asked.emit("agreement")
    desk.qtbot.wait_until(lambda: path.exists() and not desk.context.tasks.busy)
    line = next(row for row in path.read_text("utf-8-sig").splitlines() if row.startswith("Trust"))
    found = desk.page.agreement
    assert found is not None
    assert line.split(",")[1] == str(found.line(desk.team.codes[2]).figures.both)
    kinds = [event.kind for event in desk.team.project.rounds.events()]
    assert kinds[-1] is RoundEventKind.STATISTIC
    desk.wait()


@pytest.mark.parametrize("why", ["sealed", "open", "one coder", "reflexive"])
def test_where_there_is_nothing_to_show_it_says_why(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot, why: str
) -> None:
    team = Team(tmp_path / "Study.ikt")
    round_ = None
    if why == "sealed":
        round_ = team.round()
    elif why == "open":
        round_ = team.round(RoundMode.OPEN)
    elif why == "one coder":
        team.code(0, 0, 0, PHONED)
    else:
        team.project.card.change(approach=Approach.REFLEXIVE)
    desk = Desk(team, appearance, qtbot)
    desk.show(round_)
    assert desk.page.stack.currentWidget() is desk.page.nothing
    assert desk.page.agreement is None
    assert not desk.failures
    desk.context.signals.end()
    desk.context.tasks.wait()
    team.close()


def many(path: Path, coders: int, documents: int) -> tuple[Team, object]:
    team = Team(path, coders, documents)
    round_ = team.round()
    for number in range(coders):
        coder = team.sit(number)
        for at, document in enumerate(team.documents):
            start = team.project.texts.get(document).index(PHONED)
            span = Span(start, start + len(PHONED) - (at + number) % 5)
            code = team.codes[(at + number) % 4 == 0]
            valence = Valence.BARRIER if number % 2 else Valence.FACILITATOR
            team.project.codings.apply_many(
                [NewCoding(document, span, code, coder, valence)], Origin.IMPORT
            )
    team.finish(round_)
    team.sit(0)
    team.project.rounds.unseal(round_)
    return team, round_


def test_intervals_come_by_themselves_and_can_be_stopped(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    team, round_ = many(tmp_path / "Study.ikt", 2, 6)
    desk = Desk(team, appearance, qtbot)
    desk.show(round_)
    found = desk.page.agreement
    assert found is not None
    assert found.intervals
    assert desk.cell("Clear role", "95% CI").startswith("[")
    assert desk.page.facts.again_button.isHidden()
    desk.page.bar.asking = Asking(unit=Unit.SENTENCES)
    desk.page._ask_other()
    qtbot.wait_until(lambda: desk.page._drawing is not None)
    QTest.mouseClick(desk.page.facts.stop_button, Qt.MouseButton.LeftButton)
    desk.wait()
    found = desk.page.agreement
    assert found is not None
    if not found.intervals:  # it may have ended just before
        assert not desk.page.facts.again_button.isHidden()
        QTest.mouseClick(desk.page.facts.again_button, Qt.MouseButton.LeftButton)
        desk.wait()
        found = desk.page.agreement
    assert found is not None
    assert found.intervals
    desk.context.signals.end()
    desk.context.tasks.wait()
    team.close()


def test_twelve_coders_and_two_of_them(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    team, round_ = many(tmp_path / "Study.ikt", 12, 2)
    desk = Desk(team, appearance, qtbot)
    desk.show(round_)
    heads = [head.words for head in desk.page.table.figures.grid.heads]
    assert "One alone" in heads
    assert "Only AO" not in heads
    assert desk.page.bar.coders_pill.isVisible()
    desk.view(View.PAIRS)
    assert desk.page.table.figures.rowCount() == 12
    two = desk.page.table.figures.grid.rows[0][2].opens
    assert isinstance(two, OfPair)
    desk.page.open(two)
    desk.wait()
    assert desk.page.bar.view is View.CODES
    found = desk.page.agreement
    assert found is not None
    assert [coder.id for coder in found.coders] == team.coders[:2]
    desk.context.signals.end()
    desk.context.tasks.wait()
    team.close()


def test_a_read_only_project_is_shown_and_nothing_is_logged(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    from ikt_coder.services.project import Project

    team, round_ = many(tmp_path / "Study.ikt", 2, 2)
    team.close()
    shutil.copy(tmp_path / "Study.ikt", tmp_path / "Read.ikt")
    team.project = Project.open(tmp_path / "Read.ikt", read_only=True)
    desk = Desk(team, appearance, qtbot)
    desk.show(round_)
    path = tmp_path / "out.csv"
    desk.page.files.choose = lambda _path, _endings: path
    before = len(team.project.rounds.events())
    desk.page.bar.report_asked.emit("agreement")
    qtbot.wait_until(lambda: path.exists() and not desk.context.tasks.busy)
    assert len(team.project.rounds.events()) == before
    assert not desk.failures
    desk.wait()
    desk.context.signals.end()
    desk.context.tasks.wait()
    team.close()
