"""Ratings and summaries of a sealed round: one's own alone, until it is unsealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.errors import NotAllowed
from ikt_coder.services.framework_matrices.rows import Topic
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from tests.rounds import Team

A, B = 0, 1


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path / "team.ikt", coders=2)
    made.round(coders=tuple(made.coders[:2]))
    yield made
    made.close()


def test_another_coders_rating_is_not_told(team: Team) -> None:
    project = team.project
    team.sit(A)
    code = project.codes.all()[0].id
    case = CaseRef(CaseKind.DOCUMENT, team.documents[0])
    project.ratings.rate(case, code, -2, rationale="the sealed reason")
    team.sit(B)
    assert project.ratings.all() == ()
    assert not project.ratings.any()
    project.ratings.rate(case, code, 1)
    cell = project.ratings.cell(case, code)
    assert [row.rated.value for row in cell.ratings] == [1]
    assert not cell.differ
    tables = report_kind("case_ratings").build(project, ReportOptions())
    assert "sealed reason" not in str(tables)
    team.sit(A)
    assert [row.rated.value for row in project.ratings.cell(case, code).ratings] == [-2]


def test_another_coders_summary_is_neither_told_nor_overwritten(team: Team) -> None:
    project = team.project
    code = project.codes.all()[0].id
    case = CaseRef(CaseKind.DOCUMENT, team.documents[0])
    matrix = project.matrices.add("Cases", CaseKind.DOCUMENT, [Topic(code=code)])
    (column,) = project.matrices.get(matrix).columns
    team.sit(A)
    project.matrices.write(matrix, column.id, case, "the sealed summary")
    team.sit(B)
    assert project.matrices.get(matrix).written == 0
    assert project.matrices.cell_text(column.id, case) == ""
    assert not project.matrices.read(matrix).cell(case, column.id).written
    with pytest.raises(NotAllowed):
        project.matrices.write(matrix, column.id, case, "mine")
    with pytest.raises(NotAllowed):
        project.matrices.write(matrix, column.id, case, "")
    tables = report_kind("framework_matrix").build(project, ReportOptions())
    assert "sealed summary" not in str(tables)
    team.sit(A)
    assert project.matrices.cell_text(column.id, case) == "the sealed summary"
