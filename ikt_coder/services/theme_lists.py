"""Lists about themes: the accepted quotes, and the codings that qualify or contradict."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ikt_coder.core.table import Cell, Column, Run, Table, TableStyle, cell
from ikt_coder.services.deviant_cases import deviant_cases
from ikt_coder.services.quote_printing import QuotePrinter
from ikt_coder.services.report_language import ENGLISH, Language
from ikt_coder.services.table_signs import APA_SIGNS
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_notes import layer_sentences
from ikt_coder.services.theme_quotes import PrintedQuote, ThemeQuotes

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def quotes_table(project: Project, language: Language = ENGLISH) -> Table:
    """The quotes that were accepted, theme by theme, as far as consent allows."""
    words = language.words
    counts = ThemeCounts(project)
    quotes = ThemeQuotes(
        project, counts, with_groups=False, mark_mixed=False, language=language, signs=APA_SIGNS
    )
    found: list[tuple[str, PrintedQuote]] = []

    def visit(row: Any, _depth: int) -> None:
        found.extend((row.name, quote) for quote in quotes.accepted(row.id))

    counts.walk(visit)
    sentences = [language.quotes_unit(len(found)), *layer_sentences(counts.info, language)]
    if any(quote.altered for _, quote in found):
        sentences.append(language.altered())
    if quotes.withheld:
        sentences.append(language.withheld(len(quotes.withheld)))
    sentences.append(language.counted_on(date.today()))
    note = [(Run(" ".join(sentences)),)]
    if any(quote.longer for _, quote in found):
        note.append((Run(language.longer(APA_SIGNS.longer)),))
    return Table(
        title=language.title(language.quotes_title(), TableStyle.APA),
        columns=(
            Column((Run(words.theme),), width=1.2),
            Column((Run(words.quote),), width=3.0),
        ),
        rows=tuple((cell(name), cell(quote.text, quote=True)) for name, quote in found),
        note=tuple(note),
        language=language.tag,
        description=words.quotes_description,
        empty=words.quotes_empty,
    )


def cases_table(project: Project, language: Language = ENGLISH) -> Table:
    """Codings that qualify or contradict their theme: passage, who, where, memo. The words of
    those who may not be quoted are withheld."""
    words = language.words
    counts = ThemeCounts(project)
    cases = deviant_cases(project, counts=counts)
    printer = QuotePrinter(project, counts.attribution, language=language)
    rows: list[tuple[Cell, ...]] = []
    withheld = 0
    for case in cases:
        withheld += not case.may_quote
        coding = case.passage.coding
        said = printer.words(coding.document, coding.span) if case.may_quote else ""
        # A memo may repeat the words, so that it is withheld with them.
        memo = coding.memo if case.may_quote else ""
        rows.append(
            (
                cell(case.theme_name),
                cell(words.stances[case.stance]),
                cell(said or words.words_withheld, quote=case.may_quote),
                cell(", ".join(case.passage.participants)),
                cell(case.passage.document_title),
                cell(*memo.split("\n")),
            )
        )
    everything = {row.id for theme in counts.rows() for row in counts.members(theme.id)}
    sentences = [
        language.cases_unit(len(cases), len(everything)),
        *layer_sentences(counts.info, language),
        language.passages_not_quotes(),
        *([language.passages_withheld(withheld)] if withheld else []),
        language.counted_on(date.today()),
    ]
    widths = (1.3, 0.8, 3.0, 0.8, 1.0, 1.4)
    headings = (
        words.theme,
        words.stance,
        words.passage,
        words.participant,
        words.document,
        words.memo,
    )
    return Table(
        title=language.title(language.cases_title(), TableStyle.APA),
        columns=tuple(
            Column((Run(heading),), width=width)
            for heading, width in zip(headings, widths, strict=True)
        ),
        rows=tuple(rows),
        note=((Run(" ".join(sentences)),),),
        language=language.tag,
        description=words.cases_description,
        empty=words.cases_empty,
        interim=counts.info.interim,
    )
