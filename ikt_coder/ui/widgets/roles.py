"""Item roles that the row delegate draws; models of lists and trees answer them."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt


class ItemRole(IntEnum):
    """What a row shows beside its name (``Qt.DisplayRole``)."""

    COLOUR = Qt.ItemDataRole.UserRole + 1
    """A code's stored colour (palette name or ``#rrggbb``) or a ``QColor``, drawn as a dot."""
    PATTERN = Qt.ItemDataRole.UserRole + 2
    """``core.words.Pattern`` or its value: the dot's second sign."""
    COUNT = Qt.ItemDataRole.UserRole + 3
    """A number or a few words at the right edge."""
    BADGE = Qt.ItemDataRole.UserRole + 4
    """The key that acts on the row, drawn as a keycap before the count."""
    DIM = Qt.ItemDataRole.UserRole + 5
    """True for groups and rows that stand back."""
    SUBTITLE = Qt.ItemDataRole.UserRole + 6
    """A second, smaller, dimmed text under the name."""
    STRONG = Qt.ItemDataRole.UserRole + 7
    """True for a name in semibold."""
    MATCH = Qt.ItemDataRole.UserRole + 8
    """Sequence of half-open ``(start, end)`` in UTF-16 units of the name, drawn bold."""
    SIGN = Qt.ItemDataRole.UserRole + 9
    """A sign drawn in its own column before the name, such as a valence sign."""
    SIGN_COLOUR = Qt.ItemDataRole.UserRole + 10
    """The token role (such as ``barrier``) or ``QColor`` of the sign."""
    KEY = Qt.ItemDataRole.UserRole + 20
    """The row's key in the project, for the view; never drawn."""
    KIND = Qt.ItemDataRole.UserRole + 21
    """What kind of thing the row is, for the view; never drawn."""


ColourRole = ItemRole.COLOUR
PatternRole = ItemRole.PATTERN
CountRole = ItemRole.COUNT
BadgeRole = ItemRole.BADGE
DimRole = ItemRole.DIM
SubtitleRole = ItemRole.SUBTITLE
StrongRole = ItemRole.STRONG
MatchRole = ItemRole.MATCH
SignRole = ItemRole.SIGN
SignColourRole = ItemRole.SIGN_COLOUR
KeyRole = ItemRole.KEY
KindRole = ItemRole.KIND
