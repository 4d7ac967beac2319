"""WebVTT (.vtt), also as Zoom, Teams, Whisper and YouTube write it."""

from __future__ import annotations

from ikt_coder.importers.cues import as_raw, parse_blocks, without_rolling
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.protocol import Cue, RawText


def read(data: bytes, name: str) -> RawText:
    """The cues of a WebVTT file; unpadded times and times without hours are taken.

    Raises UnreadableFile where there is no cue.
    """
    text, notices = decode(data, name)
    cues, unread = parse_blocks(text, name, blank_ends=True)
    return as_raw(*finished(cues, unread, notices))


def finished(
    cues: list[Cue], unread: int, notices: tuple[str, ...]
) -> tuple[list[Cue], tuple[str, ...]]:
    """Rolling lines taken out, and what there is to say about it."""
    cues, rolled = without_rolling(cues)
    said = list(notices)
    if rolled:
        said.append("Lines that the captions show twice were taken once.")
    if unread:
        said.append(f"{unread} lines look like times but cannot be read and were left out.")
    return cues, tuple(said)
