"""The lines of the real window: from the act until everything is painted."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from benchmarks.fixtures import fixture
from benchmarks.of_attributes import grid, people
from benchmarks.of_services import code_used_often, copy_of
from benchmarks.timing import Result, apart, peak_memory, summed
from ikt_coder.core.search import SearchQuery
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project

if TYPE_CHECKING:
    from ikt_coder.ui.main_window import MainWindow

# Starts the program as a person does and tells when its window stands painted.
STARTER = """
import sys
from pathlib import Path
from ikt_coder.core.loading_qt import loading_qt
with loading_qt():
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
app = QApplication(["ikt-coder"])
def look():
    for widget in app.topLevelWidgets():
        if type(widget).__name__ == "MainWindow" and widget.isVisible():
            app.processEvents()
            heavy = [m for m in ("docx", "xlsxwriter", "spacy", "matplotlib", "openpyxl")
                     if m in sys.modules]
            with open("/proc/self/status") as status:
                kilobytes = next(l for l in status if l.startswith("VmRSS")).split()[1]
            print(int(kilobytes) / 1024, *heavy, flush=True)
            widget.close()
            app.quit()
            return
    QTimer.singleShot(2, look)
QTimer.singleShot(0, look)
from ikt_coder import app as program
sys.exit(program.run(Path(sys.argv[1])))
"""


def starting() -> list[Result]:
    """From the command to the painted window, in a new process each time."""
    path = copy_of("I")
    taken, memory = [], []
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "IKT_CODER_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed programs start
        for _ in range(8):
            start = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-c", STARTER, str(path)],
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
            assert process.stdout is not None
            line = process.stdout.readline().split()
            taken.append((time.perf_counter() - start) * 1000)
            process.wait()
            process.stdout.close()
            if not line:
                raise RuntimeError("the window did not open")
            memory.append(float(line[0]))
            if line[1:]:
                print(f"loaded at start without need: {line[1:]}", file=sys.stderr)
    return [
        summed("start to window ready, I", taken[1:], 700),
        summed("memory then", memory[1:], 150, unit="MB"),
    ]


@contextmanager
def window_on(path: Path) -> Iterator[tuple[MainWindow, Project, Callable[[], None]]]:
    """The real window on a project; ``settle`` returns when everything is painted."""
    import shiboken6
    from PySide6.QtWidgets import QApplication

    from ikt_coder import app as program
    from ikt_coder.settings import Settings
    from ikt_coder.ui.context import Context
    from ikt_coder.ui.errors import Errors
    from ikt_coder.ui.main_window import MainWindow
    from ikt_coder.ui.tasks import Tasks

    with tempfile.TemporaryDirectory() as home:
        os.environ["IKT_CODER_HOME"] = home
        found = QApplication.instance()
        app = found if isinstance(found, QApplication) else QApplication(["ikt-coder"])
        settings = Settings.load()
        appearance = program.make_appearance(app, settings)
        project = Project.open(path)

        def report(error: BaseException) -> None:
            raise error

        errors = Errors(appearance, Path(home), lambda: None)
        context = Context(project, settings, appearance, Tasks(report))
        window = MainWindow(context, errors)
        window.resize(1440, 900)
        window.show()

        def settle() -> None:
            app.processEvents()
            app.sendPostedEvents()
            app.processEvents()

        settle()
        yield window, project, settle
        context.tasks.wait(5000)
        window.hide()
        # At once: what its timers would still ask of a closed project is no part of anything.
        shiboken6.delete(window)
        settle()
        project.close()


def opening(name: str, goal: float) -> Result:
    """Open a document with so many codings until it is painted."""
    taken = []
    with window_on(copy_of(name)) as (window, project, settle):
        document = project.documents.all()[0].id
        for _ in range(12):
            window.transcript.close_document()
            settle()
            start = time.perf_counter()
            window.transcript.open_document(document)
            settle()
            taken.append((time.perf_counter() - start) * 1000)
    return summed(f"open {name} until painted", taken[1:], goal)


def coding(name: str, goal: float) -> list[Result]:
    """Apply, change and remove a coding by the acts of the transcript, until it is painted."""
    rng = random.Random(5)
    taken: dict[str, list[float]] = {"apply": [], "change": [], "remove": []}
    with window_on(copy_of(name)) as (window, project, settle):
        view = window.transcript
        view.open_document(project.documents.all()[0].id)
        settle()
        codes = [row.id for row in project.codes.all() if row.parent is not None]

        def timed(what: str, act: Callable[[], object]) -> None:
            start = time.perf_counter()
            act()
            settle()
            taken[what].append((time.perf_counter() - start) * 1000)
            rest()  # what follows an act a moment later (counts, details) is no part of it

        def rest() -> None:
            until = time.perf_counter() + 0.12
            while time.perf_counter() < until:
                settle()
                time.sleep(0.005)
            window.context.tasks.wait(2000)
            settle()

        for _ in range(60):
            first = rng.randrange(30, 2000)
            view.pane.select(first, first + rng.randint(20, 200))
            settle()
            code = rng.choice(codes)
            before = project.history.all(limit=1)[0].seq
            timed("apply", lambda code=code: view.code_clicked(code))
            timed("change", view.acts["barrier"].trigger)
            timed("remove", view.acts["remove"].trigger)
            if project.history.all(limit=1)[0].seq != before + 3:
                raise RuntimeError("an act did nothing")
    return [
        summed(f"{act} a coding until painted, {name}", times[3:], goal, measure="p95")
        for act, times in taken.items()
    ]


def recolouring() -> list[Result]:
    """Rename and recolour a code used 800 times in the open document."""
    renamed, coloured = [], []
    with window_on(copy_of("I")) as (window, project, settle):
        document = project.documents.all()[0]
        code = next(row for row in project.codes.all() if row.parent is not None)
        everything = [row.id for row in project.codings.in_document(document.id)]
        project.codings.recode(everything[:800], code.id)
        window.transcript.open_document(document.id)
        settle()
        for n in range(20):
            start = time.perf_counter()
            project.codes.change(code.id, name=f"Renamed {n}")
            settle()
            renamed.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            project.codes.change(code.id, colour=("red", "teal")[n % 2])
            settle()
            coloured.append((time.perf_counter() - start) * 1000)
    return [
        summed("rename a code used 800 times until painted", renamed[2:], 40),
        summed("recolour it until painted", coloured[2:], 40),
    ]


def scrolling() -> list[Result]:
    """The list of a code with 3,800 passages: until it is painted, and each step of a scroll
    through it, by a notch of the wheel and by a page. 60 frames a second are 16.7 ms each."""
    notches, pages = [], []
    with window_on(copy_of("S")) as (window, project, settle):
        often = code_used_often(project)
        for document in project.documents.all():
            project.documents.set_lead(document.id, project.coder)
        settle()
        window.going.go_to_place("retrieve")
        page = window.retrieval.coded
        few = next(row.id for row in project.codes.all() if row.parent is not None)

        def ask(code: UUID) -> float:
            start = time.perf_counter()
            page.ask_for_code(code)
            while not page.up_to_date:
                settle()
                time.sleep(0.001)
            settle()
            return (time.perf_counter() - start) * 1000

        asked = []
        for _ in range(6):
            ask(few)
            asked.append(ask(often))
        tree = page.found.tree
        window.context.tasks.wait(5000)
        for _ in range(200):  # the rest of the groups opens while the hand rests
            settle()
        bar = tree.verticalScrollBar()
        rng = random.Random(60)
        for taken, by in ((notches, 60), (pages, tree.viewport().height())):
            for _ in range(8):
                bar.setValue(rng.randrange(bar.maximum()))
                settle()
                for _ in range(30):
                    start = time.perf_counter()
                    bar.setValue(bar.value() + by)
                    settle()
                    taken.append((time.perf_counter() - start) * 1000)
    return [
        summed("ask in the window for a code with 3,800 passages", asked[1:], 300),
        summed("scroll 3,800 passages by a notch", notches, 16.7, measure="p95"),
        summed("scroll 3,800 passages by a page", pages, 16.7, measure="p95"),
    ]


def working() -> Result:
    """The most memory held while working in L."""
    script = "from benchmarks.of_window import work_in_large; print(work_in_large())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return summed("peak memory working in L", [float(done.stdout.split()[-1])], 300, unit="MB")


def work_in_large() -> float:
    """Open documents, code, look at frequencies and passages, search all texts of project L; the
    peak in MB."""
    rng = random.Random(9)
    with window_on(copy_of("L")) as (window, project, settle):
        codes = [row.id for row in project.codes.all() if row.parent is not None]
        for document in project.documents.all()[:10]:
            window.transcript.open_document(document.id)
            settle()
            for _ in range(10):
                start_at = rng.randrange(0, 50_000)
                project.codings.apply(document.id, Span(start_at, start_at + 90), rng.choice(codes))
                settle()
        project.reports.code_frequencies()
        window.passages.show_code(codes[0])
        settle()
        found: list[int] = []
        for words in ("Tuesday", "the"):
            window.context.tasks.run(
                lambda _progress, words=words: project.search.find(SearchQuery(words)).total,
                done=found.append,
            )
            window.context.tasks.wait(60_000)
            settle()
        if len(found) != 2 or not all(found):
            raise RuntimeError("a search found nothing")
    return peak_memory()


def openings() -> list[Result]:
    return [opening("D700", 50), opening("D3300", 80)]


def all_lines() -> list[Result]:
    fixture("L")  # built before anything is timed
    groups = (
        openings,
        partial(coding, "D700", 12),
        partial(coding, "D3300", 16),
        recolouring,
        scrolling,
        grid,
        people,
    )
    return [*starting(), *(line for group in groups for line in apart(group)), working()]
