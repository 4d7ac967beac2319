"""The codebook's sentences: counts, directions and what was done, in words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.words import Flag, Origin, Pattern, Valence, WordPair
from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def bold(name: str) -> str:
    """A name for the status line."""
    return f"<b>{escape(name)}</b>"


def codings_in_words(count: int) -> str:
    return counted(count, translate("Codes", "1 coding"), translate("Codes", "{count} codings"))


def codes_in_words(count: int) -> str:
    return counted(count, translate("Codes", "1 code"), translate("Codes", "{count} codes"))


def passages_in_words(count: int) -> str:
    return counted(count, translate("Codes", "1 passage"), translate("Codes", "{count} passages"))


def valence_words(pair: WordPair) -> dict[Valence, str]:
    """The project's words for the directions, as the picker shows them."""
    words = {
        WordPair.BARRIERS_FACILITATORS: (
            translate("Codes", "Barrier"),
            translate("Codes", "Facilitator"),
        ),
        WordPair.BARRIERS_ENABLERS: (
            translate("Codes", "Barrier"),
            translate("Codes", "Enabler"),
        ),
        WordPair.HINDERS_HELPS: (translate("Codes", "Hinders"), translate("Codes", "Helps")),
    }[pair]
    return {
        Valence.BARRIER: words[0],
        Valence.FACILITATOR: words[1],
        Valence.MIXED: translate("Codes", "Mixed"),
        Valence.NEUTRAL: translate("Codes", "Neutral"),
    }


def flag_words(flag: Flag) -> str:
    return {
        Flag.UNSURE: translate("Codes", "Unsure"),
        Flag.STAR: translate("Codes", "★ Quotable"),
        Flag.PARAPHRASE_ONLY: translate("Codes", "Paraphrase only"),
        Flag.DO_NOT_QUOTE: translate("Codes", "Do not quote"),
    }[flag]


def origin_words(origin: Origin) -> str:
    return {
        Origin.HAND: translate("Codes", "by hand"),
        Origin.REPEAT: translate("Codes", "repeated"),
        Origin.SEARCH: translate("Codes", "from a search"),
        Origin.IMPORT: translate("Codes", "imported"),
        Origin.MERGE: translate("Codes", "from a merge"),
        Origin.SUGGESTION: translate("Codes", "from a suggestion"),
    }[origin]


def pattern_words(pattern: Pattern) -> str:
    return {
        Pattern.SOLID: translate("Codes", "Solid"),
        Pattern.DASHED: translate("Codes", "Dashed"),
        Pattern.DOTTED: translate("Codes", "Dotted"),
    }[pattern]


def colour_words(name: str) -> str:
    """The name of a palette colour."""
    return {
        "blue": translate("Codes", "Blue"),
        "orange": translate("Codes", "Orange"),
        "teal": translate("Codes", "Teal"),
        "sky": translate("Codes", "Sky blue"),
        "olive": translate("Codes", "Olive"),
        "pink": translate("Codes", "Pink"),
        "red": translate("Codes", "Red"),
        "purple": translate("Codes", "Purple"),
        "green": translate("Codes", "Green"),
        "brown": translate("Codes", "Brown"),
    }.get(name, name)


def shortened(text: str, most: int = 140) -> str:
    """One line of at most ``most`` code points, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"
