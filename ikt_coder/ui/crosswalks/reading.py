"""What the Crosswalks page shows, read off the main thread."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Whose
from ikt_coder.services.crosswalks.links import Links
from ikt_coder.services.crosswalks.rows import (
    CodeLinkRow,
    CrosswalkCount,
    CrosswalkRow,
    TargetGroup,
    UndecidedRow,
)
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, LevelRow
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.ui.tasks import Progress

_LONGEST = 160


@frozen
class Waiting:
    """A coding that waits, with the beginning of its words."""

    row: UndecidedRow
    words: str

    @property
    def key(self) -> UUID:
        return self.row.coding.id


@frozen
class CrosswalksRead:
    """One reading of the project; ``target`` is the framework it is about, ``count`` None where
    it was not asked for."""

    groups: tuple[TargetGroup, ...]
    target: str
    links: Links
    waiting: tuple[Waiting, ...]
    count: CrosswalkCount | None
    crosswalks: tuple[CrosswalkRow, ...]
    drawn: tuple[CodeLinkRow, ...]
    codes: tuple[CodeRow, ...]
    levels: tuple[LevelRow, ...]
    note: str


def read_crosswalks(
    project: Project, target: str, whose: Whose, *, counted: bool, progress: Progress
) -> CrosswalksRead:
    """Read what is shown; another framework is taken where nothing leads to ``target``. What
    waits is there ten times sooner than the counts of a large study (``counted``)."""
    links = project.crosswalks.reading()
    groups = links.groups()
    if groups and target not in {group.key for group in groups}:
        target = groups[0].key
    waiting: tuple[UndecidedRow, ...] = ()
    count = None
    note = ""
    if groups:
        waiting = project.crosswalks.undecided(target, whose)
        progress.check()
    if groups and counted:
        counts = ThemeCounts(project, whole_layer=True)
        progress.check()
        count = project.crosswalks.count(target, counts)
        note = _note(count, links, counts)
    texts = project.texts.many({row.coding.document for row in waiting})
    return CrosswalksRead(
        groups,
        target,
        links,
        tuple(Waiting(row, _words(texts.get(row.coding.document, ""), row)) for row in waiting),
        count,
        project.crosswalks.all(),
        project.crosswalks.links(),
        project.codes.all(counted=False),
        project.frameworks.levels(),
        note,
    )


def _words(text: str, row: UndecidedRow) -> str:
    said = " ".join(text[row.coding.span.start : row.coding.span.end].split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()} …"


def _note(count: CrosswalkCount, links: Links, counts: ThemeCounts) -> str:
    # Tables are loaded where somebody looks at one.
    from ikt_coder.services.crosswalks.tables import note_sentences, sources_of

    general = " ".join(note_sentences([count], counts, date.today()))
    return "\n".join((general, *sources_of(links, [count.group.key])))
