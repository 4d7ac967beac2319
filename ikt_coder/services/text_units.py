"""The units agreement is counted in, and the text in scope, as spans of a document's text.

Spans are sorted, disjoint pairs of code points, half-open.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import Scope, Unit
from ikt_coder.core.span import Span, unite
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.services.kept_texts import KeptText
from ikt_coder.services.voices import Voices
from ikt_coder.text.sentences import sentences

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Pairs: TypeAlias = tuple[tuple[int, int], ...]
Stop = Callable[[], bool]

_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")


def unit_spans(
    project: Project,
    document: UUID,
    unit: Unit,
    size: int | None = None,
    stop: Stop | None = None,
) -> Pairs | None:
    """Where the units of a document's present text lie; None for characters, which need no
    boundaries.

    Turns are the spoken words of each turn, without label and time; sentences and tokens lie
    within them; paragraphs are the lines that hold something; fixed segments have ``size``
    code points (the last may be shorter). Tokens take a second where the text was not
    analysed yet. Raises NotFound, Cancelled, and UserError where ``size`` is missing.
    """
    if unit is Unit.CHARACTERS:
        return None
    if unit is Unit.TOKENS:
        found = project.words.analysis(document, stop)
        return tuple(zip(found.starts, found.ends, strict=True))
    kept = project.search.texts.one(document)
    length = len(kept.text)
    if unit is Unit.DOCUMENTS:
        return ((0, length),) if length else ()
    if unit is Unit.FIXED:
        if not size or size < 1:
            raise UserError("Fixed segments need a length.", "Say of how many characters.")
        return tuple((at, min(at + size, length)) for at in range(0, length, size))
    if unit is Unit.PARAGRAPHS:
        return _pairs(_trimmed(kept.text, *found.span()) for found in _LINE.finditer(kept.text))
    if unit is Unit.TURNS:
        return _pairs(
            _trimmed(kept.text, words, end)
            for words, end in zip(kept.words, kept.ends, strict=True)
        )
    return _pairs(sentences(kept.text, kept.spoken()))


def scope_spans(
    project: Project,
    document: UUID,
    scope: Scope,
    selection: Iterable[tuple[int, int]] = (),
) -> Pairs | None:
    """The text in scope; None for all of it.

    Respondents' turns are the words of participants and of those whom the transcript does not
    name; a text without turns is all theirs. ``selection`` holds the spans chosen when a round
    was set up. Raises NotFound.
    """
    if scope is Scope.WHOLE:
        return None
    kept = project.search.texts.one(document)
    if scope is Scope.SELECTION:
        end = len(kept.text)
        inside = (Span(min(a, end), min(b, end)) for a, b in selection if a < b)
        return _pairs(unite(inside))
    return _respondents(project, kept)


def _respondents(project: Project, kept: KeptText) -> Pairs:
    if not kept.starts:
        return ((0, len(kept.text)),) if kept.text else ()
    voices = Voices(project).of(kept)
    respond = [voice.role is SpeakerRole.PARTICIPANT for voice in voices]
    return _pairs(
        unite(
            Span(words, end)
            for words, end, who in zip(kept.words, kept.ends, kept.who, strict=True)
            if words < end and respond[who]
        )
    )


def _pairs(spans: Iterable[Span]) -> Pairs:
    return tuple((span.start, span.end) for span in spans if span.start < span.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(words.strip())))


# -- packing ---------------------------------------------------------------------------------


def pack_spans(spans: Sequence[tuple[int, int]] | None) -> bytes | None:
    """Spans as a few bytes each, as a frozen text keeps them."""
    if spans is None:
        return None
    numbers = array("I")
    before = 0
    for start, end in spans:
        numbers.append(start - before)
        numbers.append(end - start)
        before = start
    if sys.byteorder == "big":
        numbers.byteswap()
    return zlib.compress(numbers.tobytes(), 6)


def unpack_spans(data: bytes | None) -> Pairs | None:
    """What ``pack_spans`` packed."""
    if data is None:
        return None
    numbers = array("I")
    numbers.frombytes(zlib.decompress(data))
    if sys.byteorder == "big":
        numbers.byteswap()
    spans = []
    at = 0
    for step, length in zip(numbers[::2], numbers[1::2], strict=True):
        at += step
        spans.append((at, at + length))
    return tuple(spans)
