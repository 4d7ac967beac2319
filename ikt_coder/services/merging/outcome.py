"""What a merge comes to: the rows to be written, and what is to be said of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from ikt_coder.core.rounds import RoundEventKind
from ikt_coder.services.merging.identities import Identities
from ikt_coder.services.merging.parting import Parting
from ikt_coder.services.merging.past_rows import Key, Row
from ikt_coder.services.merging.provisional import Provisional, Settling
from ikt_coder.services.merging.rows import Conflict, Left
from ikt_coder.services.merging.texts import TextMerge

Tables = dict[str, dict[Key, Row]]


@dataclass(slots=True)
class Outcome:
    """``inserts``, ``updates`` (changed columns) and ``deletes`` by table and id, as they stand
    here; positions are those of the merged texts. ``carried`` are rows that stay as they are
    but whose place moves with the text. ``earlier`` is what new rows were before, oldest first."""

    parting: Parting
    identities: Identities
    texts: dict[Key, TextMerge] = field(default_factory=dict)
    inserts: Tables = field(default_factory=lambda: defaultdict(dict))
    earlier: dict[str, dict[Key, list[Row]]] = field(default_factory=lambda: defaultdict(dict))
    updates: Tables = field(default_factory=lambda: defaultdict(dict))
    deletes: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    edits: dict[Key, Row] = field(default_factory=dict)  # rows of the other file's new edits
    records: dict[str, list[Row]] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)  # rows known already, by table
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[tuple[str, Row, Left]] = field(default_factory=list)  # with table and row
    left: list[tuple[Key | None, Left]] = field(default_factory=list)  # with the document
    held: list[tuple[str, Key]] = field(default_factory=list)  # deleted there, they stay
    returned: list[tuple[str, Row]] = field(default_factory=list)  # deleted here, they return
    about: dict[str, tuple[str, Row]] = field(default_factory=dict)  # a conflict's table and row
    coded: set[Key] = field(default_factory=set)  # documents in which codings change
    open: Provisional = field(default_factory=Provisional)  # decided for the time being
    settlings: tuple[Settling, ...] = ()  # to be taken back here before anything is written
    unsettled: set[Key] = field(default_factory=set)  # documents in which that changes codings
    since: str = ""  # what is put right was put right since this operation
    copied_for: Key | None = None  # the coder of a copy that came back

    def change(self, table: str, key: Key, values: dict[str, Any]) -> None:
        if values:
            self.updates[table].setdefault(key, {}).update(values)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to bring and nothing was decided: that a copy was merged
        before is no news."""
        return not (
            self.conflicts
            or self.kept
            or self.left
            or any(rows for table, rows in self.inserts.items() if table != "merged_copy")
            or any(self.updates.values())
            or any(self.deletes.values())
            or any(text.changes_text or text.aside for text in self.texts.values())
            or any(
                row.get("kind") != RoundEventKind.MERGED.value
                for rows in self.records.values()
                for row in rows
            )
        )

    @property
    def rows(self) -> int:
        """How many rows are written, without what follows from them."""
        return (
            sum(map(len, self.inserts.values()))
            + sum(map(len, self.updates.values()))
            + sum(map(len, self.deletes.values()))
            + sum(len(text.new) + len(text.gone) for text in self.texts.values())
            + sum(map(len, self.records.values()))
        )
