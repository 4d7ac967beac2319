"""What was there before a blind round and is changed in it by one of its coders: the others go
on seeing it as it was, until the round is unsealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.before_rounds import SUMMED_UP
from ikt_coder.services.framework_matrices.rows import Topic
from ikt_coder.services.memo_links import MemoTopic
from ikt_coder.services.memo_links import Topic as MemoTopicKind
from ikt_coder.services.project import Project
from tests.rounds import Team

A, B, OUTSIDE = 0, 1, 2
WORDS = "changed in the round"


class Study(Team):
    """Coder A and coder B code the first two documents blind; before that A and who codes in no
    round wrote from passages of the third."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, coders=3, documents=3)
        project = self.project
        self.case = CaseRef(CaseKind.DOCUMENT, self.documents[2])
        self.other = CaseRef(CaseKind.DOCUMENT, self.documents[1])
        self.coding = project.codings.apply(self.documents[2], Span(3, 9), self.codes[0])
        self.second = project.codings.apply(self.documents[2], Span(12, 19), self.codes[1])
        self.on_code = project.memos.add("On a code, before", code=self.codes[0])
        self.on_project = project.memos.add("On the project, before", title="Plan")
        project.memo_links.add(self.on_project, self._topic(0))
        self.matrix = project.matrices.add(
            "Cases", CaseKind.DOCUMENT, [Topic(code=one) for one in self.codes]
        )
        self.columns = [row.id for row in project.matrices.get(self.matrix).columns]
        project.matrices.write(self.matrix, self.columns[0], self.case, "Summed up before")
        project.matrices.link(self.matrix, self.columns[0], self.case, self.coding)
        project.ratings.rate(self.case, self.codes[0], -1, rationale="Rated before")
        project.ratings.rate(self.case, self.codes[1], 1, agreed=True)
        self.belief = project.beliefs.add(
            "We knew before", code=self.codes[0], codings=[self.coding]
        )
        self.belief_2 = project.beliefs.add("The second", direction=Valence.BARRIER)
        self.advice = project.recommendations.add(code=self.codes[0], text="Advised before")
        self.criterion = project.recommendations.criteria()[0].key
        project.recommendations.rate(self.advice, self.criterion, 3, "Fits")
        self.sit(OUTSIDE)
        project.matrices.write(self.matrix, self.columns[1], self.case, "Of another, before")
        self.sit(A)
        self.key = self.round(coders=tuple(self.coders[:2]), documents=tuple(self.documents[:2]))

    def _topic(self, code: int) -> MemoTopic:
        return MemoTopic(MemoTopicKind.CODE, self.codes[code])

    def unseal(self) -> None:
        self.finish(self.key, (A, B))
        self.project.rounds.unseal(self.key)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = Study(tmp_path / "study.ikt")
    yield made
    made.close()


def _rows(project: Project, who: UUID | None) -> dict[str, set[Any]]:
    """All that somebody reads of the tables whose rows people write from passages."""
    if project.coder != who and who is not None:
        project.coders.switch(who)
    return {
        table: {tuple(row) for row in project.connection.exec_driver_sql(f"SELECT * FROM {table}")}
        for table in SUMMED_UP
    }


def _change_memo(s: Study) -> None:
    s.project.memos.change(s.on_code, text=WORDS)


def _change_memo_of_project(s: Study) -> None:
    s.project.memos.change(s.on_project, title=WORDS)


def _delete_memo(s: Study) -> None:
    s.project.memos.delete(s.on_project)


def _link_memo(s: Study) -> None:
    s.project.memo_links.add(s.on_project, s._topic(1))


def _unlink_memo(s: Study) -> None:
    s.project.memo_links.remove(s.on_project, s._topic(0))


def _write_cell(s: Study) -> None:
    s.project.matrices.write(s.matrix, s.columns[0], s.case, WORDS)


def _write_anothers_cell(s: Study) -> None:
    s.project.matrices.write(s.matrix, s.columns[1], s.case, WORDS)


def _write_new_cell(s: Study) -> None:
    s.project.matrices.write(s.matrix, s.columns[2], s.other, WORDS)


def _clear_cell(s: Study) -> None:
    s.project.matrices.write(s.matrix, s.columns[1], s.case, "")


def _mark_cell(s: Study) -> None:
    s.project.matrices.set_done(s.matrix, s.columns[0], s.case, True)


def _link_cell(s: Study) -> None:
    s.project.matrices.link(s.matrix, s.columns[1], s.case, s.second)


def _unlink_cell(s: Study) -> None:
    s.project.matrices.link(s.matrix, s.columns[0], s.case, s.coding, on=False)


def _empty_cell(s: Study) -> None:
    _unlink_cell(s)
    s.project.matrices.write(s.matrix, s.columns[0], s.case, "")


def _rate(s: Study) -> None:
    s.project.ratings.rate(s.case, s.codes[0], 2, rationale=WORDS)


def _rate_anew(s: Study) -> None:
    s.project.ratings.rate(s.other, s.codes[2], 2)


def _explain(s: Study) -> None:
    s.project.ratings.explain(s.case, s.codes[0], WORDS)


def _clear_rating(s: Study) -> None:
    s.project.ratings.clear(s.case, s.codes[0])


def _agree_otherwise(s: Study) -> None:
    s.project.ratings.rate(s.case, s.codes[1], -2, agreed=True)


def _agree_anew(s: Study) -> None:
    s.project.ratings.rate(s.case, s.codes[2], -2, agreed=True)


def _change_belief(s: Study) -> None:
    s.project.beliefs.change(s.belief, text=WORDS, direction=Valence.MIXED, note=WORDS)


def _move_belief(s: Study) -> None:
    s.project.beliefs.move(s.belief_2, 0)


def _delete_belief(s: Study) -> None:
    s.project.beliefs.delete(s.belief)


def _gather(s: Study) -> None:
    s.project.beliefs.gather(s.belief, [s.second])


def _release(s: Study) -> None:
    s.project.beliefs.release(s.belief, [s.coding])


def _change_advice(s: Study) -> None:
    s.project.recommendations.change(s.advice, text=WORDS, note=WORDS)


def _delete_advice(s: Study) -> None:
    s.project.recommendations.delete(s.advice)


def _judge(s: Study) -> None:
    s.project.recommendations.rate(s.advice, s.criterion, 1, WORDS)


def _judge_anew(s: Study) -> None:
    other = s.project.recommendations.criteria()[1].key
    s.project.recommendations.rate(s.advice, other, 1, WORDS)


def _unjudge(s: Study) -> None:
    s.project.recommendations.unrate(s.advice, s.criterion)


CHANGES: tuple[Callable[[Study], None], ...] = (
    *(_change_memo, _change_memo_of_project, _delete_memo, _link_memo, _unlink_memo),
    *(_write_cell, _write_anothers_cell, _write_new_cell, _clear_cell, _mark_cell),
    *(_link_cell, _unlink_cell, _empty_cell),
    *(_rate, _rate_anew, _explain, _clear_rating, _agree_otherwise, _agree_anew),
    *(_change_belief, _move_belief, _delete_belief, _gather, _release),
    *(_change_advice, _delete_advice, _judge, _judge_anew, _unjudge),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__.strip("_"))
def test_others_see_it_as_it_was(study: Study, change: Callable[[Study], None]) -> None:
    project, coders = study.project, study.coders
    before = {who: _rows(project, who) for who in (*coders[1:], coders[A])}
    change(study)
    changed = _rows(project, coders[A])
    assert changed != before[coders[A]]  # who did it sees it
    for who in coders[1:]:
        assert _rows(project, who) == before[who]
    project.coder = None  # who gave no name
    assert _rows(project, None) == before[coders[OUTSIDE]]
    study.sit(A)
    project.history.undo()
    again = _rows(project, coders[A])
    assert again != changed
    for who in coders[1:]:
        assert _rows(project, who) == before[who]
    study.sit(A)
    project.history.redo()
    assert _rows(project, coders[A]) == changed
    for who in coders[1:]:
        assert _rows(project, who) == before[who]
    study.unseal()
    for who in coders:
        assert _rows(project, who) == changed


def test_every_table_of_the_kind_is_tried(study: Study) -> None:
    """So that no table is forgotten: each changes in one of the changes."""
    touched: set[str] = set()
    project = study.project
    for change in CHANGES:
        before = _rows(project, study.coders[A])
        change(study)
        now = _rows(project, study.coders[A])
        touched |= {table for table in SUMMED_UP if before[table] != now[table]}
        project.history.undo()
    assert touched == set(SUMMED_UP)


def _texts(study: Study, who: int) -> dict[UUID, str]:
    study.sit(who)
    return {row.id: row.text for row in study.project.beliefs.all()}


def test_what_everybody_else_does_with_it_is_seen(study: Study) -> None:
    """Who codes in no round changes what a coder of the round has changed before."""
    project = study.project
    study.sit(A)
    project.beliefs.change(study.belief, text=WORDS, note=WORDS)
    study.sit(OUTSIDE)
    project.beliefs.change(study.belief, text="As the supervisor says")
    for who in (B, OUTSIDE, A):
        study.sit(who)
        row = project.beliefs.get(study.belief)
        assert row.text == "As the supervisor says"
        assert row.note == (WORDS if who == A else "")
    study.sit(OUTSIDE)
    project.history.undo()
    assert _texts(study, B)[study.belief] == "We knew before"
    assert _texts(study, A)[study.belief] == WORDS
    study.sit(OUTSIDE)
    project.beliefs.delete(study.belief)
    for who in (A, B, OUTSIDE):
        assert study.belief not in _texts(study, who)


def test_both_coders_of_the_round_see_what_they_wrote_themselves(study: Study) -> None:
    project = study.project
    study.sit(A)
    project.beliefs.change(study.belief, text="As A says")
    project.ratings.rate(study.case, study.codes[1], -2, agreed=True)
    project.ratings.rate(study.case, study.codes[2], -2, agreed=True)
    study.sit(B)
    project.beliefs.change(study.belief, text="As B says")
    project.ratings.rate(study.case, study.codes[1], 2, agreed=True)
    project.ratings.rate(study.case, study.codes[2], 2, agreed=True)
    for who, text, value in ((A, "As A says", -2), (B, "As B says", 2)):
        assert _texts(study, who)[study.belief] == text
        for code in study.codes[1:]:
            rated = project.ratings.given(study.case, code, agreed=True)
            assert rated is not None
            assert rated.value == value
    assert _texts(study, OUTSIDE)[study.belief] == "We knew before"
    study.unseal()
    for who in (A, B, OUTSIDE):
        assert _texts(study, who)[study.belief] == "As B says"


def test_a_summary_that_is_seen_as_it_was_is_not_overwritten(study: Study) -> None:
    project = study.project
    place = (study.matrix, study.columns[0], study.case)
    for change in (_write_cell, _mark_cell, _empty_cell):
        study.sit(A)
        change(study)
        study.sit(B)
        assert project.matrices.cell_text(*place[1:]) == "Summed up before"
        with pytest.raises(NotAllowed):
            project.matrices.write(*place, "Mine")
        study.sit(A)
        project.history.undo()
        if change is _empty_cell:
            project.history.undo()
    study.sit(B)
    project.matrices.write(*place, "Mine")
    assert project.matrices.cell_text(*place[1:]) == "Mine"


def test_what_goes_for_all_takes_it_along(study: Study) -> None:
    """What A deleted is seen by B until what it hangs on is deleted for all."""
    project = study.project
    study.sit(A)
    project.memos.delete(study.on_project)
    project.ratings.clear(study.case, study.codes[0])
    project.matrices.write(study.matrix, study.columns[1], study.case, "")
    study.sit(OUTSIDE)
    assert len(project.ratings.all()) == 2
    project.matrices.delete(study.matrix)
    assert not _rows(project, study.coders[B])["matrix_cell"]
    study.sit(OUTSIDE)
    project.documents.delete(study.documents[2])
    rows = _rows(project, study.coders[B])
    assert not rows["case_rating"]
    assert rows["memo"]  # on the project: it hangs on nothing that is gone


def test_going_back_within_the_round_tells_nothing(study: Study) -> None:
    """Half of what A did is taken back by another; nobody else sees the other half."""
    project = study.project
    before = {who: _rows(project, who) for who in study.coders[1:]}
    study.sit(A)
    project.beliefs.change(study.belief, text="First of A")
    _rate(study)
    seq = project.history.all()[0].seq
    project.beliefs.change(study.belief, text="Second of A")
    _clear_rating(study)
    _delete_belief(study)
    study.sit(OUTSIDE)
    project.history.go_back_to(seq)
    for who in study.coders[1:]:
        assert _rows(project, who) == before[who]
    assert _texts(study, A)[study.belief] == "First of A"
    study.sit(OUTSIDE)
    project.history.undo()
    for who in study.coders[1:]:
        assert _rows(project, who) == before[who]
    assert study.belief not in _texts(study, A)


def test_it_is_the_same_after_opening_and_for_a_window_that_only_reads(study: Study) -> None:
    project = study.project
    before = _rows(project, study.coders[B])
    reading = Project.open(project.path, read_only=True)
    reading.coder = study.coders[B]
    study.sit(A)
    for change in CHANGES[:1] + CHANGES[5:7] + CHANGES[13:14]:
        change(study)
        assert _rows(reading, study.coders[B]) == before
    reading.close()
    again = Project.open(project.path, read_only=True)
    again.coder = study.coders[B]
    assert _rows(again, study.coders[B]) == before
    again.close()


def test_a_merge_brings_the_work_of_whom_it_is_of(study: Study, tmp_path: Path) -> None:
    """A works in a copy, and who codes in no round merges it."""
    project = study.project
    copy = tmp_path / "copy of A.ikt"
    project.safety.save_copy(copy)
    theirs = Project.open(copy)
    theirs.coders.switch(study.coders[A])
    theirs.ratings.rate(study.case, study.codes[0], 2, rationale=WORDS)
    theirs.ratings.rate(study.other, study.codes[0], 2, rationale=WORDS)
    theirs.memos.change(study.on_code, text=WORDS)
    theirs.memos.add(WORDS, code=study.codes[1])
    theirs.beliefs.change(study.belief, text=WORDS)
    theirs.beliefs.gather(study.belief, [study.second])
    theirs.recommendations.rate(study.advice, study.criterion, 1, WORDS)
    theirs.matrices.write(study.matrix, study.columns[0], study.case, WORDS)
    theirs.close()
    before = {who: _rows(project, who) for who in study.coders[1:]}
    study.sit(OUTSIDE)
    project.merging.apply(copy)
    for who in study.coders[1:]:
        assert _rows(project, who) == before[who]
    mine = _rows(project, study.coders[A])
    assert WORDS in str(mine["belief"])
    assert WORDS in str(mine["case_rating"])


def test_what_the_journal_no_longer_holds_stays_hidden(study: Study) -> None:
    """After compacting nobody can say what A changed: all that is of A is hidden, else what
    was changed could be told by what is missing."""
    project = study.project
    study.sit(A)
    _rate(study)
    _change_memo(study)
    _change_belief(study)
    _change_advice(study)
    project.safety.compact()
    for _ in range(2):
        for who in study.coders[1:]:
            rows = _rows(project, who)
            assert WORDS not in str(rows)
            for table in ("memo", "belief", "case_rating", "recommendation"):
                assert not rows[table]
            assert len(rows["matrix_cell"]) == 1  # of who codes in no round
        study.sit(A)
        assert len(project.memos.all()) == 2
        project.ratings.rate(study.case, study.codes[0], 0, rationale=f"{WORDS} again")
        _write_cell(study)
    study.unseal()
    assert WORDS in str(_rows(project, study.coders[B]))


def test_who_changes_the_columns_leaves_those_about_hidden_proposals(study: Study) -> None:
    project = study.project
    study.sit(A)
    proposal = project.codes.add("Only of A")
    topics = [row.topic for row in project.matrices.get(study.matrix).columns]
    project.matrices.change(study.matrix, topics=[*topics, Topic(code=proposal)])
    hidden = project.matrices.get(study.matrix).columns[-1].id
    project.matrices.write(study.matrix, hidden, study.case, "Written by A")
    study.sit(B)
    assert hidden not in {row.id for row in project.matrices.get(study.matrix).columns}
    project.matrices.change(study.matrix, topics=topics[1:])
    study.sit(A)
    columns = project.matrices.get(study.matrix).columns
    assert [row.topic for row in columns if row.id != hidden] == topics[1:]
    assert hidden in {row.id for row in columns}
    study.unseal()
