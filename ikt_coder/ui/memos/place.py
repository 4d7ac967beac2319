"""Where a memo stands. Its kind follows from the place and is never asked."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.words import MemoKind
from ikt_coder.services.rows import MemoRow


@frozen
class MemoPlace:
    """The place of a memo to be written: a coding, a passage (document and span), a document,
    a code, a theme, the writer's own reflexive journal, or, with nothing given, the project."""

    document: UUID | None = None
    coding: UUID | None = None
    span: Span | None = None
    code: UUID | None = None
    theme: UUID | None = None
    reflexive: bool = False

    @property
    def kind(self) -> MemoKind:
        if self.reflexive:
            return MemoKind.REFLEXIVE
        if self.theme is not None:
            return MemoKind.ANALYTIC
        # A coding's place may name its code too; the note is on the coding.
        if self.code is not None and self.coding is None:
            return MemoKind.RULE
        if self.document is not None or self.coding is not None:
            return MemoKind.NOTE
        return MemoKind.PROJECT


def place_of(memo: MemoRow) -> MemoPlace:
    """The place at which a memo stands."""
    return MemoPlace(
        document=memo.document,
        coding=memo.coding,
        span=memo.span,
        code=memo.code,
        theme=memo.theme,
        reflexive=memo.kind is MemoKind.REFLEXIVE,
    )
