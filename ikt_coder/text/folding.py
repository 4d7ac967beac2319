"""Letters folded together for comparing, one sign for one sign, so that no position moves."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Signs that hold no place of their own in a word: marks on a letter, soft hyphens, joints that
# are not seen. A search passes over them.
_UNSEEN_RANGES: Final = (
    "\u00ad",
    "\u0300-\u036f",
    "\u0483-\u0487",
    "\u0591-\u05bd",
    "\u064b-\u0652",
    "\u1ab0-\u1aff",
    "\u1dc0-\u1dff",
    "\u200b-\u200c",
    "\u2060",
    "\u20d0-\u20ff",
    "\ufe00-\ufe0f",
    "\ufe20-\ufe2f",
    "\ufeff",
)
UNSEEN_CLASS: Final = "".join(_UNSEEN_RANGES)
"""What stands between the brackets of a pattern for one of them."""
_UNSEEN: Final = re.compile(f"[{UNSEEN_CLASS}]")
_JOINTS: Final = frozenset("\u00ad\u200b\u200c\u2060\ufeff")
_APOSTROPHES: Final = "\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\uff07`"
_QUOTES: Final = "\u201c\u201d\u201e\u201f\u2033\uff02"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_TYPED: Final = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_HYPHENS, "-"),
    "ς": "σ",
}
_TYPING: Final = str.maketrans(_TYPED)
# Those of ASCII that are folded although ``lower`` leaves them.
_PLAIN_SPACES: Final = "\n\t\r\x0b\x0c\x1c\x1d\x1e\x1f"


def folded(text: str) -> str:
    """A text of the same length in which case and accents are gone, kinds of apostrophe,
    quotation mark and hyphen are one, and every white space is a space.

    Letters that only several letters could stand for stay: ß, œ.
    """
    low = text.lower()
    if len(low) != len(text):  # a capital whose small form is longer: İ
        low = "".join(map(_lowered, text))
    if low.isascii():
        for sign in _PLAIN_SPACES:
            if sign in low:
                low = low.replace(sign, " ")
        return low.replace("`", "'") if "`" in low else low
    for sign in set(low):
        plain = _folded(sign)
        if plain != sign:
            low = low.replace(sign, plain)
    return low


def has_unseen(text: str) -> bool:
    """Whether signs stand in it that a search passes over."""
    return not text.isascii() and _UNSEEN.search(text) is not None


def without_unseen(text: str) -> str:
    return _UNSEEN.sub("", text)


def comparable(text: str, *, case: bool, accents: bool) -> str:
    """The form in which two pieces of text are equal to a person for whom case and accents
    matter or not. Its positions mean nothing."""
    if accents:
        text = unicodedata.normalize("NFC", text)
    else:
        text = "".join(
            sign
            for sign in unicodedata.normalize("NFD", text)
            if unicodedata.category(sign) != "Mn"
        )
        text = unicodedata.normalize("NFC", text)
    # The marks that are left belong to their letters; what is not seen goes.
    text = "".join(sign for sign in text if sign not in _JOINTS)
    text = " ".join(text.translate(_TYPING).split())
    return text if case else text.lower()


def _lowered(sign: str) -> str:
    low = sign.lower()
    return low if len(low) == 1 else low[0]


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    if sign.isspace():
        return " "
    typed = _TYPED.get(sign)
    if typed is not None:
        return typed
    apart = unicodedata.normalize("NFD", sign)
    if len(apart) > 1 and all(unicodedata.category(mark) == "Mn" for mark in apart[1:]):
        return _folded(_lowered(apart[0]))
    return "'" if sign == "`" else sign
