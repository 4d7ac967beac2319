"""The frozen rows of rounds: what was locked, who is how far, and what was frozen.

Positions are code points, half-open, over the text as it was at that moment.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.edit_sequences import EditMark as EditMark
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import (
    AssignmentStatus,
    Batch,
    Projection,
    RoundEventKind,
    RoundMode,
    Scope,
    Task,
    Unit,
)
from ikt_coder.core.words import Valence


@frozen
class RoundPlan:
    """What a round is set up with; all but name and note is locked then.

    ``documents`` empty: all, or where ``share`` (per cent) is given a random part of them
    drawn with ``seed``. ``codes`` empty: the whole codebook. In a round of code and verify the
    first coder codes and the others verify; ``blind_share`` per cent of the documents are
    coded blind by both as a check. ``first`` documents are settled before the rest is coded.
    ``overlap`` is the share (0 to 1) at which two segments are the same passage, ``target``
    the coefficient that was agreed on beforehand. ``selection_code`` marks the spans in scope.
    """

    name: str
    mode: RoundMode
    coders: tuple[UUID, ...]
    documents: tuple[UUID, ...] = ()
    codes: tuple[UUID, ...] = ()
    unit: Unit = Unit.CHARACTERS
    unit_size: int | None = None
    rule: Projection = Projection.ANY
    scope: Scope = Scope.WHOLE
    selection_code: UUID | None = None
    coefficient: str = "kappa"
    target: float | None = None
    overlap: float = 0.5
    share: int | None = None
    seed: int | None = None
    first: int | None = None
    blind_share: int | None = None
    adjudicator: UUID | None = None
    hide_names: bool = True
    note: str = ""


@frozen
class RoundRow:
    """A round. ``sealed``: it is blind and not every coder saw it opened yet."""

    id: UUID
    number: int
    name: str
    mode: RoundMode
    unit: Unit
    unit_size: int | None
    rule: Projection
    scope: Scope
    coefficient: str
    target: float | None
    overlap: float
    codes: tuple[UUID, ...]
    share: int | None
    seed: int | None
    first: int | None
    blind_share: int | None
    adjudicator: UUID | None
    hide_names: bool
    codebook_version: UUID | None
    codebook_number: int | None
    note: str
    created: datetime
    coders: tuple[UUID, ...]
    documents: tuple[UUID, ...]
    assigned: int
    finished: int
    unsealed: datetime | None
    sealed: bool

    @property
    def complete(self) -> bool:
        """Whether everybody has finished all they were assigned."""
        return self.assigned > 0 and self.finished == self.assigned


@frozen
class AssignmentRow:
    """How far a coder is with a document. ``codings`` is None where the present coder may
    not know; ``reopened`` counts, ``after_unsealing`` flags those after the comparison."""

    round: UUID
    coder: UUID
    document: UUID
    task: Task
    batch: Batch
    status: AssignmentStatus
    finished_at: datetime | None
    reopened: int
    after_unsealing: bool
    codings: int | None


@frozen
class Duty:
    """What the present coder has to do with the document on the desk."""

    round: RoundRow
    task: Task
    status: AssignmentStatus
    sealed: bool
    waiting: bool  # the rest of a round, whose first documents are not settled yet


@frozen
class RoundEventRow:
    """An event of a round's log."""

    id: UUID
    kind: RoundEventKind
    round: UUID | None
    coder: UUID | None
    document: UUID | None
    by: UUID | None
    at: datetime
    data: dict[str, object]


@frozen
class FrozenCodings:
    """Codings by columns, in text order: thousands are read and counted at once."""

    ids: tuple[UUID, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    codes: tuple[UUID, ...]
    valences: tuple[Valence | None, ...]
    strengths: tuple[int | None, ...]
    levels: tuple[frozenset[UUID], ...]

    def __len__(self) -> int:
        return len(self.ids)


@frozen
class SnapshotRow:
    """What a coder had coded in a document when they finished it."""

    id: UUID
    round: UUID
    coder: UUID
    document: UUID
    at: datetime
    length: int
    edits: tuple[EditMark, ...]
    codings: FrozenCodings
    codebook_version: UUID | None
    digest: str


@frozen
class CodebookVersionRow:
    id: UUID
    number: int
    note: str
    at: datetime
    coder: UUID | None
    codes: int


@frozen
class Counting:
    """A snapshot that counts in the figures of a round."""

    snapshot: UUID
    coder: UUID
    document: UUID


@frozen
class Ground:
    """What a document's text was like when its round was unsealed. ``units`` None: single
    characters; ``scope`` None: the whole text."""

    document: UUID
    length: int
    edits: tuple[EditMark, ...]
    text_digest: str
    units: tuple[tuple[int, int], ...] | None
    scope: tuple[tuple[int, int], ...] | None


@frozen
class CodeAtVersion:
    """A code as a version of the codebook has it. ``merged_into``: it had been merged, and
    only its name is kept."""

    id: UUID
    parent: UUID | None
    name: str
    path: tuple[str, ...]
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    framework_key: str | None = None
    node_key: str | None = None
    source_wording: str = ""
    source_page: str = ""
    applicable: bool = True
    merged_into: UUID | None = None


class ChangeKind(StrEnum):
    """What became of a code between two versions of the codebook."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MERGED = "merged"


@frozen
class CodeChange:
    """A code that two versions do not have alike; ``fields`` names what changed, ``into`` what
    it was merged into."""

    code: UUID
    name: str
    kind: ChangeKind
    fields: tuple[str, ...] = ()
    into: UUID | None = None
    before: CodeAtVersion | None = None
    after: CodeAtVersion | None = None
