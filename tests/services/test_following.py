"""When codes merge, everything that refers to the one that gives way follows to the other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import (
    Base,
    Belief,
    BeliefCoding,
    CaseRating,
    CellCoding,
    Code,
    CodeLink,
    Coding,
    CodingLevel,
    EngagementEvent,
    Entity,
    EventLink,
    Framework,
    FrameworkMatrix,
    Level,
    MatrixCell,
    MatrixColumn,
    MemoLink,
    Participant,
    Recommendation,
    Revisit,
    Revisited,
    Theme,
    ThemeCode,
    ThemeCoding,
    ThemeDomain,
)
from ikt_coder.model.derived import DERIVED, derived_key
from ikt_coder.services.merging.aftermath import put_right
from ikt_coder.services.project import Project
from ikt_coder.storage.operation import Operation
from tests.studies import dump, span_of, study

NOW = datetime(2024, 3, 5, tzinfo=UTC)
_EMPTY: dict[str, Any] = {"Words": "", "Integer": 0, "Boolean": False, "Moment": NOW}


def add(op: Operation, entity: type[Entity], **values: Any) -> UUID:
    """A row with what is given, and nothing in the other columns."""
    table = entity.__table__
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name == "id":
            continue
        empty = None if column.nullable else _EMPTY.get(type(column.type).__name__)
        row[column.name] = values.get(column.name, empty)
    derived = DERIVED.get(table.name)
    key = derived_key(table.name, *(row[name] for name in derived)) if derived else new_id()
    op.execute(insert(entity).values(id=key, **row))
    return key


def use(
    project: Project, op: Operation, code: UUID, coding: UUID, matrix: UUID, words: str
) -> None:
    """Refer to a code and a coding from every table that can."""
    other = project.codes.find("Other").id
    person = op.execute(select(Participant.id)).scalars().first()
    event = add(op, EngagementEvent)
    memo = project.memos.all()[0].id
    theme = op.execute(select(Theme.id)).scalars().one()
    add(op, ThemeDomain, theme_id=theme, code_id=code, shown=True)
    add(op, CodeLink, code_id=code, target_id=other)
    add(op, CodeLink, code_id=other, target_id=code)
    add(op, CaseRating, participant_id=person, code_id=code, value=1, rationale=words)
    add(op, EventLink, event_id=event, code_id=code)
    add(op, MemoLink, memo_id=memo, code_id=code)
    add(op, MemoLink, memo_id=memo, coding_id=coding)
    belief = add(op, Belief, code_id=code)
    add(op, BeliefCoding, belief_id=belief, coding_id=coding)
    add(op, Recommendation, code_id=code)
    again = add(op, Revisit, code_id=code, since=NOW)
    add(op, Revisited, revisit_id=again, coding_id=coding, at=NOW)
    column = add(op, MatrixColumn, matrix_id=matrix, code_id=code)
    cell = add(
        op, MatrixCell, matrix_id=matrix, column_id=column, participant_id=person, text=words
    )
    add(op, CellCoding, cell_id=cell, coding_id=coding)


def referring(project: Project, target: str, key: UUID) -> set[str]:
    """The columns that hold the id of a row."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for reference in table.foreign_keys:
            if reference.column.table.name != target:
                continue
            column = reference.parent
            if project.connection.execute(select(column).where(column == key)).first():
                found.add(f"{table.name}.{column.name}")
    return found


def begun(tmp_path: Path) -> tuple[Project, dict[str, UUID], dict[str, UUID]]:
    project, document = study(tmp_path / "Study.ikt")
    codes = {name: project.codes.add(name) for name in ("Stays", "Gone", "Other")}
    span = span_of(project, document, "She phoned me")
    codings = {
        name: project.codings.apply(document, span, codes[name]) for name in ("Stays", "Gone")
    }
    project.memos.add("A thought")
    project.themes.add("A finding")
    if not project.participants.all():
        project.participants.add("P01")
    return project, codes, codings


def test_everything_follows_the_code_and_the_coding_that_stay(tmp_path: Path) -> None:
    project, codes, codings = begun(tmp_path)
    with project.operation(Op.ADD_MATRIX) as op:
        matrix = add(op, FrameworkMatrix)
        use(project, op, codes["Gone"], codings["Gone"], matrix, "said of the one that goes")
    before = dump(project.path)
    here = referring(project, "code", codes["Gone"]) | referring(project, "coding", codings["Gone"])
    project.codes.merge([codes["Gone"]], codes["Stays"])
    assert referring(project, "code", codes["Gone"]) <= {"revisit.code_id"}
    assert referring(project, "coding", codings["Gone"]) == set()
    there = referring(project, "code", codes["Stays"])
    assert here - {"revisit.code_id"} <= there | referring(project, "coding", codings["Stays"])
    project.history.undo()
    assert dump(project.path) == before
    project.close()


def test_what_both_have_becomes_one_and_summaries_are_joined(tmp_path: Path) -> None:
    project, codes, codings = begun(tmp_path)
    with project.operation(Op.ADD_MATRIX) as op:
        matrix = add(op, FrameworkMatrix)
        for name, words in (("Stays", "It was a lifeline."), ("Gone", "Nobody answered.")):
            use(project, op, codes[name], codings[name], matrix, words)
    project.codes.merge([codes["Gone"]], codes["Stays"])
    read = project.connection.execute
    (cell,) = read(select(MatrixCell.__table__)).all()
    assert cell.text == "It was a lifeline.\n\nNobody answered."
    assert len(read(select(MatrixColumn.id)).all()) == 1
    assert [row.coding_id for row in read(select(CellCoding.coding_id)).all()] == [codings["Stays"]]
    (rating,) = read(select(CaseRating.__table__)).all()
    assert rating.rationale == "It was a lifeline."
    assert referring(project, "code", codes["Gone"]) <= {"revisit.code_id"}
    project.close()


@pytest.mark.parametrize("both", [False, True])
def test_what_was_merged_in_another_file_is_followed_alike(tmp_path: Path, both: bool) -> None:
    """A merge of codes leaves the same rows whether it is done here or came with a copy."""
    project, codes, codings = begun(tmp_path)
    with project.operation(Op.ADD_MATRIX) as op:
        matrix = add(op, FrameworkMatrix)
        theme = op.execute(select(Theme.id)).scalars().one()
        level = add(op, Level, framework_id=add(op, Framework), name="Ward")
        for name, words in (("Stays", "It was a lifeline."), ("Gone", "Nobody answered.")):
            if name == "Gone" or both:
                use(project, op, codes[name], codings[name], matrix, words)
                add(op, ThemeCode, theme_id=theme, code_id=codes[name], position=3)
                add(op, ThemeCoding, theme_id=theme, coding_id=codings[name], stance="supports")
                add(op, CodingLevel, coding_id=codings[name], level_id=level)
    project.safety.save_copy(tmp_path / "Other.ikt")
    other = Project.open(tmp_path / "Other.ikt")
    project.codes.merge([codes["Gone"]], codes["Stays"])
    with other.operation(Op.MERGE_COPY) as op:
        op.execute(update(Code).where(Code.id == codes["Gone"]).values(merged_into=codes["Stays"]))
        documents = op.execute(select(Coding.document_id).distinct()).scalars().all()
        put_right(op, [key.bytes for key in documents])
    assert dump(other.path) == dump(project.path)
    assert other.safety.check().findings == ()
    project.close()
    other.close()


def test_a_link_between_two_codes_that_become_one_goes(tmp_path: Path) -> None:
    project, codes, _ = begun(tmp_path)
    with project.operation(Op.LINK_CODES) as op:
        add(op, CodeLink, code_id=codes["Gone"], target_id=codes["Stays"])
        add(op, CodeLink, code_id=codes["Gone"], target_id=codes["Other"])
    project.codes.merge([codes["Gone"]], codes["Stays"])
    rows = project.connection.execute(select(CodeLink.__table__)).all()
    assert [(row.code_id, row.target_id) for row in rows] == [(codes["Stays"], codes["Other"])]
    project.close()


def test_every_table_that_refers_to_codes_was_thought_of() -> None:
    """A new table that refers to codes or codings must follow a merge too."""
    found = {
        f"{table.name}.{reference.parent.name}"
        for table in Base.metadata.sorted_tables
        for reference in table.foreign_keys
        if reference.column.table.name in (Code.__tablename__, "coding")
    }
    followed = {
        "belief.code_id",
        "belief_coding.coding_id",
        "case_rating.code_id",
        "cell_coding.coding_id",
        "code_link.code_id",
        "theme_domain.code_id",
        "code_link.target_id",
        "coding_level.coding_id",
        "event_link.code_id",
        "matrix_column.code_id",
        "memo_link.code_id",
        "memo_link.coding_id",
        "recommendation.code_id",
        "revisited.coding_id",
        "theme_code.code_id",
        "theme_coding.coding_id",
    }
    stays = {"revisit.code_id"}  # the wording that changed is that of the merged code
    elsewhere = {  # in code_merging
        "code.merged_into",
        "code.parent_id",
        "coding.code_id",
        "memo.code_id",
        "memo.coding_id",
        "quote.coding_id",
    }
    assert found == followed | elsewhere | stays
