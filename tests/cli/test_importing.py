"""``import``: transcripts of every kind, one by one and together."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.cli.conftest import INTERVIEW, TITLE, Command


@pytest.fixture
def empty(tmp_path: Path, done: Command) -> Path:
    path = tmp_path / "new.ikt"
    done("new", path)
    return path


def test_an_imported_transcript_is_told_with_exactly_these_keys(
    empty: Path, interview: Path, done: Command
) -> None:
    outcome = done("import", empty, interview, "--json").json
    assert outcome == {
        "imported": [
            {
                "file": str(interview),
                "kind": "transcript",
                "document": TITLE,
                "length": len(INTERVIEW),
                "turns": 6,
                "speakers": ["Interviewer", "P01"],
                "timed": False,
                "warnings": [],
            }
        ],
        "failed": [],
    }


def test_speakers_none_takes_the_text_as_it_stands(
    empty: Path, interview: Path, done: Command
) -> None:
    (entry,) = done("import", empty, interview, "--speakers", "none", "--json").json["imported"]
    assert (entry["turns"], entry["speakers"]) == (0, [])
    assert done("text", empty, TITLE).out == INTERVIEW


def test_one_unreadable_file_does_not_keep_the_others_out(
    empty: Path, interview: Path, tmp_path: Path, ikt: Command
) -> None:
    bad = tmp_path / "broken.docx"
    bad.write_bytes(b"PK\x03\x04 not really")
    outcome = ikt("import", empty, bad, interview, tmp_path / "absent.txt", "--json")
    assert outcome.status == 0
    assert [entry["file"] for entry in outcome.json["imported"]] == [str(interview)]
    assert [entry["file"] for entry in outcome.json["failed"]] == [
        str(bad),
        str(tmp_path / "absent.txt"),
    ]
    assert "broken.docx" in outcome.err
    assert "absent.txt" in outcome.err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("noise.txt", bytes(range(256)) * 20),
        ("not.docx", b"%PDF-1.4 nonsense"),
        ("book.qdc", b"<CodeBook/>"),
        ("project.qdpx", b"PK\x03\x04"),
        ("numbers.csv", b"a,b\n1,2\n"),
        ("nothing.csv", b""),
        ("no workbook.xlsx", b"PK\x03\x04nothing"),
        ("codes.csv", b"path,definition\n,what A means\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_cannot_be_imported_gets_a_sentence_and_changes_nothing(
    name: str, data: bytes, empty: Path, tmp_path: Path, ikt: Command
) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    outcome = ikt("import", empty, bad, "--json")
    assert outcome.status == 1
    (failed,) = outcome.json["failed"]
    assert failed["file"] == str(bad)
    assert name in failed["reason"]
    assert outcome.err.strip() == failed["reason"]
    project = Project.open(empty, read_only=True)
    assert [row.kind for row in project.history.all()] == ["create_project"]
    project.close()


def test_the_same_file_is_not_imported_twice_unless_asked(
    project: Path, interview: Path, ikt: Command
) -> None:
    again = ikt("import", project, interview)
    assert again.status == 1
    assert TITLE in again.err
    (entry,) = ikt("import", project, interview, "--anyway", "--json").json["imported"]
    assert entry["document"] == f"{TITLE} (2)"


def test_several_files_are_one_act(empty: Path, tmp_path: Path, done: Command) -> None:
    files = []
    for number in range(3):
        files.append(tmp_path / f"talk {number}.txt")
        files[-1].write_text(f"A: Words {number}.\n\nB: More.\n\nA: End.\n\nB: Yes.\n")
    done("import", empty, *files)
    project = Project.open(empty)
    assert len(project.documents.all()) == 3
    project.history.undo()
    assert project.documents.all() == ()
    project.close()


def test_spellings_of_one_speaker_are_merged_on_request(
    empty: Path, tmp_path: Path, done: Command
) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text(
        "Researcher: One?\n\nInterviewee: Two.\n\n" + "R: Three?\n\nI: Four.\n\n" * 4,
        encoding="utf-8",
    )
    (plain,) = done("import", empty, talk, "--json").json["imported"]
    assert plain["speakers"] == ["Researcher", "Interviewee", "R", "I"]
    assert len(plain["warnings"]) == 2
    (merged,) = done("import", empty, talk, "--anyway", "--merge-speakers", "--json").json[
        "imported"
    ]
    assert merged["speakers"] == ["Researcher", "Interviewee"]


def test_real_files_of_many_formats(empty: Path, shared: Path, done: Command) -> None:
    files = [
        "planet4b/22_Interview-TE.docx",
        "qualcoder/ID2.odt",
        "zoom/PLC_transcript.vtt",
        "hitsave/Goodboy_Galaxy.srt",
        "pdpilot/P2.pdf",
        "otter/53-accessibility.md",
    ]
    outcome = done("import", empty, *(shared / "transcripts" / f for f in files), "--json").json
    assert outcome["failed"] == []
    assert [entry["document"] for entry in outcome["imported"]] == [Path(f).stem for f in files]
    timed = {entry["document"]: entry["timed"] for entry in outcome["imported"]}
    assert timed["PLC_transcript"]
    assert not timed["ID2"]
    for entry in outcome["imported"]:
        assert len(done("text", empty, entry["document"]).out) == entry["length"]


def test_a_codebook_is_shown_first_and_brought_in(
    empty: Path, tmp_path: Path, done: Command
) -> None:
    book = tmp_path / "book.csv"
    book.write_text("Name,Parent,Description,Mood\nTime,,Hours.,x\nPay,Time,Money.,y\n")
    told = done("import", empty, book, "--dry-run", "--json").json["imported"][0]
    assert (told["kind"], told["added"], told["untouched"]) == ("codebook", 2, 0)
    assert [code["path"] for code in told["plan"]] == ["Time", "Time/Pay"]
    assert "mood" in told["warnings"][0]
    assert done("codebook", empty, "--json").json == []
    assert "  added: Time › Pay" in done("import", empty, book, "--dry-run").err
    done("import", empty, book)
    codes = done("codebook", empty, "--json").json
    assert [(code["path"], code["definition"]) for code in codes] == [
        ("Time", "Hours."),
        ("Time/Pay", "Money."),
    ]
    back = tmp_path / "back.xlsx"
    done("export", empty, "--what", "codebook", "--to", back)
    again = done("import", empty, back, "--json").json["imported"][0]
    assert (again["added"], again["changed"], again["moved"], again["untouched"]) == (0, 0, 0, 2)


def test_a_codebook_with_faults_comes_in_only_when_asked(
    empty: Path, tmp_path: Path, ikt: Command, done: Command
) -> None:
    book = tmp_path / "book.csv"
    book.write_text("code,definition\nTime,Hours.\n,Nothing.\n")
    refused = ikt("import", empty, book)
    assert refused.status == 1
    assert "Row 3: the code has no name." in refused.err
    assert done("codebook", empty, "--json").json == []
    told = done("import", empty, book, "--anyway", "--json").json["imported"][0]
    assert (told["added"], told["warnings"]) == (1, ["Row 3: the code has no name."])
