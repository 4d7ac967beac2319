"""The lines of the grid of attributes: 10,000 participants by 40 attributes."""

from __future__ import annotations

import random
import time
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
            now = time.perf_counter()
            gaps.append((now - last) * 1000)
            last = now
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
        summed("  the longest the window does not answer meanwhile", [max(gaps)], 100),
        summed("  sort by a column", sorted_, 50),
        summed("  filter", filtered, 50),
        summed("  scroll by three rows", scrolled, 16.7, measure="p95"),
        summed("  type a value", typed, 50),
    ]
