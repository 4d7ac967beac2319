"""The study of the numbers, on paper and as a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.numbers.ledger import Ledger, ledger
from tests.numbers.written import write

SEEDS = (1, 2)


@dataclass(frozen=True)
class Study:
    book: Ledger
    project: Project
    folder: Path


@pytest.fixture(scope="package", params=SEEDS, ids=lambda seed: f"study{seed}")
def numbers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Study]:
    """A study at random; read only, as several tests share it."""
    folder = tmp_path_factory.mktemp("numbers")
    book = ledger(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IKT_CODER_HOME", str(folder / "home"))
        project = write(book, folder / "Numbers.ikt")
        yield Study(book, project, folder)
        project.close()
