"""Every file somebody may hand back, and what is said of it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select

from ikt_coder.core.errors import Cancelled, NotAllowed, ProjectFileError
from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Valence
from ikt_coder.model import Settled
from ikt_coder.services.merging.past_rows import rows_of
from ikt_coder.services.merging.rows import ConflictKind, FileKind, Reason, Side
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from tests.rounds import Team, blind_team
from tests.services.merging.copies import (
    content,
    copied,
    difference,
    project_with_codes,
    sound,
    talk,
)
from tests.storage.old_files import take_back
from tests.studies import TALK, dump

# -- files nothing comes of -------------------------------------------------------------------


def refused(project: Project, path: Path, words: str, kind: type[Exception]) -> None:
    before = dump(project.path)
    for act in (project.merging.plan, project.merging.apply):
        with pytest.raises(kind, match=words):
            act(path)
    assert dump(project.path) == before


def test_the_open_project_itself(here: Project, tmp_path: Path) -> None:
    other_name = tmp_path / "other name.ikt"
    os.link(here.path, other_name)
    for path in (here.path, other_name):
        refused(here, path, "project that is open", NotAllowed)


def test_a_file_that_is_missing_foreign_newer_or_cut_short(here: Project, tmp_path: Path) -> None:
    refused(here, tmp_path / "none.ikt", "no file", ProjectFileError)
    letter = tmp_path / "letter.ikt"
    letter.write_text("Dear all, here is my copy. " * 20)
    refused(here, letter, "not an IKT Coder project", ProjectFileError)
    foreign = tmp_path / "foreign.ikt"
    with sqlite3.connect(foreign) as driver:
        driver.execute("CREATE TABLE t(x)")
    driver.close()
    refused(here, foreign, "another program", ProjectFileError)
    schema.copy_database(here.path, tmp_path / "newer.ikt")
    with sqlite3.connect(tmp_path / "newer.ikt") as driver:
        driver.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    driver.close()
    refused(here, tmp_path / "newer.ikt", "newer version", ProjectFileError)
    whole = (tmp_path / "newer.ikt").read_bytes()
    (tmp_path / "short.ikt").write_bytes(here.path.read_bytes()[: len(whole) // 2])
    refused(here, tmp_path / "short.ikt", "cut short", ProjectFileError)
    (tmp_path / "codings.csv").write_text("document,start,end,code\n")
    refused(here, tmp_path / "codings.csv", "is a table", ProjectFileError)


def test_a_damaged_file(here: Project, there: Project, tmp_path: Path) -> None:
    there.codings.apply(talk(there), Span(0, 9), there.codes.all()[0].id)
    damaged = bytearray(there.path.read_bytes())
    Random(4).shuffle(order := list(range(8192, len(damaged))))
    for at in order[:20000]:
        damaged[at] ^= 0xA5
    path = tmp_path / "damaged.ikt"
    path.write_bytes(damaged)
    refused(here, path, "damaged|cannot be read", ProjectFileError)


def test_a_file_of_an_older_version_is_brought_in_and_not_touched(tmp_path: Path) -> None:
    here = project_with_codes(tmp_path / "here.ikt")
    there = copied(here, tmp_path / "there.ikt")
    there.codings.apply(talk(there), Span(0, 9), there.codes.all()[0].id)
    there.close()
    take_back(tmp_path / "there.ikt")
    before = (tmp_path / "there.ikt").read_bytes()
    assert here.merging.apply(tmp_path / "there.ikt").plan.codings.added == 1
    assert (tmp_path / "there.ikt").read_bytes() == before
    assert sound(here) == []
    here.close()


def test_a_file_that_changed_since_it_was_looked_at(here: Project, there: Project) -> None:
    there.codings.apply(talk(there), Span(0, 9), there.codes.all()[0].id)
    plan = here.merging.plan(there.path)
    there.codings.apply(talk(there), Span(0, 5), there.codes.all()[0].id)
    before = dump(here.path)
    with pytest.raises(NotAllowed, match="changed since"):
        here.merging.apply(there.path, expected=plan)
    assert dump(here.path) == before


def test_a_file_that_is_open_elsewhere_is_read_as_it_is(here: Project, there: Project) -> None:
    there.codings.apply(talk(there), Span(0, 9), there.codes.all()[0].id)
    result = here.merging.apply(there.path)
    assert any("another window" in warning for warning in result.plan.warnings)
    assert result.plan.codings.added == 1
    there.codings.apply(talk(there), Span(0, 5), there.codes.all()[0].id)
    assert here.merging.apply(there.path).plan.codings.added == 1


def test_planning_writes_nothing_here_or_there(here: Project, there: Project) -> None:
    there.codings.apply(talk(there), Span(0, 9), there.codes.all()[0].id)
    states = here.path.read_bytes(), there.path.read_bytes()
    here.merging.plan(there.path)
    assert (here.path.read_bytes(), there.path.read_bytes()) == states


def test_cancelling_changes_nothing(here: Project, there: Project) -> None:
    there.codings.apply(talk(there), Span(0, 9), there.codes.all()[0].id)
    before = dump(here.path)
    with pytest.raises(Cancelled):
        here.merging.apply(there.path, cancel=lambda: True)
    assert dump(here.path) == before


# -- what both did ------------------------------------------------------------------------------


def test_a_place_mended_in_both_is_for_a_person(here: Project, there: Project) -> None:
    """Without one the earlier mending stands, from either side."""
    document = talk(here)
    at = TALK.index("slides")
    coding = here.codings.apply(document, Span(at - 4, at + 6), here.codes.all()[0].id)
    here.texts.mend(document, [TextEdit(at, "slides", "pictures")])
    there.texts.mend(document, [TextEdit(at, "slides", "drawings")])
    plan = here.merging.plan(there.path)
    (conflict,) = plan.conflicts
    assert conflict.kind is ConflictKind.TEXT
    assert (conflict.here, conflict.there) == ("pictures", "drawings")
    assert conflict.default is Side.HERE  # it was mended first
    back = there.merging.plan(here.path)
    assert (back.conflicts[0].key, back.conflicts[0].default) == (conflict.key, Side.THERE)
    here.merging.apply(there.path, {conflict.key: Side.THERE})
    text = here.texts.get(document)
    assert "drawings" in text
    assert "pictures" not in text
    (row,) = here.codings.many([coding])
    assert text[row.span.start : row.span.end] == "the drawings"
    assert sound(here) == []
    there.merging.apply(here.path)
    assert there.texts.get(document) == text
    assert here.merging.plan(there.path).nothing


def test_places_apart_and_the_same_mending_are_no_conflict(here: Project, there: Project) -> None:
    document = talk(here)
    here.texts.mend(document, [TextEdit(TALK.index("phoned"), "phoned", "rang")])
    here.texts.mend(document, [TextEdit(here.texts.get(document).index("third"), "third", "3rd")])
    there.texts.mend(document, [TextEdit(TALK.index("third"), "third", "3rd")])
    words = there.texts.get(document).index("slides")
    there.codings.apply(document, Span(words, words + 6), there.codes.all()[0].id)
    result = here.merging.apply(there.path)
    assert result.plan.conflicts == ()
    text = here.texts.get(document)
    assert "rang" in text
    assert "3rd" in text
    assert "slides" in {
        text[row.span.start : row.span.end] for row in here.codings.in_document(document, None)
    }


def test_a_code_merged_here_and_used_there(here: Project, there: Project) -> None:
    """What was coded with it goes to the code that stays, from either side."""
    codes = {row.name: row.id for row in here.codes.all()}
    here.codes.merge([codes["Money"]], codes["Time"])
    there.codings.apply(talk(there), Span(100, 120), codes["Money"], memo="dear")
    result = here.merging.apply(there.path)
    assert result.plan.codings.added == 1
    assert "dear" in {row.memo for row in here.codings.of_codes([codes["Time"]], coder=None)}
    there.merging.apply(here.path)
    assert difference(content(here), content(there)) == []


def test_codes_merged_into_each_other(here: Project, there: Project) -> None:
    codes = {row.name: row.id for row in here.codes.all()}
    here.codes.merge([codes["Money"]], codes["Travel"])
    there.codes.merge([codes["Travel"]], codes["Money"])
    here.merging.apply(there.path)
    assert {"Money", "Travel"} & {row.name for row in here.codes.all()} == {"Money"}
    assert sound(here) == []


def test_a_code_changed_in_both_is_chosen(here: Project, there: Project) -> None:
    code = here.codes.all()[0].id
    here.codes.change(code, definition="How long it takes")
    there.codes.change(code, definition="Hours and days that it takes, and when")
    (conflict,) = here.merging.plan(there.path).conflicts
    assert conflict.kind is ConflictKind.CODE
    assert conflict.field == "code.definition"
    assert conflict.default is Side.THERE  # the longer one
    here.merging.apply(there.path, {conflict.key: Side.HERE})
    assert here.codes.get(code).definition == "How long it takes"
    # The other file knows of the decision then.
    there.merging.apply(here.path)
    assert there.codes.get(code).definition == "How long it takes"


def test_a_deleted_code_that_is_used_is_kept_and_listed(here: Project, there: Project) -> None:
    codes = {row.name: row.id for row in here.codes.all()}
    here.codes.delete([codes["Money"]])
    there.codings.apply(talk(there), Span(100, 120), codes["Money"])
    plan = here.merging.apply(there.path).plan
    assert [(left.table, left.name, left.why) for left in plan.kept] == [
        ("code", "Money", Reason.USED_THERE)
    ]
    assert "Money" in {row.name for row in here.codes.all()}
    plan = there.merging.apply(here.path).plan
    assert difference(content(here), content(there)) == []


def test_what_is_not_in_a_copy_was_not_deleted_there(here: Project, tmp_path: Path) -> None:
    """A coder's copy lacks everybody else's work."""
    ben = here.coders.find("Ben Li").id
    here.copies.make(ben, tmp_path / "ben.ikt")
    before = len(here.codings.in_document(talk(here), coder=None))
    theirs = Project.open(tmp_path / "ben.ikt")
    theirs.codings.apply(talk(theirs), Span(100, 120), theirs.codes.all()[0].id)
    theirs.close()
    plan = here.merging.apply(tmp_path / "ben.ikt").plan
    assert plan.kind is FileKind.COPY
    assert plan.coders == ("Ben Li",)
    assert len(here.codings.in_document(talk(here), coder=None)) == before + 1
    assert here.merging.plan(tmp_path / "ben.ikt").nothing
    assert here.merging.apply(tmp_path / "ben.ikt").op is None


def test_what_was_brought_and_deleted_does_not_come_back(here: Project, there: Project) -> None:
    coding = there.codings.apply(talk(there), Span(100, 120), there.codes.all()[0].id)
    here.merging.apply(there.path)
    here.codings.remove([coding])
    assert here.merging.plan(there.path).nothing
    here.history.undo()
    here.history.undo()  # the merge itself; now it is new once more
    assert here.merging.plan(there.path).codings.added == 1


def test_the_same_coding_made_twice_is_one_with_both_memos(here: Project, there: Project) -> None:
    code = here.codes.all()[0].id
    here.codings.apply(talk(here), Span(50, 60), code, memo="one", valence=Valence.BARRIER)
    there.codings.apply(talk(here), Span(50, 60), code, memo="two", valence=Valence.FACILITATOR)
    here.merging.apply(there.path)
    found = [r for r in here.codings.in_document(talk(here), None) if r.span == Span(50, 60)]
    assert [(row.memo, row.valence) for row in found] == [("one\n\ntwo", Valence.MIXED)]


def test_edges_that_both_moved(here: Project, there: Project) -> None:
    """The longer span stands, over the mended text."""
    document = talk(here)
    (coding, *_) = here.codings.in_document(document)
    here.codings.move_edges(coding.id, Span(13, 30))
    there.codings.move_edges(coding.id, Span(13, 40))
    here.texts.mend(document, [TextEdit(0, "Interviewer", "I")])
    here.merging.apply(there.path)
    there.merging.apply(here.path)
    assert here.codings.get(coding.id).span == Span(3, 30)
    assert difference(content(here), content(there)) == []


# -- people ---------------------------------------------------------------------------------------


def test_a_coder_of_the_same_name_who_is_another_person(here: Project, there: Project) -> None:
    first = here.coders.add("Chris")
    there.coders.switch(there.coders.add("Chris"))
    coding = there.codings.apply(talk(there), Span(50, 60), there.codes.all()[0].id)
    plan = here.merging.plan(there.path)
    (conflict,) = plan.conflicts
    assert (conflict.kind, conflict.default) == (ConflictKind.CODER, Side.HERE)
    here.merging.apply(there.path)
    names: dict[UUID | None, str] = {row.id: row.name for row in here.coders.all()}
    assert {names[first], names[here.codings.get(coding).coder]} == {"Chris", "Chris (2)"}


def test_a_coder_of_the_same_name_who_is_the_same_person(here: Project, there: Project) -> None:
    first = here.coders.add("Chris")
    there.coders.switch(there.coders.add("Chris"))
    coding = there.codings.apply(talk(there), Span(50, 60), there.codes.all()[0].id)
    (conflict,) = here.merging.plan(there.path).conflicts
    here.merging.apply(there.path, {conflict.key: Side.THERE})
    assert here.codings.get(coding).coder == first
    # What was answered once is remembered.
    there.codings.apply(talk(there), Span(70, 80), there.codes.all()[0].id)
    plan = here.merging.apply(there.path).plan
    assert plan.conflicts == ()
    assert plan.codings.added == 1
    assert len(here.coders.all()) == 3


def test_a_coder_who_coded_nothing(here: Project, tmp_path: Path) -> None:
    here.copies.make(here.coders.find("Ben Li").id, tmp_path / "ben.ikt")
    plan = here.merging.plan(tmp_path / "ben.ikt")
    assert plan.nothing
    assert plan.coders == ()
    before = dump(here.path)
    here.merging.apply(tmp_path / "ben.ikt")
    assert dump(here.path) == before


def test_twelve_copies_in_any_order(tmp_path: Path) -> None:
    team = Team(tmp_path / "team.ikt", coders=12, documents=1)
    for index, coder in enumerate(team.coders):
        path = tmp_path / f"copy{index}.ikt"
        team.project.copies.make(coder, path)
        with_them = Project.open(path)
        with_them.codings.apply(team.documents[0], Span(index, 40 + index), team.codes[0])
        with_them.codings.apply(team.documents[0], Span(60, 80), team.codes[index % 3])
        with_them.memos.add(f"Memo {index}", document=team.documents[0])
        with_them.close()
    results = []
    for order in (range(12), range(11, -1, -1), (5, 3, 11, 0, 8, 1, 9, 2, 10, 4, 7, 6)):
        project = copied(team.project, tmp_path / f"merged{order[0]}.ikt")
        for index in order:
            project.merging.apply(tmp_path / f"copy{index}.ikt")
        results.append(content(project))
        assert sound(project) == []
        project.close()
    assert len(results[0]["coding"]) == 24
    for other in results[1:]:
        assert difference(results[0], other) == []
    team.close()


def test_a_sealed_round_stays_sealed(tmp_path: Path) -> None:
    """What arrives from another coder shows nowhere, in no count and in no plan."""
    team = Team(tmp_path / "team.ikt")
    round_ = team.round()
    path = tmp_path / "copy.ikt"
    team.project.copies.make(team.coders[1], path, round_)
    theirs = Project.open(path)
    theirs.codings.apply(team.documents[0], Span(0, 40), team.codes[0], memo="very telling")
    theirs.rounds.finish(round_, team.documents[0])
    theirs.codings.apply(team.documents[1], Span(0, 40), team.codes[0])
    theirs.close()
    team.sit(0)
    result = team.project.merging.apply(path)
    rows = {row.title: row for row in result.plan.documents}
    assert rows["Talk 1"].sealed
    assert rows["Talk 1"].finished == ("Beni Kask",)
    assert rows["Talk 2"].unfinished == ("Beni Kask",)
    assert not any(row.codings for row in result.plan.documents)
    assert "coding" not in result.plan.tables or not result.plan.tables["coding"]
    assert "telling" not in repr(result)
    assert team.project.codings.in_document(team.documents[0], coder=None) == ()
    history = team.project.history.all(limit=1)[0]
    assert "count" not in history.params
    team.sit(1)
    assert len(team.project.codings.in_document(team.documents[0])) == 1
    team.close()


def test_decisions_are_united_and_the_consensus_follows(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "team.ikt")
    team.project.rounds.unseal(round_)
    other = copied(team.project, tmp_path / "other.ikt")
    items = other.reconciliation.items(round_, document=team.documents[0])
    other.reconciliation.accept_matches(round_)
    result = team.project.merging.apply(other.path)
    assert result.plan.records["decision"] >= 1
    assert team.project.reconciliation.progress(round_) == other.reconciliation.progress(round_)
    assert sound(team.project) == []
    assert items
    team.project.history.undo()
    assert sound(team.project) == []
    assert not team.project.connection.execute(select(Settled.id)).all()
    other.close()
    team.close()


def test_a_code_proposed_in_a_sealed_round_is_not_named(tmp_path: Path) -> None:
    """Not even where both proposed one of the same name."""
    team = Team(tmp_path / "team.ikt")
    round_ = team.round()
    path = tmp_path / "copy.ikt"
    team.project.copies.make(team.coders[1], path, round_)
    theirs = Project.open(path)
    for name in ("Shyness", "Very telling"):
        theirs.codings.apply_new_code(team.documents[0], Span(0, 40 + len(name)), name)
    theirs.close()
    team.sit(0)
    team.project.codings.apply_new_code(team.documents[0], Span(0, 20), "Shyness")
    result = team.project.merging.apply(path)
    assert result.plan.conflicts == ()
    assert "code" not in result.plan.tables
    assert "telling" not in repr(result)
    team.sit(1)
    assert "Very telling" in {row.name for row in team.project.codes.all()}
    team.close()


def test_two_copies_that_decided_otherwise(tmp_path: Path) -> None:
    """Both decisions are there, and no Consensus follows from them, from either side."""
    team, round_ = blind_team(tmp_path / "team.ikt")
    here = team.project
    here.rounds.unseal(round_)
    here.reconciliation.accept_matches(round_)
    other = copied(here, tmp_path / "other.ikt")
    item = next(
        row
        for row in here.reconciliation.items(round_, document=team.documents[0])
        if row.kind is DifferenceKind.BOUNDARY
    )
    for project, side in ((here, 0), (other, 1)):
        coder = team.coders[side]
        project.reconciliation.decide(
            item.id, round_, DecisionKind.KEEP, kept=coder, reason="as it was said"
        )
    results = [copied(here, tmp_path / "ab.ikt"), copied(other, tmp_path / "ba.ikt")]
    results[0].merging.apply(other.path)
    results[1].merging.apply(here.path)
    states = []
    for project in results:
        found = project.reconciliation.item(item.id, round_)
        states.append((found.state, rows_of(project.file.connections.raw(), "coding").keys()))
        assert sound(project) == []
        project.close()
    assert states[0] == states[1]
    other.close()
    team.close()


def test_what_was_planned_is_worked_out_anew_where_something_happened_here(
    here: Project, there: Project
) -> None:
    code = here.codes.all()[0].id
    there.codings.apply(talk(there), Span(50, 60), code)
    plan = here.merging.plan(there.path)
    # The same coding, made here after the plan was shown.
    here.codings.apply(talk(here), Span(50, 60), code)
    here.codes.change(code, name="Hours")
    here.merging.apply(there.path, expected=plan)
    found = [r for r in here.codings.in_document(talk(here), None) if r.span == Span(50, 60)]
    assert len(found) == 1
    assert sound(here) == []
