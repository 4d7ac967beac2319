"""Where spans were put, for those that a merge could not carry without loss.

An edge that lies within a mended place has no place of its own once another version of it
stands: it lies at the edge of that version then. So that a third version of the place finds it
where it was put, such a span keeps the position it had and the edits its text had then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ikt_coder.core.edit_sequences import EditMark, carry_edges, carry_points
from ikt_coder.core.frozen import frozen
from ikt_coder.services.merging.past_rows import Key, Row, rows_of
from ikt_coder.services.merging.table_rules import SPANS

if TYPE_CHECKING:
    from ikt_coder.services.merging.comparing import Comparison
    from ikt_coder.services.merging.texts import TextMerge


@frozen
class Origin:
    """A span over the text with the edits ``marks``; ``words``: where a turn's words begin."""

    start: int
    end: int
    words: int | None
    marks: tuple[EditMark, ...]

    def carried(self, target: Sequence[EditMark]) -> tuple[int, ...]:
        """Its columns (as in ``SPANS``) over the text with other edits."""
        ((start, end),) = carry_edges([(self.start, self.end)], self.marks, target)
        if self.words is None:
            return start, end
        (words,) = carry_points([self.words], self.marks, target)
        return start, end, min(max(words, start), end)


Origins = dict[tuple[str, Key], Origin]


def origin_of(row: Row, marks: Sequence[EditMark]) -> Origin:
    """A row as it lies in its text now."""
    return Origin(row["start"], row["end"], row.get("words_start"), tuple(marks))


def settle_origins(found: Comparison) -> None:
    """Find out where the spans of texts that change come from: ``text.origins`` are those to
    be carried from there, and what loses its place in this merge is kept with it."""
    out = found.outcome
    kept = out.open.origins
    kept |= found.our_open.origins
    for document, text in out.texts.items():
        if text.alignment is not None or not (text.changes_text or text.theirs != text.final):
            continue
        text.origins = dict(_here(found, document, text))
        for (table, key), origin in (*text.origins.items(), *_there(found, document, text)):
            moved = out.updates.get(table, {}).get(key, {})
            start, end, *_ = origin.carried(text.final)
            (back,) = carry_edges([(start, end)], text.final, origin.marks)
            if "start" in moved or back == (origin.start, origin.end):
                kept.pop((table, key), None)
            else:
                kept[table, key] = origin
        text.origins = {
            name: origin
            for name, origin in text.origins.items()
            if origin.marks != tuple(text.ours)
        }


def _rows(driver: sqlite3.Connection, document: Key) -> Iterator[tuple[str, list[Row]]]:
    for table in SPANS:
        rows = rows_of(driver, table, [document], "document_id").values()
        yield table, [row for row in rows if row["start"] is not None]


def _here(
    found: Comparison, document: Key, text: TextMerge
) -> Iterable[tuple[tuple[str, Key], Origin]]:
    was = found.our_texts.marks_before(document, found.our_edit_changes)
    for table, rows in _rows(found.ours, document):
        parted = found.at_parting(table, rows) if text.gone else {}
        for row in rows:
            name = table, row["id"]
            known = found.our_open.origins.get(name)
            if known is None and row["id"] in parted and parted[row["id"]]["start"] is not None:
                # From where it was when both knew it, if it only moved with the text since.
                old = origin_of(parted[row["id"]], was)
                if old.carried(text.ours)[:2] == (row["start"], row["end"]):
                    known = old
            yield name, known or origin_of(row, text.ours)


def _there(
    found: Comparison, document: Key, text: TextMerge
) -> Iterable[tuple[tuple[str, Key], Origin]]:
    for table in SPANS:
        for key, row in found.outcome.inserts[table].items():
            if row["document_id"] != document or row["start"] is None:
                continue
            known = found.their_open.origins.get((table, key))
            if known is None:
                there = rows_of(found.theirs, table, [key]).get(key)
                if there is None:
                    continue
                known = origin_of(there, text.theirs)
            yield (table, key), known


def stored_origins(origins: Origins) -> dict[str, list[object]]:
    """Origins by table, each state of a text written once; ids and numbers only."""
    states: dict[tuple[EditMark, ...], int] = {}
    rows: list[object] = []
    for (table, key), origin in sorted(origins.items(), key=lambda item: item[0]):
        state = states.setdefault(origin.marks, len(states))
        rows.append([table, key.hex(), state, origin.start, origin.end, origin.words])
    return {
        "states": [[[m.id.hex, m.at, m.removed, m.inserted] for m in marks] for marks in states],
        "rows": rows,
    }
