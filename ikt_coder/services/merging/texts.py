"""The texts of documents in a file and the edits they had, and what becomes of one of them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ikt_coder.core.alignment import Alignment
from ikt_coder.core.edit_sequences import EditMark, carry_edges
from ikt_coder.core.span import TextEdit
from ikt_coder.services.merging.contests import Contested
from ikt_coder.services.merging.origins import Origins
from ikt_coder.services.merging.past_rows import Key, Row, RowChange, dropped, rows_of
from ikt_coder.services.merging.rows import Conflict, Left
from ikt_coder.services.merging.table_rules import meant

Edges = tuple[int, int]


class FileTexts:
    """The texts of one file and the edits they had."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        self.rows: dict[Key, list[Row]] = defaultdict(list)
        self.words: dict[UUID, tuple[str, str]] = {}
        self._earlier = _earlier_marks(driver)
        for row in rows_of(driver, "document_edit").values():
            self.rows[row["document_id"]].append(row)
        for rows in self.rows.values():
            rows.sort(key=lambda row: (row["revision"], row["step"]))
            for row in rows:
                self.words[UUID(bytes=row["id"])] = (row["removed"], row["inserted"])

    def marks(self, document: Key) -> list[EditMark]:
        return [*self._earlier.get(document, ()), *map(_mark, self.rows.get(document, ()))]

    def marks_before(
        self, document: Key, changes: Mapping[Key, RowChange] | None
    ) -> list[EditMark]:
        """The edits the text had before the changes."""
        if not changes:
            return self.marks(document)
        rows = [row for row in self.rows.get(document, ()) if row["id"] not in changes]
        rows += [
            change.before
            for change in changes.values()
            if change.before is not None and change.before["document_id"] == document
        ]
        rows.sort(key=lambda row: (row["revision"], row["step"]))
        return [*self._earlier.get(document, ()), *map(_mark, rows)]

    def text(self, document: Key) -> str:
        """The present text; "" where there is none."""
        found = self._driver.execute(
            "SELECT text FROM document_text WHERE document_id = ?", (document,)
        ).fetchone()
        text = "" if found is None else str(found[0])
        for row in self.rows.get(document, ()):
            text = TextEdit(row["at"], row["removed"], row["inserted"]).apply(text)
        return text

    def set_aside(self, ids: Iterable[UUID]) -> dict[UUID, Row]:
        """Edits that gave way in a merge of this file, as they were."""
        found = dropped(self._driver, "document_edit", [key.bytes for key in ids])
        return {UUID(bytes=key): row for key, row in found.items()}

    def erased(self, document: Key) -> bool:
        """Whether somebody's words were erased from the text."""
        found = self._driver.execute(
            "SELECT 1 FROM document_text WHERE document_id = ? AND instr(layout, '\"marks\"') > 0",
            (document,),
        ).fetchone()
        return found is not None


def _mark(row: Row) -> EditMark:
    key = UUID(bytes=row["id"])
    return EditMark(key, row["at"], len(row["removed"]), len(row["inserted"]))


def _earlier_marks(driver: sqlite3.Connection) -> dict[Key, list[EditMark]]:
    """What texts had been mended before they began anew: in a coder's copy, after an erasing."""
    found: dict[Key, list[EditMark]] = {}
    for (documents,) in driver.execute("SELECT documents FROM copy_origin"):
        for document, marks in json.loads(documents).items():
            found[bytes.fromhex(document)] = _read(marks)
    for document, layout in driver.execute(
        "SELECT document_id, layout FROM document_text WHERE instr(layout, '\"marks\"') > 0"
    ):
        marks = json.loads(layout).get("marks")
        if marks is not None:
            found[document] = _read(marks)
    return found


def _read(marks: Iterable[tuple[str, int, int, int]]) -> list[EditMark]:
    return [EditMark(UUID(hex=key), *lengths) for key, *lengths in marks]


@dataclass(slots=True)
class TextMerge:
    """What becomes of one text. ``ours`` and ``theirs`` are its edits before, ``final`` those
    after; ``moved`` are edits here whose place shifts, ``gone`` those that are taken back,
    ``new`` rows that come in. ``alignment`` carries positions where the edits cannot."""

    document: Key
    ours: list[EditMark]
    theirs: list[EditMark]
    final: list[EditMark]
    moved: dict[Key, int] = field(default_factory=dict)
    gone: list[Key] = field(default_factory=list)
    new: list[tuple[Key, int]] = field(default_factory=list)  # id and place, in order
    alignment: Alignment | None = None
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    contested: tuple[Contested, ...] = ()  # the versions of its places, to be kept
    rejected: set[UUID] = field(default_factory=set)  # edits that people decided against
    rows: dict[Key, Row] = field(default_factory=dict)  # of edits that come in or are set aside
    origins: Origins = field(default_factory=dict)  # spans here that are carried from elsewhere
    aside: list[Key] = field(default_factory=list)  # edits to be remembered that never stood here

    @property
    def changes_text(self) -> bool:
        return bool(self.gone or self.new)

    def carry_theirs(self, edges: list[Edges]) -> list[Edges]:
        """Spans of the other file's text in the merged one."""
        if self.alignment is not None:
            moved = [self.alignment.move_edges(*each) for each in edges]
            return carry_edges(moved, self.ours, self.final)
        return carry_edges(edges, self.theirs, self.final)

    def carry_ours(self, edges: list[Edges]) -> list[Edges]:
        return carry_edges(edges, self.ours, self.final)


def altered(table: str, old: Row, now: Row, was: list[EditMark], marks: list[EditMark]) -> bool:
    """Whether a person changed a row between two states of its text."""
    if any(old[column] != now[column] for column in meant(table) if column != "position"):
        return True
    if table not in ("coding", "memo", "quote") or now["start"] is None:
        return False
    return carry_edges([(old["start"], old["end"])], was, marks) != [(now["start"], now["end"])]
