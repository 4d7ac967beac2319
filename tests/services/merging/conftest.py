"""A project, and a plain copy of it in which somebody else works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.services.merging.copies import copied, project_with_codes


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Project]:
    project = project_with_codes(tmp_path / "here.ikt")
    yield project
    project.close()


@pytest.fixture
def there(here: Project, tmp_path: Path) -> Iterator[Project]:
    """A plain copy of it."""
    project = copied(here, tmp_path / "there.ikt")
    yield project
    project.close()
