"""``agreement PROJECT``: the shape of the JSON, the table for people, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ikt_coder.core.words import Approach
from ikt_coder.services.project import Project
from tests.cli.conftest import Command
from tests.rounds import Team, blind_team

PHONED = "She phoned me before the third meeting."


@pytest.fixture
def unsealed(tmp_path: Path) -> Path:
    """A blind round of two coders, unsealed."""
    path = tmp_path / "Study.ikt"
    team, round_ = blind_team(path)
    team.project.rounds.unseal(round_)
    team.close()
    return path


def asked(done: Command, *words: object) -> dict[str, Any]:
    value = json.loads(done("agreement", *words, "--json").out)
    assert isinstance(value, dict)
    return value


def test_the_shape_of_the_json(unsealed: Path, done: Command) -> None:
    said = asked(done, unsealed)
    assert {"unit", "rule", "scope", "coders", "documents", "codes", "overall"} <= set(said)
    assert said["unit"] == "characters"
    assert said["rule"] is None
    assert said["scope"] == "whole"
    assert said["coders"] == ["Amara Okafor", "Beni Kask"]
    assert said["documents"] == ["Talk 1", "Talk 2"]
    assert said["round"] == {"number": 1, "name": "Round 1"}
    code = said["codes"][0]
    assert code["code"] == "Clear role"
    needed = {"both", "only", "neither", "percent", "kappa", "alpha", "ac1", "dice", "jaccard"}
    assert needed | {"flags"} <= set(code)
    assert set(code["only"]) == {"Amara Okafor", "Beni Kask"}
    a: int = code["both"]
    b, c = (int(number) for number in code["only"].values())
    whole = a + b + c + code["neither"]
    assert whole == said["units"]
    assert code["percent"] == pytest.approx((a + code["neither"]) / whole)
    assert code["dice"] == pytest.approx(2 * a / (2 * a + b + c))
    assert code["jaccard"] == pytest.approx(a / (a + b + c))
    assert isinstance(said["overall"]["pooled_kappa"], float)


def test_what_is_undefined_is_null_with_a_reason(unsealed: Path, done: Command) -> None:
    said = asked(done, unsealed, "--coders", "AO,BK", "--unit", "documents")
    for row in said["codes"]:
        assert (row["kappa"] is None) is ("reason" in row)
    standing = asked(done, unsealed, "--round", "none")
    assert standing["round"] is None
    assert "snapshots" in standing


@pytest.mark.parametrize("unit", ["tokens", "sentences", "turns", "paragraphs", "documents"])
def test_units(unsealed: Path, done: Command, unit: str) -> None:
    said = asked(done, unsealed, "--unit", unit, "--rule", "half")
    assert said["unit"] == unit
    assert said["rule"] == (None if unit == "documents" else "half")
    for row in said["codes"]:
        assert row["both"] + sum(row["only"].values()) + row["neither"] == said["units"]


def test_fixed_segments(unsealed: Path, done: Command) -> None:
    assert asked(done, unsealed, "--unit", "fixed:40")["unit"] == "fixed:40"


def test_the_table_says_what_it_counts(unsealed: Path, done: Command) -> None:
    outcome = done("agreement", unsealed)
    head, first, *_ = outcome.out.splitlines()
    assert head.split("\t")[:6] == [
        "code", "both", "only Amara Okafor", "only Beni Kask", "neither", "%",
    ]  # fmt: skip
    assert first.split("\t")[0] == "Clear role"
    assert "pooled kappa" in outcome.out
    assert "Unit: characters, scope: whole; round: Round 1." in outcome.err


def test_codings_brought_in_from_tables_are_compared_without_a_round(
    tmp_path: Path, done: Command
) -> None:
    path = tmp_path / "Study.ikt"
    team = Team(path, documents=2)
    for coder in (0, 1):
        team.code(coder, 0, 0, PHONED)
    team.code(0, 1, 1, "I came late")
    team.close()
    said = asked(done, path)
    assert said["round"] is None
    assert said["documents"] == ["Talk 1"]
    assert said["left_out"]["documents"] == [{"document": "Talk 2", "reason": "not_coded_by_all"}]
    role, time, _ = said["codes"]
    assert (role["both"], role["kappa"]) == (len(PHONED), 1.0)
    assert (time["kappa"], time["reason"], time["flags"]) == (None, "no_variation", ["not_used"])
    outcome = done("agreement", path)
    assert "not from a round" in outcome.err


def test_coders_are_chosen_by_name_or_initials(tmp_path: Path, done: Command) -> None:
    path = tmp_path / "Study.ikt"
    team = Team(path, coders=3, documents=1)
    for coder in range(3):
        team.code(coder, 0, 0, PHONED)
    team.close()
    assert asked(done, path)["coefficient"] == "alpha"
    assert "some" in asked(done, path)["codes"][0]
    two = asked(done, path, "--coders", "CR,Amara Okafor")
    assert two["coders"] == ["Chloe Roy", "Amara Okafor"]
    assert two["coefficient"] == "kappa"


def test_what_cannot_be_met_is_one_sentence(tmp_path: Path, ikt: Command) -> None:
    def failed(*words: object) -> str:
        outcome = ikt(*words)
        assert (outcome.status, outcome.out) == (1, "")
        assert "Traceback" not in outcome.err
        return outcome.err

    path = tmp_path / "Study.ikt"
    team, _ = blind_team(path)
    team.close()
    assert "sealed" in failed("agreement", path, "--round", "1")
    assert "nobody" in failed("agreement", path, "--coders", "Nobody,AO").lower()
    assert failed("agreement", path, "--round", "7")
    with_card = Project.open(path)
    with_card.card.change(approach=Approach.REFLEXIVE)
    with_card.close()
    assert "no figure of agreement" in failed("agreement", path)


def test_an_export_takes_a_round_a_unit_and_coders(
    unsealed: Path, tmp_path: Path, done: Command
) -> None:
    file = tmp_path / "a.csv"
    done("export", unsealed, "--what", "agreement", "--to", file, "--unit", "sentences")
    said = asked(done, unsealed, "--unit", "sentences")
    line = next(x for x in file.read_text("utf-8-sig").splitlines() if x.startswith("Clear role"))
    assert int(line.split(",")[1]) == said["codes"][0]["both"]
    done("export", unsealed, "--what", "units", "--to", tmp_path / "u.csv", "--round", "none")
    done("export", unsealed, "--what", "decisions", "--to", tmp_path / "d.html", "--round", "1")
    done("export", unsealed, "--what", "methods", "--to", tmp_path / "m.docx", "--language", "fr")
