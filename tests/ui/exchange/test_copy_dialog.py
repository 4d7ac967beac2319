"""The copy for a coder on screen: what goes in is said, and written where it was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.core.rounds import RoundMode
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.ui.exchange.copy_dialog import CopyDialog
from tests.studies import add_talk
from tests.ui.history.study_desk import Desk, desk

__all__ = ["desk"]


def shown(desk: Desk, **given: object) -> CopyDialog:
    """The dialog with what would be in the copy read."""
    dialog = CopyDialog(desk.context, **given)  # type: ignore[arg-type] - keywords of one place
    desk.show(dialog)
    desk.settle()
    return dialog


def write(desk: Desk, dialog: CopyDialog) -> None:
    with desk.bot.waitSignal(dialog.written, timeout=20_000):
        desk.bot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    desk.settle()


def test_it_says_what_goes_in_and_what_stays_out(desk: Desk) -> None:
    code = desk.project.codes.add("Timing")
    desk.project.codings.apply(desk.document, desk.span("She phoned me"), code)
    dialog = shown(desk)
    # Most often another coder than the one at the desk is to get it.
    assert dialog.coder.editor.currentText() == "Beni Kask"
    assert "1 document in its present wording" in dialog.holds.text()
    assert "their own work: 0 codings, 0 memos" in dialog.holds.text()
    assert "everything the other coder coded and wrote" in dialog.lacks.text()
    assert "1 imported file" in dialog.lacks.text()
    dialog.coder.editor.setCurrentIndex(0)
    desk.settle()
    assert "1 coding, 0 memos" in dialog.holds.text()
    assert dialog.path() == desk.project.path.parent / "study for Amara Okafor.ikt"


def test_the_copy_is_written_and_shown(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(desk)
    dialog.line.selectAll()
    desk.bot.keyClicks(dialog.line, str(tmp_path / "for Beni"))
    write(desk, dialog)
    target = tmp_path / "for Beni.ikt"
    assert str(target) in dialog.place.text()
    assert "For Beni Kask: 1 document" in dialog.done_words.text()
    assert desk.said == ["Wrote a copy for Beni Kask"]
    assert dialog.show_button.isVisible()
    assert dialog.show_button.hasFocus()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    desk.bot.keyClick(dialog.show_button, Qt.Key.Key_Space)
    assert [Path(name) for name in opened] == [tmp_path]
    copy = Project.open(target)
    assert [row.name for row in copy.coders.all()] == ["Beni Kask"]
    copy.close()
    desk.bot.mouseClick(dialog.another_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.coder.editor.currentText() == "Amara Okafor"
    assert dialog.write_button.isVisible()
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_that_is_there_is_replaced_by_a_button_that_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "there.ikt"
    target.write_text("old")
    dialog = shown(desk)
    dialog.line.setText(str(target))
    assert dialog.write_button.text() == "Replace the file"
    assert "will be replaced" in dialog.file.note()
    write(desk, dialog)
    Project.open(target).close()


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere/a.ikt", "no such folder"), ("study.ikt", "the project itself"), ("", "")],
)
def test_no_copy_where_none_can_be(desk: Desk, name: str, words: str) -> None:
    dialog = shown(desk)
    dialog.line.setText(str(desk.project.path.parent / name) if name else "")
    assert words in dialog.file.note()
    assert not dialog.write_button.isEnabled()
    dialog.line.setFocus()
    desk.bot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert desk.project.copies.made() == ()


def test_only_what_a_coder_has_to_do_in_a_round(desk: Desk) -> None:
    add_talk(desk.project, "P03: Something else.\n", "Else", ["P03"])
    plan = RoundPlan("Pilot", RoundMode.BLIND, (desk.first, desk.second), (desk.document,))
    round_ = desk.project.rounds.set_up(plan)
    dialog = shown(desk, round_=round_)
    assert dialog.round() == round_
    assert dialog.task.editor.currentText() == "Pilot: 1 document"
    assert "1 other document" in dialog.lacks.text()
    dialog.task.editor.setCurrentIndex(dialog.task.editor.count() - 1)
    desk.settle()
    assert dialog.round() is None
    assert "2 documents" in dialog.holds.text()


def test_nobody_gets_their_own_interview(desk: Desk) -> None:
    add_talk(desk.project, "P03: Something else.\n", "Else", ["P03"])
    dialog = shown(desk)
    box = dialog.person.editor
    box.setCurrentIndex(box.findText("P03"))
    box.activated.emit(box.currentIndex())
    desk.settle()
    assert "“Else”: their own interview" in dialog.lacks.text()
    people = {row.label: row.id for row in desk.project.participants.all()}
    assert desk.project.coders.get(desk.second).participant == people["P03"]
    desk.project.history.undo()
    assert desk.project.coders.get(desk.second).participant is None


def test_a_failure_is_told_and_nothing_is_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> object:
        raise ProjectFileError("The disk is full.")

    dialog = shown(desk)
    dialog.line.setText(str(tmp_path / "a.ikt"))
    monkeypatch.setattr(desk.project.copies, "make", full)
    desk.bot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.bar.message() == "The disk is full."
    assert dialog.write_button.isEnabled()
    assert dialog.isVisible()


def test_a_copy_makes_no_copies(desk: Desk, tmp_path: Path) -> None:
    """The dialog says so before anything is tried."""
    desk.project.copies.make(desk.second, tmp_path / "beni.ikt")
    copy = Project.open(tmp_path / "beni.ikt")
    project = desk.context.project
    desk.context.project = copy
    try:
        dialog = shown(desk)
        assert "itself a copy for Beni Kask" in dialog.bar.message()
        assert not dialog.write_button.isEnabled()
        dialog.close()
        desk.settle()
    finally:
        desk.context.project = project
        copy.close()


def test_esc_while_writing_cancels(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(desk)
    dialog.line.setText(str(tmp_path / "a.ikt"))
    make = desk.project.copies.make

    def slow(*given: object, **named: object) -> object:
        while not named["cancel"]():  # type: ignore[operator] - a function
            pass
        return make(*given, **named)  # type: ignore[arg-type] - handed on as they came

    monkeypatch.setattr(desk.project.copies, "make", slow)
    desk.bot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    assert dialog.isVisible()
    assert "no file was written" in dialog.bar.message()
    assert not (tmp_path / "a.ikt").exists()
    assert desk.project.copies.made() == ()


def test_the_file_is_chosen_in_the_systems_dialog(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(desk)
    chosen = str(tmp_path / "chosen.ikt")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (chosen, ""))
    desk.bot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    assert dialog.path() == Path(chosen)
    dialog.coder.editor.setCurrentIndex(0)
    desk.settle()
    assert dialog.path() == Path(chosen)
