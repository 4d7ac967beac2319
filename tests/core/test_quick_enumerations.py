"""Enumerations that are made quickly are those that Python makes."""

from __future__ import annotations

import subprocess
import sys
from enum import KEEP, Enum, EnumType, Flag, IntEnum, IntFlag
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.quick_enumerations import described, is_plain, quickly

OWN = vars(EnumType)["_create_"]
KINDS = st.sampled_from([Enum, Flag, IntEnum, IntFlag])
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
VALUES = st.one_of(
    st.integers(-3, 9), st.integers(-(2**31), 2**32), st.integers(0, 31).map(lambda n: 1 << n)
)

# Every enumeration of the modules of Qt that the program uses, one line each.
QT = """
import enum
from PySide6 import QtCore, QtGui, QtPrintSupport, QtSvg, QtWidgets

def told(one):
    members = one._member_map_.values()
    yield from (one.__module__, one.__qualname__, one.__mro__[1:], one._member_names_)
    for key, held in sorted(vars(one).items()):
        if key not in one._member_map_ and not callable(held) and not hasattr(held, "__get__"):
            yield key, repr(held)
    for member in members:
        yield repr(member), str(member), sorted(
            (key, held if isinstance(held, (int, str)) else held is one)
            for key, held in vars(member).items()
        )
    try:
        yield [one(n) for n in (0, 1, 5, 1 << 40)], list(one)
    except (ValueError, TypeError) as error:
        yield str(error)
    if issubclass(one, enum.Flag):
        few = list(members)[:5]
        yield [repr(a | b) for a in few for b in few], [repr(~a) for a in few]

def walk(holder, path, depth=0):
    for name in sorted(vars(holder)):
        held = getattr(holder, name, None)
        if isinstance(held, enum.EnumType):
            print(path, name, *told(held))
        elif isinstance(held, type) and held.__module__.startswith("PySide6") and depth < 3:
            walk(held, f"{path}.{name}", depth + 1)

for module in (QtCore, QtGui, QtPrintSupport, QtSvg, QtWidgets):
    for name in dir(module):
        getattr(module, name)  # PySide6 makes its classes when they are named
    walk(module, module.__name__)
"""
QUICK = "from ikt_coder.core import quick_enumerations; quick_enumerations.install()\n"


def said(source: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def theirs(kind: EnumType, names: Any) -> Any:
    return OWN(kind, "Made", names, module=__name__, boundary=KEEP)


def ours(kind: EnumType, names: Any) -> Any:
    return quickly(OWN, kind, "Made", names, __name__)


@given(KINDS, st.lists(st.tuples(NAMES, VALUES), max_size=12))
def test_whatever_the_members_are(kind: EnumType, names: list[tuple[str, int]]) -> None:
    if not is_plain(kind, names):
        return  # Python makes it; see below
    one, other = ours(kind, names), theirs(kind, names)
    assert described(one) == described(other)
    for name, value in names:
        assert one[name] is one(value)
        assert one[name].name == other[name].name
        assert repr(one[name]) == repr(other[name])
        assert one[name] in one
        assert hash(one[name]) == hash(other[name])
    assert [m.name for m in one] == [m.name for m in other]
    assert len(one) == len(other)
    if names and issubclass(kind, Flag):
        first, last = names[0][0], names[-1][0]
        assert repr(one[first] | one[last]) == repr(other[first] | other[last])
        assert repr(~one[first]) == repr(~other[first])
        assert repr(one(1 << 50)) == repr(other(1 << 50))


@pytest.mark.parametrize(
    "names",
    [
        "ONE TWO",
        ("ONE", "TWO"),
        {"ONE": 1},
        ["ONE", "TWO"],
        [("ONE", "one")],
        [("ONE", True)],
        [("ONE", 1.5)],
        [("ONE", 1), ("ONE", 2)],
        [("name", 1)],
        [("value", 1)],
        [("_ONE", 1)],
        [("__one__", 1)],
        [("mro", 1)],
        [("", 1)],
        [["ONE", 1]],
        [("ONE", 1, 2)],
    ],
)
def test_what_is_not_plain_is_left_to_python(names: Any) -> None:
    assert not is_plain(Enum, names)


def test_a_number_has_names_of_its_own() -> None:
    assert is_plain(Enum, [("real", 1)])
    assert not is_plain(IntEnum, [("real", 1)])

    class Other(Enum):
        pass

    assert not is_plain(Other, [("ONE", 1)])


def test_every_enumeration_of_qt_is_the_same() -> None:
    own, quick = said(QT), said(QUICK + QT)
    assert len(own) > 600
    assert quick == own


def test_all_others_are_made_by_python() -> None:
    source = """
from enum import KEEP, Enum, Flag
from ikt_coder.core import quick_enumerations
real, made = quick_enumerations.quickly, []
quick_enumerations.quickly = lambda *given: made.append(given[2]) or real(*given)
quick_enumerations.install()
made.clear()
print(Enum("Plain", [("ONE", 1)]).__module__, Enum("Text", "ONE TWO", boundary=KEEP).ONE.value)
print(Enum("Placed", [("ONE", 1)], boundary=KEEP, qualname="A.Placed").__qualname__)
print(made)
quick = Flag("Quick", [("ONE", 1)], boundary=KEEP)
print(made, quick.__module__, quick.__qualname__)
quick_enumerations.install()
print(len(made))
try:
    Enum("Twice", [("ONE", 1), ("ONE", 2)], boundary=KEEP)
except TypeError as error:
    print(error)
"""
    assert said(source) == [
        "__main__ 1",
        "A.Placed",
        "[]",
        "['Quick'] __main__ Quick",
        "1",
        "'ONE' already defined as 1",
    ]


def test_where_python_makes_more_of_them_nothing_is_installed() -> None:
    source = """
import enum
own = enum.EnumType._create_
def more(cls, class_name, names, **given):
    made = own(cls, class_name, names, **given)
    if names:
        made._kept_ = len(names)
    return made
more.__module__ = "enum"
enum.EnumType._create_ = more
from ikt_coder.core import quick_enumerations
quick_enumerations.install()
print(enum.EnumType._create_ is more)
"""
    assert said(source) == ["True"]
