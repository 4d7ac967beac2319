"""The few words a table carries itself, in the language of the export."""

from __future__ import annotations

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Column
from ikt_coder.exporters.cell_text import clean


@frozen
class Labels:
    """Words around a table; ``colon`` as the language sets it."""

    table: str
    note: str
    sources: str
    interim: str
    nothing: str
    colon: str
    cut: str
    group: str  # a column of headings that stand over rows, where the table has no name for it


_ENGLISH = Labels(
    table="Table",
    note="Note.",
    sources="Sources.",
    interim="(interim)",
    nothing="There is nothing to report yet.",
    colon=": ",
    cut=" … [cut here: the text is longer than a spreadsheet cell can hold]",
    group="Group",
)
_FRENCH = Labels(
    table="Tableau",
    note="Note.",
    sources="Sources.",
    interim="(provisoire)",
    nothing="Il n’y a encore rien à présenter.",
    colon="\u00a0: ",
    cut=" … [coupé ici\u00a0: le texte dépasse ce qu’une cellule peut contenir]",
    group="Groupe",
)

_REGIONS = {"en": "en-CA", "fr": "fr-CA"}
_LETTER_PAPER = ("CA", "US", "MX")


def labels(language: str) -> Labels:
    """The words for an IETF language tag; English where there is no translation."""
    return _FRENCH if language.lower().split("-")[0] == "fr" else _ENGLISH


def full_tag(language: str) -> str:
    """The tag with its region, as Word wants it: ``fr`` is ``fr-CA``."""
    return _REGIONS.get(language.lower(), language or "en-CA")


def uses_letter_paper(language: str) -> bool:
    """Whether pages are US Letter; elsewhere they are A4."""
    return full_tag(language).split("-")[-1].upper() in _LETTER_PAPER


def full_heading(column: Column, language: str) -> str:
    """The heading in one line, with its spanner: "Passages, n: Barrier"."""
    heading = clean(column.name)
    if column.spanner:
        return f"{clean(column.spanner_name)}{labels(language).colon}{heading}"
    return heading
