"""Type: the system's interface font, and a serif for reading."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

READING_FAMILIES = (
    "Noto Serif",
    "Source Serif 4",
    "Source Serif Pro",
    "Source Serif",
    "Charter",
    "Georgia",
    "Cambria",
    "DejaVu Serif",
    "Liberation Serif",
)
"""Serifs made for long reading, best first; the first that is installed is used."""


def reading_families() -> list[str]:
    """The reading families that are installed, best first; may be empty."""
    installed = set(QFontDatabase.families())
    return [family for family in READING_FAMILIES if family in installed]


def reading_font(pixels: int, family: str = "") -> QFont:
    """The font of the transcript at ``pixels`` height; ``family`` is the reader's own choice."""
    chosen = [family] if family else reading_families()[:1]
    font = QFont()
    if chosen:
        font.setFamilies([*chosen, *(f for f in READING_FAMILIES if f not in chosen)])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(pixels)
    return font


def with_tabular_figures(font: QFont) -> QFont:
    """A copy of ``font`` whose figures are all equally wide, where the font can do that."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


def heading_font(base: QFont, pixels: int) -> QFont:
    """Small capitals with letter spacing, for the heading of a section."""
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, pixels * 0.06)
    return font
