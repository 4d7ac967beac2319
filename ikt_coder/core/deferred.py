"""Modules that libraries import and this program does not use, loaded when somebody does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class _Deferred(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str, functions: Sequence[str]) -> None:
        super().__init__(name)
        spec = find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"there is no module {name}", name=name)
        self.__spec__ = spec
        self.__path__ = list(spec.submodule_search_locations or ())
        for function in functions:
            setattr(self, function, self._passed_on(function))

    def _passed_on(self, name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            return getattr(self._real(), name)(*given, **named)

        return call

    def __getattr__(self, name: str) -> Any:
        # What the import statement asks for it has itself; anything else is the module's.
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._real(), name)

    def _real(self) -> ModuleType:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return import_module(self.__name__)


@contextmanager
def deferred(names: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Import libraries within this: what they import of the modules ``names`` is not loaded.

    The libraries work as ever, because the first thing they ask of such a module loads it; the
    functions named with it they may take and keep, and only a call loads it. Everybody who
    imports the module afterwards gets it itself. Modules that are there already stay.
    """
    stands = {
        name: _Deferred(name, functions)
        for name, functions in names.items()
        if name not in sys.modules
    }
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name, one in stands.items():
            if sys.modules.get(name) is not one:
                continue
            del sys.modules[name]
            parent, _, child = name.rpartition(".")
            if parent:
                # "import a.b" gave its importer "a", of which it will ask "b".
                setattr(sys.modules[parent], child, one)
