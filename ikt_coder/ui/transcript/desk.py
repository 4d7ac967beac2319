"""What the transcript asks of the project: the one place where this folder calls services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Flag, MemoKind, Origin, Valence, Whose, WordPair
from ikt_coder.services.project import Project
from ikt_coder.services.rows import (
    CodeRow,
    CoderRow,
    CodingRow,
    DocumentText,
    LevelRow,
    MemoRow,
    PassageRow,
)
from ikt_coder.services.sight import InSight


class CodingDesk:
    """Reads and writes for one transcript view. Positions are code points, half-open.

    Every writing method is one undoable act and raises ``UserError`` where the project says no.
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def read_only(self) -> bool:
        return self._project.read_only

    # -- reading ------------------------------------------------------------------------

    def text(self, document: UUID) -> DocumentText:
        return self._project.documents.text(document)

    def sight(self, document: UUID, whose: Whose) -> InSight:
        """Whose codings are shown; of a sealed document there are one's own alone."""
        if document in self._project.sight.sealed():
            whose = Whose.MINE
        return self._project.sight.of(document, whose)

    def codings(self, document: UUID, sight: InSight) -> tuple[CodingRow, ...]:
        return self._project.sight.codings(document, sight)

    def codings_named(self, codings: Iterable[UUID]) -> tuple[CodingRow, ...]:
        return self._project.codings.many(tuple(codings))

    def codes(self, *, counted: bool = True) -> tuple[CodeRow, ...]:
        return self._project.codes.all(counted=counted)

    def levels(self) -> tuple[LevelRow, ...]:
        return self._project.frameworks.levels()

    def word_pair(self) -> WordPair:
        """The project's words for the two directions."""
        return self._project.card.get().words

    def present_coder(self) -> UUID | None:
        return self._project.coder

    def coders(self) -> tuple[CoderRow, ...]:
        return self._project.coders.everyone()

    def coder_name(self, coder: UUID | None) -> str:
        return next((c.name for c in self._project.coders.everyone() if c.id == coder), "")

    def memos(self, document: UUID) -> tuple[MemoRow, ...]:
        """The memos on passages of the document."""
        memos = self._project.memos.on(document=document)
        return tuple(m for m in memos if m.kind is MemoKind.NOTE and m.span is not None)

    def recent_codes(self) -> tuple[UUID, ...]:
        return self._project.codings.recent_codes(9)

    def last_code(self) -> UUID | None:
        return self._project.codings.last_code()

    def last_passages(self, code: UUID) -> tuple[PassageRow, ...]:
        return self._project.passages.last_of_code(code, 2)

    # -- writing ------------------------------------------------------------------------

    def apply(self, document: UUID, span: Span, code: UUID, origin: Origin = Origin.HAND) -> UUID:
        return self._project.codings.apply(document, span, code, origin=origin)

    def apply_new_code(self, document: UUID, span: Span, name: str) -> tuple[UUID, UUID]:
        return self._project.codings.apply_new_code(document, span, name)

    def set_valence(self, coding: UUID, valence: Valence | None) -> None:
        self._project.codings.set_valence([coding], valence)

    def toggle_flag(self, coding: UUID, flag: Flag) -> None:
        self._project.codings.toggle_flag([coding], flag)

    def toggle_level(self, coding: UUID, level: UUID) -> None:
        self._project.codings.toggle_level(coding, level)

    def move_edges(self, coding: UUID, span: Span) -> None:
        self._project.codings.move_edges(coding, span)

    def recode(self, coding: UUID, code: UUID) -> None:
        self._project.codings.recode([coding], code)

    def add_code(self, name: str) -> UUID:
        return self._project.codes.add(name)

    def remove(self, codings: Sequence[UUID]) -> None:
        self._project.codings.remove(list(codings))

    def mend(self, document: UUID, edits: Sequence[TextEdit]) -> int:
        return self._project.documents.mend(document, edits)
