"""What the transcript looks like now: inks, fonts and measures, taken once per change."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from ikt_coder.core.colour import is_colour, shade
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Valence
from ikt_coder.settings import (
    LINE_SPACING,
    MARGIN_NUMBERS,
    MEASURE,
    READING_FONT,
    READING_SIZE,
    Settings,
)
from ikt_coder.ui.appearance.style import Appearance, FontRole

_SAMPLE = "The quick reader saw how partners weigh what they hear, and why it matters to them. "
_BESIDE = 0.92
TINT = 0.15
TINT_CAP = 0.45


@frozen
class Look:
    """Colours by role, fonts and pixel measures of one state of appearance and settings."""

    dark: bool
    ink: QColor
    dim: QColor
    faint: QColor
    paper: QColor
    rule: QColor
    accent: QColor
    selection: QColor
    reading: QFont
    label: QFont
    small: QFont
    small_strong: QFont
    sign: QFont
    reading_px: int
    line_px: int
    measure_px: int
    numbers: str
    scale: float
    valence: dict[Valence, QColor]

    def px(self, pixels: float) -> int:
        return round(pixels * self.scale)

    def lighter(self, colour: QColor) -> QColor:
        """A colour half way to the paper: what is there to be read, not to be changed."""
        paper = self.paper
        return QColor(
            (colour.red() + paper.red()) // 2,
            (colour.green() + paper.green()) // 2,
            (colour.blue() + paper.blue()) // 2,
        )

    def code_colour(self, colour: str) -> QColor:
        return _code_colour(colour, self.dark)


def look_of(appearance: Appearance, settings: Settings) -> Look:
    pixels: float = settings.get(READING_SIZE)
    size = round(pixels)
    reading = appearance.reading_font(size, settings.get(READING_FONT))
    per_character = QFontMetricsF(reading).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    # What stands beside the text never outgrows it: two lines must fit beside one turn.
    beside = round(size * _BESIDE)
    small = _at_most(appearance.font(FontRole.SMALL), beside)
    strong = _at_most(appearance.font(FontRole.SMALL), beside)
    strong.setWeight(QFont.Weight.DemiBold)
    sign = _at_most(appearance.font(FontRole.STRONG), beside)
    return Look(
        dark=appearance.is_dark,
        ink=appearance.colour("ink"),
        dim=appearance.colour("dim"),
        faint=appearance.colour("disabled"),
        paper=appearance.colour("paper"),
        rule=appearance.colour("rule"),
        accent=appearance.colour("accent"),
        selection=appearance.colour("selection"),
        reading=reading,
        label=strong,
        small=small,
        small_strong=strong,
        sign=sign,
        reading_px=size,
        line_px=round(size * settings.get(LINE_SPACING)),
        measure_px=round(per_character * settings.get(MEASURE)),
        numbers=settings.get(MARGIN_NUMBERS),
        scale=appearance.text_size / 100,
        valence={valence: appearance.colour(valence.value) for valence in Valence},
    )


def _at_most(font: QFont, pixels: int) -> QFont:
    if font.pixelSize() > pixels:
        font.setPixelSize(pixels)
    return font


@lru_cache(maxsize=512)
def _code_colour(colour: str, dark: bool) -> QColor:
    # A colour this version does not know is shown, not refused: the text must stay readable.
    return QColor(shade(colour if is_colour(colour) else "blue", dark))
