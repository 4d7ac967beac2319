"""Which question of the guide a passage answers.

From a turn that was matched with a question to the next one that was matched with another, all
words answer that question; follow-up questions that are not in the guide change nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.span import Span
from ikt_coder.model import QuestionTurn, Turn

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_Stretches = tuple[list[int], list[UUID]]


class Answers:
    """The stretches of all documents, or of some; read once."""

    def __init__(self, project: Project, documents: Iterable[UUID] | None = None) -> None:
        statement = (
            select(QuestionTurn.document_id, Turn.start, QuestionTurn.question_id)
            .join(Turn, Turn.id == QuestionTurn.turn_id)
            .where(QuestionTurn.question_id.is_not(None))
            .order_by(QuestionTurn.document_id, Turn.start)
        )
        if documents is not None:
            statement = statement.where(QuestionTurn.document_id.in_(list(documents)))
        self._stretches: dict[UUID, _Stretches] = {}
        for document, start, question in project.connection.execute(statement).all():
            starts, keys = self._stretches.setdefault(document, ([], []))
            if question is not None and (not keys or keys[-1] != question):
                starts.append(start)
                keys.append(question)

    def __bool__(self) -> bool:
        return bool(self._stretches)

    def of(self, document: UUID, span: Span) -> tuple[UUID, ...]:
        """The questions whose answers a span touches, in text order; mostly one. Before the
        first question there is none."""
        if document not in self._stretches:
            return ()
        starts, keys = self._stretches[document]
        first = max(0, bisect_right(starts, span.start) - 1)
        met: dict[UUID, None] = {}
        for at in range(first, len(starts)):
            if starts[at] >= span.end:
                break
            end = starts[at + 1] if at + 1 < len(starts) else None
            if end is None or end > span.start:
                met[keys[at]] = None
        return tuple(met)

    def spans(self, document: UUID, length: int) -> tuple[tuple[UUID, Span], ...]:
        """Each stretch of a document of ``length`` code points with its question."""
        if document not in self._stretches:
            return ()
        starts, keys = self._stretches[document]
        ends = [*starts[1:], length]
        return tuple(
            (key, Span(start, end)) for key, start, end in zip(keys, starts, ends, strict=True)
        )
