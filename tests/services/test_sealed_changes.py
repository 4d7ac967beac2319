"""What was there before a blind round and is changed in it by one of its coders: the others go
on seeing it as it was, until the round is unsealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ikt_coder.core.cases import CaseKind, CaseRef
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
