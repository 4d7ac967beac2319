"""The services of a project are made when they are first asked for, once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from ikt_coder.services.project import Project, _Service

SERVICES = sorted(name for name, found in vars(Project).items() if isinstance(found, _Service))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_made_once(tmp_path: Path, name: str) -> None:
    project = Project.create(tmp_path / "study.ikt")
    try:
        made = getattr(project, name)
        assert type(made).__name__.endswith("Service")
        assert getattr(project, name) is made
    finally:
        project.close()


def test_threads_that_ask_at_once_are_given_the_same_service(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "study.ikt")
    together = Barrier(4)

    def ask() -> int:
        together.wait(timeout=10)
        return id(project.texts)

    try:
        vars(project).pop("texts", None)
        with ThreadPoolExecutor(4) as threads:
            asked = [threads.submit(ask) for _ in range(4)]
            assert len({each.result() for each in asked}) == 1
    finally:
        project.close()


def test_opening_a_project_loads_no_reports_themes_or_erasing(tmp_path: Path) -> None:
    Project.create(tmp_path / "study.ikt").close()
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from ikt_coder.services.project import Project\n"
        "Project.open(Path(sys.argv[1])).close()\n"
        "print(*sorted(name for name in sys.modules if name.startswith('ikt_coder.services.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "study.ikt")],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = {name.removeprefix("ikt_coder.services.") for name in done.stdout.split()}
    assert loaded & {"reports", "themes", "theme_table", "erasure", "search", "words"} == set()
