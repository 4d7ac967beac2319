"""Counting themes in the analysis layer, and the acts on themes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, Flag, Stance, ThemeStatus
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.rows import ThemeRow
from ikt_coder.services.theme_counts import ThemeCounts
from tests.studies import TALK, add_talk, span_of, study

Desk = tuple[Project, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def code(project: Project, document: UUID, words: str, name: str = "Clear role") -> UUID:
    known = {row.name: row.id for row in project.codes.all()}
    key = known.get(name) or project.codes.add(name)
    return project.codings.apply(document, span_of(project, document, words), key)


def theme(project: Project, *names: str, called: str = "A role", **fields: object) -> UUID:
    codes = {row.name: row.id for row in project.codes.all()}
    return project.themes.add(called, codes=[codes[name] for name in names], **fields)  # type: ignore[arg-type]  # fields by name


def counts(row: ThemeRow) -> tuple[int, int, int]:
    return row.references, row.passages, row.participants


# -- counting ---------------------------------------------------------------------------------


def test_two_codes_of_one_theme_on_one_passage_are_two_references_one_passage(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", "Contact")
    code(project, document, "She phoned me", "Trust")
    assert counts(project.themes.get(theme(project, "Contact", "Trust"))) == (2, 1, 1)


def test_touching_spans_are_one_passage_and_apart_ones_two(desk: Desk) -> None:
    project, document = desk
    start = span_of(project, document, "phoned").start
    key = project.codes.add("Contact")
    project.codings.apply(document, Span(start, start + 6), key)
    project.codings.apply(document, Span(start + 6, start + 10), key)
    made = theme(project, "Contact")
    assert project.themes.get(made).passages == 1
    project.codings.apply(document, Span(start + 12, start + 14), key)
    assert project.themes.get(made).passages == 2


def test_passages_of_two_documents_never_join(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, TALK, "Second")
    for each in (document, other):
        code(project, each, "She phoned me")
    assert counts(project.themes.get(theme(project, "Clear role"))) == (2, 2, 1)


def test_interviewers_words_belong_to_nobody(desk: Desk) -> None:
    project, document = desk
    code(project, document, "what got in the way")
    assert counts(project.themes.get(theme(project, "Clear role"))) == (1, 1, 0)


def test_a_coding_belongs_to_every_participant_whose_turn_it_touches(desk: Desk) -> None:
    project, document = desk
    start = span_of(project, document, "Nobody had").start
    end = span_of(project, document, "I came late").end
    project.codings.apply(document, Span(start, end), project.codes.add("Clear role"))
    assert counts(project.themes.get(theme(project, "Clear role"))) == (1, 1, 2)


def test_a_label_caught_at_the_end_does_not_count_its_speaker(desk: Desk) -> None:
    project, document = desk
    start = span_of(project, document, "Nobody had").start
    end = span_of(project, document, "P02: ").end
    project.codings.apply(document, Span(start, end), project.codes.add("Clear role"))
    assert project.themes.get(theme(project, "Clear role")).participants == 1


def test_parents_roll_up_once(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", "Contact")
    code(project, document, "She phoned me", "Trust")
    code(project, document, "I came late", "Time")
    above = theme(project, "Contact", called="Above")
    project.themes.add(
        "Below", above, codes=[row.id for row in project.codes.all() if row.name != "Contact"]
    )
    row = project.themes.get(above)
    assert counts(row) == (1, 1, 1)
    # The passage coded twice and its participant stand in both themes and count once above.
    assert (row.references_below, row.passages_below, row.participants_below) == (3, 2, 2)


def test_the_same_coding_in_a_theme_and_its_sub_theme_counts_once(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me")
    above = theme(project, "Clear role", called="Above")
    project.themes.add("Below", above, codings=[coding])
    assert project.themes.get(above).references_below == 1


def test_sub_themes_set_aside_are_not_rolled_up(desk: Desk) -> None:
    project, document = desk
    code(project, document, "I came late")
    above = project.themes.add("Above")
    below = theme(project, "Clear role", called="Below", parent=above)
    assert project.themes.get(above).references_below == 1
    project.themes.change(below, status=ThemeStatus.SET_ASIDE, set_aside_reason="one voice")
    assert project.themes.get(above).references_below == 0
    assert project.themes.get(below).references == 1


def test_left_out_participants_words_are_not_counted(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    code(project, document, "I came late")
    made = theme(project, "Clear role")
    person = next(row.id for row in project.participants.all() if row.label == "P02")
    project.participants.leave_out(person)
    assert counts(project.themes.get(made)) == (1, 1, 1)
    assert [row.passage.text for row in project.themes.codings(made)] == ["She phoned me"]
    project.participants.leave_out(person, False)
    assert counts(project.themes.get(made)) == (2, 2, 2)


def test_single_codings_count_only_in_the_layer(desk: Desk) -> None:
    project, document = desk
    mine = code(project, document, "She phoned me")
    project.coders.switch(project.coders.add("Bo Lindqvist"))
    theirs = code(project, document, "the slides")
    made = project.themes.add("By hand", codings=[mine, theirs])
    assert [row.passage.coding.id for row in project.themes.codings(made)] == [mine]


def test_a_single_coding_also_reached_by_its_code_counts_once(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    project.themes.add_codings(made, coding)
    assert project.themes.get(made).references == 1
    # Taken out by itself it still belongs by its code.
    project.themes.remove_codings(made, coding)
    assert project.themes.get(made).references == 1


# -- any codings at all -------------------------------------------------------------------------

SPANS = st.lists(
    st.tuples(st.integers(0, len(TALK) - 2), st.integers(1, 60), st.integers(0, 3)), max_size=14
)


@given(marks=SPANS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_counts_are_those_of_counting_by_hand(
    desk: Desk, marks: list[tuple[int, int, int]]
) -> None:
    project, document = desk
    with project.operation(Op.ADD_THEME):
        for row in project.themes.all():
            if row.parent is None:
                project.themes.delete(row.id)
        project.codes.delete([row.id for row in project.codes.all()])
        codes = [project.codes.add(name) for name in "ABCD"]
        above = project.themes.add("Above", codes=codes[:2])
        below = project.themes.add("Below", above, codes=codes[1:3])
        project.codings.apply_many(
            [
                NewCoding(document, Span(at, min(at + size, len(TALK))), codes[which])
                for at, size, which in marks
            ]
        )
    rows = {row.id: row for row in project.themes.all()}
    for key, names in ((above, {0, 1}), (below, {1, 2})):
        own = by_hand(marks, names)
        assert counts(rows[key]) == own
    whole = by_hand(marks, {0, 1, 2})
    row = rows[above]
    assert (row.references_below, row.passages_below, row.participants_below) == whole
    for row in rows.values():
        assert row.passages <= row.references
        assert row.references_below >= row.references
        assert row.passages_below <= row.references_below
        assert row.participants_below >= row.participants


def by_hand(marks: list[tuple[int, int, int]], codes: set[int]) -> tuple[int, int, int]:
    """References, passages and participants, counted letter by letter."""
    codings = {(at, min(at + n, len(TALK)), which) for at, n, which in marks if which in codes}
    # Even places are borders between letters, odd ones letters: touching spans share a border,
    # so runs of marked places are the passages.
    marked = [False] * (2 * len(TALK) + 1)
    for start, end, _ in codings:
        for at in range(2 * start, 2 * end + 1):
            marked[at] = True
    passages = sum(
        now and not before for before, now in zip([False, *marked], marked, strict=False)
    )
    people = set()
    at = 0
    for line in TALK.splitlines(keepends=True):
        label, _, _ = line.partition(": ")
        words = range(at + len(label) + 2, at + len(line))
        if label.startswith("P"):
            for start, end, _ in codings:
                # The newline is the last sign of a turn; a coding of it alone touches it too.
                if start < words.stop and end > words.start:
                    people.add(label)
        at += len(line)
    return len(codings), passages, len(people)


# -- acts ---------------------------------------------------------------------------------------


def test_moving_codes_between_themes_is_one_act(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    first, second = theme(project, "Clear role"), project.themes.add("Second")
    key = project.codes.find("Clear role").id
    project.themes.move_codes(first, second, [key])
    rows = {row.id: row.codes for row in project.themes.all()}
    assert (rows[first], rows[second]) == ((), (key,))
    project.history.undo()
    rows = {row.id: row.codes for row in project.themes.all()}
    assert (rows[first], rows[second]) == ((key,), ())


def test_a_parent_code_brings_its_sub_codes(desk: Desk) -> None:
    project, _ = desk
    parent = project.codes.add("Roles")
    child = project.codes.add("Clear role", parent)
    made = project.themes.add("A role", codes=[parent])
    assert set(project.themes.get(made).codes) == {parent, child}


def test_loose_codes_are_those_with_codings_in_no_theme(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", "Contact")
    code(project, document, "I came late", "Time")
    project.codes.add("Never used")
    theme(project, "Contact")
    assert [row.name for row in project.themes.loose_codes()] == ["Time"]


def test_deleting_a_theme_keeps_codes_and_codings(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    project.themes.add("Below", made)
    project.themes.delete(made)
    assert project.themes.all() == ()
    assert project.codings.get(coding).id == coding
    project.history.undo()
    assert [row.name for row in project.themes.all()] == ["A role", "Below"]


def test_a_theme_cannot_lie_below_itself(desk: Desk) -> None:
    project, _ = desk
    above = project.themes.add("Above")
    below = project.themes.add("Below", above)
    with pytest.raises(NotAllowed):
        project.themes.move(above, below)
    assert project.themes.get(above).parent is None


def test_themes_can_be_put_earlier_and_later(desk: Desk) -> None:
    project, _ = desk
    a, b, c = (project.themes.add(name) for name in "abc")
    project.themes.move(a, None, 2)
    assert [row.id for row in project.themes.all()] == [b, a, c]
    project.themes.move(c, None, 0)
    assert [row.id for row in project.themes.all()] == [c, b, a]


def test_two_themes_never_have_one_name(desk: Desk) -> None:
    project, _ = desk
    project.themes.add("A role")
    with pytest.raises(UserError):
        project.themes.add("a  ROLE")


def test_a_stance_does_not_gather_the_coding_by_hand(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    project.themes.set_stance(made, coding, Stance.CONTRADICTS)
    (row,) = project.themes.codings(made)
    assert (row.stance, row.by_code) == (Stance.CONTRADICTS, True)
    project.themes.remove_codes(made, project.codes.find("Clear role").id)
    assert project.themes.codings(made) == ()


# -- quotes -------------------------------------------------------------------------------------


def test_a_marked_coding_cannot_be_accepted_as_a_quote(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    for flag in (Flag.DO_NOT_QUOTE, Flag.PARAPHRASE_ONLY):
        project.codings.change(coding, flags=[flag])
        with pytest.raises(NotAllowed):
            project.themes.accept_quote(made, coding)
    project.codings.change(coding, flags=[Flag.STAR])
    project.themes.accept_quote(made, coding)
    assert project.themes.codings(made)[0].quote is not None


@pytest.mark.parametrize("consent", [Consent.PARAPHRASE, Consent.NONE])
def test_a_participant_who_did_not_agree_cannot_be_quoted(desk: Desk, consent: Consent) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    person = next(row.id for row in project.participants.all() if row.label == "P01")
    project.participants.change(person, consent=consent)
    with pytest.raises(NotAllowed, match="P01"):
        project.themes.accept_quote(made, coding)
    assert project.themes.codings(made)[0].quote is None


def test_the_same_quote_is_accepted_once(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    assert project.themes.accept_quote(made, coding) == project.themes.accept_quote(made, coding)


def test_members_are_in_document_order(desk: Desk) -> None:
    project, document = desk
    code(project, document, "I came late")
    code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    spans = [row.span for row in ThemeCounts(project).members(made)]
    assert spans == sorted(spans)
