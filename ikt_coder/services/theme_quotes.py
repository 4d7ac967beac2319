"""Which quotes of themes a table prints: accepted ones, or marked proposals (method.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, Flag, Valence
from ikt_coder.model import Quote
from ikt_coder.services.quote_printing import (
    Alteration,
    PrintedQuote,
    QuotePrinter,
    alterations_of,
)
from ikt_coder.services.report_language import ENGLISH, Language
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.table_signs import APA_SIGNS, Signs
from ikt_coder.services.theme_counts import ThemeCounts

if TYPE_CHECKING:
    from ikt_coder.services.attribution import Person
    from ikt_coder.services.project import Project

__all__ = ["FEW", "PrintedQuote", "ThemeQuotes", "telling_groups"]

FEW = 3
"""A description that fits fewer people than this can tell who spoke."""

MOST_PROPOSED = 2
"""So many quotes are proposed for a theme."""


class ThemeQuotes:
    """Makes the quotes of themes ready to print; counts in ``withheld`` the accepted ones
    that may not be printed."""

    def __init__(
        self,
        project: Project,
        counts: ThemeCounts,
        *,
        with_groups: bool,
        mark_mixed: bool,
        language: Language = ENGLISH,
        signs: Signs = APA_SIGNS,
    ) -> None:
        self.project = project
        self.counts = counts
        self.printer = QuotePrinter(
            project,
            counts.attribution,
            language=language,
            signs=signs,
            with_groups=with_groups,
            mark_mixed=mark_mixed,
        )
        self.withheld: set[tuple[UUID, UUID, Span]] = set()

    def accepted(
        self, theme: UUID, valences: Iterable[Valence | None] | None = None
    ) -> list[PrintedQuote]:
        """Accepted quotes whose participants agreed to be quoted, in the order given them;
        with ``valences`` only those of codings with one of these directions."""
        rows = self.project.connection.execute(
            select(Quote.id, Quote.coding_id, Quote.start, Quote.end)
            .where(Quote.theme_id == theme)
            .order_by(Quote.position, Quote.id)
        ).all()
        codings = {row.id: row for row in self.project.codings.many({r.coding_id for r in rows})}
        altered = alterations_of(self.project, [r.id for r in rows])
        wanted = None if valences is None else set(valences)
        printed = []
        for r in rows:
            coding, span = codings[r.coding_id], Span(r.start, r.end)
            if wanted is not None and coding.valence not in wanted:
                continue
            people = self.printer.people(coding.document, span)
            if any(person.left_out for person in people) or not self._is_counted(coding, people):
                continue
            if not _may_print(coding, people):
                self.withheld.add((theme, coding.id, span))
                continue
            changes: Sequence[Alteration] = [one for _, one in altered.get(r.id, ())]
            printed.append(self.printer.print(coding, span, changes))
        return printed

    def propose(
        self, themes: Iterable[tuple[UUID, Sequence[CodingRow]]], accepted: Iterable[PrintedQuote]
    ) -> dict[UUID, list[PrintedQuote]]:
        """Quotes a person may accept, for themes with their codings, in their order: starred
        ones first, then those of participants quoted least so far in the whole table (its
        ``accepted`` quotes count), then the shortest. At most two to a theme, none of the
        same participant; marked."""
        quoted: Counter[UUID] = Counter()
        for quote in accepted:
            quoted.update(quote.participants)
        return {theme: self._propose(codings, quoted) for theme, codings in themes}

    def proposals(self, codings: Sequence[CodingRow]) -> list[PrintedQuote]:
        """Proposals for one theme looked at by itself."""
        return self._propose(codings, Counter())

    def _propose(self, codings: Sequence[CodingRow], quoted: Counter[UUID]) -> list[PrintedQuote]:
        printed: list[PrintedQuote] = []
        heard: set[UUID] = set()
        while len(printed) < MOST_PROPOSED:
            ranked = sorted(
                codings,
                key=lambda row: (
                    Flag.STAR not in row.flags,
                    max((quoted[one] for one in self.counts.people(row)), default=0),
                    len(row.span),
                    row.id,
                ),
            )
            best = next((row for row in ranked if self._may_be_proposed(row, heard)), None)
            if best is None:
                break
            heard |= self.counts.people(best)
            quoted.update(self.counts.people(best))
            printed.append(self.printer.as_proposal(self.printer.print(best, best.span)))
        return printed

    def _may_be_proposed(self, row: CodingRow, heard: set[UUID]) -> bool:
        """Words that are nobody's (the interviewer's) are not proposed."""
        whose = self.counts.people(row)
        if not whose or whose & heard:
            return False
        people = self.printer.people(row.document, row.span)
        return _may_print(row, people) and not any(person.left_out for person in people)

    def _is_counted(self, coding: CodingRow, people: Iterable[Person]) -> bool:
        """In a table of some documents, groups or answers only their quotes are printed."""
        narrowing = self.counts.narrowing
        return narrowing is None or (
            narrowing.keeps(coding.document, {person.id for person in people})
            and narrowing.answers(coding.document, coding.span)
        )


def _may_print(coding: CodingRow, people: Iterable[Person]) -> bool:
    if coding.flags & {Flag.DO_NOT_QUOTE, Flag.PARAPHRASE_ONLY}:
        return False
    return all(person.consent == Consent.QUOTE.value for person in people)


def telling_groups(people: Iterable[Person], counted: Iterable[UUID]) -> tuple[str, ...]:
    """Groups of fewer than three counted participants: with the pseudonym they may tell who
    somebody is."""
    wanted = set(counted)
    sizes: dict[str, int] = {}
    for person in people:
        if person.id in wanted and person.group:
            sizes[person.group] = sizes.get(person.group, 0) + 1
    return tuple(sorted(group for group, size in sizes.items() if size < FEW))
