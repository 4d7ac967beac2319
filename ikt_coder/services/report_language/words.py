"""The fixed words of a report: headings and names of what the project's vocabularies hold."""

from __future__ import annotations

from collections.abc import Mapping

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Run
from ikt_coder.core.words import LinkKind, Stance, ThemeStatus, WordPair
from ikt_coder.services.theme_table_options import ThemeColumn

N = Run("n", italic=True)
TOTAL = Run("N", italic=True)


@frozen
class DirectionWord:
    single: str
    plural: str


@frozen
class Words:
    """Every fixed word; a language that lacks one cannot be made."""

    months: tuple[str, ...]
    directions: Mapping[WordPair, tuple[DirectionWord, DirectionWord]]
    headings: Mapping[ThemeColumn, tuple[Run, ...]]
    statuses: Mapping[ThemeStatus, str]
    stances: Mapping[Stance, str]
    links: Mapping[LinkKind, str]
    nodes: Mapping[str, str]  # names of framework nodes by key; the author's own go before
    frameworks: Mapping[str, str]  # names of frameworks by key
    mixed: str
    neutral: str
    not_set: str
    interviewer: str
    proposed: str  # the mark before a proposed quote
    theme: str
    tdf_domain: str
    undecided: str
    passages_spanner: tuple[Run, ...]
    no_component: str
    no_domain: str
    no_level: str
    no_themes: str
    table_description: str
    # the appendix of long quotes, the list of quotes and the list of deviant cases
    quote: str
    quote_label: str  # leads to the appendix: "Q" in [Q3]
    label: str
    reference: str
    stance: str
    passage: str
    participant: str
    document: str
    memo: str
    words_withheld: str
    quotes_empty: str
    cases_empty: str
    quotes_description: str
    cases_description: str
    appendix_description: str
    # the theme report
    central_idea: str
    boundaries: str
    links_heading: str
    cases_heading: str
    no_narrative: str
    set_aside_heading: str
    status: str
    levels: str
    domains: str
    counts: str


def quote_row_titles(words: Words) -> tuple[str, ...]:
    """The headings of the appendix of long quotes."""
    return (words.theme, words.label, words.quote, words.reference)
