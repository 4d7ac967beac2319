"""How much a file may hold, and what is said where it holds more."""

from __future__ import annotations

from ikt_coder.core.errors import UnreadableFile

MAX_CHARACTERS = 10_000_000
"""Longest text, in code points; a day of talk has about half a million."""

MAX_FILE_BYTES = 200_000_000
"""Largest file of any kind."""

MAX_UNPACKED_BYTES = 200_000_000
"""Largest sum of the parts unpacked from a zipped document."""

MAX_RATIO = 200
"""A part that unpacks to more than this many times its size, and to more than 10 MB,
is taken for a zip bomb."""


def refuse_long_text(name: str, characters: int) -> None:
    """Raise UnreadableFile where a text is longer than ``MAX_CHARACTERS``."""
    if characters > MAX_CHARACTERS:
        raise UnreadableFile(
            f"“{name}” holds more than {MAX_CHARACTERS:,} characters; nothing was imported.",
            "Cut it into one file per interview and import those.",
        )


def refuse_large_file(name: str, size: int, *, plain_text: bool) -> None:
    """Raise UnreadableFile before a file is decoded that cannot be short enough."""
    if plain_text:
        refuse_long_text(name, size // 4)  # a code point takes at most four bytes
    if size > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"“{name}” is larger than {MAX_FILE_BYTES // 1_000_000} MB; nothing was imported.",
            "Save it without pictures, or cut it into one file per interview.",
        )
