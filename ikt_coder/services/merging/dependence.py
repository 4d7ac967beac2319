"""Deletes and what depends on them.

A delete that a row alive on the other side depends on is not done, and is listed; the parts of
the row stay with it (a document's text and turns), while what people made one by one (codings,
memos) is deleted or kept by itself. A row that was deleted here and is needed by one that comes
in is brought back in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ikt_coder.services.merging.comparing import Comparison
from ikt_coder.services.merging.past_rows import (
    Key,
    Row,
    chunks,
    dropped,
    fallen,
    marks,
    rows_of,
)
from ikt_coder.services.merging.rows import FileKind, Left, Reason
from ikt_coder.services.merging.table_rules import (
    APART,
    FOREIGN_LEFT,
    OF_A_TEXT,
    REFERENCES,
    REFERRERS,
    SINGLE,
    SPANS,
    Reference,
)

# A coding of the Consensus is made from the decisions after the rows are written.
_LATER = frozenset({"coding"})


class Dependence:
    """Puts an outcome right so that every row that stays has what it refers to."""

    def __init__(self, comparison: Comparison, withdrawn: Iterable[Key]) -> None:
        self._found = comparison
        self._out = comparison.outcome
        self._withdrawn = set(withdrawn)  # documents whose people were erased here

    def settle(self) -> None:
        """Settle what stays and what goes."""
        new = self._out.inserts["document"]
        self._out.inserts["document_edit"].update(
            rows_of(self._found.theirs, "document_edit", new, "document_id")
        )
        for table, key in self._out.held:
            self._undelete_around(table, key)
        for table, row in self._out.returned:
            self._bring_parts(table, {row["id"]: row}, defaultdict(list))
        self._out.open.strong |= set(self._out.held)
        self._out.open.strong |= {(table, row["id"]) for table, row in self._out.returned}
        waiting: dict[str, list[Row]] = {
            table: list(rows.values()) for table, rows in self._out.inserts.items()
        }
        for table, rows in self._out.updates.items():
            waiting.setdefault(table, []).extend(rows.values())
        self._hold_parents(waiting)
        self._hold_referred()

    # -- what rows refer to -------------------------------------------------------------------

    def _hold_parents(self, waiting: dict[str, list[Row]]) -> None:
        """Keep, or bring back, what these rows (or changed columns) refer to."""
        while waiting:
            wanted: dict[str, set[Key]] = defaultdict(set)
            for table, rows in waiting.items():
                for reference in REFERENCES[table]:
                    if reference.parent in APART:
                        continue
                    column = reference.column
                    wanted[reference.parent].update(
                        row[column] for row in rows if row.get(column) is not None
                    )
            waiting = {}
            for table, keys in wanted.items():
                for key in keys & self._out.deletes[table]:
                    self._undelete(table, key)
                missing = self._missing(table, keys)
                for name, rows in self._restored(table, missing).items():
                    waiting.setdefault(name, []).extend(rows)
        self._let_go()

    def _missing(self, table: str, keys: set[Key]) -> set[Key]:
        left = {key for key in keys if key not in self._out.inserts[table]}
        for some in chunks(left):
            found = self._found.ours.execute(
                f'SELECT id FROM "{table}" WHERE id IN ({marks(len(some))})', some
            )
            left -= {key for (key,) in found}
        return left

    def _restored(self, table: str, missing: set[Key]) -> dict[str, list[Row]]:
        """Bring rows back that the other file has, with what was deleted with them here."""
        found: dict[str, list[Row]] = defaultdict(list)
        if self._found.parting.kind is FileKind.OTHER and table in FOREIGN_LEFT:
            return found
        back = {here: key for key, here in self._found.same.same.get(table, {}).items()}
        there = rows_of(self._found.theirs, table, [back.get(key, key) for key in missing])
        rows = [
            self._found.same.adopt(table, row)
            for row in there.values()
            if not self._found.is_apart(table, row)
        ]
        if table == "document":
            rows = [row for row in rows if row["id"] not in self._withdrawn]
        new = {row["id"]: row for row in rows}
        self._out.open.gone[table] |= set(dropped(self._found.ours, table, new))
        for row in rows:
            self._found.keep(table, row, Reason.USED_THERE)
        self._bring(table, new, found)
        return found

    def _bring(self, table: str, new: dict[Key, Row], found: dict[str, list[Row]]) -> None:
        """Let rows come in, and what belongs to them and was deleted with them."""
        if not new:
            return
        self._found.bring(table, new)
        found[table].extend(new.values())
        self._bring_parts(table, new, found)

    def _bring_parts(self, table: str, new: dict[Key, Row], found: dict[str, list[Row]]) -> None:
        for child, reference in REFERRERS[table]:
            if not reference.cascades or child in SINGLE:
                continue
            rows = rows_of(self._found.theirs, child, new, reference.column)
            adopted = {
                row["id"]: row
                for row in (
                    self._found.same.adopt(child, row)
                    for row in rows.values()
                    if not self._found.is_apart(child, row)
                )
                if row["id"] not in self._out.inserts[child] and self._stands(child, row, reference)
            }
            missing = self._missing(child, set(adopted))
            self._out.open.gone[child] |= set(dropped(self._found.ours, child, missing))
            self._bring(child, {key: adopted[key] for key in missing}, found)
        for parent in new:
            self._revive_parts(table, parent)

    def _revive_parts(self, table: str, key: Key) -> None:
        """Parts of a row that stays which went with their other end, in both files: they are
        there again where that end stays too. What a person took away by itself stays away."""
        parting = self._found.parting
        for child, reference in REFERRERS[table]:
            if not reference.cascades or child in SINGLE or child in SPANS or child in OF_A_TEXT:
                continue
            ends = [each.column for each in REFERENCES[child] if each.cascades]
            here = fallen(self._found.ours, child, key, ends, parting.ours_known)
            if not here:
                continue
            there = fallen(self._found.theirs, child, key, ends, parting.theirs_known)
            for some in here.keys() & there.keys():
                row = here[some]
                if row[reference.column] != key or not self._missing(child, {some}):
                    continue
                if self._stands(child, row, reference):
                    self._out.inserts[child][some] = row
                    self._out.open.gone[child].add(some)

    def _let_go(self) -> None:
        """Drop incoming rows whose parents are nowhere; a reference that may be empty is
        emptied."""
        while True:
            gone: list[tuple[str, Key]] = []
            for table, rows in list(self._out.inserts.items()):
                for reference in REFERENCES[table]:
                    self._empty_or_drop(table, rows, reference, gone)
            for table, changed in list(self._out.updates.items()):
                for reference in REFERENCES[table]:
                    self._leave_reference(changed, reference)
            if not gone:
                return
            lost: dict[str, int] = defaultdict(int)
            for table, key in gone:
                if self._out.inserts[table].pop(key, None) is not None:
                    lost[table] += 1
            for table in ("coding", "memo"):
                if lost[table]:
                    self._out.left.append(
                        (None, Left(table, "", Reason.BELONGS_NOWHERE, lost[table]))
                    )

    def _empty_or_drop(
        self, table: str, rows: dict[Key, Row], reference: Reference, gone: list[tuple[str, Key]]
    ) -> None:
        column = reference.column
        wanted = {row[column] for row in rows.values() if row[column] is not None}
        if not wanted:
            return
        missing = self._missing(reference.parent, wanted)
        if reference.parent in _LATER:
            missing -= self._consensus(missing)
        if reference.parent == "document_edit":
            missing -= {key for text in self._out.texts.values() for key, _ in text.new}
        if not missing:
            return
        for key, row in list(rows.items()):
            if row[column] in missing:
                if reference.cascades:
                    gone.append((table, key))
                else:
                    rows[key] = {**row, column: None}

    def _leave_reference(self, changed: dict[Key, Row], reference: Reference) -> None:
        column = reference.column
        wanted = {row[column] for row in changed.values() if row.get(column) is not None}
        if reference.parent == "document_edit":
            wanted -= {key for text in self._out.texts.values() for key, _ in text.new}
        missing = self._missing(reference.parent, wanted) if wanted else set()
        for row in changed.values():
            if row.get(column) in missing:
                del row[column]

    def _consensus(self, keys: set[Key]) -> set[Key]:
        found = rows_of(self._found.theirs, "coding", keys)
        return {key for key, row in found.items() if row["layer"] == "consensus"}

    # -- what refers to deleted rows ------------------------------------------------------------

    def _hold_referred(self) -> None:
        """Take back deletes of rows that others here go on referring to."""
        while True:
            held: list[tuple[str, Key]] = []
            for table, keys in list(self._out.deletes.items()):
                for child, reference in REFERRERS[table]:
                    held += [(table, key) for key in self._referred(child, reference, keys)]
            if not held:
                return
            for table, key in held:
                if key in self._out.deletes[table]:
                    row = rows_of(self._found.ours, table, [key]).get(key)
                    if row is not None and key not in self._found.our_open.gone[table]:
                        self._found.keep(table, row, Reason.USED_HERE)
                    self._undelete(table, key)

    def _referred(self, child: str, reference: Reference, keys: set[Key]) -> set[Key]:
        gone, changed = self._out.deletes[child], self._out.updates.get(child, {})
        found = set()
        for some in chunks(keys):
            rows = self._found.ours.execute(
                f'SELECT id, "{reference.column}" FROM "{child}"'
                f' WHERE "{reference.column}" IN ({marks(len(some))})',
                some,
            )
            for key, parent in rows:
                now = changed.get(key, {}).get(reference.column, parent)
                if key not in gone and now == parent and not self._follows(child, key):
                    found.add(parent)
        return found

    def _follows(self, child: str, key: Key) -> bool:
        """Whether a row goes with what it follows from, and holds nothing back."""
        if child == "settled":
            return True
        if child == "document_edit":
            change = self._found.changes.get(child, {}).get(key)
            return change is not None and change.now is None
        if child != "coding":
            return False
        row = self._found.ours.execute("SELECT layer FROM coding WHERE id = ?", (key,)).fetchone()
        return row is not None and row[0] == "consensus"

    def _undelete(self, table: str, key: Key) -> None:
        """A row stays after all, with what it refers to and what was deleted with it there."""
        if key not in self._out.deletes[table]:
            return
        self._out.deletes[table].discard(key)
        self._out.open.gone[table].add(key)
        self._undelete_around(table, key)

    def _undelete_around(self, table: str, key: Key) -> None:
        row = rows_of(self._found.ours, table, [key]).get(key)
        if row is None:
            return
        row = row | self._out.updates[table].get(key, {})
        for reference in REFERENCES[table]:
            parent = row[reference.column]
            if parent is not None:
                self._undelete(reference.parent, parent)
        for child, reference in REFERRERS[table]:
            if reference.cascades and child not in SINGLE:
                rows = rows_of(self._found.ours, child, [key], reference.column)
                for some, part in rows.items():
                    part = part | self._out.updates[child].get(some, {})
                    if part[reference.column] == key and self._stands(child, part, reference):
                        self._undelete(child, some)
        self._revive_parts(table, key)

    def _stands(self, child: str, row: Row, but: Reference) -> bool:
        """Whether a part has everything else it belongs to: it brings nothing back by itself."""
        for reference in REFERENCES[child]:
            parent = row[reference.column]
            if not reference.cascades or parent is None or reference.column == but.column:
                continue
            if parent in self._out.deletes[reference.parent]:
                return False
            if self._missing(reference.parent, {parent}):
                return False
        return True
