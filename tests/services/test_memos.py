"""Memos: their kind follows from the place; the reflexive journal is its writer's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import MemoKind
from ikt_coder.services.project import Project
from tests.studies import span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, talk = study(tmp_path / "study.ikt")
    yield project, talk
    project.close()


def test_the_place_sets_the_kind(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    code = project.codes.add("Trust")
    theme = project.themes.add("Belonging")
    span = span_of(project, talk, "She phoned me")
    coding = project.codings.apply(talk, span, code)
    memos = project.memos
    kinds = {
        memos.add("a", document=talk, span=span): MemoKind.NOTE,
        memos.add("b", document=talk): MemoKind.NOTE,
        memos.add("c", coding=coding): MemoKind.NOTE,
        memos.add("d", code=code): MemoKind.RULE,
        memos.add("e", theme=theme): MemoKind.ANALYTIC,
        memos.add("f", reflexive=True): MemoKind.REFLEXIVE,
        memos.add("g"): MemoKind.PROJECT,
    }
    assert {key: memos.get(key).kind for key in kinds} == kinds
    for kind in MemoKind:
        wanted = {key for key, found in kinds.items() if found is kind}
        assert {row.id for row in memos.all(kind)} == wanted
    assert {row.text for row in memos.on(document=talk)} == {"a", "b"}
    assert {row.text for row in memos.on(code=code)} == {"d"}
    assert {row.text for row in memos.on(theme=theme)} == {"e"}


def test_memos_are_found_by_their_words(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.memos.add("The phone call mattered.", title="Before the meeting")
    project.memos.add("Something else")
    assert [r.title for r in project.memos.all(query="PHONE")] == ["Before the meeting"]
    assert [r.title for r in project.memos.all(query="before the")] == ["Before the meeting"]
    assert project.memos.all(query="nowhere") == ()


def test_a_journal_entry_is_its_writers_until_it_is_shared(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    entry = project.memos.add("I was one of them once.", reflexive=True)
    first = project.coder
    assert first is not None
    assert not project.memos.get(entry).shared
    project.coders.switch(project.coders.add("Beni Kask"))
    assert project.memos.all() == ()
    assert project.memos.on() == ()
    with pytest.raises(NotFound):
        project.memos.get(entry)
    with pytest.raises(NotFound):
        project.memos.change(entry, text="Read over a shoulder")
    with pytest.raises(NotFound):
        project.memos.delete(entry)
    second = project.coder
    assert second is not None
    project.coders.switch(first)
    project.memos.change(entry, shared=True)
    project.coders.switch(second)
    assert [row.id for row in project.memos.all()] == [entry]
    project.coders.switch(first)
    project.memos.change(entry, shared=False)
    project.coders.switch(second)
    assert project.memos.all() == ()


def test_another_coders_memo_is_read_and_not_changed(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    memo = project.memos.add("Mine", document=talk)
    project.coders.switch(project.coders.add("Beni Kask"))
    for act in (
        lambda: project.memos.change(memo, text="Theirs"),
        lambda: project.memos.delete(memo),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert project.memos.get(memo).text == "Mine"


def test_an_empty_memo_is_none(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    acts = len(project.history.all())
    with pytest.raises(UserError, match="empty"):
        project.memos.add("  \n", document=talk)
    memo = project.memos.add("", title="A title is enough")
    with pytest.raises(UserError, match="empty"):
        project.memos.change(memo, title=" ")
    assert project.memos.get(memo).title == "A title is enough"
    assert len(project.history.all()) == acts + 1


def test_a_passage_needs_its_document(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    with pytest.raises(NotAllowed):
        project.memos.add("Where?", span=Span(0, 3))


def test_a_change_to_the_same_words_is_no_act(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    memo = project.memos.add("The words", title="Title")
    before = project.memos.get(memo)
    acts = len(project.history.all())
    project.memos.change(memo, text=" The words ", title="Title", ask=False)
    assert project.memos.get(memo) == before
    assert len(project.history.all()) == acts


def test_each_memo_act_can_be_undone(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    memo = project.memos.add("First", document=talk, ask=True)
    project.memos.change(memo, text="Second", ask=False)
    project.memos.delete(memo)
    project.history.undo()
    assert project.memos.get(memo).text == "Second"
    project.history.undo()
    row = project.memos.get(memo)
    assert (row.text, row.ask) == ("First", True)
    project.history.undo()
    assert project.memos.all() == ()


def test_a_memo_moves_with_its_passage_and_goes_with_its_place(
    opened: tuple[Project, UUID],
) -> None:
    project, talk = opened
    span = span_of(project, talk, "She phoned me")
    memo = project.memos.add("On the call", document=talk, span=span)
    project.documents.mend(talk, [TextEdit(0, "", "Well. ")])
    moved = project.memos.get(memo).span
    assert moved is not None
    assert project.texts.get(talk)[moved.start : moved.end] == "She phoned me"
    project.documents.delete(talk)
    with pytest.raises(NotFound):
        project.memos.get(memo)
    project.history.undo()
    assert project.memos.get(memo).span == moved


def test_memos_that_codings_carry_are_listed_with_their_place(
    opened: tuple[Project, UUID],
) -> None:
    project, talk = opened
    span = span_of(project, talk, "She phoned me")
    code = project.codes.add("Trust")
    coding = project.codings.apply(talk, span, code, memo="The first call")
    project.codings.apply(talk, span_of(project, talk, "I came late"), code)
    (row,) = project.memos.of_codings()
    assert (row.id, row.coding, row.document, row.span) == (coding, coding, talk, span)
    assert row.text == "The first call"
    assert row.kind is MemoKind.NOTE
    assert row.coder_initials == "AO"
    assert project.memos.of_codings("FIRST") == (row,)
    assert project.memos.of_codings("second") == ()


def test_a_memo_that_never_was_is_not_found(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    with pytest.raises(NotFound):
        project.memos.get(uuid4())
