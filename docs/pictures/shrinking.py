"""Makes a picture of the window small: 256 colours, the commonest kept exactly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtGui import QImage

COLOURS = 256
ALIKE = 3 * 12**2
"""Squared distance, over red, green and blue, below which two colours are one to the eye."""


def shrink(file: Path) -> None:
    """Write the PNG ``file`` again with at most 256 colours.

    A window has few colours and many in-between ones at the edges of letters; those take the
    nearest of the common ones, so that no ground or line changes.
    """
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I")
    common = _common(Counter(pixels))
    place = {colour: at for at, colour in enumerate(common)}
    for colour in set(pixels) - place.keys():
        place[colour] = min(range(len(common)), key=lambda at: _distance(common[at], colour))
    width, height = image.width(), image.height()
    data = bytes(map(place.__getitem__, pixels))
    small = QImage(data, width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable(common)
    small.copy().save(str(file), "PNG", 0)


def _common(counts: Counter[int]) -> list[int]:
    """The commonest colours that differ, so that a few dots of a code keep theirs; then the
    commonest of the others."""
    ordered = [colour for colour, _ in counts.most_common()]
    chosen: list[int] = []
    for colour in ordered:
        if len(chosen) == COLOURS * 3 // 4:
            break
        if all(_distance(colour, other) > ALIKE for other in chosen):
            chosen.append(colour)
    others = [colour for colour in ordered if colour not in set(chosen)]
    return chosen + others[: COLOURS - len(chosen)]


def _distance(one: int, other: int) -> int:
    return sum((((one >> by) & 255) - ((other >> by) & 255)) ** 2 for by in (0, 8, 16))
