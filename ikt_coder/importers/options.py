"""What the import preview shows (the guess) and what it lets a person change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import SpeakerRole


class Scheme(StrEnum):
    """How a transcript tells who speaks."""

    AUTO = "auto"
    NONE = "none"
    """No speakers; the text as it stands."""
    LABELS = "labels"
    """A name at the start of a paragraph or on a line of its own."""
    BRACKETS = "brackets"
    """A name in square brackets at the start of a paragraph, and no other names."""
    BOLD = "bold"
    """Bold paragraphs are one side, the others the other."""
    ITALIC = "italic"
    TAB = "tab"
    """Paragraphs that begin with a tab are one side, the others the other."""
    ONE_SIDE = "one side"
    """Only one side's paragraphs begin with a name."""
    TABLE = "table"
    """A row of a table per turn."""
    CUES = "cues"
    """Timed cues, with or without names."""
    TIMES = "times"
    """Times at the starts of paragraphs, no names."""


MARKED = frozenset((Scheme.BOLD, Scheme.ITALIC, Scheme.TAB, Scheme.ONE_SIDE))
"""The schemes in which the look of a paragraph alone tells the two sides apart."""

QUESTIONS = "Interviewer"
ANSWERS = "Participant"
"""Names given where a marked scheme names nobody."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Everything a person can decide about how a text is read; the default decides itself.

    ``speakers`` maps a label as written to the speaker's name: rename with it, merge two
    labels by giving them one name, make any label count by naming it, and say that a
    label is no speaker with None. ``roles`` is by the resulting name. ``skip_lines``: so
    many lines at the top belong to nobody. ``marked_role``: who speaks in the bold,
    italic or tabbed paragraphs. Where ``join_lines`` (lines of a PDF become paragraphs)
    or ``remove_margin_numbers`` is None, what is found decides.
    """

    scheme: Scheme = Scheme.AUTO
    speakers: Mapping[str, str | None] = field(default_factory=dict)
    roles: Mapping[str, SpeakerRole] = field(default_factory=dict)
    times: bool = True
    marked_role: SpeakerRole = SpeakerRole.INTERVIEWER
    skip_lines: int = 0
    join_cues: bool = True
    join_lines: bool | None = None
    remove_margin_numbers: bool | None = None


@frozen
class LabelGuess:
    """A label as the text writes it, how often it begins a turn, and whose it seems.

    ``accepted`` is False for what looks like a label but is not counted as one; naming it
    in ``ImportOptions.speakers`` makes it one.
    """

    label: str
    speaker: str
    count: int
    role: SpeakerRole
    accepted: bool = True


@frozen
class Merge:
    """Two spellings that may be one speaker: ``label`` could be read as ``into``."""

    label: str
    into: str


@frozen
class Guess:
    """How a text seems to be laid out. ``confidence`` is 0 to 1; below 0.5 the person
    should look. ``description`` is a plain sentence or two. ``doubtful`` are slips that only a
    person can tell: a label that stands once, a letter off another; they may be none."""

    scheme: Scheme
    description: str
    confidence: float
    labels: tuple[LabelGuess, ...] = ()
    turns: int = 0
    timed: bool = False
    merges: tuple[Merge, ...] = ()
    doubtful: tuple[Merge, ...] = ()
    margin_numbers: bool = False
    joined_lines: bool = False


def with_merges(options: ImportOptions, guess: Guess) -> ImportOptions:
    """``options`` with every merge the guess proposes accepted."""
    speakers = {merge.label: merge.into for merge in guess.merges}
    return replace(options, speakers={**speakers, **options.speakers})
