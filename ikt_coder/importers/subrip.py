"""SubRip (.srt)."""

from __future__ import annotations

from ikt_coder.importers.cues import as_raw, parse_blocks
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.protocol import RawText
from ikt_coder.importers.webvtt import finished


def read(data: bytes, name: str) -> RawText:
    """The cues of a SubRip file. Raises UnreadableFile where there is none."""
    text, notices = decode(data, name)
    cues, unread = parse_blocks(text, name, blank_ends=False)
    return as_raw(*finished(cues, unread, notices))
