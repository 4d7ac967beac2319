"""Ways of searching and units of coding in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.search import Mode, Unit
from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def mode_words(mode: Mode) -> str:
    return {
        Mode.PLAIN: translate("Search", "Letters"),
        Mode.WORD: translate("Search", "Whole words"),
        Mode.LEMMA: translate("Search", "Word forms"),
        Mode.REGEX: translate("Search", "Pattern"),
    }[mode]


def hint_words(mode: Mode) -> str:
    return {
        Mode.PLAIN: translate("Search", "“decid” finds decide, decided, undecided."),
        Mode.WORD: translate("Search", "“decide” finds decide, not decided."),
        Mode.LEMMA: translate("Search", "“decide” finds decide, decides, decided, deciding."),
        Mode.REGEX: translate(
            "Search", "A regular expression: “fund(ing|er)s?” finds funding, funder, funders."
        ),
    }[mode]


def unit_words(unit: Unit) -> str:
    return {
        Unit.HIT: translate("Search", "the words found"),
        Unit.SENTENCE: translate("Search", "their sentence"),
        Unit.TURN: translate("Search", "their turn"),
    }[unit]


def hits_in_words(count: int) -> str:
    return counted(count, translate("Search", "1 hit"), translate("Search", "{count} hits"))
