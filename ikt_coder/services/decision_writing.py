"""Decisions as they are written into the log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert, select

from ikt_coder import __version__
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, ReasonCategory
from ikt_coder.model import CodebookVersion, Coder, Decision
from ikt_coder.services.consensus import consensus_id
from ikt_coder.services.decisions import Decided, DecisionLog, heads, standing
from ikt_coder.services.round_freezing import text_digest, written_marks
from ikt_coder.services.segment_texts import segments_text
from ikt_coder.services.settling_choices import ASKS_REASON
from ikt_coder.services.settling_rows import Segment
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


AGREED = "match"
HISTORY = "history"
"""By what a decision is said again: undo, redo or going back, and not by people at the item."""


@frozen
class Reason:
    """Why, and who was there. Raises UserError (``checked``) where a reason is asked for."""

    category: ReasonCategory | None = None
    text: str = ""
    present: tuple[UUID, ...] = ()

    def checked(self, kind: DecisionKind) -> Reason:
        text = self.text.strip()
        if kind is DecisionKind.UNCLEAR and not text:
            raise UserError(
                "Say what the codebook leaves unclear. Nothing was settled.",
                "The reason becomes a question at the code.",
            )
        if kind in ASKS_REASON and not text and self.category is None:
            raise UserError(
                "This way to settle needs a reason. Nothing was settled.",
                "Choose a category, or write why.",
            )
        return replace(self, text=text)


@frozen
class New:
    """A decision to be written. ``before`` are the segments in question with their coders."""

    round: UUID
    document: UUID
    item: UUID
    difference: DifferenceKind
    kind: DecisionKind
    before: Sequence[tuple[UUID | None, Segment]]
    result: Sequence[Segment]
    kept: UUID | None = None
    names_hidden: bool = False
    in_bulk: bool = False
    proposed_by: str = ""

    def accepted(self) -> New:
        """As one of many that were accepted at once because coders agree."""
        return replace(self, in_bulk=True, proposed_by=AGREED)


class Pen:
    """Writes decisions within one act: one moment, one person, one state of the codebook."""

    def __init__(self, project: Project, log: DecisionLog, op: Operation) -> None:
        self._project = project
        self._log = log
        self._op = op
        self._states: dict[UUID, tuple[str, str]] = {}
        role = op.execute(select(Coder.role).where(Coder.id == op.coder)).scalar()
        version = select(CodebookVersion.id).order_by(CodebookVersion.number.desc()).limit(1)
        self._by = {
            "coder_id": op.coder,
            "role": role or "",
            "codebook_version": op.execute(version).scalar(),
            "program": __version__,
            "at": datetime.now(UTC),
        }

    def rows(self, new: New, reason: Reason, known: Sequence[Decided]) -> list[dict[str, Any]]:
        """A decision and, where copies decided differently, the withdrawal of what else stood.
        ``known`` are the decisions on the item until now."""
        key = new_id()
        stand, ends = standing(known), heads(known)
        replaced = (stand or ends)[0] if ends else None
        edits, digest = self._state(new.document)
        result = [
            replace(each, coding=consensus_id(key, index)) for index, each in enumerate(new.result)
        ]
        made = {
            "id": key,
            "round_id": new.round,
            "document_id": new.document,
            "item_id": new.item,
            "difference": new.difference.value,
            "kind": new.kind.value,
            "kept_id": new.kept,
            "replaces": None if replaced is None else replaced.id,
            "before": segments_text(new.before),
            "result": segments_text((None, each) for each in result),
            "edits": edits,
            "text_digest": digest,
            "category": reason.category.value if reason.category else None,
            "reason": reason.text,
            "present": self._present(reason),
            "names_hidden": new.names_hidden,
            "in_bulk": new.in_bulk,
            "proposed_by": new.proposed_by,
            **self._by,
        }
        rest = [each for each in stand if replaced is None or each.id != replaced.id]
        return [*(self.withdrawal(each) for each in rest), made]

    def again(self, decided: Decided, replaces: UUID | None) -> dict[str, Any]:
        """A decision said again, in the place of another."""
        return {
            **_copied(decided),
            **self._by,
            "id": new_id(),
            "replaces": replaces,
            "proposed_by": HISTORY,
        }

    def withdrawal(
        self, decided: Decided, reason: Reason | None = None, proposed_by: str = ""
    ) -> dict[str, Any]:
        """The item of a decision is open again."""
        said = reason or Reason()
        return {
            **_copied(decided),
            **self._by,
            "id": new_id(),
            "kind": DecisionKind.WITHDRAW.value,
            "kept_id": None,
            "replaces": decided.id,
            "result": "[]",
            "category": said.category.value if said.category else None,
            "reason": said.text.strip(),
            "present": self._present(said),
            "in_bulk": False,
            "proposed_by": proposed_by,
        }

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write decisions; the act's parameters tell which they are."""
        if rows:
            before = self._log.newest()
            self._op.execute(insert(Decision), rows)
            self._log.note(self._op, before)

    def _present(self, reason: Reason) -> str:
        mine = (self._op.coder,) if self._op.coder else ()
        return json.dumps([coder.hex for coder in dict.fromkeys(reason.present or mine)])

    def _state(self, document: UUID) -> tuple[str, str]:
        """The edits a document's text has, and its digest."""
        known = self._states.get(document)
        if known is None:
            marks = written_marks(self._project.texts.marks(document))
            digest = text_digest(self._project.texts.get(document))
            known = self._states[document] = (marks, digest)
        return known


def _copied(decided: Decided) -> dict[str, Any]:
    return {
        "round_id": decided.round,
        "document_id": decided.document,
        "item_id": decided.item,
        "difference": decided.difference.value,
        "kind": decided.kind.value,
        "kept_id": decided.kept,
        "before": decided.before_text,
        "result": decided.result_text,
        "edits": decided.edits_text,
        "text_digest": decided.text_digest,
        "category": decided.category.value if decided.category else None,
        "reason": decided.reason,
        "present": decided.present_text,
        "names_hidden": decided.names_hidden,
        "in_bulk": decided.in_bulk,
    }
