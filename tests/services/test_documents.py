"""Documents: importing, folders, titles, speakers, and mending a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import given

from ikt_coder.core.errors import Cancelled, NotFound, UndoRefused, UserError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.transcript import FormatKind, FormatRun, SpeakerRole, TimeMark, Transcript
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.document_order import put_before
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from tests.studies import TALK, add_talk, dump, span_of, study, transcript


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


Desk = tuple[Project, UUID]


def test_an_import_keeps_text_bytes_turns_and_people(desk: Desk) -> None:
    project, document = desk
    shown = project.documents.text(document)
    assert shown.text == TALK
    assert project.documents.original(document) == ("Talk.txt", TALK.encode())
    assert next(turn.span.start for turn in shown.turns) == 0
    assert [speaker.label for speaker in shown.speakers] == ["Interviewer", "P01", "P02"]
    assert shown.speakers[0].role is SpeakerRole.INTERVIEWER
    assert project.documents.get(document).participants == ("P01", "P02")


@given(
    sisters=st.lists(st.uuids(), unique=True, max_size=6),
    picked=st.sets(st.integers(0, 5)),
    at=st.one_of(st.none(), st.integers(0, 5)),
)
def test_putting_before_keeps_every_sister_and_the_order_of_the_others(
    sisters: list[UUID], picked: set[int], at: int | None
) -> None:
    moved = [key for index, key in enumerate(sisters) if index in picked]
    before = sisters[at] if at is not None and at < len(sisters) else None
    put = put_before(sisters, moved, before)
    assert sorted(put) == sorted(sisters)
    others = [key for key in sisters if key not in moved]
    assert [key for key in put if key not in moved] == others
    if moved:
        start = put.index(moved[0])
        assert put[start : start + len(moved)] == moved
        if before is not None and before not in moved:
            assert put[start + len(moved)] == before


def test_the_order_of_documents_is_that_of_the_list_folder_by_folder(desk: Desk) -> None:
    project, first = desk
    others = [add_talk(project, f"P01: words {n}\n", f"Other {n}") for n in range(3)]
    outer = project.folders.add("Outer")
    inner = project.folders.add("Inner", outer)
    project.documents.move(others[2], inner)
    project.documents.move(others[1], outer)
    order = [others[2], others[1], first, others[0]]
    assert [row.id for row in project.documents.all()] == order
    assert project.documents.order() == tuple(order)
    before = dump(project.path)
    project.documents.move([first, others[0]], outer, before=others[1])
    order = [others[2], first, others[0], others[1]]
    assert [row.id for row in project.documents.all()] == order
    assert [source.document for source in project.layers.info().sources] == order
    project.history.undo()
    assert dump(project.path) == before
    later = project.folders.add("Later")
    project.folders.move(later, None, before=outer)
    assert [row.name for row in project.folders.all() if row.parent is None] == ["Later", "Outer"]


def test_the_same_words_are_recognised_however_they_are_laid_out(desk: Desk) -> None:
    project, document = desk
    again = TALK.replace("\n", "\n\n").replace(" ", "  ")
    found = project.documents.duplicate_of(again)
    assert found is not None
    assert found.id == document
    assert project.documents.duplicate_of(TALK + "more") is None


def test_equal_titles_are_told_apart(desk: Desk) -> None:
    project, _ = desk
    add_talk(project, "P01: other words\n", "Talk")
    assert [row.title for row in project.documents.all()] == ["Talk", "Talk (2)"]
    assert len(project.participants.all()) == 2


def test_a_cancelled_import_keeps_nothing(desk: Desk) -> None:
    project, _ = desk
    before = dump(project.path)
    calls = iter([False, True])
    new = [NewDocument(transcript(f"P0{n}: x\n"), f"T{n}", "", "txt", b"") for n in range(3)]
    with pytest.raises(Cancelled):
        project.documents.add_many(new, cancel=lambda: next(calls))
    assert dump(project.path) == before


def test_an_empty_text_is_refused_and_nothing_else_of_the_act_is_kept(desk: Desk) -> None:
    project, _ = desk
    before = dump(project.path)
    new = [NewDocument(Transcript(text), "T", "", "txt", b"") for text in ("words", " \n")]
    with pytest.raises(UserError, match="holds no text"):
        project.documents.add_many(new)
    assert dump(project.path) == before


def test_finding_names_what_there_is(desk: Desk) -> None:
    project, document = desk
    assert project.documents.find("Talk").id == document
    assert project.documents.find(str(document)).id == document
    with pytest.raises(NotFound, match="“Talk”"):
        project.documents.find("Tlak")


def test_deleting_takes_codings_along_and_undo_brings_all_back(desk: Desk) -> None:
    project, document = desk
    project.codings.apply_new_code(document, Span(0, 12), "Asked")
    project.memos.add("note", document=document, span=Span(0, 5))
    before = dump(project.path)
    project.documents.delete(document)
    assert project.documents.all() == ()
    project.history.undo()
    assert dump(project.path) == before


def test_a_deleted_folder_lets_its_documents_go_up(desk: Desk) -> None:
    project, document = desk
    outer = project.folders.add("Panel")
    inner = project.folders.add("First round", outer)
    project.documents.move(document, inner)
    project.folders.delete(inner)
    assert project.documents.get(document).folder == outer
    with pytest.raises(UserError):
        project.folders.move(outer, outer)


def test_mending_moves_codings_and_keeps_a_revision(desk: Desk) -> None:
    project, document = desk
    words = span_of(project, document, "the third meeting")
    _, coding = project.codings.apply_new_code(document, words, "Early")
    at = TALK.index("phoned")
    revision = project.documents.mend(document, [TextEdit(at, "phoned", "telephoned")])
    assert revision == 1
    moved = project.codings.get(coding).span
    assert project.texts.get(document)[moved.start : moved.end] == "the third meeting"
    assert project.documents.original(document) == ("Talk.txt", TALK.encode())
    project.history.undo()
    assert project.texts.get(document) == TALK
    assert project.codings.get(coding).span == words


def test_an_edit_under_a_later_coding_cannot_be_undone_alone(desk: Desk) -> None:
    """The later coding's position counts in the mended text."""
    project, document = desk
    code = project.codes.add("Early")
    project.documents.mend(document, [TextEdit(0, "Interviewer", "I")])
    project.coders.switch(project.coders.add("Ben Roy"))
    project.codings.apply(document, Span(10, 20), code)
    project.coders.switch(project.coders.find("Amara Okafor").id)
    with pytest.raises(UndoRefused) as refused:
        project.history.undo()
    assert refused.value.blocker is not None
    assert project.texts.get(document).startswith("I: ")


def test_an_edit_that_does_not_fit_changes_nothing(desk: Desk) -> None:
    project, document = desk
    before = dump(project.path)
    for edit in (TextEdit(0, "Nobody", "x"), TextEdit(0, "", "a\r\n"), TextEdit(0, "", "\0")):
        with pytest.raises(UserError):
            project.documents.mend(document, [edit])
    assert dump(project.path) == before


def test_times_and_formatting_move_with_the_text(desk: Desk) -> None:
    project, _ = desk
    text = "P01: bold words here\nP01: later\n"
    made = Transcript(
        text,
        times=(TimeMark(0, 0), TimeMark(21, 4000)),
        formats=(FormatRun(Span(5, 9), FormatKind.BOLD),),
    )
    document = project.documents.add(made, "Timed")
    project.documents.mend(document, [TextEdit(0, "", "## ")])
    shown = project.documents.text(document)
    assert shown.times == (TimeMark(0, 0), TimeMark(24, 4000))
    assert shown.text[shown.formats[0].span.start : shown.formats[0].span.end] == "bold"


def test_status_lead_and_speakers_are_acts(desk: Desk) -> None:
    project, document = desk
    project.documents.set_status(document, DocumentStatus.CODED)
    project.documents.set_lead(document, None)
    speaker = project.documents.speakers(document)[2]
    project.documents.change_speaker(speaker.id, label="P2", role=SpeakerRole.OTHER)
    for _ in range(3):
        project.history.undo()
    assert project.documents.get(document).status is DocumentStatus.TO_DO
    assert project.documents.speakers(document)[2] == speaker


def test_odd_letters_keep_their_places(desk: Desk) -> None:
    """Emoji, combining marks and right-to-left words are coded by code points."""
    project, _ = desk
    text = "P01: 👩🏽‍🔬 said שלום עולם and e\u0301t\u0301\n"
    document = add_talk(project, text, "Odd", [])
    for words in ("👩🏽‍🔬", "שלום עולם", "e\u0301t\u0301"):
        code, coding = project.codings.apply_new_code(
            document, span_of(project, document, words), words
        )
        (passage,) = project.passages.of_codes(code)
        assert passage.text == words
        assert passage.coding.id == coding


def test_a_text_of_a_million_letters_works(desk: Desk) -> None:
    project, _ = desk
    text = "P01: " + "word " * 200_000 + "\n"
    document = add_talk(project, text, "Long", [])
    code, _ = project.codings.apply_new_code(document, Span(999_900, 999_904), "End")
    assert project.passages.of_codes(code)[0].text == text[999_900:999_904]
    project.documents.mend(document, [TextEdit(0, "P01", "P1")])
    assert project.passages.of_codes(code)[0].coding.span == Span(999_899, 999_903)
