"""Rounds of coding: set up, coded, finished, reopened, unsealed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, insert, select

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import AssignmentStatus, RoundEventKind, Task
from ikt_coder.core.words import Layer
from ikt_coder.model import Checked, Coding, Decision, FrozenGround, Round, RoundEvent, Snapshot
from ikt_coder.services import round_refusals
from ikt_coder.services.base import UNSET, Service, Unset, change_row, given, named
from ikt_coder.services.document_order import document_order
from ikt_coder.services.round_rows import (
    AssignmentRow,
    Counting,
    Duty,
    Ground,
    RoundEventRow,
    RoundPlan,
    RoundRow,
    SnapshotRow,
)
from ikt_coder.services.round_state import Assigned, RoundState, State, read_state, round_row
from ikt_coder.storage.operation import Operation
from ikt_coder.storage.undoing import Act

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

# Acts that leave rounds as they are, so that what was read within them can be kept.
_APART = frozenset(
    {
        *(Op.APPLY_CODE, Op.APPLY_CODES, Op.APPLY_NEW_CODE, Op.CHANGE_CODING, Op.SET_VALENCE),
        *(Op.SET_LEVELS, Op.SET_FLAG, Op.MOVE_EDGES, Op.RECODE, Op.REMOVE_CODINGS, Op.CODE_HITS),
        *(Op.ADD_CODE, Op.CHANGE_CODE),
    }
)
# What only setting up, finishing and unsealing need is loaded then: coding asks this service at
# every act.
_TABLES = (
    *("coding_round", "assignment", "settled", "round_event", "frozen_ground"),
    *("document", "folder", "coder", "codebook_version"),
)


class RoundService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._known: State | None = None
        self._forgotten = 0
        self._turn = threading.Lock()  # several threads ask
        project.listen(self._on_changes, first=True)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(*_TABLES) or changes.kind in (Op.GO_BACK, Op.MERGE_COPY):
            self.forget()

    def forget(self) -> None:
        """Read the rounds anew when they are asked for next."""
        with self._turn:
            self._forgotten += 1
            self._known = None

    def state(self) -> State:
        """Where all rounds stand; from memory where nothing changed."""
        known = self._known
        if known is not None:
            return known
        forgotten = self._forgotten
        made = read_state(self._rows)
        door = self._project.file.door
        # What an act under way has written may still be rolled back.
        if not door.writing_here or door.kind in _APART:
            with self._turn:
                if forgotten == self._forgotten:
                    self._known = made
        return made

    def of(self, round_: UUID) -> RoundState:
        """All that is known of a round. Raises NotFound."""
        known = self.state().rounds.get(round_)
        if known is None:
            raise NotFound("This round is not in the project.", "Undo may bring it back.")
        return known

    # -- reading ------------------------------------------------------------------------------

    def all(self) -> tuple[RoundRow, ...]:
        """The rounds in the order they were set up."""
        state = self.state()
        if not state.rounds:
            return ()
        return tuple(self._shown(state, known) for known in state.rounds.values())

    def get(self, round_: UUID) -> RoundRow:
        """A round. Raises NotFound."""
        return self._shown(self.state(), self.of(round_))

    def _shown(self, state: State, known: RoundState) -> RoundRow:
        if known.shown is None:
            known.shown = round_row(state, known, document_order(self._connection))
        return known.shown

    def find(self, name: str) -> RoundRow:
        """The round of this name, number or id. Raises NotFound."""
        rows = self.all()
        wanted = name.strip().casefold()
        for row in rows:
            if wanted in (row.name.casefold(), str(row.id), row.id.hex):
                return row
        for row in rows:
            if wanted == str(row.number):
                return row
        known = ", ".join(f"{row.number} “{row.name}”" for row in rows) or "none yet"
        raise NotFound(f"There is no round “{name}” in the project.", f"Rounds: {known}.")

    def latest(self, unsealed: bool | None = None) -> RoundRow | None:
        """The newest round; with ``unsealed`` the newest of which something was (or nothing
        was yet) unsealed."""
        for row in reversed(self.all()):
            if unsealed is None or (row.unsealed is not None) is unsealed:
                return row
        return None

    def assignments(self, round_: UUID) -> tuple[AssignmentRow, ...]:
        """Who codes what and how far they are, document by document in the order of the list.
        Raises NotFound."""
        known = self.of(round_)
        row = self.get(round_)
        codings = self._codings(known)
        begun = set(codings) | self._checked(round_)
        present = self._project.coder
        order = {document: index for index, document in enumerate(row.documents)}
        who = {coder: index for index, coder in enumerate(row.coders)}
        return tuple(
            AssignmentRow(
                round=round_,
                coder=each.coder,
                document=each.document,
                task=each.task,
                batch=each.batch,
                status=_status(known, each, begun),
                finished_at=known.finished.get(place),
                reopened=known.reopened.get(place, 0),
                after_unsealing=place in known.reopened_after,
                codings=(
                    codings.get(place, 0)
                    if each.coder == present or each.document not in known.sealed
                    else None
                ),
            )
            for place, each in sorted(
                known.assigned.items(), key=lambda item: (order[item[0][1]], who[item[0][0]])
            )
        )

    def _codings(self, known: RoundState) -> dict[tuple[UUID, UUID], int]:
        """How many codings each coder has in each document of a round, for statuses: numbers
        of others in sealed documents go no further."""
        with self._project.sight.everything():
            return {
                (coder, document): count
                for coder, document, count in self._rows(
                    select(Coding.coder_id, Coding.document_id, func.count())
                    .where(
                        Coding.document_id.in_(known.documents),
                        Coding.layer == Layer.CODER.value,
                    )
                    .group_by(Coding.coder_id, Coding.document_id)
                )
            }

    def _checked(self, round_: UUID) -> set[tuple[UUID, UUID]]:
        """Who has checked or decided something in which document of a round."""
        found: set[tuple[UUID, UUID]] = set()
        for entity in (Checked, Decision):
            who = select(entity.coder_id, entity.document_id).where(entity.round_id == round_)
            found.update((coder, document) for coder, document in self._rows(who.distinct()))
        return found

    def duty(self, document: UUID) -> Duty | None:
        """What the present coder has to do with a document: of its newest round in which
        something is left to do, else of the newest."""
        coder = self._project.coder
        state = self.state()
        found = state.duties.get((coder, document)) if coder is not None else None
        if not found:
            return None
        known, each = next(
            (pair for pair in found if not pair[0].done(pair[1])),
            found[0],
        )
        begun: set[tuple[UUID, UUID]] = set()
        if each.task is Task.VERIFY:
            begun = self._checked(known.id)
        elif not known.done(each):
            mine = select(Coding.id).where(Coding.document_id == document, Coding.coder_id == coder)
            if self._connection.execute(mine.limit(1)).first() is not None:
                begun = {(each.coder, document)}
        return Duty(
            round=self._shown(state, known),
            task=each.task,
            status=_status(known, each, begun),
            sealed=document in known.sealed,
            waiting=known.waiting(each.batch, state.settled),
        )

    def sealed_documents(self) -> frozenset[UUID]:
        """The documents in which coders see their own work alone."""
        found: frozenset[UUID] = frozenset()
        for known in self.state().rounds.values():
            found |= known.sealed
        return found

    def sealed_ids(self) -> frozenset[UUID]:
        """The rounds of which a document is sealed."""
        return frozenset(key for key, known in self.state().rounds.items() if known.sealed)

    def sealed_round(self, document: UUID) -> RoundRow | None:
        """The round in which a document is sealed now."""
        for key, known in self.state().rounds.items():
            if document in known.sealed:
                return self.get(key)
        return None

    def participates(self, coder: UUID | None) -> tuple[RoundRow, ...]:
        """The rounds in which a coder codes a document that is sealed."""
        return tuple(
            self.get(key)
            for key, known in self.state().rounds.items()
            if any((coder, document) in known.assigned for document in known.sealed)
        )

    def proposing(self, coder: UUID | None) -> UUID | None:
        """The sealed round that a coder codes in, also in their copy: a code they make now is
        a proposal."""
        for key, known in self.state().rounds.items():
            if any((coder, document) in known.assigned for document in known.sealed):
                return key
        return None

    # -- what was frozen ------------------------------------------------------------------------

    def counting(self, round_: UUID) -> tuple[Counting, ...]:
        """The snapshots that count in the figures of a round: those that stood when their
        document was unsealed. None before."""
        known = self.of(round_)
        wanted = {key for keys in known.counted.values() for key in keys}
        rows = self._rows(
            select(Snapshot.id, Snapshot.coder_id, Snapshot.document_id)
            .where(Snapshot.round_id == round_)
            .order_by(Snapshot.at, Snapshot.id)
        )
        return tuple(
            Counting(row.id, row.coder_id, row.document_id) for row in rows if row.id in wanted
        )

    def snapshots(self, round_: UUID) -> tuple[SnapshotRow, ...]:
        """The snapshots that count, with their codings."""
        wanted = {each.snapshot for each in self.counting(round_)}
        return tuple(row for row in self.all_snapshots(round_) if row.id in wanted)

    def all_snapshots(self, round_: UUID) -> tuple[SnapshotRow, ...]:
        """Every snapshot of a round in the order of time, also those that were finished anew
        after unsealing; of documents that are sealed only the present coder's."""
        from ikt_coder.services.round_freezing import snapshot_row

        known = self.of(round_)
        present = self._project.coder
        return tuple(
            snapshot_row(row)
            for row in self._rows(
                select(Snapshot.__table__)
                .where(Snapshot.round_id == round_)
                .order_by(Snapshot.at, Snapshot.id)
            )
            if row.coder_id == present or row.document_id not in known.sealed
        )

    def ground(self, round_: UUID) -> dict[UUID, Ground]:
        """What the texts of a round were like when they were unsealed, by document."""
        from ikt_coder.services.round_freezing import ground_row

        rows = self._rows(
            select(FrozenGround.__table__)
            .where(FrozenGround.round_id == round_)
            .order_by(FrozenGround.id.desc())
        )
        # Where two copies of a project were unsealed apart, the first stands.
        return {row.document_id: ground_row(row) for row in rows}

    def events(self, round_: UUID | None = None) -> tuple[RoundEventRow, ...]:
        """The log of a round, or of all with what was logged of copies, oldest first."""
        statement = select(RoundEvent.__table__).order_by(RoundEvent.at, RoundEvent.id)
        if round_ is not None:
            statement = statement.where(RoundEvent.round_id == round_)
        return tuple(
            RoundEventRow(
                r.id,
                RoundEventKind(r.kind),
                r.round_id,
                r.coder_id,
                r.document_id,
                r.by_id,
                r.at,
                json.loads(r.data),
            )
            for r in self._rows(statement)
        )

    def log(
        self,
        op: Operation,
        kind: RoundEventKind,
        *,
        round_: UUID | None = None,
        coder: UUID | None = None,
        document: UUID | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> UUID:
        """Add to the log within an act. ``data`` holds no words of interviews and no counts of
        codings."""
        key = new_id()
        op.execute(
            insert(RoundEvent).values(
                id=key,
                kind=kind.value,
                round_id=round_,
                coder_id=coder,
                document_id=document,
                by_id=op.coder,
                at=datetime.now(UTC),
                data=json.dumps(dict(data or {}), ensure_ascii=False, separators=(",", ":")),
            )
        )
        self.forget()
        return key

    # -- acts -----------------------------------------------------------------------------------

    def preview(self, plan: RoundPlan) -> tuple[UUID, ...]:
        """The documents a plan would draw, in the order of the list. Raises UserError."""
        from ikt_coder.services import round_setup

        return round_setup.drawn(self._project, plan).documents

    def coded_before(self) -> frozenset[tuple[UUID, UUID]]:
        """Who (as far as the present coder may know) has coded in which document already:
        what is there at set-up counts as coded in the round."""
        rows = self._rows(
            select(Coding.coder_id, Coding.document_id)
            .where(Coding.layer == Layer.CODER.value)
            .distinct()
        )
        return frozenset((coder, document) for coder, document in rows)

    def set_up(self, plan: RoundPlan) -> UUID:
        """Set a round up: who codes what, and everything that is locked from now on. Keeps the
        codebook as a version. Raises UserError where the plan does not hold; nothing is set up
        then."""
        from ikt_coder.services import round_acts

        return round_acts.set_up(self._project, plan)

    def rename(self, round_: UUID, *, name: str | Unset = UNSET, note: str | Unset = UNSET) -> None:
        """Change the name or the note; all else was locked at set-up."""
        values = given(name=name, note=note)
        known = self.of(round_)
        if "name" in values:
            values["name"] = named(values["name"], "round", 120)
            round_refusals.refuse_double(self.state(), values["name"], round_)
        with self._operation(Op.CHANGE_ROUND, round=round_, name=known.name) as op:
            if "name" in values:
                op.note(new_name=values["name"])
            change_row(op, Round, round_, values)
            self.forget()

    def assign(
        self, round_: UUID, coder: UUID, documents: Iterable[UUID], task: Task = Task.CODE
    ) -> None:
        """Give a coder documents of a round that was set up. Raises NotAllowed where that would
        not be blind any more, and for an interview of the coder's own."""
        from ikt_coder.services import round_acts

        round_acts.assign(self._project, round_, coder, list(documents), task)

    def unassign(self, round_: UUID, coder: UUID, documents: Iterable[UUID]) -> None:
        """Take documents from a coder again. Raises NotAllowed where they have begun and others
        have still to code unseen."""
        from ikt_coder.services import round_acts

        round_acts.unassign(self._project, round_, coder, list(documents))

    def finish(self, round_: UUID, documents: UUID | Iterable[UUID]) -> None:
        """Say as the present coder that documents are coded; one act, which cannot be undone.

        What was coded is frozen as a snapshot each (none where the task is to verify). What is
        finished already stays as it is. Raises NotAllowed where a document is not theirs, or
        waits.
        """
        keys = [documents] if isinstance(documents, UUID) else list(documents)
        from ikt_coder.services import round_acts

        round_acts.finish(self._project, round_, keys)

    def reopen(self, round_: UUID, document: UUID, reason: str, coder: UUID | None = None) -> None:
        """Open a finished document for coding again, for the present coder or another; logged
        with the reason, and flagged where the round was unsealed already."""
        from ikt_coder.services import round_acts

        round_acts.reopen(self._project, round_, document, reason, coder)

    def may_unseal(self, round_: UUID) -> str:
        """Why a round cannot be unsealed now; empty where it can."""
        from ikt_coder.services import round_unsealing

        return round_unsealing.hindrance(self._project, self.of(round_))

    def unseal(
        self, round_: UUID, progress: Progress | None = None, stop: Stop | None = None
    ) -> None:
        """Open what was coded blind, for everybody; one logged act that cannot be undone. In a
        round that settles its first documents first, those are opened before the rest.

        Freezes the units and the text in scope, so that figures never move; with tokens that
        takes a second for each text that was not analysed. Raises NotAllowed, Cancelled.
        """
        from ikt_coder.services import round_unsealing

        round_unsealing.unseal(self._project, round_, progress, stop)

    def note_switch(self, op: Operation, before: UUID | None, coder: UUID) -> None:
        """Log, within the act, that another coder sat down while rounds are sealed."""
        if self.sealed_ids():
            from ikt_coder.services import round_acts

            round_acts.note_switch(self._project, op, before, coder)

    # -- refusals -------------------------------------------------------------------------------

    def refuse_frozen(self, op: Operation, pairs: Iterable[tuple[UUID, UUID | None]]) -> None:
        """Raise NotAllowed where the codings of a coder in a document (pairs of document and
        coder) may not change now."""
        round_refusals.refuse_frozen(op, self.state(), pairs)

    def refuse_codings(self, op: Operation, codings: Iterable[UUID]) -> None:
        """``refuse_frozen`` for codings that are there."""
        state = self.state()
        if not state.rounds:
            return
        keys = list(codings)
        for start in range(0, len(keys), 500):
            pairs = op.execute(
                select(Coding.document_id, Coding.coder_id)
                .where(Coding.id.in_(keys[start : start + 500]))
                .distinct()
            ).all()
            round_refusals.refuse_frozen(op, state, [(d, c) for d, c in pairs])

    def refuse_codebook_act(self, op: Operation, codes: Iterable[UUID]) -> None:
        """Raise NotAllowed where deleting, merging or splitting codes would change what others
        code unseen."""
        round_refusals.refuse_codebook_act(op, self.state(), codes)

    def refuse_played(self, op: Operation, act: Act) -> None:
        """Raise UndoRefused where an act played back within ``op`` changes what was finished."""
        round_refusals.refuse_played(op, self.state(), act)

    def refuse_undo(self, act: Act) -> None:
        """Raise UndoRefused where playing an act back would open what is sealed."""
        round_refusals.refuse_undo(self._project, self.state(), act)


def _status(known: RoundState, each: Assigned, begun: set[tuple[UUID, UUID]]) -> AssignmentStatus:
    if known.done(each):
        return AssignmentStatus.FINISHED
    if (each.coder, each.document) in begun:
        return AssignmentStatus.IN_PROGRESS
    return AssignmentStatus.ASSIGNED
