"""Cases: what is set side by side in ratings and framework matrices."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen


class CaseKind(StrEnum):
    PARTICIPANT = "participant"
    DOCUMENT = "document"
    STUDY = "study"
    GROUP = "group"  # of participants, known by its name


@frozen
class CaseRef:
    """One case: a participant, document or study by ``id``, a group by its name."""

    kind: CaseKind
    id: UUID | None = None
    group: str = ""

    @classmethod
    def of(
        cls,
        participant: UUID | None = None,
        document: UUID | None = None,
        study: UUID | None = None,
        group: str | None = None,
    ) -> CaseRef:
        """The case of a stored row, of whose four columns one is set. Raises ValueError where
        none is."""
        if participant is not None:
            return cls(CaseKind.PARTICIPANT, participant)
        if document is not None:
            return cls(CaseKind.DOCUMENT, document)
        if study is not None:
            return cls(CaseKind.STUDY, study)
        if group is None:
            raise ValueError("a case is a participant, a document, a study or a group")
        return cls(CaseKind.GROUP, None, group)

    @property
    def columns(self) -> dict[str, UUID | str | None]:
        """The four columns that store a case, in the order from which ids are derived."""
        return {
            "participant_id": self.id if self.kind is CaseKind.PARTICIPANT else None,
            "document_id": self.id if self.kind is CaseKind.DOCUMENT else None,
            "study_id": self.id if self.kind is CaseKind.STUDY else None,
            "group_name": self.group if self.kind is CaseKind.GROUP else None,
        }
