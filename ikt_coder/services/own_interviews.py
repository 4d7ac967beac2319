"""A coder who is a participant too: the documents in which they speak themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.model import Coder, DocumentParticipant, Participant, Speaker

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def own_interviews(project: Project) -> frozenset[UUID]:
    """The documents of the participant who the present coder is; none where they are nobody."""
    person = _person(project)
    if person is None:
        return frozenset()
    read = project.connection.execute
    owned = select(DocumentParticipant.document_id).where(
        DocumentParticipant.participant_id == person
    )
    spoken = select(Speaker.document_id).where(Speaker.participant_id == person)
    return frozenset([*read(owned).scalars(), *read(spoken).scalars()])


def own_pseudonym(project: Project) -> str:
    """The pseudonym of the participant who the present coder is; empty where they are nobody."""
    person = _person(project)
    if person is None:
        return ""
    label = select(Participant.label).where(Participant.id == person)
    return project.connection.execute(label).scalar() or ""


def _person(project: Project) -> UUID | None:
    if project.coder is None:
        return None
    who = select(Coder.participant_id).where(Coder.id == project.coder)
    return project.connection.execute(who).scalar()
