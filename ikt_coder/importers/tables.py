"""Tables in which a row is a turn: number, speaker, time and words in columns."""

from __future__ import annotations

from collections import Counter

from ikt_coder.core.transcript import TimeMark
from ikt_coder.importers.clock import stamp_at
from ikt_coder.importers.labels import plausible, read_head
from ikt_coder.importers.options import ImportOptions, Scheme
from ikt_coder.importers.protocol import RawText, Row
from ikt_coder.importers.reading import Draft, Reading
from ikt_coder.importers.spellings import fold

_HEADER = frozenset(
    (
        "speaker", "name", "who", "person", "sprecher", "sprecherin", "person", "text", "words",
        "utterance", "transcript", "time", "timecode", "zeit", "no", "nr", "number", "line",
        "turn", "#", "parlante", "hablante", "locuteur",
    )
)  # fmt: skip


def read_table(raw: RawText, options: ImportOptions) -> Reading | None:
    """Turns from the rows; None where the rows do not look like turns."""
    width = Counter(len(row.cells) for row in raw.rows).most_common(1)
    if not width or (len(raw.rows) < 3 and options.scheme is not Scheme.TABLE):
        return None
    columns = width[0][0]
    rows = [row for row in raw.rows if len(row.cells) == columns]
    cells = [[raw.text[cell.start : cell.end].strip() for cell in row.cells] for row in rows]
    sizes = [sum(len(row[column]) for row in cells) for column in range(columns)]
    named = [_is_beside_words(cells, column) for column in range(columns)]
    words = max(range(columns), key=lambda column: (not named[column], sizes[column]))
    forced = options.scheme is Scheme.TABLE
    if not forced and sum(sizes) < 0.4 * len(raw.text):
        return None
    who = _speaker_column(cells, words, forced=forced)
    if who is None:
        return None
    denied = {fold(label) for label, speaker in options.speakers.items() if speaker is None}
    reading = Reading(Scheme.TABLE, raw.text, confidence=0.8)
    last: str | None = None
    for at, (row, content) in enumerate(zip(rows, cells, strict=True)):
        if at == 0 and _is_header(content):
            continue
        label, ms = _split(content[who])
        for column, cell in enumerate(content):
            if column not in (who, words) and ms is None:
                ms = _time(cell)
        if label and fold(label) not in denied:
            last = reading.votes.spelling.setdefault(fold(label), label)
            reading.votes.counts[fold(label)] += 1
            reading.votes.accepted.add(fold(label))
        elif not content[words]:
            continue
        _add(reading, raw, row, words, last, ms)
    reading.shown = last or ""
    return reading if reading.turns else None


def _add(
    reading: Reading, raw: RawText, row: Row, words: int, speaker: str | None, ms: int | None
) -> None:
    first, last = row.span.start, row.cells[words].end  # columns behind are remarks
    text = raw.text[first:last]
    start = first + len(text) - len(text.lstrip())
    end = first + len(text.rstrip())
    if end <= start:
        return
    reading.turns.append(Draft(start, end, row.cells[words].start, speaker, ms))
    if ms is not None:
        reading.marks.append(TimeMark(start, ms))


def _is_beside_words(cells: list[list[str]], column: int) -> bool:
    """Whether most cells of a column are a time or a number, or a name that comes again:
    then it is not the column of the words."""
    filled = [row[column] for row in cells if row[column]]
    counted = sum(cell.rstrip(".").isdigit() or _is_time(cell) for cell in filled)
    if counted >= 0.6 * len(filled):
        return True
    labels = [fold(label) for cell in filled if (label := _split(cell)[0])]
    return len(labels) >= 0.6 * max(1, len(filled)) and len(labels) >= 1.3 * len(set(labels))


def _speaker_column(cells: list[list[str]], words: int, *, forced: bool) -> int | None:
    """The column of short, repeated names."""
    best: tuple[float, int] | None = None
    for column in range(len(cells[0])):
        if column == words:
            continue
        found = [_split(row[column])[0] for row in cells if row[column]]
        labels = [label for label in found if label and plausible(label)]
        if not labels or len(labels) < 0.4 * len(cells):
            continue
        repeated = len(labels) / len(set(map(fold, labels)))
        if (repeated >= 1.3 or forced) and (best is None or repeated > best[0]):
            best = (repeated, column)
    return None if best is None else best[1]


def _split(cell: str) -> tuple[str | None, int | None]:
    """The name and the time in a cell that should hold a name."""
    one_line = " ".join(cell.split())
    head = read_head(one_line)
    if head is not None and head.label is not None and head.words >= len(one_line):
        return head.label, head.time.ms if head.time is not None else None
    if head is not None and head.time_only:
        return None, head.time.ms if head.time is not None else None
    label = one_line.rstrip(":").strip()
    return (label if plausible(label) else None), None


def _time(cell: str) -> int | None:
    stamp = stamp_at(cell, 0)
    return stamp.ms if stamp is not None else None


def _is_time(cell: str) -> bool:
    stamp = stamp_at(cell, 0)
    return stamp is not None and stamp.end >= len(cell)


def _is_header(content: list[str]) -> bool:
    return any(cell.casefold().strip(" :.") in _HEADER for cell in content) and all(
        len(cell.split()) <= 3 for cell in content
    )
