"""A deferred module is loaded by whoever asks for something of it, and is then itself."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from ikt_coder.core.deferred import deferred

MODULE = "deferred_trial"
OTHER = "deferred_trial_library"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with a module of its own, and a library that imports both."""
    package = tmp_path / MODULE
    package.mkdir()
    (package / "__init__.py").write_text("import sys\nsys.deferred_loads += 1\nWIDTH = 3\n")
    (package / "inner.py").write_text(
        "import sys\nsys.deferred_loads += 10\ndef double(n, *, plus=0): return 2 * n + plus\n"
    )
    (tmp_path / f"{OTHER}.py").write_text(
        f"import {MODULE}\nimport {MODULE}.inner\nfrom {MODULE}.inner import double\n"
        f"def width(): return {MODULE}.WIDTH\ndef four(): return {MODULE}.inner.double(2)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "deferred_loads", 0, raising=False)
    yield
    for name in (MODULE, f"{MODULE}.inner", OTHER):
        sys.modules.pop(name, None)


def loads() -> int:
    found: int = sys.deferred_loads  # type: ignore[attr-defined]  # the trial's own
    return found


def imported() -> ModuleType:
    with deferred({f"{MODULE}.inner": ("double",)}):
        return importlib.import_module(OTHER)


@pytest.mark.usefixtures("library")
def test_a_function_may_be_taken_and_only_a_call_loads_its_module() -> None:
    other = imported()
    assert loads() == 1
    assert f"{MODULE}.inner" not in sys.modules
    assert other.double(4, plus=1) == 9
    assert loads() == 11
    assert other.four() == 4
    assert loads() == 11


@pytest.mark.usefixtures("library")
def test_what_was_imported_under_its_parents_name_is_found_there() -> None:
    other = imported()
    assert other.four() == 4
    real = importlib.import_module(f"{MODULE}.inner")
    assert sys.modules[f"{MODULE}.inner"] is real
    assert real.__file__ is not None
    assert loads() == 11


@pytest.mark.usefixtures("library")
def test_a_package_is_deferred_with_what_is_in_it() -> None:
    with deferred({MODULE: ()}):
        other = importlib.import_module(OTHER)
        assert loads() == 10, "its module was asked for, and it not"
    assert MODULE not in sys.modules
    assert other.width() == 3
    assert loads() == 11
    assert sys.modules[MODULE].WIDTH == 3


@pytest.mark.usefixtures("library")
def test_what_a_library_asks_for_at_once_it_gets_at_once() -> None:
    with deferred({MODULE: ()}):
        stands = importlib.import_module(MODULE)
        assert stands.WIDTH == 3
        assert sys.modules[MODULE] is not stands
        with pytest.raises(AttributeError):
            _ = stands.HEIGHT
    assert loads() == 1


@pytest.mark.usefixtures("library")
def test_a_module_that_is_there_stays() -> None:
    real = importlib.import_module(MODULE)
    with deferred({MODULE: ()}):
        assert sys.modules[MODULE] is real
    assert sys.modules[MODULE] is real


def test_a_module_there_is_not_is_refused() -> None:
    with pytest.raises(ModuleNotFoundError), deferred({"there_is_no_such_module": ()}):
        pass
