"""What floats never covers what it belongs to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from ikt_coder.ui.widgets.placement import place_beside

BOUNDS = QRect(0, 0, 1000, 700)


def rects() -> st.SearchStrategy[QRect]:
    return st.builds(
        QRect,
        st.integers(-50, 980),
        st.integers(-50, 690),
        st.integers(1, 900),
        st.integers(1, 640),
    )


def sizes() -> st.SearchStrategy[QSize]:
    return st.builds(QSize, st.integers(40, 1200), st.integers(40, 900))


@given(rects(), sizes())
def test_inside_the_bounds_and_off_the_rect(avoid: QRect, size: QSize) -> None:
    placed = place_beside(avoid, size, BOUNDS)
    assert BOUNDS.contains(placed)
    seen = avoid.intersected(BOUNDS)
    if seen.isEmpty():
        return
    free = max(seen.top(), 699 - seen.bottom(), seen.left(), 999 - seen.right())
    if free > 6:
        assert not placed.intersects(avoid)


def test_below_where_it_fits_then_above_then_beside() -> None:
    size = QSize(300, 200)
    assert place_beside(QRect(100, 100, 50, 20), size, BOUNDS) == QRect(100, 126, 300, 200)
    assert place_beside(QRect(100, 600, 50, 20), size, BOUNDS) == QRect(100, 394, 300, 200)
    tall = QSize(300, 600)
    assert place_beside(QRect(100, 200, 50, 300), tall, BOUNDS) == QRect(156, 100, 300, 600)


def test_cut_to_the_side_with_most_room() -> None:
    placed = place_beside(QRect(0, 300, 1000, 100), QSize(400, 500), BOUNDS)
    assert placed == QRect(0, 406, 400, 294)
