"""The program's start in a process of its own: what it loads, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ikt_coder.services.project import Project

# Opens the window as the command line does, and tells when it stands.
STARTER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(["ikt-coder"])
def look():
    names = {type(w).__name__ for w in app.topLevelWidgets() if w.isVisible()}
    if names & {"MainWindow", "WelcomeWindow"}:
        print(*sorted(names & {"MainWindow", "WelcomeWindow"}), *sys.modules, flush=True)
    else:
        QTimer.singleShot(5, look)
QTimer.singleShot(0, look)
from ikt_coder import app as program
sys.exit(program.run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
"""
HEAVY = {"docx", "lxml", "xlsxwriter", "openpyxl", "alembic", "pypdfium2", "matplotlib", "spacy"}
# Libraries name these, and the start has no use for them.
HEAVY |= {"asyncio", "ssl", "email", "importlib.metadata"}


def started(*arguments: str) -> tuple[subprocess.Popen[str], list[str]]:
    """A running program, and what it told when its window stood."""
    process = subprocess.Popen(
        [sys.executable, "-c", STARTER, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    return process, process.stdout.readline().split()


def ended(process: subprocess.Popen[str]) -> int:
    code = process.wait(60)
    assert process.stdout is not None
    process.stdout.close()
    return code


@pytest.mark.skipif(sys.platform == "win32", reason="signals end programs elsewhere")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_project_opens_with_little_loaded_and_a_signal_closes_it_properly(
    project_file: Path, number: signal.Signals
) -> None:
    process, told = started(str(project_file))
    assert told[0] == "MainWindow"
    assert HEAVY.isdisjoint(told)
    assert not any(name.startswith("ikt_coder.importers") for name in told)
    process.send_signal(number)
    assert ended(process) == 0
    project = Project.open(project_file)
    assert not project.warnings, "it was closed properly"
    project.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals end programs elsewhere")
def test_the_welcome_view_does_not_wait_for_the_database() -> None:
    process, told = started()
    assert told[0] == "WelcomeWindow"
    assert "sqlalchemy" not in told
    process.send_signal(signal.SIGTERM)
    assert ended(process) == 0
