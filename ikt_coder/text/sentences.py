"""Where sentences begin and end, by rules that need no language pipeline.

The same rules everywhere: what *a sentence* is must not depend on what is installed, and the
speech of an interview, written down by hand, ends its sentences with signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ikt_coder.core.span import Span

# An end: its signs, then what closes around them, then white space or nothing more.
_END: Final = re.compile(
    r"(?P<signs>[.!?…]+)(?P<closing>[\"'”’»)\]]*)(?=\s|$)"
    r"|(?P<wide>[。！？]+[”’」』）]*)"
    r"|(?P<line>[^\S\n]*\n\s*)"
)
_SHORT: Final = frozenset(
    (
        "dr",
        "mr",
        "mrs",
        "ms",
        "m",
        "mme",
        "mlle",
        "prof",
        "st",
        "ste",
        "e.g",
        "i.e",
        "vs",
        "fig",
        "cf",
    )
)
_LAST_WORD: Final = re.compile(r"[\w.'’]*\Z")


def sentences(text: str, pieces: Iterable[Span]) -> list[Span]:
    """The sentences of some pieces of a text (the words of its turns), without the white
    space around them. None crosses from one piece into another."""
    found: list[Span] = []
    for piece in pieces:
        words = text[piece.start : piece.end]
        begun = 0
        for match in _END.finditer(words):
            if match.end() > begun and _ends(words, match):
                _add(found, words, begun, match.end(), piece.start)
                begun = match.end()
        _add(found, words, begun, len(words), piece.start)
    return found


def _ends(words: str, match: re.Match[str]) -> bool:
    after = words[match.end() : match.end() + 40].lstrip()[:1]
    if match["wide"]:
        return True
    if match["line"]:
        # A line that goes on with a small letter goes on with the sentence.
        return not after.islower()
    signs = match["signs"]
    if "!" in signs or "?" in signs:
        return not (match["closing"] and after.islower())
    if after.islower():
        return False
    if signs == ".":
        found = _LAST_WORD.search(words[max(0, match.start() - 20) : match.start()])
        last = found.group() if found else ""
        if last.lower() in _SHORT or (len(last) == 1 and last.isupper() and last != "I"):
            return not after
    return True


def _add(found: list[Span], words: str, start: int, end: int, at: int) -> None:
    piece = words[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if end > start:
        found.append(Span(at + start, at + end))
