"""The sample project with a blind round under way, for tests of what is sealed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, insert, select

from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import (
    Batch,
    Projection,
    RoundEventKind,
    RoundMode,
    Scope,
    Task,
    Unit,
)
from ikt_coder.model import Assignment, FrozenGround, Round, RoundEvent
from ikt_coder.services.project import Project
from tests.samples import sample_project

AMARA = "Maren Halvorsen"
"""Coder A, who works in sealed documents, and leads the analysis of the sample."""
BENI = "Priya Desrosiers"
"""Coder B, who may not see it."""
SEALED = ("P01 Patient partner", "P03 Caregiver")


def set_up_round(project: Project, coders: tuple[UUID, ...], documents: tuple[UUID, ...]) -> UUID:
    """A blind round, written as plainly as can be."""
    key = new_id()
    with project.operation(Op.SET_UP_ROUND, name="First round") as op:
        op.execute(
            insert(Round).values(
                id=key,
                number=(op.execute(select(func.max(Round.number))).scalar() or 0) + 1,
                name="First round",
                mode=RoundMode.BLIND.value,
                unit=Unit.CHARACTERS.value,
                rule=Projection.ANY.value,
                scope=Scope.WHOLE.value,
                selection="{}",
                coefficient="kappa",
                overlap=50,
                codes="[]",
                hide_names=True,
                note="",
                created=datetime.now(UTC),
            )
        )
        for coder in coders:
            for document in documents:
                op.execute(
                    insert(Assignment).values(
                        id=derived_id("assignment", key, coder, document, Task.CODE.value),
                        round_id=key,
                        coder_id=coder,
                        document_id=document,
                        task=Task.CODE.value,
                        batch=Batch.ALL.value,
                    )
                )
    return key


def unseal_round(project: Project, key: UUID) -> None:
    with project.operation(Op.UNSEAL_ROUND, name="First round") as op:
        documents = set(
            op.execute(select(Assignment.document_id).where(Assignment.round_id == key)).scalars()
        )
        for document in documents:
            op.execute(
                insert(FrozenGround).values(
                    id=new_id(),
                    round_id=key,
                    document_id=document,
                    length=len(project.texts.get(document)),
                    text_digest="",
                    edits="[]",
                )
            )
        op.execute(
            insert(RoundEvent).values(
                id=new_id(),
                kind=RoundEventKind.UNSEALED.value,
                round_id=key,
                by_id=op.coder,
                at=datetime.now(UTC),
                data=json.dumps({"snapshots": {}, "codebook_version": None, "proposals": []}),
            )
        )


def sealed_sample(
    path: Path, before: Callable[[Project], None] | None = None
) -> tuple[Project, UUID]:
    """The sample with two of its documents sealed; coder B is at the desk. Returns it and
    the round. ``before`` is what is done before the round begins."""
    project = sample_project(path)
    if before is not None:
        before(project)
    coders = {row.name: row.id for row in project.coders.everyone()}
    documents = tuple(project.documents.find(title).id for title in SEALED)
    key = set_up_round(project, (coders[AMARA], coders[BENI]), documents)
    project.coders.switch(coders[BENI])
    return project, key
