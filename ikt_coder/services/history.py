"""History: who did what and when; undo, redo, going back, restore points."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, select

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound, UndoRefused, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import Coder, Operation, RestorePoint
from ikt_coder.services.base import Service, named
from ikt_coder.services.rows import HistoryRow, RestorePointRow
from ikt_coder.storage import journal
from ikt_coder.storage.journal import Act

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

# Above this many rows undo runs with progress and can be cancelled (off the main thread).
LONG_UNDO = 5000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class HistoryService(Service):
    # -- reading ------------------------------------------------------------------------

    def all(self, limit: int = 500, before: int | None = None) -> tuple[HistoryRow, ...]:
        """Operations, newest first; ``before`` goes on from an earlier page."""
        statement = (
            select(Operation.__table__, Coder.name.label("who"))
            .outerjoin(Coder, Coder.id == Operation.coder_id)
            .order_by(Operation.seq.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(Operation.seq < before)
        rows = self._rows(statement)
        newest = self._newest({row.root for row in rows})
        taken_back = self._taken_back()
        points: dict[int, list[str]] = {}
        for point in self.restore_points():
            points.setdefault(point.op, []).append(point.name)
        floor = journal.floor(self._driver)
        return tuple(
            HistoryRow(
                seq=r.seq,
                kind=r.kind,
                params=json.loads(r.params),
                coder=r.coder_id,
                coder_name=r.who or "",
                at=r.at,
                root=r.root,
                direction=r.direction,
                stands=newest[r.root] == 1 and not any(a < r.seq < b for a, b in taken_back),
                undoable=Op(r.kind).undoable and r.seq > floor,
                restore_points=tuple(points.get(r.seq, ())),
                rows=r.rows,
            )
            for r in rows
        )

    def _newest(self, roots: set[int]) -> dict[int, int]:
        """For each chain of an act, its undo and its redo: whether the act stands."""
        found: dict[int, int] = {}
        for row in self._rows(
            select(Operation.root, Operation.direction)
            .where(Operation.root.in_(roots))
            .order_by(Operation.seq)
        ):
            found[row.root] = row.direction
        return found

    def _taken_back(self) -> list[tuple[int, int]]:
        """Stretches of history that a standing "go back" has undone."""
        rows = self._rows(select(Operation.__table__).where(Operation.kind == Op.GO_BACK.value))
        newest = self._newest({row.root for row in rows})
        return [
            (json.loads(row.params)["to"], row.seq)
            for row in rows
            if row.seq == row.root and newest[row.root] == 1
        ]

    def next_undo(self) -> HistoryRow | None:
        """The act undo would take back: the present coder's newest that stands."""
        return self._shown(journal.next_undo(self._driver, self._project.coder))

    def next_redo(self) -> HistoryRow | None:
        """The act redo would do again."""
        return self._shown(journal.next_redo(self._driver, self._project.coder))

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
            rows=act.rows,
        )

    # -- undo and redo ----------------------------------------------------------------------

    def undo(self, progress: Progress | None = None, cancel: Cancel | None = None) -> Changes:
        """Take back the present coder's newest act that stands.

        Raises UndoRefused where there is none, or where a later act touched its rows or
        refers to them (named, with its number); Cancelled where ``cancel`` says so.
        """
        return self._play(
            journal.next_undo(self._driver, self._project.coder), -1, progress, cancel
        )

    def redo(self, progress: Progress | None = None, cancel: Cancel | None = None) -> Changes:
        """Do again what was taken back last, until a new act is done."""
        return self._play(journal.next_redo(self._driver, self._project.coder), 1, progress, cancel)

    def _play(
        self, act: Act | None, direction: int, progress: Progress | None, cancel: Cancel | None
    ) -> Changes:
        if act is None:
            raise UndoRefused(
                "There is nothing to undo." if direction < 0 else "There is nothing to redo."
            )
        self._refuse_blocked(act)
        heard: list[Changes] = []
        end = self._project.listen(heard.append)
        try:
            with self._operation(act.kind, **act.params) as op:
                op.repeat_of(act.root, direction, act.kind)
                journal.play_back(op.raw, act.seq - 1, act.seq, progress=progress, cancel=cancel)
        except sqlite3.IntegrityError as error:
            raise UndoRefused(
                "A later act depends on this one, so it cannot be taken back alone. "
                "Nothing was changed.",
                "Use “go back to here” in History.",
            ) from error
        finally:
            end()
        if not heard:
            raise UndoRefused("There is nothing left of this act to take back.")
        return heard[-1]

    def _refuse_blocked(self, act: Act) -> None:
        later = journal.blocker(self._driver, act)
        if later is not None:
            what = later.params.get("name") or later.params.get("title") or ""
            label = later.kind.value.replace("_", " ")
            raise UndoRefused(
                f"A later act builds on this one: {label}{f' “{what}”' if what else ''}. "
                "Nothing was changed.",
                "Take that one back first, or use “go back to here” in History.",
                blocker=later.seq,
            )

    def go_back_preview(self, seq: int) -> int:
        """How many acts going back to the state after ``seq`` would take back."""
        return sum(1 for row in self._rows(select(Operation.seq).where(Operation.seq > seq)))

    def go_back_to(
        self, seq: int, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> None:
        """Take back everything done after operation ``seq``, by anybody, in one act that
        can itself be undone. Raises UndoRefused below the undo floor."""
        if seq < journal.floor(self._driver):
            raise UndoRefused(
                "An erased participant or a compacted file lies between; "
                "what was before it cannot be brought back. Nothing was changed."
            )
        row = self._connection.execute(select(Operation.at).where(Operation.seq == seq)).first()
        if row is None:
            raise NotFound("This act is not in the history.")
        with self._operation(
            Op.GO_BACK, to=seq, count=self.go_back_preview(seq), at=row.at.isoformat()
        ) as op:
            journal.play_back(op.raw, seq, op.seq - 1, progress=progress, cancel=cancel)

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
        """Rows of a table an operation touched, to show its place."""
        return tuple(
            UUID(bytes=key)
            for (key,) in self._driver.execute(
                "SELECT DISTINCT key FROM journal WHERE op = ? AND tbl = ?", (seq, table)
            )
        )

    @property
    def _driver(self) -> sqlite3.Connection:
        return self._project.file.connections.raw()
