"""Files become documents: read, proposed, merged, brought in as one act, undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import Cancelled, UserError
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.importers.options import ImportOptions
from ikt_coder.services import importing
from ikt_coder.services.import_people import guess_language, is_pseudonym, propose
from ikt_coder.services.project import Project
from ikt_coder.services.source_archive import packed

INTERVIEW = "".join(
    f"Interviewer: What was day {day} like for you?\n"
    f"P07: On day {day} I sat with the team and we talked about the visits.\n"
    for day in range(1, 8)
)
VTT = "WEBVTT\n\n" + "".join(
    f"00:00:{at:02}.000 --> 00:00:{at + 2:02}.000\nsomething said at {at}\n\n"
    for at in range(0, 40, 4)
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "study.ikt")
    yield made
    made.close()


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# -- reading ------------------------------------------------------------------------------------


def test_a_file_is_proposed_with_title_speakers_and_participant(
    project: Project, tmp_path: Path
) -> None:
    (candidate,) = importing.prepare(project, [_file(tmp_path, "First talk.txt", INTERVIEW)])
    assert candidate.ready
    assert candidate.title == "First talk"
    assert candidate.kind == "txt"
    assert candidate.participants == {"P07": "P07"}
    assert candidate.transcript is not None
    assert candidate.transcript.speaker_roles["Interviewer"] is SpeakerRole.INTERVIEWER


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"  \n\n "),
        ("noise.docx", bytes(range(256)) * 40),
        ("cut.docx", b"PK\x03\x04 and nothing more"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64),
        ("table.xlsx", b"PK\x03\x04xl/workbook.xml"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("not.pdf", b"%PDF-1.7\nnothing behind it"),
    ],
)
def test_a_bad_file_has_its_sentence_and_keeps_nobody_out(
    project: Project, tmp_path: Path, name: str, content: bytes
) -> None:
    good = _file(tmp_path, "good.txt", INTERVIEW)
    bad, fine = importing.prepare(project, [_file(tmp_path, name, content), good])
    assert bad.error is not None
    assert name in bad.error.what
    assert not bad.ready
    assert fine.ready
    assert len(importing.bring_in(project, [bad, fine])) == 1


def test_a_reader_that_fails_in_its_own_way_is_a_damaged_file(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str, data: bytes) -> object:
        raise KeyError("what somebody said")

    monkeypatch.setattr(importing, "read_file", broken)
    (candidate,) = importing.prepare(project, [_file(tmp_path, "a.txt", INTERVIEW)])
    assert candidate.error is not None
    assert "damaged" in candidate.error.what
    assert "what somebody said" not in str(candidate.error)


def test_a_file_that_is_gone_and_a_folder(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "interviews"
    folder.mkdir()
    _file(folder, "b.txt", INTERVIEW)
    _file(folder, "a.txt", "Only words.")
    _file(folder, "x.png", b"\x89PNG")
    empty = tmp_path / "nothing"
    empty.mkdir()
    gone, a, b, none = importing.prepare(project, [tmp_path / "gone.txt", folder, empty])
    assert gone.error is not None
    assert "gone.txt" in gone.error.what
    assert (a.name, b.name) == ("a.txt", "b.txt")
    assert none.error is not None
    assert "nothing" in none.error.what


def test_a_file_too_large_is_refused_before_it_is_read(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(250_000_000)  # a hole: takes no room on the disk
    monkeypatch.setattr(Path, "read_bytes", lambda _self: pytest.fail("it was read"))
    (candidate,) = importing.prepare(project, [path])
    assert candidate.error is not None
    assert "huge.txt" in candidate.error.what


# -- duplicates ---------------------------------------------------------------------------------


def test_a_duplicate_is_skipped_unless_wanted_anyway(project: Project, tmp_path: Path) -> None:
    first = _file(tmp_path, "talk.txt", INTERVIEW)
    importing.bring_in(project, importing.prepare(project, [first]))
    spaced = _file(tmp_path, "talk again.txt", INTERVIEW.replace(" ", "  "))
    (again,) = importing.prepare(project, [spaced])
    assert again.duplicate_of == "talk"
    assert not again.ready
    with pytest.raises(UserError, match="already"):
        importing.bring_in(project, [again])
    assert len(project.documents.all()) == 1
    importing.bring_in(project, [replace(again, anyway=True)])
    assert [row.title for row in project.documents.all()] == ["talk", "talk again"]


def test_the_same_file_is_known_again_under_other_options(project: Project, tmp_path: Path) -> None:
    path = _file(tmp_path, "talk.vtt", VTT)
    (candidate,) = importing.prepare(project, [path])
    apart = importing.rebuild(candidate, ImportOptions(join_cues=False))
    assert apart.transcript is not None
    assert candidate.transcript is not None
    assert apart.transcript.text.split() == candidate.transcript.text.split()
    importing.bring_in(project, [apart])
    (again,) = importing.prepare(project, [path])
    assert again.duplicate_of == "talk"


def test_two_equal_files_of_one_import(project: Project, tmp_path: Path) -> None:
    paths = [_file(tmp_path, name, INTERVIEW) for name in ("one.txt", "two.txt")]
    one, two = importing.prepare(project, paths)
    assert one.duplicate_of is None
    assert two.duplicate_of == "one.txt"


# -- changing -----------------------------------------------------------------------------------


def test_links_survive_another_reading(project: Project, tmp_path: Path) -> None:
    (candidate,) = importing.prepare(project, [_file(tmp_path, "a.txt", INTERVIEW)])
    candidate = replace(candidate, participants={"P07": "Maria"})
    again = importing.rebuild(candidate, ImportOptions(times=False))
    assert again.participants == {"P07": "Maria"}
    nobody = importing.rebuild(replace(candidate, participants={}), ImportOptions(times=False))
    assert nobody.participants == {}


def test_a_speaker_who_becomes_interviewer_is_nobody(project: Project, tmp_path: Path) -> None:
    (candidate,) = importing.prepare(project, [_file(tmp_path, "a.txt", INTERVIEW)])
    asked = importing.rebuild(candidate, ImportOptions(roles={"P07": SpeakerRole.INTERVIEWER}))
    assert asked.participants == {}
    back = importing.rebuild(asked, ImportOptions())
    assert back.participants == {"P07": "P07"}


def test_several_timed_files_of_one_talk(project: Project, tmp_path: Path) -> None:
    paths = [
        _file(tmp_path, "Panel Ann.vtt", VTT),
        _file(tmp_path, "Panel Bob.vtt", VTT.replace("something said", "a word from Bob")),
    ]
    merged = importing.merge(project, importing.prepare(project, paths))
    assert merged.title == "Panel"
    assert merged.transcript is not None
    assert set(merged.transcript.speakers) == {"Panel Ann", "Panel Bob"}
    (key,) = importing.bring_in(project, [merged])
    original = project.documents.original(key)
    assert original == ("Panel.zip", packed([(p.name, p.read_bytes()) for p in paths]))


def test_files_without_times_cannot_be_one_talk(project: Project, tmp_path: Path) -> None:
    paths = [_file(tmp_path, "a.vtt", VTT), _file(tmp_path, "b.txt", INTERVIEW)]
    with pytest.raises(UserError, match=r"b\.txt"):
        importing.merge(project, importing.prepare(project, paths))


# -- bringing in --------------------------------------------------------------------------------


def test_everything_is_one_act_with_folder_people_and_original(
    project: Project, tmp_path: Path
) -> None:
    paths = [
        _file(tmp_path, "P03 Clinician.txt", "I only have words.\n" * 20),
        _file(tmp_path, "talk.txt", INTERVIEW),
        _file(tmp_path, "talk.vtt", VTT),
    ]
    before = project.history.all()
    keys = importing.bring_in(project, importing.prepare(project, paths), folder="Wave 1")
    assert len(project.history.all()) == len(before) + 1
    rows = {row.title: row for row in project.documents.all()}
    (folder,) = project.folders.all()
    assert folder.name == "Wave 1"
    assert {row.folder for row in rows.values()} == {folder.id}
    assert rows["P03 Clinician"].participants == ("P03",)
    assert rows["talk"].participants == ("P07",)
    for key, path in zip(keys, paths, strict=True):
        assert project.documents.original(key) == (path.name, path.read_bytes())
    project.history.undo()
    assert project.documents.all() == ()
    assert project.folders.all() == ()
    assert project.participants.all() == ()
    project.history.redo()
    assert len(project.documents.all()) == 3


def test_cancel_keeps_nothing(project: Project, tmp_path: Path) -> None:
    paths = [
        _file(tmp_path, f"{at}.txt", INTERVIEW.replace("day", f"week {at} day")) for at in range(4)
    ]
    candidates = importing.prepare(project, paths)
    asked: list[int] = []

    def cancel() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        importing.bring_in(project, candidates, folder="New", cancel=cancel)
    assert project.documents.all() == ()
    assert project.folders.all() == ()
    with pytest.raises(Cancelled):
        importing.prepare(project, paths, cancel=lambda: True)


def test_progress_names_what_comes_next(project: Project, tmp_path: Path) -> None:
    paths = [_file(tmp_path, f"{at}.txt", f"{at} {INTERVIEW}") for at in range(2)]
    told: list[tuple[int, int, str]] = []
    candidates = importing.prepare(project, paths, lambda *step: told.append(step))
    assert told == [(0, 2, "0.txt"), (1, 2, "1.txt"), (2, 2, "")]
    told.clear()
    importing.bring_in(project, candidates, progress=lambda *step: told.append(step))
    assert told == [(1, 2, "1.txt"), (2, 2, "")]


def test_links_given_by_a_command_decide(project: Project, tmp_path: Path) -> None:
    candidates = importing.prepare(project, [_file(tmp_path, "a.txt", INTERVIEW)])
    importing.bring_in(project, candidates, participants={"P07": "P70", "Nobody here": "P99"})
    assert [row.label for row in project.participants.all()] == ["P70"]


# -- proposals ----------------------------------------------------------------------------------


def _said(*speakers: tuple[str, SpeakerRole]) -> Transcript:
    text = "".join("words\n" for _ in speakers)
    turns = tuple(Turn(Span(at * 6, at * 6 + 5), name) for at, (name, _role) in enumerate(speakers))
    return Transcript(text, turns, speaker_roles=dict(speakers))


P, ASKS = SpeakerRole.PARTICIPANT, SpeakerRole.INTERVIEWER


@pytest.mark.parametrize(
    ("speakers", "title", "known", "links", "whole"),
    [
        ([("Int", ASKS), ("p1", P)], "x", ("P1",), {"p1": "P1"}, None),
        ([("Int", ASKS), ("KT-3", P)], "x", (), {"KT-3": "KT-3"}, None),
        ([("Int", ASKS), ("Anna", P)], "P05 Nurse", (), {"Anna": "P05"}, None),
        ([("Int", ASKS), ("Anna", P)], "Nurse", ("nurse",), {"Anna": "nurse"}, None),
        ([("Speaker 1", P)], "Talk", (), {"Speaker 1": "Talk"}, None),
        (
            [("Anna", P), ("Bea", P)],
            "Group",
            (),
            {"Anna": "Group, speaker 1", "Bea": "Group, speaker 2"},
            None,
        ),
        ([], "P05 Nurse", ("P05",), {}, "P05"),
        ([("Int", ASKS)], "x", (), {}, None),
    ],
)
def test_whose_words_are_proposed(
    speakers: list[tuple[str, SpeakerRole]],
    title: str,
    known: tuple[str, ...],
    links: dict[str, str],
    whole: str | None,
) -> None:
    assert propose(_said(*speakers), title, known) == (links, whole)


def test_two_spellings_of_one_speaker_are_one_person() -> None:
    said = _said(("Participant", P), ("Particpant", P))
    links, _ = propose(said, "Talk", (), {"Particpant": "Participant"})
    assert links == {"Participant": "Talk", "Particpant": "Talk"}


def test_a_name_is_no_pseudonym() -> None:
    assert all(is_pseudonym(label) for label in ("P01", "KT-3", "Participant 12", "FG2b"))
    assert not any(is_pseudonym(label) for label in ("Anna", "Speaker 1", "Dr Smith", "1984"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "and then the team said that it was fine with you and the others"),
        ("fr", "je pense que les patients et vous êtes dans la même équipe, c'est pas facile"),
        ("de", "ich weiß nicht, aber wir sind auch dabei und das ist gut"),
        ("en", "Xyzzy plugh 12 34"),
    ],
)
def test_the_language_is_guessed(language: str, words: str) -> None:
    assert guess_language(words) == language


# -- whatever comes -----------------------------------------------------------------------------


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.vtt", "a.pdf", "a.xyz"]))
def test_no_bytes_make_reading_raise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(data)
    candidate = importing.read_candidate(path)
    assert (candidate.error is None) == candidate.readable


def test_real_files_of_four_formats_come_in_one_act(project: Project, shared: Path) -> None:
    folder = shared / "transcripts"
    paths = [
        folder / "planet4b/22_Interview-TE.docx",
        folder / "zoom/PLC_transcript.vtt",
        folder / "pdpilot/P5.pdf",
        folder / "otter/53-accessibility.md",
    ]
    candidates = importing.prepare(project, paths)
    assert all(candidate.ready for candidate in candidates)
    importing.bring_in(project, candidates)
    rows = project.documents.all()
    assert [row.source_kind for row in rows] == ["docx", "vtt", "pdf", "md"]
    assert all(row.turns > 10 and row.participants for row in rows)
    project.history.undo()
    assert project.documents.all() == ()
