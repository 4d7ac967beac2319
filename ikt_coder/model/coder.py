"""Who codes."""

from __future__ import annotations

from datetime import datetime

from ikt_coder.model.base import Entity, Mapped


class Coder(Entity):
    __tablename__ = "coder"
    name: Mapped[str]
    initials: Mapped[str]
    role: Mapped[str]
    positionality: Mapped[str]
    created: Mapped[datetime]
