"""Opening the project that a command names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ikt_coder.cli.output import say
from ikt_coder.core.errors import NotFound, ProjectFileError
from ikt_coder.services.project import Project


@contextmanager
def reading(path: Path) -> Iterator[Project]:
    """A project for reading: a window that has it open is not disturbed.

    One of an older version is opened for writing, which brings it up to date. Who types a
    command does not say who they are, so that of sealed documents nobody's codings are shown;
    standard error says so.
    """
    try:
        project = Project.open(path, read_only=True)
    except ProjectFileError:
        project = Project.open(path)  # says itself what is wrong, if it is not the version
    if project.sealing.rounds:
        project.coder = None
        say(project.sight.sealed_note())
    yield from _held(project)


@contextmanager
def writing(path: Path) -> Iterator[Project]:
    """A project for writing. Raises ProjectInUse where a window has it open.

    Where several coders of a sealed round share the file, nobody is taken for the one who wrote
    last: acts that need a coder name them.
    """
    project = Project.open(path)
    if project.sealing.shared():
        project.coder = None
    yield from _held(project)


def sit_down(project: Project, coder: str) -> None:
    """Let a coder of this name, initials or id be the present one; a new name is added.
    An empty name leaves things as they are."""
    if not coder.strip():
        return
    try:
        found = project.coders.find(coder).id
    except NotFound:
        found = project.coders.add(coder)
    project.coders.switch(found)


def _held(project: Project) -> Iterator[Project]:
    try:
        say(*project.warnings)
        yield project
    finally:
        project.close()
