"""Memos of every kind."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class Memo(Entity):
    """``kind`` follows from what it is attached to; ``start``/``end`` for a passage."""

    __tablename__ = "memo"
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    document_id: Mapped[UUID | None] = reference("document")
    start: Mapped[int | None]
    end: Mapped[int | None]
    since_edit_id: Mapped[UUID | None] = reference("document_edit", on_delete="SET NULL")
    coding_id: Mapped[UUID | None] = reference("coding")
    code_id: Mapped[UUID | None] = reference("code")
    theme_id: Mapped[UUID | None] = reference("theme")
    shared: Mapped[bool]
    ask: Mapped[bool]
    created: Mapped[datetime]
    changed: Mapped[datetime]
