"""Codings: applying, changing, moving edges, recoding; and what they never do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import DocumentStatus, Flag, Valence
from ikt_coder.services.project import Project
from tests.studies import span_of, study


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Project, UUID, UUID]]:
    """A project, its talk and a code."""
    project, document = study(tmp_path / "study.ikt")
    yield project, document, project.codes.add("Clear role")
    project.close()


Desk = tuple[Project, UUID, UUID]


def test_a_coding_carries_what_it_is_given(desk: Desk) -> None:
    project, document, code = desk
    project.frameworks.add("sem-ikt3")
    levels = [row.id for row in project.frameworks.levels()][:2]
    span = span_of(project, document, "what a partner does")
    key = project.codings.apply(
        document,
        span,
        code,
        valence=Valence.BARRIER,
        strength=2,
        levels=levels,
        memo="early on",
        flags={Flag.STAR, Flag.UNSURE},
    )
    row = project.codings.get(key)
    assert (row.span, row.code, row.coder) == (span, code, project.coder)
    assert (row.valence, row.strength, row.memo) == (Valence.BARRIER, 2, "early on")
    assert row.levels == frozenset(levels)
    assert row.flags == {Flag.STAR, Flag.UNSURE}


def test_the_same_coding_is_made_once_for_each_coder(desk: Desk) -> None:
    project, document, code = desk
    first = project.codings.apply(document, Span(20, 30), code)
    acts = len(project.history.all())
    assert project.codings.apply(document, Span(20, 30), code) == first
    assert len(project.history.all()) == acts
    project.coders.switch(project.coders.add("Ben Roy"))
    assert project.codings.apply(document, Span(20, 30), code) != first
    assert len(project.codings.in_document(document)) == 1
    assert len(project.codings.in_document(document, None)) == 2


def test_the_first_coding_names_the_lead_coder_and_marks_the_document(desk: Desk) -> None:
    project, document, code = desk
    assert project.documents.get(document).lead_coder is None
    project.codings.apply(document, Span(20, 30), code)
    row = project.documents.get(document)
    assert (row.lead_coder, row.status) == (project.coder, DocumentStatus.IN_PROGRESS)
    project.coders.switch(project.coders.add("Ben Roy"))
    project.codings.apply(document, Span(20, 31), code)
    assert project.documents.get(document).lead_coder != project.coder


@pytest.mark.parametrize("span", [Span(5, 5), Span(0, 100_000)])
def test_a_span_outside_the_text_is_refused(desk: Desk, span: Span) -> None:
    project, document, code = desk
    with pytest.raises(NotAllowed):
        project.codings.apply(document, span, code)
    assert project.codings.in_document(document) == ()


def test_headings_and_merged_codes_take_no_codings(desk: Desk) -> None:
    project, document, code = desk
    project.frameworks.add("com-b")
    heading = next(row for row in project.codes.all() if not row.applicable)
    with pytest.raises(NotAllowed, match="heading"):
        project.codings.apply(document, Span(0, 5), heading.id)
    other = project.codes.add("Role clarity")
    project.codes.merge(other, code)
    with pytest.raises(NotAllowed, match="merged"):
        project.codings.apply(document, Span(0, 5), other)


def test_a_new_code_on_a_selection_is_one_act(desk: Desk) -> None:
    project, document, _ = desk
    project.codings.apply_new_code(document, Span(20, 30), "the third meeting")
    project.history.undo()
    assert [row.name for row in project.codes.all()] == ["Clear role"]
    assert project.codings.in_document(document) == ()


def test_only_what_is_given_changes(desk: Desk) -> None:
    project, document, code = desk
    key = project.codings.apply(document, Span(20, 30), code, valence=Valence.MIXED, memo="why")
    project.codings.change(key, strength=1)
    row = project.codings.get(key)
    assert (row.valence, row.strength, row.memo) == (Valence.MIXED, 1, "why")
    project.codings.change(key, valence=None)
    assert project.codings.get(key).valence is None
    with pytest.raises(NotAllowed):
        project.codings.change(key, strength=3)


def test_a_code_can_bring_its_own_direction(desk: Desk) -> None:
    project, document, code = desk
    project.codes.change(code, default_valence=Valence.FACILITATOR)
    key = project.codings.apply(document, Span(20, 30), code)
    assert project.codings.get(key).valence is Valence.FACILITATOR
    key = project.codings.apply(document, Span(20, 31), code, valence=None)
    assert project.codings.get(key).valence is None


def test_nobody_changes_another_coders_codings(desk: Desk) -> None:
    project, document, code = desk
    key = project.codings.apply(document, Span(20, 30), code)
    other = project.codes.add("Other")
    project.coders.switch(project.coders.add("Ben Roy"))
    for act in (
        lambda: project.codings.remove(key),
        lambda: project.codings.set_valence(key, Valence.BARRIER),
        lambda: project.codings.move_edges(key, Span(0, 4)),
        lambda: project.codings.recode(key, other),
        lambda: project.codings.toggle_flag(key, Flag.STAR),
    ):
        with pytest.raises(NotAllowed, match="Amara Okafor"):
            act()


def test_edges_cannot_be_moved_onto_an_equal_coding(desk: Desk) -> None:
    project, document, code = desk
    project.codings.apply(document, Span(20, 30), code)
    key = project.codings.apply(document, Span(40, 50), code)
    with pytest.raises(UserError, match="already"):
        project.codings.move_edges(key, Span(20, 30))
    assert project.codings.get(key).span == Span(40, 50)


def test_recoding_keeps_edges_and_all_that_is_carried(desk: Desk) -> None:
    project, document, code = desk
    key = project.codings.apply(document, Span(20, 30), code, valence=Valence.BARRIER, memo="m")
    other = project.codes.add("Other")
    project.codings.recode(key, other)
    row = project.codings.get(key)
    assert (row.code, row.span, row.valence, row.memo) == (
        other,
        Span(20, 30),
        Valence.BARRIER,
        "m",
    )


def test_removed_codings_are_gone_and_can_come_back(desk: Desk) -> None:
    project, document, code = desk
    key = project.codings.apply(document, Span(20, 30), code, flags={Flag.STAR})
    row = project.codings.get(key)
    project.codings.remove(key)
    with pytest.raises(NotFound):
        project.codings.get(key)
    project.history.undo()
    assert project.codings.get(key) == row


def test_recent_codes_are_newest_first_and_each_once(desk: Desk) -> None:
    project, document, code = desk
    other = project.codes.add("Other")
    for n, which in enumerate([code, other, code]):
        project.codings.apply(document, Span(n, n + 5), which)
    assert project.codings.recent_codes() == (code, other)
    assert project.codings.last_code() == code


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 12), st.text("ab \n😀é", max_size=5)),
        min_size=1,
        max_size=4,
    )
)
def test_mending_moves_every_span_as_the_rule_says(
    desk: Desk, edits: list[tuple[int, int, str]]
) -> None:
    """The shifted rows of the database and the pure rule of core.span agree."""
    project, document, code = desk
    keys = [project.codings.apply(document, Span(n, n + 9), code) for n in range(0, 300, 23)]
    text = project.texts.get(document)
    wanted = {key: project.codings.get(key).span for key in keys}
    turns = [turn.span for turn in project.documents.turns(document)]
    made = []
    for at, take, put in edits:
        at %= len(text) + 1
        edit = TextEdit(at, text[at : at + take], put)
        made.append(edit)
        text = edit.apply(text)
        if edit.removed == edit.inserted:
            continue
        wanted = {key: edit.move(span) for key, span in wanted.items()}
        turns = [edit.move(span) for span in turns]
    project.documents.mend(document, made)
    assert project.texts.get(document) == text
    assert [turn.span for turn in project.documents.turns(document)] == turns
    left = {row.id: row.span for row in project.codings.in_document(document)}
    alive = {key: span for key, span in wanted.items() if len(span)}
    assert set(left.values()) == set(alive.values())
    assert all(left[key] == alive[key] for key in left)
    assert project.safety.check().findings == ()
    while project.codings.in_document(document):
        project.history.undo()


def test_the_newest_codings_of_a_code_are_the_present_coders(desk: Desk) -> None:
    project, document, code = desk
    mine = [project.codings.apply(document, Span(n, n + 9), code) for n in (30, 10, 20)]
    project.coders.switch(project.coders.add("Ben Roy"))
    project.codings.apply(document, Span(0, 9), code)
    project.coders.switch(project.coders.find("Amara Okafor").id)
    assert [row.id for row in project.codings.newest_of_code(code, 2)] == mine[:0:-1]
    assert [p.coding.id for p in project.passages.last_of_code(code, 2)] == mine[:0:-1]
