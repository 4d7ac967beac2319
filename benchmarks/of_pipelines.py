"""Language pipelines beside the real window: how long it stands still, what is held where."""

from __future__ import annotations

import os
import time
from pathlib import Path

from benchmarks.of_services import copy_of
from benchmarks.of_window import window_on
from benchmarks.timing import Result, summed
from ikt_coder.app import pipelines_apart
from ikt_coder.text.process import PipelineProcess
from ikt_coder.ui.tasks import Progress

INTERVIEWS = 6
TICK = 5  # milliseconds


def all_lines() -> list[Result]:
    """Load the English pipeline and analyse six interviews while a timer of the main thread
    ticks: the longest time between two ticks, the seconds it takes, the memory of both."""
    from PySide6.QtCore import QEventLoop, QTimer

    runner: PipelineProcess | None = None

    def made() -> PipelineProcess:
        nonlocal runner
        apart = pipelines_apart()
        assert isinstance(apart, PipelineProcess)
        runner = apart
        return apart

    with window_on(copy_of("S")) as (window, project, _settle):
        project.make_runner = made
        documents = [row.id for row in project.documents.all()[:INTERVIEWS]]
        last = time.perf_counter()
        stood: list[float] = []

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            stood.append((now - last) * 1000)
            last = now

        def work(_progress: Progress) -> float:
            start = time.perf_counter()
            project.words.prepare(documents)
            return (time.perf_counter() - start) * 1000

        timer = QTimer(interval=TICK)
        timer.timeout.connect(tick)
        loop = QEventLoop()
        taken: list[float] = []
        task = window.context.tasks.run(work, done=taken.append)
        task.ended.connect(loop.quit)
        timer.start()
        loop.exec()
        timer.stop()
        assert runner is not None
        assert runner.process is not None
        window_holds, process_holds = most_held(os.getpid()), most_held(runner.process)
    return [
        summed("main thread stands still while interviews are analysed", [max(stood)], 50),
        summed(f"load a pipeline and analyse {INTERVIEWS} interviews", taken, 15_000),
        summed("memory of the window then", [window_holds], 300, unit="MB"),
        summed("memory of the process for pipelines", [process_holds], 250, unit="MB"),
    ]


def most_held(process: int) -> float:
    """The most memory a process has held so far, in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
