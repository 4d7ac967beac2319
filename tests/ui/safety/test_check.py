"""The check on screen, and compacting."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.services.safety import CheckReport, SafetyService
from ikt_coder.storage.check import Finding
from ikt_coder.ui.safety.check import CheckDialog, finding_words
from tests.ui.history.study_desk import Desk


def told(dialog: CheckDialog) -> list[str]:
    """Every finding as it is shown."""
    items = [dialog.findings.itemAt(at).widget() for at in range(dialog.findings.count())]
    return [item.text() for item in items if isinstance(item, QLabel)]


def test_it_begins_at_once_and_says_that_all_is_sound(desk: Desk) -> None:
    dialog = CheckDialog(desk.context)
    desk.show(dialog)
    desk.bot.waitUntil(lambda: dialog.verdict.text() == "Everything is sound.")
    desk.settle()
    assert dialog.report is not None
    assert str(dialog.report.operations) in dialog.more.text()
    assert dialog._progress.isHidden()
    assert told(dialog) == []
    desk.bot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.verdict.text() == "Everything is sound."


def test_findings_are_told_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = (
        Finding("coding", "2 spans lie outside their text"),
        Finding("somewhere new", "odd"),
    )
    monkeypatch.setattr(SafetyService, "check", lambda _self, _step=None: CheckReport(found, 7))
    dialog = CheckDialog(desk.context)
    desk.show(dialog)
    desk.bot.waitUntil(lambda: bool(told(dialog)))
    assert dialog.verdict.text() == "Something is not as it should be."
    assert "newest backup" in dialog.more.text()
    assert told(dialog) == ["Codings: 2 spans lie outside their text.", "somewhere new: odd."]
    desk.settle()


def test_a_closed_dialog_ends_the_check(desk: Desk) -> None:
    dialog = CheckDialog(desk.context)
    desk.bot.addWidget(dialog)
    dialog.show()
    dialog.close()
    desk.settle()
    assert desk.failures == []


def test_compacting_is_clear_and_makes_a_backup(desk: Desk) -> None:
    memo = desk.project.memos.add("long words " * 20_000)
    desk.project.memos.delete(memo)
    size = desk.project.path.stat().st_size
    dialog = CheckDialog(desk.context)
    desk.show(dialog)
    desk.settle()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("nothing done before can be undone any more" in text for text in words)
    desk.bot.mouseClick(dialog.compact, Qt.MouseButton.LeftButton)
    desk.settle()
    desk.bot.waitUntil(dialog.compacted.isVisible)
    assert dialog.compacted.text().startswith("Done: the file is smaller by ")
    assert desk.project.path.stat().st_size < size
    assert len(desk.project.safety.backups()) == 1
    assert desk.project.history.next_undo() is None
    assert desk.said == ["Compacted the project file"]


def test_a_failure_is_told_and_the_buttons_come_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(_self: SafetyService) -> int:
        raise ProjectFileError("The disk is full.", "Make room.")

    monkeypatch.setattr(SafetyService, "compact", fails)
    dialog = CheckDialog(desk.context)
    desk.show(dialog)
    desk.settle()
    dialog.make_small()
    desk.bot.waitUntil(lambda: dialog.verdict.text() == "The disk is full.")
    desk.settle()
    assert dialog.more.text() == "Make room."
    assert dialog.compact.isEnabled()


def test_a_project_open_for_reading_is_checked_and_not_compacted(desk: Desk) -> None:
    desk.project.file.read_only = True
    dialog = CheckDialog(desk.context)
    desk.show(dialog)
    desk.settle()
    assert dialog.verdict.text() == "Everything is sound."
    assert not dialog.compact.isEnabled()
    dialog.make_small()
    assert dialog._task is None


def test_every_place_of_the_check_has_words() -> None:
    places = {"database", "references", "journal", "coding", "turn", "quote", "document"}
    for where in places | {"code", "theme", "folder"}:
        assert finding_words(where, "x") != f"{where}: x."
