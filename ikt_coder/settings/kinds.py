"""The kinds of setting: what each holds and which values it allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from ikt_coder.core.frozen import frozen

T = TypeVar("T")


@frozen
class Setting(Generic[T]):
    """One setting. ``label`` and ``explanation`` are English, in translation context "Settings".

    A setting without a label is hidden: the program keeps it, no dialog shows it.
    """

    key: str
    default: T
    label: str = ""
    explanation: str = ""
    group: str = ""

    @property
    def hidden(self) -> bool:
        return not self.label

    def read(self, value: object) -> T:
        """``value`` as this setting holds it; raises ``ValueError`` saying why it cannot be."""
        raise NotImplementedError


@frozen
class Switch(Setting[bool]):
    """On or off."""

    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise ValueError("is not true or false")
        return value


@frozen
class Number(Setting[float]):
    """A number from ``lowest`` to ``highest``, both allowed; the dialog steps by ``step``."""

    lowest: float = 0
    highest: float = 100
    step: float = 1
    unit: str = ""

    def read(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("is not a number")
        if not self.lowest <= value <= self.highest:
            raise ValueError(f"is not from {self.lowest:g} to {self.highest:g}")
        return value


@frozen
class Option:
    """One value a ``Choice`` may take."""

    value: str
    label: str


@frozen
class Choice(Setting[str]):
    """One of a few named values."""

    options: tuple[Option, ...] = ()

    def read(self, value: object) -> str:
        if not isinstance(value, str) or value not in {option.value for option in self.options}:
            raise ValueError("is not one of the choices")
        return value


@frozen
class Font(Setting[str]):
    """A font family's name; empty for the program's own choice."""

    def read(self, value: object) -> str:
        if not isinstance(value, str) or len(value) > 200 or not value.isprintable():
            raise ValueError("is not a font's name")
        return value


@frozen
class Strings(Setting[tuple[str, ...]]):
    """Names in an order."""

    def read(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise ValueError("is not a list of texts")
        return tuple(value)


@frozen
class StringsByName(Setting[Mapping[str, str]]):
    """A text per name (of a window, of a project)."""

    def read(self, value: object) -> Mapping[str, str]:
        if not isinstance(value, Mapping) or not all(
            isinstance(name, str) and isinstance(text, str) for name, text in value.items()
        ):
            raise ValueError("is not a table of texts")
        return dict(value)


@frozen
class SizesByName(Setting[Mapping[str, tuple[int, ...]]]):
    """Sizes in logical pixels per name (of a splitter)."""

    def read(self, value: object) -> Mapping[str, tuple[int, ...]]:
        if not isinstance(value, Mapping):
            raise ValueError("is not a table of sizes")
        for name, sizes in value.items():
            if not isinstance(name, str) or not isinstance(sizes, list | tuple):
                raise ValueError("is not a table of sizes")
            if not all(type(size) is int and size >= 0 for size in sizes):
                raise ValueError("holds something that is not a size")
        return {name: tuple(sizes) for name, sizes in value.items()}
