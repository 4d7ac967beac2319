"""The few numbers of one document, each counted as its label says."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.services.project import Project
from ikt_coder.services.rows import DocumentRow


@frozen
class Facts:
    """``coded`` is the share of the text's code points under at least one coding of the
    present coder; ``last_ms`` the last time in the recording that the text names; ``study`` the
    study it describes, with how many records that has."""

    row: DocumentRow
    coded: float
    codings: int
    last_ms: int | None
    study: str = ""


def facts_of(project: Project, document: UUID) -> Facts:
    """Read the numbers of a document. Raises NotFound."""
    row = project.documents.get(document)
    codings, covered = project.codings.covered(document)
    times = [mark.ms for mark in project.texts.layout(document)[0]]
    times += [t.start_ms for t in project.documents.turns(document) if t.start_ms is not None]
    study = project.studies.of_document(document)
    return Facts(
        row,
        covered / row.length if row.length else 0.0,
        codings,
        max(times) if times else None,
        "" if study is None else f"{study.name} ({study.n})" if study.n > 1 else study.name,
    )
