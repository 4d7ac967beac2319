"""The journal: operations, before images, and the door through which all writes go."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, LargeBinary, Text

from ikt_coder.model.base import Base, Mapped, TableClass, column


class Operation(Base):
    """One act. ``root`` is the act it does, takes back or does again (itself for a new
    act); ``direction`` is 1 where the root stands after it and -1 where it does not."""

    __tablename__ = "operation"
    __kind__ = TableClass.JOURNAL
    seq: Mapped[int] = column(Integer, primary_key=True, autoincrement=False)
    uuid: Mapped[UUID]
    kind: Mapped[str]
    params: Mapped[str]
    coder_id: Mapped[UUID | None]
    at: Mapped[datetime]
    schema_version: Mapped[int]
    root: Mapped[int] = column(Integer)
    direction: Mapped[int]
    rows: Mapped[int]
    __table_args__ = (Index("ix_operation_root", "root", "seq"),)


class JournalRow(Base):
    """A row an operation inserted (I), changed (U) or deleted (D), with its before image in
    SQL literals: nothing, the changed columns, or all values in the table's order."""

    __tablename__ = "journal"
    __kind__ = TableClass.JOURNAL
    id: Mapped[int] = column(Integer, primary_key=True)
    op: Mapped[int] = column(Integer, nullable=False)
    tbl: Mapped[str]
    key: Mapped[bytes] = column(LargeBinary)
    action: Mapped[str]
    image: Mapped[str | None] = column(Text)
    __table_args__ = (Index("ix_journal_op", "op"), Index("ix_journal_key", "key", "op"))


class Door(Base):
    """One row while an operation writes; the triggers read the operation from it."""

    __tablename__ = "door"
    __kind__ = TableClass.JOURNAL
    op: Mapped[int] = column(Integer, primary_key=True, autoincrement=False)


class JournalLayout(Base):
    """The columns of each table, in the order of the images written under a schema."""

    __tablename__ = "journal_layout"
    __kind__ = TableClass.JOURNAL
    schema_version: Mapped[int] = column(Integer, primary_key=True)
    tbl: Mapped[str] = column(primary_key=True)
    columns: Mapped[str]


class UndoFloor(Base):
    """Acts up to ``op`` can no longer be undone, and why (erased, compacted, migrated)."""

    __tablename__ = "undo_floor"
    __kind__ = TableClass.JOURNAL
    op: Mapped[int] = column(Integer, primary_key=True, autoincrement=False)
    reason: Mapped[str]


class RestorePoint(Base):
    """A name on the state after an operation; outlives undo."""

    __tablename__ = "restore_point"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    op: Mapped[int]
    name: Mapped[str]
    created: Mapped[datetime]


class Presence(Base):
    """Who has the file open, for a warning on another machine."""

    __tablename__ = "presence"
    __kind__ = TableClass.CACHE
    host: Mapped[str] = column(primary_key=True)
    since: Mapped[datetime]
