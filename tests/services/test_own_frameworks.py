"""Frameworks of one's own: installed, added from a file, made from codes; and several uses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.codebooks import catalogue as catalogue_module
from ikt_coder.codebooks.catalogue import catalogue, framework
from ikt_coder.codebooks.framework import Citation, Framework
from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.codebooks.framework_text import framework_text
from ikt_coder.codebooks.schema import FrameworkError
from ikt_coder.codebooks.uses import Use, possible_uses, usual_uses
from ikt_coder.core.errors import NotAllowed, NotFound, UnreadableFile, UserError
from ikt_coder.core.words import FrameworkKind, Valence
from ikt_coder.paths import HOME_VARIABLE
from ikt_coder.services.project import Project
from tests.studies import dump, study


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made, _ = study(tmp_path / "Study.ikt")
    yield made
    made.close()


def mine(**fields: Any) -> dict[str, Any]:
    return {
        "format": "ikt-coder-framework-1",
        "id": "mine",
        "name": "My framework",
        "kind": "codebook",
        "nodes": [
            {"id": "a", "name": "Alpha", "definition": "What {actor} can do."},
            {"id": "b", "name": "Beta", "parent": "a", "valence": "barrier"},
        ],
    } | fields


def write(folder: Path, content: dict[str, Any], name: str = "shared.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content, indent=1), "utf-8")
    return path


def codes(project: Project) -> list[tuple[str, ...]]:
    return [row.path for row in project.codes.all()]


class TestFromAFile:
    def test_it_is_added_in_one_act_and_the_project_is_whole_without_the_file(
        self, project: Project, tmp_path: Path
    ) -> None:
        before = dump(tmp_path / "Study.ikt")
        path = write(tmp_path, mine())
        made = project.frameworks.add_file(path)
        path.unlink()
        assert codes(project) == [
            ("My framework",),
            ("My framework", "Alpha"),
            ("My framework", "Alpha", "Beta"),
        ]
        assert project.codes.all()[2].default_valence is Valence.BARRIER
        assert project.frameworks.content(made).node("a").definition == "What {actor} can do."
        assert [one.key for one in project.frameworks.in_project()] == ["mine"]
        assert project.frameworks.find("mine").name == "My framework"
        project.history.undo()
        assert dump(tmp_path / "Study.ikt") == before

    def test_each_fault_is_told_with_its_line_and_nothing_is_added(
        self, project: Project, tmp_path: Path
    ) -> None:
        content = mine()
        content["nodes"][1] |= {"parent": "z", "colour": "mauve"}
        with pytest.raises(FrameworkError) as error:
            project.frameworks.add_file(write(tmp_path, content))
        assert [(fault.line, fault.text) for fault in error.value.located] == [
            (15, "node b: its parent “z” is not in the file"),
            (17, "node b: “mauve” is no colour: use a palette name or #rrggbb"),
        ]
        assert codes(project) == []
        assert project.frameworks.all() == ()

    @pytest.mark.parametrize("key", ["tdf-v2", "own-levels"])
    def test_ids_of_the_program_cannot_be_taken(
        self, project: Project, tmp_path: Path, key: str
    ) -> None:
        with pytest.raises(UserError, match="belongs to the program"):
            project.frameworks.add_file(write(tmp_path, mine(id=key)))
        with pytest.raises(UserError, match="belongs to the program"):
            project.frameworks.library.install(write(tmp_path, mine(id=key)))

    def test_files_that_are_no_text(self, project: Project, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile):
            project.frameworks.add_file(tmp_path / "missing.json")
        bad = tmp_path / "latin.json"
        bad.write_bytes(b'{\n"name": "caf\xe9"}')
        with pytest.raises(FrameworkError, match="line 2: this is not UTF-8"):
            project.frameworks.add_file(bad)
        wide = tmp_path / "wide.json"
        wide.write_text(json.dumps(mine()), "utf-16")
        project.frameworks.add_file(wide)
        assert len(codes(project)) == 3


class TestLibrary:
    def test_installed_frameworks_are_listed_added_and_removed(
        self, project: Project, tmp_path: Path
    ) -> None:
        library = project.frameworks.library
        path = write(tmp_path, mine())
        assert library.install(path).key == "mine"
        library.install(path)  # the same again changes nothing
        path.unlink()
        assert [kept.name for kept in library.all()] == ["My framework"]
        made = project.frameworks.add("mine")
        library.remove("mine")
        assert library.all() == ()
        assert len(project.frameworks.content(made).nodes) == 2
        with pytest.raises(NotFound):
            library.remove("mine")

    def test_another_with_the_same_id_is_not_lost(self, project: Project, tmp_path: Path) -> None:
        library = project.frameworks.library
        library.install(write(tmp_path, mine()))
        other = write(tmp_path, mine(name="Another"))
        with pytest.raises(UserError, match="has another framework"):
            library.install(other)
        assert [kept.name for kept in library.all()] == ["My framework"]
        library.install(other, replace=True)
        assert [kept.name for kept in library.all()] == ["Another"]

    def test_a_file_that_was_spoilt_is_listed_with_its_faults(
        self, project: Project, tmp_path: Path, home: Path
    ) -> None:
        library = project.frameworks.library
        library.install(write(tmp_path, mine()))
        (home / "data" / "frameworks" / "mine.json").write_text('{\n "id": \n}', "utf-8")
        (kept,) = library.all()
        assert kept.framework is None
        assert [fault.line for fault in kept.faults] == [3]
        with pytest.raises(FrameworkError):
            project.frameworks.add("mine")
        library.remove("mine")
        assert library.all() == ()


class TestUses:
    def test_what_presets_are_added_as(self) -> None:
        usual = {one.key: usual_uses(one) for one in catalogue()}
        assert usual["kta"] == {Use.CHART}
        assert usual["tdf-v2"] == {Use.CODES}
        assert usual["coproduction-principles"] == {Use.CODES}
        assert usual["ikt-outcomes"] == {Use.CHART}
        for key in ("bcw", "eric", "bcttv1-groups", "apease", "checklist-coreq", "sem-ikt3"):
            assert usual[key] == set(), key
        assert {one.key for one in catalogue() if len(possible_uses(one)) > 1} == {
            "coproduction-principles", "ikt-outcomes", "research-use",
        }  # fmt: skip

    def test_solutions_make_no_codes_and_are_in_the_project_all_the_same(
        self, project: Project
    ) -> None:
        made = project.frameworks.add("eric")
        assert codes(project) == []
        (row,) = project.frameworks.all()
        assert (row.key, row.nodes) == ("eric", 82)
        assert len(project.frameworks.content(made).nodes) == 82

    def test_a_charting_set_brings_its_questions_and_can_bring_codes_later(
        self, project: Project, tmp_path: Path
    ) -> None:
        made = project.frameworks.add("ikt-outcomes")
        assert project.frameworks.uses(made) == {Use.CHART}
        assert [field.key for field in project.charting.fields()] == ["out.reported"]
        assert codes(project) == []
        with pytest.raises(UserError, match="already"):
            project.frameworks.add("ikt-outcomes", {Use.CHART})
        before = dump(tmp_path / "Study.ikt")
        assert project.frameworks.add("ikt-outcomes", {Use.CODES, Use.CHART}) == made
        assert project.frameworks.uses(made) == {Use.CHART, Use.CODES}
        assert len(project.charting.fields()) == 1
        assert len(codes(project)) == 6
        project.history.undo()
        assert dump(tmp_path / "Study.ikt") == before
        project.frameworks.remove(made)
        assert project.charting.fields() == ()

    def test_a_use_that_makes_no_sense_is_refused(self, project: Project) -> None:
        with pytest.raises(NotAllowed, match="cannot be used as codes"):
            project.frameworks.add("checklist-coreq", {Use.CODES})
        with pytest.raises(NotAllowed, match="cannot be used as chart"):
            project.frameworks.add("tdf-v2", {Use.CHART})
        assert project.frameworks.all() == ()

    @pytest.mark.parametrize("preset", catalogue(), ids=lambda one: one.key)
    def test_every_preset_can_be_added_and_taken_back(
        self, project: Project, tmp_path: Path, preset: Framework
    ) -> None:
        before = dump(tmp_path / "Study.ikt")
        made = project.frameworks.add(preset.key, possible_uses(preset))
        assert project.frameworks.content(made) == preset
        assert project.frameworks.all()[0].nodes >= len(preset.nodes)
        assert project.safety.check().sound
        project.history.undo()
        assert dump(tmp_path / "Study.ikt") == before

    def test_the_example_can_be_added_as_codes_for_a_demonstration(self, project: Project) -> None:
        project.frameworks.add("ikt-themes-cassidy")
        rows = [row for row in project.codes.all() if row.applicable]
        assert len(rows) == 21
        assert {row.default_valence for row in rows} == {Valence.BARRIER, Valence.FACILITATOR}


class TestFromCodes:
    @pytest.fixture
    def made(self, project: Project) -> dict[str, UUID]:
        trust = project.codes.add("Trust", definition="What lets partners rely on each other.")
        early = project.codes.add("Early trust", trust, definition="At first meetings.")
        project.codes.add("École / équipe", trust)
        project.codes.add("信頼", early)
        other = project.codes.add("Time")
        return {"trust": trust, "other": other}

    def test_a_branch_is_written_and_comes_back(
        self, project: Project, made: dict[str, UUID], tmp_path: Path
    ) -> None:
        path = tmp_path / "trust.json"
        citation = Citation(("Tremblay A",), 2026, "Our codes")
        written = project.frameworks.save_as_framework(
            path, "Codes of trust", [made["trust"]], citation=citation, purpose="Trust."
        )
        assert [node.name for node in written.nodes] == [
            "Trust", "Early trust", "信頼", "École / équipe",
        ]  # fmt: skip
        assert written.key == "codes-of-trust"
        assert written.node("trust.early-trust").parent == "trust"
        assert written.citation == citation
        project.frameworks.add_file(path)
        assert ("Codes of trust", "Trust", "Early trust", "信頼") in codes(project)

    def test_all_codes_and_nothing_without_codes(
        self, project: Project, made: dict[str, UUID], tmp_path: Path
    ) -> None:
        whole = project.frameworks.save_as_framework(tmp_path / "all.json", "All")
        assert len(whole.nodes) == 5
        with pytest.raises(UserError, match="no codes"):
            project.frameworks.save_as_framework(tmp_path / "none.json", "None", [])
        with pytest.raises(UserError, match="needs a name"):
            project.frameworks.save_as_framework(tmp_path / "none.json", "  ")
        assert not (tmp_path / "none.json").exists()

    def test_definitions_keep_the_place_of_the_actor(
        self, project: Project, tmp_path: Path
    ) -> None:
        project.card.change(focal_actor="the nurse")
        project.frameworks.add("com-b")
        written = project.frameworks.save_as_framework(tmp_path / "c.json", "Ours")
        capability = next(node for node in written.nodes if node.name == "Capability")
        assert "{actor}" in capability.definition
        assert capability.key == "comb.c"

    def test_a_name_of_the_programs_own_gets_another_id(
        self, project: Project, made: dict[str, UUID], tmp_path: Path
    ) -> None:
        written = project.frameworks.save_as_framework(tmp_path / "c.json", "TDF v2")
        assert written.key == "tdf-v2-own"
        project.frameworks.library.install(tmp_path / "c.json")


@pytest.mark.parametrize("key", [*(one.key for one in catalogue()), "ikt-themes-cassidy"])
def test_what_is_written_is_read_back_the_same(key: str) -> None:
    preset = framework(key)
    assert parse_framework(framework_text(preset), "written") == preset


NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(st.lists(NAMES, min_size=1, max_size=8, unique_by=lambda name: name.strip().casefold()))
def test_any_names_make_a_file_that_can_be_read(names: list[str]) -> None:
    from ikt_coder.codebooks.framework import Node
    from ikt_coder.services.framework_saving import _node_id

    used: set[str] = set()
    nodes = []
    for name in names:
        name = " ".join(name.split())
        if name:
            key = _node_id(None, name, "above" if nodes else None, used)
            assert key not in used
            used.add(key)
            nodes.append(Node(key, name, None))
    if nodes:
        made = Framework("made", "Made", "Made", "", FrameworkKind.CODEBOOK, tuple(nodes))
        told = parse_framework(framework_text(made), "made")
        assert [node.key for node in told.nodes] == [node.key for node in nodes]


def test_naming_levels_reads_only_the_files_that_are_in_use(project: Project) -> None:
    project.frameworks.add("sem-ikt3")
    project.frameworks.add("kta")
    for cached in (catalogue_module.catalogue, catalogue_module._read_framework):
        cached.cache_clear()
    try:
        project.frameworks.levels()
        project.frameworks.all()
        project.frameworks.dimensions_in_use()
        read = catalogue_module._read_framework.cache_info().misses
    finally:
        catalogue_module.catalogue()
    assert read == 2
    assert catalogue_module.crosswalks_from("sem-ikt3")[0].target_framework == "sem-mcleroy"


def test_a_level_scheme_of_ones_own_can_be_worded(project: Project, tmp_path: Path) -> None:
    levels = [
        {"id": "team", "name": "Team", "ring": 1, "definition": "Where {actor} may work."},
        {"id": "town", "name": "Town", "ring": 2},
    ]
    path = write(tmp_path, mine(id="team-levels", kind="level_scheme", nodes=levels))
    made = project.frameworks.add_file(path)
    team, town = project.frameworks.levels()
    assert team.definition == "Where the person may work."
    assert not team.paraphrase
    project.level_sets.change(town.id, definition="The town around.")
    worded = project.level_sets.worded(project.frameworks.content(made))
    assert worded.node("town").definition == "The town around."
    assert project.frameworks.dimensions_in_use() == {"valence", "levels"}


def test_a_checklist_and_a_scale_of_ones_own(project: Project, tmp_path: Path) -> None:
    scale = mine(
        id="say",
        kind="ordinal_scale",
        nodes=[{"id": "s1", "name": "Some"}, {"id": "s2", "name": "Much"}],
    )
    project.frameworks.add_file(write(tmp_path, scale, "say.json"))
    (field,) = project.charting.fields()
    assert (field.name, [option.name for option in field.options]) == (
        "My framework",
        ["Some", "Much"],
    )
    items = mine(id="list", kind="checklist", nodes=[{"id": "i1", "name": "Aim", "number": 1}])
    made = project.frameworks.add_file(write(tmp_path, items, "list.json"))
    assert project.frameworks.content(made).nodes[0].number == 1
    assert [row.nodes for row in project.frameworks.all()] == [2, 1]
