"""Studies that several records describe, and the interview guide."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class Study(Entity):
    """A study; one or more documents (records) report it. ``citation`` is how tables name it."""

    __tablename__ = "study"
    name: Mapped[str]
    citation: Mapped[str]
    note: Mapped[str]
    position: Mapped[int]


class GuideQuestion(Entity):
    """A question of the interview guide. ``label`` is its short name as tables print it."""

    __tablename__ = "guide_question"
    label: Mapped[str]
    text: Mapped[str]
    note: Mapped[str]
    position: Mapped[int]


class QuestionStage(Entity):
    """A research stage a question asks about; the id is derived from both."""

    __tablename__ = "question_stage"
    question_id: Mapped[UUID] = reference("guide_question")
    option_id: Mapped[UUID] = reference("chart_option")


class QuestionTurn(Entity):
    """What a person said of an interviewer's turn: it asks this question, or (None) none of the
    guide. The id is derived from the turn."""

    __tablename__ = "question_turn"
    turn_id: Mapped[UUID] = reference("turn")
    document_id: Mapped[UUID] = reference("document")
    question_id: Mapped[UUID | None] = reference("guide_question", on_delete="SET NULL")
