"""The colours and distances of the window, light and dark.

Every view takes its colours from here by role, so that contrast can be computed once, over the
roles and the grounds they stand on (see ``STANDS_ON`` and ``PARTS_ON``).
"""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType

from ikt_coder.core.frozen import frozen


@frozen
class Tokens:
    """One palette; every field but ``dark`` is a colour written ``#rrggbb``."""

    dark: bool

    ink: str
    """Words to read."""
    dim: str
    """Words beside them: counts, times, the interviewer, placeholders."""
    disabled: str
    """Words of what cannot be used now."""
    rule: str
    """One-pixel lines."""
    field_edge: str
    """The edge of what can be typed into, and of boxes to tick."""
    ground: str
    """The warm ground under everything."""
    panel: str
    """Bars and side panels."""
    paper: str
    """The sheet the text lies on; fields; what floats."""
    hover: str
    """Under the pointer."""
    accent: str
    """What is chosen, links, focus."""
    on_accent: str
    """Words on the accent."""
    accent_ground: str
    """The ground of the chosen row."""
    selection: str
    """Selected text."""
    barrier: str
    facilitator: str
    mixed: str
    neutral: str
    danger: str
    """Words of what takes something away."""
    notice_ground: str
    """The ground of a message inside the window."""
    alarm_ground: str
    """The ground of a message that something failed."""
    shadow: str
    """The shadow of what floats."""

    @property
    def focus(self) -> str:
        """The outer two pixels of the focus ring."""
        return self.accent

    @property
    def focus_gap(self) -> str:
        """The inner pixel of the focus ring, which keeps it apart from an accent ground."""
        return self.paper

    def colours(self) -> dict[str, str]:
        """Every role by name."""
        named = {f.name: str(getattr(self, f.name)) for f in fields(self) if f.name != "dark"}
        return named | {"focus": self.focus, "focus_gap": self.focus_gap}


LIGHT = Tokens(
    dark=False,
    ink="#1f2328",
    dim="#5c636a",
    disabled="#92958f",
    rule="#e4e2dd",
    field_edge="#827f78",
    ground="#f6f5f2",
    panel="#fbfaf8",
    paper="#ffffff",
    hover="#f0eee9",
    accent="#0f6e6a",
    on_accent="#ffffff",
    accent_ground="#dff0ee",
    selection="#cfe6ff",
    barrier="#a33e24",
    facilitator="#1f6391",
    mixed="#5f5f5f",
    neutral="#5f5f5f",
    danger="#a33e24",
    notice_ground="#f8f1df",
    alarm_ground="#fae9e4",
    shadow="#1f2328",
)

DARK = Tokens(
    dark=True,
    ink="#e6e7e8",
    dim="#b4bac0",
    disabled="#7d838a",
    rule="#33373c",
    field_edge="#767c83",
    ground="#1b1d20",
    panel="#212428",
    paper="#25282c",
    hover="#2c3035",
    accent="#64c9c2",
    on_accent="#0f2423",
    accent_ground="#1f3a3a",
    selection="#2b4a6b",
    barrier="#f2a993",
    facilitator="#8cc0ea",
    mixed="#c4c4c4",
    neutral="#c4c4c4",
    danger="#f2a993",
    notice_ground="#37301f",
    alarm_ground="#3f2a24",
    shadow="#000000",
)

_SURFACES = ("ground", "panel", "paper", "hover", "accent_ground")
_MESSAGES = ("notice_ground", "alarm_ground")

STANDS_ON = MappingProxyType(
    {
        "ink": (*_SURFACES, "selection", *_MESSAGES),
        "dim": (*_SURFACES, "selection", *_MESSAGES),
        "accent": (*_SURFACES, *_MESSAGES),
        "on_accent": ("accent",),
        "barrier": _SURFACES,
        "facilitator": _SURFACES,
        "mixed": _SURFACES,
        "neutral": _SURFACES,
        "danger": (*_SURFACES, "alarm_ground"),
    }
)
"""Which words stand on which grounds: at least 4.5 : 1 each."""

PARTS_ON = MappingProxyType(
    {
        "field_edge": ("ground", "panel", "paper"),
        "focus": (*_SURFACES, *_MESSAGES),
        "focus_gap": ("accent",),
        "accent": ("selection", "rule"),
    }
)
"""Which parts (edges, rings, bars) stand on which grounds: at least 3 : 1 each."""


class Space:
    """Distances in device-independent pixels at 100 % text size, on a 4-pixel grid."""

    GRID = 4
    TIGHT = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    ROW = 28
    TARGET = 24
    FIELD = 32
    BAR = 44
    RADIUS = 7
    RADIUS_FLOAT = 8
    RING = 2
    RING_GAP = 1
    SELECTED_BAR = 3


class Size:
    """Type sizes in device-independent pixels at 100 % text size."""

    HEADING = 11
    SMALL = 12
    BODY = 13
    TITLE = 16
    FIGURE = 26
    READING = 16
    READING_LINE = 1.65
