"""Every setting of the program, declared as data."""

from __future__ import annotations

from typing import Any

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


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark ``text`` for the translators; the dialog translates it in ``context`` when shown.

    The name is the one Qt's tools look for; this module itself knows no Qt.
    """
    return text


LOOK = QT_TRANSLATE_NOOP("Settings", "Look")
READING = QT_TRANSLATE_NOOP("Settings", "Reading")
CODING = QT_TRANSLATE_NOOP("Settings", "Coding")

APPEARANCE = Choice(
    "look.appearance",
    "system",
    QT_TRANSLATE_NOOP("Settings", "Appearance"),
    QT_TRANSLATE_NOOP("Settings", "Light or dark, or as the system is set."),
    LOOK,
    options=(
        Option("system", QT_TRANSLATE_NOOP("Settings", "As the system")),
        Option("light", QT_TRANSLATE_NOOP("Settings", "Light")),
        Option("dark", QT_TRANSLATE_NOOP("Settings", "Dark")),
    ),
)
LANGUAGE = Choice(
    "look.language",
    "system",
    QT_TRANSLATE_NOOP("Settings", "Language"),
    QT_TRANSLATE_NOOP("Settings", "The language of the window; it changes at the next start."),
    LOOK,
    options=(
        Option("system", QT_TRANSLATE_NOOP("Settings", "As the system")),
        # A language is named in itself, so that its readers find it.
        Option("en", "English"),
        Option("fr", "Français"),
    ),
)
INTERFACE_SIZE = Number(
    "look.interface_size",
    13,
    QT_TRANSLATE_NOOP("Settings", "Interface text size"),
    QT_TRANSLATE_NOOP("Settings", "The size of text in lists, menus and buttons."),
    LOOK,
    lowest=10,
    highest=28,
    unit="px",
)
READING_FONT = Font(
    "reading.font",
    "",
    QT_TRANSLATE_NOOP("Settings", "Transcript font"),
    QT_TRANSLATE_NOOP("Settings", "The typeface of the transcript."),
    READING,
)
READING_SIZE = Number(
    "reading.size",
    17,
    QT_TRANSLATE_NOOP("Settings", "Reading text size"),
    QT_TRANSLATE_NOOP("Settings", "The size of the transcript's text."),
    READING,
    lowest=11,
    highest=40,
    unit="px",
)
LINE_SPACING = Number(
    "reading.line_spacing",
    1.65,
    QT_TRANSLATE_NOOP("Settings", "Line spacing"),
    QT_TRANSLATE_NOOP("Settings", "The height of a line, as a multiple of the text size."),
    READING,
    lowest=1.2,
    highest=2.6,
    step=0.05,
)
MEASURE = Number(
    "reading.measure",
    72,
    QT_TRANSLATE_NOOP("Settings", "Line length"),
    QT_TRANSLATE_NOOP("Settings", "The longest line of the transcript; 60 to 80 reads best."),
    READING,
    lowest=40,
    highest=120,
    unit=QT_TRANSLATE_NOOP("Settings", "characters"),
)
MARGIN_NUMBERS = Choice(
    "reading.margin_numbers",
    "turn",
    QT_TRANSLATE_NOOP("Settings", "Numbers in the margin"),
    QT_TRANSLATE_NOOP("Settings", "Lines or speaking turns numbered, for citing a place."),
    READING,
    options=(
        Option("none", QT_TRANSLATE_NOOP("Settings", "None")),
        Option("line", QT_TRANSLATE_NOOP("Settings", "Lines")),
        Option("turn", QT_TRANSLATE_NOOP("Settings", "Turns")),
    ),
)
SELECT_THEN_CLICK = Switch(
    "coding.select_then_click",
    True,
    QT_TRANSLATE_NOOP("Settings", "Select text, then click a code to apply it"),
    QT_TRANSLATE_NOOP("Settings", "Off: a click on a code only selects the code."),
    CODING,
)
SINGLE_LETTER_KEYS = Switch(
    "coding.single_letter_keys",
    True,
    QT_TRANSLATE_NOOP("Settings", "Single letters are commands"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "While the transcript has the focus. Off: each letter works after Ctrl+J.",
    ),
    CODING,
)
KEY_MAP = Choice(
    "coding.key_map",
    "standard",
    QT_TRANSLATE_NOOP("Settings", "You come from"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "The list of keys (?) opens at what that program calls each act, and what does it"
        " here. The keys stay the same.",
    ),
    CODING,
    options=(
        Option("standard", QT_TRANSLATE_NOOP("Settings", "No other program")),
        Option("nvivo", "NVivo"),
        Option("maxqda", "MAXQDA"),
        Option("atlasti", "ATLAS.ti"),
        Option("qualcoder", "QualCoder"),
    ),
)
RECENT_PROJECTS = Strings("projects.recent", ())
READ_FROM = Strings("files.read_from", ())
"""The folder a file was last read from; one or none."""
LAST_CODERS = StringsByName("projects.last_coder", {})
WINDOWS = StringsByName("windows.geometry", {})
SPLITTERS = SizesByName("windows.splitters", {})

DECLARED: tuple[Setting[Any], ...] = (
    APPEARANCE,
    LANGUAGE,
    INTERFACE_SIZE,
    READING_FONT,
    READING_SIZE,
    LINE_SPACING,
    MEASURE,
    MARGIN_NUMBERS,
    SELECT_THEN_CLICK,
    SINGLE_LETTER_KEYS,
    KEY_MAP,
    RECENT_PROJECTS,
    READ_FROM,
    LAST_CODERS,
    WINDOWS,
    SPLITTERS,
)
