"""The lines that need no window."""

from __future__ import annotations

import io
import random
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path
from uuid import UUID

from benchmarks.fixtures import fixture, interview, spans
from benchmarks.timing import Result, summed, times
from ikt_coder.core.query import Block, Condition, Query, Relation, Term, TermKind, Whose
from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.core.words import Origin
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table import FULL_COLUMNS, ThemeTableOptions


def copy_of(name: str) -> Path:
    """A copy of a fixture that may be changed."""
    folder = Path(tempfile.mkdtemp(prefix="ikt-bench-"))
    return Path(shutil.copy(fixture(name), folder / f"{name}.ikt"))


def opening() -> Result:
    path = fixture("L")

    def act() -> None:
        project = Project.open(path)
        project.documents.all()
        project.codes.all()
        project.close()

    return summed("open project L", times(act, 7), 250)


def frequencies() -> Result:
    project = Project.open(fixture("L"))
    taken = times(project.reports.code_frequencies, 15)
    project.close()
    return summed("code frequencies L", taken, 80)


def undoing() -> list[Result]:
    project = Project.open(copy_of("L"))
    code = project.codes.all()[1]
    taken: list[float] = []
    for n in range(15):
        project.codes.change(code.id, definition=f"definition {n}")
        start = time.perf_counter()
        project.history.undo()
        taken.append((time.perf_counter() - start) * 1000)
    single = summed("undo one act, L", taken, 40)
    branches = [row for row in project.codes.all() if row.parent is not None]
    back: list[float] = []
    for row in branches[:7]:
        project.codes.delete(row.id)
        start = time.perf_counter()
        project.history.undo()
        back.append((time.perf_counter() - start) * 1000)
    count = branches[0].codings
    project.close()
    return [
        single,
        summed(f"undo a branch delete with {count} codings, L", back, 150),
    ]


def importing() -> Result:
    from docx import Document

    from ikt_coder.importers.detection import import_bytes

    transcript = interview(random.Random(7), 60_000, "P001")
    document = Document()
    for line in transcript.text.splitlines():
        label, words = line.split(": ", 1)
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(words)
    stream = io.BytesIO()
    document.save(stream)
    data = stream.getvalue()
    folder = Path(tempfile.mkdtemp(prefix="ikt-bench-"))
    project = Project.create(folder / "import.ikt")
    number = iter(range(1000))

    def act() -> None:
        made, _ = import_bytes("talk.docx", data)
        project.documents.add(made, f"Talk {next(number)}", "talk.docx", "docx", data)

    taken = times(act, 9)
    project.close()
    return summed("import a 60,000-character docx", taken, 150)


def theme_table() -> Result:
    from ikt_coder.exporters.catalogue import write_tables

    project = Project.open(fixture("S"))
    target = Path(tempfile.mkdtemp(prefix="ikt-bench-")) / "themes.docx"

    def act() -> None:
        table = project.reports.theme_table(ThemeTableOptions(columns=FULL_COLUMNS))
        write_tables([table], target)

    taken = times(act, 7)
    project.close()
    return summed("theme table to Word, S", taken, 700)


def searching() -> list[Result]:
    """Words and patterns that stand in every text, some 30,000 times; what is first read from the
    file is a line of its own, with a goal of ours."""
    path = fixture("L")

    def first() -> None:
        project = Project.open(path)
        project.search.find(SearchQuery("Tuesday"))
        project.close()

    cold = summed("open L and search it for the first time", times(first, 5), 600)
    project = Project.open(path)
    lines = [cold]
    for name, query, goal in (
        ("a word", SearchQuery("Tuesday", Mode.WORD), 80),
        ("two words", SearchQuery("waiting list"), 80),
        ("a regular expression", SearchQuery(r"three \w+ too (late|early)", Mode.REGEX), 200),
    ):
        taken = times(partial(project.search.find, query), 15)
        lines.append(summed(f"search all of L for {name}", taken, goal))
    project.close()
    return lines


def code_used_often(project: Project) -> UUID:
    """A new code on 3,800 passages over all documents."""
    rng = random.Random(3800)
    often = project.codes.add("Often")
    documents = project.documents.all()
    project.codings.apply_many(
        [
            NewCoding(row.id, spans(rng, row.length, 1)[0], often)
            for row in (documents[n % len(documents)] for n in range(3800))
        ],
        Origin.IMPORT,
    )
    return often


def retrieving() -> list[Result]:
    """Each with the words of every passage and what stands around them."""
    project = Project.open(copy_of("S"))
    often = code_used_often(project)
    parents = [row.id for row in project.codes.all() if row.parent is None and row.id != often]

    def of(code: UUID) -> tuple[Term, ...]:
        return (Term(TermKind.CODE, code),)

    def line(name: str, query: Query, goal: float, runs: int) -> Result:
        def act() -> None:
            project.retrieval.passages(project.retrieval.find(query).found)

        return summed(name, times(act, runs), goal)

    overlapping = tuple(Block(of(code), (Condition((), Relation.OVERLAP),)) for code in parents)
    lines = [
        line("retrieve a code with 3,800 passages", Query((Block(of(often)),)), 80, 15),
        line("retrieve what overlaps any other coding, S", Query(overlapping), 800, 5),
    ]
    project.codes.delete(often)
    everything = Query(whose=Whose.EVERYONE)
    lines.insert(1, line("retrieve everything in S (20,000 codings)", everything, 800, 7))
    project.close()
    return lines


def all_lines() -> list[Result]:
    return [
        opening(),
        frequencies(),
        *searching(),
        *retrieving(),
        *undoing(),
        importing(),
        theme_table(),
    ]
