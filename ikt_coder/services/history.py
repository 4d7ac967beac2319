"""History: who did what and when; undo, redo, going back, restore points."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, not_, select

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound, UndoRefused, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DECIDED
from ikt_coder.model import Base, Coder, Operation, RestorePoint
from ikt_coder.services.base import Service, named
from ikt_coder.services.restored_spans import carry_restored
from ikt_coder.services.rows import HistoryRow, RestorePointRow
from ikt_coder.storage import journal
from ikt_coder.storage.journal import Act, Stretches

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

# Above this many rows undo runs with progress and can be cancelled (off the main thread).
LONG_UNDO = 5000
# What acts on documents and people count of what was coded.
_COUNTS = frozenset({"codings", "memos", "quotes", "mentions"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Put together once: they are asked after every act.
_LAST = select(func.max(Operation.seq))
_GO_BACKS = (
    select(Operation.seq, Operation.params)
    .where(
        Operation.seq > bindparam("after"),
        Operation.seq <= bindparam("upto"),
        Operation.kind == Op.GO_BACK.value,
        Operation.root == Operation.seq,
    )
    .order_by(Operation.seq)
)


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
        # Each "go back" and the act it went to, up to the operation that was read last.
        self._known_go_backs: tuple[list[tuple[int, int]], int] = ([], 0)

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
        gone = self._taken_back()
        newest = self._newest({row.root for row in rows}, gone=gone)
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
                stands=newest.get(r.root, -1) == 1 and not _within(r.root, gone),
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

    def _newest(
        self, roots: set[int], *, upto: int | None = None, gone: Stretches = ()
    ) -> dict[int, int]:
        """For each chain of an act, its undo and its redo: whether the act stands (or stood
        after operation ``upto``). What lies in a stretch that was taken back does not count."""
        found: dict[int, int] = {}
        for some in _chunks(sorted(roots)):
            statement = (
                select(Operation.seq, Operation.root, Operation.direction)
                .where(Operation.root.in_(some))
                .order_by(Operation.seq)
            )
            if upto is not None:
                statement = statement.where(Operation.seq <= upto)
            found.update(
                {
                    row.root: row.direction
                    for row in self._rows(statement)
                    if not _within(row.seq, gone)
                }
            )
        return found

    def _taken_back(self, upto: int | None = None) -> Stretches:
        """Stretches of history (from, to, both outside) that a standing "go back" has undone.

        A "go back" that lies in such a stretch itself has been taken back with it.
        """
        gone: list[tuple[int, int]] = []
        for seq, start in reversed(self._go_backs()):
            if _within(seq, gone) or (upto is not None and seq > upto):
                continue
            if self._newest({seq}, upto=upto, gone=gone).get(seq) == 1:
                gone.append((start, seq))
        return tuple(gone)

    def _go_backs(self) -> list[tuple[int, int]]:
        """Every "go back" by its number, with the act it went back to. The history only grows,
        so that only what is new since the last look is read."""
        known, upto = self._known_go_backs
        newest = self._connection.execute(_LAST).scalar() or 0
        if newest > upto:
            new = {"after": upto, "upto": newest}
            rows = self._connection.execute(_GO_BACKS, new).all()
            known = [*known, *((row.seq, json.loads(row.params)["to"]) for row in rows)]
            self._known_go_backs = (known, newest)
        return known

    def next_undo(self) -> HistoryRow | None:
        """The act undo would take back: the present coder's newest that stands."""
        gone = self._taken_back()
        return self._shown(journal.next_undo(self._driver, self._project.coder, gone))

    def next_redo(self) -> HistoryRow | None:
        """The act redo would do again."""
        gone = self._taken_back()
        return self._shown(journal.next_redo(self._driver, self._project.coder, gone))

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
        return self._play(journal.next_undo, -1, progress, cancel)

    def redo(self, progress: Progress | None = None, cancel: Cancel | None = None) -> Changes:
        """Do again what was taken back last, until a new act is done."""
        return self._play(journal.next_redo, 1, progress, cancel)

    def _play(
        self,
        choose: Callable[[sqlite3.Connection, UUID | None, Stretches], Act | None],
        direction: int,
        progress: Progress | None,
        cancel: Cancel | None,
    ) -> Changes:
        act = choose(self._driver, self._project.coder, self._taken_back())
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
                if choose(op.raw, op.coder, self._taken_back()) != act:
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
        later = journal.blocker(self._driver, act, self._taken_back())
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
        hidden = self._hidden()
        gone = self._taken_back()
        later = self._rows(
            select(
                Operation.seq,
                Operation.root,
                Operation.direction,
                Operation.kind,
                Operation.coder_id,
            )
            .where(Operation.seq > seq)
            .order_by(Operation.seq)
        )
        # Acts begun later, which all stood not yet; and those begun before, undone or redone.
        new: dict[int, Any] = {}
        old: set[int] = set()
        for row in later:
            if row.root <= seq:
                old.add(row.root)
            elif not _within(row.seq, gone):
                new[row.root] = row
        takes = [row for root, row in new.items() if row.direction == 1 and not _within(root, gone)]
        for start, end in gone:
            if start < seq < end:
                # An earlier "go back" took these away; they come back with it.
                old.update(
                    self._connection.execute(
                        select(Operation.root).where(Operation.seq > start, Operation.seq <= seq)
                    ).scalars()
                )
        stands, stood = self._standing(old), self._standing(old, upto=seq)
        numbers: dict[UUID | None, int] = {}
        for row in [*takes, *self._of_roots(stands - stood)]:
            if Op(row.kind).undoable and row.seq not in hidden:
                numbers[row.coder_id] = numbers.get(row.coder_id, 0) + 1
        brings = sum(
            1
            for row in self._of_roots(stood - stands)
            if Op(row.kind).undoable and row.seq not in hidden
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

    def _standing(self, roots: set[int], upto: int | None = None) -> set[int]:
        """Which acts stand (or stood after operation ``upto``)."""
        gone = self._taken_back(upto)
        newest = self._newest(roots, upto=upto, gone=gone)
        return {r for r, way in newest.items() if way == 1 and not _within(r, gone)}

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
        column = Base.metadata.tables[table].c.id
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


def _chunks(numbers: list[int], size: int = 500) -> list[list[int]]:
    """A database takes a limited number of values in one statement."""
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]


def _within(seq: int, stretches: Stretches) -> bool:
    return any(start < seq < end for start, end in stretches)
