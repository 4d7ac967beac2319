"""Codings shown with their words and surroundings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from ikt_coder.services.attribution import Attribution, document_titles
from ikt_coder.services.base import UNSET, Service, Unset
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
        rows = list(codings)
        if not rows:
            return ()
        documents = {row.document for row in rows}
        attribution = Attribution(self._project, documents)
        titles = document_titles(self._project)
        order = {key: index for index, key in enumerate(titles)}
        initials = {coder.id: coder.initials for coder in self._project.coders.everyone()}
        rows.sort(key=lambda row: (order.get(row.document, 0), row.span, row.id))
        made = []
        texts: dict[UUID, str] = {}
        for row in rows:
            if row.document not in texts:
                texts = {row.document: self._project.texts.get(row.document)}
            text = texts[row.document]
            words = attribution.of(row.document, row.span)
            start, end = row.span.start, row.span.end
            made.append(
                PassageRow(
                    coding=row,
                    document_title=titles[row.document],
                    text=text[start:end],
                    before=text[max(0, start - context) : start],
                    after=text[end : end + context],
                    speakers=words.speakers,
                    participants=tuple(
                        attribution.people[p].label
                        for p in words.participants
                        if p in attribution.people
                    ),
                    start_ms=words.start_ms,
                    coder_initials=initials.get(row.coder, "") if row.coder else "",
                )
            )
        return tuple(made)

    def of_coding(self, coding: UUID, *, context: int = 120) -> PassageRow:
        """One passage. Raises NotFound."""
        return self.of_codings([self._project.codings.get(coding)], context=context)[0]

    def last_of_code(self, code: UUID, count: int = 2) -> tuple[PassageRow, ...]:
        """The passages the present coder gave this code last, newest first."""
        passages = self.of_codings(self._project.codings.newest_of_code(code, count), context=0)
        return tuple(sorted(passages, key=lambda p: p.coding.id, reverse=True))
