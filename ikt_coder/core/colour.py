"""The colours a code can have, and which one the next code gets.

Ten hues times three stripe patterns. The hues were chosen by maximising the smallest Oklab
distance between any two of them in ordinary sight, protanopia, deuteranopia and tritanopia,
while each keeps 3 : 1 against the paper and the panels it stands on; ``tests/core/test_colour``
measures all of that again. Grey is left out: coders are grey.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import product

from ikt_coder.core.words import Pattern

LIGHT_PAPER = "#ffffff"
DARK_PAPER = "#25282c"

PALETTE: dict[str, tuple[str, str]] = {
    "blue": ("#3050bb", "#506ec1"),
    "orange": ("#cf7701", "#fb9f44"),
    "teal": ("#075449", "#71e6ef"),
    "sky": ("#1d91c8", "#61a7d4"),
    "olive": ("#766f01", "#d4dd7b"),
    "pink": ("#99337d", "#d26b99"),
    "red": ("#d84350", "#cb4835"),
    "purple": ("#591988", "#947cf2"),
    "green": ("#2c865d", "#79cb98"),
    "brown": ("#6a3b06", "#b4925e"),
}
"""Name → (hex on light paper, hex on dark paper). The order is that in which new codes take
them: of all orders the one whose neighbours differ most, so that sisters in a tree do."""

_PARTS = 3.0  # WCAG 2.2, 1.4.11: parts of the interface that carry meaning
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 50


def is_colour(value: str) -> bool:
    """True for a palette name or ``#rrggbb``, the two forms a code's colour can have."""
    return value in PALETTE or _HEX.fullmatch(value) is not None


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of ``#rrggbb``, each 0 to 255. Raises ValueError for other text."""
    if _HEX.fullmatch(colour) is None:
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 (black) to 1 (white), as WCAG 2.2 defines it.

    Each sRGB channel *c* in 0..1 is made linear, ``c / 12.92`` up to 0.04045 and
    ``((c + 0.055) / 1.055) ** 2.4`` above; then ``0.2126 R + 0.7152 G + 0.0722 B``.
    """
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def blend(over: str, under: str, share: float) -> str:
    """``share`` (0 to 1) of one ``#rrggbb`` colour over another, channel by channel."""
    mixed = (
        round(a * share + b * (1 - share))
        for a, b in zip(channels(over), channels(under), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def shade(colour: str, dark: bool) -> str:
    """The ``#rrggbb`` to paint a code's colour with on light or dark paper.

    A palette name gives its variant. A colour of the person's own is painted as it is where it
    keeps 3 : 1 against the paper, else moved just far enough towards black or white. Raises
    ValueError for anything else.
    """
    if colour in PALETTE:
        return PALETTE[colour][dark]
    paper, end = (DARK_PAPER, "#ffffff") if dark else (LIGHT_PAPER, "#000000")
    channels(colour)
    moved = (blend(end, colour, step / _STEPS) for step in range(_STEPS + 1))
    return next(found for found in moved if contrast(found, paper) >= _PARTS)


class UsedColours:
    """The colours that codes have, in the order in which they were given, and the next one."""

    def __init__(self, used: Sequence[tuple[str, Pattern]] = ()) -> None:
        self._pairs = Counter(pair for pair in used if pair[0] in PALETTE)
        self._hues = Counter(name for name, _ in used if name in PALETTE)
        self._neighbour = used[-1][0] if used else None

    def add(self, colour: str, pattern: Pattern) -> None:
        """One more code has this colour, a palette name or ``#rrggbb``."""
        if colour in PALETTE:
            self._pairs[colour, pattern] += 1
            self._hues[colour] += 1
        self._neighbour = colour

    def next(self) -> tuple[str, Pattern]:
        """A palette name and a pattern for the next code.

        Never the hue of the last one used; of the rest the pair used least, solid before dashed
        before dotted, then the hue used least, then the palette's order. Colours that are not
        in the palette are passed over.
        """
        patterns, names = list(Pattern), list(PALETTE)

        def rank(pair: tuple[str, Pattern]) -> tuple[int, int, int, int]:
            name, pattern = pair
            return (
                self._pairs[pair],
                patterns.index(pattern),
                self._hues[name],
                names.index(name),
            )

        free = (pair for pair in product(names, patterns) if pair[0] != self._neighbour)
        return min(free, key=rank)


def next_colour(used: Sequence[tuple[str, Pattern]]) -> tuple[str, Pattern]:
    """A palette name and a pattern for the code after ``used`` (in the order of the tree);
    see ``UsedColours.next``."""
    return UsedColours(used).next()
