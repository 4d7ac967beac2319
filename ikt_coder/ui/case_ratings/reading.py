"""What the page of case ratings shows, read off the main thread."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.cases import CaseKind
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.case_ratings.comparing import Comparison
from ikt_coder.services.case_ratings.rows import RatingGrid
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.tasks import Progress


@frozen
class Asked:
    """What is to be shown: of which cases, which constructs (a framework, codes by hand, or
    those that were rated already), and by what groups are compared."""

    kind: CaseKind | None = None
    framework: UUID | None = None
    codes: tuple[UUID, ...] = ()
    by: str = ""


@frozen
class RatingsRead:
    """The grid, what else could be asked for, and the comparison."""

    asked: Asked
    grid: RatingGrid | None
    kinds: tuple[CaseKind, ...]
    frameworks: tuple[tuple[UUID, str], ...]
    codes: tuple[CodeRow, ...]
    compare_by: tuple[str, ...]
    comparison: Comparison | None


def read_ratings(project: Project, asked: Asked, progress: Progress) -> RatingsRead:
    """Read the grid that is asked for, or the one that lies nearest."""
    service = project.ratings
    codes = tuple(row for row in project.codes.all(counted=False) if row.applicable)
    used = {row.framework for row in codes}
    frameworks = tuple(
        (row.id, row.name)
        for row in project.frameworks.all()
        if row.kind is FrameworkKind.CODEBOOK and row.id in used
    )
    kinds = [CaseKind.PARTICIPANT] if project.participants.all() else []
    kinds.append(CaseKind.DOCUMENT)
    if project.studies.all():
        kinds.append(CaseKind.STUDY)
    if project.participants.groups():
        kinds.append(CaseKind.GROUP)
    progress.check()
    rated = {row.case.kind for row in service.all()}
    kind = asked.kind if asked.kind in kinds else None
    kind = kind or next((one for one in kinds if one in rated), kinds[0])
    there = {row.id for row in codes}
    by_hand = tuple(code for code in asked.codes if code in there)
    framework = asked.framework if asked.framework in {key for key, _ in frameworks} else None
    found = Asked(kind, framework, by_hand, asked.by)
    if framework is None and not by_hand and kind not in rated:
        return RatingsRead(found, None, tuple(kinds), frameworks, codes, (), None)
    grid = service.grid(kind, by_hand or None, framework=framework)
    progress.check()
    splittings = service.splittings(kind)
    by = next((one for one in splittings if one.name == asked.by), None)
    by = by or next(iter(splittings), None)
    comparison = service.compare(grid, by) if by is not None else None
    names = tuple(one.name for one in splittings)
    return RatingsRead(found, grid, tuple(kinds), frameworks, codes, names, comparison)
