"""The codebook: names, places, pins, deleting, splitting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.words import Pattern, Valence
from ikt_coder.services.codes import join_path, split_path
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.project import Project
from tests.studies import dump, span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "Study.ikt")
    yield project, document
    project.close()


def names(project: Project) -> list[str]:
    return [join_path(row.path) for row in project.codes.all()]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4))
def test_a_written_path_reads_back_whatever_the_names_hold(path: list[str]) -> None:
    assert split_path(join_path(path)) == tuple(path)


def test_sisters_have_different_names_whatever_their_case(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    trust = project.codes.add("Trust")
    project.codes.add("Trust", trust)
    with pytest.raises(UserError, match="already"):
        project.codes.add("TRUST")
    with pytest.raises(UserError, match="needs a name"):
        project.codes.add("  \n ")
    assert names(project) == ["Trust", "Trust/Trust"]


def test_new_codes_take_different_looks(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    for number in range(30):
        project.codes.add(f"Code {number}")
    looks = [(row.colour, row.pattern) for row in project.codes.all()]
    assert len(set(looks)) == 30
    assert all(a[0] != b[0] for a, b in pairwise(looks))


def test_only_given_fields_change(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    code = project.codes.add("Trust", definition="Confidence", include="said so")
    project.codes.change(code, pattern=Pattern.DOTTED, default_valence=Valence.BARRIER)
    row = project.codes.get(code)
    assert (row.definition, row.include) == ("Confidence", "said so")
    assert (row.pattern, row.default_valence) == (Pattern.DOTTED, Valence.BARRIER)
    with pytest.raises(UserError, match="colour"):
        project.codes.change(code, colour="beige-ish")
    assert project.codes.get(code).colour == row.colour


class TestMoving:
    def test_before_the_sister_that_stands_there(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        a, b, c = (project.codes.add(name) for name in "ABC")
        project.codes.move(c, None, 0)
        assert names(project) == ["C", "A", "B"]
        project.codes.move(c, None, 2)
        assert names(project) == ["A", "C", "B"]
        project.codes.move([a, b], c)
        assert names(project) == ["C", "C/A", "C/B"]

    def test_no_code_goes_below_itself(self, opened: tuple[Project, UUID], tmp_path: Path) -> None:
        project, _ = opened
        a = project.codes.add("A")
        b = project.codes.add("B", a)
        before = dump(tmp_path / "Study.ikt")
        for parent in (a, b):
            with pytest.raises(NotAllowed, match="below itself"):
                project.codes.move(a, parent)
        assert dump(tmp_path / "Study.ikt") == before

    def test_what_lies_below_comes_along_once(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        a = project.codes.add("A")
        b = project.codes.add("B", a)
        home = project.codes.add("Home")
        project.codes.move([a, b], home)
        assert names(project) == ["Home", "Home/A", "Home/A/B"]

    def test_two_of_one_name_do_not_become_sisters(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        one, other = project.codes.add("Same", a), project.codes.add("same", b)
        with pytest.raises(UserError, match="same name"):
            project.codes.move([one, other], None)
        assert names(project) == ["A", "A/Same", "B", "B/same"]

    def test_leaves_unmoved_sisters_out_of_the_journal(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        codes = [project.codes.add(f"Code {n}") for n in range(20)]
        project.codes.move(codes[18], None, 20)
        newest = project.history.next_undo()
        assert newest is not None
        assert newest.rows == 2
        assert names(project)[-2:] == ["Code 19", "Code 18"]


class TestPins:
    def test_a_digit_belongs_to_one_code(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        project.codes.pin(a, 3)
        project.codes.pin(b, 3)
        assert (project.codes.get(a).pin, project.codes.get(b).pin) == (None, 3)
        project.history.undo()
        assert (project.codes.get(a).pin, project.codes.get(b).pin) == (3, None)

    @pytest.mark.parametrize("digit", [0, 10, -1])
    def test_only_digits_of_the_row(self, opened: tuple[Project, UUID], digit: int) -> None:
        project, _ = opened
        code = project.codes.add("A")
        with pytest.raises(NotAllowed):
            project.codes.pin(code, digit)

    def test_a_heading_has_no_key(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        project.frameworks.add("com-b")
        heading = project.codes.all()[0].id
        with pytest.raises(NotAllowed, match="heading"):
            project.codes.pin(heading, 1)


class TestDeleting:
    def test_says_what_goes_and_brings_all_back(
        self, opened: tuple[Project, UUID], tmp_path: Path
    ) -> None:
        project, document = opened
        trust = project.codes.add("Trust")
        below = project.codes.add("Earned", trust)
        other = project.codes.add("Other")
        span = span_of(project, document, "She phoned me")
        project.codings.apply(document, span, trust, memo="first")
        project.codings.apply(document, span, below)
        project.codings.apply(document, span, other)
        project.memos.add("Only between persons.", code=trust)
        theme = project.themes.add("Being let in")
        project.themes.add_codes(theme, [trust])
        before = dump(tmp_path / "Study.ikt")
        preview = project.codes.delete_preview(trust)
        assert (preview.codes, preview.codings, preview.memos) == (2, 2, 1)
        assert (preview.coders, preview.themes) == (1, 1)
        project.codes.delete(trust)
        assert names(project) == ["Other"]
        assert len(project.codings.in_document(document)) == 1
        project.history.undo()
        assert dump(tmp_path / "Study.ikt") == before

    def test_a_merged_code_does_not_come_back_with_its_survivor_gone(
        self, opened: tuple[Project, UUID], tmp_path: Path
    ) -> None:
        project, _ = opened
        a, b, c = (project.codes.add(name) for name in "ABC")
        project.codes.merge(a, b)
        project.codes.merge(b, c)
        before = dump(tmp_path / "Study.ikt")
        assert project.codes.delete_preview(c).codes == 1
        project.codes.delete(c)
        assert names(project) == []
        project.history.undo()
        assert dump(tmp_path / "Study.ikt") == before
        assert project.codes.survivor(a) == c

    def test_a_heading_takes_its_framework_along(
        self, opened: tuple[Project, UUID], tmp_path: Path
    ) -> None:
        project, _ = opened
        own = project.codes.add("My own")
        project.frameworks.add("com-b")
        rows = project.codes.all()
        heading = next(row for row in rows if not row.applicable)
        project.codes.move(own, rows[-1].id)
        before = dump(tmp_path / "Study.ikt")
        assert project.codes.delete_preview(heading.id).codes == heading_size(project)
        project.codes.delete(heading.id)
        assert names(project) == ["My own"]
        assert project.frameworks.all() == ()
        project.frameworks.add("com-b")
        project.history.undo()
        project.history.undo()
        assert dump(tmp_path / "Study.ikt") == before


def heading_size(project: Project) -> int:
    return sum(row.framework is not None for row in project.codes.all())


class TestSplitting:
    def test_chosen_codings_of_every_coder_move(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        code = project.codes.add("Trust")
        first = project.coders.present()
        assert first is not None
        second = project.coders.add("Berit Lund")
        spans = [span_of(project, document, words) for words in ("phoned", "slides", "late")]
        keys = project.codings.apply_many(
            [
                NewCoding(document, span, code, coder)
                for span in spans
                for coder in (first.id, second)
            ]
        )
        made = project.codes.split(code, keys[:3], "Trust at first")
        assert {row.id for row in project.codings.of_codes([made], None)} == set(keys[:3])
        assert {row.id for row in project.codings.of_codes([code], None)} == set(keys[3:])
        assert names(project) == ["Trust", "Trust at first"]

    def test_nothing_chosen_makes_no_code(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        code, other = project.codes.add("Trust"), project.codes.add("Other")
        elsewhere = project.codings.apply(document, span_of(project, document, "slides"), other)
        for codings in ([], [elsewhere]):
            with pytest.raises(NotAllowed, match="Nothing was split"):
                project.codes.split(code, codings, "New")
        assert names(project) == ["Trust", "Other"]

    def test_more_codings_than_one_statement_holds(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        code = project.codes.add("Trust")
        words = range(len(project.texts.get(document)) - 20)
        new = [
            NewCoding(document, type(span_of(project, document, "a"))(at, at + size), code)
            for at in words
            for size in range(1, 6)
        ]
        keys = project.codings.apply_many(new)
        assert len(keys) > 1000
        made = project.codes.split(code, keys, "All of them")
        assert project.codes.counts() == {made: len(keys)}


def test_counts_are_those_of_the_present_coder(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    parent = project.codes.add("Parent")
    child = project.codes.add("Child", parent)
    project.codings.apply(document, span_of(project, document, "slides"), child)
    project.codings.apply(document, span_of(project, document, "phoned"), child)
    project.codings.apply(document, span_of(project, document, "late"), parent)
    by_name = {row.name: (row.codings, row.codings_below) for row in project.codes.all()}
    assert by_name == {"Parent": (1, 3), "Child": (2, 2)}
    project.coders.switch(project.coders.add("Berit Lund"))
    assert project.codes.counts() == {}
    assert project.codes.all(counted=False)[0].codings == 0


def test_a_code_is_found_by_path_name_and_id(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    a, b = project.codes.add("A/B"), project.codes.add("C")
    under = project.codes.add("Same", a)
    project.codes.add("Same", b)
    assert project.codes.find("A\\/B").id == a
    assert project.codes.find("A\\/B/Same").id == under
    assert project.codes.find(str(under)).id == under
    with pytest.raises(NotFound, match="2 codes are named"):
        project.codes.find("Same")
    with pytest.raises(NotFound, match="no code"):
        project.codes.find("Missing")
