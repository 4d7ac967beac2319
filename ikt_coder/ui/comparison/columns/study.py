"""What codes, levels, directions and coders are called, read once for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Approach, Valence
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, CoderRow, LevelRow
from ikt_coder.ui.codes.wording import valence_words


@frozen
class Study:
    """The names of a project; ``frozen`` names codes that the codebook no longer has."""

    codes: Mapping[UUID, CodeRow]
    frozen: Mapping[UUID, str]
    levels: Mapping[UUID, LevelRow]
    directions: Mapping[Valence, str]
    coders: Mapping[UUID, CoderRow]
    reflexive: bool
    actor: str = ""
    """The focal actor, of whom definitions speak."""

    def code_name(self, code: UUID) -> str:
        """A code's name now, else as it was called when the round was unsealed."""
        row = self.codes.get(code)
        return row.name if row is not None else self.frozen.get(code, "?")

    def coder_name(self, coder: UUID | None) -> str:
        row = self.coders.get(coder) if coder is not None else None
        return row.name if row is not None else ""

    def level_names(self, levels: Iterable[UUID]) -> list[str]:
        """In the order of their scheme."""
        rows = [self.levels[level] for level in levels if level in self.levels]
        return [row.name for row in sorted(rows, key=lambda row: (row.framework.int, row.position))]

    def direction(self, valence: Valence | None) -> str:
        """A direction as a sentence has it; the empty string where none is set."""
        return self.directions[valence].lower() if valence is not None else ""


def read_study(project: Project, version: UUID | None = None) -> Study:
    """Read the names; ``version`` is the codebook at the freeze."""
    frozen = {}
    if version is not None:
        frozen = {code.id: code.name for code in project.codebook_versions.content(version)}
    card = project.card.get()
    return Study(
        {row.id: row for row in project.codes.all()},
        frozen,
        {row.id: row for row in project.frameworks.levels()},
        valence_words(card.words),
        {row.id: row for row in project.coders.everyone()},
        card.approach is Approach.REFLEXIVE,
        card.focal_actor,
    )
