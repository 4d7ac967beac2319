"""Unsealing: when it may be done, and what is frozen then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select, update

from ikt_coder.core.edit_sequences import carry
from ikt_coder.core.errors import Cancelled, NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import Batch, RoundEventKind, Scope, Unit
from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus
from ikt_coder.model import Code, Document, Snapshot
from ikt_coder.services.round_freezing import freeze_ground
from ikt_coder.services.round_rows import EditMark
from ikt_coder.services.round_state import RoundState
from ikt_coder.services.text_units import Pairs, scope_spans, unit_spans
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


def hindrance(project: Project, known: RoundState) -> str:
    """Why a round cannot be unsealed now; empty where it can."""
    if not known.blind:
        return "Nothing is coded blind in this round, so there is nothing to unseal."
    if not known.blind - known.opened:
        return "This round was unsealed already."
    if project.copies.origin() is not None:
        return (
            "This is a coder's copy. A round is unsealed in the project that the copy was made "
            "from, when every coder's copy is back."
        )
    if ready(known):
        return ""
    names = {row.id: row.name for row in project.coders.everyone()}
    left: dict[UUID, int] = {}
    for each in known.assigned.values():
        if each.document in known.blind - known.opened and not known.done(each):
            left[each.coder] = left.get(each.coder, 0) + 1
    said = ", ".join(
        f"{names.get(coder, '')} has {count} document{'s' if count > 1 else ''} to finish"
        for coder, count in left.items()
    )
    return f"Not everybody has finished: {said}."


def ready(known: RoundState) -> list[UUID]:
    """The blind documents that can be opened: those of a batch that everybody has finished."""
    waiting = known.blind - known.opened
    batches: dict[Batch, list[UUID]] = {}
    unfinished: set[Batch] = set()
    for each in known.assigned.values():
        if each.document in waiting:
            batches.setdefault(each.batch, []).append(each.document)
            if not known.done(each):
                unfinished.add(each.batch)
    return sorted(
        {
            document
            for batch, documents in batches.items()
            if batch not in unfinished
            for document in documents
        }
    )


@frozen
class _Measured:
    """The units and the scope of a text in one of its states."""

    edit: UUID | None
    units: Pairs | None
    scope: Pairs | None


def unseal(project: Project, round_: UUID, progress: Progress | None, stop: Stop | None) -> None:
    """See ``RoundService.unseal``."""
    known = project.rounds.of(round_)
    why = hindrance(project, known)
    if why:
        raise NotAllowed(f"{why} Nothing was unsealed.")
    documents = ready(known)
    measured: dict[UUID, _Measured] = {}
    for done, document in enumerate(documents):
        if stop is not None and stop():
            raise Cancelled
        measured[document] = _measure(project, known, document, stop)
        if progress is not None:
            progress(done + 1, len(documents))
    with project.operation(Op.UNSEAL_ROUND, round=round_, name=known.name) as op:
        known = project.rounds.of(round_)
        for document in documents:
            found = measured[document]
            if found.edit != project.texts.newest_edit(document) or document in known.opened:
                raise NotAllowed(
                    "The round or a text changed while it was being unsealed. "
                    "Nothing was unsealed.",
                    "Try again.",
                )
            freeze_ground(project, op, round_, document, found.units, found.scope)
        _take_up(op, known, documents)
        project.rounds.forget()
        proposals = _open_proposals(op, round_)
        version = project.codebook_versions.keep_within(op, known.name)
        op.note(count=len(documents))
        project.rounds.log(
            op,
            RoundEventKind.UNSEALED,
            round_=round_,
            data={
                "snapshots": _counted(op, known, documents),
                "codebook_version": version.hex,
                "proposals": [code.hex for code in proposals],
            },
        )


def _measure(project: Project, known: RoundState, document: UUID, stop: Stop | None) -> _Measured:
    edit = project.texts.newest_edit(document)
    units = unit_spans(project, document, Unit(known.row.unit), known.row.unit_size, stop)
    scope = Scope(known.row.scope)
    chosen: Iterable[tuple[int, int]] = ()
    if scope is Scope.SELECTION:
        chosen = _selection(project, known, document)
    return _Measured(edit, units, scope_spans(project, document, scope, chosen))


def _selection(project: Project, known: RoundState, document: UUID) -> list[tuple[int, int]]:
    """The spans chosen at set-up, carried to the text of now."""
    stored = json.loads(known.row.selection).get(document.hex)
    if stored is None:
        return []
    marks = [EditMark(UUID(hex=key), *numbers) for key, *numbers in stored["edits"]]
    spans = [Span(start, end) for start, end in stored["spans"]]
    moved = carry(spans, marks, project.texts.marks(document))
    return [(span.start, span.end) for span in moved]


def _counted(op: Operation, known: RoundState, documents: list[UUID]) -> dict[str, list[str]]:
    """The snapshots that stand now: of each coder of a document the newest."""
    newest: dict[tuple[UUID, UUID], UUID] = {}
    for row in op.execute(
        select(Snapshot.id, Snapshot.coder_id, Snapshot.document_id)
        .where(Snapshot.round_id == known.id)
        .order_by(Snapshot.at, Snapshot.id)
    ).all():
        newest[row.coder_id, row.document_id] = row.id
    found: dict[str, list[str]] = {}
    for document in documents:
        keys = (newest.get((coder, document)) for coder in known.coding[document])
        found[document.hex] = [key.hex for key in keys if key is not None]
    return found


def _take_up(op: Operation, known: RoundState, documents: list[UUID]) -> None:
    """What is sealed has no status and no lead coder that would tell; now it has."""
    for document in documents:
        op.execute(
            update(Document)
            .where(Document.id == document)
            .values(status=DocumentStatus.CODED.value)
        )
        op.execute(
            update(Document)
            .where(Document.id == document, Document.lead_coder_id.is_(None))
            .values(lead_coder_id=_first(known, document))
        )


def _first(known: RoundState, document: UUID) -> UUID:
    """The first coder of a round of those who code a document."""
    return known.coding[document][0]


def _open_proposals(op: Operation, round_: UUID) -> list[UUID]:
    """Let everybody see the codes that were made in the round; who made them stays known."""
    keys = list(op.execute(select(Code.id).where(Code.proposed_in == round_)).scalars())
    op.execute(update(Code).where(Code.proposed_in == round_).values(proposed_in=None))
    return keys
