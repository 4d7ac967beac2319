"""Freezing: what a coder had coded in a document, and what its text was like.

Neither holds words of the interview. Positions are code points over the text as it was then.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert, select

from ikt_coder.core.ids import new_id
from ikt_coder.core.words import Layer, Valence
from ikt_coder.model import Coding, CodingLevel, Document, FrozenGround, Snapshot
from ikt_coder.services.round_rows import EditMark, FrozenCodings, Ground, SnapshotRow
from ikt_coder.services.text_units import Pairs, pack_spans, unpack_spans
from ikt_coder.storage.check import Finding
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_VALENCES = {valence.value: valence for valence in Valence}


# -- the codings of one coder ------------------------------------------------------------------


def freeze_codings(
    project: Project,
    op: Operation,
    round_: UUID,
    coder: UUID,
    document: UUID,
    version: UUID,
    at: datetime,
) -> UUID:
    """Keep what a coder has coded in a document now; returns the snapshot."""
    marks = project.texts.marks(document)
    text = project.texts.get(document)
    values = {
        "round_id": round_,
        "coder_id": coder,
        "document_id": document,
        "length": len(text),
        "text_digest": text_digest(text),
        "edits": written_marks(marks),
        "codings": _written(op, document, coder),
        "codebook_version": version,
    }
    key = new_id()
    op.execute(insert(Snapshot).values(id=key, at=at, digest=_digest(values), **values))
    return key


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _written(op: Operation, document: UUID, coder: UUID) -> str:
    """A coder's codings of a document by columns, in text order."""
    mine = (
        Coding.document_id == document,
        Coding.coder_id == coder,
        Coding.layer == Layer.CODER.value,
    )
    rows = sorted(
        op.execute(
            select(
                Coding.start,
                Coding.end,
                Coding.code_id,
                Coding.id,
                Coding.valence,
                Coding.strength,
            ).where(*mine)
        ).all(),
        key=lambda row: (row.start, row.end, row.code_id.hex, row.id.hex),
    )
    codes = list(dict.fromkeys(row.code_id for row in rows))
    place = {code: index for index, code in enumerate(codes)}
    carried: dict[UUID, list[UUID]] = {}
    for coding, level in op.execute(
        select(CodingLevel.coding_id, CodingLevel.level_id)
        .join(Coding, Coding.id == CodingLevel.coding_id)
        .where(*mine)
        .order_by(CodingLevel.level_id)
    ).all():
        carried.setdefault(coding, []).append(level)
    levels = sorted({level for held in carried.values() for level in held})
    number = {level: index for index, level in enumerate(levels)}
    columns: dict[str, Any] = {
        "id": [row.id.hex for row in rows],
        "start": [row.start for row in rows],
        "end": [row.end for row in rows],
        "code": [place[row.code_id] for row in rows],
        "codes": [code.hex for code in codes],
        "valence": [row.valence for row in rows],
        "strength": [row.strength for row in rows],
    }
    if levels:
        columns["levels"] = [[number[one] for one in carried.get(row.id, ())] for row in rows]
        columns["level_ids"] = [level.hex for level in levels]
    return json.dumps(columns, separators=(",", ":"))


def _digest(values: Any) -> str:
    """By what a snapshot can be proved to be what was kept; ids as they are or as bytes."""
    version = values["codebook_version"]
    parts = (
        *(_hex(values[name]) for name in ("round_id", "coder_id", "document_id")),
        str(values["length"]),
        values["text_digest"],
        values["edits"],
        values["codings"],
        _hex(version) if version else "",
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _hex(key: UUID | bytes) -> str:
    return key.hex if isinstance(key, UUID) else key.hex()


def check_snapshots(driver: sqlite3.Connection) -> list[Finding]:
    """Whether every snapshot is what was kept."""
    cursor = driver.execute("SELECT * FROM snapshot")
    names = [column[0] for column in cursor.description]
    altered = 0
    for row in cursor:
        values = dict(zip(names, row, strict=True))
        altered += _digest(values) != values["digest"]
    if not altered:
        return []
    return [Finding("snapshot", f"{altered} are not what was frozen when coding was finished")]


def snapshot_row(row: Any) -> SnapshotRow:
    """A stored snapshot, its codings parsed."""
    return SnapshotRow(
        row.id,
        row.round_id,
        row.coder_id,
        row.document_id,
        row.at,
        row.length,
        read_marks(row.edits),
        read_codings(row.codings),
        row.codebook_version,
        row.digest,
    )


def read_codings(stored: str) -> FrozenCodings:
    """The codings of a snapshot. Levels of thousands of codings share their sets."""
    columns = json.loads(stored)
    codes = [UUID(hex=code) for code in columns["codes"]]
    level_ids = [UUID(hex=level) for level in columns.get("level_ids", ())]
    none: frozenset[UUID] = frozenset()
    count = len(columns["id"])
    levels = tuple(
        frozenset(level_ids[n] for n in held) if held else none
        for held in columns.get("levels", [()] * count)
    )
    return FrozenCodings(
        tuple(UUID(hex=key) for key in columns["id"]),
        tuple(columns["start"]),
        tuple(columns["end"]),
        tuple(codes[n] for n in columns["code"]),
        tuple(_VALENCES[v] if v else None for v in columns["valence"]),
        tuple(columns["strength"]),
        levels,
    )


def written_marks(marks: Sequence[EditMark]) -> str:
    return json.dumps(
        [[mark.id.hex, mark.at, mark.removed, mark.inserted] for mark in marks],
        separators=(",", ":"),
    )


def read_marks(stored: str) -> tuple[EditMark, ...]:
    return tuple(
        EditMark(UUID(hex=key), at, removed, inserted)
        for key, at, removed, inserted in json.loads(stored)
    )


# -- the text ----------------------------------------------------------------------------------


def freeze_ground(
    project: Project,
    op: Operation,
    round_: UUID,
    document: UUID,
    units: Pairs | None,
    scope: Pairs | None,
) -> None:
    """Keep what a document's text is like now."""
    text = project.texts.get(document)
    op.execute(
        insert(FrozenGround).values(
            id=new_id(),
            round_id=round_,
            document_id=document,
            length=len(text),
            text_digest=text_digest(text),
            edits=written_marks(project.texts.marks(document)),
            units=pack_spans(units),
            scope=pack_spans(scope),
        )
    )


def ground_row(row: Any) -> Ground:
    return Ground(
        row.document_id,
        row.length,
        read_marks(row.edits),
        row.text_digest,
        unpack_spans(row.units),
        unpack_spans(row.scope),
    )


def titles(op: Operation, documents: Iterable[UUID]) -> dict[UUID, str]:
    """The titles of documents that are there."""
    keys = list(documents)
    found: dict[UUID, str] = {}
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        found.update(
            (row.id, row.title)
            for row in op.execute(
                select(Document.id, Document.title).where(Document.id.in_(some))
            ).all()
        )
    return found
