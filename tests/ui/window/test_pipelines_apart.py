"""The window asks a process of its own for the forms of words, and takes it along when it ends."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

# Opens the window as the command line does, searches by lemma, tells which process was asked.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ikt_coder.core.search import Mode, SearchQuery
app = QApplication(["ikt-coder"])
def look():
    for widget in app.topLevelWidgets():
        if type(widget).__name__ == "MainWindow" and widget.isVisible():
            context = widget.context
            def search(_progress):
                assert "ikt_coder.text.process" not in sys.modules
                found = context.project.search.find(SearchQuery("meetings", mode=Mode.LEMMA))
                return found.total, context.project.words._runner.process
            def tell(answer):
                print(*answer, sorted({"spacy", "numpy"} & set(sys.modules)), flush=True)
            context.tasks.run(search, done=tell)
            return
    QTimer.singleShot(5, look)
QTimer.singleShot(0, look)
from ikt_coder import app as program
sys.exit(program.run(Path(sys.argv[1])))
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no sure way to watch a process here")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_search_by_lemma_loads_no_pipeline_into_the_window(
    project_file: Path, number: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(project_file)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as program:
        assert program.stdout is not None
        told = program.stdout.readline().split()
        assert told[2:] == ["[]"]
        child = os.pidfd_open(int(told[1]))
        try:
            assert not select.select([child], [], [], 0)[0], "it waits for the next question"
            program.send_signal(number)
            assert program.wait(60) in (0, -number)
            assert select.select([child], [], [], 60)[0]
        finally:
            os.close(child)
