"""Rounds on screen: set up in a dialog, followed in a grid, finished and unsealed beside the
button that asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import AssignmentStatus, RoundMode, Unit
from ikt_coder.core.words import Approach
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.place import ComparePlace
from ikt_coder.ui.comparison.rounds.page import RoundsPage
from ikt_coder.ui.comparison.rounds.setup_dialog import SetupDialog
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks
from ikt_coder.ui.widgets.roles import ItemRole
from tests.rounds import Team


@dataclass
class Table:
    """A team at its Compare place."""

    team: Team
    context: Context
    place: ComparePlace
    bot: QtBot
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)

    @property
    def page(self) -> RoundsPage:
        return self.place.rounds

    def wait(self) -> None:
        self.bot.waitUntil(lambda: self.page.reading.up_to_date, timeout=20_000)
        self.bot.waitUntil(lambda: not self.context.tasks.busy, timeout=20_000)
        QApplication.processEvents()

    def statuses(self) -> list[str]:
        model = self.page.view.model
        return [
            model.index(row, column).data()
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]

    def dialog(self) -> SetupDialog:
        self.bot.waitUntil(lambda: self.page.dialog is not None)
        assert self.page.dialog is not None
        return self.page.dialog

    def sit(self, coder: int) -> None:
        self.team.sit(coder)
        self.page.refresh()
        self.wait()


def _raise(error: BaseException) -> None:
    raise error


MakeTable = Callable[..., Table]


@pytest.fixture
def table_of(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[MakeTable]:
    """``table_of(coders, documents, approach)``: a team with nothing set up yet."""
    made: list[Table] = []

    def make(
        coders: int = 2, documents: int = 2, approach: Approach = Approach.RELIABILITY
    ) -> Table:
        team = Team(tmp_path / f"{len(made)}.ikt", coders, documents)
        team.project.card.change(approach=approach)
        context = Context(team.project, Settings.load(), appearance, Tasks(_raise))
        place = ComparePlace(context)
        table = Table(team, context, place, qtbot)
        context.message.connect(lambda words, _undo: table.said.append(words))
        context.failed.connect(table.failures.append)
        qtbot.addWidget(place)
        place.resize(1024, 660)
        with qtbot.waitActive(place):
            place.show()
        place.show_page("rounds")
        table.wait()
        made.append(table)
        return table

    yield make
    for table in made:
        table.context.signals.end()
        table.context.tasks.wait()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        table.team.close()


def test_without_a_round_the_ready_made_ones_are_offered(table_of: MakeTable) -> None:
    table = table_of()
    page = table.page
    assert page.stack.currentWidget() is page.empty
    page.focus_place()
    table.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    dialog = table.dialog()
    assert dialog.mode.mode() is RoundMode.BLIND
    assert len(dialog.who.ticked()) == 2
    assert dialog.keep_button.isEnabled()
    dialog.keep()
    table.wait()
    assert page.stack.currentWidget() is page.splitter
    assert page.model.index(0, 0).data() == "Round 1"
    assert table.statuses() == ["assigned"] * 4
    assert table.said == ["Set up the round"]


def test_a_coder_alone_is_told_what_is_missing(table_of: MakeTable) -> None:
    page = table_of(coders=1).page
    assert page.stack.currentWidget() is page.alone


def test_code_and_verify_begins_with_the_first_five(table_of: MakeTable) -> None:
    table = table_of(documents=7)
    table.page.set_up(RoundMode.VERIFY, 5)
    dialog = table.dialog()
    dialog._leads.setCurrentIndex(1)
    assert not dialog.measured.isVisibleTo(dialog)
    dialog.mode.blind.setChecked(True)
    assert dialog.measured.isVisibleTo(dialog)
    dialog.mode.blind.setChecked(False)
    dialog.keep()
    (row,) = table.team.project.rounds.all()
    assert (row.mode, row.first, row.blind_share) == (RoundMode.VERIFY, 5, None)
    assert row.coders[0] == table.team.coders[1]


def test_the_draw_is_shown_as_it_will_be(table_of: MakeTable) -> None:
    table = table_of(documents=10)
    table.page.set_up()
    dialog = table.dialog()
    documents = dialog.documents
    documents.share.setChecked(True)
    documents.share.click()
    documents.percent.setValue(30)
    documents.seed.setValue(4711)
    shown = documents.drawn.text()
    assert "3 documents of 10" in shown
    dialog.measured.choose_unit(Unit.FIXED)
    dialog.measured.characters.setValue(80)
    dialog.measured.has_target.setChecked(True)
    dialog.measured.target.setValue(0.65)
    dialog.keep()
    (row,) = table.team.project.rounds.all()
    titles = {each.id: each.title for each in table.team.project.documents.all()}
    assert shown.endswith(": " + ", ".join(titles[key] for key in row.documents))
    assert (row.share, row.seed, row.unit_size, row.target) == (30, 4711, 80, 0.65)


def test_what_is_missing_is_said_before_it_is_pressed(table_of: MakeTable) -> None:
    table = table_of(coders=3, documents=2)
    table.page.set_up()
    dialog = table.dialog()
    assert "two coders" in dialog.problem.text()
    assert not dialog.keep_button.isEnabled()
    dialog.who.tick(table.team.coders[2])
    assert dialog.problem.text() == ""
    dialog.mode.first.setChecked(True)
    assert "fewer are settled first" in dialog.problem.text()
    dialog.mode.first_count.setValue(1)
    dialog.part.click()
    assert dialog.problem.text() == "Choose the codes."
    dialog.codes.tick(table.team.codes[0])
    assert dialog.keep_button.isEnabled()
    dialog.reject()
    assert table.team.project.rounds.all() == ()


def test_finishing_says_what_it_freezes_and_asks_once(table_of: MakeTable) -> None:
    table = table_of()
    table.team.round()
    table.team.differ()
    table.sit(0)
    view = table.page.view
    assert view.finish_button.text() == "Finish my 2 documents"
    assert table.statuses() == ["in progress", "in progress", "assigned", "assigned"]
    view.finish_button.click()
    question = view.acts.question
    assert question is not None
    assert "4 codings are frozen" in question.more.text()
    assert "cannot be undone" in question.more.text()
    table.bot.keyClick(question, Qt.Key.Key_Escape)
    assert table.statuses()[0] == "in progress"
    view.finish_button.click()
    question = view.acts.question
    assert question is not None
    table.bot.keyClick(question.agree_button, Qt.Key.Key_Return)
    table.wait()
    assert table.statuses()[0].startswith("finished")
    assert table.said[-1] == "Finished 2 documents"
    assert not view.finish_button.isVisibleTo(view)


def test_finishing_is_the_next_step_where_something_was_coded(table_of: MakeTable) -> None:
    table = table_of()
    table.team.round()
    table.sit(0)
    view = table.page.view
    assert view.finish_button.isVisibleTo(view)
    assert view.finish_button.property("kind") != "primary"
    assert view.copy_button.property("kind") != "primary"
    for document in (0, 1):
        table.team.code(0, document, 0, "I came late")
    table.sit(0)
    assert view.finish_button.property("kind") == "primary"


def test_the_next_round_begins_with_the_coders_of_the_last(table_of: MakeTable) -> None:
    table = table_of(coders=4)
    chosen = (table.team.coders[1], table.team.coders[3])
    table.team.round(coders=chosen, documents=(table.team.documents[0],))
    table.page.set_up()
    assert set(table.dialog().who.ticked()) == set(chosen)


def test_unsealing_waits_and_then_opens_the_other_pages(table_of: MakeTable) -> None:
    table = table_of()
    key = table.team.round(unit=Unit.SENTENCES)
    table.team.finish(key, [1])
    table.sit(0)
    view = table.page.view
    assert view.seal.isVisibleTo(view)
    assert "separate copies" in view._seal_words.text()
    assert not view.unseal_button.isEnabled()
    assert "Amara Okafor 2 documents" in view.hindrance.text()
    assert "Beni" not in view.hindrance.text()
    table.team.finish(key)
    table.sit(0)
    assert view.unseal_button.isEnabled()
    view.unseal_button.click()
    assert view.acts.question is not None
    view.acts.question.agree()
    table.wait()
    table.wait()
    assert table.team.project.rounds.get(key).unsealed is not None
    assert not view.seal.isVisibleTo(view)
    assert view.agreement_button.isVisibleTo(view)
    assert view.settle_button.isVisibleTo(view)
    assert table.said[-1] == "Unsealed <b>Round 1</b>"


def test_a_cell_offers_what_can_be_done_with_it(table_of: MakeTable) -> None:
    table = table_of()
    key = table.team.round()
    table.team.finish(key, [0])
    table.sit(0)
    view = table.page.view
    model = view.model

    def acts(row: int, column: int) -> list[str]:
        menu = view.cell_menu(model.index(row, column), view.grid.rect())
        words = [action.text() for action in menu.actions() if action.text()]
        menu.deleteLater()
        return words

    assert acts(0, 0) == ["Open “Talk 1”", "Reopen…"]
    assert acts(0, 1) == ["Open “Talk 1”", "Take from Beni Kask"]
    menu = view.cell_menu(model.index(0, 0), view.grid.rect())
    menu.actions()[-1].trigger()
    menu.deleteLater()
    question = view.acts.question
    assert question is not None
    assert question.field is not None
    assert not question.agree_button.isEnabled()
    table.bot.keyClicks(question.field, "one page more")
    table.bot.keyClick(question.field, Qt.Key.Key_Return)
    table.wait()
    assert model.index(0, 0).data() == "assigned"
    assert "reopened" in model.index(0, 0).data(ItemRole.SUBTITLE)
    assert "Talk 1, Amara Okafor, assigned, reopened" in model.index(0, 0).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    view.log_button.setChecked(True)
    assert "one page more" in view.log_model.index(0, 0).data()


def test_a_status_is_never_colour_alone(table_of: MakeTable) -> None:
    table = table_of()
    key = table.team.round()
    table.team.finish(key, [0])
    table.team.project.rounds.unassign(key, table.team.coders[1], [table.team.documents[1]])
    table.sit(0)
    model = table.page.view.model
    seen = {
        (model.index(r, c).data(), model.index(r, c).data(ItemRole.KIND))
        for r in range(2)
        for c in range(2)
    }
    assert {words.split()[0] for words, _ in seen} == {"finished", "assigned", "not"}
    assert len({icon for _, icon in seen}) == 3


def test_in_a_reflexive_project_there_is_no_figure(table_of: MakeTable) -> None:
    table = table_of(approach=Approach.REFLEXIVE)
    table.page.set_up()
    dialog = table.dialog()
    assert not dialog.measured.isVisibleTo(dialog)
    assert not dialog.adjudicator.isVisibleTo(dialog)
    words = " ".join(
        label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog)
    )
    for figure in ("agreement", "kappa", "coefficient", "unit"):
        assert figure not in words.lower()
    dialog.keep()
    table.wait()
    view = table.page.view
    assert table.page.model.index(0, 0).data() == "Reading 1"
    key = table.team.project.rounds.all()[0].id
    table.team.finish(key)
    table.sit(0)
    view.unseal_button.click()
    assert view.acts.question is not None
    assert "figures" not in view.acts.question.more.text().lower()
    view.acts.question.agree()
    table.wait()
    table.wait()
    shown = " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))
    assert "kappa" not in shown.lower()
    assert not view.agreement_button.isVisibleTo(view)
    assert view.beside_button.isVisibleTo(view)


def test_a_round_that_is_undone_leaves_the_page(table_of: MakeTable) -> None:
    table = table_of()
    table.team.round()
    table.wait()
    assert table.page.stack.currentWidget() is table.page.splitter
    table.team.project.history.undo()
    table.wait()
    assert table.page.stack.currentWidget() is table.page.empty


def test_a_dozen_coders_and_many_documents_scroll(table_of: MakeTable) -> None:
    table = table_of(coders=12, documents=14)
    table.team.round()
    table.wait()
    grid = table.page.view.grid
    assert grid.model().columnCount() == 12
    assert grid.horizontalScrollBar().maximum() > 0
    assert grid.verticalScrollBar().maximum() > 0
    grid.setCurrentIndex(grid.model().index(13, 11))
    assert grid.visualRect(grid.currentIndex()).isValid()


def test_nothing_is_offered_where_nothing_can_be_written(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    team = Team(tmp_path / "kept.ikt")
    key = team.round()
    team.finish(key, [0])
    team.close()
    project = Project.open(tmp_path / "kept.ikt", read_only=True)
    context = Context(project, Settings.load(), appearance, Tasks(_raise))
    place = ComparePlace(context)
    qtbot.addWidget(place)
    with qtbot.waitActive(place):
        place.show()
    page = place.rounds
    qtbot.waitUntil(lambda: page.reading.up_to_date, timeout=20_000)
    view = page.view
    for button in (view.finish_button, view.unseal_button, view.copy_button, view.rename_button):
        assert not button.isVisibleTo(view)
    assert not page.add_button.isEnabled()
    assert view.model.cell(view.model.index(0, 0)) is not None
    statuses = {row.status for row in project.rounds.assignments(key)}
    assert AssignmentStatus.FINISHED in statuses
    context.signals.end()
    context.tasks.wait()
    project.close()
