"""A small study at hand for each rule of the method."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.samples import sample_project
from tests.services.theme_tables import Desk
from tests.studies import study


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The sample project, to be read only."""
    project = sample_project(tmp_path_factory.mktemp("sample") / "sample.ikt")
    yield project
    project.close()
