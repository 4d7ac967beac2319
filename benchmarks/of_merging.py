"""Bringing a second coder's copy back: 10,000 codings over the 60 transcripts of S."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

from sqlalchemy import delete

from benchmarks.fixtures import fixture, spans
from benchmarks.timing import Result, summed
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Origin, Valence
from ikt_coder.model import Coding
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project

CODINGS = 10_000
RUNS = 5


def parted(folder: Path) -> tuple[Path, Path]:
    """S with the codings of its first coder alone, and the copy its second coder worked in."""
    main, copy = folder / "main.ikt", folder / "copy.ikt"
    shutil.copy(fixture("S"), main)
    project = Project.open(main)
    first, second = (row.id for row in project.coders.all()[:2])
    with project.operation(Op.REMOVE_CODINGS) as op:
        op.execute(delete(Coding).where(Coding.coder_id != first))
    project.copies.make(second, copy)
    project.close()
    theirs = Project.open(copy)
    rng = random.Random(11)
    documents = theirs.documents.all()
    codes = [row.id for row in theirs.codes.all() if row.parent is not None]
    each = CODINGS // len(documents) + 1
    new = [
        NewCoding(
            document.id,
            span,
            rng.choice(codes),
            valence=rng.choice([None, *Valence]),
            memo="seen again" if rng.random() < 0.1 else "",
        )
        for document in documents
        for span in spans(rng, document.length, each)
    ]
    theirs.codings.apply_many(new[:CODINGS], Origin.HAND)
    theirs.close()
    return main, copy


def merging() -> list[Result]:
    """The dry run and the merge together; undoing it is a line of its own."""
    # Beside the fixtures: on the same disk as what is worked with.
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="ikt-bench-"))
    main, copy = parted(folder)
    taken, back = [], []
    for run in range(RUNS + 1):
        here = folder / f"run{run}.ikt"
        shutil.copy(main, here)
        project = Project.open(here)
        project.documents.all()
        start = time.perf_counter()
        plan = project.merging.plan(copy)
        result = project.merging.apply(copy, expected=plan)
        middle = time.perf_counter()
        project.history.undo()
        end = time.perf_counter()
        if not plan.codings.added or result.op is None:
            raise ValueError("nothing was brought in")
        project.close()
        if run:  # the first one warms up
            taken.append((middle - start) * 1000)
            back.append((end - middle) * 1000)
    return [
        summed("bring in a copy with 10,000 codings, S (with the dry run)", taken, 800),
        summed("undo bringing in 10,000 codings", back, 2000),
    ]
