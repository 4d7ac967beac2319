"""Frozen values do what frozen dataclasses with slots do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, fields, is_dataclass, replace
from typing import Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.frozen import frozen

T = TypeVar("T")


@frozen
class Passage:
    """Where words stand."""

    document: str
    start: int
    end: int = 0
    codes: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Same:
    document: str
    start: int
    end: int = 0
    codes: tuple[str, ...] = ()


@frozen
class Quoted(Passage):
    page: int = 1


@frozen
class Held(Generic[T]):
    held: T


@frozen
class Number(Held[int]):
    unit: str = "characters"


@frozen
class Checked:
    start: int

    def __post_init__(self) -> None:
        if self.start < 0:
            raise ValueError("before the text")


@frozen
class Nothing:
    pass


FIELDS = st.tuples(st.text(), st.integers(), st.integers(), st.tuples(st.text()))


@given(FIELDS, FIELDS)
def test_values_compare_hash_and_print_as_dataclasses_do(
    one: tuple[str, int, int, tuple[str]], other: tuple[str, int, int, tuple[str]]
) -> None:
    mine, mine_too, its, its_too = Passage(*one), Passage(*other), Same(*one), Same(*other)
    assert (mine == mine_too) == (its == its_too)
    assert hash(mine) == hash(its)
    assert repr(mine) == repr(its).replace("Same", "Passage")
    assert asdict(mine) == asdict(its)
    assert replace(mine, start=7) == Passage(one[0], 7, one[2], one[3])
    for again in (copy.copy(mine), copy.deepcopy(mine), pickle.loads(pickle.dumps(mine))):
        assert again == mine
        assert again is not mine or again is mine  # a copy may be the value itself


def test_values_of_two_classes_are_never_equal() -> None:
    assert Passage("P01", 1) != Same("P01", 1)
    assert Passage("P01", 1) != Quoted("P01", 1)


def test_a_value_cannot_be_changed_and_has_no_room_for_more() -> None:
    passage = Passage("P01", 3, 9)
    with pytest.raises(FrozenInstanceError):
        passage.start = 4  # type: ignore[misc]  # that is the point
    with pytest.raises(FrozenInstanceError):
        del passage.start  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        passage.note = ""  # type: ignore[attr-defined]
    assert not hasattr(passage, "__dict__")
    assert passage.length == 6


def test_what_is_missing_or_too_much_is_refused() -> None:
    with pytest.raises(TypeError, match="start"):
        Passage("P01")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Passage("P01", 1, 2, (), "more")  # type: ignore[call-arg]


def test_a_value_of_a_value_adds_fields() -> None:
    quoted = Quoted("P01", 3, page=12)
    assert (quoted.document, quoted.start, quoted.end, quoted.page) == ("P01", 3, 0, 12)
    assert [field.name for field in fields(Quoted)] == ["document", "start", "end", "codes", "page"]
    assert quoted.length == -3


def test_generic_values() -> None:
    assert Number(3) == Number(3, "characters")
    assert Number(3).held == 3


def test_what_is_checked_after_making() -> None:
    with pytest.raises(ValueError, match="before the text"):
        Checked(-1)
    assert Checked(2).start == 2


def test_a_value_without_fields() -> None:
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(())
    assert repr(Nothing()) == "Nothing()"


def test_the_standard_library_knows_it() -> None:
    assert is_dataclass(Passage)
    match Passage("P01", 3):
        case Passage(document, start):
            assert (document, start) == ("P01", 3)
        case _:
            pytest.fail("it did not match")


def test_it_cannot_stand_on_another_kind_of_value() -> None:
    with pytest.raises(TypeError, match="another kind"):

        @frozen
        class Mixed(Same):
            page: int = 1


@given(st.lists(FIELDS, min_size=40, max_size=40))
def test_the_first_values_of_a_class_are_like_the_later_ones(
    values: list[tuple[str, int, int, tuple[str]]],
) -> None:
    @frozen
    class Place:
        document: str
        start: int
        end: int = 0
        codes: tuple[str, ...] = ()

    made = [Place(d, s, end=e, codes=c) for d, s, e, c in values]
    assert [(p.document, p.start, p.end, p.codes) for p in made] == values
    assert [Place(p.document, p.start) for p in made] == [replace(p, end=0, codes=()) for p in made]


@pytest.mark.parametrize("before", [0, 40])
def test_what_does_not_fit_is_refused_from_the_first_value_on(before: int) -> None:
    @frozen
    class Place:
        document: str
        start: int = 0

    made = [Place("P1", 3) for _ in range(before)]
    wrong: list[Any] = [
        Place,
        lambda: Place("P1", 1, 2),  # type: ignore[call-arg]  # what is tested
        lambda: Place("P1", document="P2"),  # type: ignore[misc]
        lambda: Place("P1", end=2),  # type: ignore[call-arg]
        lambda: Place(start=2),  # type: ignore[call-arg]
    ]
    for one in wrong:
        with pytest.raises(TypeError, match=r"Place\.__init__\(\)"):
            one()
    made.append(Place("P1", 3))
    assert set(made) == {Place(start=3, document="P1")}
