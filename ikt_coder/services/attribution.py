"""Whose words a span holds: the participants whose turns it touches (method.md, Counting)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import Document, DocumentParticipant, Participant, Speaker, Turn
from ikt_coder.services.document_order import document_order

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as tables need them."""

    id: UUID
    label: str
    group: str
    left_out: bool
    consent: str


@dataclass(frozen=True, slots=True)
class _TurnPart:
    start: int
    end: int
    words_start: int
    speaker: str | None
    role: SpeakerRole
    participant: UUID | None
    start_ms: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """Who speaks in a span and when it begins."""

    speakers: tuple[str, ...]
    participants: tuple[UUID, ...]
    start_ms: int | None


class Attribution:
    """Turns and people of the project, read once and asked for many spans.

    Words of a turn belong to the participant its speaker is linked to; the interviewer's to
    nobody. Words in no turn, or in a turn whose speaker nobody was linked to, belong to the
    document's participant where it has exactly one.
    """

    def __init__(self, project: Project, documents: Iterable[UUID] | None = None) -> None:
        connection = project.connection
        wanted = None if documents is None else set(documents)
        self.people = {
            r.id: Person(r.id, r.label, r.group_name, r.left_out, r.consent)
            for r in connection.execute(
                select(Participant.__table__).order_by(Participant.position)
            ).all()
        }
        owners: dict[UUID, list[UUID]] = {}
        for document, participant in connection.execute(
            select(DocumentParticipant.document_id, DocumentParticipant.participant_id)
        ).all():
            owners.setdefault(document, []).append(participant)
        speakers = {
            r.id: r
            for r in connection.execute(
                select(Speaker.id, Speaker.label, Speaker.role, Speaker.participant_id)
            ).all()
        }
        statement = select(
            Turn.document_id, Turn.start, Turn.end, Turn.words_start, Turn.speaker_id, Turn.start_ms
        ).order_by(Turn.document_id, Turn.start, Turn.end)  # emptied turns before their neighbours
        if wanted is not None and len(wanted) <= 500:
            statement = statement.where(Turn.document_id.in_(wanted))
        self._turns: dict[UUID, list[_TurnPart]] = {}
        self._of_document: dict[UUID, dict[UUID, None]] = {}
        for document, start, end, words, speaker, ms in connection.execute(statement).all():
            who = speakers.get(speaker)
            part = _TurnPart(
                start,
                end,
                words,
                who.label if who else None,
                SpeakerRole(who.role) if who else SpeakerRole.PARTICIPANT,
                who.participant_id if who else None,
                ms,
            )
            self._turns.setdefault(document, []).append(part)
            if part.participant is not None:
                self._of_document.setdefault(document, {})[part.participant] = None
        self._starts = {key: [t.start for t in turns] for key, turns in self._turns.items()}
        self._owner = {key: who[0] for key, who in owners.items() if len(who) == 1}
        for document, people in owners.items():
            for person in people:
                self._of_document.setdefault(document, {})[person] = None

    def of(self, document: UUID, span: Span) -> Words:
        """Who speaks in a span of a document."""
        turns = self._turns.get(document)
        owner = self._owner.get(document)
        if not turns:
            return Words((), (owner,) if owner else (), None)
        first = max(0, bisect_right(self._starts[document], span.start) - 1)
        while first > 0 and turns[first - 1].end > span.start:
            first -= 1
        speakers: dict[str, None] = {}
        people: dict[UUID, None] = {}
        start_ms: int | None = None
        met = False
        for index in range(first, len(turns)):
            turn = turns[index]
            if turn.start >= span.end:
                break
            if turn.end <= span.start:
                continue
            met = True
            if start_ms is None:
                start_ms = turn.start_ms
            # A label alone is nobody's words: the next turn's name, caught by the end of a
            # long selection, must not count its speaker in.
            if span.end <= turn.words_start < turn.end:
                continue
            if turn.speaker is not None:
                speakers[turn.speaker] = None
            if turn.role is SpeakerRole.INTERVIEWER:
                continue
            person = turn.participant or (owner if turn.role is SpeakerRole.PARTICIPANT else None)
            if person is not None:
                people[person] = None
        if not met and owner is not None:
            people[owner] = None
        return Words(tuple(speakers), tuple(people), start_ms)

    def spoken(self, document: UUID, span: Span) -> list[tuple[Span, str]]:
        """The words of a span without the labels and times of the transcript, turn by turn,
        with who speaks: a participant's pseudonym, *interviewer*, or nothing."""
        pieces: list[tuple[Span, str]] = []
        at = span.start
        for turn in self._turns.get(document, ()):
            if turn.end <= span.start:
                continue
            if turn.start >= span.end:
                break
            if at < turn.start:
                pieces.append((Span(at, turn.start), ""))
            start, end = max(span.start, turn.words_start), min(span.end, turn.end)
            if start < end:
                pieces.append((Span(start, end), self._pseudonym(document, turn)))
            at = max(at, min(turn.end, span.end))
        if at < span.end:
            pieces.append((Span(at, span.end), ""))
        return pieces

    def _pseudonym(self, document: UUID, turn: _TurnPart) -> str:
        if turn.role is SpeakerRole.INTERVIEWER:
            return "interviewer"
        person = turn.participant
        if person is None and turn.role is SpeakerRole.PARTICIPANT:
            person = self._owner.get(document)
        return self.people[person].label if person in self.people else ""

    def of_document(self, document: UUID) -> tuple[UUID, ...]:
        """The participants of a document, whether coded or not."""
        return tuple(self._of_document.get(document, ()))

    def counted(self, people: Iterable[UUID]) -> tuple[UUID, ...]:
        """Those who were not left out of analysis."""
        return tuple(p for p in people if p in self.people and not self.people[p].left_out)


def document_titles(project: Project) -> dict[UUID, str]:
    """Titles in the order of the documents."""
    connection = project.connection
    titles = dict(connection.execute(select(Document.id, Document.title)).all())
    return {key: titles[key] for key in document_order(connection) if key in titles}
