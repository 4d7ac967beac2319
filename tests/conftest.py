"""Fixtures for all tests."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import quick_files

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadlines: a busy machine is no fault. Continuous integration tries the same examples each
# time, so that a change is judged by itself; everywhere else new ones are tried.
hypothesis.settings.register_profile(
    "project", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True
)
hypothesis.settings.load_profile("project")

quick_files.install()


def pytest_collection_finish() -> None:
    """What was collected stays to the end; garbage is not looked for in it again and again."""
    gc.collect()
    gc.freeze()


SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files beside the checkout; a fresh clone does without."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real transcripts is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def _users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders of users, each new, numbered here: pytest would read all there are for each."""
    users = tmp_path_factory.mktemp("users")
    return (users / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_user_folders(_users: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own settings, locks and backups."""
    folder = next(_users)
    folder.mkdir()
    monkeypatch.setenv("IKT_CODER_HOME", str(folder))
    return folder
