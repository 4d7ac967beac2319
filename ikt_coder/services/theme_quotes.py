"""Quotes of a theme as its table prints them: consent, marks and speakers obeyed (method.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, Flag, Valence
from ikt_coder.model import Quote
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.theme_counts import ThemeCounts

if TYPE_CHECKING:
    from ikt_coder.services.attribution import Person
    from ikt_coder.services.project import Project

PROPOSED = "[proposed]"
LONGER = "*"
FEW = 3
"""A description that fits fewer people than this can tell who spoke."""

_INNER = re.compile(r"[“\"]([^“”\"]*)[”\"]")


@dataclass(frozen=True, slots=True)
class PrintedQuote:
    text: str
    coding: UUID
    longer: bool  # than its coding
    proposed: bool = False


class ThemeQuotes:
    """Makes the quotes of themes ready to print; counts in ``withheld`` the accepted ones
    that may not be printed."""

    def __init__(
        self, project: Project, counts: ThemeCounts, *, with_groups: bool, mark_mixed: bool
    ) -> None:
        self.project = project
        self.counts = counts
        self.with_groups = with_groups
        self.mark_mixed = mark_mixed
        self.withheld: set[tuple[UUID, UUID, Span]] = set()

    def accepted(
        self, theme: UUID, valences: Iterable[Valence | None] | None = None
    ) -> list[PrintedQuote]:
        """Accepted quotes whose participants agreed to be quoted, in the order given them;
        with ``valences`` only those of codings with one of these directions."""
        rows = self.project.connection.execute(
            select(Quote.coding_id, Quote.start, Quote.end)
            .where(Quote.theme_id == theme)
            .order_by(Quote.position, Quote.id)
        ).all()
        codings = {row.id: row for row in self.project.codings.many({r.coding_id for r in rows})}
        wanted = None if valences is None else set(valences)
        printed = []
        for r in rows:
            coding, span = codings[r.coding_id], Span(r.start, r.end)
            if wanted is not None and coding.valence not in wanted:
                continue
            people = self._people(coding, span)
            if any(person.left_out for person in people):
                continue
            if not self._may_print(coding, people):
                self.withheld.add((theme, coding.id, span))
                continue
            printed.append(self._print(coding, span, people))
        return printed

    def proposals(self, codings: list[CodingRow], most: int = 2) -> list[PrintedQuote]:
        """Quotes a person may accept: starred ones first, then the shortest, no participant
        twice; marked."""
        ranked = sorted(codings, key=lambda r: (Flag.STAR not in r.flags, len(r.span), r.id))
        printed: list[PrintedQuote] = []
        heard: set[UUID] = set()
        for row in ranked:
            whose = self.counts.people(row)
            people = self._people(row, row.span)
            # Words that are nobody's (the interviewer's) are not proposed.
            if not whose or whose & heard or not self._may_print(row, people):
                continue
            if any(person.left_out for person in people):
                continue
            heard |= whose
            one = self._print(row, row.span, people)
            printed.append(PrintedQuote(f"{PROPOSED} {one.text}", row.id, False, proposed=True))
            if len(printed) == most:
                break
        return printed

    def _people(self, coding: CodingRow, span: Span) -> list[Person]:
        words = self.counts.attribution.of(coding.document, span)
        known = self.counts.attribution.people
        return [known[p] for p in words.participants if p in known]

    @staticmethod
    def _may_print(coding: CodingRow, people: list[Person]) -> bool:
        if coding.flags & {Flag.DO_NOT_QUOTE, Flag.PARAPHRASE_ONLY}:
            return False
        return all(person.consent == Consent.QUOTE.value for person in people)

    def _print(self, coding: CodingRow, span: Span, people: list[Person]) -> PrintedQuote:
        who = ", ".join(self._label(person) for person in people)
        longer = span.start < coding.span.start or span.end > coding.span.end
        sign = f" {Valence.MIXED.sign}" if self._is_marked(coding) else ""
        said = _INNER.sub(r"‘\1’", self._words(coding.document, span))
        text = f"“{said}”{f' ({who})' if who else ''}{LONGER if longer else ''}{sign}"
        return PrintedQuote(text, coding.id, longer)

    def _is_marked(self, coding: CodingRow) -> bool:
        return self.mark_mixed and coding.valence is Valence.MIXED

    def _label(self, person: Person) -> str:
        if self.with_groups and person.group:
            return f"{person.label}, {person.group}"
        return person.label

    def _words(self, document: UUID, span: Span) -> str:
        """The spoken words in one line. Labels and times of the transcript are left out, as
        they may hold names; where several people speak, brackets say who."""
        text = self.project.texts.get(document)
        spoken = self.counts.attribution.spoken(document, span)
        several = len({who for _, who in spoken}) > 1
        pieces = []
        for part, who in spoken:
            words = " ".join(text[part.start : part.end].split())
            if words:
                pieces.append(f"[{who}] {words}" if several and who else words)
        return " ".join(pieces)


def telling_groups(people: Iterable[Person], counted: Iterable[UUID]) -> tuple[str, ...]:
    """Groups of fewer than three counted participants: with the pseudonym they may tell who
    somebody is."""
    wanted = set(counted)
    sizes: dict[str, int] = {}
    for person in people:
        if person.id in wanted and person.group:
            sizes[person.group] = sizes.get(person.group, 0) + 1
    return tuple(sorted(group for group, size in sizes.items() if size < FEW))
