"""Something to do the moment a library's module is loaded, before the library goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType


class _Following(Loader):
    """Loads as ``own`` does, and calls ``then`` with the module."""

    def __init__(self, own: Loader, then: Callable[[ModuleType], None]) -> None:
        self._own = own
        self._then = then

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._own  # nobody meets this one afterwards
        module.__loader__ = self._own
        self._own.exec_module(module)
        self._then(module)


class _Finder(MetaPathFinder):
    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self._name = name
        self._then = then

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        sys.meta_path.remove(self)  # the question goes on to the others
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Following(spec.loader, self._then)
        return spec


@contextmanager
def after_loading(name: str, then: Callable[[ModuleType], None]) -> Iterator[None]:
    """Within this, ``then`` is called with the module ``name`` as soon as it is loaded, if it
    was not loaded before and there is such a module."""
    finder = _Finder(name, then)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)
