"""Whose words a span holds: the participants whose turns it touches (method.md, Counting)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import Document, DocumentParticipant, Participant, Speaker, Turn
from ikt_coder.services.document_order import document_order

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class Person:
    """A participant as tables need them."""

    id: UUID
    label: str
    group: str
    left_out: bool
    consent: str


class _TurnPart(NamedTuple):  # ten thousand are made at a time: a tuple costs the least
    start: int
    end: int
    words_start: int
    speaker: str | None
    role: SpeakerRole
    participant: UUID | None
    start_ms: int | None


@frozen
class Words:
    """Who speaks in a span, in which roles, and when it begins."""

    speakers: tuple[str, ...]
    participants: tuple[UUID, ...]
    start_ms: int | None
    roles: frozenset[SpeakerRole] = frozenset({SpeakerRole.PARTICIPANT})


class Talk:
    """The turns of one document in order, and what was asked of them already."""

    __slots__ = ("_people", "known", "overlapping", "owner", "starts", "turns")

    def __init__(self, owner: UUID | None) -> None:
        self.turns: list[_TurnPart] = []
        self.starts: list[int] = []
        self.owner = owner  # the document's participant, where it has exactly one
        self.overlapping = False  # whether two turns share words
        self.known: dict[tuple[int, int], Words] = {}
        # Equal people are one tuple, by which a long list knows them without comparing.
        self._people: dict[tuple[UUID, ...], tuple[UUID, ...]] = {}

    def of(self, span: Span) -> Words:
        """Who speaks in a span."""
        first, after = self.touched(span)
        if self.overlapping or first == after:
            return self._said(span)
        known = self.known.get((first, after))
        if known is None:
            known = self.known[(first, after)] = self._said(span)
        return known

    def touched(self, span: Span) -> tuple[int, int]:
        """The turns whose words a span touches, as places in their order, half-open; equal
        numbers where there are none. A label alone is not touched."""
        turns = self.turns
        if not turns:
            return 0, 0
        if self.overlapping:
            some = [at for at, turn in self._meet(span) if not _only_label(turn, span)]
            return (some[0], some[-1] + 1) if some else (0, 0)
        first = bisect_right(self.starts, span.start) - 1
        if first < 0 or turns[first].end <= span.start:
            first += 1
        after = bisect_left(self.starts, span.end, first)
        if first < after and _only_label(turns[after - 1], span):
            after -= 1
        return first, after

    def _meet(self, span: Span) -> list[tuple[int, _TurnPart]]:
        """The turns that share a sign with a span, with their places."""
        first = 0 if self.overlapping else max(0, bisect_right(self.starts, span.start) - 1)
        met = []
        for at in range(first, len(self.turns)):
            turn = self.turns[at]
            if turn.start >= span.end:
                break
            if turn.end > span.start:
                met.append((at, turn))
        return met

    def _said(self, span: Span) -> Words:
        met = [turn for _, turn in self._meet(span)]
        if not met:
            alone = (self.owner,) if self.owner else ()
            return Words((), self._people.setdefault(alone, alone), None)
        # A label alone is nobody's words: the next turn's name, caught by the end of a long
        # selection, must not count its speaker in.
        spoken = [turn for turn in met if not _only_label(turn, span)]
        speakers: dict[str, None] = {}
        people: dict[UUID, None] = {}
        roles: set[SpeakerRole] = set()
        for turn in spoken:
            roles.add(turn.role)
            if turn.speaker is not None:
                speakers[turn.speaker] = None
            if turn.role is SpeakerRole.INTERVIEWER:
                continue
            person = turn.participant
            if person is None and turn.role is SpeakerRole.PARTICIPANT:
                person = self.owner
            if person is not None:
                people[person] = None
        start_ms = next((t.start_ms for t in spoken or met if t.start_ms is not None), None)
        who = tuple(people)
        who = self._people.setdefault(who, who)
        return Words(tuple(speakers), who, start_ms, frozenset(roles))


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
        nobody = (None, SpeakerRole.PARTICIPANT, None)
        speakers: dict[UUID | None, tuple[str | None, SpeakerRole, UUID | None]] = {
            key: (label, SpeakerRole(role), participant)
            for key, label, role, participant in connection.execute(
                select(Speaker.id, Speaker.label, Speaker.role, Speaker.participant_id)
            ).all()
        }
        statement = select(
            Turn.document_id, Turn.start, Turn.end, Turn.words_start, Turn.speaker_id, Turn.start_ms
        ).order_by(Turn.document_id, Turn.start, Turn.end)  # emptied turns before their neighbours
        if wanted is not None and len(wanted) <= 500:
            statement = statement.where(Turn.document_id.in_(wanted))
        self._owner = {key: who[0] for key, who in owners.items() if len(who) == 1}
        self._of_document: dict[UUID, dict[UUID, None]] = {}
        self._talks: dict[UUID, Talk] = {}
        here: UUID | None = None
        talk, people, last = Talk(None), dict[UUID, None](), 0
        for document, start, end, words, speaker, ms in connection.execute(statement).all():
            if document != here:
                here, last = document, 0
                talk = self._talks[document] = Talk(self._owner.get(document))
                people = self._of_document[document] = {}
            label, role, who = speakers.get(speaker, nobody)
            talk.turns.append(_TurnPart(start, end, words, label, role, who, ms))
            talk.starts.append(start)
            if who is not None:
                people[who] = None
            if start < last:
                talk.overlapping = True
            last = max(last, end)
        for document, several in owners.items():
            for person in several:
                self._of_document.setdefault(document, {})[person] = None

    def of(self, document: UUID, span: Span) -> Words:
        """Who speaks in a span of a document."""
        return self.talk(document).of(span)

    def talk(self, document: UUID) -> Talk:
        """One document, to be asked about many spans."""
        talk = self._talks.get(document)
        if talk is None:  # without turns
            talk = self._talks[document] = Talk(self._owner.get(document))
        return talk

    def spoken(self, document: UUID, span: Span) -> list[tuple[Span, str]]:
        """The words of a span without the labels and times of the transcript, turn by turn,
        with who speaks: a participant's pseudonym, *interviewer*, or nothing."""
        pieces: list[tuple[Span, str]] = []
        at = span.start
        for turn in self.talk(document).turns:
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


def _only_label(turn: _TurnPart, span: Span) -> bool:
    """Whether a span that touches a turn ends before the turn's words begin."""
    return span.end <= turn.words_start < turn.end


def document_titles(project: Project) -> dict[UUID, str]:
    """Titles in the order of the documents."""
    connection = project.connection
    titles = dict(connection.execute(select(Document.id, Document.title)).all())
    return {key: titles[key] for key in document_order(connection) if key in titles}
