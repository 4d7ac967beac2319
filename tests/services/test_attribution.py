"""Whose words a span holds, held against looking at every turn."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.services.attribution import Talk, Words, _TurnPart

PEOPLE = [uuid5(UUID(int=0), name) for name in "ABC"]
OWNER = uuid5(UUID(int=0), "owner")

# Gap before, length, label, role, person, time: turns one after the other, some of them empty.
turns = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 9),
        st.integers(0, 4),
        st.sampled_from(SpeakerRole),
        st.sampled_from([None, *PEOPLE]),
        st.sampled_from([None, 0, 1000]),
    ),
    max_size=8,
)
spans = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 40)), min_size=1, max_size=6)


def talk_of(
    picks: Sequence[tuple[int, int, int, SpeakerRole, UUID | None, int | None]],
    owner: UUID | None,
) -> Talk:
    talk = Talk(owner)
    at = 0
    for gap, length, label, role, person, ms in picks:
        start = at + gap
        words = min(start + label, start + length)
        name = f"S{len(talk.turns)}" if length % 2 else None
        talk.turns.append(_TurnPart(start, start + length, words, name, role, person, ms))
        talk.starts.append(start)
        at = start + length
    return talk


def looked_at(talk: Talk, span: Span) -> tuple[Words, list[int]]:
    """The rule word by word: every turn that shares a sign; a label alone is nobody's."""
    met = [
        (at, turn)
        for at, turn in enumerate(talk.turns)
        if turn.start < span.end and turn.end > span.start
    ]
    spoken = [(at, t) for at, t in met if not span.end <= t.words_start < t.end]
    people: dict[UUID, None] = {}
    for _, turn in spoken:
        if turn.role is SpeakerRole.INTERVIEWER:
            continue
        who = turn.participant or (talk.owner if turn.role is SpeakerRole.PARTICIPANT else None)
        if who is not None:
            people[who] = None
    if not met and talk.owner is not None:
        people[talk.owner] = None
    roles = {turn.role for _, turn in spoken} if met else {SpeakerRole.PARTICIPANT}
    times = [turn.start_ms for _, turn in spoken or met if turn.start_ms is not None]
    speakers = dict.fromkeys(turn.speaker for _, turn in spoken if turn.speaker is not None)
    words = Words(tuple(speakers), tuple(people), times[0] if times else None, frozenset(roles))
    return words, [at for at, _ in spoken]


@settings(max_examples=300)
@given(picks=turns, asked=spans, owned=st.booleans())
def test_a_span_is_theirs_whose_turns_it_touches(
    picks: Sequence[tuple[int, int, int, SpeakerRole, UUID | None, int | None]],
    asked: Sequence[tuple[int, int]],
    owned: bool,
) -> None:
    talk = talk_of(picks, OWNER if owned else None)
    for start, length in asked:  # what was asked before must not change what is answered
        span = Span(start, start + length)
        words, places = looked_at(talk, span)
        assert talk.of(span) == words
        first, after = talk.touched(span)
        assert [at for at in range(first, after) if talk.turns[at].end > talk.turns[at].start] == [
            at for at in places if talk.turns[at].end > talk.turns[at].start
        ]


@settings(max_examples=200)
@given(picks=turns, asked=spans, back=st.integers(1, 6))
def test_turns_that_share_words_are_looked_at_one_by_one(
    picks: Sequence[tuple[int, int, int, SpeakerRole, UUID | None, int | None]],
    asked: Sequence[tuple[int, int]],
    back: int,
) -> None:
    talk = talk_of(picks, None)
    talk.turns = [turn._replace(end=turn.end + back) for turn in talk.turns]
    talk.overlapping = True
    for start, length in asked:
        span = Span(start, start + length)
        words, places = looked_at(talk, span)
        assert talk.of(span) == words
        first, after = talk.touched(span)
        assert list(range(first, after))[:1] == places[:1]
        assert (after - 1 if first < after else None) == (places[-1] if places else None)
