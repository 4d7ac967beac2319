"""Frozen values: what ``dataclass(frozen=True, slots=True)`` makes, at a sixth of the cost.

A window loads about a hundred classes of rows before it can be painted. The standard decorator
writes and compiles six functions for each, a tenth of the whole start; here each class gets
the one function that differs, and shares the others (docs/decisions/0012).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field, is_dataclass
from inspect import get_annotations
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

__all__ = ["frozen"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """Make a class with annotated fields a frozen value.

    Its instances compare and hash by their fields, cannot be changed, and have no room for
    anything else. ``dataclasses.replace``, ``fields``, ``asdict`` and ``match`` work with it. A
    default stands in the class; ``__post_init__`` is called at the end. There is no ``field()``,
    no ordering and no class variable: such a class takes the standard decorator.
    """
    own = get_annotations(cls)
    defaults = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
    inherited = _inherited(cls)
    all_defaults = {**inherited, **dict.fromkeys(own, MISSING), **defaults}
    names = tuple(all_defaults)
    namespace = {
        name: kept
        for name, kept in cls.__dict__.items()
        if name not in own and name not in ("__dict__", "__weakref__")
    }
    namespace["__slots__"] = tuple(name for name in own if name not in inherited)
    namespace["__match_args__"] = names
    namespace["__qualname__"] = cls.__qualname__
    namespace["_value_defaults"] = all_defaults
    namespace["_value_types"] = {**getattr(cls, "_value_types", {}), **own}
    namespace["_value"] = _getter(names)
    namespace["__dataclass_fields__"] = _Fields()
    for shared in (__eq__, __hash__, __repr__, __setattr__, __delattr__, __getstate__):
        namespace.setdefault(shared.__name__, shared)
    # A class that defines equality and no hash would be given None for it.
    if namespace["__hash__"] is None:
        namespace["__hash__"] = __hash__
    namespace.setdefault("__setstate__", __setstate__)
    make: Any = type(cls)
    made: type[T] = make(cls.__name__, cls.__bases__, namespace)
    _initialise_with(made, _first(made, names, all_defaults))
    return made


def _initialise_with(made: Any, function: Callable[..., None]) -> None:
    made.__init__ = function


_FEW = 16


def _first(made: type, names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Sets the fields of the first few values one by one. A class of which there are more gets
    an initialiser of its own; of most that are loaded at the start there are few or none."""
    left = _FEW

    def __init__(self: Any, *given: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        values = dict(zip(names, given, strict=False))
        as_it_should = len(values) == len(given) and values.keys().isdisjoint(named)
        values = {**defaults, **values, **named}
        if len(values) > len(names) or any(value is MISSING for value in values.values()):
            as_it_should = False
        if left < 0 or not as_it_should:
            function = _initialiser(made, names, defaults)
            if left < 0:
                _initialise_with(made, function)
            function(self, *given, **named)  # and tells what is wrong with what was given
            return
        for name, value in values.items():
            getattr(made, name).__set__(self, value)
        if hasattr(made, "__post_init__"):
            self.__post_init__()

    return __init__


def _inherited(cls: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__[1:]):
        if is_dataclass(base) and "_value_defaults" not in base.__dict__:
            raise TypeError(f"{cls.__name__} is frozen; {base.__name__} is another kind of value")
        found.update(base.__dict__.get("_value_defaults", {}))
    return found


def _getter(names: tuple[str, ...]) -> Any:
    """All fields of a value at once, as something to compare and hash."""
    return attrgetter(*names) if names else staticmethod(_nothing)


def _nothing(_value: object) -> tuple[()]:
    return ()


def _initialiser(
    made: type, names: tuple[str, ...], defaults: dict[str, Any]
) -> Callable[..., None]:
    """The one function that each class needs of its own: straight into the slots."""
    given = ", ".join(
        name if defaults[name] is MISSING else f"{name}=_defaults[{name!r}]" for name in names
    )
    lines = [f" _set_{name}(self, {name})" for name in names]
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    source = f"def __init__(self{', ' if given else ''}{given}):\n" + "\n".join(lines or [" pass"])
    scope: dict[str, Any] = {f"_set_{name}": getattr(made, name).__set__ for name in names}
    scope["_defaults"] = defaults
    exec(source, scope)
    function: Callable[..., None] = scope["__init__"]
    function.__qualname__ = f"{made.__qualname__}.__init__"
    function.__module__ = made.__module__
    return function


class _Fields:
    """``__dataclass_fields__``, made when somebody asks: most classes are never asked."""

    def __get__(self, _one: object, owner: Any) -> dict[str, Field[Any]]:
        made: dict[str, Field[Any]] = {}
        for name, default in owner._value_defaults.items():
            one: Any = field() if default is MISSING else field(default=default)
            one.name = name
            one.type = owner._value_types[name]
            one._field_type = _FIELD
            made[name] = one
        owner.__dataclass_fields__ = made
        return made


def _field_kind() -> Any:
    """The mark by which the standard library knows a field from a class variable."""
    from dataclasses import dataclass

    @dataclass(init=False, repr=False, eq=False)  # functions that nobody calls
    class One:
        only: int

    return One.__dataclass_fields__["only"]._field_type  # type: ignore[attr-defined]  # not public


_FIELD = _field_kind()


def __eq__(self: Any, other: Any) -> Any:
    if other.__class__ is self.__class__:
        return self._value(self) == self._value(other)
    return NotImplemented


def __hash__(self: Any) -> int:
    return hash(self._value(self))


def __repr__(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({shown})"


def __setattr__(self: Any, name: str, _to: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def __getstate__(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def __setstate__(self: Any, state: list[Any]) -> None:
    for name, kept in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, kept)
