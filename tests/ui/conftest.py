"""Fixtures for tests of the window.

A Qt warning, an exception in a slot (pytest-qt, see ``pyproject.toml``) or a log record of level
WARNING or above that the test did not announce fails the test.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ikt_coder.ui.appearance.style import Appearance, Mode
from tests.ui.dialog_order import out_of_order, visible_dialogs

# The offscreen platform says this of any window with a layout; it is no fault of ours.
_OFFSCREEN = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN))


ExpectLog = Callable[[str], None]


class _Stray(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def unexpected(self) -> list[str]:
        known = [re.compile(pattern) for pattern in self.expected]
        return [m for m in self.messages if not any(p.search(m) for p in known)]


@pytest.fixture
def _stray_logs() -> Iterator[_Stray]:
    handler = _Stray()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


@pytest.fixture(autouse=True)
def no_stray_logs(_stray_logs: _Stray) -> Iterator[None]:
    """Fails a test that logged a warning it did not announce with ``expect_log``."""
    yield
    stray = _stray_logs.unexpected()
    assert not stray, f"unexpected log records: {stray}"


@pytest.fixture(autouse=True)
def dialogs_in_order(qapp: QApplication) -> Iterator[None]:
    """Fails a test that opened a dialog whose main button does not stand last."""
    found: dict[str, None] = {}

    def look(_window: object) -> None:
        for dialog in visible_dialogs():
            found.update(dict.fromkeys(out_of_order(dialog)))

    qapp.focusWindowChanged.connect(look)
    yield
    qapp.focusWindowChanged.disconnect(look)
    assert not found, f"buttons of dialogs out of order: {list(found)}"


@pytest.fixture
def expect_log(_stray_logs: _Stray) -> ExpectLog:
    """``expect_log(pattern)``: log records that match may come in this test."""
    return _stray_logs.expected.append


@pytest.fixture(scope="session")
def _shared_appearance(qapp: QApplication) -> Iterator[Appearance]:
    appearance = Appearance(Mode.LIGHT)
    appearance.apply(qapp)
    yield appearance
    # Without this the focus ring would outlive the application it listens to.
    qapp.setStyleSheet("")
    appearance.deleteLater()


@pytest.fixture
def appearance(_shared_appearance: Appearance) -> Iterator[Appearance]:
    """The look, applied to the test's application: light, text at 100 %, at every start."""
    yield _shared_appearance
    _shared_appearance.set_mode(Mode.LIGHT)
    _shared_appearance.set_text_size(100)
