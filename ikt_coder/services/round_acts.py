"""Setting rounds up, assigning, finishing and reopening."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, insert, select

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import Batch, RoundEventKind, RoundMode, Task
from ikt_coder.model import Assignment, Coding
from ikt_coder.model import Operation as Acted
from ikt_coder.services import round_setup
from ikt_coder.services.base import named
from ikt_coder.services.document_order import document_order
from ikt_coder.services.round_freezing import freeze_codings
from ikt_coder.services.round_refusals import refuse_double, title_of
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.services.round_setup import assignment, own_interviews
from ikt_coder.services.round_state import RoundState
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def set_up(project: Project, plan: RoundPlan) -> UUID:
    """See ``RoundService.set_up``."""
    plan = round_setup.seeded(plan)
    if plan.name.strip():
        plan = replace(plan, name=named(plan.name, "round", 120))
    else:
        plan = replace(plan, name="")
    key = new_id()
    with project.operation(Op.SET_UP_ROUND, round=key, name=plan.name) as op:
        round_setup.refuse(project, plan)
        refuse_double(project.rounds.state(), plan.name)
        _refuse_sealed(project, op, plan)
        version = project.codebook_versions.keep_within(op, plan.name)
        found = round_setup.write(op, project, key, plan, version)
        op.note(count=len(found.documents))
        project.rounds.log(
            op,
            RoundEventKind.SET_UP,
            round_=key,
            data={
                "documents": [document.hex for document in found.documents],
                "of": found.of,
                "in_project": len(document_order(project.connection)),
                "drawn": plan.share is not None and plan.share < 100,
                "coders": [coder.hex for coder in dict.fromkeys(plan.coders)],
                "coded_before": [
                    document.hex
                    for document in round_setup.coded_before(op, found.documents, plan.coders)
                ],
                "mode": plan.mode.value,
                "unit": plan.unit.value,
                "unit_size": plan.unit_size,
                "rule": plan.rule.value,
                "scope": plan.scope.value,
                "coefficient": plan.coefficient,
                "target": plan.target,
                "overlap": plan.overlap,
                "share": plan.share,
                "seed": plan.seed,
                "first": plan.first,
                "blind_share": plan.blind_share,
                "blind": [document.hex for document in found.documents if document in found.blind],
                "codes": [code.hex for code in plan.codes],
                "codebook_version": version.hex,
            },
        )
    return key


def _refuse_sealed(project: Project, op: Operation, plan: RoundPlan) -> None:
    sealed = project.rounds.sealed_documents()
    for document in round_setup.drawn(project, plan).documents:
        if document in sealed:
            raise NotAllowed(
                f"“{title_of(op, document)}” is still sealed in another round. Nothing was set up.",
                "Finish and unseal that round first, or choose other documents.",
            )


def assign(project: Project, round_: UUID, coder: UUID, documents: list[UUID], task: Task) -> None:
    """See ``RoundService.assign``."""
    who = project.coders.get(coder)
    known = project.rounds.of(round_)
    with project.operation(
        Op.ASSIGN, round=round_, name=known.name, coder=who.name, count=len(documents)
    ) as op:
        own = own_interviews(op, coder)
        in_round = known.documents
        rows = []
        for document in documents:
            title = title_of(op, document)
            if document not in in_round and document not in known.chosen:
                raise NotAllowed(
                    f"“{title}” is not in {known.name}: its documents were locked at set-up. "
                    "Nothing was changed.",
                    "Set up another round for it.",
                )
            if document in own:
                raise NotAllowed(
                    f"{who.name} speaks in “{title}”, and nobody codes an interview of their own. "
                    "Nothing was changed."
                )
            if task is Task.CODE and document in known.opened:
                raise NotAllowed(
                    f"“{title}” was unsealed in {known.name}: what is coded in it now is not "
                    "blind. Nothing was changed.",
                    "Set up another round for it.",
                )
            if task is Task.CODE and known.mode is RoundMode.BLIND:
                _refuse_seen(op, project, known, coder, document)
            present = known.assigned.get((coder, document))
            if present is not None and present.task is not task:
                raise NotAllowed(f"{who.name} has “{title}” in {known.name} already.")
            if present is None:
                batch = in_round.get(document, Batch.ALL)
                rows.append(assignment(round_, coder, document, task, batch))
        if not rows:
            return
        op.execute(insert(Assignment), rows)
        for row in rows:
            project.rounds.log(
                op,
                RoundEventKind.ASSIGNED,
                round_=round_,
                coder=coder,
                document=row["document_id"],
                data={"task": task.value},
            )


def _refuse_seen(
    op: Operation, project: Project, known: RoundState, coder: UUID, document: UUID
) -> None:
    """Raise NotAllowed where one coder alone has had a document: what they coded was not sealed,
    and a second one would not be blind to it."""
    if document in known.sealed:
        return
    for other in known.coding.get(document, ()):
        if other != coder and _begun(op, other, document):
            raise NotAllowed(
                f"“{title_of(op, document)}” was {project.coders.get(other).name}'s alone, so that "
                "everybody could see what they have coded in it. Nothing was changed.",
                "Set up another round for it.",
            )


def unassign(project: Project, round_: UUID, coder: UUID, documents: list[UUID]) -> None:
    """See ``RoundService.unassign``."""
    who = project.coders.get(coder)
    known = project.rounds.of(round_)
    with project.operation(
        Op.ASSIGN, round=round_, name=known.name, coder=who.name, count=len(documents)
    ) as op:
        for document in documents:
            each = known.assigned.get((coder, document))
            if each is None:
                continue
            title = title_of(op, document)
            if known.done(each):
                raise NotAllowed(
                    f"{who.name} has finished “{title}” in {known.name}. Nothing was changed.",
                    "What was finished stays in the round.",
                )
            if document in known.sealed and _begun(op, coder, document):
                others = [c for c in known.coding[document] if c != coder]
                if any((other, document) not in known.finished for other in others):
                    raise NotAllowed(
                        f"{who.name} has begun “{title}”, and others have still to code it "
                        "without seeing that. Nothing was changed.",
                        "Wait until they have finished, or let it be finished as it is.",
                    )
            op.execute(
                delete(Assignment).where(
                    Assignment.round_id == round_,
                    Assignment.coder_id == coder,
                    Assignment.document_id == document,
                )
            )
            project.rounds.log(
                op,
                RoundEventKind.UNASSIGNED,
                round_=round_,
                coder=coder,
                document=document,
                data={"task": each.task.value},
            )


def _begun(op: Operation, coder: UUID, document: UUID) -> bool:
    mine = select(Coding.id).where(Coding.document_id == document, Coding.coder_id == coder)
    return op.execute(mine.limit(1)).first() is not None


def finish(project: Project, round_: UUID, documents: list[UUID]) -> None:
    """See ``RoundService.finish``."""
    coder = project.coder
    if coder is None:
        raise UserError("Nobody is at the desk. Nothing was finished.", "Say who codes first.")
    rounds = project.rounds
    left = _unfinished(project, rounds.of(round_), coder, documents)
    if not left:
        return
    with project.operation(Op.FINISH_DOCUMENT, round=round_, count=len(left)) as op:
        known = rounds.of(round_)  # another thread may have acted until the door was open
        op.note(name=known.name)
        version = None
        for document in _unfinished(project, known, coder, left):
            title = title_of(op, document)
            if len(left) == 1:
                op.note(title=title, document=document)
            snapshot = None
            if known.assigned[coder, document].task is Task.CODE:
                if version is None:
                    version = project.codebook_versions.keep_within(op, known.name)
                snapshot = freeze_codings(
                    project, op, round_, coder, document, version, datetime.now(UTC)
                )
            rounds.log(
                op,
                RoundEventKind.FINISHED,
                round_=round_,
                coder=coder,
                document=document,
                data={"snapshot": snapshot.hex if snapshot else None},
            )
        project.reconciliation.core.frozen_anew(op, left)


def _unfinished(
    project: Project, known: RoundState, coder: UUID, documents: list[UUID]
) -> list[UUID]:
    """Those of a coder's documents that are not finished. Raises NotAllowed."""
    settled = project.rounds.state().settled
    left = []
    for document in dict.fromkeys(documents):
        each = known.assigned.get((coder, document))
        if each is None:
            title = project.documents.get(document).title
            name = project.coders.get(coder).name
            raise NotAllowed(
                f"{name} does not code “{title}” in {known.name}. Nothing was finished."
            )
        if known.waiting(each.batch, settled):
            title = project.documents.get(document).title
            raise NotAllowed(
                f"“{title}” waits in {known.name}: the first documents are settled before the "
                "rest is coded. Nothing was finished."
            )
        before = known.unfinished_before(each)
        if before:
            title = project.documents.get(document).title
            name = project.coders.get(before[0]).name
            raise NotAllowed(
                f"{name} has not finished “{title}” yet, so it cannot have been verified. "
                "Nothing was finished."
            )
        if not known.done(each):
            left.append(document)
    return left


def reopen(project: Project, round_: UUID, document: UUID, reason: str, coder: UUID | None) -> None:
    """See ``RoundService.reopen``."""
    who = coder or project.coder
    known = project.rounds.of(round_)
    reason = " ".join(reason.split())
    if not reason:
        raise UserError(
            "Reopening is logged with its reason. Nothing was changed.", "Say why in a few words."
        )
    if len(reason) > 500:
        raise UserError("The reason is too long. Nothing was changed.", "500 characters are room.")
    if who is None or (who, document) not in known.finished:
        title = project.documents.get(document).title
        raise NotAllowed(f"“{title}” is not finished in {known.name}. Nothing was changed.")
    with project.operation(Op.REOPEN_DOCUMENT, round=round_, name=known.name) as op:
        op.note(title=title_of(op, document), document=document, coder=project.coders.get(who).name)
        after = document in known.opened or (
            known.mode is RoundMode.VERIFY and document in project.rounds.state().settled
        )
        project.rounds.log(
            op,
            RoundEventKind.REOPENED,
            round_=round_,
            coder=who,
            document=document,
            data={"reason": reason, "after_unsealing": after},
        )


def note_switch(project: Project, op: Operation, before: UUID | None, coder: UUID) -> None:
    """See ``RoundService.note_switch``. Where nobody had said who they are, the seat is that of
    whoever acted last in this file."""
    if before is None:
        before = op.execute(
            select(Acted.coder_id)
            .where(Acted.coder_id.is_not(None), Acted.seq < op.seq)
            .order_by(Acted.seq.desc())
            .limit(1)
        ).scalar()
    if before is None or before == coder:
        return
    for key, known in project.rounds.state().rounds.items():
        who = {place[0] for place in known.assigned if place[1] in known.sealed}
        if before in who or coder in who:
            project.rounds.log(
                op,
                RoundEventKind.SWITCHED,
                round_=key,
                coder=coder,
                data={"before": before.hex},
            )
