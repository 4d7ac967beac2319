"""Whatever is done in some copies of a project: the order in which they are brought together
does not matter, nothing is lost, doing it twice changes nothing, undo takes it all back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ikt_coder.services.merging.past_rows import rows_of
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from tests.services.merging.copies import (
    ACTS,
    Actor,
    content,
    difference,
    project_with_codes,
    sound,
)
from tests.studies import dump

number = count()
seeds = st.integers(0, 2**32)
steps = st.integers(1, 12)

# Each example writes a dozen files; shrinking one would take minutes and tells less than the
# acts themselves, which the failing assertion names.
EXAMPLES = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parted") / "study.ikt"
    project_with_codes(path).close()
    return path


class Bench:
    """Copies of one file in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[Project] = []

    def copy(self, of: Path) -> Project:
        path = self._folder / f"{next(number)}.ikt"
        schema.copy_database(of, path)
        self._open.append(Project.open(path))
        return self._open[-1]

    def merged(self, into: Project, *others: Project) -> Project:
        """A copy of ``into`` with the others brought in one after the other."""
        result = self.copy(into.path)
        for other in others:
            result.merging.apply(other.path)
        return result

    def close(self) -> None:
        for project in self._open:
            project.close()


@contextmanager
def bench(parted: Path) -> Iterator[Bench]:
    folder = parted.parent / f"run{next(number)}"
    folder.mkdir()
    made = Bench(folder)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder)


@EXAMPLES
@given(one=seeds, other=seeds, first=steps, second=steps)
def test_a_into_b_is_b_into_a(parted: Path, one: int, other: int, first: int, second: int) -> None:
    with bench(parted) as made:
        a, b = made.copy(parted), made.copy(parted)
        actors = Actor(a, one), Actor(b, other)
        done = [actors[0].act() for _ in range(first)], [actors[1].act() for _ in range(second)]
        ab, ba = made.merged(a, b), made.merged(b, a)
        assert difference(content(ab), content(ba)) == [], done
        assert sound(ab) == [], done
        # A second time nothing is left to bring, nor from the merged file.
        before = content(ab)
        assert ab.merging.plan(b.path).nothing, done
        ab.merging.apply(b.path)
        assert difference(before, content(ab)) == [], done
        ba.merging.apply(ab.path)
        assert difference(content(ab), content(ba)) == [], done


@EXAMPLES
@given(one=seeds, other=seeds, count=steps)
def test_a_copy_that_worked_on_brings_only_what_is_new(
    parted: Path, one: int, other: int, count: int
) -> None:
    """Also after what it brought was deleted here."""
    with bench(parted) as made:
        a, b = made.copy(parted), made.copy(parted)
        actor = Actor(b, one)
        done = [actor.act() for _ in range(count)]
        a.merging.apply(b.path)
        came = set(rows_of(a.file.connections.raw(), "coding"))
        gone = {row.id.bytes for row in a.codings.in_document(a.documents.all()[0].id, coder=None)}
        a.codings.remove([row.id for row in a.codings.in_document(a.documents.all()[0].id, None)])
        kinds = ("apply", "memo", "add_code", "rename_document")
        more = [Actor(b, other).act(kinds) for _ in range(count)]
        a.merging.apply(b.path)
        there = set(rows_of(a.file.connections.raw(), "coding"))
        assert not there & gone, (done, more)
        assert came - gone <= there, (done, more)
        assert sound(a) == []


@settings(EXAMPLES, max_examples=6)  # each brings files in seven times
@given(seed=st.tuples(seeds, seeds, seeds), count=st.tuples(steps, steps, steps))
def test_three_copies_come_together_in_any_order(
    parted: Path, seed: tuple[int, int, int], count: tuple[int, int, int]
) -> None:
    """Whatever they did, also to one thing; see also ``test_contested``."""
    with bench(parted) as made:
        copies = [made.copy(parted) for _ in seed]
        done = []
        for copy, start, steps_ in zip(copies, seed, count, strict=True):
            actor = Actor(copy, start)
            done.append([actor.act() for _ in range(steps_)])
        a, b, c = copies
        results = [
            made.merged(a, b, c),
            made.merged(a, c, b),
            made.merged(c, b, a),
            made.merged(a, made.merged(b, c)),
        ]
        for other in results:
            assert sound(other) == [], done
            assert difference(content(results[0]), content(other)) == [], done
        for other in copies:
            assert results[0].merging.plan(other.path).nothing, done


@EXAMPLES
@given(one=seeds, other=seeds, first=steps, second=steps)
def test_no_coding_is_lost(parted: Path, one: int, other: int, first: int, second: int) -> None:
    """Every coding that is on one side, and that the other side did not delete, is there with
    its words; of two equal ones the first."""
    kinds = tuple(name for name in ACTS if name not in ("mend", "merge_codes", "undo", "redo"))
    with bench(parted) as made:
        a, b = made.copy(parted), made.copy(parted)
        actors = Actor(a, one), Actor(b, other)
        done = (
            [actors[0].act(kinds) for _ in range(first)],
            [actors[1].act(kinds) for _ in range(second)],
        )
        merged = rows_of(made.merged(a, b).file.connections.raw(), "coding")
        sides = [rows_of(project.file.connections.raw(), "coding") for project in (a, b)]
        before = set(rows_of(made.copy(parted).file.connections.raw(), "coding"))
        marks = {_mark(row) for row in merged.values()}
        for mine, theirs in (sides, sides[::-1]):
            for key, row in mine.items():
                if key in before and key not in theirs:
                    continue  # the other side deleted it
                assert key in merged or _mark(row) in marks, done


def _mark(row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("document_id", "start", "end", "code_id", "coder_id"))


@EXAMPLES
@given(one=seeds, other=seeds, first=steps, second=steps)
def test_undo_restores_exactly(parted: Path, one: int, other: int, first: int, second: int) -> None:
    with bench(parted) as made:
        a, b = made.copy(parted), made.copy(parted)
        actors = Actor(a, one), Actor(b, other)
        done = [actors[0].act() for _ in range(first)], [actors[1].act() for _ in range(second)]
        before = dump(a.path)
        result = a.merging.apply(b.path)
        if result.op is None:
            return
        merged = dump(a.path)
        a.history.undo()
        assert dump(a.path) == before, done
        a.history.redo()
        assert dump(a.path) == merged, done
        assert sound(a) == [], done
