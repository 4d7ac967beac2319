"""Identities sort by time and never repeat."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import given

from ikt_coder.core.ids import derived_id, derived_keys, new_id


def test_ids_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(key.version, key.variant) for key in made} == {(7, "specified in RFC 4122")}


def test_threads_never_get_the_same_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [
            key
            for some in pool.map(lambda _: [new_id() for _ in range(500)], range(16))
            for key in some
        ]
    assert len(set(made)) == len(made)


def test_a_pairing_has_one_id_everywhere() -> None:
    a, b = UUID(int=1), UUID(int=2)
    assert derived_id(a, b) == derived_id(a, b)
    assert derived_id(a, b) != derived_id(b, a)
    assert derived_id("ab", "c") != derived_id("a", "bc")
    assert (derived_id(a, b).version, derived_id(a, b).variant) == (8, "specified in RFC 4122")


def test_pairings_keep_the_ids_that_projects_hold() -> None:
    """They stand in files: another way to derive them would make each pair twice."""
    a, b = UUID(int=1), UUID(int=2)
    assert str(derived_id(a, b)) == "20e1dd1a-8d1e-886a-8b60-301da0511972"
    assert str(derived_id("checked", a, "é")) == "f66e403c-6ad9-8d30-98a6-20d644cf081c"


@given(st.uuids(), st.lists(st.uuids(), max_size=5))
def test_many_derived_keys_are_those_of_derived_ids(first: UUID, others: list[UUID]) -> None:
    assert derived_keys(first, others) == [derived_id(first, other).bytes for other in others]
