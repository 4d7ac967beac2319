"""The lines of comparing coders: agreement over all codes, intervals, the passages of a cell."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path
from uuid import UUID

from benchmarks.fixtures import FOLDER, codebook, fixture, interview, spans
from benchmarks.timing import Result, summed, times
from ikt_coder.core.rounds import RoundMode, Unit
from ikt_coder.core.span import Span
from ikt_coder.core.words import Origin
from ikt_coder.services.comparison_rows import Pattern
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan

GOALS = {"S": 400, "L": 2000}
"""Milliseconds, with the reading and the counts per document."""


def frozen(name: str) -> Path:
    """S or L with a blind round of all documents, finished by both coders and unsealed; the
    codings of L are two coders'. Built once."""
    fixture("D700")  # makes the folder, and empties it where the fixtures changed
    path = FOLDER / f"{name} frozen.ikt"
    if path.exists():
        return path
    partial_path = FOLDER / f"{name} frozen being built.ikt"
    partial_path.unlink(missing_ok=True)
    documents, codings = (60, 20_000) if name == "S" else (300, 200_000)
    rng = random.Random(documents)
    project = Project.create(partial_path, name)
    coders = [project.coders.add(f"Coder {letter}") for letter in "AB"]
    project.coders.switch(coders[0])
    codes = codebook(project, 20, 6)
    keys = project.documents.add_many(
        [
            NewDocument(interview(rng, 60_000, f"P{n + 1:03}"), f"P{n + 1:03}", "p.txt", "txt", b"")
            for n in range(documents)
        ]
    )
    lengths = {row.id: row.length for row in project.documents.all()}
    first = [
        (document, span, rng.choice(codes))
        for document in keys
        for span in spans(rng, lengths[document], codings // 2 // documents)
    ]
    second = []
    for document, span, code in first:
        if rng.random() < 0.25:  # a quarter of the second coder's are their own
            (span,) = spans(rng, lengths[document], 1)
            code = rng.choice(codes)
        start = max(0, span.start + rng.randint(-20, 20))
        end = min(lengths[document], max(start + 5, span.end + rng.randint(-20, 20)))
        second.append((document, Span(start, end), code))
    plan = RoundPlan("Round 1", RoundMode.BLIND, tuple(coders))
    round_ = project.rounds.set_up(plan)
    for coder, some in zip(coders, (first, second), strict=True):
        project.coders.switch(coder)
        new = [NewCoding(document, span, code, coder) for document, span, code in some]
        project.codings.apply_many(new, Origin.IMPORT)
        project.rounds.finish(round_, keys)
    project.coders.switch(coders[0])
    project.rounds.unseal(round_)
    project.close()
    partial_path.rename(path)
    return path


def _ask(project: Project, round_: UUID | None, unit: Unit | None) -> None:
    """Agreement as the page asks for it, with nothing kept from before."""
    project.comparison.forget()
    found = project.comparison.agreement(round_, unit=unit)
    project.comparison.per_document(found)


def over_a_round(name: str) -> list[Result]:
    project = Project.open(frozen(name))
    (row,) = project.rounds.all()
    lines = [
        summed(
            f"agreement over a round, {name}",
            times(partial(_ask, project, row.id, None), 7),
            GOALS[name],
        ),
        summed(
            f"agreement of codings as they stand, {name}",
            times(partial(_ask, project, None, None), 7),
            GOALS[name],
        ),
    ]
    if name == "S":
        taken = times(partial(_ask, project, row.id, Unit.SENTENCES), 5)
        lines.append(summed("agreement over a round in sentences, S", taken, 1000))
        lines += _beside(project, row.id)
    project.close()
    return lines


def _beside(project: Project, round_: UUID) -> list[Result]:
    """What a figure opens, and the intervals of all codes (on a worker in the window)."""
    found = project.comparison.agreement(round_)
    code = max(found.codes, key=lambda line: line.figures.both).code

    def draw() -> None:
        project.comparison.forget()
        project.comparison.agreement(round_, bootstrap=True)

    opened = times(partial(project.comparison.spans, found, code, Pattern.BOTH), 9)
    return [
        summed("the passages behind a cell, S", opened, 100),
        summed("2,000 draws for the intervals of all codes, S", times(draw, 3), 3000),
    ]


def all_lines() -> list[Result]:
    return [*over_a_round("S"), *over_a_round("L")]
