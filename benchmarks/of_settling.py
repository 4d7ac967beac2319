"""Settling: the queue and the counts after one decision in S, and opening a long document."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from pathlib import Path
from uuid import UUID

from benchmarks.fixtures import fixture, interview, spans
from benchmarks.timing import Result, summed
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, RoundMode
from ikt_coder.core.span import Span
from ikt_coder.core.words import Origin
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.services.settling_rows import ItemState


def _unsealed(project: Project, documents: tuple[UUID, ...] = ()) -> UUID:
    """A blind round that both coders have finished."""
    coders = tuple(row.id for row in project.coders.everyone())
    round_ = project.rounds.set_up(RoundPlan("Round 1", RoundMode.BLIND, coders, documents))
    for coder in coders:
        project.coders.switch(coder)
        project.rounds.finish(round_, project.rounds.get(round_).documents)
    project.rounds.unseal(round_)
    return round_


def study() -> tuple[Project, UUID]:
    """S with everything coded in one blind round."""
    folder = Path(tempfile.mkdtemp(prefix="ikt-bench-"))
    project = Project.open(Path(shutil.copy(fixture("S"), folder / "S.ikt")))
    return project, _unsealed(project)


def deciding() -> list[Result]:
    project, round_ = study()
    rec = project.reconciliation
    start = time.perf_counter()
    items = rec.items(round_)
    first = [(time.perf_counter() - start) * 1000]
    open_items = [item for item in items if item.kind is not DifferenceKind.MATCH]
    random.Random(4).shuffle(open_items)
    act: list[float] = []
    after: list[float] = []
    for item in open_items[:31]:
        kind = DecisionKind.KEEP
        start = time.perf_counter()
        rec.decide(item.id, round_, kind, side=0)
        act.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        rec.items(round_, states={ItemState.OPEN})
        rec.progress(round_)
        after.append((time.perf_counter() - start) * 1000)
    start = time.perf_counter()
    rec.accept_matches(round_)
    bulk = [(time.perf_counter() - start) * 1000]
    project.close()
    return [
        summed("queue of S when it is first opened", first, 1500),
        summed("one decision with its Consensus, S", act[1:], 50),
        summed("queue and counts after one decision, S", after[1:], 50),
        summed("accept all matches, S", bulk, 5000),
    ]


def long_document() -> Result:
    """A document in which two coders have 400 codings each."""
    rng = random.Random(800)
    project = Project.create(Path(tempfile.mkdtemp(prefix="ikt-bench-")) / "D800.ikt", "D800")
    coders = [project.coders.add(f"Coder {letter}") for letter in "AB"]
    project.coders.switch(coders[0])
    codes = [project.codes.add(f"Code {n + 1}") for n in range(40)]
    made = NewDocument(interview(rng, 60_000, "P01"), "P01", "P01.txt", "txt", b"")
    (document,) = project.documents.add_many([made])
    length = project.documents.get(document).length
    a = [
        NewCoding(document, span, rng.choice(codes), coders[0]) for span in spans(rng, length, 400)
    ]
    b: list[NewCoding] = []
    for coding in rng.sample(a, 300):
        start = max(0, coding.span.start + rng.randint(-20, 20))
        end = min(length, max(start + 5, coding.span.end + rng.randint(-20, 20)))
        b.append(NewCoding(document, Span(start, end), coding.code, coders[1]))
    b += [
        NewCoding(document, span, rng.choice(codes), coders[1]) for span in spans(rng, length, 100)
    ]
    project.codings.apply_many([*a, *b], Origin.IMPORT)
    round_ = _unsealed(project)
    path = project.path
    project.close()
    taken: list[float] = []
    for _ in range(7):
        project = Project.open(path)
        project.rounds.get(round_)
        begun = time.perf_counter()
        project.reconciliation.items(round_, document=document)
        taken.append((time.perf_counter() - begun) * 1000)
        project.close()
    return summed("queue of a document with 800 codings", taken[1:], 200)


def all_lines() -> list[Result]:
    return [*deciding(), long_document()]
