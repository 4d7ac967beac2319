"""Settling differences: decisions and notes. Both are append only and outlive undo."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

from ikt_coder.model.base import Base, Mapped, TableClass, column


class Decision(Base):
    """What people decided about an item of a round.

    ``item_id`` is derived from the round, the document and the codings in question, so that
    copies of a project know the same item. ``replaces`` is the decision it takes the place
    of: the one that none replaces holds, and where two hold, copies decided differently.
    ``before`` and ``result`` are JSON lists of segments; ``result`` names the codings of the
    Consensus it made. ``edits`` are those the text had. ``present`` lists coder ids.
    """

    __tablename__ = "decision"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    round_id: Mapped[UUID] = column(index=False)
    document_id: Mapped[UUID]
    item_id: Mapped[UUID]
    difference: Mapped[str]
    kind: Mapped[str]
    kept_id: Mapped[UUID | None]
    replaces: Mapped[UUID | None]
    before: Mapped[str]
    result: Mapped[str]
    edits: Mapped[str]
    text_digest: Mapped[str]
    codebook_version: Mapped[UUID | None]
    category: Mapped[str | None]
    reason: Mapped[str]
    present: Mapped[str]
    coder_id: Mapped[UUID | None]
    role: Mapped[str]
    names_hidden: Mapped[bool]
    in_bulk: Mapped[bool]
    proposed_by: Mapped[str]
    program: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_decision_item", "round_id", "document_id", "item_id"),)


class ItemNote(Base):
    """A comment for the one who adjudicates, or a dissent kept beside a decision."""

    __tablename__ = "item_note"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    round_id: Mapped[UUID]
    item_id: Mapped[UUID] = column(index=True)
    kind: Mapped[str]
    text: Mapped[str]
    coder_id: Mapped[UUID | None]
    at: Mapped[datetime]
