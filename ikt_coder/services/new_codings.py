"""Making codings: the one place where rows of codings come from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, update

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus, Flag, Layer, Origin, Valence
from ikt_coder.model import Coding, Document
from ikt_coder.services.coding_rows import ADD_CODING, ADD_LEVEL, DOCUMENT_TO_CODE, EQUAL
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class NewCoding:
    """A coding to be made; ``coder`` None is the present coder."""

    document: UUID
    span: Span
    code: UUID
    coder: UUID | None = None
    valence: Valence | None = None
    strength: int | None = None
    levels: Collection[UUID] = ()
    memo: str = ""
    flags: Collection[Flag] = ()
    behaviour: UUID | None = None
    mapping_choice: Sequence[str] = ()


def make_codings(
    project: Project, op: Operation, new: Sequence[NewCoding], origin: Origin
) -> list[UUID]:
    """Insert codings within an act; one that a coder has on the very span is not made twice
    and its id is returned. Raises NotAllowed for a span that is empty or outside its text."""
    documents = {
        r.id: r
        for document in {item.document for item in new}
        for r in op.connection.execute(DOCUMENT_TO_CODE, {"document": document})
    }
    newest = {key: project.texts.newest_edit(key) for key in documents}
    sealed = project.sealing.documents
    project.rounds.refuse_frozen(op, {(item.document, item.coder or op.coder) for item in new})
    known = _known(op, new)
    now = datetime.now(UTC)
    made: list[UUID] = []
    rows: list[dict[str, Any]] = []
    levels: list[dict[str, Any]] = []
    for item in new:
        document = documents.get(item.document)
        if document is None:
            raise NotFound("This document is no longer in the project.")
        if item.document in sealed and item.coder not in (None, op.coder):
            raise NotAllowed(
                f"{project.sight.sealed_note([item.document])} Nobody codes for somebody else "
                "there. Nothing was made.",
                "Bring in a coder's copy, or wait until the round is unsealed.",
            )
        if not 0 <= item.span.start < item.span.end <= document.length:
            raise NotAllowed(
                "A code needs at least one letter inside the text.", "Select some words first."
            )
        refuse_strength(item.strength)
        coder = item.coder or op.coder
        mark = (item.document, item.span.start, item.span.end, item.code, coder)
        if mark in known:
            made.append(known[mark])
            continue
        key = new_id()
        known[mark] = key
        made.append(key)
        rows.append(
            {
                "id": key,
                "document_id": item.document,
                "start": item.span.start,
                "end": item.span.end,
                "code_id": item.code,
                "coder_id": coder,
                "layer": Layer.CODER.value,
                "valence": item.valence.value if item.valence else None,
                "strength": item.strength,
                "behaviour_id": item.behaviour,
                "origin": origin.value,
                "basis": None,
                "review": None,
                "memo": item.memo,
                "unsure": Flag.UNSURE in item.flags,
                "star": Flag.STAR in item.flags,
                "paraphrase_only": Flag.PARAPHRASE_ONLY in item.flags,
                "do_not_quote": Flag.DO_NOT_QUOTE in item.flags,
                "mapping_choice": ",".join(item.mapping_choice),
                "since_edit_id": newest[item.document],
                "created": now,
            }
        )
        levels += [
            {"id": derived_id(key, level), "coding_id": key, "level_id": level}
            for level in dict.fromkeys(item.levels)
        ]
    if rows:
        op.execute(ADD_CODING, rows)
        # In a sealed document this would tell others who has begun.
        _take_up(op, [row for row in rows if row["document_id"] not in sealed], documents)
    if levels:
        op.execute(ADD_LEVEL, levels)
    return made


def refuse_strength(strength: int | None) -> None:
    if strength not in (None, 1, 2):
        raise NotAllowed("Strength is 1, 2 or not set.")


def _known(
    op: Operation, new: Sequence[NewCoding]
) -> dict[tuple[UUID, int, int, UUID, UUID | None], UUID]:
    """Codings that exist already on the spans asked for."""
    if len(new) == 1:
        item = new[0]
        span, coder = item.span, item.coder or op.coder
        equal = {
            "document": item.document,
            "coder": coder,
            "layer": Layer.CODER.value,
            "start": span.start,
            "end": span.end,
            "code": item.code,
        }
        found = op.connection.execute(EQUAL, equal).scalars().first()
        mark = (item.document, span.start, span.end, item.code, coder)
        return {} if found is None else {mark: found}
    statement = select(
        Coding.document_id,
        Coding.start,
        Coding.end,
        Coding.code_id,
        Coding.coder_id,
        Coding.id,
    ).where(
        Coding.layer == Layer.CODER.value,
        Coding.document_id.in_({item.document for item in new}),
    )
    return {(r[0], r[1], r[2], r[3], r[4]): r[5] for r in op.execute(statement)}


def _take_up(op: Operation, rows: list[dict[str, Any]], documents: dict[UUID, Any]) -> None:
    """A first coding names the document's lead coder and marks it in progress."""
    for row in {row["document_id"]: row for row in reversed(rows)}.values():
        document = documents[row["document_id"]]
        values: dict[str, Any] = {}
        if document.lead_coder_id is None:
            values["lead_coder_id"] = row["coder_id"]
        if document.status == DocumentStatus.TO_DO.value:
            values["status"] = DocumentStatus.IN_PROGRESS.value
        if values:
            op.execute(update(Document).where(Document.id == document.id).values(**values))
