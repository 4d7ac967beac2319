"""Participants: the people whose words are coded, by pseudonym."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Base, Entity, Mapped, TableClass, column, reference


class Participant(Entity):
    __tablename__ = "participant"
    label: Mapped[str]
    group_name: Mapped[str]
    consent: Mapped[str]
    left_out: Mapped[bool]
    note: Mapped[str]
    position: Mapped[int]


class DocumentParticipant(Entity):
    """Whose document it is; decides for turns that name no speaker. The id is derived."""

    __tablename__ = "document_participant"
    document_id: Mapped[UUID] = reference("document")
    participant_id: Mapped[UUID] = reference("participant")


class Tombstone(Base):
    """What remains of an erased participant: id, date, reason and counts, no words."""

    __tablename__ = "tombstone"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    participant: Mapped[UUID]
    at: Mapped[datetime]
    reason: Mapped[str]
    counts: Mapped[str]
