"""Where a drop puts a code, and what the model tells of itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from ikt_coder.core.errors import UserError
from ikt_coder.ui.codes.tree_model import CodeTreeModel, Kind
from tests.ui.codes.conftest import Desk


def built(desk: Desk, query: str = "") -> CodeTreeModel:
    model = CodeTreeModel()
    model.show(desk.project.codes.all(), desk.project.codes.counts())
    model.set_query(query)
    return model


def places(model: CodeTreeModel) -> list[tuple[QModelIndex, int]]:
    """Every gap between sisters: the parent and the row before which it lies."""
    found = []
    for parent in (QModelIndex(), *model.branches()):
        found += [(parent, row) for row in range(model.rowCount(parent) + 1)]
    return found


@pytest.mark.parametrize("framework", [False, True])
def test_a_code_lands_in_the_gap_it_is_dropped_in(desk: Desk, framework: bool) -> None:
    if framework:
        desk.project.frameworks.add("com-b")
    code = desk.code("Clear role")
    landed = 0
    for at in range(len(places(built(desk)))):
        model = built(desk)
        parent, row = places(model)[at]
        after = model.index(row, 0, parent)
        following, above = model.key(after), model.key(parent)
        top_of_groups = framework and not parent.isValid()
        if following == code or top_of_groups:
            continue
        before = desk.project.history.next_undo()
        try:
            where, position = model.target(parent, row)
            desk.project.codes.move(code, where, position)
        except UserError:
            continue  # a name that is taken there
        landed += 1
        moved = built(desk)
        here = moved.index_of(code)
        assert moved.key(here.parent()) == above
        assert moved.key(moved.index(here.row() + 1, 0, here.parent())) == following
        if desk.project.history.next_undo() != before:  # else it lay there already
            desk.project.history.undo()
    assert landed >= 6


def test_the_model_keeps_qts_rules(desk: Desk) -> None:
    desk.project.frameworks.add("com-b")
    model = built(desk)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_query("tr")
    model.set_query("")
    desk.project.codes.delete(desk.code("Trust"))
    model.show(desk.project.codes.all(), {})
    model.show((), {})
    assert model.rowCount() == 0
    del tester


def test_an_index_of_an_earlier_tree_leads_nowhere(desk: Desk) -> None:
    model = built(desk)
    old = model.index_of(desk.code("Earned"))
    model.set_query("time")
    assert model.key(old) is None
    assert model.data(old) is None or model.kind(old) is not Kind.CODE


def test_two_hundred_codes_are_filtered_by_every_word(desk: Desk) -> None:
    parent = desk.project.codes.add("Parent of many")
    for number in range(60):
        desk.project.codes.add(f"Code {number} of many", parent)
    model = built(desk, "many 7")
    names = {str(model.data(model.index(row, 0, model.index_of(parent)))) for row in range(9)}
    assert "Code 7 of many" in names
    assert all("7" in name for name in names if name != "None")
