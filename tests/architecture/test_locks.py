"""The locked packages: pinned by hash, whole, and without the release of Qt that aborts."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Name → (version, number of hashes) of each package a lock names."""
    found = {}
    # One entry runs over lines that end in a backslash.
    for entry in (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines():
        if entry and not entry[0].isspace() and not entry.startswith("#"):
            named = re.match(r"([\w.-]+)==([^ ;]+)", entry)
            assert named, f"{lock} holds a line that pins nothing: {entry}"
            found[canonicalize_name(named[1])] = (named[2], entry.count("--hash=sha256:"))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hash(lock: str) -> None:
    assert pins(lock)
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^--(index|extra|trusted|find)", text, re.MULTILINE)


def test_the_runtime_lock_meets_the_package_and_its_build() -> None:
    locked = pins("requirements.lock")
    needed = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    for requirement in map(Requirement, needed):
        pinned, _ = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pinned), requirement


def test_the_package_declares_the_libraries_it_imports_and_no_others() -> None:
    imported = set()
    for path in (ROOT / "ikt_coder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    imported -= sys.stdlib_module_names | {"ikt_coder"}
    homes = packages_distributions()
    used = {canonicalize_name(home) for name in imported for home in homes.get(name, [name])}
    declared = {
        canonicalize_name(requirement.name)
        for requirement in map(Requirement, PROJECT["project"]["dependencies"])
    }
    # One folder of modules, two distributions: the add-ons may lie beside the essentials.
    assert used - {"pyside6", "pyside6-addons", "shiboken6"} == declared


def test_the_lock_of_tests_holds_the_runtime_lock_unchanged() -> None:
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime
    for requirement in map(Requirement, PROJECT["project"]["optional-dependencies"]["dev"]):
        pinned, _ = dev[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pinned), requirement


def test_the_qt_release_that_loses_references_is_excluded() -> None:
    (qt,) = [
        requirement
        for requirement in map(Requirement, PROJECT["project"]["dependencies"])
        if canonicalize_name(requirement.name) == "pyside6-essentials"
    ]
    assert not qt.specifier.contains("6.12.0")
    assert qt.specifier.contains("6.11.3")
    assert version("PySide6-Essentials") != "6.12.0"
