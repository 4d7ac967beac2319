"""``round``: set up, finished, reopened and unsealed on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.rounds import Team


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "study.ikt"
    team = Team(path, coders=3)
    team.code(0, 0, 0, "I came late")
    team.close()
    return path


def test_a_round_goes_its_way(ikt: Command, project: Path) -> None:
    made = ikt(
        *("round", "set-up", project, "--coder", "Amara Okafor", "--coder", "BK"),
        *("--unit", "sentences", "--target", "0.7", "--share", "50", "--seed", "7", "--json"),
    ).json
    assert made["coders"] == ["Amara Okafor", "Beni Kask"]
    assert (made["unit"], made["target"], made["seed"], made["sealed"]) == (
        "sentences",
        0.7,
        7,
        True,
    )
    (title,) = made["documents"]
    assert not made["may_unseal"]

    refused = ikt("round", "unseal", project)
    assert refused.status == 1
    assert "Not everybody has finished" in refused.err
    assert ikt("round", "finish", project, title, "--coder", "Amara Okafor").status == 0
    assert ikt("round", "reopen", project, title, "--reason", "one page more").status == 0
    assert ikt("round", "finish", project, "--coder", "AO").status == 0
    assert ikt("round", "finish", project, "--coder", "BK").status == 0
    (row,) = ikt("round", "list", project, "--json").json
    assert [each["status"] for each in row["assignments"]] == ["finished", "finished"]
    assert [each["reopened"] for each in row["assignments"]] == [1, 0]
    assert [each["codings"] for each in row["assignments"]] == [None, None]
    assert ikt("round", "unseal", project, "Round 1").status == 0
    (row,) = ikt("round", "list", project, "--json").json
    assert row["unsealed"] is not None
    assert [each["codings"] is None for each in row["assignments"]] == [False, False]
    listed = ikt("round", "list", project).out.splitlines()
    assert listed[0] == "1\tRound 1\tblind\tunsealed\t2/2"
    assert listed[1].split("\t")[1:] == [title, "Amara Okafor", "code", "finished"]


def test_documents_are_given_and_taken(ikt: Command, project: Path) -> None:
    ikt("round", "set-up", project, "--coder", "AO", "--coder", "BK", "--mode", "open")
    assert ikt("round", "assign", project, "Chloe Roy", "Talk 1", "Talk 2").status == 0
    assert ikt("round", "assign", project, "AO", "Talk 2", "--remove").status == 0
    (row,) = ikt("round", "list", project, "--json").json
    given = [(each["document"], each["coder"]) for each in row["assignments"]]
    assert ("Talk 2", "Chloe Roy") in given
    assert ("Talk 2", "Amara Okafor") not in given


@pytest.mark.parametrize(
    "arguments",
    [
        ("set-up", "--coder", "Amara Okafor"),
        ("set-up", "--coder", "Amara Okafor", "--coder", "Nobody"),
        ("set-up", "--coder", "AO", "--coder", "BK", "--first", "2"),
        ("unseal",),
        ("finish", "Talk 1"),
        ("list", "--round", "Round 9"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    ikt: Command, project: Path, arguments: tuple[str, ...]
) -> None:
    outcome = ikt("round", arguments[0], project, *arguments[1:])
    assert outcome.status == 1
    assert ikt("round", "list", project, "--json").json == []


def test_a_coefficient_nobody_knows_is_wrong_usage(ikt: Command, project: Path) -> None:
    outcome = ikt(
        *("round", "set-up", project, "--coder", "AO", "--coder", "BK"),
        *("--coefficient", "magic"),
    )
    assert outcome.status == 2
