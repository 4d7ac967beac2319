"""Enumerations of many members, made as Python makes them in a fifth of the time.

Qt has 340 enumerations with 6,300 members in the classes that a window needs before it is painted,
and PySide6 makes each of them by calling ``enum.Enum`` (or ``Flag``, ``IntEnum``, ``IntFlag``)
with a name and its members. Python writes every member into the class, takes it out again, looks
through the bases and writes another one, and after each of these steps it has to find everything
in the class anew: a tenth of the start.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import KEEP, Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from typing import Any

_Create = Callable[..., Any]

_KINDS: tuple[EnumType, ...] = (Enum, Flag, IntEnum, IntFlag)
_TRIAL = [("NOTHING", 0), ("ONE", 1), ("FOUR", 4), ("FIVE", 5), ("FIRST", 1), ("TWO", 2)]
"""Members with all that can happen: no bit, several bits, a second name, out of order."""


def install() -> None:
    """From now on let enumerations as PySide6 wants them be made quickly, if this Python would
    make the same; all others are made by Python."""
    own: _Create = vars(EnumType)["_create_"]
    if own.__module__ == __name__ or not all(_same(own, kind) for kind in _KINDS):
        return

    def create(
        cls: EnumType,
        class_name: str,
        names: Any,
        *,
        module: str | None = None,
        qualname: str | None = None,
        type: Any = None,  # as Python calls it
        start: int = 1,
        boundary: FlagBoundary | None = None,
    ) -> Any:
        if module is None:
            # Whoever called the enumeration: Python would meet this function on its way there.
            module = _caller()
        ordinary = qualname is None and type is None and start == 1 and boundary is KEEP
        if ordinary and is_plain(cls, names):
            return quickly(own, cls, class_name, names, module)
        return own(
            cls,
            class_name,
            names,
            module=module,
            qualname=qualname,
            type=type,
            start=start,
            boundary=boundary,
        )

    EnumType._create_ = create  # type: ignore[attr-defined]  # the one place they all come by


def _caller() -> str | None:
    """The module that called the enumeration, as Python finds it."""
    try:
        return str(sys._getframe(3).f_globals["__name__"])
    except (ValueError, KeyError):  # there is none
        return None


def is_plain(cls: EnumType, names: Any) -> bool:
    """Whether the members are pairs of a name and a whole number, no name twice or with a
    meaning of its own in the class."""
    if cls not in _KINDS or names.__class__ is not list:
        return False
    for pair in names:
        if pair.__class__ is not tuple or len(pair) != 2:
            return False
        name, value = pair
        if name.__class__ is not str or value.__class__ is not int or name[:1] in ("", "_"):
            return False
    known = {name for name, _ in names}
    taken = any(not known.isdisjoint(vars(base)) for base in cls.__mro__)
    return len(known) == len(names) and not taken and "mro" not in known


def quickly(
    own: _Create, cls: EnumType, class_name: str, names: list[tuple[str, int]], module: str | None
) -> Any:
    """The enumeration that ``own``, Python's way, makes of members that ``is_plain``; it makes
    the class, and the members are added."""
    made = own(cls, class_name, (), module=module, boundary=KEEP)
    by_name, by_value, listed = made._member_map_, made._value2member_map_, made._member_names_
    whole, flag = issubclass(cls, int), issubclass(cls, Flag)
    mask = single = 0
    for name, value in names:
        one_bit = value != 0 and not value & (value - 1)
        mask |= value
        single |= value if one_bit else 0
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if whole else object.__new__(made)
            fields = member.__dict__
            fields["_value_"] = value
            fields["_name_"] = name
            fields["__objclass__"] = made
            fields["_sort_order_"] = len(listed)
            by_value[value] = member
            if one_bit or not flag:
                listed.append(name)
        type.__setattr__(made, name, member)  # an enumeration's own refuses members
        by_name[name] = member
    if flag:
        made._flag_mask_, made._singles_mask_ = mask, single
        made._all_bits_ = 2 ** mask.bit_length() - 1
        values = [by_name[name]._value_ for name in listed]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return made


def _same(own: _Create, kind: EnumType) -> bool:
    """Whether this Python makes of the trial what is made quickly."""
    theirs = own(kind, "Trial", _TRIAL, module=__name__, boundary=KEEP)
    return described(theirs) == described(quickly(own, kind, "Trial", _TRIAL, __name__))


def described(made: Any) -> list[object]:
    """Everything that an enumeration and its members hold, to be compared with another's."""
    members = made._member_map_.values()
    return [
        sorted((key, repr(held)) for key, held in vars(made).items()),
        list(made._member_map_),
        [sorted((key, repr(held)) for key, held in vars(one).items()) for one in members],
        [(type(one) is made, int(one) if isinstance(one, int) else None) for one in members],
    ]
