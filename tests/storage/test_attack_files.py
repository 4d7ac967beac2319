"""Files under hard conditions: names, killed programs, full disks, leftovers, lost files."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed, ProjectFileError, ProjectInUse, UserError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from tests.storage.old_files import take_back
from tests.studies import add_talk, dump, study

posix = pytest.mark.skipif(os.name == "nt", reason="Windows does not let files be so")
linux = pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")


@pytest.mark.parametrize(
    "name",
    [
        "what? a # 100% study & more.ikt",
        "étude – 研究 😀 e\u0301.ikt",
        "  spaces  .ikt",
        "'quotes\" ; -- .ikt",
        "file:x?mode=memory.ikt",
        "%41%00.ikt",
        "n" * 230 + ".ikt",
        pytest.param(os.fsdecode(b"not \xff text.ikt"), marks=linux),
    ],
)
@posix
def test_a_project_may_have_any_name(tmp_path: Path, name: str) -> None:
    project, document = study(tmp_path / name)
    project.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    again = Project.open(tmp_path / name)
    assert again.documents.get(document).title == "Talk"
    again.safety.save_copy(tmp_path / "copy.ikt")
    reader = Project.open(tmp_path / name, read_only=True)
    assert reader.safety.check().sound
    reader.close()
    again.close()


@pytest.mark.parametrize("name", ["n" * 250 + ".ikt", "n" * 300 + ".ikt"])
def test_a_name_that_is_too_long_makes_no_project(tmp_path: Path, name: str) -> None:
    """SQLite's own file beside the project has a longer name still."""
    with pytest.raises(ProjectFileError, match="No project could be made"):
        Project.create(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_folder_and_a_pipe_are_no_project(tmp_path: Path) -> None:
    (tmp_path / "folder.ikt").mkdir()
    os.mkfifo(tmp_path / "pipe.ikt")
    for name in ("folder.ikt", "pipe.ikt"):
        with pytest.raises(ProjectFileError, match="cannot be read"):
            Project.open(tmp_path / name)


def killed(statement: str, path: Path) -> None:
    """Run a program that dies at once in the middle of something."""
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from ikt_coder.services.project import Project\n"
        "from ikt_coder.storage import schema, operation, project_file\n"
        f"path = Path(sys.argv[1])\n{statement}\nos._exit(3)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], check=False, capture_output=True
    )
    assert done.returncode == 9, done.stderr


def test_a_program_killed_while_making_a_project_leaves_none(tmp_path: Path) -> None:
    path = tmp_path / "study.ikt"
    killed("schema.finish = lambda driver: os._exit(9)\nProject.create(path)", path)
    assert not path.exists()
    project, _ = study(path)
    assert project.safety.check().sound
    project.close()
    assert [one.name for one in tmp_path.iterdir()] == ["study.ikt"]


def test_a_program_killed_before_the_card_is_written_leaves_a_whole_project(tmp_path: Path) -> None:
    path = tmp_path / "study.ikt"
    killed("Project._begin = lambda self, name: os._exit(9)\nProject.create(path)", path)
    project = Project.open(path)
    assert project.card.get().name == "study"
    add_talk(project)
    assert project.safety.check().sound
    project.close()


def test_a_program_killed_while_updating_leaves_the_old_file(tmp_path: Path) -> None:
    """What it left beside the file must not get into the next try."""
    path = tmp_path / "study.ikt"
    project, _ = study(path)
    project.close()
    kept = dump(path)
    take_back(path)
    killed("schema.finish = lambda driver: os._exit(9)\nProject.open(path)", path)
    work = tmp_path / "study being updated.ikt"
    assert work.exists()
    work.with_name(work.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9" * 300)
    again = Project.open(path)
    assert again.safety.check().sound
    again.close()
    assert dump(path) == kept
    assert not work.exists()
    assert not list(tmp_path.glob("*-journal"))


@posix
def test_an_older_project_behind_a_link_is_updated_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = tmp_path / "real" / "study.ikt"
    project, _ = study(path)
    project.close()
    take_back(path)
    link = tmp_path / "link.ikt"
    link.symlink_to(path)
    again = Project.open(link)
    with pytest.raises(ProjectInUse):
        Project.open(path)
    again.codes.add("Trust")
    again.close()
    assert link.is_symlink()
    direct = Project.open(path)
    assert [row.name for row in direct.codes.all()] == ["Trust"]
    direct.close()


def left_in_the_middle(source: Path, target: Path) -> None:
    """Copy a project with its journal while an act has written half of its pages."""
    driver = sqlite3.connect(source, isolation_level=None)
    driver.execute("PRAGMA journal_mode = DELETE")
    driver.execute("PRAGMA cache_size = 5")
    driver.execute("BEGIN IMMEDIATE")
    driver.execute("INSERT INTO door(op) SELECT max(seq) + 1 FROM operation")
    driver.execute("UPDATE document_text SET text = 'gone' || hex(zeroblob(200000))")
    driver.execute("UPDATE document SET title = 'gone'")
    shutil.copy(source, target)
    shutil.copy(f"{source}-journal", f"{target}-journal")
    driver.execute("ROLLBACK")
    driver.close()


def test_an_act_left_in_the_middle_is_taken_back_at_the_next_opening(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    project.close()
    kept = dump(project.path)
    copy = tmp_path / "copy.ikt"
    left_in_the_middle(project.path, copy)
    with pytest.raises(UserError, match="in the middle of an act"):
        Project.open(copy, read_only=True)
    again = Project.open(copy)
    assert any("not closed properly" in warning for warning in again.warnings)
    assert again.documents.get(document).title == "Talk"
    assert again.safety.check().sound
    again.close()
    assert dump(copy) == kept
    assert not (tmp_path / "copy.ikt-journal").exists()


def test_an_older_project_left_in_the_middle_is_taken_back_and_updated(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    kept = dump(project.path)
    take_back(project.path)
    copy = tmp_path / "copy.ikt"
    left_in_the_middle(project.path, copy)
    again = Project.open(copy)
    assert again.safety.check().sound
    again.close()
    assert dump(copy) == kept


def test_a_copy_takes_no_foreign_journal_with_it(tmp_path: Path) -> None:
    """The journal of a file that lay there before would be played into the copy."""
    project, document = study(tmp_path / "study.ikt")
    project.close()
    left_in_the_middle(project.path, tmp_path / "copy.ikt")
    project = Project.open(project.path)
    project.documents.rename(document, "Newer")
    kept = dump(project.path)
    project.safety.save_copy(tmp_path / "copy.ikt")
    project.close()
    assert dump(tmp_path / "copy.ikt") == kept


@posix
def test_two_names_of_one_file_are_one_project(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    os.link(project.path, tmp_path / "second.ikt")
    (tmp_path / "third.ikt").symlink_to(project.path)
    for name in ("study.ikt", "second.ikt", "third.ikt"):
        with pytest.raises(ProjectInUse):
            Project.open(tmp_path / name)
    project.close()
    again = Project.open(tmp_path / "second.ikt")
    again.close()


@posix
@pytest.mark.parametrize("how", ["renamed", "deleted"])
def test_a_file_that_is_moved_while_open_takes_no_act_in_silence(tmp_path: Path, how: str) -> None:
    """An act written to a file that has no name any more would be lost."""
    project, _ = study(tmp_path / "study.ikt")
    project.codes.add("Before")
    moved = tmp_path / "moved.ikt"
    if how == "renamed":
        project.path.rename(moved)
    else:
        project.path.unlink()
    with pytest.raises(ProjectFileError, match="moved, renamed or deleted"):
        project.codes.add("After")
    assert [row.name for row in project.codes.all()] == ["Before"]
    if how == "renamed":
        with pytest.raises(ProjectInUse):
            Project.open(moved)
        moved.rename(project.path)
        project.codes.add("Again")
        project.path.rename(moved)
    project.close()
    if how == "renamed":
        again = Project.open(moved)
        assert [row.name for row in again.codes.all()] == ["Before", "Again"]
        again.close()


def test_a_damaged_file_is_refused_every_time(tmp_path: Path) -> None:
    """A refused opening must not wipe the mark of the unclean close that led to the look."""
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    killed("Project.open(path); os._exit(9)", project.path)
    content = bytearray(project.path.read_bytes())
    for start in range(4096 * 6, len(content) - 4096, 4096 * 2):
        content[start : start + 400] = b"\xa5" * 400
    project.path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(ProjectFileError, match="damaged"):
            Project.open(project.path)
    assert project.path.read_bytes() == content


@posix
def test_a_project_on_a_read_only_medium_is_read(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    project.close()
    project.path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        reader = Project.open(project.path, read_only=True)
        assert reader.documents.get(document).title == "Talk"
        assert reader.safety.check().sound
        with pytest.raises(NotAllowed):
            reader.codes.add("Trust")
        reader.close()
        if not os.access(project.path, os.W_OK):  # root may write anywhere
            with pytest.raises(ProjectFileError, match="cannot be written"):
                Project.open(project.path)
    finally:
        tmp_path.chmod(0o755)


def test_a_disk_full_at_any_write_loses_only_the_act_under_way(tmp_path: Path) -> None:
    """A scenario of acts, each tried with ever so little room until it fits."""
    project, document = study(tmp_path / "study.ikt")
    driver = project.file.connections.raw()
    text = "Interviewer: Why?\nP01: " + "She phoned me before. " * 2000
    code = project.codes.add("Trust")
    acts: list[Callable[[], object]] = [
        lambda: add_talk(project, text, "Long"),
        lambda: project.codings.apply(document, Span(10, 30), code),
        lambda: project.memos.add("word " * 9000, document=document),
        lambda: project.frameworks.add("tdf-v2"),
        lambda: project.documents.mend(document, [TextEdit(0, "", "x" * 20_000)]),
        lambda: project.documents.delete(document),
        project.history.undo,
        lambda: project.history.go_back_to(project.history.all(limit=4)[-1].seq),
    ]
    refused = 0
    for act in acts:
        kept = dump(project.path)
        (pages,) = driver.execute("PRAGMA page_count").fetchone()
        for room in (*range(8), 12, 16, 24, 32, 64, 128, 1_000_000):
            driver.execute(f"PRAGMA max_page_count = {pages + room}")
            try:
                act()
            except ProjectFileError as error:
                refused += 1
                assert "disk is full" in error.what  # noqa: PT017 - how often is not known
                assert not driver.in_transaction
                assert dump(project.path) == kept
            else:
                break
        driver.execute("PRAGMA max_page_count = 1000000")
    assert refused > len(acts)
    assert project.safety.check().sound
    project.close()


def test_a_project_in_another_journal_mode_is_brought_back(tmp_path: Path) -> None:
    """Another tool may have switched the file to a write-ahead log."""
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    tool = sqlite3.connect(project.path)
    tool.execute("PRAGMA journal_mode = WAL")
    tool.execute("CREATE TABLE other(x)")
    tool.execute("DROP TABLE other")
    tool.commit()
    tool.close()
    again = Project.open(project.path)
    again.codes.add("Trust")
    (mode,) = again.file.connections.raw().execute("PRAGMA journal_mode").fetchone()
    assert mode == "delete"
    again.close()
    assert [path.name for path in tmp_path.iterdir()] == ["study.ikt"]


def test_stale_parts_of_an_earlier_try_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "study.ikt"
    path.with_name("study.ikt.part").write_bytes(b"half")
    path.with_name("study.ikt.part-journal").write_bytes(b"\xd9\xd5\x05\xf9" * 300)
    schema.create(path)
    assert [one.name for one in tmp_path.iterdir()] == ["study.ikt"]
    project = Project.open(path)
    assert project.safety.check().sound
    project.close()
