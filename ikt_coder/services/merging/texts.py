"""The texts of documents that both files have: their edits united, and spans carried to what
the text is then.

The state of a text is the sequence of its edits. What both share is brought to the front of
both; the other file's own edits are made after ours, with their ids, so that a third copy knows
them. Where both mended one place it is a conflict: the version with the earlier edit stands
unless a person chooses, and the edits of the other version are set aside.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ikt_coder.core.alignment import Alignment, align
from ikt_coder.core.edit_sequences import (
    EditMark,
    Place,
    carry_edges,
    over,
    part,
    places,
    version,
)
from ikt_coder.core.span import TextEdit
from ikt_coder.services.merging.past_rows import Key, Row, RowChange, rows_of
from ikt_coder.services.merging.rows import Conflict, ConflictKind, Left, Reason, Side
from ikt_coder.services.merging.table_rules import meant

Edges = tuple[int, int]
Words = Mapping[UUID, tuple[str, str]]


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


def aligned_text(document: Key, ours: FileTexts, alignment: Alignment) -> TextMerge:
    """A document that was recognised by its words: the text here stays."""
    marks = ours.marks(document)
    return TextMerge(document, marks, [], marks, alignment=alignment)


def merged_text(
    document: Key,
    title: str,
    ours: FileTexts,
    theirs: FileTexts,
    known: set[UUID],
    taken_back: set[UUID],
    choices: Mapping[str, Side],
) -> TextMerge | None:
    """Unite the edits of a text that both files have under one id.

    ``known`` are edits of the other file that this one knew and has no more: they stay away.
    ``taken_back`` are edits here that the other file took back. None where the texts cannot be
    brought together.
    """
    mine, others = ours.marks(document), theirs.marks(document)
    if [m.id for m in mine] == [m.id for m in others] and mine == others:
        return TextMerge(document, mine, others, mine)
    common = {m.id for m in mine} & {m.id for m in others}
    front, only = part(mine, common)
    front_there, only_there = part(others, common)
    if len(front) != len(common) or len(front_there) != len(common):
        return _by_alignment(document, mine, ours, theirs)
    base = _before(ours.text(document), only, ours.words)
    base_there = _before(theirs.text(document), only_there, theirs.words)
    if base is not None and base_there is not None and base != base_there:
        return _by_alignment(document, mine, ours, theirs)

    merge = TextMerge(document, mine, others, mine)
    rest, back = part(only, {m.id for m in only} - taken_back)
    if {m.id for m in back} != {m.id for m in only} & taken_back or any(
        m.id not in ours.words for m in back
    ):
        rest, back = only, []
        merge.left.append(Left("document", title, Reason.MENDED_FURTHER))
    own = {m.id for m in only_there}
    new, aside = part(only_there, {key for key in own - known if key in theirs.words})
    if {m.id for m in aside} - known:
        merge.left.append(Left("document", title, Reason.RESTS_ON_OTHERS))
    set_aside: set[UUID] = set()
    for place in places(rest, new):
        if place.of_both:
            set_aside |= _settled(
                merge, place, title, base or "", (rest, ours.words), (new, theirs.words), choices
            )
    rest, lost = part(rest, {m.id for m in rest} - set_aside)
    new, _ = part(new, {m.id for m in new} - set_aside)
    gone = {m.id for m in [*back, *lost]}
    kept, _ = part(mine, {m.id for m in mine} - gone)
    before = {m.id: m.at for m in mine}
    merge.moved = {m.id.bytes: m.at for m in kept if m.at != before[m.id]}
    merge.gone = [key.bytes for key in gone]
    made = over(new, rest)
    merge.new = [(m.id.bytes, m.at) for m in made]
    merge.final = [*kept, *made]
    return merge


def _by_alignment(
    document: Key, mine: list[EditMark], ours: FileTexts, theirs: FileTexts
) -> TextMerge | None:
    alignment = align(theirs.text(document), ours.text(document))
    if not alignment.close:
        return None
    return TextMerge(document, mine, [], mine, alignment=alignment)


def _before(text: str, marks: list[EditMark], words: Words) -> str | None:
    """The text before the last edits; None where their words are not known."""
    for mark in reversed(marks):
        if mark.id not in words:
            return None
        removed, inserted = words[mark.id]
        try:
            text = TextEdit(mark.at, inserted, removed).apply(text)
        except ValueError:
            return None
    return text


def _settled(
    merge: TextMerge,
    place: Place,
    title: str,
    base: str,
    ours: tuple[list[EditMark], Words],
    theirs: tuple[list[EditMark], Words],
    choices: Mapping[str, Side],
) -> set[UUID]:
    """The edits that give way at a place both mended."""
    here, there = _words_at(base, place, *ours), _words_at(base, place, *theirs)
    first = min(*place.ours, *place.theirs)
    default = Side.HERE if first in place.ours else Side.THERE
    # Named by its edits and not by a side, so that the answer fits both ways.
    name = f"text:{UUID(bytes=merge.document).hex}:{first.hex}"
    side = default
    fixed = any(key not in ours[1] for key in place.ours)
    if here is None or here != there:
        if fixed:  # its words are part of the text itself here
            merge.left.append(Left("document", title, Reason.MENDED_BEFORE))
        else:
            start, end = place.span.start, place.span.end
            merge.conflicts.append(
                Conflict(
                    name,
                    ConflictKind.TEXT,
                    title,
                    base[max(0, start - 30) : end + 30],
                    here or "",
                    there or "",
                    default,
                )
            )
            side = choices.get(name, default)
    if fixed:
        side = Side.HERE
    return set(place.theirs if side is Side.HERE else place.ours)


def _words_at(base: str, place: Place, marks: list[EditMark], words: Words) -> str | None:
    """What a place says after the edits of one side."""
    text = base
    for mark in marks:
        if mark.id not in words:
            return None
        text = text[: mark.at] + words[mark.id][1] + text[mark.at + mark.removed :]
    span = version(place.span, marks)
    return text[span.start : span.end]


def altered(table: str, old: Row, now: Row, was: list[EditMark], marks: list[EditMark]) -> bool:
    """Whether a person changed a row between two states of its text."""
    if any(old[column] != now[column] for column in meant(table) if column != "position"):
        return True
    if table not in ("coding", "memo", "quote") or now["start"] is None:
        return False
    return carry_edges([(old["start"], old["end"])], was, marks) != [(now["start"], now["end"])]
