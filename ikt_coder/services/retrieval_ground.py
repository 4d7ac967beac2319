"""What every retrieval stands on: turns, people, documents and coders, kept between two."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.model import Document
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.document_order import document_order
from ikt_coder.services.interview_guide.answers import Answers
from ikt_coder.services.kept_reading import KeptReading

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_TABLES = (
    "coder",
    "document",
    "document_edit",
    "document_participant",
    "folder",
    "guide_question",
    "participant",
    "question_turn",
    "speaker",
    "turn",
)

_FEW = 3  # documents


class Ground:
    """Read once and asked by many retrievals; turns of some documents only where they are
    given."""

    def __init__(self, project: Project, documents: Iterable[UUID] | None = None) -> None:
        documents = None if documents is None else tuple(documents)
        self.attribution = Attribution(project, documents)
        connection = project.connection
        rows = {
            row.id: row
            for row in connection.execute(
                select(Document.id, Document.title, Document.folder_id)
            ).all()
        }
        order = [key for key in document_order(connection) if key in rows]
        self.titles: dict[UUID, str] = {key: rows[key].title for key in order}
        self.folders: dict[UUID, UUID | None] = {key: rows[key].folder_id for key in order}
        self.place: dict[UUID, int] = {key: at for at, key in enumerate(order)}
        self.coders = {coder.id: coder for coder in project.coders.everyone()}
        self._project = project
        self._documents = documents
        self.anybody_left_out = any(p.left_out for p in self.attribution.people.values())

    @cached_property
    def answers(self) -> Answers:
        """Which question of the interview guide passages answer; read when it is first asked."""
        return Answers(self._project, self._documents)


class GroundKeeper:
    """Keeps the newest ground until an act touches what it was read from."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._whole = KeptReading(project, _TABLES, lambda: Ground(project), first=False)

    def get(self, documents: Collection[UUID] | None = None) -> Ground:
        """The ground of the whole project. For a few ``documents``, where it is not there, one
        of these alone: that of a large project takes a third of a second."""
        if documents is not None:
            # What an act under way has written may still be rolled back, and is not kept.
            if self._project.file.door.writing_here:
                return Ground(self._project, documents)
            if self._whole.kept is None and len(documents) <= _FEW:
                return Ground(self._project, documents)
        return self._whole.get()


_MANY = 50_000  # objects


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let no garbage be collected while tens of thousands of rows are made that all stay:
    looking through them again and again would take as long as making them.

    Where they are many, they are left out of every later search for garbage too: one search of
    a million objects holds all threads up for a second. They refer to nothing that refers back
    and go when nobody holds them any more.
    """
    if not gc.isenabled():
        yield
        return
    before = gc.get_count()[0]
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] - before > _MANY:
            gc.freeze()
        gc.enable()
