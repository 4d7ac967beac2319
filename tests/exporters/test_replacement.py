"""A file is replaced whole or not at all, and a fault of the program is told as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.exporters.replacement import replacing


def test_a_missing_part_of_a_writer_is_no_missing_folder(tmp_path: Path) -> None:
    """A template that an installation lacks is a fault of the program and told as one."""
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "table.docx"):
        (tmp_path / "template.docx").read_bytes()
    assert list(tmp_path.iterdir()) == []
