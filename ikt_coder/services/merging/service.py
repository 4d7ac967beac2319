"""Planning a merge without writing anything, and carrying it out as one act."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import RoundEventKind
from ikt_coder.services.base import Service
from ikt_coder.services.merging.aftermath import put_right, without_words
from ikt_coder.services.merging.comparing import Comparison
from ikt_coder.services.merging.dependence import Dependence
from ikt_coder.services.merging.identities import stored
from ikt_coder.services.merging.origins import settle_origins
from ikt_coder.services.merging.other_file import other_file
from ikt_coder.services.merging.outcome import Outcome
from ikt_coder.services.merging.parting import parting, state_of
from ikt_coder.services.merging.past_rows import Key, columns
from ikt_coder.services.merging.provisional import newest_operation, provisional
from ikt_coder.services.merging.rows import MergePlan, MergeResult, Side
from ikt_coder.services.merging.telling import Telling
from ikt_coder.services.merging.unsettled import beside, documents_of, take_back, unsettled
from ikt_coder.services.merging.writing import Writer
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
Choices = Mapping[str, Side]


@frozen
class _Planned:
    """A plan with all it would write, good while neither file moves on."""

    plan: MergePlan
    outcome: Outcome
    choices: dict[str, Side]
    last: int  # the newest operation here


class MergeService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._planned: _Planned | None = None

    def plan(self, path: Path, choices: Choices | None = None) -> MergePlan:
        """What bringing the file in would do, with these answers to its conflicts; nothing is
        written, here or there.

        Raises ProjectFileError for a file that is missing, foreign, newer, cut short or
        damaged, NotAllowed for the open project itself and in a coder's copy.
        """
        given = dict(choices or {})
        with other_file(path, self._project.path) as theirs:
            last = _last(self._driver)
            plan, outcome = self._plan(self._driver, theirs, path, given)
        self._planned = _Planned(plan, outcome, given, last)
        return plan

    def apply(
        self,
        path: Path,
        choices: Choices | None = None,
        *,
        expected: MergePlan | None = None,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> MergeResult:
        """Bring the file in, in one act that can be undone. What nobody chose takes the
        default of the plan. A file with nothing new leaves no act behind.

        Raises as ``plan`` does, NotAllowed where the file is no longer as ``expected`` (the
        plan that was shown) found it, Cancelled where ``cancel`` says so; nothing is changed
        then.
        """
        given = dict(choices or {})
        with (
            other_file(path, self._project.path) as theirs,
            self._operation(Op.MERGE_COPY, name=path.name) as op,
        ):
            plan, outcome = self._at_hand(op, theirs, expected, given) or self._plan(
                op.raw, theirs, path, given
            )
            if expected is not None and expected.state != plan.state:
                raise NotAllowed(
                    f"“{path.name}” was changed since it was looked at. Nothing was changed.",
                    "Look at what it brings once more.",
                )
            if outcome.empty:
                return MergeResult(plan, None, given)
            told = self._write(op, outcome, plan, path, progress, cancel)
            result = MergeResult(plan, op.seq, given)
            op.note(**told)
        self._project.texts.forget()
        return result

    def _at_hand(
        self,
        op: Operation,
        theirs: sqlite3.Connection,
        expected: MergePlan | None,
        choices: Choices,
    ) -> tuple[MergePlan, Outcome] | None:
        """What was worked out for the plan that was shown, where it still holds."""
        planned, self._planned = self._planned, None
        if (
            planned is None
            or planned.plan is not expected
            or planned.choices != choices
            or planned.last != _last(op.raw)
            or planned.plan.state != state_of(theirs)
        ):
            return None
        return planned.plan, planned.outcome

    def _plan(
        self, ours: sqlite3.Connection, theirs: sqlite3.Connection, path: Path, choices: Choices
    ) -> tuple[MergePlan, Outcome]:
        _refuse_in_copy(ours, theirs)
        parted = parting(ours, theirs)
        our_open = provisional(ours, parted.ours_known)
        their_open = provisional(theirs, parted.theirs_known)
        sealed = frozenset(key.bytes for key in self._project.sight.sealed())
        with (
            beside(self._project.path, our_open) as apart,
            unsettled(apart or ours, our_open) as here,
            unsettled(theirs, their_open) as there,
        ):
            found = Comparison(here, there, choices, our_open, their_open)
            outcome = found.compare()
            for document, text in outcome.texts.items():
                if text.contested:
                    outcome.open.contested[document] = text.contested
                if text.rejected:
                    outcome.open.rejected[document] = text.rejected
            Dependence(found, _withdrawn(here, there)).settle()
            if our_open.settlings:
                outcome.settlings = our_open.settlings
                outcome.unsettled = documents_of(here, our_open.settlings)
                outcome.since = our_open.since
            settle_origins(found)
            plan = Telling(found, path.name, sealed, self._project.coder).plan()
        return plan, outcome

    def _write(
        self,
        op: Operation,
        outcome: Outcome,
        plan: MergePlan,
        path: Path,
        progress: Progress | None,
        cancel: Cancel | None,
    ) -> dict[str, object]:
        after = newest_operation(op.raw).hex()
        take_back(op.raw, outcome.settlings)
        writer = Writer(op.raw, outcome, progress, cancel)
        writer.write()
        decisions = [UUID(bytes=row["id"]) for row in outcome.records.get("decision", ())]
        self._project.reconciliation.brought(op, decisions)
        documents = _touched(outcome)
        without_words(op.raw, documents)
        begun = _journaled(op)
        stay = put_right(op, documents)
        ended = _journaled(op)
        counts = {
            "codings": plan.codings.added,
            "changed": plan.codings.changed,
            "removed": plan.codings.removed,
        }
        now = int(datetime.now(UTC).timestamp() * 1_000_000)
        parted = outcome.parting
        key = derived_id(parted.lineage, parted.last)
        known = op.raw.execute("SELECT 1 FROM merged_copy WHERE id = ?", (key.bytes,)).fetchone()
        coder = _copied_for(op.raw, outcome)
        if known is not None:  # the same state of the file once more, other things came of it
            key = derived_id(key, UUID(hex=after))
        told = {
            **counts,
            "same": stored(outcome.identities),
            "after": after,
            "open": outcome.open.stored()
            | {
                "settling": {
                    "start": begun,
                    "count": ended - begun,
                    "total": ended + 1,  # with the row this is kept in
                    "since": outcome.since or after,
                    "stay": sorted(key.hex() for key in stay),
                }
            },
        }
        writer.insert(
            "merged_copy",
            [
                {
                    "id": key.bytes,
                    "lineage": parted.lineage.bytes,
                    "last_operation": parted.last.bytes,
                    "file_name": path.name,
                    "coder_id": coder,
                    "counts": json.dumps(told),
                    "at": now,
                }
            ],
        )
        if known is None:
            writer.insert("round_event", [self._event(op, outcome, coder, path, now)])
        shown: dict[str, object] = {"documents": len(plan.documents), "coders": list(plan.coders)}
        if plan.codings.added:
            shown["count"] = plan.codings.added
        return shown

    @staticmethod
    def _event(
        op: Operation, outcome: Outcome, coder: Key | None, path: Path, now: int
    ) -> dict[str, object]:
        data = {
            "file": path.name,
            "lineage": outcome.parting.lineage.hex,
            "operation": outcome.parting.last.hex,
        }
        values: dict[str, object] = dict.fromkeys(columns("round_event"))
        return values | {
            "id": new_id().bytes,
            "kind": RoundEventKind.MERGED.value,
            "coder_id": coder,
            "by_id": op.coder.bytes if op.coder else None,
            "at": now,
            "data": json.dumps(data, ensure_ascii=False),
        }

    @property
    def _driver(self) -> sqlite3.Connection:
        return self._project.file.connections.raw()


def _last(driver: sqlite3.Connection) -> int:
    """The newest operation of this project."""
    (seq,) = driver.execute("SELECT coalesce(max(seq), 0) FROM operation").fetchone()
    return int(seq)


def _journaled(op: Operation) -> int:
    """How many rows the act has touched."""
    (count,) = op.raw.execute("SELECT count(*) FROM journal WHERE op = ?", (op.seq,)).fetchone()
    return int(count)


def _refuse_in_copy(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> None:
    """A coder's copy takes in nothing but another copy of itself: it holds one coder's work."""
    origins = [driver.execute("SELECT id FROM copy_origin").fetchone() for driver in (ours, theirs)]
    if origins[0] is not None and origins[0] != origins[1]:
        raise NotAllowed(
            "This file is a copy for one coder; what others did stays out of it. "
            "Nothing was changed.",
            "Open the project it came from, and bring this file in there.",
        )


def _touched(outcome: Outcome) -> set[Key]:
    """Documents in which codings came, moved or took another code."""
    touched = {row["document_id"] for row in outcome.inserts.get("coding", {}).values()}
    touched |= {text.document for text in outcome.texts.values() if text.changes_text}
    touched |= outcome.coded | outcome.unsettled
    return touched


def _copied_for(ours: sqlite3.Connection, outcome: Outcome) -> Key | None:
    """Whose copy came back, where it was a coder's copy and the coder is in the project."""
    coder = outcome.copied_for
    if coder is None:
        return None
    found = ours.execute("SELECT 1 FROM coder WHERE id = ?", (coder,)).fetchone()
    return coder if found is not None else None


def _withdrawn(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> set[Key]:
    """Documents of the other file whose people were erased here: they do not come back."""
    erased = {key for (key,) in ours.execute("SELECT participant FROM tombstone")}
    if not erased:
        return set()
    found = {
        document
        for document, person in theirs.execute(
            "SELECT document_id, participant_id FROM document_participant"
            " UNION SELECT document_id, participant_id FROM speaker"
        )
        if person in erased
    }
    here = {key for (key,) in ours.execute("SELECT id FROM document")}
    return found - here
