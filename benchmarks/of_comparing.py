"""The pages of comparing: an interview that two coders gave 800 codings each, until painted."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from benchmarks.fixtures import interview, spans
from benchmarks.timing import Result, apart, summed
from ikt_coder.core.rounds import RoundMode
from ikt_coder.core.span import Span
from ikt_coder.core.words import Origin
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan

CODINGS = 800


def coded() -> tuple[Project, UUID, UUID]:
    """The project, its unsealed round, and the interview."""
    rng = random.Random(801)
    project = Project.create(Path(tempfile.mkdtemp(prefix="ikt-bench-")) / "two.ikt", "Two")
    coders = [project.coders.add(f"Coder {letter}") for letter in "AB"]
    project.coders.switch(coders[0])
    codes = [project.codes.add(f"Code {n + 1}") for n in range(40)]
    made = NewDocument(interview(rng, 60_000, "P01"), "P01", "P01.txt", "txt", b"")
    (document,) = project.documents.add_many([made])
    length = project.documents.get(document).length
    first = [
        NewCoding(document, span, rng.choice(codes), coders[0])
        for span in spans(rng, length, CODINGS)
    ]
    second = []
    for coding in rng.sample(first, CODINGS * 3 // 4):
        start = max(0, coding.span.start + rng.randint(-20, 20))
        end = min(length, max(start + 5, coding.span.end + rng.randint(-20, 20)))
        second.append(NewCoding(document, Span(start, end), coding.code, coders[1]))
    second += [
        NewCoding(document, span, rng.choice(codes), coders[1])
        for span in spans(rng, length, CODINGS // 4)
    ]
    project.codings.apply_many([*first, *second], Origin.IMPORT)
    round_ = project.rounds.set_up(RoundPlan("Round 1", RoundMode.BLIND, tuple(coders)))
    for coder in coders:
        project.coders.switch(coder)
        project.rounds.finish(round_, [document])
    project.rounds.unseal(round_)
    return project, round_, document


def pages() -> list[Result]:
    """Side by side and Settle, from the act until everything is painted."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["IKT_CODER_HOME"] = tempfile.mkdtemp(prefix="ikt-bench-")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ikt_coder.settings import Settings
    from ikt_coder.ui.appearance.style import Appearance, Mode
    from ikt_coder.ui.comparison.settle.page import SettlePage
    from ikt_coder.ui.comparison.side_by_side.page import SideBySidePage
    from ikt_coder.ui.context import Context
    from ikt_coder.ui.tasks import Tasks

    app = QApplication([])
    look = Appearance(Mode.LIGHT)
    look.apply(app)
    project, round_, document = coded()

    def report(error: BaseException) -> None:
        raise error

    context = Context(project, Settings.load(), look, Tasks(report))
    beside, settle = SideBySidePage(context), SettlePage(context)

    def until_painted(act: Callable[[], object], page: SideBySidePage | SettlePage) -> float:
        start = time.perf_counter()
        act()
        while context.tasks.busy or not page.up_to_date:
            app.processEvents()
        app.processEvents()
        return (time.perf_counter() - start) * 1000

    for page in (beside, settle):
        page.resize(1440, 810)
        page.show_round(round_)
    project.reconciliation.items(round_)  # grouping has a line of its own
    opened = [until_painted(beside.show, beside)]
    for _ in range(6):
        beside.columns.show_text(None)
        beside.compared = None
        opened.append(until_painted(lambda: beside.show_document(document), beside))
    steps = [
        until_painted(lambda: QTest.keyClick(beside.columns.panes[0], Qt.Key.Key_J), beside)
        for _ in range(21)
    ]
    beside.hide()
    queue = [until_painted(settle.show, settle)]
    settle.focus_place()
    keys = [
        until_painted(lambda: QTest.keyClick(settle.queue.list, Qt.Key.Key_J), settle)
        for _ in range(21)
    ]
    decided = [
        until_painted(lambda: QTest.keyClick(settle.queue.list, Qt.Key.Key_1), settle)
        for _ in range(21)
    ]
    settle.hide()
    context.signals.end()
    context.tasks.wait()
    project.close()
    return [
        summed("side by side, 2 x 800 codings, until painted", opened[1:], 200),
        summed("next difference side by side, until painted", steps[1:], 50),
        summed("the queue of 800 codings, until painted", queue, 400),
        summed("next item in the queue, until painted", keys[1:], 50),
        summed("decide and see the next item", decided[1:], 100),
    ]


def all_lines() -> list[Result]:
    return apart(pages)
