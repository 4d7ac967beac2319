"""Codings as the command line writes them, one document at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ikt_coder.services.codes import join_path
from ikt_coder.services.level_names import LevelNames
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodingRow

Record = dict[str, Any]


class CodingRecords:
    """Words codings in names: paths of codes, names of coders and levels."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._paths = {row.id: join_path(row.path) for row in project.codes.all()}
        self._coders = {row.id: row.name for row in project.coders.everyone()}
        self._levels = LevelNames(project)

    def all(self, coder: UUID | None) -> Iterator[Record]:
        """The codings of one coder or (None) of all, by document and place."""
        for document in self._project.documents.all():
            if not document.codings_all:
                continue
            text = self._project.texts.get(document.id)
            for row in self._project.codings.in_document(document.id, coder):
                yield self.record(row, document.title, text)

    def record(self, row: CodingRow, title: str, text: str) -> Record:
        return {
            "document": title,
            "start": row.span.start,
            "end": row.span.end,
            "text": text[row.span.start : row.span.end],
            "code": self._paths.get(row.code, ""),
            "coder": self._coders.get(row.coder, "") if row.coder else "Consensus",
            "valence": row.valence.value if row.valence else None,
            "strength": row.strength,
            "levels": self._levels.written(row.levels),
            "memo": row.memo,
            "created": row.created.isoformat(timespec="seconds"),
        }
