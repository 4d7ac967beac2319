"""Opening a project file keeps foreign, newer, damaged and doubly opened ones out."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed, ProjectFileError, ProjectInUse
from ikt_coder.core.ops import Op
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from tests.studies import dump, study


def test_a_second_window_is_told_and_may_read(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    with pytest.raises(ProjectInUse):
        Project.open(project.path)
    reader = Project.open(project.path, read_only=True)
    assert reader.documents.get(document).title == "Talk"
    with pytest.raises(NotAllowed, match="reading only"):
        reader.codes.add("Trust")
    reader.close()
    project.close()
    Project.open(project.path).close()


def test_the_lock_falls_with_a_killed_process(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    script = (
        "import os, sys; from pathlib import Path; from ikt_coder.services.project import Project;"
        "Project.open(Path(sys.argv[1])); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(project.path)], check=False)
    again = Project.open(project.path)
    assert any("not closed properly" in warning for warning in again.warnings)
    again.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x00\xff\x13" * 5000, "not an IKT Coder project"),
        (b"PK\x03\x04 some zip", "not an IKT Coder project"),
    ],
)
def test_what_is_no_project_is_refused_and_left_alone(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "study.ikt"
    path.write_bytes(content)
    with pytest.raises(ProjectFileError, match=words):
        Project.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.ikt"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE notes(text)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="another program"):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(ProjectFileError, match="newer version"):
        Project.open(project.path)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    whole = project.path.read_bytes()
    project.path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(ProjectFileError, match="cut short"):
        Project.open(project.path)
    assert len(project.path.read_bytes()) == len(whole) * 2 // 3


def test_a_folder_that_is_not_there_makes_no_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError):
        Project.create(tmp_path / "nowhere" / "study.ikt")
    (tmp_path / "study.ikt").write_text("mine")
    with pytest.raises(ProjectFileError, match="there already"):
        Project.create(tmp_path / "study.ikt")
    assert (tmp_path / "study.ikt").read_text() == "mine"


def test_a_full_disk_loses_only_the_act_under_way(tmp_path: Path) -> None:
    """SQLite's page limit stands for a full disk: the same error, the same rollback."""
    project, document = study(tmp_path / "study.ikt")
    kept = dump(project.path)
    driver = project.file.connections.raw()
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectFileError, match="disk is full"):
        project.memos.add("long words " * 5000, document=document)
    assert dump(project.path) == kept
    driver.execute("PRAGMA max_page_count = 1000000")
    project.memos.add("short", document=document)
    assert project.safety.check().sound
    project.close()


def test_another_tool_cannot_write_outside_an_operation(tmp_path: Path) -> None:
    """The database itself refuses: insert, change, delete, and the journal's own rows."""
    project, _ = study(tmp_path / "study.ikt")
    project.codes.add("Trust")
    project.close()
    tool = sqlite3.connect(project.path)
    for statement in (
        "UPDATE code SET name = 'Mistrust'",
        "DELETE FROM document",
        "INSERT INTO folder(id, name, position) VALUES (x'00', 'x', 0)",
        "DELETE FROM journal",
        "UPDATE operation SET kind = 'x'",
        "DELETE FROM operation",
    ):
        with pytest.raises(sqlite3.DatabaseError):
            tool.execute(statement)
    tool.close()


def test_changed_triggers_are_noticed_and_put_right(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    tool = sqlite3.connect(project.path)
    tool.execute("DROP TRIGGER ikt_code_i")
    tool.execute("CREATE TRIGGER spy AFTER INSERT ON code BEGIN DELETE FROM folder; END")
    tool.commit()
    tool.close()
    project = Project.open(project.path)
    assert any("inner rules" in warning for warning in project.warnings)
    project.codes.add("Trust")
    assert project.safety.check().sound
    project.close()


def test_another_computer_is_named(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    tool = sqlite3.connect(project.path)
    tool.execute("INSERT INTO presence(host, since) VALUES ('elsewhere', 0)")
    tool.commit()
    tool.close()
    project = Project.open(project.path)
    assert any("elsewhere" in warning for warning in project.warnings)
    project.close()


def test_a_synchronised_folder_is_warned_about(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    project, _ = study(tmp_path / "Dropbox" / "study.ikt")
    assert any("synchronised" in warning for warning in project.warnings)
    project.close()


def test_an_act_that_changed_nothing_leaves_no_trace(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    before = len(project.history.all())
    with project.operation(Op.CHANGE_CARD):
        pass
    assert len(project.history.all()) == before
    project.close()


def test_a_failing_act_is_rolled_back_whole(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    kept = dump(project.path)

    def fail() -> None:
        with project.operation(Op.ADD_CODE):
            project.codes.add("Trust")
            project.documents.rename(document, "Other")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dump(project.path) == kept
    assert not project.file.door.open
    project.close()
