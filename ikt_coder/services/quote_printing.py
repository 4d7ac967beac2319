"""How a quote prints: its alterations, its quotation marks, who spoke (method.md, Quotes)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, Flag, Valence
from ikt_coder.model import QuoteAlteration
from ikt_coder.services.report_language import ENGLISH, Language
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.table_signs import APA_SIGNS, Signs

if TYPE_CHECKING:
    from ikt_coder.services.attribution import Attribution, Person
    from ikt_coder.services.project import Project

ELLIPSIS = "…"
INTERVIEWER = "interviewer"  # whom ``Attribution.spoken`` names so

# Stands for an ellipsis while a quote is put together: no text of a project holds it.
_LEFT_OUT = "\0"
_LEFT_OUT_RUNS = re.compile(rf"(?:\s*{_LEFT_OUT})+\s*")
_SPACE_BEFORE_SIGN = re.compile(rf"{ELLIPSIS} (?=[,.;:?!)\]])")


@frozen
class Alteration:
    """A place of a quote, in positions of its document, that prints otherwise: ``shown`` in
    square brackets, or an ellipsis where it is empty."""

    span: Span
    shown: str = ""


@frozen
class PrintedQuote:
    """A quote as a table prints it. ``said`` are the words within the quotation marks,
    ``tail`` what follows them: who spoke, and marks."""

    text: str
    coding: UUID
    longer: bool  # than its coding
    proposed: bool = False
    altered: bool = False
    said: str = ""
    tail: str = ""
    participants: tuple[UUID, ...] = ()
    document: UUID | None = None
    span: Span | None = None


class QuotePrinter:
    """Prints the quotes of one table, preview or list, all in the same way."""

    def __init__(
        self,
        project: Project,
        attribution: Attribution,
        *,
        language: Language = ENGLISH,
        signs: Signs = APA_SIGNS,
        with_groups: bool = False,
        mark_mixed: bool = False,
    ) -> None:
        self._project = project
        self._attribution = attribution
        self.language = language
        self.signs = signs
        self._with_groups = with_groups
        self._mark_mixed = mark_mixed
        self._texts: dict[UUID, str] = {}

    def print(
        self, coding: CodingRow, span: Span, alterations: Sequence[Alteration] = ()
    ) -> PrintedQuote:
        """The words of a span with its alterations, and the participants who said them."""
        people = self.people(coding.document, span)
        who = ", ".join(self._label(person) for person in people)
        longer = span.start < coding.span.start or span.end > coding.span.end
        mixed = self._mark_mixed and coding.valence is Valence.MIXED
        said = self.words(coding.document, span, alterations)
        tail = f" ({who})" if who else ""
        tail += self.signs.longer if longer else ""
        tail += f" {Valence.MIXED.sign}" if mixed else ""
        return PrintedQuote(
            text=self.language.spoken(said) + tail,
            coding=coding.id,
            longer=longer,
            altered=bool(alterations),
            said=said,
            tail=tail,
            participants=tuple(person.id for person in people),
            document=coding.document,
            span=span,
        )

    def as_proposal(self, quote: PrintedQuote) -> PrintedQuote:
        """The same quote, marked as not yet accepted by a person."""
        mark = self.language.words.proposed
        return replace(quote, text=f"{mark} {quote.text}", longer=False, proposed=True)

    def shortened(self, quote: PrintedQuote, words: int, label: str) -> PrintedQuote:
        """A long quote cut after so many words, with a label that leads to the appendix."""
        cut = " ".join(quote.said.split(" ")[:words]).rstrip(",;: ")
        text = f"{self.language.spoken(f'{cut} {ELLIPSIS}')}{quote.tail} [{label}]"
        return replace(quote, text=text)

    def people(self, document: UUID, span: Span) -> list[Person]:
        """Whose words a span holds, also those who were left out of analysis."""
        known = self._attribution.people
        words = self._attribution.of(document, span)
        return [known[one] for one in words.participants if one in known]

    def refused(self, coding: CodingRow, span: Span) -> str:
        """Why a mark or consent forbids to quote the words, as a sentence; else empty."""
        if coding.flags & {Flag.DO_NOT_QUOTE, Flag.PARAPHRASE_ONLY}:
            return "The coding is marked not to be quoted."
        for person in self.people(coding.document, span):
            if person.consent == Consent.PARAPHRASE.value:
                return f"{person.label} agreed to paraphrase only."
            if person.consent != Consent.QUOTE.value:
                return f"{person.label} did not agree to be quoted or paraphrased."
        return ""

    def withheld(self, coding: CodingRow, span: Span) -> str:
        """Why the words are not printed, as a sentence; empty where they are."""
        for person in self.people(coding.document, span):
            if person.left_out:
                return f"{person.label} is left out of analysis."
        return self.refused(coding, span)

    def words(self, document: UUID, span: Span, alterations: Sequence[Alteration] = ()) -> str:
        """The spoken words in one line. Labels and times of the transcript are left out, as
        they may hold names; where several people speak, brackets say who."""
        if document not in self._texts:
            self._texts[document] = self._project.texts.get(document)
        pieces = [
            (part, self.language.words.interviewer if who == INTERVIEWER else who)
            for part, who in self._attribution.spoken(document, span)
        ]
        return altered_words(self._texts[document], pieces, alterations)

    def _label(self, person: Person) -> str:
        if self._with_groups and person.group:
            return f"{person.label}, {person.group}"
        return person.label


def altered_words(
    text: str, pieces: Iterable[tuple[Span, str]], alterations: Sequence[Alteration] = ()
) -> str:
    """The words of some pieces, each with who speaks, in one line.

    An alteration that reaches over several pieces is printed once, in the first. What an
    omission takes whole is not named as spoken; omissions side by side print one ellipsis.
    """
    ordered = sorted(alterations, key=lambda one: one.span)
    begun: set[int] = set()
    found: list[tuple[str, str]] = []
    for part, who in pieces:
        made, at = "", part.start
        for index, one in enumerate(ordered):
            start, end = max(one.span.start, at), min(one.span.end, part.end)
            if start >= end:
                continue
            made += text[at:start]
            if index not in begun:
                begun.add(index)
                # Within brackets nothing may look like an ellipsis or a new speaker of ours.
                made += f"[{one.shown}]" if one.shown else _LEFT_OUT
            at = end
        words = " ".join((made + text[at : part.end]).split())
        if words:
            found.append((words, who))
    spoken = [(words, who) for words, who in found if words.strip(f"{_LEFT_OUT} ")]
    several = len({who for _, who in spoken}) > 1
    line = " ".join(
        f"[{who}] {words}" if several and who and (words, who) in spoken else words
        for words, who in found
    )
    line = _LEFT_OUT_RUNS.sub(f" {ELLIPSIS} ", line).strip()
    return _SPACE_BEFORE_SIGN.sub(ELLIPSIS, line)


def alterations_of(
    project: Project, quotes: Iterable[UUID]
) -> dict[UUID, list[tuple[UUID, Alteration]]]:
    """The alterations of some quotes with their ids, in the order of the text."""
    keys = list(quotes)
    found: dict[UUID, list[tuple[UUID, Alteration]]] = {}
    table = QuoteAlteration
    statement = select(table.id, table.quote_id, table.start, table.end, table.shown).order_by(
        table.start, table.id
    )
    # Few quotes are altered: where many are asked about, all are read and picked from.
    if len(keys) <= 500:
        statement = statement.where(table.quote_id.in_(keys))
    wanted = set(keys)
    for key, quote, start, end, shown in project.connection.execute(statement).all():
        if quote in wanted:
            found.setdefault(quote, []).append((key, Alteration(Span(start, end), shown)))
    return found
