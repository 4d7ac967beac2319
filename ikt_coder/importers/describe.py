"""The guess in plain words."""

from __future__ import annotations

from ikt_coder.core.transcript import Transcript
from ikt_coder.importers.options import Scheme
from ikt_coder.importers.reading import Reading

_LOOKS = {
    Scheme.BOLD: "bold",
    Scheme.ITALIC: "italic",
    Scheme.TAB: "set in with a tab",
    Scheme.ONE_SIDE: "named",
}


def describe(reading: Reading, transcript: Transcript) -> str:
    """One or two sentences on how the text tells who speaks and when."""
    return f"{_speakers(reading, transcript)} {_times(transcript)}"


def _speakers(reading: Reading, transcript: Transcript) -> str:
    turns = len(transcript.turns)
    scheme = reading.scheme
    if scheme in _LOOKS:
        return f"One side's paragraphs are {_LOOKS[scheme]}, the other's are not ({turns} turns)."
    if scheme is Scheme.TABLE:
        return f"Each row of a table is a turn ({turns} turns)."
    if scheme is Scheme.CUES:
        pieces = f"{len(transcript.times)} timed pieces joined to {turns} paragraphs"
        if transcript.speakers:
            return f"Timed captions that name who speaks: {pieces}."
        return f"Timed captions that name nobody: {pieces}."
    if scheme is Scheme.TIMES:
        return f"Paragraphs begin with a time, as “{reading.shown}”; nobody is named."
    if scheme is Scheme.NONE or not transcript.speakers:
        return "No speakers were found; the text stands as it is."
    return f"A name begins each turn, as “{reading.shown}” ({turns} turns)."


def _times(transcript: Transcript) -> str:
    if not transcript.timed:
        return "There are no times."
    last = max(
        [mark.ms for mark in transcript.times]
        + [turn.start_ms for turn in transcript.turns if turn.start_ms is not None]
    )
    seconds = last // 1000
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"Times run to {clock}."
