"""What every format hands over, and the protocol its reader follows."""

from __future__ import annotations

from typing import Protocol

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatRun


@frozen
class Cue:
    """A piece of speech with its time in the recording, in milliseconds.

    ``speaker`` is named only where the format itself names one (a voice tag, a tier).
    """

    start_ms: int
    end_ms: int
    text: str
    speaker: str | None = None


@frozen
class Row:
    """A row of a table: the spans of its cells, in order (code points, half-open)."""

    cells: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return Span(self.cells[0].start, self.cells[-1].end)


@frozen
class RawText:
    """The text of a file, before anybody asks who speaks.

    Line ends are ``\\n``; nothing else is normalised. Every position is a code point of
    ``text``. ``cues`` are filled for timed formats, where ``text`` is only a first
    rendering of them; ``pages`` are the code points at which the pages of a PDF begin.
    """

    text: str
    formats: tuple[FormatRun, ...] = ()
    cues: tuple[Cue, ...] = ()
    rows: tuple[Row, ...] = ()
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, data: bytes, name: str) -> RawText:
        """The text of a file with the bytes ``data``; ``name`` is for messages.

        Raises UnreadableFile where the bytes are not what the reader reads.
        """
