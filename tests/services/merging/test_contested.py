"""Three copies that fight over one thing: in whatever order they come together, the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, permutations
from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.services.merging.copies import content, copied, difference, project_with_codes, sound

Act = Callable[[Project], None]


class Study:
    """A project that was copied three times, and what it comes to in every order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = count()
        self._open: list[Project] = []
        self.base = project_with_codes(folder / "base.ikt")

    def copy(self, of: Project) -> Project:
        made = copied(of, self._folder / f"{next(self._number)}.ikt")
        self._open.append(made)
        return made

    def merged(self, into: Project, *others: Project) -> Project:
        result = self.copy(into)
        for other in others:
            result.merging.apply(other.path)
        return result

    def in_any_order(self, *acts: Act) -> Project:
        """Do each act in a copy of its own and bring the copies together in all orders, one
        after the other and by way of each other; returns one of the results."""
        copies = []
        for act in acts:
            copies.append(self.copy(self.base))
            act(copies[-1])
        results = []
        for one, two, three in permutations(copies):
            results.append(self.merged(one, two, three))
            results.append(self.merged(one, self.merged(two, three)))
        wanted = content(results[0])
        for other in results:
            assert difference(wanted, content(other)) == []
            assert sound(other) == []
        return results[0]

    def close(self) -> None:
        for project in (*self._open, self.base):
            project.close()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = Study(tmp_path)
    yield made
    made.close()


# -- what several copies made by themselves ------------------------------------------------------


def test_a_framework_added_apart_and_reworded(study: Study) -> None:
    """One of those who added it gave a code another name, which is shorter."""
    key = study.base.frameworks.presets()[0].key

    def add(project: Project) -> None:
        project.frameworks.add(key)

    def reword(project: Project) -> None:
        project.frameworks.add(key)
        code = next(row for row in project.codes.all() if row.node_key)
        project.codes.change(code.id, name="X", definition="")

    result = study.in_any_order(add, reword, lambda project: None)
    assert "X" in {row.name for row in result.codes.all()}
