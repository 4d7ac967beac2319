"""Spans that undo brings back into a text that was mended since.

A row that was removed is no longer moved along when its text is mended. When undo or redo puts it
back, it is carried through the edits made meanwhile. Positions are code points.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from ikt_coder.core.errors import UndoRefused
from ikt_coder.core.span import TextEdit
from ikt_coder.model import Coding, DocumentEdit, Memo, Quote, QuoteAlteration
from ikt_coder.storage.operation import Operation

_WITH_SPANS: tuple[Any, ...] = (Coding, Memo, Quote, QuoteAlteration)

# What is left of a memo without its passage: the memo itself is somebody's words.
_STAYS_EMPTY = (Memo,)


def carry_restored(op: Operation, played: int) -> None:
    """After the rows of operation ``played`` were played back within ``op``: carry what it put
    back through the edits of its texts that were made since.

    Raises UndoRefused where an edit that the text had then was itself taken back since.
    """
    if not _mended_since(op, played):
        return  # nearly always: nothing to look for among thousands of rows
    for entity in _WITH_SPANS:
        restored = _restored(op.raw, entity.__tablename__, played)
        if restored:
            _carry(op, entity, restored, played)


def _mended_since(op: Operation, played: int) -> bool:
    """Whether any text was mended, or a mending taken back, after operation ``played``."""
    found = op.raw.execute(
        "SELECT 1 FROM journal WHERE op > ? AND op < ? AND tbl = 'document_edit' LIMIT 1",
        (played, op.seq),
    ).fetchone()
    return found is not None


def _restored(driver: sqlite3.Connection, table: str, played: int) -> list[UUID]:
    return [
        UUID(bytes=key)
        for (key,) in driver.execute(
            "SELECT DISTINCT key FROM journal WHERE op = ? AND tbl = ? AND action = 'D'",
            (played, table),
        )
    ]


def _carry(op: Operation, entity: Any, keys: list[UUID], played: int) -> None:
    by_document: dict[UUID, list[tuple[UUID, int, int]]] = {}
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        for row in op.execute(
            select(entity.id, entity.document_id, entity.start, entity.end).where(
                entity.id.in_(some), entity.start.is_not(None)
            )
        ).all():
            by_document.setdefault(row.document_id, []).append((row.id, row.start, row.end))
    moved: list[dict[str, Any]] = []
    for document, spans in by_document.items():
        edits, newest = _edits_since(op, document, played)
        moved += ({**row, "edit": newest} for row in _moved(spans, edits))
    if not moved:
        return
    op.execute(
        update(entity)
        .where(entity.id == bindparam("key"))
        # The edit cannot be taken back under what now refers to it.
        .values(
            start=bindparam("to_start"), end=bindparam("to_end"), since_edit_id=bindparam("edit")
        ),
        moved,
    )
    if entity not in _STAYS_EMPTY:
        emptied = [row["key"] for row in moved if row["to_start"] == row["to_end"]]
        for start in range(0, len(emptied), 500):
            op.execute(delete(entity).where(entity.id.in_(emptied[start : start + 500])))


def _moved(
    spans: Iterable[tuple[UUID, int, int]], edits: list[TextEdit]
) -> Iterable[dict[str, Any]]:
    for key, start, end in spans:
        to_start, to_end = start, end
        for edit in edits:
            to_start, to_end = edit.move_edges(to_start, to_end)
        if (to_start, to_end) != (start, end):
            yield {"key": key, "to_start": to_start, "to_end": to_end}


def _edits_since(op: Operation, document: UUID, played: int) -> tuple[list[TextEdit], UUID | None]:
    """The edits that a text has now and had not after operation ``played``, in order, and the
    newest of them."""
    first: dict[UUID, str] = {}
    seen: set[bytes] = set()
    for key, action, image in op.raw.execute(
        "SELECT key, action, image FROM journal WHERE tbl = 'document_edit' AND op > ? AND op < ?"
        " ORDER BY id",
        (played, op.seq),
    ):
        if key in seen:
            continue
        seen.add(key)
        if action == "I" or document.hex.upper() in (image or "").upper():
            first[UUID(bytes=key)] = action
    if not first:
        return [], None
    rows = op.execute(
        select(DocumentEdit.id, DocumentEdit.at, DocumentEdit.removed, DocumentEdit.inserted)
        .where(DocumentEdit.document_id == document)
        .order_by(DocumentEdit.revision, DocumentEdit.step)
    ).all()
    there = {row.id for row in rows}
    if any(action == "D" and key not in there for key, action in first.items()):
        raise UndoRefused(
            "The text was as it no longer is when this was done: a mended place was taken back "
            "since. Nothing was changed.",
            "Mend the text again, or use “go back to here” in History.",
        )
    made = [row for row in rows if first.get(row.id) == "I"]
    edits = [TextEdit(row.at, row.removed, row.inserted) for row in made]
    return edits, made[-1].id if made else None
