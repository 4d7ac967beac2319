"""The folders in which dialogs that ask for a file begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from ikt_coder import paths
from ikt_coder.ui.file_places import documents_folder, folder_beside


def test_what_is_made_from_a_project_goes_beside_it(tmp_path: Path) -> None:
    assert folder_beside(tmp_path / "Study.ikt") == tmp_path


def test_what_is_made_from_the_sample_goes_to_the_documents() -> None:
    sample = paths.user_data_dir() / "sample" / "Sample.ikt"
    assert folder_beside(sample) == documents_folder()


@pytest.mark.parametrize("found", ["", "documents", "gone"])
def test_documents_are_there(found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "documents").mkdir()
    name = str(tmp_path / found) if found else ""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: name)
    assert documents_folder() == (Path(name) if found == "documents" else Path.home())
