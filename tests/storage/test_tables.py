"""What the classes of stored entities say of their tables."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import Integer, select

from ikt_coder.model import (
    Base,
    Code,
    Coding,
    Theme,
    ThemeLink,
    aliased,
    is_table,
    referred,
    table_named,
)
from ikt_coder.model.base import Entity, Key, Mapped, Words


def test_an_annotation_says_the_type_and_whether_a_column_may_be_empty() -> None:
    columns = Code.__table__.c
    assert isinstance(columns.name.type, Words)
    assert not columns.name.nullable
    assert isinstance(columns.pin.type, Integer)
    assert columns.pin.nullable
    assert isinstance(columns.parent_id.type, Key)
    assert columns.parent_id.nullable
    assert columns.id.primary_key
    assert [key.target_fullname for key in columns.merged_into.foreign_keys] == ["code.id"]


def test_a_table_is_made_when_it_is_asked_for() -> None:
    ask = """
from threading import Thread
from ikt_coder.model import Base, Coding, Round, Theme, aliased
from ikt_coder.model.base import _METADATA as made

print(sorted(made.tables))
Coding.start, aliased(Theme)
print(sorted(made.tables))
seen = []
threads = [Thread(target=lambda: seen.append(Round.number)) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
print(len(set(map(id, seen))), Round.number is Round.__table__.c.number)
try:
    Coding.no_such_column
except AttributeError as error:
    print(error)
print(len(Base.metadata.tables) > 70, Base.metadata is made)
"""
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "[]",
        "['coding', 'theme']",
        "1 True",
        "Coding has no column 'no_such_column'",
        "True True",
    ]


def test_a_table_is_found_by_its_name_and_names_those_it_refers_to() -> None:
    assert table_named("coding") is Coding.__table__
    assert is_table("coding")
    assert not is_table("codings")
    with pytest.raises(KeyError):
        table_named("codings")
    keys = Coding.__table__.foreign_keys
    assert {(k.parent.name, referred(k)) for k in keys} == {
        (k.parent.name, k.column.table.name) for k in Base.metadata.tables["coding"].foreign_keys
    }


def test_each_entity_has_columns_of_its_own() -> None:
    assert Code.id.table is Code.__table__
    assert Coding.id.table is Coding.__table__


def test_an_expression_takes_the_class_for_its_table() -> None:
    statement = select(Code.name).join(Coding, Coding.code_id == Code.id)
    assert "FROM code JOIN coding ON coding.code_id = code.id" in str(statement)


def test_a_table_is_read_twice_under_two_names() -> None:
    one, two = aliased(Theme), aliased(Theme)
    statement = (
        select(one.name, two.name)
        .join(ThemeLink, ThemeLink.theme_id == one.id)
        .join(two, two.id == ThemeLink.other_id)
    )
    assert "theme AS theme_1" in str(statement)
    assert "theme AS theme_2" in str(statement)
    with pytest.raises(AttributeError):
        _ = one.no_such_column


def test_an_annotation_of_no_known_type_is_refused() -> None:
    with pytest.raises(TypeError, match=r"weight: Mapped\[complex\]"):

        class Wrong(Entity):
            __tablename__ = "wrong"
            weight: Mapped[complex]

    assert "wrong" not in Base.metadata.tables
