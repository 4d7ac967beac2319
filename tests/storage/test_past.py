"""How a table looked after an earlier operation, read from the journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import UserError
from ikt_coder.services.project import Project
from ikt_coder.storage.past import table_after


def rows(project: Project, seq: int) -> list[dict[str, Any]]:
    found = table_after(project.file.connections.raw(), "code", seq)
    return sorted(found, key=lambda row: bytes(row["id"]))


def newest(project: Project) -> int:
    return project.history.all(limit=1)[0].seq


@given(st.lists(st.integers(0, 5), min_size=1, max_size=14))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_state_of_the_codebook_can_be_read_again(tmp_path: Path, acts: list[int]) -> None:
    path = tmp_path / "past.ikt"
    path.unlink(missing_ok=True)
    project = Project.create(path)
    try:
        project.coders.switch(project.coders.add("Amara Okafor"))
        states = {newest(project): rows(project, newest(project))}
        for number, act in enumerate(acts):
            codes = project.codes.all()
            try:
                if act < 2 or not codes:
                    project.codes.add(f"Code {number}", codes[0].id if act and codes else None)
                elif act == 2:
                    project.codes.change(codes[-1].id, definition=f"It's “{number}”, or so")
                elif act == 3:
                    project.codes.delete(codes[0].id)
                elif act == 4 and len(codes) > 1:
                    project.codes.merge([codes[-1].id], codes[0].id)
                else:
                    project.history.undo()
            except UserError:
                continue  # what cannot be done changes nothing
            states[newest(project)] = rows(project, newest(project))
        for seq, state in states.items():
            assert rows(project, seq) == state
    finally:
        project.close()
