"""The built wheel is whole and works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ikt_coder import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(["build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    run(["pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)], cwd=target)
    return target


def run(arguments: list[str], cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_package_and_its_resources(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    folders = {
        "ikt_coder": "ikt_coder",
        "resources": "ikt_coder/_resources",
        "docs/guide": "ikt_coder/_guide",
    }
    needed = {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, inside in folders.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert needed - held == set()
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_the_wheel_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    shown = run(["ikt_coder", "--version"], cwd=tmp_path, PYTHONPATH=str(installed))
    assert __version__ in shown


def test_the_installed_package_finds_its_own_resources(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "show.py").write_text(
        "from ikt_coder import paths\n"
        "from pathlib import Path\n"
        "for path in sorted(paths.resource('.').iterdir()): print(path)\n"
    )
    # -m with the folder first on the path, so that the checkout is not what is imported
    shown = run(["show"], cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert [Path(line).name for line in shown] == sorted(
        path.name for path in (ROOT / "resources").iterdir()
    )
    assert all(Path(line).is_relative_to(installed) for line in shown)


def test_the_installed_package_finds_its_own_guide(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "show.py").write_text(
        "from ikt_coder import paths\nfor path in sorted(paths.guide().rglob('*')): print(path)\n"
    )
    shown = run(["show"], cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert [Path(line).name for line in shown] == [
        path.name for path in sorted((ROOT / "docs" / "guide").rglob("*"))
    ]
    assert len(shown) > 20
    assert all(Path(line).is_relative_to(installed) for line in shown)


def test_the_installed_package_starts_its_own_process_for_language_pipelines(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "ask.py").write_text(
        "import ikt_coder\n"
        "from ikt_coder.text.pipelines import pipeline_for\n"
        "from ikt_coder.text.process import PipelineProcess\n"
        "runner = PipelineProcess()\n"
        "print(ikt_coder.__file__)\n"
        "print(*runner.lemmas_of('deciding', pipeline_for('en'))[0])\n"
        "print(runner.process is not None)\n"
        "runner.close()\n"
    )
    where, lemmas, apart = run(["ask"], cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert Path(where).is_relative_to(installed)
    assert "decide" in lemmas.split()
    assert apart == "True"
