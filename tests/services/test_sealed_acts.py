"""Acts in a project with sealed documents: they work on everybody's rows and tell of nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound, UndoRefused
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import DocumentStatus, Origin
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.project import Project
from tests.rounds import Team
from tests.samples import sample_project
from tests.sealed_study import BENI, SEALED, sealed_sample

A, B, SUPERVISOR = 0, 1, 2


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A blind round of two; a third coder is in no round."""
    made = Team(tmp_path / "team.ikt", coders=3)
    made.round(coders=tuple(made.coders[:2]))
    yield made
    made.close()


@pytest.mark.parametrize("sealed", [True, False])
def test_what_an_act_does_is_the_same_sealed_or_not(tmp_path: Path, sealed: bool) -> None:
    """Mending a text, deleting a document and going back carry everybody's codings along."""
    path = tmp_path / "study.ikt"
    if sealed:
        project, _ = sealed_sample(path)
    else:
        project = sample_project(path)
        project.coders.switch(project.coders.find(BENI).id)
    document = project.documents.find(SEALED[0]).id
    with project.sight.everything():
        before = project.codings.in_document(document, None)
    assert {row.coder for row in before} >= {row.id for row in project.coders.everyone()[:2]}
    text = project.texts.get(document)
    project.documents.mend(document, [TextEdit(0, "", "Some words before. ")])
    with project.sight.everything():
        moved = {row.id: row.span for row in project.codings.in_document(document, None)}
    assert all(moved[row.id].start == row.span.start + 19 for row in before)
    project.history.undo()
    assert project.texts.get(document) == text
    with project.sight.everything():
        assert project.codings.in_document(document, None) == before
    project.documents.delete(document)
    with project.sight.everything():
        assert project.codings.in_document(document, None) == ()
    project.history.undo()
    with project.sight.everything():
        assert project.codings.in_document(document, None) == before
    project.close()


def test_a_code_of_a_blind_round_is_a_proposal(team: Team) -> None:
    project = team.project
    team.sit(A)
    mine = project.codes.add("Money", definition="What it costs.")
    project.codings.apply(team.documents[0], Span(3, 9), mine)
    for other in (B, SUPERVISOR):
        team.sit(other)
        assert "Money" not in {row.name for row in project.codes.all()}
        with pytest.raises(NotFound):
            project.codes.find("Money")
    team.sit(B)
    project.codes.add("Money")  # nobody says that there is one already
    assert [row.name for row in project.codes.all()].count("Money") == 1
    team.sit(SUPERVISOR)
    project.codes.add("Of the supervisor")  # who is in no round proposes nothing
    team.sit(A)
    assert "Of the supervisor" in {row.name for row in project.codes.all()}


def test_a_proposal_takes_nothing_that_others_see(team: Team) -> None:
    project = team.project
    team.sit(A)
    mine = project.codes.add("Money")
    with pytest.raises(NotAllowed, match="proposal"):
        project.codes.move(team.codes[0], mine)
    with pytest.raises(NotAllowed):
        project.codes.merge(team.codes[0], mine)
    other = project.codes.add("Pay", mine)  # a proposal below a proposal
    project.codes.move(other, None)
    team.sit(B)
    assert {row.name for row in project.codes.all()}.isdisjoint({"Money", "Pay"})


def test_a_first_coding_tells_nobody_who_began(team: Team) -> None:
    project = team.project
    team.sit(A)
    project.codings.apply(team.documents[0], Span(3, 9), team.codes[0])
    assert project.documents.get(team.documents[0]).status is DocumentStatus.IN_PROGRESS
    team.sit(B)
    row = project.documents.get(team.documents[0])
    assert (row.status, row.lead_coder, row.codings_all) == (DocumentStatus.TO_DO, None, 0)


def test_nobody_codes_for_another_in_a_sealed_document(team: Team) -> None:
    """Else one could ask span by span what the other has coded."""
    project = team.project
    team.sit(A)
    project.codings.apply(team.documents[0], Span(3, 9), team.codes[0])
    team.sit(B)
    asked = NewCoding(team.documents[0], Span(3, 9), team.codes[0], team.coders[A])
    with pytest.raises(NotAllowed, match="sealed until round 1 is unsealed"):
        project.codings.apply_many([asked], Origin.IMPORT)


def test_codings_of_others_are_not_there_to_act_on(team: Team) -> None:
    project = team.project
    team.sit(A)
    theirs = project.codings.apply(team.documents[0], Span(3, 9), team.codes[0])
    memo = project.memos.add("Mine", document=team.documents[0])
    team.sit(B)
    assert project.codings.many([theirs]) == ()
    for act in (
        lambda: project.codings.get(theirs),
        lambda: project.codings.move_edges(theirs, Span(3, 8)),
        lambda: project.memos.get(memo),
        lambda: project.memos.delete(memo),
    ):
        with pytest.raises(NotFound):
            act()
    with project.sight.everything():
        assert project.codings.get(theirs).span == Span(3, 9)


def test_undo_that_meets_anothers_work_does_not_name_it(tmp_path: Path) -> None:
    team = Team(tmp_path / "team.ikt")
    project = team.project
    team.sit(B)
    code = project.codes.add("Made before")
    team.sit(A)
    team.round()
    project.codings.apply(team.documents[0], Span(3, 9), code)
    team.sit(B)
    with pytest.raises(UndoRefused) as refused:
        project.history.undo()
    assert "Made before" not in str(refused.value)
    assert "sealed document" in refused.value.what
    team.close()


def test_the_history_lists_others_acts_when_the_round_is_unsealed(team: Team) -> None:
    project = team.project
    team.sit(A)
    project.codings.apply(team.documents[0], Span(3, 9), team.codes[0])
    first = project.history.all()[0].seq
    team.sit(B)
    project.codings.apply(team.documents[0], Span(4, 9), team.codes[0])
    listed = [row for row in project.history.all() if row.kind == "apply_code"]
    assert [row.coder for row in listed] == [team.coders[B]]
    preview = project.history.go_back_preview(first - 1)
    assert {coder for coder, _, _ in preview.takes_back} == {team.coders[B]}
    assert "listed when round 1 is unsealed" in project.history.sealed_note()
    for coder in (A, B):
        team.sit(coder)
        project.rounds.finish(project.rounds.all()[0].id, team.documents)
    project.rounds.unseal(project.rounds.all()[0].id)
    assert project.history.sealed_note() == ""
    listed = [row for row in project.history.all() if row.kind == "apply_code"]
    assert {row.coder for row in listed} == set(team.coders[:2])


def test_rules_written_by_who_codes_in_no_round_are_seen(team: Team) -> None:
    project = team.project
    for coder, words in ((A, "Of A"), (SUPERVISOR, "Of the supervisor")):
        team.sit(coder)
        project.memos.add(words, code=team.codes[0])
    team.sit(B)
    assert [row.text for row in project.memos.on(code=team.codes[0])] == ["Of the supervisor"]


def test_a_window_that_only_reads_hears_of_a_round_and_of_its_unsealing(tmp_path: Path) -> None:
    team = Team(tmp_path / "team.ikt", documents=1)
    team.sit(A)
    team.project.codings.apply(team.documents[0], Span(3, 9), team.codes[0])
    reading = Project.open(tmp_path / "team.ikt", read_only=True)
    reading.coder = team.coders[B]
    assert len(reading.codings.in_document(team.documents[0], None)) == 1
    round_ = team.round()
    assert reading.codings.in_document(team.documents[0], None) == ()
    assert reading.sight.sealed() == frozenset(team.documents)
    team.finish(round_)
    team.project.rounds.unseal(round_)
    assert len(reading.codings.in_document(team.documents[0], None)) == 1
    reading.close()
    team.close()


def test_what_is_sealed_is_known_after_opening_and_after_undo(tmp_path: Path) -> None:
    team = Team(tmp_path / "team.ikt")
    documents = frozenset(team.documents)
    team.round()
    assert team.project.sealing.documents == documents
    team.project.history.undo()
    assert team.project.sealing.documents == frozenset[UUID]()
    team.project.history.redo()
    assert team.project.sealing.documents == documents
    team.close()
    project = Project.open(tmp_path / "team.ikt", read_only=True)
    assert project.sealing.documents == documents
    assert project.sight.sealed_note() == (
        "2 documents are sealed until round 1 is unsealed: what others coded there is not shown "
        "and not counted."
    )
    project.close()
