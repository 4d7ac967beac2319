"""Two coders at one desk, for the tests of undo and of going back."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.services.project import Project


def as_second(project: Project) -> UUID:
    """Let the second coder sit down; returns the first."""
    first = project.coder
    assert first is not None
    project.coders.switch(project.coders.find("Beni Kask").id)
    return first


def last_seq(project: Project) -> int:
    return project.history.all(limit=1)[0].seq
