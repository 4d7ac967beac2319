"""The frozen rows of charting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ikt_coder.codebooks.framework import AnswerKind as AnswerKind
from ikt_coder.core.frozen import frozen


class SubjectKind(StrEnum):
    """What a form is filled in for."""

    DOCUMENT = "document"
    EVENT = "event"


@frozen
class Subject:
    """One document (a record) or one engagement event."""

    kind: SubjectKind
    id: UUID


class Basis(StrEnum):
    """Whether the source says it, or the reader concluded it."""

    EXPLICIT = "explicit"
    INFERRED = "inferred"


class ChartStatus(StrEnum):
    """How far a form is."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    CHARTED = "charted"


class Verdict(StrEnum):
    """What a second coder said of an answer."""

    AGREED = "agreed"
    CHANGED = "changed"
    QUESTION = "question"


@frozen
class OptionRow:
    """An answer that is offered; ``name`` is the framework's word, ``label`` the project's own,
    ``depth`` 0 for the uppermost."""

    id: UUID
    field: UUID
    parent: UUID | None
    key: str | None
    name: str
    label: str
    definition: str
    applicable: bool
    hidden: bool
    depth: int

    @property
    def shown(self) -> str:
        """The word the project uses for it."""
        return self.label or self.name


@frozen
class FieldRow:
    """One question of the form with all its options, the hidden ones too, parents first.

    ``framework_key`` and ``key`` are empty for a question of the project's own."""

    id: UUID
    framework: UUID | None
    framework_key: str
    framework_name: str
    source: str
    key: str | None
    name: str
    definition: str
    kind: AnswerKind
    ordered: bool
    has_basis: bool
    subjects: frozenset[SubjectKind]
    position: int
    options: tuple[OptionRow, ...] = ()

    @property
    def offered(self) -> tuple[OptionRow, ...]:
        """The options that can be chosen, in order."""
        return tuple(each for each in self.options if each.applicable and not each.hidden)

    def option(self, key: UUID) -> OptionRow | None:
        return next((each for each in self.options if each.id == key), None)

    def above(self, key: UUID) -> tuple[UUID, ...]:
        """An option and those above it."""
        parents = {each.id: each.parent for each in self.options}
        found: list[UUID] = []
        here: UUID | None = key
        while here is not None and here in parents and here not in found:
            found.append(here)
            here = parents[here]
        return tuple(found)


@frozen
class Answer:
    """What stands in one field of one form. ``text`` is the answer of a text field, and a remark
    beside the options of the others."""

    options: tuple[UUID, ...] = ()
    text: str = ""
    not_reported: bool = False
    basis: Basis | None = None

    def given(self, field: FieldRow) -> bool:
        """Whether somebody looked: an option, a text in a text field, or *not reported*."""
        told = bool(self.text) and field.kind is AnswerKind.TEXT
        return bool(self.options) or self.not_reported or told


NO_ANSWER = Answer()


@frozen
class ChartRow:
    """A form as lists and the grid show it. ``citation`` names the subject in tables; ``study``
    is None for a document of no study and for events. ``coder`` filled it in first."""

    subject: Subject
    title: str
    citation: str
    study: UUID | None
    study_name: str
    status: ChartStatus
    pilot: bool
    note: str
    coder: UUID | None
    changed: datetime | None
    answers: Mapping[UUID, Answer]
    left_out: bool = False

    def answer(self, field: UUID) -> Answer:
        return self.answers.get(field, NO_ANSWER)


@frozen
class Grid:
    """The forms of all documents, or of all events, with the fields that are asked of them."""

    kind: SubjectKind
    fields: tuple[FieldRow, ...]
    rows: tuple[ChartRow, ...]

    def field(self, key: UUID) -> FieldRow | None:
        return next((each for each in self.fields if each.id == key), None)

    def answered(self, row: ChartRow) -> int:
        """How many of the fields are answered in a form."""
        return sum(row.answer(field.id).given(field) for field in self.fields)


@frozen
class Progress:
    """How far charting is: forms by status, pilots among them, answers of all that are asked."""

    subjects: int
    charted: int
    in_progress: int
    pilots: int
    answered: int
    asked: int

    @property
    def to_do(self) -> int:
        return self.subjects - self.charted - self.in_progress


@frozen
class CheckRow:
    """What a coder said of an answer: ``before`` is the answer they saw, ``after`` what they left
    there; ``stands``: the answer is still the one they left."""

    subject: Subject
    field: UUID
    coder: UUID
    verdict: Verdict
    before: Answer
    after: Answer
    before_words: str
    note: str
    at: datetime
    stands: bool


@frozen
class FieldRates:
    """What became of the answers to one field (None: to all of them)."""

    field: UUID | None
    answers: int
    agreed: int
    changed: int
    question: int

    @property
    def left(self) -> int:
        """Answers nobody checked, or that changed since."""
        return self.answers - self.agreed - self.changed - self.question


@frozen
class CheckRates:
    """The rates of checking over all and field by field; never a coefficient."""

    whole: FieldRates
    fields: tuple[FieldRates, ...]
    subjects: int
    checked_subjects: int
    coders: tuple[str, ...]
    why_no_coefficient: str
