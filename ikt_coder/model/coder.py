"""Who codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from ikt_coder.model.base import Entity


class Coder(Entity):
    __tablename__ = "coder"
    name: Mapped[str]
    initials: Mapped[str]
    role: Mapped[str]
    positionality: Mapped[str]
    created: Mapped[datetime]
