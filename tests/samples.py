"""The sample project, loaded once in a process and then copied as a file."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from ikt_coder.services.project import Project
from ikt_coder.services.sample import load_sample

_loaded: list[tuple[bytes, UUID | None]] = []


def sample_project(path: Path) -> Project:
    """What ``load_sample`` leaves: a new file, open, the lead coder at the desk."""
    if not _loaded:
        project = load_sample(path)
        coder = project.coder
        project.close()
        _loaded.append((path.read_bytes(), coder))
        path.unlink()
    data, coder = _loaded[0]
    with path.open("xb") as file:
        file.write(data)
    project = Project.open(path)
    project.coder = coder
    return project
