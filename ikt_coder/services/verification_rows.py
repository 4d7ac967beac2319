"""The frozen rows of code and verify."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.frozen import frozen


@frozen
class CheckedState:
    """What of a document was marked as checked: as a whole, or which of its turns; ``of`` is how
    many turns it has."""

    whole: bool
    turns: frozenset[UUID]
    of: int

    @property
    def count(self) -> int:
        """How many turns were checked, with the document or each by itself."""
        return self.of if self.whole else len(self.turns)

    @property
    def all(self) -> bool:
        return self.whole or (self.of > 0 and len(self.turns) == self.of)


@frozen
class VerifiedDocument:
    """How far a document is: the first coder's codings, how many of them were judged, what was
    added. ``whole``: its Consensus counts in analysis."""

    document: UUID
    title: str
    codings: int
    judged: int
    added: int
    checked: CheckedState
    whole: bool


@frozen
class Rates:
    """What became of the first coder's ``codings``; ``left`` are not judged yet."""

    documents: int
    codings: int
    accepted: int
    edges_changed: int
    code_changed: int
    removed: int
    deferred: int
    unclear: int
    left: int
    added: int
    turns: int
    turns_checked: int
    documents_checked: int
    why_no_coefficient: str

    @property
    def judged(self) -> int:
        return self.accepted + self.edges_changed + self.code_changed + self.removed

    @property
    def acceptance(self) -> float | None:
        """The share of judged codings that were accepted as they were; None of none."""
        return self.accepted / self.judged if self.judged else None

    @property
    def added_per_document(self) -> float | None:
        return self.added / self.documents if self.documents else None
