"""The program's own files and the user's folders."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ikt_coder import paths
from ikt_coder.core.errors import UserError

FOLDERS = [
    paths.user_data_dir,
    paths.user_config_dir,
    paths.user_log_dir,
    paths.locks_dir,
    paths.backups_dir,
]


@pytest.mark.parametrize("folder", FOLDERS)
def test_user_folders_are_made_under_the_named_home(
    folder: Callable[[], Path], own_user_folders: Path
) -> None:
    made = folder()
    assert made.is_dir()
    assert own_user_folders in made.parents


def test_user_folders_differ() -> None:
    assert len({folder() for folder in FOLDERS}) == len(FOLDERS)


def test_without_a_named_home_the_platform_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("IKT_CODER_HOME")
    monkeypatch.setattr(
        "platformdirs.user_config_path", lambda name, appauthor: tmp_path / "config" / name
    )
    assert paths.user_config_dir() == tmp_path / "config" / "ikt-coder"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are shown so on POSIX only")
def test_backups_are_for_this_user_only() -> None:
    assert paths.backups_dir().stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_a_known_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    monkeypatch.setenv("IKT_CODER_HOME", str(tmp_path / "taken"))
    with pytest.raises(UserError, match="IKT_CODER_HOME"):
        paths.user_data_dir()


def in_checkout(root: Path) -> Path:
    return root / "resources"


def in_wheel(root: Path) -> Path:
    return root / "ikt_coder" / "_resources"


@pytest.mark.parametrize("place", [in_checkout, in_wheel])
def test_a_resource_is_found_in_a_checkout_and_in_a_wheel(
    place: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "ikt_coder")
    icon = place(tmp_path) / "icons" / "code.svg"
    icon.parent.mkdir(parents=True)
    icon.write_text("<svg/>")
    assert paths.resource("icons/code.svg") == icon


@pytest.mark.parametrize("place", ["docs/guide", "ikt_coder/_guide"])
def test_the_guide_is_found_in_a_checkout_and_in_a_wheel(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "ikt_coder")
    chapter = tmp_path / place / "README.md"
    chapter.parent.mkdir(parents=True)
    chapter.write_text("# The guide")
    assert paths.guide("README.md") == chapter
    with pytest.raises(ValueError, match="inside"):
        paths.guide("../README.md")


def test_an_installed_package_ignores_a_strangers_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "ikt_coder")
    (tmp_path / "ikt_coder" / "_resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "notes").write_text("somebody else's")
    with pytest.raises(FileNotFoundError, match="notes"):
        paths.resource("notes")


def test_a_resource_is_found_in_a_frozen_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ikt_coder" / "_resources" / "icons").mkdir(parents=True)
    (tmp_path / "ikt_coder" / "_guide" / "pictures").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("icons") == tmp_path / "ikt_coder" / "_resources" / "icons"
    assert paths.guide("pictures") == tmp_path / "ikt_coder" / "_guide" / "pictures"


@pytest.mark.parametrize("name", ["../pyproject.toml", "icons/../../secret", "/etc/hostname"])
def test_a_resource_never_leads_outside(name: str) -> None:
    with pytest.raises(ValueError, match="inside the resources"):
        paths.resource(name)
