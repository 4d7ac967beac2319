"""A coder's copy holds that coder's work and the texts, and no byte of anybody else's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from ikt_coder.core.errors import (
    NotAllowed,
    NotFound,
    UndoRefused,
)
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import Batch, RoundEventKind, RoundMode, Task
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import DocumentStatus
from ikt_coder.model import Base, Code, Coder, FrozenGround, TableClass, table_class
from ikt_coder.services.copy_rows import LeftOutReason
from tests.services.test_erasure import holds
from tests.studies import TALK, add_talk, dump
from tests.team import EARLIER, ELSEWHERE, OTHERS, OWN, Team, opened, opened_again


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.project.close()


def test_the_copy_holds_the_texts_the_codebook_and_their_own_work(
    team: Team, tmp_path: Path
) -> None:
    target = tmp_path / "for Amara.ikt"
    made = team.project.copies.make(team.amara, target)
    assert made.path == target
    assert [title for _, title in made.documents] == ["Talk", "Second", "Third"]
    assert (made.codings, made.memos, made.codes) == (1, 2, 2)
    copy = opened(target)
    here, there = team.project, copy
    for document in (team.talk, team.second, team.third):
        assert there.texts.get(document) == here.texts.get(document)
        assert there.documents.turns(document) == here.documents.turns(document)
        assert there.documents.text(document).times == here.documents.text(document).times
        assert there.documents.get(document).revision == 0
    assert [row.name for row in there.codes.all()] == ["Timing", "Money"]
    (coding,) = there.codings.in_document(team.talk, None)
    assert coding == here.codings.get(team.mine)
    assert {row.id for row in there.memos.all()} == {team.memo, team.journal}
    assert [row.name for row in there.coders.all()] == ["Amara Okafor"]
    assert there.coder == team.amara
    assert [row.label for row in there.participants.all()] == ["P01", "P02", "P03"]
    assert there.id == here.id
    assert there.card.get() == here.card.get()
    assert there.documents.original(team.talk) is None
    copy.close()


HELD = {
    "assignment",
    "behaviour",
    "checked",
    "code",
    "code_link",
    "codebook_version",
    "coder",
    "coding",
    "coding_level",
    "coding_round",
    "copy_origin",
    "crosswalk_choice",
    "document",
    "document_participant",
    "document_text",
    "folder",
    "framework",
    "frozen_ground",
    "glossary_term",
    "guide_question",
    "level",
    "memo",
    "participant",
    "project",
    "question_turn",
    "round_event",
    "snapshot",
    "speaker",
    "turn",
}
LEFT = {
    "attribute",
    "attribute_value",
    "belief",
    "belief_coding",
    "case_rating",
    "cell_coding",
    "chart",
    "chart_answer",
    "chart_check",
    "chart_field",
    "chart_option",
    "checklist_answer",
    "decision",
    "document_edit",
    "engagement_event",
    "event_link",
    "event_user",
    "framework_matrix",
    "item_note",
    "list_term",
    "matrix_cell",
    "matrix_column",
    "memo_link",
    "merged_copy",
    "question_stage",
    "quote",
    "quote_alteration",
    "recommendation",
    "recommendation_rating",
    "restore_point",
    "revisit",
    "revisited",
    "saved_query",
    "saved_table",
    "settled",
    "source_file",
    "study",
    "theme",
    "theme_code",
    "theme_coding",
    "theme_domain",
    "theme_level",
    "theme_link",
    "tombstone",
}


def test_of_every_table_it_is_known_whether_a_copy_holds_rows_of_it(
    team: Team, tmp_path: Path
) -> None:
    """A new table must be thought of: nothing comes into a copy, or is missed, by chance."""
    kinds = (TableClass.ENTITY, TableClass.RECORD)
    known = {name for name in Base.metadata.tables if table_class(name) in kinds}
    assert known == HELD | LEFT
    team.project.copies.make(team.amara, tmp_path / "amara.ikt")
    with opened_again(tmp_path / "amara.ikt") as copy:
        filled = {
            name
            for name in known
            if copy.connection.exec_driver_sql(f'SELECT 1 FROM "{name}"').first() is not None
        }
    assert filled <= HELD


def test_no_byte_of_anybody_else_is_in_it(team: Team, tmp_path: Path) -> None:
    """Also not in free pages: nothing was ever taken out of the file."""
    target = tmp_path / "amara.ikt"
    team.project.copies.make(team.amara, target)
    here = team.project.path
    for words in (OTHERS, EARLIER, "Bo Lindqvist", "Group marker", "Attr marker"):
        assert holds(here, words), words
        assert not holds(target, words), words
    assert holds(target, OWN)
    driver = sqlite3.connect(target)
    assert driver.execute("PRAGMA freelist_count").fetchone() == (0,)
    others = (team.bo.bytes, str(team.bo), team.bo.hex)
    driver.close()
    data = target.read_bytes()
    for form in others:
        assert (form if isinstance(form, bytes) else form.encode()) not in data


def test_what_is_not_assigned_stays_behind(team: Team, tmp_path: Path) -> None:
    round_ = team.round(
        {
            team.amara: {team.talk: Task.CODE},
            team.bo: {team.talk: Task.CODE, team.third: Task.CODE},
        }
    )
    target = tmp_path / "amara.ikt"
    made = team.project.copies.make(team.amara, target, round_)
    assert [title for _, title in made.documents] == ["Talk"]
    assert not holds(target, ELSEWHERE)
    copy = opened(target)
    rows = dump(target)
    assert len(rows["coding_round"]) == len(rows["assignment"]) == 1
    assert [row.label for row in copy.participants.all()] == ["P01", "P02"]
    ((selection, adjudicator),) = copy.connection.exec_driver_sql(
        "SELECT selection, adjudicator_id FROM coding_round"
    ).all()
    assert json.loads(selection) == {team.talk.hex: [[0, 9]]}
    assert adjudicator is None
    origin = copy.copies.origin()
    assert origin is not None
    assert (origin.coder, origin.coder_name) == (team.amara, "Amara Okafor")
    assert (origin.project, origin.project_name) == (team.project.id, "Study")
    assert (origin.round, origin.round_name) == (round_, "Round one")
    copy.close()


def test_a_coder_with_nothing_assigned_gets_no_file(team: Team, tmp_path: Path) -> None:
    round_ = team.round({team.bo: {team.talk: Task.CODE}})
    before = list(tmp_path.iterdir())
    for act in (
        lambda: team.project.copies.make(team.amara, tmp_path / "none.ikt", round_),
        lambda: team.project.copies.preview(team.amara, round_),
    ):
        with pytest.raises(NotAllowed, match="nothing to code in “Round one”"):
            act()
    with pytest.raises(NotAllowed, match="Nothing would be in the copy"):
        team.project.copies.make(team.amara, tmp_path / "none.ikt", documents=[])
    with pytest.raises(NotFound):
        team.project.copies.make(new_id(), tmp_path / "none.ikt")
    with pytest.raises(NotFound):
        team.project.copies.make(team.amara, tmp_path / "none.ikt", new_id())
    assert list(tmp_path.iterdir()) == before
    assert team.project.copies.made() == ()


def test_their_own_interview_and_people_left_out_are_not_in_it(team: Team, tmp_path: Path) -> None:
    project = team.project
    people = {row.label: row.id for row in project.participants.all()}
    with project.operation(Op.CHANGE_CODER) as op:
        op.execute(update(Coder).where(Coder.id == team.amara).values(participant_id=people["P03"]))
    preview = project.copies.preview(team.amara)
    assert [(row.title, row.reason) for row in preview.left_out] == [
        ("Third", LeftOutReason.OWN_INTERVIEW)
    ]
    project.copies.make(team.amara, tmp_path / "amara.ikt")
    assert not holds(tmp_path / "amara.ikt", ELSEWHERE)
    with pytest.raises(NotAllowed) as refused:
        project.copies.make(team.amara, tmp_path / "own.ikt", documents=[team.third])
    assert "own interview" in refused.value.to_do
    project.participants.leave_out(people["P03"])
    assert project.copies.preview(team.bo).left_out[0].reason is LeftOutReason.LEFT_OUT


def test_who_makes_a_copy_for_another_cannot_look_into_their_work(
    team: Team, tmp_path: Path
) -> None:
    """The copy could be opened before it is sent: what is sealed, and a journal, stay here."""
    project = team.project
    both = {team.talk: Task.CODE, team.second: Task.CODE}
    round_ = team.round({team.amara: both, team.bo: both})
    team.finished(round_, team.bo, team.second)
    project.coders.switch(team.bo)
    proposal = project.codes.add("Proposal marker of Bo")
    project.codings.apply(team.talk, Span(0, 5), proposal)
    project.coders.switch(team.amara)
    preview = project.copies.preview(team.bo, round_)
    made = project.copies.make(team.bo, tmp_path / "bo.ikt", round_)
    for found in (preview, made):
        assert (found.codings, found.withheld, found.with_journal) == (0, 1, False)
        assert [(row.title, row.reason) for row in found.left_out] == [
            ("Second", LeftOutReason.FINISHED)
        ]
    assert not holds(made.path, f"Theirs: {OTHERS}")
    assert not holds(made.path, f"Journal: {OTHERS}")
    assert not holds(made.path, "Proposal marker")
    copy = opened(made.path)
    assert copy.codings.in_document(team.talk, None) == ()
    assert copy.documents.get(team.talk).status is DocumentStatus.TO_DO
    copy.close()
    project.coders.switch(team.bo)
    own = project.copies.make(team.bo, tmp_path / "own.ikt", round_)
    assert (own.codings, own.withheld, own.with_journal) == (2, 0, True)
    assert own.left_out == ()
    assert holds(own.path, f"Journal: {OTHERS}")
    assert holds(own.path, "Proposal marker")


def test_positions_start_anew_from_the_present_text(team: Team, tmp_path: Path) -> None:
    project = team.project
    project.documents.mend(team.talk, [TextEdit(0, "", "[noise] "), TextEdit(0, "[", "(")])
    target = tmp_path / "amara.ikt"
    project.copies.make(team.amara, target)
    copy = opened(target)
    (row,) = copy.codings.in_document(team.talk, None)
    assert copy.texts.get(team.talk)[row.span.start : row.span.end] == "She phoned me"
    origin = copy.copies.origin()
    assert origin is not None
    assert origin.documents[team.talk] == project.texts.marks(team.talk)
    assert [(m.at, m.removed, m.inserted) for m in copy.texts.marks(team.talk)] == [
        (0, 0, 8),
        (0, 1, 1),
    ]
    copy.documents.mend(team.talk, [TextEdit(0, "(", "")])
    assert len(copy.texts.marks(team.talk)) == 3
    assert copy.texts.marks(team.talk)[:2] == project.texts.marks(team.talk)
    assert copy.documents.duplicate_of(project.texts.get(team.second)) is not None
    copy.close()


def test_undo_in_a_copy_ends_where_it_began(team: Team, tmp_path: Path) -> None:
    target = tmp_path / "amara.ikt"
    team.project.copies.make(team.amara, target)
    copy = opened(target)
    began = dump(target)
    with pytest.raises(UndoRefused):
        copy.history.undo()
    copy.codings.apply(team.talk, Span(0, 5), team.other)
    copy.codes.add("New here")
    add_talk(copy, TALK.replace("slides", "papers"), "Brought along")
    for _ in range(3):
        copy.history.undo()
    assert dump(target) == began
    with pytest.raises(UndoRefused):
        copy.history.undo()
    (first,) = [row for row in copy.history.all() if row.kind == Op.BEGIN_COPY.value]
    assert (first.seq, first.coder, first.params["name"]) == (1, team.amara, "Amara Okafor")
    for _ in range(3):
        copy.history.redo()
    copy.history.go_back_to(1)
    assert dump(target) == began
    copy.close()


def test_nobody_else_sits_down_in_a_copy(team: Team, tmp_path: Path) -> None:
    target = tmp_path / "amara.ikt"
    team.project.copies.make(team.amara, target)
    copy = opened(target)
    another = copy.coders.add("Cleo")
    with pytest.raises(NotAllowed, match="copy for Amara Okafor"):
        copy.coders.switch(another)
    assert copy.coder == team.amara
    with pytest.raises(NotAllowed, match="itself a copy for Amara Okafor"):
        copy.copies.make(another, tmp_path / "again.ikt")
    copy.close()
    with opened_again(target) as again:
        assert again.coder == team.amara
    assert team.project.copies.origin() is None


def test_the_project_notes_for_whom_where_and_what(team: Team, tmp_path: Path) -> None:
    project = team.project
    project.coders.switch(team.bo)
    before = dump(project.path)
    last = project.history.all(limit=1)[0].seq
    made = project.copies.make(team.amara, tmp_path / "amara.ikt", documents=[team.talk])
    assert dump(project.path) == before
    (row,) = project.copies.made()
    assert (row.lineage, row.coder, row.coder_name) == (made.lineage, team.amara, "Amara Okafor")
    assert (row.by, row.file_name, row.documents) == (team.bo, "amara.ikt", (team.talk,))
    assert row.digest == made.digest
    newest = project.history.all(limit=1)[0]
    assert (newest.seq, newest.kind) == (last + 1, Op.COPY_FOR_CODER.value)
    assert newest.params["name"] == "Amara Okafor"
    assert not newest.undoable
    parted = project.connection.exec_driver_sql(
        "SELECT uuid FROM operation WHERE seq = ?", (last,)
    ).scalar()
    with opened_again(made.path) as copy:
        origin = copy.copies.origin()
        assert origin is not None
        assert origin.operation.bytes == parted
        assert origin.lineage == made.lineage
    project.copies.make(team.bo, tmp_path / "bo.ikt")
    assert [row.file_name for row in project.copies.made()] == ["bo.ikt", "amara.ikt"]


def test_a_proposal_of_another_in_a_blind_round_stays_unseen(team: Team, tmp_path: Path) -> None:
    project = team.project
    round_ = team.round({team.amara: {team.talk: Task.CODE}, team.bo: {team.talk: Task.CODE}})
    proposal = project.codes.add("Proposal marker of Bo")
    below = project.codes.add("Below it", proposal)
    with project.operation(Op.CHANGE_CODE) as op:
        op.execute(
            update(Code).where(Code.id == proposal).values(proposed_in=round_, proposed_by=team.bo)
        )
    project.copies.make(team.amara, tmp_path / "amara.ikt", round_)
    assert not holds(tmp_path / "amara.ikt", "Proposal marker")
    with opened_again(tmp_path / "amara.ikt") as copy:
        assert copy.codes.get(below).parent is None
        assert copy.safety.check().sound
    team.record(
        FrozenGround,
        round_id=round_,
        document_id=team.talk,
        length=9,
        text_digest="",
        edits="[]",
        units=None,
        scope=None,
    )
    team.event(
        round_,
        RoundEventKind.UNSEALED,
        team.bo,
        None,
        {"documents": [team.talk.hex], "snapshots": {}, "codebook_version": None},
    )
    project.rounds.forget()
    project.copies.make(team.amara, tmp_path / "later.ikt", round_)
    with opened_again(tmp_path / "later.ikt") as copy:
        assert copy.codes.get(below).parent == proposal


def test_a_merged_code_still_forwards(team: Team, tmp_path: Path) -> None:
    project = team.project
    project.codes.merge(team.code, team.other)
    project.copies.make(team.amara, tmp_path / "amara.ikt")
    with opened_again(tmp_path / "amara.ikt") as copy:
        assert copy.codes.get(team.code).id == team.other
        assert [row.name for row in copy.codes.all()] == ["Money"]


def test_who_verifies_gets_what_the_first_coder_finished(team: Team, tmp_path: Path) -> None:
    round_ = team.round(
        {
            team.bo: {team.talk: Task.CODE, team.second: Task.CODE},
            team.amara: {team.talk: Task.VERIFY, team.second: Task.VERIFY},
        },
        RoundMode.VERIFY,
    )
    project = team.project
    with pytest.raises(NotAllowed) as refused:
        project.copies.make(team.amara, tmp_path / "amara.ikt", round_)
    assert "finishes first" in refused.value.to_do
    snapshot = team.finished(round_, team.bo, team.talk)
    made = project.copies.make(team.amara, tmp_path / "amara.ikt", round_)
    assert [title for _, title in made.documents] == ["Talk"]
    assert [(row.title, row.reason) for row in made.left_out] == [
        ("Second", LeftOutReason.NOT_CODED_YET)
    ]
    assert not holds(made.path, OTHERS)
    copy = opened(made.path)
    rows = copy.codings.in_document(team.talk, None)
    assert {row.id for row in rows} == {team.mine, team.theirs}
    assert [row.name for row in copy.coders.all()] == ["Amara Okafor", "Bo Lindqvist"]
    assert copy.coder == team.amara
    with pytest.raises(NotAllowed):
        copy.coders.switch(team.bo)
    assert copy.connection.exec_driver_sql("SELECT id FROM snapshot").all() == [(snapshot.bytes,)]
    copy.close()
    team.event(round_, RoundEventKind.REOPENED, team.bo, team.talk, {"reason": OTHERS})
    with pytest.raises(NotAllowed):
        project.copies.make(team.amara, tmp_path / "reopened.ikt", round_)


def test_what_waits_for_the_first_documents_is_left_out(team: Team, tmp_path: Path) -> None:
    round_ = team.round(
        {team.amara: {team.talk: Task.CODE, team.second: Task.CODE}},
        batches={team.talk: Batch.FIRST, team.second: Batch.REST},
    )
    made = team.project.copies.make(team.amara, tmp_path / "amara.ikt", round_)
    assert [(row.title, row.reason) for row in made.left_out] == [("Second", LeftOutReason.WAITING)]


def test_their_own_snapshots_and_log_go_along(team: Team, tmp_path: Path) -> None:
    project = team.project
    both = {team.talk: Task.CODE}
    round_ = team.round({team.amara: both, team.bo: both})
    mine = team.finished(round_, team.amara, team.talk)
    theirs = team.finished(round_, team.bo, team.talk)
    team.event(
        round_, RoundEventKind.REOPENED, team.amara, team.talk, {"reason": OTHERS, "n": False}
    )
    team.event(
        round_,
        RoundEventKind.UNSEALED,
        team.bo,
        None,
        {
            "documents": [team.talk.hex, team.third.hex],
            "snapshots": {team.talk.hex: [mine.hex, theirs.hex], team.third.hex: []},
        },
    )
    project.copies.make(team.amara, tmp_path / "amara.ikt", round_)
    assert not holds(tmp_path / "amara.ikt", OTHERS)
    with opened_again(tmp_path / "amara.ikt") as copy:
        found = copy.connection.exec_driver_sql("SELECT id FROM snapshot").all()
        assert found == [(mine.bytes,)]
        log = copy.connection.exec_driver_sql(
            "SELECT kind, by_id, data FROM round_event ORDER BY at, id"
        ).all()
    assert [kind for kind, _, _ in log] == ["finished", "reopened", "unsealed"]
    assert {by for _, by, _ in log} == {None}
    assert json.loads(log[2][2]) == {
        "documents": [team.talk.hex],
        "snapshots": {team.talk.hex: [mine.hex]},
    }
    assert json.loads(log[1][2]) == {"n": False}
