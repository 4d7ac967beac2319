"""The log of decisions: append only, and which of them stand.

A decision names the one it ``replaces``. Those that none replaces are the heads of an item's
chains; there are several only where copies of the project decided apart. A chain that ends with
a withdrawal says nothing; what the other heads say stands.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, literal_column, select

from ikt_coder.core.changes import Changes
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, ReasonCategory
from ikt_coder.model import Decision
from ikt_coder.services.round_freezing import read_marks
from ikt_coder.services.round_rows import EditMark
from ikt_coder.services.segment_texts import read_segments
from ikt_coder.services.settling_rows import DecisionRow, Segment
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

# Rows are never changed nor removed, so their numbers in the table tell the order in which this
# file got to know them, whoever decided and when.
NUMBER: Any = literal_column("decision.rowid")
_NEWEST = select(func.max(NUMBER)).select_from(Decision)


@frozen
class Decided:
    """A stored decision; ``number`` is its place in this file's log. What is JSON in the table
    is parsed when it is asked for."""

    number: int
    id: UUID
    round: UUID
    document: UUID
    item: UUID
    difference: DifferenceKind
    kind: DecisionKind
    kept: UUID | None
    replaces: UUID | None
    before_text: str
    result_text: str
    edits_text: str
    text_digest: str
    codebook_version: UUID | None
    category: ReasonCategory | None
    reason: str
    present_text: str
    coder: UUID | None
    role: str
    names_hidden: bool
    in_bulk: bool
    proposed_by: str
    program: str
    at: datetime

    @property
    def before(self) -> tuple[tuple[UUID | None, Segment], ...]:
        """The segments in question with their coders."""
        return read_segments(self.before_text)

    @property
    def result(self) -> tuple[Segment, ...]:
        """What the Consensus got, where the text was as ``edits`` say."""
        if self.result_text == "[]":
            return ()
        return tuple(segment for _, segment in read_segments(self.result_text))

    @property
    def edits(self) -> tuple[EditMark, ...]:
        return read_marks(self.edits_text) if self.edits_text != "[]" else ()

    @property
    def present(self) -> tuple[UUID, ...]:
        return tuple(UUID(key) for key in json.loads(self.present_text))

    def row(self, result: tuple[Segment, ...]) -> DecisionRow:
        """As screens see it; ``result`` is what the Consensus got, over the present text."""
        return DecisionRow(
            self.id,
            self.item,
            self.kind,
            self.kept,
            result,
            self.category,
            self.reason,
            self.present,
            self.coder,
            self.at,
            self.in_bulk,
            self.names_hidden,
        )


_COLUMNS = (
    NUMBER,
    Decision.id,
    Decision.round_id,
    Decision.document_id,
    Decision.item_id,
    Decision.difference,
    Decision.kind,
    Decision.kept_id,
    Decision.replaces,
    Decision.before,
    Decision.result,
    Decision.edits,
    Decision.text_digest,
    Decision.codebook_version,
    Decision.category,
    Decision.reason,
    Decision.present,
    Decision.coder_id,
    Decision.role,
    Decision.names_hidden,
    Decision.in_bulk,
    Decision.proposed_by,
    Decision.program,
    Decision.at,
)


def _decided(values: Any) -> Decided:
    number, key, round_, document, item, difference, kind, *rest = values
    kept, replaces, before, result, edits, digest, version, category, *more = rest
    return Decided(
        number,
        key,
        round_,
        document,
        item,
        DifferenceKind(difference),
        DecisionKind(kind),
        kept,
        replaces,
        before,
        result,
        edits,
        digest,
        version,
        ReasonCategory(category) if category else None,
        *more,
    )


Log = Mapping[UUID, Sequence[Decided]]
"""The decisions of one document in one round by item, in the order of this file."""


def heads(decisions: Iterable[Decided]) -> list[Decided]:
    """The decisions of an item that none replaces, smallest id first."""
    known = list(decisions)
    replaced = {each.replaces for each in known}
    return sorted((d for d in known if d.id not in replaced), key=lambda d: d.id)


def standing(decisions: Iterable[Decided]) -> list[Decided]:
    """The heads that say something."""
    return [each for each in heads(decisions) if each.kind is not DecisionKind.WITHDRAW]


class DecisionLog:
    """All decisions of the project, read once and then only what is new."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._turn = threading.Lock()
        self._known: dict[tuple[UUID, UUID], dict[UUID, list[Decided]]] = {}
        self._counts: dict[tuple[UUID, UUID], int] = {}
        self._upto = 0
        project.listen(self._listen)

    def _listen(self, changes: Changes) -> None:
        if changes.kind in (Op.ERASE_PARTICIPANT, Op.COMPACT):  # reasons may have been cleaned
            with self._turn:
                self._known, self._counts, self._upto = {}, {}, 0

    def newest(self) -> int:
        """The number of the newest decision, within an act under way too."""
        return int(self._project.connection.execute(_NEWEST).scalar() or 0)

    def of_document(self, round_: UUID, document: UUID) -> Log:
        """The decisions on a document's items, those of an act under way among them."""
        key = (round_, document)
        if not self._project.file.door.writing_here:
            self.catch_up()
            with self._turn:
                return {item: tuple(each) for item, each in self._known.get(key, {}).items()}
        with self._turn:
            upto = self._upto
            known = {item: list(each) for item, each in self._known.get(key, {}).items()}
        for new in self._read(
            upto < NUMBER, Decision.round_id == round_, Decision.document_id == document
        ):
            known.setdefault(new.item, []).append(new)
        return known

    def known_version(self, round_: UUID, document: UUID) -> int:
        """How many decisions on a document were read (see ``catch_up``): what was made of fewer
        is outdated."""
        return self._counts.get((round_, document), 0)

    def places(self) -> list[tuple[UUID, UUID]]:
        """The rounds and documents in which something was decided."""
        self.catch_up()
        with self._turn:
            return list(self._known)

    def rounds_of(self, document: UUID) -> set[UUID]:
        """The rounds in which something was decided on a document."""
        found = self._project.connection.execute(
            select(Decision.round_id).where(Decision.document_id == document).distinct()
        )
        return set(found.scalars().all())

    def of_round(self, round_: UUID) -> list[Decided]:
        """All decisions of a round, oldest first."""
        return self._read(Decision.round_id == round_)

    def numbered(self, after: int, upto: int | None = None) -> list[Decided]:
        """The decisions with ``after`` < number <= ``upto``."""
        conditions = [after < NUMBER]
        if upto is not None:
            conditions.append(upto >= NUMBER)
        return self._read(*conditions)

    def of_items(self, items: Iterable[UUID]) -> dict[UUID, list[Decided]]:
        """All decisions on some items, also those of an act under way."""
        found: dict[UUID, list[Decided]] = {item: [] for item in items}
        keys = list(found)
        for start in range(0, len(keys), 500):
            for each in self._read(Decision.item_id.in_(keys[start : start + 500])):
                found[each.item].append(each)
        return found

    def catch_up(self) -> None:
        """Read what was decided since the last look."""
        if self._project.file.door.writing_here:
            return  # what an act under way wrote may yet be taken back
        with self._turn:
            if self.newest() <= self._upto:
                return
            for new in self._read(self._upto < NUMBER):
                key = (new.round, new.document)
                self._known.setdefault(key, {}).setdefault(new.item, []).append(new)
                self._counts[key] = self._counts.get(key, 0) + 1
                self._upto = new.number

    def _read(self, *conditions: Any) -> list[Decided]:
        rows = self._project.connection.execute(
            select(*_COLUMNS).where(*conditions).order_by(NUMBER)
        ).all()
        return [_decided(row) for row in rows]

    def note(self, op: Operation, before: int) -> None:
        """Let an act's parameters say which decisions it brought: those after ``before``."""
        own = op.params.get("decided")
        first = own[0] if isinstance(own, list) and own[0] <= before else before
        op.note(decided=[first, self.newest()])
