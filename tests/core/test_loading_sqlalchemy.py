"""SQLAlchemy works as ever when it was loaded without what the program does not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

ORDINARY = "import sqlalchemy\n"
SPARING = """
from ikt_coder.core.loading_sqlalchemy import loading_sqlalchemy
with loading_sqlalchemy():
    import sqlalchemy
"""

# Each class of an expression with what its annotated sister is like; the sisters are made in the
# order that was asked for.
SISTERS = """
from sqlalchemy.sql import annotation, elements, selectable
from sqlalchemy.util import walk_subclasses
made = len(annotation.annotated_classes)
families = (
    (elements.ColumnElement, elements.AnnotatedColumnElement),
    (selectable.FromClause, selectable.AnnotatedFromClause),
    (elements.ClauseList, annotation.Annotated),
)
told = {}
for family, base in families:
    for one in ORDER(list(walk_subclasses(family))):
        if issubclass(one, annotation.Annotated):
            continue
        # As Annotated._as_annotated_instance does.
        sister = annotation.annotated_classes.get(one)
        if sister is None:
            sister = annotation._new_annotation_type(one, annotation.Annotated)
        told[f"{one.__module__}.{one.__qualname__}"] = (
            sister.__name__,
            issubclass(sister, base),
            sister._is_column_operators,
            sister.__dict__.get("inherit_cache"),
            [str(each) for each in sister.__dict__.get("_traverse_internals", ())],
        )
print(made)
for name in sorted(told):
    print(name, *told[name])
"""

STATEMENTS = """
from sqlalchemy import Column, Integer, MetaData, String, Table, case, cast, func, select, union
tables = MetaData()
code = Table("code", tables, Column("id", Integer, primary_key=True), Column("name", String))
coding = Table("coding", tables, Column("code_id", Integer), Column("start", Integer))
counts = select(coding.c.code_id, func.count().label("n")).group_by(coding.c.code_id).subquery()
every = (
    select(code, func.coalesce(counts.c.n, 0).label("n"))
    .outerjoin(counts, counts.c.code_id == code.c.id)
    .where(code.c.name.in_(["a", "b"]) | code.c.id.is_not(None))
    .order_by(case((counts.c.n > 1, 0), else_=cast(code.c.name, Integer)))
)
alias = code.alias()
both = union(select(code.c.id), select(alias.c.id).where(alias.c.name == "x")).cte("both")
print(every)
print(select(both.c.id).join(code, code.c.id == both.c.id))
print(select(func.row_number().over(order_by=code.c.id), code.c.name._annotate({"a": 1})))
print(type(code.c.name._annotate({"a": 1})).__mro__[1].__name__ != "object")
"""


def said(loading: str, source: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{loading}\n{source}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("order", ["list", "lambda some: list(reversed(some))"])
def test_the_sisters_of_expressions_are_the_same_when_they_are_made_late(order: str) -> None:
    source = f"ORDER = {order}\n{SISTERS}"
    all_at_once, late = said(ORDINARY, source), said(SPARING, source)
    assert int(all_at_once[0]) > 100
    assert int(late[0]) < 10
    assert late[1:] == all_at_once[1:]


def test_statements_are_the_same() -> None:
    assert said(SPARING, STATEMENTS) == said(ORDINARY, STATEMENTS)
