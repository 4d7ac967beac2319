"""An older file is brought up to date after a backup, and its whole past still plays back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from ikt_coder.storage import schema, triggers
from tests.storage.old_files import take_back
from tests.studies import dump, span_of, study


def old_file(path: Path) -> None:
    """A project with a past, taken back to the first version's schema."""
    project, document = study(path)
    code, coding = project.codings.apply_new_code(
        document, span_of(project, document, "She phoned me"), "Personal invitation"
    )
    project.codings.set_valence(coding, Valence.FACILITATOR)
    project.themes.add("Belonging", codes=[code])
    project.codes.delete(code)
    project.history.undo()
    project.close()
    take_back(path)


def shape(driver: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Tables, columns, keys and indexes, whatever the order of their definition."""
    found: set[tuple[object, ...]] = set()
    tables = driver.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for _, name, kind, notnull, _, key in driver.execute(f'PRAGMA table_info("{table}")'):
            kind = "BLOB" if kind in ("BLOB", "BLOB(16)") else kind
            found.add((table, "column", name, kind, notnull, key))
        for row in driver.execute(f'PRAGMA foreign_key_list("{table}")'):
            found.add((table, "reference", *row[2:7]))
        for _, index, unique, _, _ in driver.execute(f'PRAGMA index_list("{table}")').fetchall():
            columns = tuple(r[2] for r in driver.execute(f'PRAGMA index_info("{index}")'))
            found.add((table, "index", unique, columns))
    return found


def test_migrations_lead_to_the_schema_of_the_models(tmp_path: Path) -> None:
    """The chain from the first version and a fresh file have the same shape."""
    old = tmp_path / "old.ikt"
    driver = sqlite3.connect(old)
    first = schema.MIGRATIONS / "versions" / "0001_first.sql"
    driver.executescript(first.read_text("utf-8"))
    driver.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    driver.execute("INSERT INTO alembic_version VALUES ('0001')")
    driver.commit()
    driver.close()
    schema.migrate(old, 1)
    fresh = tmp_path / "fresh.ikt"
    schema.create(fresh)
    with sqlite3.connect(old) as one, sqlite3.connect(fresh) as other:
        assert shape(one) == shape(other)
        assert triggers.fit(one)
    one.close()
    other.close()


def test_an_old_file_is_migrated_and_undone_to_the_start_and_redone(tmp_path: Path) -> None:
    path = tmp_path / "study.ikt"
    old_file(path)
    old_bytes = path.read_bytes()
    project = Project.open(path)
    assert any("brought up to date" in warning for warning in project.warnings)
    (backup,) = tmp_path.glob("study before update*.ikt")
    assert len(backup.read_bytes()) == len(old_bytes)
    end = dump(path)
    assert project.safety.check().findings == ()
    undone = 0
    while project.history.next_undo() is not None:
        project.history.undo()
        undone += 1
    assert project.codes.all() == ()
    assert undone == 4
    for _ in range(undone):
        project.history.redo()
    assert dump(path) == end
    assert project.safety.check().findings == ()
    project.close()


def test_an_old_file_is_not_migrated_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "study.ikt"
    old_file(path)
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="older version"):
        Project.open(path, read_only=True)
    assert path.read_bytes() == before


def test_a_failing_migration_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "study.ikt"
    old_file(path)
    before = dump_old(path)
    monkeypatch.setattr(schema, "finish", lambda driver: 1 / 0)
    with pytest.raises(ProjectFileError, match="It is as it was"):
        Project.open(path)
    assert dump_old(path) == before


def dump_old(path: Path) -> list[str]:
    driver = sqlite3.connect(path)
    try:
        return list(driver.iterdump())
    finally:
        driver.close()


def test_every_table_names_its_class() -> None:
    """A table without a class would be neither journaled nor protected."""
    from ikt_coder.model import Base, table_class

    for table in Base.metadata.sorted_tables:
        table_class(table.name)
