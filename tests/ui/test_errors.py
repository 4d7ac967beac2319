"""Known failures and bugs on screen; no words of an interview in any report."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import Cancelled, UnreadableFile
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.errors import CRASH_FILES, BugDialog, Errors, MessageDialog, report_text

SECRET = "they sent me a tablet and showed me"


@pytest.fixture
def errors(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[Errors]:
    made = Errors(appearance, tmp_path)
    yield made
    made.uninstall()
    dialog = made.dialog()
    if dialog is not None:
        dialog.close()


def _bug() -> Exception:
    try:
        try:
            int(SECRET)
        except ValueError as cause:
            raise KeyError(SECRET) from cause
    except KeyError as error:
        return error


def test_the_report_names_kind_and_place_but_no_words() -> None:
    report = report_text(_bug())
    assert "KeyError" in report
    assert "from ValueError" in report
    assert "test_errors.py" in report
    assert "_bug" in report
    assert "tablet" not in report
    assert str(Path(__file__).parent) not in report


def test_a_known_failure_says_what_happened_and_what_to_do(qtbot: QtBot, errors: Errors) -> None:
    errors.show_error(UnreadableFile("The file is empty; nothing was imported.", "Choose another."))
    dialog = errors.dialog()
    assert isinstance(dialog, MessageDialog)
    assert not isinstance(dialog, BugDialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "The file is empty; nothing was imported." in words
    assert "Choose another." in words
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert errors.dialog() is None


def test_a_cancel_says_nothing(errors: Errors) -> None:
    errors.show_error(Cancelled())
    assert errors.dialog() is None


def test_a_bug_is_logged_without_words_and_can_be_copied(
    qtbot: QtBot,
    errors: Errors,
    expect_log: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    expect_log("A bug was met")
    with caplog.at_level(logging.ERROR):
        errors.show_error(_bug())
    assert "KeyError" in caplog.text
    assert "tablet" not in caplog.text
    dialog = errors.dialog()
    assert isinstance(dialog, BugDialog)
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.report() == report_text(_bug())
    assert "tablet" not in dialog.report()


def test_one_dialog_at_a_time(errors: Errors) -> None:
    errors.show_error(UnreadableFile("one"))
    first = errors.dialog()
    errors.show_error(UnreadableFile("two"))
    assert errors.dialog() is first


def test_the_hook_shows_what_nobody_caught(
    errors: Errors, expect_log: Callable[[str], None]
) -> None:
    expect_log("A bug was met")
    errors.install()
    error = _bug()
    sys.excepthook(type(error), error, error.__traceback__)
    assert isinstance(errors.dialog(), BugDialog)


def test_a_bug_on_another_thread_is_shown_on_the_main_one(
    qtbot: QtBot, errors: Errors, expect_log: Callable[[str], None]
) -> None:
    expect_log("A bug was met")
    errors.install()

    def fail() -> None:
        raise _bug()

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: isinstance(errors.dialog(), BugDialog))


def test_a_clean_end_leaves_no_crash_file(errors: Errors, tmp_path: Path) -> None:
    errors.install()
    assert len(list(tmp_path.glob(CRASH_FILES))) == 1
    errors.uninstall()
    assert list(tmp_path.glob(CRASH_FILES)) == []
    assert errors.last_crash() == ""


def test_an_earlier_crash_is_told_once_without_folders(errors: Errors, tmp_path: Path) -> None:
    trace = 'Fatal Python error: Aborted\n  File "/home/somebody/project/x.py", line 3 in run\n'
    (tmp_path / "crash-7.log").write_text(trace, encoding="utf-8")
    errors.show_last_crash()
    dialog = errors.dialog()
    assert isinstance(dialog, BugDialog)
    assert 'File "x.py", line 3 in run' in dialog.report()
    assert "somebody" not in dialog.report()
    dialog.close()
    errors.show_last_crash()
    assert errors.dialog() is None


def test_a_crash_file_that_is_empty_is_no_crash(errors: Errors, tmp_path: Path) -> None:
    (tmp_path / "crash-7.log").write_text("", encoding="utf-8")
    errors.show_last_crash()
    assert errors.dialog() is None
    assert (tmp_path / "crash-7.log").exists()


def test_a_forgotten_crash_file_is_swept_up(errors: Errors, tmp_path: Path) -> None:
    path = tmp_path / "crash-7.log"
    path.write_text("", encoding="utf-8")
    os.utime(path, (0, 0))
    assert errors.last_crash() == ""
    assert not path.exists()
