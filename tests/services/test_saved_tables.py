"""Named tables: kept by what they count, made anew at each opening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.table import Table
from ikt_coder.services.theme_table import ExportLanguage, RowOrder, Side, ThemeTableOptions
from tests.services.theme_tables import COLUMNS, Desk, code, rows, theme
from tests.studies import study


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


WANTED = ThemeTableOptions(
    columns=(COLUMNS.PASSAGES,),
    side=Side.BOTH,
    order=RowOrder.NAME,
    language=ExportLanguage.FRENCH,
    number=4,
)


def test_a_saved_table_is_counted_anew(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    key = project.tables.save("For the paper", "themes", WANTED)
    (first,) = project.tables.build(key)  # type: ignore[misc]  # a sequence of tables
    code(project, document, "I came late")
    (second,) = project.tables.build(key)  # type: ignore[misc]  # a sequence of tables
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert (rows(first), rows(second)) == ([["A role", "1"]], [["A role", "2"]])
    assert (second.number, second.language) == (4, "fr")


def test_what_is_saved_outlives_the_program(desk: Desk, tmp_path: Path) -> None:
    project, _ = desk
    project.tables.save("For the paper", "themes", WANTED)
    project.tables.save("All quotes", "quotes")
    rows_ = project.tables.all()
    assert [(row.name, row.what) for row in rows_] == [
        ("For the paper", "themes"),
        ("All quotes", "quotes"),
    ]
    kept = rows_[0].options
    assert kept is not None
    assert replace(kept, today=WANTED.today) == WANTED
    assert rows_[1].options is None


def test_the_same_name_is_replaced_and_undo_brings_the_old_one_back(desk: Desk) -> None:
    project, _ = desk
    key = project.tables.save("Mine", "themes", WANTED)
    again = project.tables.save("mine", "quotes")
    assert key == again
    assert [row.what for row in project.tables.all()] == ["quotes"]
    project.history.undo()
    assert [row.what for row in project.tables.all()] == ["themes"]
    project.tables.delete(key)
    assert project.tables.all() == ()
    project.history.undo()
    assert project.tables.find("MINE").id == key


def test_names_and_reports_that_will_not_do_are_refused(desk: Desk) -> None:
    project, _ = desk
    with pytest.raises(UserError, match="needs a name"):
        project.tables.save("  ", "themes", WANTED)
    with pytest.raises(UserError, match="no report"):
        project.tables.save("Mine", "colours")
    one = project.tables.save("One", "themes", WANTED)
    project.tables.save("Two", "themes", WANTED)
    with pytest.raises(UserError, match="already"):
        project.tables.rename(one, "two")
    project.tables.rename(one, "ONE")
    assert [row.name for row in project.tables.all()] == ["ONE", "Two"]
    with pytest.raises(NotFound):
        project.tables.find("Three")
