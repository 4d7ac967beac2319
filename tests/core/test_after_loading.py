"""Something is done the moment a module is loaded, before its importer goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from ikt_coder.core.after_loading import after_loading

MODULE = "after_loading_trial"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package that uses a function of its own module as soon as it is imported."""
    folder = tmp_path / MODULE
    folder.mkdir()
    (folder / "__init__.py").write_text("from .inner import width\nfound = width()\n")
    (folder / "inner.py").write_text("def width(): return 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in (MODULE, f"{MODULE}.inner"):
        sys.modules.pop(name, None)


def widen(module: ModuleType) -> None:
    vars(module)["width"] = lambda: 3


@pytest.mark.usefixtures("package")
def test_who_imports_the_module_finds_it_changed() -> None:
    finders = list(sys.meta_path)
    with after_loading(f"{MODULE}.inner", widen):
        assert import_module(MODULE).found == 3
        assert sys.meta_path == finders
    inner = sys.modules[f"{MODULE}.inner"]
    assert inner.__spec__ is not None
    assert inner.__loader__ is inner.__spec__.loader
    assert type(inner.__loader__) is type(sys.modules[MODULE].__loader__)


@pytest.mark.usefixtures("package")
def test_what_is_not_loaded_within_is_left_alone() -> None:
    finders = list(sys.meta_path)
    with after_loading(f"{MODULE}.inner", widen):
        pass
    assert sys.meta_path == finders
    assert import_module(MODULE).found == 1
    with after_loading(f"{MODULE}.inner", widen):
        assert import_module(MODULE).found == 1, "it was there already"
    with after_loading(f"{MODULE}.nowhere", widen), pytest.raises(ModuleNotFoundError):
        import_module(f"{MODULE}.nowhere")
    assert sys.meta_path == finders


@pytest.mark.usefixtures("package")
def test_a_failure_afterwards_fails_the_import() -> None:
    def fail(_: ModuleType) -> None:
        raise ValueError("no")

    with after_loading(f"{MODULE}.inner", fail), pytest.raises(ValueError, match="no"):
        import_module(MODULE)
    assert f"{MODULE}.inner" not in sys.modules
    assert import_module(MODULE).found == 1
