"""How the width is shared: the measure first, then names, then speakers."""

from __future__ import annotations

from ikt_coder.ui.transcript.look import Look
from ikt_coder.ui.transcript.page import SIDE

_GUTTERS = (124, 96, 64)
_NAMES = (236, 212, 152, 56)
_WIDEST_NAMES = 340
_MEASURES = (0.84, 0.68)
"""A measure of 72 characters gives way to 60 before names are cut, to 49 before they go."""
_LEAST_TEXT = 300


def share_width(room: int, look: Look, gutter: int, least: int = 0) -> tuple[int, int, int]:
    """Pixels for the gutter, the text and the stripes; together they are ``room``.

    ``gutter`` is what the speakers' names would like; below ``least`` a word of them would
    be broken, which only happens where the text itself has no room to give.
    """
    text = look.measure_px + 2 * SIDE
    usual, lower, lowest = (min(gutter, look.px(width)) for width in _GUTTERS)
    usual, lower = max(usual, min(gutter, least)), max(lower, min(gutter, least))
    full, enough, some, none = (look.px(width) for width in _NAMES)
    widths = {"gutter": gutter, "text": text, "names": full}
    # Who gives way to what, in turn, until all have room.
    for part, least in (
        ("names", enough),
        ("text", round(look.measure_px * _MEASURES[0])),
        ("gutter", usual),
        ("names", some),
        ("gutter", lower),
        ("text", round(look.measure_px * _MEASURES[1])),
        ("names", none),
        ("text", _LEAST_TEXT),
        ("gutter", lowest),
    ):
        missing = sum(widths.values()) - room
        if missing > 0:
            widths[part] = min(widths[part], max(least, widths[part] - missing))
    spare = max(0, room - sum(widths.values()))
    names = min(max(0, look.px(_WIDEST_NAMES) - widths["names"]), spare // 2)
    left = widths["gutter"] + (spare - names) // 2
    return left, widths["text"], max(0, room - left - widths["text"])
