"""Setting up a round: what is refused, what is drawn, what is locked."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import func, insert, select

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id
from ikt_coder.core.rounds import Batch, RoundMode, Scope, Task, Unit
from ikt_coder.core.span import Span, unite
from ikt_coder.core.words import Layer
from ikt_coder.model import (
    Assignment,
    Coder,
    Coding,
    DocumentParticipant,
    Round,
    Speaker,
)
from ikt_coder.services.document_order import document_order
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

MOST_CODERS: Final = 12


@frozen
class Drawn:
    """The documents of a round in the order of the list: with whom, and which come first."""

    documents: tuple[UUID, ...]
    of: int  # documents there were to choose from
    first: frozenset[UUID]
    blind: frozenset[UUID]  # of a round of code and verify: coded by both


def fresh_seed() -> int:
    """A seed of six digits, short enough to be printed and typed again."""
    return secrets.randbelow(900_000) + 100_000


def draw(documents: Iterable[UUID], share: int, seed: int) -> frozenset[UUID]:
    """A random share (per cent, at least one) of some documents: those that come first by a
    digest of seed and id. The same seed draws the same ones whatever their order, on every
    computer and in every version of the program."""
    keys = sorted(
        set(documents), key=lambda key: hashlib.sha256(f"{seed} {key.hex}".encode()).digest()
    )
    return frozenset(keys[: size_of(len(keys), share)])


def size_of(count: int, share: int) -> int:
    """How many documents a share is, rounded, and at least one of some."""
    return max(1, (count * share + 50) // 100) if count else 0


def drawn(project: Project, plan: RoundPlan) -> Drawn:
    """The documents a plan means. Raises UserError, NotFound."""
    order = document_order(project.connection)
    known = set(order)
    if any(document not in known for document in plan.documents):
        raise NotFound("A document of the round is no longer in the project.")
    pool = [document for document in order if document in plan.documents or not plan.documents]
    chosen = frozenset(pool)
    if plan.share is not None and plan.share < 100:
        chosen = draw(pool, plan.share, plan.seed or 0)
    listed = tuple(document for document in pool if document in chosen)
    first = frozenset(listed[: plan.first]) if plan.first else frozenset()
    blind: frozenset[UUID] = frozenset()
    if plan.mode is RoundMode.VERIFY and plan.blind_share:
        # Of those that are not settled first: these are for learning to code alike.
        rest = [document for document in listed if document not in first] or list(listed)
        blind = draw(rest, plan.blind_share, (plan.seed or 0) + 1)
    return Drawn(listed, len(pool), first, blind)


def seeded(plan: RoundPlan) -> RoundPlan:
    """The plan with a seed where something of it is drawn, and without one where nothing is."""
    draws = (plan.share is not None and plan.share < 100) or bool(plan.blind_share)
    if not draws:
        return replace(plan, seed=None)
    return plan if plan.seed is not None else replace(plan, seed=fresh_seed())


def refuse(project: Project, plan: RoundPlan) -> None:
    """Raise UserError where a plan cannot be set up."""
    coders = list(dict.fromkeys(plan.coders))
    known = {row.id for row in project.coders.everyone()}
    if any(coder not in known for coder in coders):
        raise NotFound("A coder of the round is not in the project.")
    if len(coders) < (1 if plan.mode is RoundMode.OPEN else 2):
        raise UserError(
            "A round in which coding is compared or verified needs two coders at least. "
            "Nothing was set up.",
            "Add another coder, or choose open team coding.",
        )
    if len(coders) > MOST_CODERS:
        raise UserError(f"A round has {MOST_CODERS} coders at most. Nothing was set up.")
    for number, least, most, what in (
        (plan.share, 1, 100, "The random share is a percentage from 1 to 100."),
        (plan.blind_share, 1, 100, "The blind share is a percentage from 1 to 100."),
        (plan.first, 1, None, "At least one document is settled first."),
        (plan.target, -1, 1, "A coefficient lies between -1 and 1."),
        (plan.overlap, 0.01, 1, "The overlap is a share above 0, up to 1."),
        (plan.seed, 0, 2**53, "A seed is a whole number from 0."),
    ):
        if number is not None and (number < least or (most is not None and number > most)):
            raise UserError(f"{what} Nothing was set up.")
    if plan.blind_share and plan.mode is not RoundMode.VERIFY:
        raise UserError("Only a round of code and verify has a share that is coded blind.")
    if plan.unit is Unit.FIXED and (plan.unit_size or 0) < 1:
        raise UserError("Fixed segments need a length. Nothing was set up.", "Say how long.")
    if plan.scope is Scope.SELECTION and plan.selection_code is None:
        raise UserError(
            "A selection is what a code marks. Nothing was set up.", "Choose that code."
        )
    codes = {row.id for row in project.codes.all(counted=False)}
    if any(code not in codes for code in plan.codes):
        raise NotFound("A code of the round is no longer in the codebook.")


def write(op: Operation, project: Project, key: UUID, plan: RoundPlan, version: UUID) -> Drawn:
    """Write a round and who codes what; returns what was drawn. Raises UserError."""
    found = drawn(project, plan)
    if not found.documents:
        raise UserError(
            "There is no document to code. Nothing was set up.", "Import transcripts first."
        )
    if plan.first and plan.first >= len(found.documents):
        raise UserError(
            f"The round has {len(found.documents)} documents: settling the first {plan.first} "
            "would leave none for afterwards. Nothing was set up.",
            "Settle fewer first, or none.",
        )
    rows = _assignments(op, key, plan, found)
    pairs = [(row["document_id"], row["coder_id"]) for row in rows]
    twice = len(pairs) > len({document for document, _ in pairs})
    if plan.mode is not RoundMode.OPEN and not twice:
        raise UserError(
            "No document would have two coders: nobody codes an interview of their own. "
            "Nothing was set up.",
            "Choose other coders or documents.",
        )
    number = (op.execute(select(func.max(Round.number))).scalar() or 0) + 1
    op.execute(
        insert(Round).values(
            id=key,
            number=number,
            name=plan.name or f"Round {number}",
            mode=plan.mode.value,
            unit=plan.unit.value,
            unit_size=plan.unit_size if plan.unit is Unit.FIXED else None,
            rule=plan.rule.value,
            scope=plan.scope.value,
            selection=_selection(op, project, plan, found.documents),
            coefficient=plan.coefficient,
            target=None if plan.target is None else round(plan.target * 1000),
            overlap=round(plan.overlap * 100),
            codes=json.dumps([code.hex for code in dict.fromkeys(plan.codes)]),
            share=plan.share,
            seed=plan.seed,
            first=plan.first,
            blind_share=plan.blind_share,
            adjudicator_id=plan.adjudicator,
            hide_names=plan.hide_names,
            codebook_version=version,
            note=plan.note.strip(),
            created=datetime.now(UTC),
        )
    )
    op.execute(insert(Assignment), rows)
    op.note(name=plan.name or f"Round {number}")
    return found


def _assignments(op: Operation, key: UUID, plan: RoundPlan, found: Drawn) -> list[dict[str, Any]]:
    coders = list(dict.fromkeys(plan.coders))
    own = {coder: own_interviews(op, coder) for coder in coders}
    rows = []
    for document in found.documents:
        batch = Batch.ALL
        if plan.first:
            batch = Batch.FIRST if document in found.first else Batch.REST
        able = [coder for coder in coders if document not in own[coder]]
        for place, coder in enumerate(able):
            verifies = plan.mode is RoundMode.VERIFY and place and document not in found.blind
            rows.append(
                assignment(key, coder, document, Task.VERIFY if verifies else Task.CODE, batch)
            )
    return rows


def assignment(
    round_: UUID, coder: UUID, document: UUID, task: Task, batch: Batch
) -> dict[str, Any]:
    """The row of an assignment."""
    return {
        "id": derived_id("assignment", round_, coder, document, task.value),
        "round_id": round_,
        "coder_id": coder,
        "document_id": document,
        "task": task.value,
        "batch": batch.value,
    }


def own_interviews(op: Operation, coder: UUID) -> frozenset[UUID]:
    """The documents in which a coder speaks as a participant: nobody codes their own."""
    person = op.execute(select(Coder.participant_id).where(Coder.id == coder)).scalar()
    if person is None:
        return frozenset()
    found = set(
        op.execute(
            select(DocumentParticipant.document_id).where(
                DocumentParticipant.participant_id == person
            )
        ).scalars()
    )
    found |= set(
        op.execute(select(Speaker.document_id).where(Speaker.participant_id == person)).scalars()
    )
    return frozenset(found)


def _selection(op: Operation, project: Project, plan: RoundPlan, documents: Sequence[UUID]) -> str:
    """The spans that the code of the selection marks now, with the edits the texts have."""
    if plan.scope is not Scope.SELECTION:
        return "{}"
    spans: dict[UUID, list[Span]] = {}
    for row in op.execute(
        select(Coding.document_id, Coding.start, Coding.end).where(
            Coding.code_id == plan.selection_code, Coding.layer == Layer.CODER.value
        )
    ).all():
        spans.setdefault(row.document_id, []).append(Span(row.start, row.end))
    if not any(document in spans for document in documents):
        raise UserError(
            "The code of the selection marks nothing in these documents. Nothing was set up.",
            "Code the passages that are in question with it first.",
        )
    return json.dumps(
        {
            document.hex: {
                "spans": [[one.start, one.end] for one in unite(spans.get(document, ()))],
                "edits": [
                    [mark.id.hex, mark.at, mark.removed, mark.inserted]
                    for mark in project.texts.marks(document)
                ],
            }
            for document in documents
        },
        separators=(",", ":"),
    )


def coded_before(op: Operation, documents: Iterable[UUID], coders: Iterable[UUID]) -> list[UUID]:
    """The documents in which one of the coders has codings already."""
    wanted = set(coders)
    found = op.execute(select(Coding.document_id, Coding.coder_id).distinct()).all()
    coded = {document for document, coder in found if coder in wanted}
    return [document for document in documents if document in coded]
