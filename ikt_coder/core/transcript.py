"""What an importer hands over: a text with its turns, times and display formatting."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span


class SpeakerRole(StrEnum):
    """Whose words a turn holds; only participants' words count as somebody's."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    OTHER = "other"


class FormatKind(StrEnum):
    """Display formatting kept beside the text; it never changes a position."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    HEADING = "heading"


@frozen
class FormatRun:
    """Formatting of ``span``; ``level`` is 1-6 for headings."""

    span: Span
    kind: FormatKind
    level: int = 0


@frozen
class TimeMark:
    """At code point ``at`` the recording stands at ``ms`` milliseconds."""

    at: int
    ms: int


@frozen
class Turn:
    """What one speaker says until another does. ``speaker`` is the label in the
    transcript, None where nobody is named. ``label_end``: where the spoken words begin
    (the label and time before it stay in the text and stay codable)."""

    span: Span
    speaker: str | None = None
    start_ms: int | None = None
    label_end: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A text made ready for a project: line ends are ``\\n``, no other normalisation.

    ``turns`` lie in order, do not overlap and may leave gaps (headings, dates).
    ``pages``: code points at which the pages of a PDF begin.
    """

    text: str
    turns: tuple[Turn, ...] = ()
    times: tuple[TimeMark, ...] = ()
    formats: tuple[FormatRun, ...] = ()
    pages: tuple[int, ...] = ()
    speaker_roles: dict[str, SpeakerRole] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Labels in order of first appearance."""
        seen: dict[str, None] = {}
        for turn in self.turns:
            if turn.speaker is not None:
                seen.setdefault(turn.speaker)
        return tuple(seen)

    @property
    def timed(self) -> bool:
        return bool(self.times) or any(turn.start_ms is not None for turn in self.turns)
