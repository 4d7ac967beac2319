"""Levels: definitions can be worded anew; a project can have level sets of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.services.level_names import LevelNames
from ikt_coder.services.project import Project
from tests.studies import dump, span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "Study.ikt")
    yield project, document
    project.close()


def test_a_definition_worded_anew_is_no_paraphrase_of_ours(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.frameworks.add("sem-ikt3")
    before = project.frameworks.levels()
    assert all(level.paraphrase for level in before)
    project.level_sets.change(before[0].id, definition="Where {actor} stands.")
    told = project.frameworks.levels()[0]
    assert (told.definition, told.template) == ("Where the person stands.", "Where {actor} stands.")
    assert not told.paraphrase
    preset = next(one for one in project.frameworks.presets() if one.key == "sem-ikt3")
    assert project.level_sets.worded(preset).nodes[0].definition == "Where {actor} stands."
    project.history.undo()
    assert project.frameworks.levels() == before


def test_published_levels_keep_names_order_and_number(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    scheme = project.frameworks.add("sem-ikt3")
    level = project.frameworks.levels()[0].id
    for act in (
        lambda: project.level_sets.change(level, name="Other"),
        lambda: project.level_sets.move_level(level, 1),
        lambda: project.level_sets.remove_level(level),
        lambda: project.level_sets.rename(scheme, "Ours"),
        lambda: project.level_sets.add_level(scheme, "Fourth"),
    ):
        before = len(project.history.all())
        with pytest.raises(NotAllowed, match="published"):
            act()
        assert len(project.history.all()) == before
    with pytest.raises(NotFound):
        project.level_sets.change(new_id(), definition="Gone")


def test_an_own_set_is_made_in_one_act_and_serves_as_any_other(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, document = opened
    before = dump(tmp_path / "Study.ikt")
    acts = len(project.history.all())
    scheme = project.level_sets.make(" Our  system ", ["Team", "Service"])
    assert len(project.history.all()) == acts + 1
    assert [(row.framework_name, row.name) for row in project.frameworks.levels()] == [
        ("Our system", "Team"),
        ("Our system", "Service"),
    ]
    (own,) = project.level_sets.own()
    assert [node.name for node in own.nodes] == ["Team", "Service"]
    assert "levels" in project.frameworks.dimensions_in_use()
    team = LevelNames(project).find("team")
    span = span_of(project, document, "slides")
    code = project.codes.add("Trust")
    coding = project.codings.apply(document, span, code, levels=[team])
    project.level_sets.add_level(scheme, "System")
    project.level_sets.move_level(team, 5)
    assert [row.name for row in project.frameworks.levels()] == ["Service", "System", "Team"]
    project.level_sets.change(team, name="Ward team")
    assert project.level_sets.codings_on(team) == 1
    project.level_sets.remove_level(team)
    assert project.codings.get(coding).levels == frozenset()
    assert project.safety.check().sound
    for _ in range(7):
        project.history.undo()
    assert dump(tmp_path / "Study.ikt") == before


@pytest.mark.parametrize(
    ("name", "levels", "why"),
    [
        ("", ["Team"], "needs a name"),
        ("Ours", [], "needs levels"),
        ("Ours", ["Team", " "], "needs a name"),
        ("Ours", ["Team", "TEAM"], "twice"),
        ("IKT socio-ecological levels", ["Team"], "in the project already"),
    ],
)
def test_a_set_that_could_not_be_told_apart_is_refused(
    opened: tuple[Project, UUID], name: str, levels: list[str], why: str
) -> None:
    project, _ = opened
    scheme = project.frameworks.add("sem-ikt3")
    if "IKT" in name:
        name = next(row.name for row in project.frameworks.all() if row.id == scheme)
    before = len(project.history.all())
    with pytest.raises(UserError, match=why):
        project.level_sets.make(name, levels)
    assert len(project.history.all()) == before


def test_the_last_level_of_a_set_stays(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.level_sets.make("Ours", ["Team"])
    level = project.frameworks.levels()[0].id
    with pytest.raises(NotAllowed, match="only level"):
        project.level_sets.remove_level(level)
    with pytest.raises(UserError, match="already"):
        project.level_sets.make("ours", ["Else"])
