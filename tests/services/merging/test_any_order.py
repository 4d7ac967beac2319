"""Whatever is done in some copies of a project: the order in which they are brought together
does not matter, nothing is lost, doing it twice changes nothing, undo takes it all back."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from ikt_coder.services.project import Project
from tests.services.merging.copies import (
    Actor,
    content,
    copied,
    difference,
    project_with_codes,
    sound,
)

number = count()
EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
seeds = st.integers(0, 2**32)
steps = st.integers(1, 12)


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parted") / "study.ikt"
    project_with_codes(path).close()
    return path


def folder(parted: Path) -> Path:
    made = parted.parent / f"run{next(number)}"
    made.mkdir()
    return made


def copies(parted: Path, count: int) -> list[Project]:
    where = folder(parted)
    with_first = Project.open(parted, read_only=True)
    try:
        return [copied(with_first, where / f"{name}.ikt") for name in "abcd"[:count]]
    finally:
        with_first.close()


def fresh(project: Project, name: str) -> Project:
    return copied(project, project.path.with_name(name))


def close(*projects: Project) -> None:
    for project in projects:
        project.close()
        project.path.unlink()


def worked(
    project: Project, seed: int, count: int, zone: tuple[int, int] | None = None
) -> list[str]:
    actor = Actor(project, seed, zone)
    return [actor.act() for _ in range(count)]


def merged(into: Project, *others: Project) -> Project:
    for other in others:
        into.merging.apply(other.path)
    return into


@EXAMPLES
@given(one=seeds, other=seeds, first=steps, second=steps)
def test_a_into_b_is_b_into_a(parted: Path, one: int, other: int, first: int, second: int) -> None:
    a, b = copies(parted, 2)
    done = (worked(a, one, first), worked(b, other, second))
    ab = merged(fresh(a, "ab.ikt"), b)
    ba = merged(fresh(b, "ba.ikt"), a)
    assert difference(content(ab), content(ba)) == [], done
    assert sound(ab) == [], done
    again = content(ab)
    assert merged(ab, b).merging.plan(b.path).nothing
    assert difference(again, content(ab)) == [], done
    # And each into the other's result: nothing is left to bring.
    merged(ba, ab)
    assert difference(content(ab), content(ba)) == [], done
    close(a, b, ab, ba)
