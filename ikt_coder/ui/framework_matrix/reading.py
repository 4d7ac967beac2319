"""What the page of framework matrices shows, read off the main thread."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.cases import CaseKind
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.framework_matrices.rows import MatrixGrid, MatrixRow, Topic
from ikt_coder.services.project import Project
from ikt_coder.ui.tasks import Progress


@frozen
class Start:
    """Columns a new matrix can begin with."""

    name: str
    topics: tuple[Topic, ...]


@frozen
class MatrixRead:
    """The matrices, the one that is shown, what a new one can start from, and every column
    there could be with its name and what stands above it."""

    matrices: tuple[MatrixRow, ...]
    grid: MatrixGrid | None
    starts: tuple[Start, ...]
    offered: tuple[tuple[Topic, str, str], ...]
    kinds: tuple[CaseKind, ...]


def read_matrix(project: Project, wanted: UUID | None, progress: Progress) -> MatrixRead:
    """Read the matrix that is wanted, or the first."""
    service = project.matrices
    matrices = service.all()
    progress.check()
    codes = [row for row in project.codes.all(counted=False) if row.applicable]
    themes = project.themes.all()
    starts = []
    for framework in project.frameworks.all():
        topics = service.topics_of_framework(framework.id)
        if framework.kind is FrameworkKind.CODEBOOK and topics:
            starts.append(Start(framework.name, topics))
    own = tuple(one for one in service.topics_of_codes() if one.code is not None)
    frameworks = {topic for start in starts for topic in start.topics}
    own = tuple(one for one in own if one not in frameworks)
    if own:
        starts.append(Start("", own))
    if topics := service.topics_of_themes():
        starts.append(Start("", topics))
    progress.check()
    offered = [(Topic(code=row.id), row.name, " › ".join(row.path[:-1])) for row in codes]
    names = {row.id: row.name for row in themes}
    offered += [
        (Topic(theme=row.id), row.name, names.get(row.parent, "") if row.parent else "")
        for row in themes
    ]
    kinds = [CaseKind.PARTICIPANT] if project.participants.all() else []
    kinds.append(CaseKind.DOCUMENT)
    if project.studies.all():
        kinds.append(CaseKind.STUDY)
    if project.participants.groups():
        kinds.append(CaseKind.GROUP)
    there = [row.id for row in matrices]
    key = wanted if wanted in there else next(iter(there), None)
    grid = service.read(key) if key is not None else None
    return MatrixRead(matrices, grid, tuple(starts), tuple(offered), tuple(kinds))
