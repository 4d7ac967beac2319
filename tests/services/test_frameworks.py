"""Frameworks in a project: each kind goes to its place; what a crosswalk gives is derived."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.codebooks.actor import ACTOR
from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.words import Approach, FrameworkKind, Valence
from ikt_coder.services.project import Project
from tests.studies import dump, span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "Study.ikt")
    yield project, document
    project.close()


@pytest.mark.parametrize(
    "key",
    ["com-b", "tdf-v2", "sem-ikt3", "sem-mcleroy", "levels-micro-meso-macro", "coding-dimensions"],
)
def test_adding_is_one_act_and_goes_where_the_kind_says(
    opened: tuple[Project, UUID], tmp_path: Path, key: str
) -> None:
    project, _ = opened
    preset = next(one for one in project.frameworks.presets() if one.key == key)
    before = dump(tmp_path / "Study.ikt")
    made = project.frameworks.add(key)
    (row,) = project.frameworks.all()
    assert (row.id, row.key, row.name, row.kind) == (made, key, preset.name, preset.kind)
    codes, levels = project.codes.all(), project.frameworks.levels()
    wanted = [node.key for _, node in preset.tree()]
    if preset.kind is FrameworkKind.CODEBOOK:
        assert [code.node_key for code in codes] == [None, *wanted]
        assert not codes[0].applicable
        assert levels == ()
    elif preset.kind is FrameworkKind.LEVEL_SCHEME:
        assert [level.node_key for level in levels] == wanted
        assert codes == ()
    else:
        assert codes == ()
        assert levels == ()
    added = dump(tmp_path / "Study.ikt")
    project.history.undo()
    assert dump(tmp_path / "Study.ikt") == before
    project.history.redo()
    assert dump(tmp_path / "Study.ikt") == added


def test_sisters_of_a_framework_differ_in_colour(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.frameworks.add("tdf-v2")
    domains = [row for row in project.codes.all() if row.applicable]
    assert len(domains) == 14
    assert len({(row.colour, row.pattern) for row in domains}) == 14


def test_a_framework_is_added_once_and_a_stranger_never(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.frameworks.add("com-b")
    with pytest.raises(UserError, match="in the project already"):
        project.frameworks.add("com-b")
    with pytest.raises(NotFound, match="no framework"):
        project.frameworks.add("com-c")
    assert len(project.frameworks.all()) == 1


def test_removing_takes_codings_along_and_undo_brings_all_back(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, document = opened
    own = project.codes.add("My own")
    framework = project.frameworks.add("tdf-v2")
    scheme = project.frameworks.add("sem-ikt3")
    domain = next(row for row in project.codes.all() if row.node_key == "tdf2.01")
    project.codes.move(own, domain.id)
    level = project.frameworks.levels()[0].id
    span = span_of(project, document, "slides")
    project.codings.apply(document, span, domain.id, levels=[level])
    kept = project.codings.apply(document, span, own, levels=[level])
    before = dump(tmp_path / "Study.ikt")
    project.frameworks.remove(framework)
    assert [row.path for row in project.codes.all()] == [("My own",)]
    assert [row.id for row in project.codings.in_document(document)] == [kept]
    assert project.codings.get(kept).levels == {level}
    project.frameworks.remove(scheme)
    assert project.codings.get(kept).levels == frozenset()
    assert project.safety.check().sound
    project.history.undo()
    project.history.undo()
    assert dump(tmp_path / "Study.ikt") == before


def test_a_guest_whose_name_is_taken_at_the_top_gets_a_number(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    project.codes.add("Trust")
    framework = project.frameworks.add("com-b")
    heading = next(row for row in project.codes.all() if not row.applicable)
    project.codes.add("Trust", heading.id)
    project.frameworks.remove(framework)
    assert [row.name for row in project.codes.all()] == ["Trust", "Trust 2"]


class TestFocalActor:
    def test_definitions_follow_the_card(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        project.frameworks.add("com-b")
        project.frameworks.add("sem-ikt3")

        def told() -> list[str]:
            codes = [row.definition for row in project.codes.all()]
            return codes + [level.definition for level in project.frameworks.levels()]

        assert not any(ACTOR in text for text in told())
        assert any("the person" in text.casefold() for text in told())
        project.card.change(focal_actor="the nurse")
        assert any("the nurse" in text.casefold() for text in told())
        assert not any("the person" in text.casefold() for text in told())
        project.card.change(focal_actor="the patient partner")
        assert any("the patient partner" in text.casefold() for text in told())

    def test_a_code_of_ones_own_may_speak_of_braces(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        code = project.codes.add("Template", definition="Says {actor} as it stands.")
        project.card.change(focal_actor="the nurse")
        assert project.codes.get(code).definition == "Says {actor} as it stands."


class TestDerived:
    @pytest.fixture
    def domains(self, opened: tuple[Project, UUID]) -> dict[str, UUID]:
        project, _ = opened
        project.frameworks.add("tdf-v2")
        return {row.node_key: row.id for row in project.codes.all() if row.node_key}

    def test_one_target_fills_itself(
        self, opened: tuple[Project, UUID], domains: dict[str, UUID]
    ) -> None:
        project, _ = opened
        derived = project.crosswalks.derived(project.codes.get(domains["tdf2.01"]))
        assert derived is not None
        assert derived.targets == derived.candidates == ("comb.c.psych",)

    def test_two_targets_stay_undecided_until_chosen(
        self, opened: tuple[Project, UUID], domains: dict[str, UUID]
    ) -> None:
        project, document = opened
        open_ones = {}
        for node, key in domains.items():
            derived = project.crosswalks.derived(project.codes.get(key))
            if derived is not None and derived.undecided:
                open_ones[node] = derived.candidates
        assert open_ones
        node, candidates = next(iter(open_ones.items()))
        span = span_of(project, document, "slides")
        coding = project.codings.apply(document, span, domains[node])
        project.crosswalks.choose(coding, candidates[1:])
        row = project.codings.get(coding)
        code = project.codes.get(row.code)
        derived = project.crosswalks.derived(code, row.mapping_choice)
        assert derived is not None
        assert derived.targets == candidates[1:]
        with pytest.raises(NotAllowed, match="not stored"):
            project.crosswalks.choose(coding, ("comb.m",))
        assert project.codings.get(coding).mapping_choice == candidates[1:]
        project.crosswalks.choose(coding, ())
        assert project.codings.get(coding).mapping_choice == ()

    def test_nothing_leads_from_elsewhere(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        code = project.codes.add("Trust")
        coding = project.codings.apply(document, span_of(project, document, "slides"), code)
        assert project.crosswalks.derived(project.codes.get(code)) is None
        with pytest.raises(NotAllowed, match="No crosswalk"):
            project.crosswalks.choose(coding, ("comb.m",))


def test_attributes_show_where_the_project_uses_them(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    used = project.frameworks.dimensions_in_use
    assert used() == frozenset()
    code = project.codes.add("Trust")
    coding = project.codings.apply(document, span_of(project, document, "slides"), code)
    assert used() == frozenset()
    project.codings.set_valence(coding, Valence.BARRIER)
    assert used() == {"valence"}
    project.codings.change(coding, strength=2)
    assert used() == {"valence", "strength"}
    project.codings.change(coding, strength=None, valence=None)
    assert used() == frozenset()
    project.card.change(approach=Approach.CODEBOOK)
    assert used() == {"valence"}
    project.card.change(approach=Approach.REFLEXIVE)
    project.frameworks.add("levels-micro-meso-macro")
    assert used() == {"valence", "levels"}
    project.frameworks.add("coding-dimensions")
    assert used() == {"valence", "levels", "strength"}
