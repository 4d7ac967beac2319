"""The lines of the grid of attributes: 10,000 participants by 40 attributes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.timing import Result, summed
from ikt_coder.core.ops import Op
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.project import Project

PEOPLE, ATTRIBUTES = 10_000, 40
_CHOICES = tuple(f"choice {number}" for number in range(12))


def people_with_attributes(path: Path) -> None:
    """A project of participants with every value known."""
    rng = random.Random(40)
    project = Project.create(path, "Attributes")
    project.coders.switch(project.coders.add("Amara Okafor"))
    kinds = list(AttributeKind)
    attributes = []
    for number in range(ATTRIBUTES):
        kind = kinds[number % len(kinds)]
        offered = _CHOICES if kind in (AttributeKind.CHOICE, AttributeKind.CHOICES) else ()
        name = f"{kind.value.capitalize()} {number}"
        attributes.append((project.attributes.add(name, Subject.PARTICIPANT, kind, offered), kind))
    with project.operation(Op.ADD_PARTICIPANT):
        people = [project.participants.add(f"P{number:05}") for number in range(PEOPLE)]
    for attribute, kind in attributes:
        project.attributes.set({(person, attribute): _value(rng, kind) for person in people})
    project.close()


def _value(rng: random.Random, kind: AttributeKind) -> str:
    if kind is AttributeKind.NUMBER:
        return str(rng.randrange(1000))
    if kind is AttributeKind.DATE:
        return f"20{rng.randrange(10, 26)}-0{rng.randrange(1, 10)}-{rng.randrange(10, 29)}"
    if kind is AttributeKind.CHOICE:
        return rng.choice(_CHOICES)
    if kind is AttributeKind.CHOICES:
        return "; ".join(rng.sample(_CHOICES, 2))
    return rng.choice(("a clinic in the north", "at home", "by telephone")) + str(rng.randrange(99))


def grid() -> list[Result]:
    """Reading the grid (off the main thread: what counts is the longest time the window does
    not answer), sorting, filtering, scrolling and typing, until painted."""
    from benchmarks.fixtures import fixture
    from benchmarks.of_window import window_on
    from ikt_coder.ui.people.view import PeopleDialog

    sorted_, filtered, scrolled, typed = [], [], [], []
    with window_on(fixture("A")) as (window, project, settle):
        dialog = PeopleDialog(window.context, window)
        dialog.resize(1000, 700)
        dialog.show()
        settle()
        page = dialog.attributes
        gaps = []
        begun = last = time.perf_counter()
        dialog.show_page("attributes")
        while not page.up_to_date:
            settle()
            gaps.append((time.perf_counter() - last) * 1000)
            # A window waits for events; asking without a pause would keep the worker waiting.
            time.sleep(0.001)
            last = time.perf_counter()
        read = (time.perf_counter() - begun) * 1000
        settle()
        for column in range(10):
            for down in (False, True):
                start = time.perf_counter()
                page.sort_by((page.model.attribute(column).id, down))
                settle()
                sorted_.append((time.perf_counter() - start) * 1000)
        for words in ("c", "cl", "clinic", "home", "P0007", ""):
            start = time.perf_counter()
            page.filter.setText(words)
            settle()
            filtered.append((time.perf_counter() - start) * 1000)
        bar = page.grid.verticalScrollBar()
        for _ in range(200):
            start = time.perf_counter()
            bar.setValue(bar.value() + 3)
            settle()
            scrolled.append((time.perf_counter() - start) * 1000)
        for number in range(12):
            index = page.model.index(bar.value(), 1)
            start = time.perf_counter()
            page.model.setData(index, f"1{number}")
            settle()
            typed.append((time.perf_counter() - start) * 1000)
        for _ in typed:
            project.history.undo()
        while not page.up_to_date or window.context.tasks.busy:
            settle()
        dialog.close()
        settle()
    size = f"{PEOPLE:,} x {ATTRIBUTES}"
    return [
        summed(f"attributes {size}: read and shown", [read], 2000),
        summed("  the longest the window does not answer meanwhile", [max(gaps)], 50),
        summed("  sort by a column", sorted_, 50),
        summed("  filter", filtered, 50),
        summed("  scroll by three rows", scrolled, 16.7, measure="p95"),
        summed("  type a value", typed, 50),
    ]


def people() -> list[Result]:
    """The dialog of participants over as many people: opened, stepped through, filtered, all
    chosen, one changed; until painted."""
    from benchmarks.fixtures import fixture
    from benchmarks.of_window import window_on
    from ikt_coder.ui.people.participant_table import Column
    from ikt_coder.ui.people.view import PeopleDialog

    taken: dict[str, list[float]] = {}

    def timed(name: str, act: Callable[[], object], settle: Callable[[], None]) -> None:
        start = time.perf_counter()
        act()
        settle()
        taken.setdefault(name, []).append((time.perf_counter() - start) * 1000)

    with window_on(fixture("A")) as (window, project, settle):
        dialog = PeopleDialog(window.context, window)
        dialog.resize(1000, 700)
        page = dialog.participants
        begun = time.perf_counter()
        dialog.show()
        settle()
        while not page.model.rowCount():
            settle()
        opened = (time.perf_counter() - begun) * 1000
        settle()
        for at in range(50, 90):
            row = page.model.index(at, Column.LABEL)
            timed("step", partial(page.table.setCurrentIndex, row), settle)
        for words in ("0", "00", "007", "P0071", ""):
            timed("filter", partial(page.filter.setText, words), settle)
        timed("all", page.table.selectAll, settle)
        for number in range(8):
            row = page.model.index(60, Column.NOTE)
            change = f"seen {number}"
            timed("change", partial(page.model.setData, row, change), settle)
        for _ in taken["change"]:
            project.history.undo()
        while window.context.tasks.busy:
            settle()
        dialog.close()
        settle()
    return [
        summed(f"participants {PEOPLE:,}: opened and shown", [opened], 1000),
        summed("  step to the next one", taken["step"], 50),
        summed("  filter", taken["filter"], 50),
        summed("  choose all", taken["all"], 50),
        summed("  change a note", taken["change"], 50),
    ]


def files() -> list[Result]:
    """All values written to a file, held against the project, and imported into another one."""
    import tempfile

    from benchmarks.fixtures import fixture
    from ikt_coder.services.attribute_files.rows import ImportChoices, Missing

    results = []
    with tempfile.TemporaryDirectory(prefix="ikt-bench-") as name:
        folder = Path(name)
        full = Project.open(fixture("A"), read_only=True)
        empty = Project.create(folder / "empty.ikt", "Empty")
        empty.coders.switch(empty.coders.add("Amara Okafor"))
        size = f"{PEOPLE:,} x {ATTRIBUTES}"
        for ending in (".csv", ".xlsx"):
            path = folder / f"people{ending}"
            start = time.perf_counter()
            full.attributes.export_file(Subject.PARTICIPANT, path)
            wrote = (time.perf_counter() - start) * 1000
            start = time.perf_counter()
            plan = full.attributes.read_file(path, Subject.PARTICIPANT)
            looked = (time.perf_counter() - start) * 1000
            if plan.faults or plan.something:
                raise AssertionError("what was written did not come back unchanged")
            results.append(summed(f"attributes {size} to {ending}", [wrote], 20_000))
            results.append(summed(f"  {ending} held against the project", [looked], 20_000))
        chosen = ImportChoices(missing=Missing.CREATE)
        plan = empty.attributes.read_file(folder / "people.csv", Subject.PARTICIPANT, chosen)
        start = time.perf_counter()
        empty.attributes.import_plan(plan)
        results.append(
            summed("  imported with everybody", [(time.perf_counter() - start) * 1000], 60_000)
        )
        full.close()
        empty.close()
    return results
