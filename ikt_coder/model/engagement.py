"""The engagement log: who took part in the research, when, how, and what came of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class ListTerm(Entity):
    """An entry of one of the log's editable lists: "activity", "knowledge_user", "part" (lead,
    co-lead …). The id of a shipped entry is derived from list and key."""

    __tablename__ = "list_term"
    list_name: Mapped[str]
    key: Mapped[str | None]
    name: Mapped[str]
    definition: Mapped[str]
    hidden: Mapped[bool]
    position: Mapped[int]


class EngagementEvent(Entity):
    """One meeting, letter or call. ``date`` and ``until`` are ISO 8601, as exact as they are
    known (2024, 2024-03, 2024-03-05). Level, stages and the WIDER items are its chart.
    ``hours`` is a decimal number as text, empty where not known."""

    __tablename__ = "engagement_event"
    date: Mapped[str]
    until: Mapped[str]
    title: Mapped[str]
    activity_id: Mapped[UUID | None] = reference("list_term", on_delete="SET NULL")
    description: Mapped[str]
    changed_because: Mapped[str]
    disagreement: Mapped[str]
    hours: Mapped[str]
    payment: Mapped[str]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    created: Mapped[datetime]


class EventUser(Entity):
    """Knowledge users of one type who took part: how many (None: not recorded), in which part,
    and what they influenced."""

    __tablename__ = "event_user"
    event_id: Mapped[UUID] = reference("engagement_event")
    type_id: Mapped[UUID | None] = reference("list_term", on_delete="SET NULL")
    part_id: Mapped[UUID | None] = reference("list_term", on_delete="SET NULL")
    number: Mapped[int | None]
    who: Mapped[str]
    influenced: Mapped[str]
    position: Mapped[int]


class EventLink(Entity):
    """What changed because of an event: a code, a theme, a document, or a decision (a record,
    so no foreign key). The id is derived from event and target."""

    __tablename__ = "event_link"
    event_id: Mapped[UUID] = reference("engagement_event")
    code_id: Mapped[UUID | None] = reference("code")
    theme_id: Mapped[UUID | None] = reference("theme")
    document_id: Mapped[UUID | None] = reference("document")
    decision: Mapped[UUID | None]
    note: Mapped[str]
