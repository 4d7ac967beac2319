"""Codes made in a blind round: proposals, which others see when the round is unsealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import NotAllowed
from ikt_coder.model import Code

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def refuse_under_proposal(project: Project, codes: Sequence[UUID], target: UUID | None) -> None:
    """What others see stays in their tree: raise NotAllowed where a code that is no proposal
    would be put below, or merged into, one that they do not see yet."""
    sealed = {row.id for row in project.sealing.rounds}
    if target is None or not sealed:
        return
    rows = project.connection.execute(
        select(Code.id, Code.name, Code.proposed_in).where(Code.id.in_([target, *codes]))
    ).all()
    proposals = {row.id: row.name for row in rows if row.proposed_in in sealed}
    if target in proposals and not proposals.keys() >= set(codes):
        raise NotAllowed(
            f"“{proposals[target]}” is a proposal of yours until the round is unsealed: codes "
            "that others see cannot be put into it. Nothing was changed.",
            "Do it after the round was unsealed.",
        )
