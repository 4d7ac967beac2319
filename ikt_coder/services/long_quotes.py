"""Long quotes: shortened in the theme table, and in full in a table of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Column, Run, Table, cell
from ikt_coder.services.attribution import document_titles
from ikt_coder.services.quote_printing import PrintedQuote
from ikt_coder.services.report_language.words import quote_row_titles
from ikt_coder.services.theme_notes import layer_sentences

if TYPE_CHECKING:
    from ikt_coder.services.theme_table import ThemeTable

LONG = 40
"""Words from which a quote is long: APA 7 sets such a quote as a block."""

SHOWN = 25
"""Words of a long quote that stay in the table."""


@frozen
class LongQuote:
    label: str
    theme: str
    quote: PrintedQuote


class LongQuotes:
    """The long quotes of one theme table."""

    def __init__(self, table: ThemeTable) -> None:
        self._table = table
        self.found: list[LongQuote] = []

    def shorten(
        self, quotes: dict[tuple[UUID, str], list[PrintedQuote]]
    ) -> dict[UUID, list[PrintedQuote]]:
        """The quotes of each theme (key and name) as the table prints them. Proposals are not
        yet anybody's quotes and are left as they are."""
        self.found.clear()
        table = self._table
        if not table.options.appendix:
            return {theme: some for (theme, _), some in quotes.items()}
        printed: dict[UUID, list[PrintedQuote]] = {}
        labels: dict[tuple[str, str], str] = {}
        for (theme, name), some in quotes.items():
            printed[theme] = []
            for quote in some:
                if quote.proposed or len(quote.said.split()) < LONG:
                    printed[theme].append(quote)
                    continue
                label = labels.get((name, quote.text))
                if label is None:
                    label = f"{table.language.words.quote_label}{len(self.found) + 1}"
                    labels[name, quote.text] = label
                    self.found.append(LongQuote(label, name, quote))
                printed[theme].append(table.quotes.printer.shortened(quote, SHOWN, label))
        return printed

    def table(self) -> Table | None:
        """The appendix: theme, label, the quote in full and where it stands."""
        if not self.found:
            return None
        source, language = self._table, self._table.language
        titles = document_titles(source.project)
        headings = quote_row_titles(language.words)
        widths = (1.2, 0.5, 4.0, 1.3)
        sentences = [
            language.appendix_of(LONG, source.options.number),
            *layer_sentences(source.info, language),
            *([language.altered()] if any(one.quote.altered for one in self.found) else []),
            language.counted_on(source.options.today),
        ]
        if any(one.quote.longer for one in self.found):
            sentences.append(language.longer(source.signs.longer))
        return Table(
            title=language.title(
                language.appendix_title(source.options.number), source.options.style
            ),
            columns=tuple(
                Column((Run(heading),), width=width)
                for heading, width in zip(headings, widths, strict=True)
            ),
            rows=tuple(
                (
                    cell(one.theme),
                    cell(one.label),
                    cell(one.quote.text, quote=True),
                    cell(self._reference(one.quote, titles)),
                )
                for one in self.found
            ),
            note=((Run(" ".join(sentences)),),),
            number=source.options.number + 1,
            language=language.tag,
            description=language.words.appendix_description,
            interim=source.info.interim,
            style=source.options.style,
        )

    def _reference(self, quote: PrintedQuote, titles: dict[UUID, str]) -> str:
        """The document, and the time of the recording or the turn."""
        assert quote.document is not None  # printed from a document
        assert quote.span is not None
        attribution = self._table.counts.attribution
        begins = attribution.of(quote.document, quote.span).start_ms
        if begins is None:
            first, _ = attribution.talk(quote.document).touched(quote.span)
            where = self._table.language.turn(first + 1)
        else:
            minutes, seconds = divmod(begins // 1000, 60)
            where = f"{minutes:02}:{seconds:02}"
        return f"{titles.get(quote.document, '')}, {where}"
