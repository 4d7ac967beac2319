"""Where a project file came from, and which copies came back to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Base, Entity, Mapped, TableClass, column, reference


class CopyOrigin(Base):
    """One row in a coder's copy: the project and the operation it was made from, for whom,
    and for each document the edits its text had there (JSON by document id)."""

    __tablename__ = "copy_origin"
    __kind__ = TableClass.RECORD
    id: Mapped[UUID] = column(primary_key=True)
    project: Mapped[UUID]
    operation: Mapped[UUID]
    coder_id: Mapped[UUID]
    round_id: Mapped[UUID | None]
    at: Mapped[datetime]
    documents: Mapped[str]


class MergedCopy(Entity):
    """A copy that was brought in, up to its operation ``last_operation``; the id is derived
    from both. A second merge of the same file goes on from there."""

    __tablename__ = "merged_copy"
    lineage: Mapped[UUID]
    last_operation: Mapped[UUID]
    file_name: Mapped[str]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL", index=False)
    counts: Mapped[str]
    at: Mapped[datetime]
