"""Versions of the codebook: kept once, never changed, compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotFound
from ikt_coder.core.ids import new_id
from ikt_coder.services.round_rows import ChangeKind
from tests.rounds import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path / "study.ikt")
    yield team
    team.close()


def test_the_same_codebook_is_kept_once(team: Team) -> None:
    versions = team.project.codebook_versions
    assert versions.current() is None
    first = versions.keep("to begin with")
    assert versions.keep() == first
    team.project.codes.change(team.codes[0], colour="#123456")
    assert versions.keep() == first
    team.project.codes.change(team.codes[0], definition="Everybody knows theirs.")
    assert versions.current() is None
    second = versions.keep()
    assert [(row.id, row.number, row.codes) for row in versions.all()] == [
        (first, 1, 3),
        (second, 2, 3),
    ]
    current = versions.current()
    assert current is not None
    assert current.id == second
    team.project.history.undo()
    current = versions.current()
    assert current is not None
    assert current.id == first


def test_what_changed_between_two_versions_is_told(team: Team) -> None:
    codes, versions = team.project.codes, team.project.codebook_versions
    before = versions.keep()
    below = codes.add("Phone calls", team.codes[2], definition="Between meetings.")
    codes.change(team.codes[0], name="A clear role", exclude="Pay.")
    codes.merge([team.codes[1]], team.codes[2])
    after = versions.keep()
    found = {change.code: change for change in versions.changes(before, after)}
    assert found[below].kind is ChangeKind.ADDED
    assert found[below].after is not None
    assert found[below].after.path == ("Trust", "Phone calls")
    changed = found[team.codes[0]]
    assert (changed.kind, changed.fields) == (ChangeKind.CHANGED, ("name", "path", "exclude"))
    merged = found[team.codes[1]]
    assert (merged.kind, merged.into) == (ChangeKind.MERGED, team.codes[2])
    assert len(found) == 3
    back = {change.code: change for change in versions.changes(after, before)}
    assert back[below].kind is ChangeKind.REMOVED
    assert back[team.codes[1]].kind is ChangeKind.ADDED
    assert versions.changes(after, after) == ()


def test_a_version_holds_the_words_coders_saw(team: Team) -> None:
    codes, versions = team.project.codes, team.project.codebook_versions
    codes.change(
        team.codes[1],
        definition="When and where.",
        include="Parking.",
        example="“At two.”",
        source_wording="As in the book",
        source_page="12",
    )
    key = versions.keep()
    codes.delete(team.codes[1])
    code = next(each for each in versions.content(key) if each.id == team.codes[1])
    assert (code.name, code.path) == ("Time and place", ("Time and place",))
    assert (code.definition, code.include, code.exclude) == ("When and where.", "Parking.", "")
    assert (code.example, code.source_wording, code.source_page) == (
        "“At two.”",
        "As in the book",
        "12",
    )


def test_a_version_outlives_undo_and_going_back(team: Team) -> None:
    versions = team.project.codebook_versions
    key = versions.keep()
    kept = versions.content(key)
    team.project.history.undo()
    team.project.history.go_back_to(1)
    assert versions.content(key) == kept
    assert team.project.codes.all() == ()
    assert team.project.safety.check().findings == ()


def test_a_version_that_is_not_there_is_said(team: Team) -> None:
    with pytest.raises(NotFound):
        team.project.codebook_versions.content(new_id())


def test_finishing_keeps_the_codebook_it_was_coded_with(team: Team) -> None:
    key = team.round()
    team.project.rounds.finish(key, team.documents[0])
    team.project.codes.change(team.codes[0], definition="Said more clearly.")
    team.project.rounds.finish(key, team.documents[1])
    first, second = team.project.rounds.all_snapshots(key)
    assert first.codebook_version == team.project.rounds.get(key).codebook_version
    assert second.codebook_version != first.codebook_version
    assert first.codebook_version is not None
    assert second.codebook_version is not None
    (change,) = team.project.codebook_versions.changes(
        first.codebook_version, second.codebook_version
    )
    assert change.fields == ("definition",)
