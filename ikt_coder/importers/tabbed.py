"""Tables of cues (.tsv), as Whisper writes them: start, end (milliseconds) and text."""

from __future__ import annotations

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.clock import cue_time
from ikt_coder.importers.cues import as_raw
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.protocol import Cue, RawText

_START = ("start", "start_ms", "begin", "from", "onset", "time")
_END = ("end", "end_ms", "stop", "to", "offset")
_TEXT = ("text", "utterance", "transcript", "words", "content", "segment")
_SPEAKER = ("speaker", "name", "who", "tier", "participant")


def read(data: bytes, name: str) -> RawText:
    """The rows of a table with a start and a text column, and an end and a speaker
    column if there are any. Raises UnreadableFile where the columns are missing."""
    text, notices = decode(data, name)
    lines = [line for line in text.split("\n") if line.strip()]
    header = [cell.strip().lower() for cell in lines[0].split("\t")]
    start, words = _column(header, _START), _column(header, _TEXT)
    if start is None or words is None:
        raise UnreadableFile(
            f"“{name}” is a table without a column for the time and one for the text; "
            "nothing was imported.",
            "Name its columns start, end, speaker and text, or save it as .txt.",
        )
    end, speaker = _column(header, _END), _column(header, _SPEAKER)
    cues: list[Cue] = []
    unread = 0
    rows = [line.split("\t", len(header) - 1) for line in lines[1:]]
    whole = all(_cell(row, start).strip().isdigit() for row in rows)  # else seconds
    for cells in rows:
        begins = _time(_cell(cells, start), whole=whole)
        spoken = _cell(cells, words).strip()
        if begins is None:
            unread += 1
        elif spoken:
            ends = _time(_cell(cells, end), whole=whole) if end is not None else None
            who = _cell(cells, speaker).strip() if speaker is not None else ""
            cues.append(Cue(begins, max(begins, ends or begins), spoken, who or None))
    if not cues:
        raise UnreadableFile(f"“{name}” holds no timed lines; nothing was imported.")
    said = [*notices, *([f"{unread} rows without a time were left out."] if unread else [])]
    return as_raw(cues, said)


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _cell(cells: list[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _time(cell: str, *, whole: bool) -> int | None:
    """A clock time, or milliseconds where the column is ``whole`` numbers, or seconds."""
    cell = cell.strip()
    if ":" in cell:
        return cue_time(cell)
    try:
        number = float(cell)
    except ValueError:
        return None
    if not 0 <= number < 1e10:
        return None
    return round(number if whole else number * 1000)
