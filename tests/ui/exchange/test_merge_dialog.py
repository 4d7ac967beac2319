"""Bringing in a copy on screen: what it brings is seen first, and one button brings it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.merging.rows import Side
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from ikt_coder.ui.exchange.merge_dialog import BringInDialog
from tests.ui.history.study_desk import Desk, desk

__all__ = ["desk"]


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> Iterator[Project]:
    """A copy in which the second coder works."""
    desk.project.codes.add("Timing")
    schema.copy_database(desk.project.path, tmp_path / "beni.ikt")
    project = Project.open(tmp_path / "beni.ikt")
    project.coders.switch(desk.second)
    yield project
    project.close()


def shown(desk: Desk, path: Path | None = None) -> BringInDialog:
    dialog = BringInDialog(desk.context, None, path)
    desk.show(dialog)
    desk.settle()
    return dialog


def words(dialog: BringInDialog) -> str:
    """Everything the dialog says."""
    found = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    return "\n".join(found)


def bring_in(desk: Desk, dialog: BringInDialog) -> None:
    with desk.bot.waitSignal(dialog.brought_in, timeout=20_000):
        desk.bot.mouseClick(dialog.bring_button, Qt.MouseButton.LeftButton)
    desk.settle()


def test_it_says_what_comes_in_and_brings_it_in(desk: Desk, other: Project) -> None:
    code = other.codes.all()[0].id
    coding = other.codings.apply(desk.document, Span(13, 30), code)
    other.close()
    dialog = shown(desk, other.path)
    assert "work of Beni Kask" in words(dialog)
    assert "codings: 1 new" in words(dialog)
    assert desk.project.codings.many([coding]) == ()  # nothing is written yet
    bring_in(desk, dialog)
    assert desk.said == ["Brought in 1 coding from <b>beni.ikt</b>"]
    assert not dialog.isVisible()
    assert desk.project.codings.get(coding).coder == desk.second
    desk.project.history.undo()
    assert desk.project.codings.many([coding]) == ()


def test_how_far_a_document_is_coded_is_told_in_its_words(desk: Desk, other: Project) -> None:
    row = other.documents.get(desk.document)
    other.documents.set_status(desk.document, DocumentStatus.CODED)
    other.close()
    dialog = shown(desk, other.path)
    assert f"“{row.title}” marked as coded" in words(dialog)
    assert "documents:" not in words(dialog)
    bring_in(desk, dialog)
    assert desk.project.documents.get(desk.document).status is DocumentStatus.CODED


def test_another_change_of_a_document_is_counted(desk: Desk, other: Project) -> None:
    other.documents.set_status(desk.document, DocumentStatus.CODED)
    other.documents.rename(desk.document, "Another title")
    other.close()
    dialog = shown(desk, other.path)
    assert "marked as" not in words(dialog)
    assert "documents: 1 changed" in words(dialog)


def test_what_both_changed_is_chosen_side_by_side(desk: Desk, other: Project) -> None:
    code = other.codes.all()[0].id
    desk.project.codes.change(code, definition="When it happens, and how long it takes")
    other.codes.change(code, definition="When")
    other.close()
    dialog = shown(desk, other.path)
    (choice,) = dialog.conflicts
    assert choice.side() is Side.HERE  # the longer text
    assert "How long" not in words(dialog)
    assert "When it happens" in words(dialog)
    desk.bot.mouseClick(choice.buttons[Side.THERE], Qt.MouseButton.LeftButton)
    bring_in(desk, dialog)
    assert desk.project.codes.get(code).definition == "When"


def test_a_coder_of_the_same_name_can_be_the_same_person(desk: Desk, other: Project) -> None:
    first = desk.project.coders.add("Chris")
    other.coders.switch(other.coders.add("Chris"))
    coding = other.codings.apply(desk.document, Span(13, 30), other.codes.all()[0].id)
    other.close()
    dialog = shown(desk, other.path)
    (choice,) = dialog.conflicts
    assert "coders: 1 new" in words(dialog)
    desk.bot.mouseClick(choice.buttons[Side.THERE], Qt.MouseButton.LeftButton)
    desk.settle()  # what comes in depends on it
    assert "coders: 1 new" not in words(dialog)
    assert dialog.conflicts[0].side() is Side.THERE
    bring_in(desk, dialog)
    assert desk.project.codings.get(coding).coder == first


def test_a_file_nothing_comes_of(
    desk: Desk, other: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other.close()
    dialog = shown(desk)
    assert "No file chosen" in words(dialog)
    assert not dialog.bring_button.isEnabled()
    letter = tmp_path / "letter.ikt"
    letter.write_text("no project at all " * 20)
    chosen = [str(letter), str(desk.project.path), str(other.path)]
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_args, **_options: (chosen.pop(0), "")
    )
    for said in ("not an IKT Coder project", "the project that is open"):
        dialog.choose()
        desk.settle()
        assert said in dialog.bar.message()
        assert not dialog.bring_button.isEnabled()
    dialog.choose()
    desk.settle()
    assert "It brings nothing new." in words(dialog)
    assert not dialog.bring_button.isEnabled()
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_that_changes_meanwhile_is_looked_at_again(desk: Desk, other: Project) -> None:
    code = other.codes.all()[0].id
    other.codings.apply(desk.document, Span(13, 30), code)
    dialog = shown(desk, other.path)
    other.codings.apply(desk.document, Span(40, 50), code)
    desk.bot.mouseClick(dialog.bring_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "changed since it was looked at" in dialog.bar.message()
    dialog.look_at(other.path)
    desk.settle()
    assert "codings: 2 new" in words(dialog)
