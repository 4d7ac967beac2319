"""What the page of belief statements shows, read off the main thread."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import WordPair
from ikt_coder.services.beliefs import BeliefRow, DomainRelevance
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.ui.tasks import Progress

_LONGEST = 200


@frozen
class Evidence:
    """A coding that stands, or could stand, under a statement."""

    coding: CodingRow
    words: str
    who: str
    title: str


@frozen
class BeliefsRead:
    """One reading of the project. ``domains`` are the codes a statement can be about, those
    with codings first; ``passages`` every coding of the layer by its code; ``words`` those of
    the statements, by coding."""

    beliefs: tuple[BeliefRow, ...]
    relevance: tuple[DomainRelevance, ...]
    domains: tuple[CodeRow, ...]
    passages: dict[UUID, tuple[Evidence, ...]]
    pair: WordPair
    note: str

    def evidence(self, codings: tuple[UUID, ...]) -> tuple[Evidence, ...]:
        """The passages of some codings, in document order."""
        wanted = set(codings)
        return tuple(
            one for some in self.passages.values() for one in some if one.coding.id in wanted
        )


def read_beliefs(project: Project, progress: Progress) -> BeliefsRead:
    """Read statements, relevance and what could be put under a statement."""
    from ikt_coder.services.belief_reports import layer_note

    counts = ThemeCounts(project, whole_layer=True)
    progress.check()
    codes = [row for row in project.codes.all(counted=False) if row.applicable]
    titles = {source.document: source.title for source in counts.info.sources}
    people = counts.attribution.people
    texts = project.texts.many({row.document for row in counts.layer})
    passages: dict[UUID, list[Evidence]] = {}
    for row in counts.layer:
        said = texts.get(row.document, "")[row.span.start : row.span.end]
        words = " ".join(said[: 2 * _LONGEST].split())
        if len(words) > _LONGEST:
            words = f"{words[:_LONGEST].rstrip()} …"
        who = ", ".join(sorted(people[key].label for key in counts.people(row)))
        passages.setdefault(row.code, []).append(Evidence(row, words, who, titles[row.document]))
    progress.check()
    codes.sort(key=lambda row: row.id not in passages)
    return BeliefsRead(
        project.beliefs.all(counts),
        project.beliefs.relevance(counts),
        tuple(codes),
        {key: tuple(some) for key, some in passages.items()},
        project.card.get().words,
        " ".join(layer_note(counts, date.today())),
    )
