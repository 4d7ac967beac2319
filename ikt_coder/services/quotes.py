"""Quotes accepted for themes: their edges, alterations and order (method.md, Quotes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import Flag
from ikt_coder.model import Quote, QuoteAlteration, Theme
from ikt_coder.services.attribution import Attribution, document_titles
from ikt_coder.services.base import Service, add_row, change_row
from ikt_coder.services.quote_printing import (
    ELLIPSIS,
    Alteration,
    PrintedQuote,
    QuotePrinter,
    alterations_of,
)
from ikt_coder.services.rows import AlterationRow, CodingRow, QuoteRow
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_quotes import ThemeQuotes
from ikt_coder.storage.operation import Operation

LONGEST_SHOWN = 300
"""Characters an alteration may hold."""


class QuoteService(Service):
    """``project.quotes``. Spans are in positions of the document, half-open."""

    # -- reading --------------------------------------------------------------------------

    def of(self, theme: UUID) -> tuple[QuoteRow, ...]:
        """The accepted quotes of a theme in their order, also those that are not printed."""
        return self._read(Quote.theme_id == theme)

    def get(self, quote: UUID) -> QuoteRow:
        """Raises NotFound."""
        for row in self._read(Quote.id == quote):
            return row
        raise NotFound("This quote is no longer in the project.", "Undo may bring it back.")

    def preview(
        self,
        quote: UUID,
        span: Span | None = None,
        alterations: Sequence[tuple[Span, str]] | None = None,
    ) -> str:
        """What would be printed with other edges or alterations; nothing is written."""
        row = self.get(quote)
        changes = [(one.span, one.shown) for one in row.alterations]
        wanted = [
            Alteration(place, _shown(words))
            for place, words in (changes if alterations is None else alterations)
        ]
        printer = QuotePrinter(self._project, Attribution(self._project, [row.document]))
        return printer.print(self._project.codings.get(row.coding), span or row.span, wanted).text

    def proposals(self) -> dict[UUID, tuple[PrintedQuote, ...]]:
        """Quotes a person may accept, for each theme that has none yet; the same as the theme
        table proposes."""
        counts = ThemeCounts(self._project)
        quotes = ThemeQuotes(self._project, counts, with_groups=False, mark_mixed=False)
        accepted = {row.id: quotes.accepted(row.id) for row in counts.rows()}
        without = [(key, counts.members(key)) for key, some in accepted.items() if not some]
        taken = [quote for some in accepted.values() for quote in some]
        return {
            theme: tuple(some) for theme, some in quotes.propose(without, taken).items() if some
        }

    def _read(self, condition: Any) -> tuple[QuoteRow, ...]:
        rows = self._rows(
            select(Quote.__table__).where(condition).order_by(Quote.position, Quote.id)
        )
        if not rows:
            return ()
        project = self._project
        documents = {r.document_id for r in rows}
        printer = QuotePrinter(project, Attribution(project, documents))
        codings = {row.id: row for row in project.codings.many({r.coding_id for r in rows})}
        altered = alterations_of(project, [r.id for r in rows])
        titles = document_titles(project)
        texts = {key: project.texts.get(key) for key in documents}
        found = []
        for r in rows:
            span, text, coding = Span(r.start, r.end), texts[r.document_id], codings[r.coding_id]
            changes = altered.get(r.id, [])
            printed = printer.print(coding, span, [one for _, one in changes])
            found.append(
                QuoteRow(
                    id=r.id,
                    theme=r.theme_id,
                    coding=r.coding_id,
                    document=r.document_id,
                    document_title=titles.get(r.document_id, ""),
                    span=span,
                    words=printer.words(r.document_id, span),
                    printed=printed.text,
                    participants=tuple(
                        person.label for person in printer.people(r.document_id, span)
                    ),
                    alterations=tuple(
                        AlterationRow(key, one.span, text[one.span.start : one.span.end], one.shown)
                        for key, one in changes
                    ),
                    longer=printed.longer,
                    withheld=printer.withheld(coding, span),
                )
            )
        return tuple(found)

    # -- accepting ------------------------------------------------------------------------

    def accept(self, theme: UUID, coding: UUID, span: Span | None = None) -> UUID:
        """Accept a quote for a theme's tables: a coding's words, or a span around or within
        them. Raises NotAllowed where the span lies elsewhere, or where the coding or a
        participant may not be quoted."""
        row = self._project.codings.get(coding)
        span = row.span if span is None else span
        self._refuse_elsewhere(row, span, "No quote was accepted.")
        self._refuse_withheld(row, span, "No quote was accepted.")
        key = new_id()
        with self._operation(Op.ACCEPT_QUOTE, theme=theme, name=self._theme_name(theme)) as op:
            there: UUID | None = op.execute(
                select(Quote.id).where(
                    Quote.theme_id == theme,
                    Quote.coding_id == coding,
                    Quote.start == span.start,
                    Quote.end == span.end,
                )
            ).scalar()
            if there is not None:
                return there
            add_row(
                op,
                Quote,
                id=key,
                theme_id=theme,
                coding_id=coding,
                document_id=row.document,
                start=span.start,
                end=span.end,
                since_edit_id=self._project.texts.newest_edit(row.document),
                position=self._next_position(Quote, Quote.theme_id == theme),
                accepted_by=op.coder,
            )
        return key

    def drop(self, quote: UUID) -> None:
        name = self._name_of(quote)
        with self._operation(Op.DROP_QUOTE, name=name) as op:
            op.execute(delete(Quote).where(Quote.id == quote))

    def order(self, theme: UUID, quotes: Sequence[UUID]) -> None:
        """The order in which tables print a theme's quotes; those not named follow in theirs."""
        with self._operation(Op.ORDER_QUOTES, theme=theme, name=self._theme_name(theme)) as op:
            there = list(
                op.execute(
                    select(Quote.id)
                    .where(Quote.theme_id == theme)
                    .order_by(Quote.position, Quote.id)
                ).scalars()
            )
            first = [key for key in dict.fromkeys(quotes) if key in there]
            for position, key in enumerate([*first, *(key for key in there if key not in first)]):
                change_row(op, Quote, key, {"position": position})

    # -- altering -------------------------------------------------------------------------

    def set_edges(self, quote: UUID, span: Span) -> None:
        """Let a quote begin and end elsewhere; alterations outside go with the act. Consent
        is asked anew. Raises NotAllowed where the quote would leave its coding or the text."""
        row = self.get(quote)
        coding = self._project.codings.get(row.coding)
        self._refuse_elsewhere(coding, span, "Its edges are as they were.")
        self._refuse_withheld(coding, span, "The quote is as it was.")
        with self._operation(Op.ALTER_QUOTE, name=self._name_of(quote)) as op:
            values = {
                "start": span.start,
                "end": span.end,
                "since_edit_id": self._project.texts.newest_edit(row.document),
            }
            change_row(op, Quote, quote, values)
            op.execute(
                delete(QuoteAlteration).where(
                    QuoteAlteration.quote_id == quote,
                    (QuoteAlteration.start < span.start) | (QuoteAlteration.end > span.end),
                )
            )

    def alter(self, quote: UUID, span: Span, shown: str = "") -> UUID:
        """Print a place of a quote otherwise than it was said: ``shown`` in square brackets
        ("I" for [I]n, "the ward" for a name), or an ellipsis where it is empty. The same place
        altered again is altered anew. Raises NotAllowed where the place is not in the quote,
        or overlaps another alteration."""
        row = self.get(quote)
        words = _shown(shown)
        if not row.span.start <= span.start < span.end <= row.span.end:
            raise NotAllowed(
                "The place lies outside the quote. Nothing was altered.",
                "Choose words of the quote.",
            )
        there = next((one for one in row.alterations if one.span == span), None)
        if there is None and any(one.span.overlaps(span) for one in row.alterations):
            raise NotAllowed(
                "Another alteration stands on these words. Nothing was altered.",
                "Restore that one first, or choose other words.",
            )
        with self._operation(Op.ALTER_QUOTE, name=self._name_of(quote)) as op:
            if there is not None:
                change_row(op, QuoteAlteration, there.id, {"shown": words})
                return there.id
            key = new_id()
            self._insert(op, key, row, span, words)
        return key

    def restore(self, quote: UUID, alteration: UUID | None = None) -> None:
        """Print one altered place, or the whole quote, as it was said."""
        with self._operation(Op.ALTER_QUOTE, name=self._name_of(quote)) as op:
            gone = delete(QuoteAlteration).where(QuoteAlteration.quote_id == quote)
            if alteration is not None:
                gone = gone.where(QuoteAlteration.id == alteration)
            op.execute(gone)

    def _insert(self, op: Operation, key: UUID, row: QuoteRow, span: Span, words: str) -> None:
        add_row(
            op,
            QuoteAlteration,
            id=key,
            quote_id=row.id,
            document_id=row.document,
            start=span.start,
            end=span.end,
            shown=words,
            since_edit_id=self._project.texts.newest_edit(row.document),
        )

    # -- refusing -------------------------------------------------------------------------

    def _refuse_elsewhere(self, coding: CodingRow, span: Span, kept: str) -> None:
        length = len(self._project.texts.get(coding.document))
        if not 0 <= span.start < span.end <= length or not span.overlaps(coding.span):
            raise NotAllowed(
                f"A quote holds words of its coding. {kept}",
                "Choose words that the coding touches.",
            )

    def _refuse_withheld(self, coding: CodingRow, span: Span, kept: str) -> None:
        if coding.flags & {Flag.DO_NOT_QUOTE, Flag.PARAPHRASE_ONLY}:
            raise NotAllowed(
                f"This coding is marked not to be quoted. {kept}",
                "Take the mark off first, or choose another passage.",
            )
        printer = QuotePrinter(self._project, Attribution(self._project, [coding.document]))
        if reason := printer.refused(coding, span):
            own = "" if "paraphrased" in reason else ", or put this one in your own words"
            raise NotAllowed(f"{reason} {kept}", f"Choose another passage{own}.")

    def _theme_name(self, theme: UUID) -> str:
        return str(self._one(select(Theme.name).where(Theme.id == theme), "theme").name)

    def _name_of(self, quote: UUID) -> str:
        row = self._one(
            select(Theme.name).join(Quote, Quote.theme_id == Theme.id).where(Quote.id == quote),
            "quote",
        )
        return str(row.name)


def _shown(words: str) -> str:
    """What stands in the brackets: one line without brackets of its own; an ellipsis alone is
    the same as nothing. Raises NotAllowed where it is too long."""
    line = " ".join("".join(sign for sign in words if sign.isprintable() or sign.isspace()).split())
    line = line.strip("[] ")
    if line in (ELLIPSIS, "..."):
        return ""
    if len(line) > LONGEST_SHOWN:
        raise NotAllowed(
            f"An alteration holds at most {LONGEST_SHOWN} characters. Nothing was altered.",
            "Say it in fewer words.",
        )
    return line
