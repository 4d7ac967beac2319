"""A table of some documents, groups of participants or answers: what counts, and N."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.span import Span
from ikt_coder.model import Document
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.document_order import document_order
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.theme_table_options import ThemeTableOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class Narrowing:
    """The documents, participants and answers a table is about; None stands for all of them.

    Questions change what is counted, not N: whoever takes part in a document marked coded could
    have answered.
    """

    def __init__(
        self, project: Project, attribution: Attribution, options: ThemeTableOptions
    ) -> None:
        self._project = project
        self._attribution = attribution
        self.groups = tuple(sorted(options.groups))
        self.documents: frozenset[UUID] | None = None
        if options.documents or options.folders:
            self.documents = options.documents | _in_folders(project, options.folders)
        self.people: frozenset[UUID] | None = None
        if options.groups:
            self.people = frozenset(
                person.id for person in attribution.people.values() if person.group in self.groups
            )
        self.questions: tuple[str, ...] | None = None
        self._asked = options.questions
        if options.questions:
            rows = project.guide.all()
            self.questions = tuple(row.name for row in rows if row.id in options.questions)
            self._answers = project.guide.answers()

    def answers(self, document: UUID, span: Span) -> bool:
        """Whether words stand in an answer to one of the questions, where some were chosen."""
        return not self._asked or not self._asked.isdisjoint(self._answers.of(document, span))

    def keeps(self, document: UUID, people: AbstractSet[UUID]) -> bool:
        """Whether words of these people in this document are in the table."""
        if self.documents is not None and document not in self.documents:
            return False
        return self.people is None or bool(self.people & people)

    def info(self, whole: LayerInfo) -> LayerInfo:
        """The layer of what is kept; N is its participants in documents marked coded."""
        names = {coder.id: coder.name for coder in self._project.coders.everyone()}
        sources = []
        people: dict[UUID, None] = {}
        pending: dict[UUID, None] = {}
        left_out: set[UUID] = set()
        for key in document_order(self._project.connection):
            if self.documents is None or key in self.documents:
                everyone = self._attribution.of_document(key)
                left_out.update(set(everyone) - set(self._attribution.counted(everyone)))
        for source in whole.sources:
            counted = [
                one
                for one in self._attribution.counted(self._attribution.of_document(source.document))
                if self.people is None or one in self.people
            ]
            if not self.keeps(source.document, set(counted)):
                continue
            sources.append(source)
            if source.coded:
                people.update(dict.fromkeys(counted))
            elif source.layer is not None:
                pending.update(dict.fromkeys(counted))
        leads = dict.fromkeys(names[one.coder] for one in sources if one.coder in names)
        return LayerInfo(
            tuple(sources),
            tuple(leads),
            tuple(people),
            whole.left_out,
            tuple(one for one in pending if one not in people),
            sum(self.people is None or one in self.people for one in left_out),
        )


def _in_folders(project: Project, folders: frozenset[UUID]) -> frozenset[UUID]:
    """The documents of some folders and of those below them."""
    wanted = set(folders)
    rows = project.folders.all()
    while grown := {row.id for row in rows if row.parent in wanted} - wanted:
        wanted |= grown
    found = project.connection.execute(
        select(Document.id).where(Document.folder_id.in_(wanted))
    ).scalars()
    return frozenset(found)
