"""The units agreement is counted in, and the text in scope, of a document as it stands.

A round freezes both when it is unsealed, so that its figures stay what they were; a comparison
from no round asks for them anew. Positions are code points, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from ikt_coder.agreement.spans import Pair, fixed_units, unite
from ikt_coder.core.rounds import Scope, Unit
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import Speaker
from ikt_coder.services.kept_texts import KeptText
from ikt_coder.text.sentences import sentences

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")


def unit_spans(kept: KeptText, unit: Unit, size: int | None = None) -> tuple[Pair, ...] | None:
    """The units of a text in order; None where single characters or the whole document are.

    Words and sentences are those that are spoken: labels and times of turns are in none. A turn
    is counted with its label, and what stands between turns as a unit of its own.
    """
    text = kept.text
    match unit:
        case Unit.CHARACTERS | Unit.DOCUMENTS:
            return None
        case Unit.TOKENS:
            return tuple(
                (found.start(), found.end())
                for piece, _ in kept.pieces()
                for found in _WORD.finditer(text, piece.start, piece.end)
            )
        case Unit.SENTENCES:
            return tuple((span.start, span.end) for span in sentences(text, kept.spoken()))
        case Unit.TURNS:
            return tuple(_turns(kept))
        case Unit.PARAGRAPHS:
            return tuple((found.start(), found.end()) for found in _LINE.finditer(text))
        case Unit.FIXED:
            return fixed_units(len(text), size or 1)


def scope_spans(
    kept: KeptText,
    scope: Scope,
    roles: Mapping[UUID, SpeakerRole],
    selection: Iterable[Pair] = (),
) -> tuple[Pair, ...] | None:
    """The text in scope in order; None where all of it is. Respondents' words are those that
    neither an interviewer nor anybody else beside the participants says, without labels."""
    if scope is Scope.WHOLE:
        return None
    if scope is Scope.SELECTION:
        return tuple(unite(selection))
    others = {
        number
        for number, speaker in enumerate(kept.speakers)
        if speaker is not None
        and roles.get(speaker, SpeakerRole.PARTICIPANT) is not SpeakerRole.PARTICIPANT
    }
    return tuple(unite((p.start, p.end) for p, who in kept.pieces() if who not in others))


def speaker_roles(project: Project) -> dict[UUID, SpeakerRole]:
    """What each speaker of the project's transcripts is."""
    found = project.connection.execute(select(Speaker.id, Speaker.role)).all()
    return {key: SpeakerRole(role) for key, role in found}


def _turns(kept: KeptText) -> Iterable[Pair]:
    at = 0
    for start, end in zip(kept.starts, kept.ends, strict=True):
        yield from _between(kept.text, at, start)
        if end > max(at, start):
            yield max(at, start), end
        at = max(at, end)
    yield from _between(kept.text, at, len(kept.text))


def _between(text: str, start: int, end: int) -> Iterable[Pair]:
    """What stands between two turns, where it is more than white space."""
    if start < end and text[start:end].strip():
        yield start, end
