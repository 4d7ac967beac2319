"""Charting: 300 documents, every field of the usual form answered."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benchmarks.timing import Result, summed
from ikt_coder.core.ops import Op
from ikt_coder.core.transcript import Transcript
from ikt_coder.services.charting.rows import (
    Answer,
    AnswerKind,
    Basis,
    FieldRow,
    Subject,
    SubjectKind,
)
from ikt_coder.services.charting.tables import count_tables
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project

if TYPE_CHECKING:
    from ikt_coder.ui.charting.place import ChartPlace

DOCUMENTS = 300
FORM = ("kta", "iap2", "research-stages", "wider", "ikt-outcomes", "research-use")
RUNS = 9
DIGITS = 45


def charted_review(path: Path) -> None:
    """A review of 300 records in 280 studies, each field answered or not reported."""
    rng = random.Random(72)
    project = Project.create(path, "Review")
    project.coders.switch(project.coders.add("Amara Okafor"))
    documents = project.documents.add_many(
        [
            NewDocument(
                Transcript("What it says. " * 300), f"Record {n:03}", f"{n}.txt", "txt", b""
            )
            for n in range(DOCUMENTS)
        ]
    )
    for n in range(20):
        project.studies.add(
            f"Study {n}", f"Author {2000 + n}", documents=documents[2 * n : 2 * n + 2]
        )
    charting = project.charting
    charting.add_form(FORM)
    fields = charting.fields(SubjectKind.DOCUMENT)
    with project.operation(Op.CHART):
        for document in documents:
            form = charting.form(Subject(SubjectKind.DOCUMENT, document))
            with project.operation(Op.CHART) as op:
                for field in fields:
                    charting.write(op, form, field, _answer(rng, field))
    project.close()


def _answer(rng: random.Random, field: FieldRow) -> Answer:
    if rng.random() < 0.1:
        return Answer(not_reported=True)
    if field.kind is AnswerKind.TEXT:
        return Answer(text="meetings every month with the panel, minutes sent to all")
    keys = [option.id for option in field.offered]
    some = rng.sample(keys, 1 if field.kind is AnswerKind.ONE else rng.randrange(1, len(keys)))
    return Answer(tuple(sorted(some)), basis=rng.choice(list(Basis)) if field.has_basis else None)


def services() -> list[Result]:
    from benchmarks.fixtures import fixture

    read, counted, crossed, answered, printed = [], [], [], [], []
    project = Project.open(fixture("C"))
    charting = project.charting
    level = charting.find_field("iap2.level")
    stages = charting.find_field("stage.taken")
    documents = [row.subject for row in charting.grid().rows]
    for run in range(RUNS):
        start = time.perf_counter()
        grid = charting.grid()
        read.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        counts = charting.counts()
        counted.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        charting.cross(stages.id, level.id)
        crossed.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        count_tables(project, grid, counts, date(2026, 11, 22))
        printed.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        charting.choose(documents[run], level.id, level.offered[run % 5].id)
        answered.append((time.perf_counter() - start) * 1000)
    for _ in range(RUNS):
        project.history.undo()
    project.close()
    return [
        summed(f"charting: the whole grid of {DOCUMENTS} documents", read, 200),
        summed("charting: counts of all fields by study", counted, 300),
        summed("charting: stages by level", crossed, 300),
        summed("charting: the tables of all counts", printed, 400),
        summed("charting: one answer", answered, 50, measure="p95"),
    ]


def window() -> list[Result]:
    """From a digit until the form is painted, and from one record to the next."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from benchmarks.fixtures import fixture
    from benchmarks.of_window import window_on

    chosen, stepped = [], []
    with window_on(fixture("C")) as (opened, project, settle):
        opened.going.open_place("chart", "charting")
        page = cast("ChartPlace", opened.places.made("chart")).charting
        settle()
        deadline = time.perf_counter() + 20
        while not page.up_to_date and time.perf_counter() < deadline:
            settle()
        page.focus_page()
        acts = 0
        for run in range(DIGITS):
            start = time.perf_counter()
            QTest.keyClick(page.form, Qt.Key(Qt.Key.Key_1.value + run % 5))
            page.form.repaint()
            chosen.append((time.perf_counter() - start) * 1000)
            acts += 1
            settle()
            start = time.perf_counter()
            QTest.keyClick(page.form, Qt.Key.Key_J)
            page.form.repaint()
            stepped.append((time.perf_counter() - start) * 1000)
            settle()
            QApplication.processEvents()
        for _ in range(acts):
            project.history.undo()
    return [
        summed("charting: a digit until painted", chosen, 50, measure="p95"),
        summed("charting: the next record until painted", stepped, 80, measure="p95"),
    ]
