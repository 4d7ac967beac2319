"""A small study coded with TDF, for tests of crosswalks, beliefs and recommendations."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from ikt_coder.core.words import DocumentStatus, Valence
from tests.studies import span_of, study


class CrosswalkStudy:
    """One talk of P01 and P02, with TDF v2 and COM-B in the project."""

    def __init__(self, path: Path) -> None:
        self.project, self.document = study(path)
        self.project.frameworks.add("tdf-v2")
        self.project.frameworks.add("com-b")
        self.project.documents.set_status(self.document, DocumentStatus.CODED)

    def code(self, name: str) -> UUID:
        """The code of a name: a framework's node, else one that is made now."""
        for row in self.project.codes.all(counted=False):
            if row.name == name and row.applicable:
                return row.id
        return self.project.codes.add(name)

    def coding(self, words: str, name: str, valence: Valence | None = None, **more: object) -> UUID:
        """Code some words."""
        span = span_of(self.project, self.document, words)
        return self.project.codings.apply(
            self.document,
            span,
            self.code(name),
            valence=valence,
            **more,  # type: ignore[arg-type]  # what a coding carries
        )

    def level(self, name: str) -> UUID:
        """A level of micro, meso, macro."""
        if not self.project.frameworks.levels():
            self.project.frameworks.add("levels-micro-meso-macro")
        return next(r.id for r in self.project.frameworks.levels() if r.name.startswith(name))
