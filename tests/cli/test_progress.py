"""Progress is for terminals only."""

from __future__ import annotations

import io
import sys

import pytest

from ikt_coder.cli.progress import shown_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("Reading") as progress:
        assert progress is None
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with shown_progress("Reading") as progress:
        assert progress is not None
        progress(1, 3, "[/red] P02 [draft].docx")
    assert "1/3" in terminal.getvalue()
    assert "[/red] P02 [draft].docx" in terminal.getvalue()
