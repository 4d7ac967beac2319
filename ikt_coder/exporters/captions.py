"""Number, title and note of a table in the form of its style.

APA 7 has the number in bold on a line of its own, the title in italics below it and the word
*Note.* before the note. BMC and Springer have number and title in one line above the table and
the legend below it without a word of its own. Vancouver (ICMJE) parts number and title by a
full stop. All three have rules above and below the headings and at the foot alone.
"""

from __future__ import annotations

from ikt_coder.core.table import Run, Table, TableStyle
from ikt_coder.exporters.labels import labels


def caption(table: Table) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs above the table; a plain list (number 0) has its title alone."""
    words = labels(table.language)
    interim = (Run(f" {words.interim}"),) if table.interim else ()
    number = f"{words.table} {table.number}"
    if table.number <= 0:
        lines = [(Run(table.title, italic=True), *interim)] if table.title else [interim]
    elif table.style is TableStyle.BMC:
        lines = [(Run(number, bold=True), Run(f" {table.title}"), *interim)]
    elif table.style is TableStyle.VANCOUVER:
        lines = [(Run(f"{number}. {table.title}".rstrip()), *interim)]
    else:
        lines = [(Run(number, bold=True), *interim)]
        if table.title.strip():
            lines.append((Run(table.title, italic=True),))
    return tuple(line for line in lines if line)


def note(table: Table) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs below the table, led by *Note.* where the style has it."""
    if not table.note or table.style is not TableStyle.APA:
        return table.note
    lead = Run(f"{labels(table.language).note} ", italic=True)
    return ((lead, *table.note[0]), *table.note[1:])
