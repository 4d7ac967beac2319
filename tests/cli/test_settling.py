"""``settle``: differences listed, decided and counted on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.rounds import blind_team


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "study.ikt"
    team, round_ = blind_team(path)
    team.project.rounds.unseal(round_)
    team.close()
    return path


def test_a_round_is_settled_item_by_item(ikt: Command, project: Path) -> None:
    items = ikt("settle", "list", project, "--json").json
    assert [item["kind"] for item in items] == [
        *("match", "boundary", "different_code", "one_side", "one_side"),
    ]
    assert items[1]["sides"][0]["segments"][0]["code"] == "Clear role"
    listed = ikt("settle", "list", project)
    assert listed.status == 0
    first = listed.out.splitlines()[1].split("\t")[0]
    assert items[1]["item"].startswith(first)

    done = ikt("settle", "decide", project, first, "edges", "--edges", "union", "--json").json
    assert done["state"] == "settled"
    assert done["decision"]["by"] == "Amara Okafor"
    other = items[2]["item"]
    kept = ikt("settle", "decide", project, other, "keep", "--keep", "Beni Kask", "--json")
    assert kept.json["decision"]["kept"] == "Beni Kask"
    refused = ikt("settle", "decide", project, items[3]["item"], "neither")
    assert refused.status == 1
    assert "reason" in refused.err
    said = ("neither", "--category", "oversight", "--present", "Amara Okafor,Beni Kask")
    assert ikt("settle", "decide", project, items[3]["item"], *said).status == 0

    progress = ikt("settle", "progress", project, "--json").json
    assert (progress["settled"], progress["left"]) == (3, 1)
    assert progress["ways"] == {"edges": 1, "keep": 1, "neither": 1}
    assert ikt("settle", "withdraw", project, other).status == 0
    assert ikt("settle", "progress", project, "--json").json["settled"] == 2
    assert "settled\t2" in ikt("settle", "progress", project).out


def test_strategies_propose_and_are_accepted(ikt: Command, project: Path) -> None:
    proposed = ikt("settle", "propose", project, "union:1", "--json").json
    assert len(proposed) == 4
    assert ikt("settle", "progress", project, "--json").json["settled"] == 0
    assert ikt("settle", "accept-boundaries", project).status == 0
    assert ikt("settle", "propose", project, "union:1", "--accept").status == 0
    progress = ikt("settle", "progress", project, "--json").json
    assert (progress["left"], progress["agreed_accepted"]) == (0, 1)
    assert all(document["whole"] for document in progress["documents"])
    left = ikt("settle", "list", project, "--state", "open", "--json").json
    assert left == []


def test_matches_and_notes(ikt: Command, project: Path) -> None:
    assert "Accepted 1" in ikt("settle", "accept-matches", project).err
    (match,) = ikt("settle", "list", project, "--kind", "match", "--json").json
    assert match["state"] == "settled"
    noted = ikt("settle", "note", project, match["item"], "I was not sure.", "--dissent")
    assert noted.status == 0
    (match,) = ikt("settle", "list", project, "--kind", "match", "--json").json
    assert match["notes"] == 1


def test_what_is_not_there_is_said(ikt: Command, project: Path, tmp_path: Path) -> None:
    missing = ikt("settle", "decide", project, "ffffffffffff", "keep")
    assert (missing.status, missing.out) == (1, "")
    assert "No item begins" in missing.err
    assert ikt("settle", "propose", project, "loudest").status == 2
    assert ikt("settle", "list", project, "--order", "colour").status == 2
    assert ikt("settle", "list", project, "--round", "9").status == 1
    empty = tmp_path / "empty.ikt"
    assert ikt("new", empty).status == 0
    assert "no round to settle" in ikt("settle", "progress", empty).err


def test_a_sealed_round_is_not_listed(ikt: Command, tmp_path: Path) -> None:
    path = tmp_path / "sealed.ikt"
    team, _ = blind_team(path)
    team.close()
    refused = ikt("settle", "list", path)
    assert refused.status == 1
    assert refused.out == ""
