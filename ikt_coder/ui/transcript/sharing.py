"""How the width is shared: the measure first, then names, then speakers."""

from __future__ import annotations

from ikt_coder.ui.transcript.look import Look
from ikt_coder.ui.transcript.page import SIDE

_NARROWEST_GUTTER = 64
_USUAL_GUTTER = 124
_STRIPES = (84, 212, 236, 340)
_LEAST_TEXT = 300
_LEAST_MEASURE = 0.84
"""A measure of 72 characters may give way to 60 before names have to be cut."""


def share_width(room: int, look: Look, gutter: int) -> tuple[int, int, int]:
    """Pixels for the gutter, the text and the stripes; together they are ``room``.

    ``gutter`` is what the speakers' names would like.
    """
    narrow, left = look.px(_NARROWEST_GUTTER), gutter
    least, enough, right, most = (look.px(value) for value in _STRIPES)
    text = look.measure_px + 2 * SIDE

    def spare() -> int:
        return room - left - text - right

    if spare() < 0:
        right = max(enough, right + spare())
    if spare() < 0:
        text = max(round(look.measure_px * _LEAST_MEASURE), text + spare())
    if spare() < 0:
        left = max(min(left, look.px(_USUAL_GUTTER)), left + spare())
    if spare() < 0:
        right = max(least, right + spare())
    if spare() < 0:
        left = max(narrow, left + spare())
    if spare() < 0:
        text = max(min(_LEAST_TEXT, room - left), text + spare())
    if spare() > 0:
        right += min(most - right, spare() // 2)
        left += spare() // 2
    return left, text, max(0, room - left - text)
