"""Text made fit for files: what no document format can hold is left out."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# XML 1.0 forbids the C0 controls and the two noncharacters at the end of the first plane;
# HTML counts the C1 controls and DEL as errors. None of them has a shape on paper.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text as every format can hold it.

    Line ends of any kind become ``\\n``, control characters other than tab are dropped,
    half characters (lone surrogates) become U+FFFD. Everything else stays as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _UNPRINTABLE.sub("", text)
    return _LONE_SURROGATE.sub("\ufffd", text)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is Arabic, Hebrew or the like."""
    if text.isascii():
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False
