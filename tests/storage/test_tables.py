"""What the classes of stored entities say of their tables."""

from __future__ import annotations

import pytest
from sqlalchemy import Integer, select

from ikt_coder.model import Base, Code, Coding, Theme, ThemeLink, aliased
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
