"""No command tells what others coded in sealed documents: two projects that differ only in it
answer alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.cli.run import COMMANDS
from ikt_coder.services.project import Project
from tests.cli.conftest import Command
from tests.sealed_pair import MARK, Plain, Two, make_two
from tests.sealed_study import AMARA, BENI, SEALED, unseal_round

CODE = "Trusting relationship"
APART = {
    "open": "the window",
    "demo": "makes a project of its own",
    "new": "makes a project of its own",
    "import": "brings files in; see test_sealed_acts",
    "text": "texts alone",
    "turns": "texts alone",
    "search": "texts alone",
    "frameworks": "the codebook alone",
    "chart": "forms hold no codings",
    "attributes": "people and documents alone",
    "theme": "acts; what they refuse is in test_sealed",
    "code": "acts; see test_sealed_acts",
    "status": "acts",
    "copy": "writes a file for its coder",
    "merge": "see the tests of merging",
    "round": "who is how far is everybody's to know",
    "settle": "of rounds that were unsealed",
    "export": "every report is in test_sealed_reports",
}

READ = [
    ["info", "{p}"],
    ["info", "{p}", "--json"],
    ["codebook", "{p}"],
    ["codebook", "{p}", "--json"],
    ["codebook", "{p}", "--coder", AMARA, "--json"],
    ["codebook", "{p}", "--coder", BENI, "--json"],
    ["crosswalk", "{p}", "--json"],
    ["crosswalk", "{p}"],
    ["codings", "{p}"],
    ["codings", "{p}", "--json"],
    ["codings", "{p}", "--coder", AMARA, "--json"],
    ["codings", "{p}", "--coder", BENI, "--json"],
    ["codings", "{p}", "--csv", "{o}"],
    ["codings", "{p}", "--coder", AMARA, "--csv", "{o}"],
    ["retrieve", "{p}", "--json"],
    ["retrieve", "{p}", "--everyone", "--json"],
    ["retrieve", "{p}", "--everyone"],
    ["retrieve", "{p}", "--coder", AMARA, "--json"],
    ["retrieve", "{p}", "--coder", BENI, "--json"],
    ["retrieve", "{p}", "--everyone", "--memo", "*"],
    ["retrieve", "{p}", "--everyone", "--to", "{o}"],
    ["retrieve", "{p}", "--everyone", "--save", "Mine", "--json"],
    ["agreement", "{p}"],
    ["agreement", "{p}", "--json"],
    ["agreement", "{p}", "--coders", f"{AMARA},{BENI}", "--json"],
    ["themes", "{p}"],
    ["themes", "{p}", "--json"],
    ["check", "{p}"],
    ["check", "{p}", "--json"],
    *(
        ["export", "{p}", "--what", what, "--to", "{o}"]
        for what in ("codebook", "codings", "frequencies", "history", "memos", "quotes", "themes")
    ),
    ["export", "{p}", "--what", "codings", "--coder", AMARA, "--to", "{o}"],
]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    return make_two(tmp_path_factory.mktemp("sealed"))


def _told(ikt: Command, path: Path, two: Two, folder: Path) -> dict[str, object]:
    plain = Plain(two)
    told: dict[str, object] = {}
    for number, words in enumerate(READ):
        target = folder / f"{path.stem} {number}.csv"
        line = [word.replace("{p}", str(path)).replace("{o}", str(target)) for word in words]
        outcome = ikt(*line)
        written = target.read_text(encoding="utf-8-sig") if target.exists() else ""
        told[" ".join(words)] = [
            outcome.status,
            *(plain(text.replace(str(folder), "")) for text in (outcome.out, outcome.err, written)),
        ]
    return told


def test_every_command_was_thought_of() -> None:
    assert set(COMMANDS) <= {words[0] for words in READ} | set(APART)


def test_commands_tell_the_same(ikt: Command, two: Two, tmp_path: Path) -> None:
    quiet, loud = (_told(ikt, path, two, tmp_path) for path in (two.quiet, two.loud))
    assert {line for line in quiet if quiet[line] != loud[line]} == set()
    assert not [line for line, said in loud.items() if MARK in repr(said)]


def test_and_something_else_once_it_is_unsealed(ikt: Command, two: Two, tmp_path: Path) -> None:
    told = []
    for path in (two.quiet, two.loud):
        opened = tmp_path / path.name
        opened.write_bytes(path.read_bytes())
        project = Project.open(opened)
        unseal_round(project, two.round)
        project.close()
        told.append(_told(ikt, opened, two, tmp_path))
    quiet, loud = told
    different = {line.split()[0] for line in quiet if quiet[line] != loud[line]}
    assert different >= {"info", "codebook", "codings", "retrieve", "themes", "check", "export"}


def test_nobody_is_taken_for_who_wrote_last(ikt: Command, two: Two, tmp_path: Path) -> None:
    path = tmp_path / "shared.ikt"
    path.write_bytes(two.loud.read_bytes())
    found = ikt("retrieve", path, "--everyone", "--save", "Again", "--json")
    assert found.status == 0
    assert not any(title in found.out for title in SEALED)
    refused = ikt("code", path, SEALED[0], "400", "420", CODE)
    assert refused.status == 1
    assert "Nobody has said who is coding" in refused.err
    assert ikt("code", path, SEALED[0], "400", "420", CODE, "--coder", BENI).status == 0


def test_what_is_left_out_is_said_beside_the_output(ikt: Command, two: Two) -> None:
    outcome = ikt("codings", two.loud, "--coder", AMARA, "--json")
    assert outcome.status == 0
    assert "2 documents are sealed until round" in outcome.err
    assert {row["document"] for row in outcome.json}.isdisjoint(SEALED)
    assert {row["coder"] for row in outcome.json} == {AMARA}
