"""Plain text (.txt)."""

from __future__ import annotations

from ikt_coder.importers.encodings import decode
from ikt_coder.importers.protocol import RawText


def read(data: bytes, name: str) -> RawText:
    """The text as it stands. Raises UnreadableFile for what is not text."""
    text, notices = decode(data, name)
    return RawText(text, warnings=notices)
