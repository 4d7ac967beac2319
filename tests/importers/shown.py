"""A transcript written down so that a test can be read as a document."""

from __future__ import annotations

from ikt_coder.core.transcript import Transcript


def turns(transcript: Transcript) -> list[tuple[str | None, int | None, str]]:
    """Speaker, time in seconds (or ms where not whole) and spoken words of each turn."""
    return [
        (
            turn.speaker,
            turn.start_ms,
            transcript.text[
                turn.label_end if turn.label_end is not None else turn.span.start : turn.span.end
            ],
        )
        for turn in transcript.turns
    ]
