"""Cases: the grid of ratings and a framework matrix of fixture S, 60 cases by 40 codes."""

from __future__ import annotations

import shutil
import tempfile
from itertools import count
from pathlib import Path

from benchmarks.fixtures import fixture
from benchmarks.timing import Result, summed, times
from ikt_coder.core.cases import CaseKind
from ikt_coder.core.ops import Op
from ikt_coder.services.framework_matrices.rows import Topic
from ikt_coder.services.project import Project

CODES = 40
RUNS = 7


def cases() -> list[Result]:
    """Each grid as the worker reads it, with every fourth cell rated and written."""
    path = Path(tempfile.mkdtemp(prefix="ikt-bench-")) / "S.ikt"
    shutil.copyfile(fixture("S"), path)
    project = Project.open(path)
    codes = [row.id for row in project.codes.all(counted=False) if row.parent is not None][:CODES]
    matrix = project.matrices.add("Bench", CaseKind.PARTICIPANT, [Topic(code=key) for key in codes])
    columns = project.matrices.get(matrix).columns
    people = project.matrices.read(matrix).cases
    with project.operation(Op.RATE_CASES):
        for number, case in enumerate(people):
            for at in range(number % 4, len(columns), 4):
                project.ratings.rate(case.ref, codes[at], at % 5 - 2)
                project.matrices.write(
                    matrix, columns[at].id, case.ref, "What was said of it. " * 10
                )
    first, said = columns[0], count()
    size = f"{len(people)} cases by {len(codes)} codes"
    taken = [
        summed(
            f"case ratings, {size}",
            times(lambda: project.ratings.grid(CaseKind.PARTICIPANT, codes), RUNS),
            500,
        ),
        summed(
            f"framework matrix, {size}", times(lambda: project.matrices.read(matrix), RUNS), 500
        ),
        summed(
            "write a summary",
            times(
                lambda: project.matrices.write(
                    matrix, first.id, people[0].ref, f"Said {next(said)}"
                ),
                RUNS,
            ),
            40,
        ),
    ]
    project.close()
    return taken


if __name__ == "__main__":
    from benchmarks.__main__ import show

    show(cases())
