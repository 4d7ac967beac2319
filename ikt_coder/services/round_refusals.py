"""What a round does not let happen: changing what was finished, coding what waits, and acts
that would open by a back door what is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import NotAllowed, NotFound, UndoRefused, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import RoundMode, Task
from ikt_coder.model import Code, Coding, Document
from ikt_coder.services.round_state import Assigned, RoundState, State
from ikt_coder.storage.operation import Operation
from ikt_coder.storage.undoing import Act

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

# What moves codings without being coding: a text is mended for all, a copy brings in what was
# finished elsewhere, and who is erased is erased from everything.
_PASSING: Final = frozenset(
    {Op.MEND_TEXT, Op.MERGE_COPY, Op.BEGIN_COPY, Op.ERASE_PARTICIPANT, Op.LOAD_SAMPLE}
)


def refuse_frozen(op: Operation, state: State, pairs: Iterable[tuple[UUID, UUID | None]]) -> None:
    """Raise NotAllowed where a coder's codings of a document may not change now: finished in a
    blind round that is not unsealed, or waiting for the first documents to be settled."""
    if not state.rounds or op.kind in _PASSING:
        return
    for document, coder in pairs:
        if coder is None:
            continue
        for known, each in state.duties.get((coder, document), ()):
            if each.task is Task.CODE:
                _refuse(op, state, known, each)


def _refuse(op: Operation, state: State, known: RoundState, each: Assigned) -> None:
    if known.mode is RoundMode.OPEN or each.document in known.opened:
        return
    if each.document in known.blind and known.done(each):
        raise NotAllowed(
            f"“{title_of(op, each.document)}” was finished in {known.name}, so its codings stay "
            "as they are until the round is unsealed. Nothing was changed.",
            "Reopen it to go on coding; that is logged.",
        )
    if known.waiting(each.batch, state.settled):
        raise NotAllowed(
            f"“{title_of(op, each.document)}” waits in {known.name}: the first documents are "
            "settled before the rest is coded. Nothing was changed.",
            "Code and settle the first documents.",
        )


def refuse_codebook_act(op: Operation, state: State, codes: Iterable[UUID]) -> None:
    """Raise NotAllowed where deleting, merging or splitting codes would change what others code
    unseen, or what was finished. It looks at who has begun and never at which codes they used:
    a refusal must not tell."""
    if op.kind in _PASSING:
        return
    sealed = [known for known in state.rounds.values() if known.sealed]
    if not sealed:
        return
    keys = set(codes)
    own = op.execute(
        select(Code.id).where(Code.proposed_in.is_not(None), Code.proposed_by == op.coder)
    ).scalars()
    if keys <= set(own):
        return
    for known in sealed:
        others = {coder for coder, _ in known.assigned if coder != op.coder}
        begun = op.execute(
            select(Coding.id)
            .where(Coding.document_id.in_(known.sealed), Coding.coder_id.in_(others))
            .limit(1)
        ).first()
        if begun is not None:
            raise NotAllowed(
                f"Codes are not deleted, merged or split while {known.name} is sealed: that "
                "would change what others code. Nothing was changed.",
                "Unseal the round first.",
            )


_TOUCHED: Final = (
    "SELECT DISTINCT c.document_id, c.coder_id FROM coding c WHERE c.id IN"
    " (SELECT key FROM journal WHERE op = ?1 AND tbl = 'coding') OR c.id IN"
    " (SELECT coding_id FROM coding_level WHERE id IN"
    " (SELECT key FROM journal WHERE op = ?1 AND tbl = 'coding_level'))"
)


def refuse_played(op: Operation, state: State, act: Act) -> None:
    """Raise UndoRefused where an act that is played back would change what was finished. Asked
    before, for what it made, and after, for what it took away."""
    if not state.rounds or op.kind in (*_PASSING, Op.DELETE_DOCUMENTS, Op.GO_BACK):
        return  # what these take or bring, they take or bring whole
    pairs = [
        (UUID(bytes=document), UUID(bytes=coder) if coder else None)
        for document, coder in op.raw.execute(_TOUCHED, (act.seq,)).fetchall()
    ]
    try:
        refuse_frozen(op, state, pairs)
    except NotAllowed as error:
        raise UndoRefused(error.what, error.to_do) from None


def refuse_undo(project: Project, state: State, act: Act) -> None:
    """Raise UndoRefused where playing an act back would open what is sealed."""
    if act.kind not in (Op.SET_UP_ROUND, Op.ASSIGN) or not state.rounds:
        return
    key = act.params.get("round")
    known = state.rounds.get(UUID(key)) if isinstance(key, str) else None
    if known is None:
        return
    if known.finished or known.reopened or known.unsealed:
        raise UndoRefused(
            f"Coding was finished in {known.name} already, so who codes what in it cannot be "
            "taken back. Nothing was changed.",
            "Set up another round.",
        )
    later = project.file.connections.raw().execute(
        "SELECT 1 FROM operation o JOIN journal j ON j.op = o.seq WHERE o.seq > ?"
        " AND o.coder_id IS NOT ? AND j.tbl = 'coding' LIMIT 1",
        (act.seq, act.coder.bytes if act.coder else None),
    )
    if known.blind and later.fetchone() is not None:
        raise UndoRefused(
            f"Others have coded since {known.name} was set up, and what they coded stays sealed. "
            "Nothing was changed.",
            "Unseal the round when everybody has finished.",
        )


def refuse_double(state: State, name: str, besides: UUID | None = None) -> None:
    """Raise UserError where another round has the name."""
    for key, known in state.rounds.items():
        if key != besides and known.name.casefold() == name.casefold():
            raise UserError(
                f"There is a round “{known.name}” already. Nothing was changed.",
                "Choose another name.",
            )


def title_of(op: Operation, document: UUID) -> str:
    """The title of a document. Raises NotFound."""
    title = op.execute(select(Document.title).where(Document.id == document)).scalar()
    if title is None:
        raise NotFound("This document is no longer in the project. Nothing was changed.")
    return str(title)
