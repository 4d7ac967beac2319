"""Frameworks: listed, shown, added."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command

PRESETS = {
    "com-b", "tdf-v2", "sem-ikt3", "sem-mcleroy", "levels-micro-meso-macro", "coding-dimensions",
}  # fmt: skip


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
