"""Documents whose Consensus is whole, for tests that stand apart from rounds."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert, select

from ikt_coder.core.ids import derived_id
from ikt_coder.model import Settled
from ikt_coder.storage.operation import Operation


def say_settled(op: Operation, document: UUID) -> None:
    """Say within an act that nothing is left to settle in a document."""
    key = derived_id("settled", document)
    if op.execute(select(Settled.id).where(Settled.id == key)).first() is None:
        now = datetime.now(UTC)
        op.execute(insert(Settled).values(id=key, document_id=document, created=now))
