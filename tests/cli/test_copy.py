"""A coder's copy on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import TITLE, Command


def test_a_copy_is_written_and_said(project: Path, done: Command, tmp_path: Path) -> None:
    done("code", project, TITLE, 0, 5, "One", "--new", "--coder", "Ann Lee")
    done("code", project, TITLE, 5, 9, "One", "--coder", "Bo Lindqvist", "--memo", "hush, marker")
    target = tmp_path / "for Ann.ikt"
    outcome = done("copy", project, "--for", "AL", "--to", target, "--json")
    record = outcome.json
    assert len(record.pop("digest")) == 64
    assert record == {
        "file": str(target),
        "coder": "Ann Lee",
        "documents": [TITLE],
        "left_out": [],
        "withheld": 0,
        "codes": 1,
        "codings": 1,
        "memos": 0,
        "warnings": [],
    }
    assert (
        outcome.err == f"Wrote {target}, a copy for Ann Lee: 1 document, 1 coding of their own.\n"
    )
    assert b"hush, marker" not in target.read_bytes()
    assert done("info", target, "--json").json["coders"] == ["Ann Lee"]
    assert [row["coder"] for row in done("codings", target, "--json").json] == ["Ann Lee"]
    assert done("check", target, "--json").json["sound"]
    assert done("text", target, TITLE).out == done("text", project, TITLE).out
    record = done("code", target, TITLE, 9, 12, "One", "--json").json
    assert record["coder"] == "Ann Lee"


def test_what_cannot_be_met_changes_nothing(
    project: Path, done: Command, ikt: Command, tmp_path: Path
) -> None:
    done("code", project, TITLE, 0, 5, "One", "--new", "--coder", "Ann Lee")
    target = tmp_path / "there.ikt"
    target.write_bytes(b"precious")
    for arguments, sentence in (
        (["--for", "Ann Lee", "--to", target], "is there already"),
        (["--for", "Nobody", "--to", tmp_path / "a.ikt"], "no coder “Nobody”"),
        (["--for", "Ann Lee", "--to", tmp_path / "a.ikt", "--round", "7"], "7"),
        (["--for", "Ann Lee", "--to", tmp_path / "a.ikt", "--document", "P9"], "P9"),
        (["--for", "Ann Lee", "--to", project, "--replace"], "another name than the project"),
    ):
        outcome = ikt("copy", project, *arguments)
        assert outcome.status == 1, outcome.err
        assert sentence in outcome.err
        assert outcome.out == ""
    assert target.read_bytes() == b"precious"
    assert not (tmp_path / "a.ikt").exists()
    done("copy", project, "--for", "Ann Lee", "--to", target, "--replace", "--document", TITLE)
    assert ikt("copy", target, "--for", "Ann Lee", "--to", tmp_path / "a.ikt").status == 1
    assert ikt("copy", project, "--for", "Ann Lee").status == 2


def test_a_coder_sees_no_other_in_a_copy(project: Path, done: Command, ikt: Command) -> None:
    done("code", project, TITLE, 0, 5, "One", "--new", "--coder", "Ann Lee")
    target = project.parent / "Ann.ikt"
    done("copy", project, "--for", "Ann Lee", "--to", target)
    outcome = ikt("code", target, TITLE, 5, 9, "One", "--coder", "Bo Lindqvist")
    assert outcome.status == 1
    assert "a copy for Ann Lee" in outcome.err
