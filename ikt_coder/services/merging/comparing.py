"""Holding the other file's changes against this project, row by row and column by column.

Three-way: a value that only one of the two changed since they parted is that one's; what both
changed is a conflict, decided by a person or by the rule in ``table_rules.chosen``.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from ikt_coder.core.edit_sequences import EditMark, carry_edges
from ikt_coder.core.words import Layer
from ikt_coder.services.merging import past_rows
from ikt_coder.services.merging.identities import Choices, identities
from ikt_coder.services.merging.naming import Naming
from ikt_coder.services.merging.outcome import Outcome
from ikt_coder.services.merging.parting import parting
from ikt_coder.services.merging.past_rows import Key, Row, RowChange, rows_of
from ikt_coder.services.merging.provisional import Provisional
from ikt_coder.services.merging.records import new_records
from ikt_coder.services.merging.reopening import compare_texts, reopen
from ikt_coder.services.merging.rows import (
    Conflict,
    ConflictKind,
    FileKind,
    Left,
    Reason,
    Side,
)
from ikt_coder.services.merging.table_rules import (
    DERIVED,
    FOREIGN_LEFT,
    MERGED_TABLES,
    OF_A_TEXT,
    QUIET,
    RECOGNISED,
    SPANS,
    chosen,
    meant,
)
from ikt_coder.services.merging.texts import FileTexts, TextMerge, altered

_EMPTY = ("", None)
ERASED = "[erased]"


class Comparison:
    """Compares two files; ``compare`` fills ``outcome``."""

    def __init__(
        self,
        ours: sqlite3.Connection,
        theirs: sqlite3.Connection,
        choices: Choices,
        our_open: Provisional,
        their_open: Provisional,
    ) -> None:
        self.ours, self.theirs, self.choices = ours, theirs, choices
        self.our_open, self.their_open = our_open, their_open
        self.parting = parting(ours, theirs)
        self.our_texts, self.their_texts = FileTexts(ours), FileTexts(theirs)
        found = identities(
            ours,
            theirs,
            self.parting.kind,
            choices,
            self.our_texts.text,
            self.their_texts.text,
        )
        self.same = found
        self.outcome = Outcome(self.parting, found, conflicts=found.conflicts)
        origin = theirs.execute("SELECT coder_id FROM copy_origin").fetchone()
        self.outcome.copied_for = None if origin is None else origin[0]
        self.titles = {
            key: str(title) for key, title in ours.execute("SELECT id, title FROM document")
        }
        self.names = Naming(ours, theirs, self.titles)
        self.changes = self._changes()

    # -- what changed there -----------------------------------------------------------------

    def _changes(self) -> dict[str, dict[Key, RowChange]]:
        """Every row of the other file that may be new here. Where nothing is known of what
        both had, every row is."""
        known = self.parting.theirs_known
        if known is not None:
            return past_rows.changed_since(self.theirs, known)
        return {
            table: {key: RowChange(None, row) for key, row in rows_of(self.theirs, table).items()}
            for table in (*MERGED_TABLES, "document_edit")
        }

    @cached_property
    def _our_touched(self) -> dict[str, set[Key]]:
        """Rows that were touched here since the other file knew them."""
        found: dict[str, set[Key]] = defaultdict(set)
        for table, key in self.ours.execute(
            "SELECT DISTINCT tbl, key FROM journal WHERE op > ?", (self.parting.ours_known or 0,)
        ):
            found[table].add(key)
        return found

    @cached_property
    def our_edit_changes(self) -> Mapping[Key, RowChange]:
        known = self.parting.ours_known
        if known is None:
            return {}
        return past_rows.changed_since(self.ours, known).get("document_edit", {})

    def compare(self) -> Outcome:
        compare_texts(self)
        for table in MERGED_TABLES:
            if self.parting.kind is FileKind.OTHER and table in FOREIGN_LEFT:
                continue
            self._table(table)
        reopen(self)
        for key, name in self.same.renamed.items():
            if key in self.outcome.inserts["coder"]:
                self.outcome.inserts["coder"][key] |= {"name": name}
            elif rows_of(self.ours, "coder", [key]):
                self.outcome.change("coder", key, {"name": name})
        if self.parting.kind is not FileKind.OTHER:
            self.outcome.records = new_records(self.ours, self.theirs)
        return self.outcome

    # -- texts ------------------------------------------------------------------------------

    def text(self, document: Key) -> TextMerge | None:
        """What becomes of the text of a document that both have; None for one that is new."""
        return self.outcome.texts.get(document)

    # -- one table --------------------------------------------------------------------------

    def _table(self, table: str) -> None:
        changes = self.changes.get(table, {})
        wanted: dict[Key, tuple[RowChange, Row | None]] = {}
        for change in changes.values():
            row = change.now or change.before or change.last
            if row is None or self.is_apart(table, row):
                continue
            adopted = self.same.adopt(table, row)
            wanted[adopted["id"]] = (change, adopted if change.now is not None else None)
        if not wanted:
            return
        here = rows_of(self.ours, table, wanted)
        at_parting = self._at_parting(table, here, wanted)
        new: dict[Key, tuple[RowChange, Row]] = {}
        for key, (change, now) in wanted.items():
            mine = here.get(key)
            if mine is not None and now is not None:
                self._compare(table, key, change, now, mine, at_parting)
            elif mine is not None:
                self._removed(table, key, change, mine, at_parting)
            elif now is not None:
                new[key] = (change, now)
        self._new(table, new)

    def is_apart(self, table: str, row: Row) -> bool:
        """Whether a row is not merged as a row."""
        if table == "coding" and row["layer"] == Layer.CONSENSUS.value:
            return True  # it follows from the decisions
        document = row["id"] if table == "document" else row.get("document_id")
        if document is None:
            return False
        if document in self.same.refused and table != "document_participant":
            return True
        recognised = document in self.same.same["document"]
        return recognised and table in (*OF_A_TEXT, "document")

    def _at_parting(
        self, table: str, here: dict[Key, Row], wanted: Iterable[Key]
    ) -> dict[Key, Row] | None:
        """Our rows as the other file knew them; None where nothing is known of that."""
        known = self.parting.ours_known
        if known is None:
            return None
        touched = [key for key in wanted if key in self._our_touched[table]]
        old = past_rows.rows_at(self.ours, table, known, touched) if touched else {}
        return {key: row for key, row in here.items() if key not in set(touched)} | old

    def at_parting(self, table: str, rows: Iterable[Row]) -> dict[Key, Row]:
        """These rows of ours as the other file knew them; none where nothing is known."""
        here = {row["id"]: row for row in rows}
        return self._at_parting(table, here, here) or {}

    # -- in both ----------------------------------------------------------------------------

    def _compare(
        self,
        table: str,
        key: Key,
        change: RowChange,
        now: Row,
        mine: Row,
        at_parting: dict[Key, Row] | None,
    ) -> None:
        before = None if change.before is None else self.same.adopt(table, change.before)
        key_there = key if change.now is None else change.now["id"]
        parted = None if at_parting is None else at_parting.get(key, {})
        values: Row = {}
        for column in meant(table):
            there, here = now[column], mine[column]
            if there == here or (before is not None and before[column] == there):
                continue
            if self._ours_stands(table, key, column, here, there, before):
                continue
            if self._unchanged_here(table, key_there, column, mine, before, parted):
                values[column] = there
            else:
                value = self._decided(table, key, column, mine, there)
                if value != here:
                    values[column] = value
        if table in SPANS and mine["start"] is not None and now["start"] is not None:
            values |= self._compared_span(table, key, change, now, mine, parted)
        if values:
            self.outcome.change(table, key, values)
            if table == "coding":
                self.outcome.coded.add(mine["document_id"])
        else:
            self.outcome.same[table] = self.outcome.same.get(table, 0) + 1

    def _ours_stands(
        self, table: str, key: Key, column: str, here: Any, there: Any, before: Row | None
    ) -> bool:
        """Whether the other file has what we had before: it knew nothing newer."""
        if before is not None:
            return False
        return there in past_rows.earlier_values(self.ours, table, key, column)

    def _unchanged_here(
        self,
        table: str,
        key: Key,
        column: str,
        mine: Row,
        before: Row | None,
        parted: Row | None,
    ) -> bool:
        """Whether ours is what both had; ``key`` is the row's id in the other file."""
        here = mine[column]
        if before is None:
            if table != "code" and self.parting.kind is FileKind.OTHER and here in _EMPTY:
                return True
            return here in past_rows.earlier_values(self.theirs, table, key, column)
        # A coder's copy was given some fields empty: what is written there then is no change
        # of what stands here.
        if self.parting.withheld and before[column] in _EMPTY and here not in _EMPTY:
            return False
        if parted is not None and column in parted:
            return bool(parted[column] == here)
        return bool(before[column] == here)

    def _decided(self, table: str, key: Key, column: str, mine: Row, there: Any) -> Any:
        here = mine[column]
        value = chosen(table, column, here, there)
        if column in QUIET:
            return value
        default = Side.THERE if value == there else Side.HERE
        name = f"{table}:{UUID(bytes=key).hex}:{column}"
        self.outcome.conflicts.append(
            Conflict(
                name,
                ConflictKind.CODE if table == "code" else ConflictKind.VALUE,
                self.names.subject(table, mine),
                f"{table}.{column}",
                self.names.worded(column, here),
                self.names.worded(column, there),
                default,
            )
        )
        self.outcome.about[name] = (table, mine)
        side = self.choices.get(name, default)
        return there if side is Side.THERE else here

    def _compared_span(
        self, table: str, key: Key, change: RowChange, now: Row, mine: Row, parted: Row | None
    ) -> Row:
        document = mine["document_id"]
        text = self.text(document)
        if text is None or now["document_id"] != document:
            return {}
        edges, own = (now["start"], now["end"]), (mine["start"], mine["end"])
        if change.before is not None and text.alignment is None:
            old = (change.before["start"], change.before["end"])
            was = self.their_texts.marks_before(document, self._edits_of(self.changes))
            if carry_edges([old], was, text.theirs) == [edges]:
                return {}  # it only moved with the text
        (there,) = text.carry_theirs([edges])
        (here,) = text.carry_ours([own])
        if there == here or there[0] == there[1]:
            return {}
        if self._moved_here(document, own, parted, text.ours):
            there = max(here, there, key=lambda edge: (edge[1] - edge[0], -edge[0]))
        if there == here:
            return {}
        values: Row = {"start": there[0], "end": there[1]}
        if "since_edit_id" in mine:
            values["since_edit_id"] = self.since(document, now["since_edit_id"])
        if "words_start" in mine:
            values["words_start"] = min(max(mine["words_start"], there[0]), there[1])
        return values

    @staticmethod
    def _edits_of(changes: Mapping[str, Mapping[Key, RowChange]]) -> Mapping[Key, RowChange]:
        return changes.get("document_edit", {})

    def _moved_here(
        self, document: Key, own: tuple[int, int], parted: Row | None, marks: list[EditMark]
    ) -> bool:
        """Whether somebody moved the edges here since the other file knew them."""
        if not parted:
            return True
        was = self.our_texts.marks_before(document, self.our_edit_changes)
        return carry_edges([(parted["start"], parted["end"])], was, marks) != [own]

    def since(self, document: Key, edit: Key | None) -> Key | None:
        """The edit a position refers to, where it is among those of the merged text here."""
        if edit is None:
            return None
        text = self.text(document)
        if text is None:
            return edit
        held = {row["id"] for row in self.our_texts.rows.get(document, ())}
        held -= set(text.gone)
        held |= {key for key, _ in text.new}
        return edit if edit in held else None

    # -- in one of them ---------------------------------------------------------------------

    def _removed(
        self,
        table: str,
        key: Key,
        change: RowChange,
        mine: Row,
        at_parting: dict[Key, Row] | None,
    ) -> None:
        """The other file deleted it: it goes, unless it was changed here since."""
        old = change.before
        changed = False
        if old is None:
            # Made and deleted there; it came here by another way. Deleted on purpose, as it is.
            if not change.dropped or change.last is None:
                return
            if table in DERIVED and key not in (at_parting or ()):
                return  # both made it by themselves
            if any(change.last[column] != mine[column] for column in meant(table)):
                return
        elif at_parting is None:
            old = self.same.adopt(table, old)
            changed = any(old[c] != mine[c] for c in meant(table) if c != "position")
        elif key in at_parting:
            changed = self.changed_here(table, at_parting[key], mine)
        else:
            return  # made here under the same id since
        if changed:
            self.keep(table, mine, Reason.CHANGED_HERE)
            self.outcome.held.append((table, key))
            return
        self.outcome.deletes[table].add(key)

    def changed_here(self, table: str, old: Row, mine: Row) -> bool:
        """Whether somebody changed a row here; that it moved with its text is no change, that a
        document's text was mended is one."""
        if table == "document" and _mended(self.our_edit_changes, mine["id"]):
            return True
        document = mine.get("document_id") or b""
        was = self.our_texts.marks_before(document, self.our_edit_changes)
        return altered(table, old, mine, was, self.our_texts.marks(document))

    def _new(self, table: str, new: dict[Key, tuple[RowChange, Row]]) -> None:
        """Rows this project has not: new, or deleted here."""
        if not new:
            return
        dropped = past_rows.dropped(self.ours, table, new)
        if table in DERIVED and dropped:
            # An id that follows from its parts was given by both; what they never had of us
            # was not deleted here.
            known = self._at_parting(table, {}, dropped) or {}
            dropped = {key: row for key, row in dropped.items() if key in known}
        changed = [key for key, (change, _) in new.items() if change.before is not None]
        # A coder's copy never had some rows: there, a change elsewhere brings nothing back.
        strange = (
            set(changed) - past_rows.ever_there(self.ours, table, changed)
            if self.parting.withheld
            else set()
        )
        coming: dict[Key, Row] = {}
        for key, (change, now) in new.items():
            if change.before is not None:
                before = self.same.adopt(table, change.before)
                if key in strange or not self.changed_there(table, before, now):
                    continue
            elif key in dropped and not any(
                dropped[key][column] != now[column] for column in meant(table)
            ):
                continue
            if key in dropped or change.before is not None:
                self.keep(table, now, Reason.CHANGED_THERE)
                self.outcome.returned.append((table, now))
            coming[key] = now
        self.bring(table, coming)
        if table in RECOGNISED:
            made = {
                change.now["id"]: key
                for key, (change, _) in new.items()
                if key in coming and change.before is None and change.now is not None
            }
            for key, rows in past_rows.versions(self.theirs, table, made).items():
                earlier = [self.same.adopt(table, row) for row in rows]
                self.outcome.earlier[table][made[key]] = earlier

    def changed_there(self, table: str, before: Row, now: Row) -> bool:
        if table == "document":  # a text that was mended was changed
            mended = _mended(self._edits_of(self.changes), now["id"])
            return mended or altered(table, before, now, [], [])
        document = now.get("document_id") or b""
        was = self.their_texts.marks_before(document, self._edits_of(self.changes))
        return altered(table, before, now, was, self.their_texts.marks(document))

    def bring(self, table: str, rows: dict[Key, Row]) -> None:
        """Let rows of the other file come in, at their place in the merged text."""
        if table not in SPANS:
            self.outcome.inserts[table].update(rows)
            return
        by_document: dict[Key, list[Row]] = defaultdict(list)
        for key, row in rows.items():
            if row["document_id"] is None or row["start"] is None:
                self.outcome.inserts[table][key] = row
            else:
                by_document[row["document_id"]].append(row)
        for document, some in by_document.items():
            self._bring_spans(table, document, some)

    def _bring_spans(self, table: str, document: Key, rows: list[Row]) -> None:
        text = self.text(document)
        if text is None:  # the document comes in too
            self.outcome.inserts[table].update({row["id"]: row for row in rows})
            return
        carried = text.carry_theirs([(row["start"], row["end"]) for row in rows])
        for index, row in enumerate(rows):
            origin = self.their_open.origins.get((table, row["id"]))
            if origin is not None and text.alignment is None:
                carried[index] = origin.carried(text.final)[0], origin.carried(text.final)[1]
        held: dict[Key | None, Key | None] = {}
        words = self.our_texts.text(document) if self.our_texts.erased(document) else ""
        lost = 0
        for row, (start, end) in zip(rows, carried, strict=True):
            gone = start == end and row["start"] < row["end"]
            # Where somebody's words were erased here, what lay on them does not come back.
            if table in ("coding", "quote") and (gone or ERASED in words[start:end]):
                lost += 1
                continue
            edit = row.get("since_edit_id")
            if edit not in held:
                held[edit] = self.since(document, edit)
            values: Row = {"start": start, "end": end}
            if "since_edit_id" in row:
                values["since_edit_id"] = held[edit]
            self.outcome.inserts[table][row["id"]] = {**row, **values}
        if lost:
            self.outcome.left.append(
                (document, Left(table, self.titles.get(document, ""), Reason.WORDS_GONE, lost))
            )

    # -- wording ----------------------------------------------------------------------------

    def keep(self, table: str, row: Row, why: Reason) -> None:
        if table in ("coding_level", "turn", "document_text", "source_file"):
            return  # goes with what it belongs to
        self.outcome.kept.append((table, row, Left(table, self.names.subject(table, row), why)))


def _mended(edits: Mapping[Key, RowChange], document: Key) -> bool:
    """Whether new edits of a document are among the changes."""
    return any(
        change.before is None and change.now is not None and change.now["document_id"] == document
        for change in edits.values()
    )
