"""Frameworks: listed, shown, added."""

from __future__ import annotations

from pathlib import Path

from ikt_coder.codebooks.catalogue import catalogue
from tests.cli.conftest import Command

PRESETS = {one.key for one in catalogue()}


def test_the_list_names_each_preset(done: Command) -> None:
    rows = done("frameworks", "--json").json
    assert {row["id"] for row in rows} == PRESETS
    assert all(set(row) == {"id", "name", "version", "nodes"} for row in rows)
    assert next(row for row in rows if row["id"] == "tdf-v2")["nodes"] == 14
    assert done("frameworks", "list", "--json").json == rows
    assert "tdf-v2\t14" in done("frameworks").out


def test_a_framework_is_shown_with_nodes_and_mappings(done: Command) -> None:
    shown = done("frameworks", "show", "tdf-v2", "--json").json
    assert list(shown) == ["id", "name", "citation", "nodes", "mappings"]
    assert shown["citation"].startswith("Cane J")
    assert [list(node) for node in shown["nodes"]] == [
        ["id", "name", "parent", "definition", "constructs"]
    ] * 14
    knowledge = shown["nodes"][0]
    assert (knowledge["id"], knowledge["name"], knowledge["parent"]) == (
        "tdf2.01",
        "Knowledge",
        None,
    )
    assert "Procedural knowledge" in knowledge["constructs"]
    assert all(set(link) == {"from", "to", "source"} for link in shown["mappings"])
    assert {"from": "tdf2.01", "to": "comb.c.psych", "source": "cane2012"} in shown["mappings"]
    assert "{actor}" not in str(shown)


def test_com_b_is_a_tree(done: Command) -> None:
    nodes = {n["id"]: n for n in done("frameworks", "show", "com-b", "--json").json["nodes"]}
    assert nodes["comb.c.psych"]["parent"] in nodes


def test_several_are_added_in_one_act(project: Path, done: Command) -> None:
    done("frameworks", "add", project, "tdf-v2", "sem-ikt3")
    assert len(done("codebook", project, "--json").json) == 15
    done("check", project)


def test_an_unknown_one_keeps_all_out(project: Path, ikt: Command) -> None:
    outcome = ikt("frameworks", "add", project, "tdf-v2", "tdf-v9")
    assert outcome.status == 1
    assert "tdf-v9" in outcome.err
    assert ikt("codebook", project, "--json").json == []


def test_one_that_is_there_already_keeps_all_out(project: Path, ikt: Command) -> None:
    ikt("frameworks", "add", project, "tdf-v2")
    outcome = ikt("frameworks", "add", project, "com-b", "tdf-v2")
    assert outcome.status == 1
    codes = ikt("codebook", project, "--json").json
    assert {code["framework"] for code in codes} == {"tdf-v2"}


def test_showing_an_unknown_one_names_those_there_are(ikt: Command) -> None:
    outcome = ikt("frameworks", "show", "nonsense", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert "tdf-v2" in outcome.err


OWN = """{
  "format": "ikt-coder-framework-1",
  "id": "mine",
  "name": "My framework",
  "kind": "codebook",
  "nodes": [
    {"id": "a", "name": "Alpha"},
    {"id": "b", "name": "Beta", "parent": "a"}
  ]
}
"""


def test_a_file_is_shown_and_added(project: Path, done: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(OWN, "utf-8")
    assert done("frameworks", "show", file, "--json").json["id"] == "mine"
    assert "good" in done("frameworks", "check", file).err
    done("frameworks", "add", project, "tdf-v2", file)
    file.unlink()
    paths = {code["path"] for code in done("codebook", project, "--json").json}
    assert "My framework/Alpha/Beta" in paths
    done("check", project)


def test_each_fault_is_printed_with_its_line(ikt: Command, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    spoilt = OWN.replace('"a"}\n', '"z", "colur": "red"}\n').replace('"mine",', '"mine"')
    file.write_text(spoilt, "utf-8")
    outcome = ikt("frameworks", "check", file)
    assert outcome.status == 1
    assert outcome.out.splitlines() == [
        "mine.json: line 3, column 15: this is not JSON (a comma is missing here)",
        "mine.json: line 8: node b: the field “colur” is not known; was “colour” meant?",
        "mine.json: line 8: node b: its parent “z” is not in the file",
    ]
    outcome = ikt("frameworks", "add", project, file)
    assert outcome.status == 1
    assert "line 8" in outcome.err


def test_a_library_of_ones_own(project: Path, done: Command, tmp_path: Path) -> None:
    file = tmp_path / "shared.json"
    file.write_text(OWN, "utf-8")
    done("frameworks", "install", file)
    assert "mine" in {row["id"] for row in done("frameworks", "--json").json}
    assert done("frameworks", "show", "mine", "--json").json["name"] == "My framework"
    done("frameworks", "add", project, "mine")
    done("frameworks", "uninstall", "mine")
    assert "mine" not in {row["id"] for row in done("frameworks", "--json").json}


def test_codes_are_saved_as_a_framework(project: Path, done: Command, tmp_path: Path) -> None:
    done("frameworks", "add", project, "com-b")
    file = tmp_path / "ours.json"
    done("frameworks", "save", project, file, "--name", "Our motives", "--branch",
         "COM-B model of behaviour/Motivation", "--cite", "Our protocol")  # fmt: skip
    shown = done("frameworks", "show", file, "--json").json
    assert [node["name"] for node in shown["nodes"]] == [
        "Motivation", "Reflective motivation", "Automatic motivation",
    ]  # fmt: skip
    assert shown["citation"] == "Our protocol."


def test_a_charting_set_can_be_added_as_codes(project: Path, done: Command, ikt: Command) -> None:
    done("frameworks", "add", project, "ikt-outcomes", "--as", "codes", "--as", "chart")
    assert len(done("codebook", project, "--json").json) == 6
    assert ikt("frameworks", "add", project, "kta", "--as", "codes").status == 1


def test_the_text_form_says_how_far_facts_were_checked(done: Command) -> None:
    out = done("frameworks", "show", "eric").out
    assert "Which strategy is in which cluster: from memory, confirm with the paper" in out
    assert "Licence:" in out
    assert "? KTA phases (several)" in done("frameworks", "show", "kta").out
