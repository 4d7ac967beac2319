"""The user's settings.

The preferences dialog is generated from ``DECLARED`` (skipping what is hidden), so a new
setting is one declaration in ``declared``. Nothing in a project depends on a setting.
"""

from __future__ import annotations

from ikt_coder.settings.declared import (
    APPEARANCE,
    DECLARED,
    INTERFACE_SIZE,
    KEY_MAP,
    LANGUAGE,
    LAST_CODERS,
    LINE_SPACING,
    MARGIN_NUMBERS,
    MEASURE,
    READ_FROM,
    READING_FONT,
    READING_SIZE,
    RECENT_PROJECTS,
    SELECT_THEN_CLICK,
    SINGLE_LETTER_KEYS,
    SPLITTERS,
    WINDOWS,
)
from ikt_coder.settings.kinds import (
    Choice,
    Font,
    Number,
    Option,
    Setting,
    SizesByName,
    Strings,
    StringsByName,
    Switch,
)
from ikt_coder.settings.store import (
    RECENT_PROJECTS_KEPT,
    Settings,
)

__all__ = [
    "APPEARANCE",
    "DECLARED",
    "INTERFACE_SIZE",
    "KEY_MAP",
    "LANGUAGE",
    "LAST_CODERS",
    "LINE_SPACING",
    "MARGIN_NUMBERS",
    "MEASURE",
    "READING_FONT",
    "READING_SIZE",
    "READ_FROM",
    "RECENT_PROJECTS",
    "RECENT_PROJECTS_KEPT",
    "SELECT_THEN_CLICK",
    "SINGLE_LETTER_KEYS",
    "SPLITTERS",
    "WINDOWS",
    "Choice",
    "Font",
    "Number",
    "Option",
    "Setting",
    "Settings",
    "SizesByName",
    "Strings",
    "StringsByName",
    "Switch",
]
