"""The grid of attributes in one read, its sorting, and blocks pasted into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_block import (
    Fit,
    block_of,
    block_text,
    plan_block,
    set_block,
)
from ikt_coder.services.attribute_grid import grid_size, read_grid, sort_keys, text_of
from ikt_coder.services.attribute_values import AttributeRow
from ikt_coder.services.project import Project
from tests.studies import dump, study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made, _ = study(tmp_path / "study.ikt")
    made.participants.change(made.participants.all()[0].id, group="Panel")
    yield made
    made.close()


def people(project: Project) -> list[UUID]:
    return [row.id for row in project.participants.all()]


def add(project: Project, name: str, kind: AttributeKind, *choices: str) -> UUID:
    return project.attributes.add(name, Subject.PARTICIPANT, kind, choices)


def row(kind: AttributeKind, *choices: str) -> AttributeRow:
    return AttributeRow(uuid4(), "Trait", Subject.PARTICIPANT, kind, choices, "")


class TestGrid:
    def test_one_read_holds_what_the_attributes_say_one_by_one(self, project: Project) -> None:
        keys = [
            add(project, "Role", AttributeKind.CHOICE, "Nurse", "Patient"),
            add(project, "Tongues", AttributeKind.CHOICES, "English", "Cree"),
        ]
        of_document = project.attributes.add("Held", Subject.DOCUMENT)
        document = project.documents.all()[0].id
        first, second = people(project)
        project.attributes.set(
            {
                (first, keys[0]): "nurse",
                (second, keys[1]): "Cree; English",
                (document, of_document): "At home",
            }
        )
        grid = read_grid(project, Subject.PARTICIPANT)
        assert [one.id for one in grid.attributes] == keys
        assert [(one.name, one.below) for one in grid.owners] == [("P01", "Panel"), ("P02", "")]
        shown = {
            (owner.id, key): grid.shown(at, column)
            for at, owner in enumerate(grid.owners)
            for column, key in enumerate(keys)
        }
        for (owner, key), value in shown.items():
            assert value == project.attributes.value(owner, key)
        assert grid.texts == [text_of(grid, at) for at in range(2)]
        assert "english; cree" in grid.texts[1]
        assert grid_size(project, Subject.PARTICIPANT) == 4
        documents = read_grid(project, Subject.DOCUMENT)
        assert [one.name for one in documents.owners] == ["Talk"]
        assert documents.cells == [["At home"]]

    def test_an_empty_project_has_an_empty_grid(self, tmp_path: Path) -> None:
        empty = Project.create(tmp_path / "empty.ikt")
        grid = read_grid(empty, Subject.PARTICIPANT)
        assert (grid.attributes, grid.owners, grid.cells) == ((), (), [])
        assert grid_size(empty, Subject.DOCUMENT) == 0
        empty.close()


class TestSorting:
    def test_numbers_by_size_days_in_order_words_whatever_their_case(self) -> None:
        def order(kind: AttributeKind, values: list[str]) -> list[str]:
            keys = dict(zip(values, sort_keys(kind, values), strict=True))
            return sorted(values, key=lambda value: keys[value])

        assert order(AttributeKind.NUMBER, ["10", "", "9", "-3.5"]) == ["-3.5", "9", "10", ""]
        assert order(AttributeKind.DATE, ["2025-10-01", "", "2025-09-30"])[0] == "2025-09-30"
        assert order(AttributeKind.CHOICES, ['["b"]', "", '["A", "c"]'])[0] == '["A", "c"]'
        assert order(AttributeKind.TEXT, ["b", "", "A", "C"]) == ["A", "b", "C", ""]


_CELL = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"),
    max_size=12,
).map(str.strip)


class TestBlocks:
    @given(st.lists(st.lists(_CELL, min_size=2, max_size=4), min_size=1, max_size=4))
    def test_what_is_copied_is_pasted(self, rows: list[list[str]]) -> None:
        while rows and not any(rows[-1]):
            rows.pop()
        assert block_of(block_text(rows)) == rows

    def test_spreadsheets_quote_tabs_and_line_breaks(self) -> None:
        assert block_of('a\t"two\nlines"\r\nb\t"say ""hi"""\r\n\r\n') == [
            ["a", "two\nlines"],
            ["b", 'say "hi"'],
        ]
        assert block_of("") == []

    def test_a_quote_that_nothing_ends_does_not_swallow_the_rest(self) -> None:
        text = '"open\t1\n' + "x" * 200_000
        assert block_of(text)[0] == ['"open', "1"]

    def test_a_plan_says_of_each_cell_what_becomes_of_it(self) -> None:
        number, role = row(AttributeKind.NUMBER), row(AttributeKind.CHOICE, "Nurse")
        owners = [uuid4(), uuid4()]
        stored = {(owners[0], number.id): "4", (owners[1], role.id): "Nurse"}
        block = [["4.0", "nurse", "x"], ["many", ""], ["1"]]
        plan = plan_block(block, owners, [number, role], stored)
        fits = [[cell.fit for cell in line] for line in plan.cells]
        assert fits == [[Fit.SAME, Fit.SET, Fit.BEYOND], [Fit.FAULT, Fit.LEAVE], [Fit.BEYOND]]
        assert plan.values == {(owners[0], role.id): "nurse"}
        (fault,) = plan.faults()
        assert fault.words == "“many” is not a number, which “Trait” asks for."
        cleared = plan_block(block, owners, [number, role], stored, clear_empty=True)
        assert cleared.values == {**plan.values, (owners[1], role.id): ""}

    def test_new_choices_are_named_once_and_added_only_when_asked(self) -> None:
        tongues = row(AttributeKind.CHOICES, "English", "Cree; Plains")
        owners = [uuid4() for _ in range(3)]
        block = [["french; English"], ["Cree; plains"], ["French ;Dene"]]
        plan = plan_block(block, owners, [tongues], {})
        assert [line[0].fit for line in plan.cells] == [Fit.FAULT, Fit.SET, Fit.FAULT]
        assert plan.unknown == {tongues.id: ("french", "Dene")}
        assert not plan.choices
        plan = plan_block(block, owners, [tongues], {}, add_choices=True)
        assert plan.count(Fit.SET) == 3
        assert plan.choices == {tongues.id: ("English", "Cree; Plains", "french", "Dene")}

    def test_a_block_with_new_choices_is_one_act(self, project: Project) -> None:
        role = add(project, "Role", AttributeKind.CHOICE, "Nurse")
        before, acts = dump(project.path), len(project.history.all())
        plan = plan_block(
            [["nurse"], ["Carer"]], people(project), project.attributes.all(), {}, add_choices=True
        )
        set_block(project, plan)
        assert project.attributes.get(role).choices == ("Nurse", "Carer")
        assert [project.attributes.value(one, role) for one in people(project)] == [
            "Nurse",
            "Carer",
        ]
        assert len(project.history.all()) == acts + 1
        project.history.undo()
        assert dump(project.path) == before

    def test_a_block_that_fails_leaves_nothing_behind(self, project: Project) -> None:
        role = add(project, "Role", AttributeKind.CHOICE, "Nurse")
        plan = plan_block(
            [["Carer"], ["nurse"]], people(project), project.attributes.all(), {}, add_choices=True
        )
        project.participants.delete(people(project)[1])
        before = dump(project.path)
        with pytest.raises(UserError):
            set_block(project, plan)
        assert dump(project.path) == before
        assert project.attributes.get(role).choices == ("Nurse",)
