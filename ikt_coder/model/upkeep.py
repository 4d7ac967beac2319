"""Keeping a codebook over months: codings to look at again, the glossary, what memos are about,
and answers to reporting checklists."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class Revisit(Entity):
    """A code whose definition changed after it was used. ``before`` is how it was worded (JSON
    by field); codings made before ``since`` are to be looked at again."""

    __tablename__ = "revisit"
    code_id: Mapped[UUID] = reference("code")
    since: Mapped[datetime]
    before: Mapped[str]
    closed: Mapped[bool]


class Revisited(Entity):
    """A coding that was looked at again; the id is derived from both."""

    __tablename__ = "revisited"
    revisit_id: Mapped[UUID] = reference("revisit")
    coding_id: Mapped[UUID] = reference("coding")
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    at: Mapped[datetime]


class GlossaryTerm(Entity):
    """A term as the project uses it, with the source of the definition."""

    __tablename__ = "glossary_term"
    term: Mapped[str]
    definition: Mapped[str]
    source: Mapped[str]


class MemoLink(Entity):
    """Something a memo is about beside its place; exactly one of the columns is set, and the id
    is derived from the memo and it. ``phase`` is the node key of a process framework's phase,
    so that journal and memos are the diary of an analysis."""

    __tablename__ = "memo_link"
    memo_id: Mapped[UUID] = reference("memo")
    document_id: Mapped[UUID | None] = reference("document")
    participant_id: Mapped[UUID | None] = reference("participant")
    study_id: Mapped[UUID | None] = reference("study")
    coding_id: Mapped[UUID | None] = reference("coding")
    code_id: Mapped[UUID | None] = reference("code")
    theme_id: Mapped[UUID | None] = reference("theme")
    event_id: Mapped[UUID | None] = reference("engagement_event")
    question_id: Mapped[UUID | None] = reference("guide_question")
    phase: Mapped[str | None]


class ChecklistAnswer(Entity):
    """What the author says to an item of a reporting checklist; the id is derived from the
    framework and the item. A draft until it is ``accepted``."""

    __tablename__ = "checklist_answer"
    framework_id: Mapped[UUID] = reference("framework")
    node_key: Mapped[str]
    text: Mapped[str]
    page: Mapped[str]
    accepted: Mapped[bool]
