"""Codings shown with their words and surroundings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from ikt_coder.services.base import UNSET, Service, Unset
from ikt_coder.services.document_order import document_order
from ikt_coder.services.rows import CodingRow, PassageRow


class PassageService(Service):
    def of_codes(
        self,
        codes: UUID | Sequence[UUID],
        *,
        include_below: bool = False,
        coder: UUID | Unset | None = UNSET,
        context: int = 120,
    ) -> tuple[PassageRow, ...]:
        """Passages of codes in document order; the present coder's, those of ``coder``, or
        with ``coder=None`` everyone's. ``context`` is in code points on either side."""
        keys = [codes] if isinstance(codes, UUID) else list(codes)
        if include_below:
            keys = self._project.codes.with_below(keys)
        return self.of_codings(self._project.codings.of_codes(keys, coder), context=context)

    def of_codings(
        self, codings: Iterable[CodingRow], *, context: int = 120
    ) -> tuple[PassageRow, ...]:
        """The passages of some codings in document order."""
        order = {key: at for at, key in enumerate(document_order(self._connection))}
        rows = [row for row in codings if row.document in order]
        rows.sort(key=lambda r: (order[r.document], r.span.start, r.span.end, r.id.int))
        return self._project.retrieval.passages(rows, context)

    def of_coding(self, coding: UUID, *, context: int = 120) -> PassageRow:
        """One passage. Raises NotFound."""
        return self.of_codings([self._project.codings.get(coding)], context=context)[0]

    def last_of_code(self, code: UUID, count: int = 2) -> tuple[PassageRow, ...]:
        """The passages the present coder gave this code last, newest first."""
        passages = self.of_codings(self._project.codings.newest_of_code(code, count), context=0)
        return tuple(sorted(passages, key=lambda p: p.coding.id, reverse=True))
