"""Who codes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class Coder(Entity):
    """``participant_id`` is set where the coder is a participant too: a partner who was
    interviewed does not get their own interview to code."""

    __tablename__ = "coder"
    name: Mapped[str]
    initials: Mapped[str]
    role: Mapped[str]
    positionality: Mapped[str]
    created: Mapped[datetime]
    participant_id: Mapped[UUID | None] = reference("participant", on_delete="SET NULL")
