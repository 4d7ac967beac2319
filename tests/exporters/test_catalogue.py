"""Choosing a format, and replacing a file whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ikt_coder.core.errors import UserError
from ikt_coder.core.table import Table
from ikt_coder.exporters import replacement
from ikt_coder.exporters.catalogue import FORMATS, TableFormat, format_of, write_tables
from tests.exporters.conftest import hard_table, long_table

formats = pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.ending)


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@formats
def test_every_format_writes_a_file_and_leaves_nothing_beside_it(
    kind: TableFormat, tmp_path: Path, themes: Table, empty: Table
) -> None:
    path = tmp_path / f"Thèmes du panel{kind.ending}"
    write_tables([themes, hard_table(), empty], path, "fr", "Cane et al. (2012).")
    assert path.stat().st_size > 500
    assert list(tmp_path.iterdir()) == [path]


@formats
def test_no_table_at_all_is_still_a_file(kind: TableFormat, tmp_path: Path) -> None:
    write_tables([], tmp_path / f"none{kind.ending}")
    write_tables([Table("No Columns", (), ())], tmp_path / f"no columns{kind.ending}")
    assert len(list(tmp_path.iterdir())) == 2


def test_the_ending_is_read_in_any_case() -> None:
    assert format_of(Path("A.Table.DOCX")).ending == ".docx"


@pytest.mark.parametrize("name", ["table.doc", "table", "table.exe", ".docx"])
def test_an_unknown_ending_is_refused_and_the_known_ones_named(
    name: str, tmp_path: Path, themes: Table
) -> None:
    with pytest.raises(UserError) as told:
        write_tables([themes], tmp_path / name)
    for kind in FORMATS:
        assert kind.ending in str(told.value)
    assert list(tmp_path.iterdir()) == []


@formats
def test_a_full_disk_leaves_the_old_file_as_it_was(
    kind: TableFormat, tmp_path: Path, themes: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"table{kind.ending}"
    path.write_bytes(b"old")
    monkeypatch.setattr(replacement.os, "fsync", full)
    with pytest.raises(UserError, match="no room left"):
        write_tables([themes], path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@formats
def test_a_disk_that_fills_up_halfway_is_a_plain_system_error(
    kind: TableFormat, themes: Table
) -> None:
    """What the writer's library raises reaches ``replacing`` as an OSError."""

    class SmallDisk(io.BytesIO):
        def write(self, data: object) -> int:
            full()
            return 0

    with pytest.raises(OSError) as told:
        kind.write([themes], SmallDisk(), "en", "")
    assert told.value.errno == errno.ENOSPC


def test_a_bug_in_a_writer_is_not_dressed_up_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "table.md"
    path.write_bytes(b"old")

    def write_halfway() -> None:
        with replacement.replacing(path) as stream:
            stream.write(b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_halfway()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_open_in_word_is_named_and_kept(
    tmp_path: Path, themes: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(b"old")

    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(replacement.os, "replace", locked)
    with pytest.raises(UserError, match="open in another program") as told:
        write_tables([themes], path)
    assert "table.docx" in told.value.what
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_read_only_folder_is_told(
    tmp_path: Path, themes: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(replacement.os, "open", refused)
    with pytest.raises(UserError, match="may not be written in the folder"):
        write_tables([themes], tmp_path / "table.csv")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_really_read_only_folder(tmp_path: Path, themes: Table) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError, match="may not be written"):
            write_tables([themes], tmp_path / "table.csv")
    finally:
        tmp_path.chmod(0o700)


def test_a_missing_folder_a_folder_and_a_name_too_long(tmp_path: Path, themes: Table) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_tables([themes], tmp_path / "nowhere" / "table.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        write_tables([themes], tmp_path / "folder.csv")
    with pytest.raises(UserError, match="too long"):
        write_tables([themes], tmp_path / f"{'x' * 300}.csv")


def test_a_write_protected_file_is_not_replaced(
    tmp_path: Path, themes: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(replacement.os, "access", lambda *_: False)
    with pytest.raises(UserError, match="cannot be replaced"):
        write_tables([themes], path)
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(tmp_path: Path, themes: Table) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "real.md")
    write_tables([themes], link)
    assert link.is_symlink()
    assert "Table 3" in (tmp_path / "real.md").read_text("utf-8")


def test_a_sheet_too_long_for_excel_points_to_csv(tmp_path: Path) -> None:
    table = long_table(1)
    table = replace(table, rows=table.rows * 1_048_577)
    with pytest.raises(UserError, match="csv"):
        write_tables([table], tmp_path / "codings.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_libraries_are_loaded_only_when_needed() -> None:
    code = (
        "import sys, ikt_coder.exporters.catalogue;"
        "print([m for m in ('docx', 'lxml', 'xlsxwriter') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
