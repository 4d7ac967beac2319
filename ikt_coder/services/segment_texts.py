"""How segments are written in decisions: JSON without any word of an interview."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.settling_rows import Segment


def segments_text(segments: Iterable[tuple[UUID | None, Segment]]) -> str:
    """Segments, each with the coder it is of (None: nobody's, or the Consensus)."""
    return json.dumps([_segment(who, each) for who, each in segments], separators=(",", ":"))


def _segment(coder: UUID | None, segment: Segment) -> dict[str, object]:
    written: dict[str, object] = {
        "start": segment.span.start,
        "end": segment.span.end,
        "code": segment.code.hex,
    }
    if coder is not None:
        written["coder"] = coder.hex
    if segment.coding is not None:
        written["coding"] = segment.coding.hex
    if segment.valence is not None:
        written["valence"] = segment.valence.value
    if segment.strength is not None:
        written["strength"] = segment.strength
    if segment.levels:
        written["levels"] = sorted(level.hex for level in segment.levels)
    return written


def read_segments(text: str) -> tuple[tuple[UUID | None, Segment], ...]:
    """What :func:`segments_text` wrote."""
    return tuple(
        (
            UUID(each["coder"]) if "coder" in each else None,
            Segment(
                Span(each["start"], each["end"]),
                UUID(each["code"]),
                Valence(each["valence"]) if "valence" in each else None,
                each.get("strength"),
                frozenset(UUID(level) for level in each.get("levels", ())),
                UUID(each["coding"]) if "coding" in each else None,
            ),
        )
        for each in json.loads(text)
    )
