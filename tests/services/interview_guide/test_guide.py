"""The interview guide: questions, proposals for turns, and what answers what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.services.interview_guide.matching import HALF, LEAST, Matcher
from ikt_coder.services.project import Project
from tests.studies import add_talk, dump, span_of, study

POSSIBLE = "What made it possible for you to take part?"
WAY = "What got in the way of taking part?"
NEXT = "What would you tell the next partner?"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "Study.ikt")
    yield project, document
    project.close()


def test_a_pasted_guide_loses_its_numbers_and_what_is_there_already(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    project.guide.add(POSSIBLE, "Possible")
    made = project.guide.bring_in(
        f"1. {POSSIBLE}\n\n 2) {WAY}\nQ3: {NEXT}\n- {WAY.upper()}\n• 2024 was the year. Why?\n"
    )
    assert len(made) == 3
    assert [row.text for row in project.guide.all()] == [
        POSSIBLE,
        WAY,
        NEXT,
        "2024 was the year. Why?",
    ]
    with pytest.raises(UserError, match="no new question"):
        project.guide.bring_in("\n  \n")
    project.history.undo()
    assert [row.text for row in project.guide.all()] == [POSSIBLE]


def test_proposals_find_the_questions_that_were_asked(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    first, second, _ = project.guide.bring_in("\n".join((POSSIBLE, WAY, NEXT)))
    turns = project.guide.asked(document)
    assert [turn.words for turn in turns] == [
        "What made it feel possible to take part?",
        "And what got in the way?",
    ]
    assert [turn.proposed for turn in turns] == [first, second]
    assert not any(turn.reviewed for turn in turns)
    assert all(turn.likeness >= LEAST for turn in turns)


def test_one_word_of_several_proposes_nothing() -> None:
    paid, feel = UUID(int=1), UUID(int=2)
    matcher = Matcher({paid: "How was your time paid for?", feel: "How did it feel to be part?"})
    assert matcher.best("You mentioned her several times.") == (None, 0.0)
    assert matcher.best("Did you feel that you had a say?") == (None, 0.0)
    assert matcher.best("Was the time paid that you gave?")[0] == paid


def test_a_question_of_one_word_is_sure_only_where_nothing_else_is_asked() -> None:
    feel = UUID(int=1)
    matcher = Matcher({feel: "How did it feel?", UUID(int=2): "What would you change next?"})
    assert matcher.best("And how did that feel?") == (feel, 1.0)
    assert matcher.best("Did you feel that the team heard you?") == (feel, HALF)
    assert matcher.best("What did the team say?") == (None, 0.0)


def test_what_was_reviewed_stays_and_can_be_taken_back(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    first, second, _ = project.guide.bring_in("\n".join((POSSIBLE, WAY, NEXT)))
    one, other = project.guide.asked(document)
    before = dump(project.path)
    project.guide.match({one.turn: first, other.turn: None})
    turns = project.guide.asked(document)
    assert [(t.question, t.reviewed, t.proposed) for t in turns] == [
        (first, True, None),
        (None, True, None),
    ]
    (progress,) = project.guide.progress()
    assert (progress.turns, progress.reviewed, progress.matched) == (2, 2, 1)
    project.guide.match({other.turn: second})
    assert project.guide.get(second).turns == 1
    project.guide.unmatch([one.turn])
    assert not project.guide.asked(document)[0].reviewed
    for _ in range(3):
        project.history.undo()
    assert dump(project.path) == before


def test_a_match_with_what_is_gone_keeps_nothing(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    first = project.guide.add(POSSIBLE)
    one, other = project.guide.asked(document)
    project.guide.delete(first)
    with pytest.raises(NotFound):
        project.guide.match({one.turn: first})
    with pytest.raises(NotFound):
        project.guide.match({one.turn: None, first: None})
    assert not any(turn.reviewed for turn in project.guide.asked(document))
    assert other.question is None


def test_a_deleted_question_leaves_its_turns_to_be_looked_at_again(
    opened: tuple[Project, UUID],
) -> None:
    project, document = opened
    first, second = project.guide.bring_in(f"{POSSIBLE}\n{WAY}")
    one, other = project.guide.asked(document)
    project.guide.match({one.turn: first, other.turn: second})
    project.guide.delete(first)
    assert [turn.reviewed for turn in project.guide.asked(document)] == [False, True]
    project.history.undo()
    assert [turn.question for turn in project.guide.asked(document)] == [first, second]


def test_words_answer_the_question_before_them(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    first, second = project.guide.bring_in(f"{POSSIBLE}\n{WAY}")
    one, other = project.guide.asked(document)
    project.guide.match({one.turn: first, other.turn: second})
    answers = project.guide.answers()
    text = project.texts.get(document)

    def of(words: str) -> tuple[UUID, ...]:
        return answers.of(document, span_of(project, document, words))

    assert of("She phoned me") == (first,)
    assert of("I came late") == (second,)
    across = Span(text.index("She went"), text.index("Nobody had") + 6)
    assert answers.of(document, across) == (first, second)
    project.guide.match({other.turn: None})
    assert project.guide.answers().of(document, across) == (first,)
    spans = project.guide.answers().spans(document, len(text))
    assert spans == ((first, Span(0, len(text))),)


def test_before_the_first_question_nothing_is_answered(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    document = add_talk(
        project, "P01: Shall we begin?\nInterviewer: What got in the way?\nP01: The hours.\n", "B"
    )
    (second,) = project.guide.bring_in(WAY)
    (turn,) = project.guide.asked(document)
    project.guide.match({turn.turn: second})
    answers = project.guide.answers([document])
    assert answers.of(document, span_of(project, document, "Shall we")) == ()
    assert answers.of(document, span_of(project, document, "The hours")) == (second,)


def test_mending_the_text_moves_the_answers_along(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    (second,) = project.guide.bring_in(WAY)
    other = project.guide.asked(document)[1]
    project.guide.match({other.turn: second})
    at = project.texts.get(document).index("feel ")
    project.documents.mend(document, [TextEdit(at, "feel ", "")])
    answers = project.guide.answers()
    assert answers.of(document, span_of(project, document, "Nobody")) == (second,)
    assert answers.of(document, span_of(project, document, "slides")) == ()


def test_questions_move_and_keep_their_stages(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    first, second, third = project.guide.bring_in("\n".join((POSSIBLE, WAY, NEXT)))
    project.guide.move(third, first)
    assert [row.id for row in project.guide.all()] == [third, first, second]
    project.guide.change(second, label="Barriers", note="Ask for an example.")
    row = project.guide.find("barriers")
    assert (row.id, row.name, row.note) == (second, "Barriers", "Ask for an example.")
    with pytest.raises(UserError):
        project.guide.change(second, text=" \n ")


QUESTION = st.lists(
    st.sampled_from(
        ["meeting", "funding", "trust", "time", "training", "partner", "results", "review", "data"]
    ),
    min_size=1,
    max_size=5,
    unique=True,
).map(" ".join)


@given(st.lists(QUESTION, min_size=1, max_size=6, unique=True))
def test_a_question_asked_word_for_word_is_recognised(texts: list[str]) -> None:
    """Whatever else is in the guide, the question itself says all of its own weight."""
    from ikt_coder.core.ids import derived_id

    questions = {derived_id("q", text): text for text in texts}
    matcher = Matcher(questions)
    for key, text in questions.items():
        found, share = matcher.best(f"So, {text}, please?")
        assert share == pytest.approx(1.0)
        assert found is not None
        # Another question is proposed only where it is said as wholly.
        assert found == key or set(questions[found].split()) <= set(text.split())
