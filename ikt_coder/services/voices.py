"""Who speaks in the kept texts, by the rules of ``attribution``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import Document, DocumentParticipant, Folder, Participant, Speaker
from ikt_coder.services.document_order import document_order
from ikt_coder.services.kept_texts import KeptText

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class Voice:
    """One who speaks in a document. ``person``: the participant whose words they are."""

    label: str | None
    role: SpeakerRole
    person: UUID | None


@frozen
class Listed:
    """A participant, as counts name them."""

    id: UUID
    label: str
    left_out: bool


class Voices:
    """Speakers and participants of the project, read once for one search or one count."""

    def __init__(self, project: Project) -> None:
        connection = project.connection
        self._speakers = {
            key: (label, SpeakerRole(role), person)
            for key, label, role, person in connection.execute(
                select(Speaker.id, Speaker.label, Speaker.role, Speaker.participant_id)
            ).all()
        }
        self.people = {
            key: Listed(key, label, left_out)
            for key, label, left_out in connection.execute(
                select(Participant.id, Participant.label, Participant.left_out).order_by(
                    Participant.position
                )
            ).all()
        }
        owners: dict[UUID, list[UUID]] = {}
        for document, person in connection.execute(
            select(DocumentParticipant.document_id, DocumentParticipant.participant_id)
        ).all():
            owners.setdefault(document, []).append(person)
        self._owner = {key: who[0] for key, who in owners.items() if len(who) == 1}

    def of(self, kept: KeptText) -> list[Voice]:
        """The voices of a text, as ``kept.who`` numbers them. The first is nobody by name:
        words in no turn, and turns of no named speaker."""
        owner = self._owner.get(kept.document)
        voices = []
        for key in kept.speakers:
            label, role, person = (
                (None, SpeakerRole.PARTICIPANT, None) if key is None else self._speakers[key]
            )
            if role is SpeakerRole.INTERVIEWER:
                person = None
            elif person is None and role is SpeakerRole.PARTICIPANT:
                person = owner
            voices.append(Voice(label, role, person))
        return voices


def turns_touched(kept: KeptText, start: int, end: int, first: int) -> list[int]:
    """The turns whose words a span touches; ``first`` is the first turn that ends behind
    ``start``. A label alone is nobody's words."""
    touched = []
    for n in range(first, len(kept.starts)):
        if kept.starts[n] >= end:
            break
        if not end <= kept.words[n] < kept.ends[n]:
            touched.append(n)
    return touched


def documents_within(
    project: Project, documents: Iterable[UUID] = (), folders: Iterable[UUID] = ()
) -> Sequence[UUID]:
    """The documents among these, and those that lie in these folders or below, in the order
    of the list; all where neither is given. Given both, a document must meet both."""
    order = document_order(project.connection)
    wanted, places = set(documents), set(folders)
    if wanted:
        order = tuple(key for key in order if key in wanted)
    if places:
        above = dict(project.connection.execute(select(Folder.id, Folder.parent_id)).all())
        lies = dict(project.connection.execute(select(Document.id, Document.folder_id)).all())

        def inside(folder: UUID | None) -> bool:
            while folder is not None:
                if folder in places:
                    return True
                folder = above.get(folder)
            return False

        order = tuple(key for key in order if inside(lies.get(key)))
    return order
