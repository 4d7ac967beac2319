"""Rounds of coding: who codes what, how far they are, and what was frozen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary

from ikt_coder.model.base import Base, Entity, Mapped, TableClass, column, reference


class Round(Entity):
    """A round and what was locked when it was set up. ``codes`` lists the ids of the codes
    in scope as JSON ("[]": the whole codebook), ``selection`` the spans in scope by document
    ("{}": none). ``overlap`` and ``share`` are percents, ``target`` thousandths of the
    coefficient; ``first`` is how many documents are settled before the rest is coded."""

    __tablename__ = "coding_round"
    number: Mapped[int]
    name: Mapped[str]
    mode: Mapped[str]
    unit: Mapped[str]
    unit_size: Mapped[int | None]
    rule: Mapped[str]
    scope: Mapped[str]
    selection: Mapped[str]
    coefficient: Mapped[str]
    target: Mapped[int | None]
    overlap: Mapped[int]
    codes: Mapped[str]
    share: Mapped[int | None]
    seed: Mapped[int | None]
    first: Mapped[int | None]
    blind_share: Mapped[int | None]
    adjudicator_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL", index=False)
    hide_names: Mapped[bool]
    codebook_version: Mapped[UUID | None]
    note: Mapped[str]
    created: Mapped[datetime]


class Assignment(Entity):
    """A document that a coder codes or verifies in a round; the id is derived."""

    __tablename__ = "assignment"
    round_id: Mapped[UUID] = reference("coding_round")
    coder_id: Mapped[UUID] = reference("coder")
    document_id: Mapped[UUID] = reference("document")
    task: Mapped[str]
    batch: Mapped[str]


class Checked(Entity):
    """A turn, or where ``turn_id`` is empty a whole document, that a second coder marked as
    checked; the id is derived."""

    __tablename__ = "checked"
    round_id: Mapped[UUID] = reference("coding_round")
    coder_id: Mapped[UUID] = reference("coder")
    document_id: Mapped[UUID] = reference("document")
    turn_id: Mapped[UUID | None] = reference("turn")
    at: Mapped[datetime]


class Settled(Entity):
    """A document whose Consensus is whole: no item of its round is open. The id is derived
    from the document; analysis takes the Consensus of such documents alone."""

    __tablename__ = "settled"
    document_id: Mapped[UUID] = reference("document")
    round_id: Mapped[UUID | None] = reference("coding_round", on_delete="SET NULL")
    created: Mapped[datetime]


class Snapshot(Base):
    """What a coder had coded in a document when they finished it. It holds no words.

    ``codings`` is JSON by columns: id, start, end, code (index into ``codes``), valence,
    strength, levels. ``edits`` lists the edits the text had, [id, at, removed, inserted] with
    lengths, so that positions can be carried to another state of the text. ``digest`` is that
    of all of it.
    """

    __tablename__ = "snapshot"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    round_id: Mapped[UUID]
    coder_id: Mapped[UUID]
    document_id: Mapped[UUID]
    at: Mapped[datetime]
    length: Mapped[int]
    text_digest: Mapped[str]
    edits: Mapped[str]
    codings: Mapped[str]
    codebook_version: Mapped[UUID | None]
    digest: Mapped[str]
    __table_args__ = (Index("ix_snapshot_round", "round_id", "document_id"),)


class FrozenGround(Base):
    """What a document's text was like when its round was unsealed: its length, the edits it
    had, and packed the units and the spans in scope, so that figures never move."""

    __tablename__ = "frozen_ground"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    round_id: Mapped[UUID] = column(index=True)
    document_id: Mapped[UUID]
    length: Mapped[int]
    text_digest: Mapped[str]
    edits: Mapped[str]
    units: Mapped[bytes | None] = column(LargeBinary)
    scope: Mapped[bytes | None] = column(LargeBinary)


class RoundEvent(Base):
    """What happened in a round, append only: finished, reopened, unsealed, switched, a
    statistic given out, a copy written or brought back. ``data`` is JSON."""

    __tablename__ = "round_event"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    kind: Mapped[str]
    round_id: Mapped[UUID | None] = column(index=True)
    coder_id: Mapped[UUID | None]
    document_id: Mapped[UUID | None]
    by_id: Mapped[UUID | None]
    at: Mapped[datetime]
    data: Mapped[str]


class CodebookVersion(Base):
    """The codebook as it was, numbered. ``content`` is JSON: every code with its wording."""

    __tablename__ = "codebook_version"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    number: Mapped[int]
    note: Mapped[str]
    at: Mapped[datetime]
    coder_id: Mapped[UUID | None]
    digest: Mapped[str]
    content: Mapped[str]
