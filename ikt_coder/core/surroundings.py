"""What stands around a passage, in whole words."""

from __future__ import annotations

ELLIPSIS = "…"


def leading(text: str, most: int) -> str:
    """The end of ``text``, ``most`` code points at most, from the beginning of a word on; with an
    ellipsis where something is left out. Text without a space is cut within."""
    if len(text) <= most:
        return text
    words = text[len(text) - most :]
    # The code point before tells whether the cut fell between words.
    if not text[len(text) - most - 1].isspace() and not words[:1].isspace():
        parts = words.split(maxsplit=1)
        if len(parts) == 2 or (words and words[-1].isspace()):
            words = words[len(parts[0]) :]
    return f"{ELLIPSIS} {words.lstrip()}"


def trailing(text: str, most: int) -> str:
    """The beginning of ``text``, ``most`` code points at most, to the end of a word; with an
    ellipsis where something is left out. Text without a space is cut within."""
    if len(text) <= most:
        return text
    words = text[:most]
    if not text[most].isspace() and not words[-1:].isspace():
        parts = words.rsplit(maxsplit=1)
        if len(parts) == 2 or (words and words[0].isspace()):
            words = words[: len(words) - len(parts[-1])]
    return f"{words.rstrip()} {ELLIPSIS}"
