"""Analyses kept in the project, frequencies, phrases and words in context."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from ikt_coder.core.errors import Cancelled, NotFound, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.core.span import TextEdit
from ikt_coder.model import Code, TextAnalysis
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from ikt_coder.services.word_rows import WordKind, WordScope, WordTable
from ikt_coder.text import analysis
from ikt_coder.text.analysis import Analysis
from ikt_coder.text.packing import from_bytes
from ikt_coder.text.runner import OnThisThread
from tests.studies import TALK, add_talk, dump, study, transcript

SECOND = """\
Interviewer: Tell me about the waiting list.
P01: The waiting list was long. The Waiting List is a waiting list.
P03: No lack of time. I decided, she decides, they decide. Waiting list!
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made, _ = study(tmp_path / "study.ikt")
    add_talk(made, SECOND, "Second", ("P01", "P03"))
    yield made
    made.close()


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were analysed, not taken from memory or the project."""
    made: list[str] = []
    analyse = analysis.analyse

    def counting(text: str, *rest: object) -> object:
        made.append(text)
        return analyse(text, *rest)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(analysis, "analyse", counting)
    return made


def stored(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        (count,) = connection.execute("SELECT count(*) FROM text_analysis").fetchone()
        return int(count)
    finally:
        connection.close()


def by_key(table: WordTable) -> dict[str, tuple[int, int, int]]:
    return {row.key: (row.count, row.participants, row.documents) for row in table.rows}


# -- keeping -----------------------------------------------------------------------------------


def test_a_text_is_analysed_once_also_after_reopening(
    project: Project, computed: list[str]
) -> None:
    assert len(project.words.missing()) == 2
    steps: list[tuple[int, int]] = []
    assert project.words.prepare(progress=lambda a, b: steps.append((a, b))) == 2
    assert steps == [(1, 2), (2, 2)]
    assert project.words.missing() == ()
    assert project.words.prepare() == 0
    before = project.words.analysis(project.documents.find("Talk").id)
    path = project.path
    project.close()
    again = Project.open(path)
    assert again.words.missing() == ()
    assert again.words.analysis(again.documents.find("Talk").id) == before
    assert len(computed) == 2
    again.close()


def test_keeping_an_analysis_is_no_act(project: Project) -> None:
    path = project.path
    before, acts = dump(path), project.history.all()
    told = []
    project.listen(told.append)
    project.words.prepare()
    assert stored(path) == 2
    assert dump(path) == before
    assert project.history.all() == acts
    assert told == []


def test_an_edit_and_its_undo_are_each_analysed_by_their_text(
    project: Project, computed: list[str]
) -> None:
    talk = project.documents.find("Talk").id
    first = project.words.analysis(talk)
    project.texts.mend(talk, [TextEdit(0, "", "Well. ")])
    assert project.words.analysis(talk) != first
    project.history.undo()
    assert project.words.analysis(talk) == first
    # Another edit takes the number of the revision that was taken back.
    project.texts.mend(talk, [TextEdit(0, "", "Sure. ")])
    project.words.analysis(talk)
    assert [text[:5] for text in computed] == [TALK[:5], "Well.", TALK[:5], "Sure."]
    assert stored(project.path) == 1


def test_an_import_can_be_undone_after_its_text_was_analysed(project: Project) -> None:
    add_talk(project, TALK, "Third")
    project.words.prepare()
    project.history.undo()
    assert [row.title for row in project.documents.all()] == ["Talk", "Second"]
    assert stored(project.path) == 2
    project.history.redo()
    assert len(project.words.missing()) == 1


def test_a_project_for_reading_only_is_analysed_in_memory(
    project: Project, computed: list[str]
) -> None:
    path = project.path
    project.close()
    reading = Project.open(path, read_only=True)
    assert reading.words.prepare() == 2
    assert reading.words.missing() == ()
    assert reading.words.frequencies().rows
    assert len(computed) == 2
    reading.close()
    assert stored(path) == 0


def test_damaged_analyses_are_made_anew(
    project: Project, computed: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    talk = project.documents.find("Talk").id
    first = project.words.analysis(talk)
    path = project.path
    project.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE text_analysis SET found = x'00'")
    connection.commit()
    connection.close()
    again = Project.open(path)
    assert again.words.analysis(talk) == first
    assert "made anew" in caplog.text
    assert len(computed) == 2
    again.close()


def test_stopping_keeps_what_is_done(project: Project) -> None:
    done: list[int] = []
    with pytest.raises(Cancelled):
        project.words.prepare(progress=lambda a, _: done.append(a), stop=lambda: bool(done))
    assert stored(project.path) == 1
    with pytest.raises(Cancelled):
        project.words.frequencies(stop=lambda: True)


def test_within_an_act_nothing_is_kept(project: Project) -> None:
    talk = project.documents.find("Talk").id

    def fail() -> None:
        with project.operation(Op.MEND_TEXT):
            project.texts.mend(talk, [TextEdit(0, "", "zebras ")])
            assert "zebra" in project.words.analysis(talk).lemmas
            raise UserError("enough")

    with pytest.raises(UserError, match="enough"):
        fail()
    assert stored(project.path) == 0
    assert "zebra" not in project.words.analysis(talk).lemmas


def test_only_tables_that_can_be_dropped_are_written_outside_an_act(project: Project) -> None:
    with project.file.door.caching() as cache:
        assert cache is not None
        cache.execute(delete(TextAnalysis))
        with pytest.raises(ValueError, match="code is written within an operation only"):
            cache.execute(delete(Code))
        with pytest.raises(ValueError):
            cache.execute(update(Code).values(name="x"))  # type: ignore[arg-type]  # not for changes either


def test_what_fails_while_caching_leaves_nothing(project: Project) -> None:
    project.words.prepare()

    def fail() -> None:
        with project.file.door.caching() as cache:
            assert cache is not None
            cache.execute(delete(TextAnalysis))
            raise UserError("enough")

    with pytest.raises(UserError, match="enough"):
        fail()
    assert stored(project.path) == 2
    rows = project.connection.execute(select(TextAnalysis.id)).all()
    assert len(rows) == 2


@pytest.mark.parametrize("alone", [True, False])
def test_no_byte_of_an_erased_persons_lemmas_stays(tmp_path: Path, alone: bool) -> None:
    path = tmp_path / "erased.ikt"
    project, _ = study(path)
    said = "P09: Quixotically zanzibarred marmosets decided.\n"
    text = said if alone else f"P01: Nothing much.\n{said}"
    add_talk(project, text, "Marked", ("P01", "P09"))
    project.words.prepare()
    project.search.find(SearchQuery("marmoset", Mode.LEMMA))
    assert project.words.analysis(project.documents.find("Marked").id).lemmas
    person = next(p.id for p in project.participants.all() if p.label == "P09")
    project.participants.erase(person, "asked")
    titles = [row.title for row in project.documents.all()]
    assert ("Marked" in titles) is not alone
    assert project.search.find(SearchQuery("marmoset", Mode.LEMMA)).total == 0
    assert all("marmoset" not in row.key for row in project.words.frequencies().rows)
    project.words.prepare()
    project.close()
    data = path.read_bytes()
    connection = sqlite3.connect(path)
    packed = [row[0] for row in connection.execute("SELECT found FROM text_analysis")]
    connection.close()
    known = {lemma for each in packed for lemma in from_bytes(each, 10_000).lemmas}
    assert not {lemma for lemma in known if "marmoset" in lemma or "zanzibar" in lemma.lower()}
    assert b"marmoset" not in data.lower()


# -- languages ---------------------------------------------------------------------------------


def test_the_language_of_a_document_is_an_act(project: Project) -> None:
    talk = project.documents.find("Talk").id
    assert project.words.pipeline(talk).lemmas
    project.words.set_language(talk, "fr")
    assert project.words.pipeline(talk).language == "fr"
    assert project.documents.get(talk).language == "fr"
    assert project.history.all(1)[0].kind == "set_language"
    assert [info.language for info in project.words.pipelines()] == ["fr", "en"]
    project.history.undo()
    assert project.words.pipeline(talk).language == "en"
    with pytest.raises(UserError, match="knows no language"):
        project.words.set_language(talk, "klingon")
    with pytest.raises(NotFound):
        project.words.set_language(uuid4(), "fr")
    with pytest.raises(NotFound):
        project.words.analysis(uuid4())


def test_another_language_is_searched_by_form_and_says_so(project: Project) -> None:
    second = project.documents.find("Second").id
    assert project.search.find(SearchQuery("decide", Mode.LEMMA)).total == 3
    project.words.set_language(second, "fr")
    found = project.search.find(SearchQuery("decide", Mode.LEMMA))
    assert found.total == 1
    assert found.notes == (
        "In 1 of 2 documents words are compared as they stand: the forms of words are known for "
        "English only.",
    )
    assert "1 of 2 documents" in project.words.frequencies().notes[1]
    assert "1 of 2 documents" in project.words.phrases().notes[1]


# -- counting ----------------------------------------------------------------------------------


def test_words_are_counted_with_their_people_and_documents(project: Project) -> None:
    table = project.words.frequencies()
    counts = by_key(table)
    assert counts["decide"] == (3, 1, 1)
    assert counts["meeting"] == (2, 2, 1)
    assert "the" not in counts
    assert "tell" not in counts  # the interviewer's
    assert (table.documents, table.participants) == (2, 3)
    assert table.words == sum(
        count for count, _, _ in by_key(project.words.frequencies(stop_words=True)).values()
    )
    assert [row.count for row in table.rows] == sorted(
        (row.count for row in table.rows), reverse=True
    )
    forms = by_key(project.words.frequencies(lemmas=False))
    assert (forms["decided"][0], forms["decides"][0], forms["decide"][0]) == (1, 1, 1)
    everyone = by_key(project.words.frequencies(WordScope(participants_only=False)))
    assert everyone["tell"] == (1, 0, 1)
    assert all(len(row.key) >= 6 for row in project.words.frequencies(shortest=6).rows)


def test_people_left_out_of_analysis_are_not_counted(project: Project) -> None:
    person = next(p.id for p in project.participants.all() if p.label == "P03")
    project.participants.leave_out(person)
    table = project.words.frequencies()
    assert "decide" not in by_key(table)
    assert table.participants == 2


def test_a_scope_narrows(project: Project) -> None:
    second = project.documents.find("Second").id
    person = next(p.id for p in project.participants.all() if p.label == "P01")
    assert "meeting" not in by_key(project.words.frequencies(WordScope(frozenset({second}))))
    scope = WordScope(participants=frozenset({person}))
    assert "decide" not in by_key(project.words.frequencies(scope))
    folder = project.folders.add("Folder")
    project.documents.move(second, folder)
    inside = project.words.frequencies(WordScope(folders=frozenset({folder})))
    assert inside.documents == 1
    assert project.words.frequencies(WordScope(frozenset({uuid4()}))).rows == ()


def test_phrases_are_said_in_their_commonest_form(project: Project) -> None:
    table = project.words.phrases(least=1)
    rows = {row.text: row for row in table.rows}
    assert "lack of time" in rows
    waiting = max(table.rows, key=lambda row: row.count)
    assert waiting.text.lower() == "waiting list"
    assert waiting.documents == 1
    runs = project.words.phrases(kind=WordKind.WORD_RUNS)
    assert runs.rows
    assert all(row.count >= 2 for row in runs.rows)
    assert len(project.words.phrases(least=1, most=1).rows) == 1


@pytest.mark.parametrize("kind", list(WordKind))
@pytest.mark.parametrize("everyone", [True, False])
def test_every_count_opens_to_just_its_places(
    project: Project, kind: WordKind, everyone: bool
) -> None:
    scope = WordScope(participants_only=not everyone)
    if kind in (WordKind.LEMMAS, WordKind.FORMS):
        table = project.words.frequencies(scope, lemmas=kind is WordKind.LEMMAS, stop_words=True)
    else:
        table = project.words.phrases(scope, kind=kind, least=1)
    assert table.kind is kind
    for row in table.rows:
        hits = project.words.places(table, row)
        assert len(hits) == row.count
        assert len({hit.document for hit in hits}) == row.documents
        assert len({person for hit in hits for person in hit.participants}) == row.participants
        shown = [each.words.lower() for each in project.search.contexts(hits)]
        if kind is WordKind.FORMS:
            assert {word.replace("’", "'") for word in shown} == {row.key}


def test_places_can_be_coded(project: Project) -> None:
    table = project.words.phrases(least=1)
    row = next(row for row in table.rows if row.text == "lack of time")
    done = project.search.code_hits(project.words.places(table, row), new_code=row.text)
    assert done.made == 1


def test_words_in_context(project: Project) -> None:
    found = project.words.in_context("decide", characters=5)
    assert [each.words for each in found] == ["decided", "decides", "decide"]
    assert found[0].before.endswith("I ")
    assert len(found[0].before) == 5
    assert project.words.in_context("tell") == ()
    assert len(project.words.in_context("tell", WordScope(participants_only=False))) == 1
    assert len(project.words.in_context("decided", lemmas=False)) == 1


def test_a_search_by_lemma_finds_every_place_that_is_counted(
    project: Project,
) -> None:
    table = project.words.frequencies(WordScope(participants_only=False), stop_words=True)
    for row in table.rows:
        if row.key.isalpha():
            found = project.search.find(SearchQuery(row.key, Mode.LEMMA))
            assert found.total >= row.count, row


def test_a_text_without_turns_is_counted_for_its_participant(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "plain.ikt")
    new = NewDocument(
        transcript("no labels here\nnone at all\n"), "P", "p.txt", "txt", b"", participant="P09"
    )
    project.documents.add_many([new])
    assert by_key(project.words.frequencies())["label"] == (1, 1, 1)
    project.close()


def test_nothing_of_spacy_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "study.ikt"
    made, _ = study(path)
    made.close()
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "import ikt_coder.__main__, ikt_coder.app\n"
        "from ikt_coder.core.search import SearchQuery\n"
        "from ikt_coder.services.project import Project\n"
        f"project = Project.open(Path({str(path)!r}))\n"
        "assert project.search.find(SearchQuery('meeting')).total == 2\n"
        "project.words.pipelines(), project.words.missing()\n"
        "print('spacy' in sys.modules, 'numpy' in sys.modules)\n"
        "project.close()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["False", "False"]


def test_a_project_runs_pipelines_by_what_it_is_given_and_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "study.ikt"
    study(path)[0].close()
    acts: list[str] = []

    class Noting(OnThisThread):
        def __init__(self) -> None:
            acts.append("made")

        def analyse(self, *rest: Any) -> Analysis:
            acts.append("analyse")
            return super().analyse(*rest)

        def lemmas_of(self, *rest: Any) -> list[frozenset[str]]:
            acts.append("lemmas")
            return super().lemmas_of(*rest)

        def close(self) -> None:
            acts.append("ended")

    project = Project.open(path)
    project.make_runner = Noting
    assert project.search.find(SearchQuery("meeting")).total
    assert acts == []
    assert project.search.find(SearchQuery("meetings", mode=Mode.LEMMA)).total
    project.words.frequencies()
    project.close()
    assert acts == ["made", "lemmas", "analyse", "ended"]

    unused = Project.open(path)
    unused.make_runner = Noting
    unused.close()
    assert len(acts) == 4
