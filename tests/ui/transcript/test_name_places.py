from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.ui.transcript.name_places import Wanted, place_names

WANTED = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 200), st.booleans()), max_size=30
).map(sorted)


@given(WANTED)
def test_names_never_overlap_and_never_rise(rows: list[tuple[int, int, bool]]) -> None:
    wanted = [Wanted(n, float(y), float(y + room)) for n, (y, room, _) in enumerate(rows)]
    placed, left_out = place_names(wanted, 16, lambda n: rows[n][2])
    assert sorted([p.key for p in placed] + left_out) == list(range(len(rows)))
    for one, two in pairwise(placed):
        assert two.y >= one.y + 16 * one.rows
    for place in placed:
        assert wanted[place.key].y <= place.y <= wanted[place.key].lowest


def test_a_long_name_takes_a_second_line_only_where_it_pushes_nobody() -> None:
    near = [Wanted("a", 0, 50), Wanted("b", 16, 66)]
    far = [Wanted("a", 0, 50), Wanted("b", 40, 90)]
    assert place_names(near, 16, lambda _: True)[0][0].rows == 1
    assert place_names(far, 16, lambda _: True)[0][0].rows == 2


def test_a_name_without_room_beside_its_stripe_is_left_to_the_hover() -> None:
    placed, left_out = place_names([Wanted("a", 0, 10), Wanted("b", 0, 10)], 16)
    assert [p.key for p in placed] == ["a"]
    assert left_out == ["b"]
