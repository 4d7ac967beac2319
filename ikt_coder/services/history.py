"""History: who did what and when; undo, redo, going back, restore points."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert, not_, select

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound, UndoRefused, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DECIDED
from ikt_coder.model import Coder, Operation, RestorePoint, table_named
from ikt_coder.services.base import Service, named
from ikt_coder.services.restored_spans import carry_restored
from ikt_coder.services.rows import HistoryRow, RestorePointRow
from ikt_coder.storage import journal, undoing
from ikt_coder.storage.standing import Standing
from ikt_coder.storage.undoing import Act

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

# Above this many rows undo runs with progress and can be cancelled (off the main thread).
LONG_UNDO = 5000
# What acts on documents and people count of what was coded.
_COUNTS = frozenset({"codings", "memos", "quotes", "mentions"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@frozen
class GoBackPreview:
    """What going back would do: ``takes_back`` counts the acts by coder (None: nobody yet
    named), ``brings_back`` those that were taken back since and would stand again."""

    takes_back: tuple[tuple[UUID | None, str, int], ...]
    brings_back: int

    @property
    def count(self) -> int:
        return sum(count for _, _, count in self.takes_back)


class HistoryService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._chains = Standing()

    # -- reading ------------------------------------------------------------------------

    def all(self, limit: int = 500, before: int | None = None) -> tuple[HistoryRow, ...]:
        """Operations, newest first; ``before`` goes on from an earlier page. What others did
        in documents that are sealed is not among them (``sealed_note`` says so)."""
        statement = (
            select(Operation.__table__, Coder.name.label("who"))
            .outerjoin(Coder, Coder.id == Operation.coder_id)
            .order_by(Operation.seq.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(Operation.seq < before)
        seen = self._project.sight.condition(Operation)
        if seen is not None:
            statement = statement.where(seen)
        rows = self._rows(statement)
        stands = self._standing({row.root for row in rows})
        unknown = any(row.coder_id is not None and row.who is None for row in rows)
        names = self._project.coders.names() if unknown else {}
        points: dict[int, list[str]] = {}
        for point in self.restore_points():
            points.setdefault(point.op, []).append(point.name)
        floor = journal.floor(self._driver)
        return tuple(
            HistoryRow(
                seq=r.seq,
                kind=r.kind,
                params=self._told_of(json.loads(r.params), r.coder_id),
                coder=r.coder_id,
                coder_name=r.who or names.get(r.coder_id, ""),
                at=r.at,
                root=r.root,
                direction=r.direction,
                stands=r.root in stands,
                undoable=Op(r.kind).undoable and r.seq > floor,
                restore_points=tuple(points.get(r.seq, ())),
                rows=self._told(r.rows),
            )
            for r in rows
        )

    def sealed_note(self) -> str:
        """What the history leaves out, and until when; empty where nothing is sealed."""
        rounds = self._project.sight.sealed_rounds()
        if not rounds:
            return ""
        names = " and ".join(f"round {row.number}" for row in rounds)
        until = "is unsealed" if len(rounds) == 1 else "are unsealed"
        return f"What others did in sealed documents is listed when {names} {until}."

    def _told_of(self, params: dict[str, Any], coder: UUID | None) -> dict[str, Any]:
        """What an act says of itself: how much others coded was counted by them, not for all."""
        if coder == self._project.coder or not self._project.sight.sealed():
            return params
        return {name: value for name, value in params.items() if name not in _COUNTS}

    def _told(self, rows: int) -> int:
        """How many rows an act touched, as people may know it: an act on codes also touches
        what others coded. What is sealed leaves only whether it takes long to undo."""
        if not self._project.sight.sealed():
            return rows
        return LONG_UNDO + 1 if rows > LONG_UNDO else 0

    def _standing(self, roots: set[int], upto: int | None = None) -> set[int]:
        """Which acts stand (or stood after operation ``upto``)."""
        self._chains.read(self._driver)
        return self._chains.standing(self._driver, roots, upto)

    def next_undo(self) -> HistoryRow | None:
        """The act undo would take back: the present coder's newest that stands."""
        return self._shown(undoing.next_undo(self._driver, self._project.coder, self._chains))

    def next_redo(self) -> HistoryRow | None:
        """The act redo would do again."""
        return self._shown(undoing.next_redo(self._driver, self._project.coder, self._chains))

    def _shown(self, act: Act | None) -> HistoryRow | None:
        if act is None:
            return None
        return HistoryRow(
            seq=act.seq,
            kind=act.kind.value,
            params=act.params,
            coder=act.coder,
            coder_name="",
            at=_EPOCH + timedelta(microseconds=act.at),
            root=act.root,
            direction=act.direction,
            stands=act.direction == 1,
            undoable=act.kind.undoable,
            restore_points=(),
            rows=self._told(act.rows),
        )

    # -- undo and redo ----------------------------------------------------------------------

    def undo(self, progress: Progress | None = None, cancel: Cancel | None = None) -> Changes:
        """Take back the present coder's newest act that stands.

        Raises UndoRefused where there is none, or where a later act touched its rows or
        refers to them (named, with its number); Cancelled where ``cancel`` says so.
        """
        return self._play(undoing.next_undo, -1, progress, cancel)

    def redo(self, progress: Progress | None = None, cancel: Cancel | None = None) -> Changes:
        """Do again what was taken back last, until a new act is done."""
        return self._play(undoing.next_redo, 1, progress, cancel)

    def _play(
        self,
        choose: Callable[[sqlite3.Connection, UUID | None, Standing], Act | None],
        direction: int,
        progress: Progress | None,
        cancel: Cancel | None,
    ) -> Changes:
        act = choose(self._driver, self._project.coder, self._chains)
        if act is None:
            raise UndoRefused(
                "There is nothing to undo." if direction < 0 else "There is nothing to redo."
            )
        if self._project.file.door.writing_here:
            raise UndoRefused("This cannot be undone within another act. Nothing was changed.")
        self._refuse_blocked(act)
        try:
            with self._operation(act.kind, **act.params) as op:
                # Another thread may have acted until the door was open.
                if choose(op.raw, op.coder, self._chains) != act:
                    raise UndoRefused("Something else was just done. Nothing was changed.")
                self._refuse_blocked(act)
                op.repeat_of(act.root, direction, act.kind)
                self._project.rounds.refuse_played(op, act)
                journal.play_back(op.raw, act.seq - 1, act.seq, progress=progress, cancel=cancel)
                carry_restored(op, act.seq)
                self._project.rounds.refuse_played(op, act)
                if DECIDED in act.params:
                    self._project.reconciliation.core.undone(op, act)
        except (sqlite3.IntegrityError, NotFound) as error:
            raise UndoRefused(
                "A later act depends on this one, so it cannot be taken back alone. "
                "Nothing was changed.",
                "Use “go back to here” in History.",
            ) from error
        self._project.coders.stay_known()
        if op.changes is None:
            raise UndoRefused("There is nothing left of this act to take back.")
        return op.changes

    def _refuse_blocked(self, act: Act) -> None:
        self._project.rounds.refuse_undo(act)
        if DECIDED in act.params:
            self._project.reconciliation.core.refuse_undo(act)
        later = undoing.blocker(self._driver, act, self._chains)
        later = later or self._act_of_added_coder(act)
        if later is not None and not self._may_name(later):
            raise UndoRefused(
                "Another coder's work in a sealed document builds on this act. "
                "Nothing was changed.",
                self.sealed_note(),
            )
        if later is not None:
            what = later.params.get("name") or later.params.get("title") or ""
            label = later.kind.value.replace("_", " ")
            raise UndoRefused(
                f"A later act builds on this one: {label}{f' “{what}”' if what else ''}. "
                "Nothing was changed.",
                "Take that one back first, or use “go back to here” in History.",
                blocker=later.seq,
            )

    def _may_name(self, act: Act) -> bool:
        """Whether the present coder may know of an act."""
        seen = self._project.sight.condition(Operation)
        if seen is None:
            return True
        found = self._connection.execute(
            select(Operation.seq).where(Operation.seq == act.seq, seen)
        )
        return found.first() is not None

    def _act_of_added_coder(self, act: Act) -> Act | None:
        """An act of the coder whom ``act`` added: the history would not know them any more."""
        added = act.params.get("coder")
        if act.kind is not Op.ADD_CODER or act.direction < 0 or not isinstance(added, str):
            return None
        row = self._connection.execute(
            select(Operation.__table__)
            .where(Operation.coder_id == UUID(added))
            .order_by(Operation.seq.desc())
            .limit(1)
        ).first()
        if row is None:
            return None
        micros = (row.at - _EPOCH) // timedelta(microseconds=1)
        params = json.loads(row.params)
        return Act(
            row.seq, Op(row.kind), params, row.coder_id, micros, row.root, row.direction, row.rows
        )

    def go_back_preview(self, seq: int) -> GoBackPreview:
        """What going back to the state after operation ``seq`` would take back, by whom. What
        others did in sealed documents goes back as well and is not counted."""
        self._chains.read(self._driver)
        hidden = self._hidden()
        later = select(Operation.root).where(Operation.seq > seq).distinct()
        roots = {row.root for row in self._rows(later)} | self._chains.moved(seq)
        stands, stood = self._standing(roots), self._standing(roots, upto=seq)
        numbers: dict[UUID | None, int] = {}
        for row in self._of_roots(stands - stood):
            if _counted(row.kind) and row.seq not in hidden:
                numbers[row.coder_id] = numbers.get(row.coder_id, 0) + 1
        brings = sum(
            1
            for row in self._of_roots(stood - stands)
            if _counted(row.kind) and row.seq not in hidden
        )
        names = self._project.coders.names()
        counts = [(coder, names.get(coder, ""), number) for coder, number in numbers.items()]
        counts.sort(key=lambda count: (-count[2], count[1]))
        return GoBackPreview(tuple(counts), brings)

    def _hidden(self) -> frozenset[int]:
        """The acts of others that may not be known yet."""
        seen = self._project.sight.condition(Operation)
        if seen is None:
            return frozenset()
        return frozenset(
            self._connection.execute(select(Operation.seq).where(not_(seen))).scalars()
        )

    def _of_roots(self, roots: set[int]) -> list[Any]:
        found: list[Any] = []
        for some in _chunks(sorted(roots)):
            found += self._rows(
                select(Operation.seq, Operation.kind, Operation.coder_id).where(
                    Operation.seq.in_(some)
                )
            )
        return found

    def go_back_to(
        self, seq: int, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> None:
        """Take back everything done after operation ``seq``, by anybody, in one act that
        can itself be undone. Raises UndoRefused below the undo floor."""
        self.refuse_below_floor(seq)
        row = self._connection.execute(select(Operation.at).where(Operation.seq == seq)).first()
        if row is None:
            raise NotFound("This act is not in the history.")
        with self._operation(
            Op.GO_BACK, to=seq, count=self.go_back_preview(seq).count, at=row.at.isoformat()
        ) as op:
            journal.play_back(op.raw, seq, op.seq - 1, progress=progress, cancel=cancel)
            self._project.reconciliation.core.gone_back(op, seq)
            who = self._project.coders.names().get(op.coder) if op.coder else None
            before = op.coder
            self._project.coders.stay_known()
            if self._project.coder != before:
                # Who went back was added later and is gone with it. The act is the one's who
                # sits at the desk now, or nobody could take it back.
                op.coder = self._project.coder
                op.note(by=who or "")

    def refuse_below_floor(self, seq: int) -> None:
        """Raise UndoRefused where the state after operation ``seq`` is gone for good."""
        if seq < journal.floor(self._driver):
            raise UndoRefused(
                "An erased participant or a compacted file lies between; "
                "what was before it cannot be brought back. Nothing was changed."
            )

    # -- restore points -------------------------------------------------------------------

    def name_restore_point(self, name: str, seq: int | None = None) -> None:
        """Name the present state (or the state after an earlier act) to come back to."""
        name = named(name, "restore point", 120)
        if any(point.name == name for point in self.restore_points()):
            raise UserError(f"There is a restore point “{name}” already.", "Choose another name.")
        with self._operation(Op.NAME_RESTORE_POINT, name=name) as op:
            op.execute(
                insert(RestorePoint).values(
                    id=new_id(),
                    op=op.seq - 1 if seq is None else seq,
                    name=name,
                    created=datetime.now(UTC),
                )
            )

    def restore_points(self) -> tuple[RestorePointRow, ...]:
        rows = self._rows(select(RestorePoint.__table__).order_by(RestorePoint.op))
        return tuple(RestorePointRow(r.name, r.op, r.created) for r in rows)

    def touched(self, seq: int, table: str) -> tuple[UUID, ...]:
        """Rows of a table an operation touched, to show its place: those the present coder may
        see, and those that are gone."""
        keys = [
            UUID(bytes=key)
            for (key,) in self._driver.execute(
                "SELECT DISTINCT key FROM journal WHERE op = ? AND tbl = ?", (seq, table)
            )
        ]
        if not self._project.sight.sealed():
            return tuple(keys)
        column = table_named(table).c.id
        seen = self._there(column, keys)
        with self._project.sight.everything():
            there = self._there(column, keys)
        return tuple(key for key in keys if key in seen or key not in there)

    def _there(self, column: Any, keys: list[UUID]) -> set[UUID]:
        return {
            row.id
            for start in range(0, len(keys), 500)
            for row in self._rows(select(column).where(column.in_(keys[start : start + 500])))
        }

    @property
    def _driver(self) -> sqlite3.Connection:
        return self._project.file.connections.raw()


def _counted(kind: str) -> bool:
    """Whether a preview counts an act. Going back is left out: what it turned is counted
    itself, and where that stands as it stood nothing would change."""
    return Op(kind).undoable and kind != Op.GO_BACK.value


def _chunks(numbers: list[int], size: int = 500) -> list[list[int]]:
    """A database takes a limited number of values in one statement."""
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]
