"""A coder's segments as the marks that a text pane paints."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import UTC, datetime
from uuid import UUID

from ikt_coder.core.words import Layer, Origin
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.settling_rows import Segment
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.offsets import Offsets

QUIET = UUID(int=1)
"""Stands for the coder of what is beside the point: underlined lightly, with no tint."""
_NOBODY = UUID(int=0)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def marks_of(
    segments: Iterable[Segment], offsets: Offsets, loud: Container[UUID] | None = None
) -> list[Mark]:
    """The segments where they stand in the shown text. ``loud`` holds the codings that are
    tinted, the others are underlined lightly; None: all are tinted."""
    return [
        Mark(_row(number, segment, loud), *offsets.units(segment.span))
        for number, segment in enumerate(segments)
    ]


def _row(number: int, segment: Segment, loud: Container[UUID] | None) -> CodingRow:
    # A coding that was removed since the freeze has its id still; one without gets a number.
    key = segment.coding or UUID(int=number + 2)
    return CodingRow(
        id=key,
        document=_NOBODY,
        span=segment.span,
        code=segment.code,
        coder=_NOBODY if loud is None or key in loud else QUIET,
        layer=Layer.CODER,
        valence=segment.valence,
        strength=segment.strength,
        levels=segment.levels,
        memo="",
        behaviour=None,
        origin=Origin.HAND,
        basis=None,
        flags=frozenset(),
        mapping_choice=(),
        created=_NEVER,
    )
