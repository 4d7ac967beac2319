"""Garbage is looked for in pauses; what takes long to look through, once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.window import pauses
from ikt_coder.ui.window.session import Session
from tests.ui.window.conftest import Open


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pauses, "PAUSE", 1)
    yield
    gc.unfreeze()
    gc.freeze()


class Ring:
    """Garbage that holds itself; ``gone`` counts those that went."""

    gone = 0

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Ring.gone += 1


def act(window: MainWindow) -> None:
    window.context.project.codes.add(f"Code {Ring.gone} {gc.get_freeze_count()}")


def test_garbage_goes_in_a_pause_and_little_is_looked_through_again(
    open_window: Open, project_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "_LONG", 3600)
    window = open_window(project_file)
    before, left_out = Ring.gone, gc.get_freeze_count()
    Ring()
    act(window)
    qtbot.waitUntil(lambda: Ring.gone > before, timeout=20_000)
    assert gc.get_freeze_count() <= left_out


def test_what_took_long_is_left_alone_until_the_project_is_left(
    session: Session,
    open_window: Open,
    project_file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pauses, "_LONG", 0)
    window = open_window(project_file)
    left_out = gc.get_freeze_count()
    act(window)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > left_out, timeout=20_000)
    window.actions_["close_project"].trigger()
    qtbot.waitUntil(lambda: session.welcome is not None, timeout=20_000)
    assert gc.get_freeze_count() == 0
