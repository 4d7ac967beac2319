"""A program that dies while it erases has erased when the project is opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from ikt_coder.storage import purge
from tests.studies import add_talk, study

MARKER = "the blue bicycle stood behind the clinic all winter"


def test_the_next_opening_finishes_what_a_crash_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = study(tmp_path / "study.ikt")
    add_talk(project, f"P09: {MARKER}\n", "Winter", ["P09"])
    project.history.name_restore_point(f"When {MARKER}")
    project.codebook_versions.keep(f"After {MARKER}")
    who = next(row for row in project.participants.all() if row.label == "P09")

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(purge, "purge", die)
    with pytest.raises(KeyboardInterrupt):
        project.participants.erase(who.id, "asked")
    project.close()
    assert MARKER.encode() in project.path.read_bytes()
    monkeypatch.undo()

    again = Project.open(project.path)
    assert again.history.next_undo() is None
    assert again.safety.check().findings == ()
    again.close()
    assert MARKER.encode() not in project.path.read_bytes()
