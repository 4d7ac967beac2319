"""How codings are read and written: rows, and the statements that every act of coding runs.

The statements are put together once. SQLAlchemy needs half a millisecond to put one with many
columns together, and ten times less to run one it has met before.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import Update, bindparam, delete, insert, select, update

from ikt_coder.core.span import Span
from ikt_coder.core.words import Basis, Flag, Layer, Origin, Valence
from ikt_coder.model import Code, Coder, Coding, CodingLevel, Document
from ikt_coder.services.rows import CodingRow

# Every set of flags by its switches, so that thousands of rows share sixteen sets.
_FLAG_SETS = {
    switches: frozenset(flag for flag, on in zip(Flag, switches, strict=True) if on)
    for switches in product((False, True), repeat=len(Flag))
}
_LAYERS = {layer.value: layer for layer in Layer}
_VALENCES: dict[str | None, Valence | None] = {None: None, **{v.value: v for v in Valence}}
_ORIGINS = {origin.value: origin for origin in Origin}

CODING_COLUMNS = (
    Coding.id,
    Coding.document_id,
    Coding.start,
    Coding.end,
    Coding.code_id,
    Coding.coder_id,
    Coding.layer,
    Coding.valence,
    Coding.strength,
    Coding.memo,
    Coding.behaviour_id,
    Coding.origin,
    Coding.basis,
    Coding.mapping_choice,
    Coding.created,
    *(getattr(Coding, flag.value) for flag in Flag),
)
"""What ``coding_row`` takes, in its order."""


def coding_row(values: Any, levels: frozenset[UUID]) -> CodingRow:
    """A stored coding (its CODING_COLUMNS) as a frozen row. Called for every coding of a
    document, so it takes the values by place: names cost three times as much."""
    (
        key,
        document,
        start,
        end,
        code,
        coder,
        layer,
        valence,
        strength,
        memo,
        behaviour,
        origin,
        basis,
        choice,
        created,
        *switches,
    ) = values
    return CodingRow(
        key,
        document,
        Span(start, end),
        code,
        coder,
        _LAYERS[layer],
        _VALENCES[valence],
        strength,
        levels,
        memo,
        behaviour,
        _ORIGINS[origin],
        Basis(basis) if basis else None,
        _FLAG_SETS[tuple(switches)],
        tuple(choice.split(",")) if choice else (),
        created,
    )


CODING = select(*CODING_COLUMNS).where(Coding.id == bindparam("coding"))

LEVELS = select(CodingLevel.coding_id, CodingLevel.level_id).where(
    CodingLevel.coding_id == bindparam("coding")
)

WHOSE = (
    select(
        Code.name,
        Coding.document_id,
        Coding.start,
        Coding.coder_id,
        Coder.name.label("coder_name"),
    )
    .join(Coding, Coding.code_id == Code.id)
    .outerjoin(Coder, Coder.id == Coding.coder_id)
    .where(Coding.id == bindparam("coding"))
)
"""What the history names a coding by, and whose it is."""

CODE_TO_APPLY = select(Code.name, Code.applicable, Code.merged_into, Code.default_valence).where(
    Code.id == bindparam("code")
)

DOCUMENT_TO_CODE = select(
    Document.id, Document.length, Document.lead_coder_id, Document.status
).where(Document.id == bindparam("document"))

EQUAL = select(Coding.id).where(
    Coding.document_id == bindparam("document"),
    Coding.coder_id.is_not_distinct_from(bindparam("coder")),  # the Consensus has none
    Coding.layer == bindparam("layer"),
    Coding.start == bindparam("start"),
    Coding.end == bindparam("end"),
    Coding.code_id == bindparam("code"),
)
"""Codings of one code by one coder on one span; more than one only after a merge."""

SPANS = (
    select(Coding.start, Coding.end)
    .where(
        Coding.document_id == bindparam("document"),
        Coding.coder_id.is_not_distinct_from(bindparam("coder")),
        Coding.layer == bindparam("layer"),
    )
    .order_by(Coding.start)
)

ADD_CODING = insert(Coding)
ADD_LEVEL = insert(CodingLevel)
REMOVE_CODING = delete(Coding).where(Coding.id == bindparam("coding"))


@cache
def change_coding(columns: tuple[str, ...]) -> Update:
    """The update of these columns of one coding; :func:`changed` fits the values to it."""
    return (
        update(Coding)
        .where(Coding.id == bindparam("coding"))
        .values({name: bindparam(f"new_{name}") for name in columns})
    )


def changed(codings: Iterable[UUID], values: dict[str, Any]) -> list[dict[str, Any]]:
    """What :func:`change_coding` takes, for each of the codings."""
    named = {f"new_{name}": value for name, value in values.items()}
    return [{"coding": coding, **named} for coding in codings]
