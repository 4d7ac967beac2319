"""Which documents go into a coder's copy, with whose work in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from sqlalchemy import Executable, select

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.rounds import Batch, RoundEventKind, Task
from ikt_coder.model import Assignment, Coder, Document, Round, RoundEvent, Settled, Snapshot
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.copy_rows import LeftOutDocument, LeftOutReason
from ikt_coder.services.document_order import document_order

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Read: TypeAlias = Callable[[Executable], Any]
"""What executes a statement: of an operation, which reads what is sealed too, or of the
project, which does not."""


@dataclass(frozen=True, slots=True)
class CopyScope:
    """A coder's copy as it was asked for. ``firsts`` names, by document, the coders whose
    codings the coder verifies: these alone are in the copy beside the coder's own.

    ``by_themselves``: the coder is at the desk. Where somebody else makes the copy, they could
    open it: the coder's journal stays here, and so does their work in sealed documents, which
    ``withheld`` lists."""

    coder: UUID
    coder_name: str
    round: UUID | None
    rounds: frozenset[UUID]
    documents: tuple[tuple[UUID, str], ...]
    left_out: tuple[LeftOutDocument, ...]
    by_themselves: bool
    withheld: frozenset[UUID] = frozenset()
    firsts: dict[UUID, frozenset[UUID]] = field(default_factory=dict)

    @property
    def keys(self) -> list[UUID]:
        return [key for key, _ in self.documents]

    @property
    def coders(self) -> frozenset[UUID]:
        """Whose rows the copy holds."""
        return frozenset({self.coder}).union(*self.firsts.values())


def copy_scope(
    project: Project,
    read: Read,
    coder: UUID,
    round_: UUID | None,
    documents: Iterable[UUID] | None,
) -> CopyScope:
    """What a copy for ``coder`` holds: the documents they were assigned in a round, or all, or
    of both those that were chosen. ``read`` executes the statements.

    Raises NotFound where the coder, the round or a chosen document is not there, NotAllowed
    where nothing would be in the copy.
    """
    name = read(select(Coder.name).where(Coder.id == coder)).scalar()
    if name is None:
        raise NotFound("This coder is not in the project.", "Choose another coder.")
    titles = dict(read(select(Document.id, Document.title)).all())
    asked = [key for key in document_order(project.connection) if key in titles]
    if documents is not None:
        chosen = set(documents)
        if not chosen <= titles.keys():
            raise NotFound("A document that was chosen is no longer in the project.")
        asked = [key for key in asked if key in chosen]
    tasks = _tasks(read, coder, round_)
    if round_ is not None:
        called = read(select(Round.name).where(Round.id == round_)).scalar()
        if called is None:
            raise NotFound("This round is not in the project.", "Choose another round.")
        assigned = {document for document, _, _, _ in tasks}
        asked = [key for key in asked if key in assigned]
        if not asked:
            raise NotAllowed(
                f"{name} has nothing to code in “{called}”, so there is nothing to copy. "
                "No file was written.",
                "Assign documents to them in Compare, Rounds, or copy without a round.",
            )
    by_themselves = project.coder == coder
    withheld = frozenset() if by_themselves else project.sight.sealed() & frozenset(asked)
    reasons = _reasons(project, read, coder, asked)
    finished = _finished(read, coder) if withheld else frozenset()
    for document in withheld & finished:
        reasons.setdefault(document, LeftOutReason.FINISHED)
    firsts: dict[UUID, frozenset[UUID]] = {}
    waiting = _waiting(read, {row for _, row, _, batch in tasks if batch is Batch.REST})
    codes = {document for document, _, task, _ in tasks if task is Task.CODE}
    for document, row, task, batch in tasks:
        if document in reasons or document not in set(asked):
            continue
        if batch is Batch.REST and row in waiting:
            reasons[document] = LeftOutReason.WAITING
        elif task is Task.VERIFY and document not in codes:
            first = _first_coders(read, row, document, coder)
            if first:
                firsts[document] = firsts.get(document, frozenset()) | first
            else:
                reasons[document] = LeftOutReason.NOT_CODED_YET
    kept = tuple((key, titles[key]) for key in asked if key not in reasons)
    left = tuple(LeftOutDocument(key, titles[key], reasons[key]) for key in asked if key in reasons)
    if not kept:
        raise NotAllowed(
            f"Nothing would be in the copy for {name}. No file was written.", _why_nothing(left)
        )
    there = {key for key, _ in kept}
    rounds = frozenset(row for document, row, _, _ in tasks if document in there)
    return CopyScope(
        coder,
        name,
        round_,
        rounds,
        kept,
        left,
        by_themselves,
        withheld & there,
        firsts,
    )


def _tasks(read: Read, coder: UUID, round_: UUID | None) -> list[tuple[UUID, UUID, Task, Batch]]:
    """Document, round, task and batch of the coder's assignments."""
    wanted = select(
        Assignment.document_id, Assignment.round_id, Assignment.task, Assignment.batch
    ).where(Assignment.coder_id == coder)
    if round_ is not None:
        wanted = wanted.where(Assignment.round_id == round_)
    return [
        (document, row, Task(task), Batch(batch))
        for document, row, task, batch in read(wanted).all()
    ]


def _reasons(
    project: Project, read: Read, coder: UUID, documents: list[UUID]
) -> dict[UUID, LeftOutReason]:
    """Documents that no copy for this coder may hold: their own interview, and those of
    people who were left out of analysis."""
    attribution = Attribution(project)
    themselves = read(select(Coder.participant_id).where(Coder.id == coder)).scalar_one()
    reasons = {}
    for document in documents:
        people = attribution.of_document(document)
        if themselves is not None and themselves in people:
            reasons[document] = LeftOutReason.OWN_INTERVIEW
        elif people and not attribution.counted(people):
            reasons[document] = LeftOutReason.LEFT_OUT
    return reasons


def _waiting(read: Read, rounds: set[UUID]) -> set[UUID]:
    """Rounds whose first documents are not all settled, so that the rest waits."""
    settled = set(read(select(Settled.document_id)).scalars())
    found = set()
    for round_ in rounds:
        first = read(
            select(Assignment.document_id).where(
                Assignment.round_id == round_, Assignment.batch == Batch.FIRST.value
            )
        ).scalars()
        if any(document not in settled for document in first.all()):
            found.add(round_)
    return found


def _first_coders(read: Read, round_: UUID, document: UUID, verifier: UUID) -> frozenset[UUID]:
    """Who coded a document that another verifies, and has finished it."""
    coders = read(
        select(Assignment.coder_id).where(
            Assignment.round_id == round_,
            Assignment.document_id == document,
            Assignment.task == Task.CODE.value,
            Assignment.coder_id != verifier,
        )
    ).scalars()
    finished = select(Snapshot.coder_id).where(
        Snapshot.round_id == round_, Snapshot.document_id == document
    )
    done = set(read(finished).scalars())
    events = read(
        select(RoundEvent.coder_id, RoundEvent.kind)
        .where(
            RoundEvent.round_id == round_,
            RoundEvent.document_id == document,
            RoundEvent.kind.in_([RoundEventKind.FINISHED.value, RoundEventKind.REOPENED.value]),
        )
        .order_by(RoundEvent.at, RoundEvent.id)
    ).all()
    last = {row.coder_id: row.kind for row in events}
    return frozenset(
        coder
        for coder in coders.all()
        if coder in done and last.get(coder) != RoundEventKind.REOPENED.value
    )


def _finished(read: Read, coder: UUID) -> frozenset[UUID]:
    """The documents that a coder has finished in some round."""
    log = read(
        select(RoundEvent.round_id, RoundEvent.document_id, RoundEvent.kind)
        .where(
            RoundEvent.coder_id == coder,
            RoundEvent.kind.in_([RoundEventKind.FINISHED.value, RoundEventKind.REOPENED.value]),
        )
        .order_by(RoundEvent.at, RoundEvent.id)
    )
    last = {(row.round_id, row.document_id): row.kind for row in log.all()}
    return frozenset(
        document
        for (_, document), kind in last.items()
        if kind == RoundEventKind.FINISHED.value and document is not None
    )


def _why_nothing(left: tuple[LeftOutDocument, ...]) -> str:
    reasons = {each.reason for each in left}
    if reasons == {LeftOutReason.OWN_INTERVIEW}:
        return "It is their own interview; nobody codes what they said themselves."
    if reasons == {LeftOutReason.WAITING}:
        return "The rest of the round waits until its first documents are settled."
    if reasons == {LeftOutReason.NOT_CODED_YET}:
        return "They verify what another coder has coded; that coder finishes first."
    if reasons == {LeftOutReason.FINISHED}:
        return "They have finished what they have to do there; it is sealed until all have."
    if reasons == {LeftOutReason.LEFT_OUT}:
        return "Everybody in these documents was left out of analysis."
    return "Import documents, or choose others."
