"""The frozen rows of the interview guide. Positions are code points, half-open."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span


@frozen
class QuestionRow:
    """A question of the guide. ``stages`` are charting options (research stages); ``turns`` is
    how many interviewer turns were matched with it, in ``documents`` documents."""

    id: UUID
    label: str
    text: str
    note: str
    position: int
    stages: tuple[UUID, ...]
    turns: int
    documents: int

    @property
    def name(self) -> str:
        """The short name, or the question itself where it has none."""
        return self.label or self.text


@frozen
class AskedTurn:
    """An interviewer's turn. ``question`` is what it was matched with; ``reviewed`` without a
    question: somebody said it asks none of the guide. ``proposed`` is a proposal with its
    ``likeness`` from 0 to 1, where it was not reviewed yet."""

    turn: UUID
    span: Span
    words: str
    speaker: str
    question: UUID | None
    reviewed: bool
    proposed: UUID | None = None
    likeness: float = 0.0


@frozen
class GuideProgress:
    """How many interviewer turns of a document were looked at, and matched."""

    document: UUID
    title: str
    turns: int
    reviewed: int
    matched: int
