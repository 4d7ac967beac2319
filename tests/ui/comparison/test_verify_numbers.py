"""The rates of a round of code and verify open what they count."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.core.rounds import DecisionKind, RoundMode
from ikt_coder.core.words import Valence
from ikt_coder.ui.main_window import MainWindow
from tests.ui.comparison.figures_on_screen import unopened
from tests.ui.comparison.settling import Coded
from tests.ui.window.conftest import open_window as open_window
from tests.ui.window.conftest import session as session
from tests.ui.window.conftest import settings as settings

Open = Callable[[Path], MainWindow]


def verified(path: Path) -> None:
    """A round of code and verify, half judged."""
    study = Coded(path, documents=2, mode=RoundMode.VERIFY)
    for document in (0, 1):
        study.code(0, "Trusting relationship", "the coordinator phoned me", document=document)
        study.code(
            *(0, "Clear role", "Nobody had explained how a study is put together"),
            *(Valence.BARRIER, document),
        )
        study.code(0, "Resources for partners", "paid for the taxi", Valence.FACILITATOR, document)
    project = study.project
    project.coders.switch(study.coders[0])
    project.rounds.finish(study.round, study.documents)
    project.coders.switch(study.coders[1])
    service = project.verification
    items = service.items(study.round)
    service.judge(items[0].id, study.round, DecisionKind.ACCEPT)
    service.judge(items[1].id, study.round, DecisionKind.REMOVE)
    service.judge(items[3].id, study.round, DecisionKind.ACCEPT)
    turn = project.documents.text(study.documents[0]).turns[0]
    service.mark_checked(study.round, study.documents[0], turn.id)
    project.close()


def test_the_rates_of_a_verified_round_open_what_they_count(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    verified(tmp_path / "Verify.ikt")
    window = open_window(tmp_path / "Verify.ikt")
    window.going.go_to_place("compare")
    window.compare.show_page("verify")
    page = window.compare.verify
    pane = page.behind

    def wait() -> None:
        qtbot.waitUntil(lambda: page.up_to_date and not pane.reading)

    wait()
    opened = {}
    for row in page.documents.rates.rows:
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
        wait()
        if row.count == "0":
            assert not row.isEnabled()
            continue
        assert row.isChecked()
        opened[row.text()] = [pane.model.about(at) for at in range(pane.model.rowCount())]
    counts = {name: len(rows) for name, rows in opened.items()}
    turns = counts.pop("Turns checked")
    assert counts == {"Accepted": 2, "Removed": 1, "Still to judge": 3}
    assert turns == 12
    checked = [about for about in opened["Turns checked"] if " · checked" in about]
    assert len(checked) == 1
    assert page.documents.rates.rows[-1].count == "1 of 12"
    # A passage leads to its coding, also in the other document.
    QTest.mouseClick(page.documents.rates.rows[0], Qt.MouseButton.LeftButton)
    wait()
    assert QApplication.focusWidget() is pane.list
    second = pane.model.passages[1]
    assert page.found is not None
    assert second.document != page.found.document
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    wait()
    assert page.found.document == second.document
    assert page.current == second.key
    # What is judged meanwhile is followed.
    page._judge(DecisionKind.REMOVE)
    wait()
    assert pane.count.text() == "1 passage"
    QTest.mouseClick(page.documents.rates.rows[0], Qt.MouseButton.LeftButton)
    assert not pane.isVisible()
    # Where one stands among the codings, and how many documents of the list are whole.
    known = (page.panel.count.text(), page.documents.heading.note())
    assert unopened(page.documents, ("P01", "P02"), known) == []
