"""Where the node of a framework comes from, also of a framework of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ikt_coder.paths import HOME_VARIABLE
from ikt_coder.ui.codes.provenance import node_of, preset_of
from tests.ui.codes.conftest import Desk

MINE = {
    "format": "ikt-coder-framework-1",
    "id": "mine",
    "name": "My framework",
    "kind": "codebook",
    "nodes": [{"id": "a", "name": "Alpha", "constructs": ["one", "two"]}],
}


def test_a_code_of_a_framework_of_ones_own_tells_its_constructs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(MINE), encoding="utf-8")
    project = desk.project
    project.frameworks.library.install(file)
    project.frameworks.add("mine")
    project.frameworks.library.remove("mine")  # the project keeps its own copy
    found = node_of(project, next(row for row in project.codes.all() if row.name == "Alpha"))
    assert found is not None
    assert [one.name for one in found[1].constructs] == ["one", "two"]
    assert preset_of(project, "nobody-has-it") is None
    assert preset_of(project, None) is None
