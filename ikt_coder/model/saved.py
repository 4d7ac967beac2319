"""What a person named to find again: retrievals and tables, made anew at each opening."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class SavedQuery(Entity):
    """A retrieval under a name; ``definition`` is its query in JSON."""

    __tablename__ = "saved_query"
    name: Mapped[str]
    definition: Mapped[str]
    position: Mapped[int]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    created: Mapped[datetime]


class SavedTable(Entity):
    """A table under a name; ``options`` in JSON, the figures are counted anew."""

    __tablename__ = "saved_table"
    name: Mapped[str]
    what: Mapped[str]
    options: Mapped[str]
    position: Mapped[int]
    created: Mapped[datetime]
