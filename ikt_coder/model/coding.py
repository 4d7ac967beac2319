"""Codings: a code on a span by a coder, and what it carries."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

from ikt_coder.model.base import Entity, Mapped, reference


class Coding(Entity):
    """``start`` and ``end`` follow the newest revision. ``since_edit`` names the newest
    edit of the document when the span was last set by hand: an edit that a later span
    refers to cannot be undone under it."""

    __tablename__ = "coding"
    document_id: Mapped[UUID] = reference("document", index=False)
    start: Mapped[int]
    end: Mapped[int]
    code_id: Mapped[UUID] = reference("code", index=False)
    coder_id: Mapped[UUID | None] = reference("coder")
    layer: Mapped[str]
    valence: Mapped[str | None]
    strength: Mapped[int | None]
    behaviour_id: Mapped[UUID | None] = reference("behaviour", on_delete="SET NULL")
    origin: Mapped[str]
    basis: Mapped[str | None]
    review: Mapped[str | None]
    memo: Mapped[str]
    unsure: Mapped[bool]
    star: Mapped[bool]
    paraphrase_only: Mapped[bool]
    do_not_quote: Mapped[bool]
    mapping_choice: Mapped[str]
    since_edit_id: Mapped[UUID | None] = reference("document_edit", on_delete="SET NULL")
    created: Mapped[datetime]
    __table_args__ = (
        Index("ix_coding_code", "code_id", "coder_id", "document_id"),
        Index("ix_coding_document", "document_id", "coder_id", "start"),
    )


class CodingLevel(Entity):
    """A level of a coding; the id is derived from both, so that copies agree."""

    __tablename__ = "coding_level"
    coding_id: Mapped[UUID] = reference("coding")
    level_id: Mapped[UUID] = reference("level")
