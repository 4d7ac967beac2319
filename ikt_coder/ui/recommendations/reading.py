"""What the Recommendations page shows, read off the main thread."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.codebooks.catalogue import crosswalk
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Valence, WordPair
from ikt_coder.services.crosswalks.rows import CrosswalkRow
from ikt_coder.services.project import Project
from ikt_coder.services.recommendations.paths import WHEEL
from ikt_coder.services.recommendations.rows import (
    Criterion,
    Path,
    RecommendationRow,
    SolutionFramework,
    SubjectRow,
)
from ikt_coder.ui.tasks import Progress


@frozen
class RecommendationsRead:
    """One reading; ``path`` is that of the subject that is chosen."""

    valence: Valence
    subjects: tuple[SubjectRow, ...]
    path: Path | None
    kept: tuple[RecommendationRow, ...]
    solutions: tuple[SolutionFramework, ...]
    criteria: tuple[Criterion, ...]
    functions_by: CrosswalkRow
    """The crosswalk to intervention functions, whose source can be switched."""
    pair: WordPair
    coder: UUID | None

    def of(self, subject: SubjectRow | None) -> tuple[RecommendationRow, ...]:
        """What was kept for a subject."""
        if subject is None:
            return ()
        return tuple(row for row in self.kept if subject.key in (row.code, row.theme))


def read_recommendations(
    project: Project, valence: Valence, chosen: UUID | None, progress: Progress
) -> RecommendationsRead:
    """Read the subjects of a direction, and the path of the one chosen, else of the first."""
    paths = project.recommendations.paths(valence)
    progress.check()
    subjects = paths.subjects()
    subject = next((one for one in subjects if one.key == chosen), None)
    if subject is None and subjects:
        subject = subjects[0]
    return RecommendationsRead(
        valence,
        subjects,
        paths.path(subject) if subject is not None else None,
        project.recommendations.all(),
        project.recommendations.solutions(),
        project.recommendations.criteria(),
        project.crosswalks.row(crosswalk(COMPONENTS, WHEEL)),
        project.card.get().words,
        project.coder,
    )
