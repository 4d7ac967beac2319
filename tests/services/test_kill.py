"""A process killed at any moment loses no acknowledged act and leaves no half one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.studies import study

# Acts as fast as it can and prints each operation's number once it is acknowledged.
WORKER = """
import random, sys
from pathlib import Path
from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.services.project import Project

project = Project.open(Path(sys.argv[1]))
choose = random.Random(int(sys.argv[2]))
project.listen(lambda changes: print(changes.op, flush=True))
document = project.documents.all()[0].id
n = 0
print("ready", flush=True)
while True:
    n += 1
    try:
        codes = [row.id for row in project.codes.all()]
        act = choose.randrange(9)
        if act == 0 or not codes:
            project.codes.add(f"Code {sys.argv[2]} {n}")
        elif act < 5:
            start = choose.randrange(200)
            project.codings.apply(document, Span(start, start + 9), choose.choice(codes))
        elif act == 5:
            project.documents.mend(document, [TextEdit(choose.randrange(100), "", "mended ")])
        elif act == 6 and len(codes) > 5:
            project.codes.merge(codes[:2], codes[2], join_touching=True)
        elif act == 7 and len(codes) > 5:
            project.codes.delete(codes[-1])
        else:
            project.history.undo()
    except UserError:
        continue
"""


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_process_keeps_every_acknowledged_act(tmp_path: Path, seed: int) -> None:
    """SIGKILL at a random act: all acts printed are there, and check finds nothing."""
    path = tmp_path / "study.ikt"
    project, _ = study(path)
    project.close()
    choose = random.Random(seed)
    for round_ in range(2):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), str(seed * 10 + round_)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "ready"
        acknowledged = 0
        for _ in range(choose.randrange(3, 80)):
            acknowledged = int(worker.stdout.readline())
        os.kill(worker.pid, signal.SIGKILL)
        rest = worker.stdout.read().split()
        worker.wait()
        worker.stdout.close()
        acknowledged = max([acknowledged, *map(int, rest)])

        project = Project.open(path)
        assert any("not closed properly" in warning for warning in project.warnings)
        assert project.history.all(limit=1)[0].seq >= acknowledged
        assert project.safety.check().findings == ()
        project.close()
