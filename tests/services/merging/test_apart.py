"""Projects that were never one, or that know of each other by way of a third."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed, ProjectFileError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Subject
from ikt_coder.services.coding_import import import_codings
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.merging.rows import DocumentMatch, FileKind
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from tests.rounds import Team
from tests.services.merging.copies import (
    content,
    copied,
    difference,
    sound,
    talk,
)
from tests.studies import TALK, add_talk, dump, span_of, transcript

# -- projects that were never one ------------------------------------------------------------------


def apart(path: Path, text: str = TALK, coder: str = "Beni Kask") -> Project:
    """Another project made from the same transcript by hand."""
    project = Project.create(path, "Mine")
    project.coders.switch(project.coders.add(coder))
    add_talk(project, text)
    project.codes.add("Waiting", parent=project.codes.add("Time"))
    return project


def test_another_project_with_the_same_transcript(here: Project, tmp_path: Path) -> None:
    other = apart(tmp_path / "other.ikt")
    waiting = next(row for row in other.codes.all() if row.name == "Waiting")
    document = other.documents.all()[0].id
    other.codings.apply(document, span_of(other, document, "slides"), waiting.id)
    new = other.codings.apply_new_code(document, span_of(other, document, "I came late"), "Late")
    codes = len(here.codes.all())
    plan = here.merging.apply(other.path).plan
    assert plan.kind is FileKind.OTHER
    assert [(d.title, d.match) for d in plan.documents] == [("Talk", DocumentMatch.FINGERPRINT)]
    rows = {row.memo: row for row in here.codings.in_document(talk(here), coder=None)}
    assert rows
    assert plan.codings.added == 2
    text = here.texts.get(talk(here))
    found = here.codings.get(new[1]).span
    assert text[found.start : found.end] == "I came late"
    assert len(here.codes.all()) == codes + 1  # “Time/Waiting” was there
    assert len(here.documents.all()) == 2
    assert sound(here) == []
    assert here.merging.plan(other.path).nothing
    # Work that goes on there comes too, though a code was renamed here meanwhile.
    here.codes.change(next(r.id for r in here.codes.all() if r.name == "Waiting"), name="Queueing")
    other.codings.apply(document, span_of(other, document, "meetings"), waiting.id)
    plan = here.merging.apply(other.path).plan
    assert plan.codings.added == 1
    assert len(here.codes.all()) == codes + 1
    other.close()


@pytest.mark.parametrize(
    "text",
    [
        TALK + "  \n",
        "\ufeff" + TALK,
        TALK.replace("\n", "\n\n"),
        TALK.replace("third", "thrid"),
    ],
    ids=["trailing space", "byte order mark", "line ends", "typo"],
)
def test_a_text_that_differs_a_little(here: Project, tmp_path: Path, text: str) -> None:
    other = apart(tmp_path / "other.ikt")
    new = NewDocument(transcript(text), "Second talk", "t.txt", "txt", text.encode())
    other.documents.delete(other.documents.all()[0].id)
    (document,) = other.documents.add_many([replace(new, title="Talk")])
    waiting = next(row for row in other.codes.all() if row.name == "Waiting")
    words = "Nobody had explained how a study is put together"
    other.codings.apply(document, span_of(other, document, words), waiting.id)
    plan = here.merging.apply(other.path).plan
    assert plan.documents[0].match in (DocumentMatch.ALIGNED, DocumentMatch.FINGERPRINT)
    assert plan.documents[0].similarity > 0.95
    text_here = here.texts.get(talk(here))
    assert words in {
        text_here[row.span.start : row.span.end]
        for row in here.codings.in_document(talk(here), coder=None)
    }
    assert text_here == TALK
    other.close()


def test_a_text_that_differs_too_much_is_left(here: Project, tmp_path: Path) -> None:
    text = "Interviewer: Quite another talk.\nP01: About something else altogether, and longer.\n"
    other = apart(tmp_path / "other.ikt", text)
    document = other.documents.all()[0].id
    other.codings.apply(document, Span(0, 20), other.codes.all()[0].id)
    plan = here.merging.apply(other.path).plan
    assert [row.match for row in plan.documents] == [DocumentMatch.REFUSED]
    assert plan.codings.added == 0
    assert (plan.left[0].name, plan.left[0].count) == ("Talk", 1)
    assert sound(here) == []
    other.close()


def test_documents_the_project_lacks_come_in_whole(here: Project, tmp_path: Path) -> None:
    other = apart(tmp_path / "other.ikt", TALK.replace("study", "trial") * 2)
    other.documents.rename(other.documents.all()[0].id, "Third")
    document = other.documents.all()[0].id
    other.texts.mend(document, [TextEdit(0, "Interviewer", "I")])
    other.codings.apply(document, Span(3, 20), other.codes.all()[0].id)
    plan = here.merging.apply(other.path).plan
    assert [(d.title, d.match) for d in plan.documents] == [("Third", DocumentMatch.ADDED)]
    assert here.texts.get(document) == other.texts.get(document)
    assert sound(here) == []
    other.close()


def test_both_imported_the_same_transcript(here: Project, there: Project) -> None:
    text = TALK.replace("slides", "maps")
    one, two = add_talk(here, text, "P09"), add_talk(there, text, "Ninth")
    there.codings.apply(two, span_of(there, two, "maps"), there.codes.all()[0].id)
    plan = here.merging.apply(there.path).plan
    assert plan.codings.added == 1
    (row,) = here.codings.in_document(one, coder=None)
    assert here.texts.get(one)[row.span.start : row.span.end] == "maps"
    assert len(here.documents.all()) == 3


def test_another_coders_table_of_codings_is_imported(here: Project, tmp_path: Path) -> None:
    at = TALK.index("slides")
    table = tmp_path / "beni.csv"
    table.write_text(
        "document,start,end,text,code,coder\n"
        f"Talk,{at},{at + 6},slides,Time/Waiting,Beni Kask\n"
        f"Talk,{at},{at + 6},slides,Pictures,Beni Kask\n",
        "utf-8",
    )
    found = import_codings(here, table)
    assert (found.made, found.codes, found.coders) == (2, 1, ("Beni Kask",))


def test_a_copy_of_a_copy(here: Project, there: Project, tmp_path: Path) -> None:
    third = copied(there, tmp_path / "third.ikt")
    coding = third.codings.apply(talk(third), Span(50, 60), third.codes.all()[0].id)
    there.codings.apply(talk(third), Span(60, 70), third.codes.all()[0].id)
    third.merging.apply(there.path)
    plan = here.merging.apply(third.path).plan
    assert plan.codings.added == 2
    assert here.codings.get(coding)
    # What came by way of the third copy is known when the second one comes itself.
    assert here.merging.plan(there.path).nothing
    third.close()


def test_an_erased_participant_does_not_come_back(here: Project, there: Project) -> None:
    document = next(r.id for r in here.documents.all() if r.title == "Second")
    there.codings.apply(document, Span(60, 70), there.codes.all()[0].id)
    person = next(row.id for row in here.participants.all() if row.label == "P03")
    here.participants.erase(person, "asked to")
    plan = here.merging.apply(there.path).plan
    assert plan.left
    words = here.path.read_bytes()
    assert b"asked what I thought" not in words
    assert sound(here) == []


def test_all_orders_of_three_coders_copies(tmp_path: Path) -> None:
    """Each mended another typo before coding."""
    team = Team(tmp_path / "team.ikt", coders=3, documents=1)
    (document,) = team.documents
    for index, words in enumerate(("phoned", "third", "always")):
        team.project.copies.make(team.coders[index], tmp_path / f"copy{index}.ikt")
        theirs = Project.open(tmp_path / f"copy{index}.ikt")
        at = theirs.texts.get(document).index(words)
        theirs.texts.mend(document, [TextEdit(at, words, words.upper() + "!")])
        theirs.codings.apply(document, span_of(theirs, document, "slides"), team.codes[index])
        theirs.codings.apply(document, span_of(theirs, document, "I came late"), team.codes[0])
        theirs.close()
    results = []
    for order in permutations(range(3)):
        name = "".join(map(str, order))
        project = copied(team.project, tmp_path / f"merged{name}.ikt")
        for index in order:
            project.merging.apply(tmp_path / f"copy{index}.ikt")
        text = project.texts.get(document)
        spans = {
            text[r.span.start : r.span.end] for r in project.codings.in_document(document, None)
        }
        assert spans == {"slides", "I came late"}
        results.append(content(project))
        assert sound(project) == []
        project.close()
    for other in results[1:]:
        assert difference(results[0], other) == []
    team.close()


def test_a_coders_copy_takes_in_nobody_elses_work(here: Project, tmp_path: Path) -> None:
    """Only another copy of itself, from the coder's second computer."""
    ben = here.coders.find("Ben Li").id
    here.copies.make(ben, tmp_path / "ben.ikt")
    mine = Project.open(tmp_path / "ben.ikt")
    second = copied(mine, tmp_path / "second.ikt")
    second.codings.apply(talk(second), Span(50, 60), second.codes.all()[0].id)
    mine.codings.apply(talk(mine), Span(20, 30), mine.codes.all()[0].id)
    before = dump(mine.path)
    with pytest.raises(NotAllowed, match="a copy for one coder"):
        mine.merging.apply(here.path)
    assert dump(mine.path) == before
    assert mine.merging.apply(second.path).plan.codings.added == 1
    assert here.merging.apply(mine.path).plan.codings.added == 2
    assert here.merging.plan(second.path).nothing
    mine.close()
    second.close()


def test_a_text_mended_before_and_after_the_copy_was_made(here: Project, tmp_path: Path) -> None:
    document = talk(here)
    here.texts.mend(document, [TextEdit(TALK.index("phoned"), "phoned", "telephoned")])
    here.copies.make(here.coders.find("Ben Li").id, tmp_path / "ben.ikt")
    theirs = Project.open(tmp_path / "ben.ikt")
    for project, words, new in ((here, "third", "3rd"), (theirs, "slides", "pictures")):
        at = project.texts.get(document).index(words)
        project.texts.mend(document, [TextEdit(at, words, new)])
    code = theirs.codes.all()[0].id
    for words in ("pictures", "telephoned me", "I came late"):
        theirs.codings.apply(document, span_of(theirs, document, words), code)
    here.codings.apply(document, span_of(here, document, "the 3rd"), code)
    theirs.close()
    here.merging.apply(tmp_path / "ben.ikt")
    text = here.texts.get(document)
    found = {text[r.span.start : r.span.end] for r in here.codings.in_document(document, None)}
    assert {"pictures", "telephoned me", "I came late", "the 3rd"} <= found
    assert here.merging.plan(tmp_path / "ben.ikt").nothing
    assert sound(here) == []


def test_two_coders_who_never_shared_a_disk(tmp_path: Path) -> None:
    """Both code blind in copies, finish, come back; the round is unsealed and compared."""
    team = Team(tmp_path / "team.ikt")
    round_ = team.round()
    for index, words in enumerate(("She phoned me before", "She phoned me")):
        path = tmp_path / f"copy{index}.ikt"
        team.project.copies.make(team.coders[index], path, round_)
        theirs = Project.open(path)
        theirs.codings.apply(
            team.documents[0], span_of(theirs, team.documents[0], words), team.codes[0]
        )
        theirs.rounds.finish(round_, team.documents)
        theirs.close()
    team.sit(0)
    for index in (0, 1):
        assert team.project.rounds.may_unseal(round_) != ""
        team.project.merging.apply(tmp_path / f"copy{index}.ikt")
    assert team.project.rounds.may_unseal(round_) == ""
    team.project.rounds.unseal(round_)
    found = team.project.comparison.agreement(round_)
    line = next(row for row in found.codes if row.code == team.codes[0])
    assert line is not None
    items = team.project.reconciliation.items(round_)
    assert len(items) == 1
    assert sound(team.project) == []
    team.close()


def test_a_file_that_only_says_it_is_a_project(here: Project, tmp_path: Path) -> None:
    path = tmp_path / "hollow.ikt"
    schema.copy_database(here.path, path)
    with sqlite3.connect(path) as driver:
        driver.execute("DROP TABLE merged_copy")
    driver.close()
    with pytest.raises(ProjectFileError, match="cannot be read"):
        here.merging.plan(path)
    empty = tmp_path / "empty.ikt"
    schema.create(empty)
    with pytest.raises(ProjectFileError, match="an empty project"):
        here.merging.plan(empty)


def test_words_erased_here_do_not_come_back_with_what_lay_on_them(
    here: Project, tmp_path: Path
) -> None:
    """The other people's turns of the transcript are coded on."""
    there = copied(here, tmp_path / "there.ikt")
    document = talk(here)
    code = there.codes.all()[0].id
    lost = there.codings.apply(document, span_of(there, document, "I came late"), code)
    kept = there.codings.apply(document, span_of(there, document, "what a partner does"), code)
    person = next(row.id for row in here.participants.all() if row.label == "P02")
    here.participants.erase(person, "asked to")
    plan = here.merging.apply(there.path).plan
    assert here.codings.many([lost]) == ()
    row = here.codings.get(kept)
    assert here.texts.get(document)[row.span.start : row.span.end] == "what a partner does"
    assert [(left.table, left.count) for left in plan.left] == [("coding", 1)]
    assert b"I came late" not in here.path.read_bytes()
    assert sound(here) == []
    there.close()


def test_what_three_copies_made_by_themselves_is_one_thing(here: Project, tmp_path: Path) -> None:
    """A transcript, a participant and an attribute of the same name."""
    text = TALK.replace("slides", "maps")
    copies = [copied(here, tmp_path / f"{name}.ikt") for name in "abc"]
    for copy in copies:
        document = add_talk(copy, text, "P09", ("P01",))
        person = copy.participants.add("P77")
        age = copy.attributes.add("Age", Subject.PARTICIPANT)
        copy.attributes.set({(person, age): "44"})
        copy.codings.apply(document, span_of(copy, document, "maps"), copy.codes.all()[0].id)
    for copy in copies[1:]:
        copies[0].merging.apply(copy.path)
    merged = copies[0]
    assert [row.title for row in merged.documents.all()].count("P09") == 1
    assert len(merged.documents.all()) == 3
    assert [row.label for row in merged.participants.all()].count("P77") == 1
    assert len(merged.attributes.all()) == 1
    (document,) = (row.id for row in merged.documents.all() if row.title == "P09")
    assert len(merged.codings.in_document(document, coder=None)) == 1
    assert sound(merged) == []
    for copy in copies:
        copy.close()
