"""The project card."""

from __future__ import annotations

from datetime import datetime

from ikt_coder.model.base import Entity, Mapped, column


class Project(Entity):
    """One row: the project itself. Its id is the project's identity."""

    __tablename__ = "project"
    name: Mapped[str]
    approach: Mapped[str]
    research_question: Mapped[str]
    focal_actor: Mapped[str]
    words: Mapped[str]
    created: Mapped[datetime]


class Behaviour(Entity):
    """Barrier or facilitator to what: action, actor, context, target, time."""

    __tablename__ = "behaviour"
    position: Mapped[int]
    action: Mapped[str]
    actor: Mapped[str]
    context: Mapped[str]
    target: Mapped[str]
    time: Mapped[str] = column(default="")
