"""What a theme table says of domains, levels and quotes as plain lists for other programs.

On paper one cell names several domains with their numbers and marks (†, *, ±); here each is a
row, and what the marks mean is a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ikt_coder.core.table import Cell, Column, Run, Table, cell, number
from ikt_coder.services.theme_table_options import FRAMEWORK_COLUMNS, ThemeColumn

if TYPE_CHECKING:
    from ikt_coder.services.theme_table import ThemeTable

_LISTED: Final = ("theme", "kind", "name", "n", "derived_n", "undecided", "added_by_hand")
_QUOTES: Final = (
    *("theme", "quote", "participants", "direction", "longer_than_coding", "altered"),
    "proposed",
)
_KINDS: Final = {
    ThemeColumn.DOMAINS: "domain",
    ThemeColumn.COMPONENTS: "component",
    ThemeColumn.LEVELS: "level",
}


def data_lists(made: ThemeTable) -> Iterator[Table]:
    """The lists that belong to a table that was built, as far as its columns ask for them."""
    after = made.options.number
    if FRAMEWORK_COLUMNS & set(made.columns):
        after += 1
        yield _list("Domains, Components and Levels of Themes", _LISTED, _listed(made), after)
    if ThemeColumn.QUOTES in made.columns:
        after += 1
        yield _list("Quotes of Themes", _QUOTES, _quotes(made), after)


def _listed(made: ThemeTable) -> Iterator[tuple[Cell, ...]]:
    for theme, column, one in made.listed:
        yield (
            cell(theme),
            cell(_KINDS[column]),
            cell(one.name),
            number(one.n) if one.n is not None else cell(""),
            number(one.derived) if one.n is not None else cell(""),
            number(int(one.undecided)),
            number(int(one.n is None)),
        )


def _quotes(made: ThemeTable) -> Iterator[tuple[Cell, ...]]:
    printed = [(name, quote) for name, some in made.printed for quote in some]
    rows = made.project.codings.many({quote.coding for _, quote in printed})
    valences = {row.id: row.valence for row in rows}
    people = made.counts.attribution.people
    for name, quote in printed:
        valence = valences.get(quote.coding)
        who = [people[key].label for key in quote.participants if key in people]
        yield (
            cell(name),
            cell(quote.said, quote=True),
            cell("; ".join(who)),
            cell(valence.value if valence else ""),
            number(int(quote.longer)),
            number(int(quote.altered)),
            number(int(quote.proposed)),
        )


def _list(
    title: str, names: Iterable[str], rows: Iterable[tuple[Cell, ...]], number_: int
) -> Table:
    return Table(
        title=title,
        columns=tuple(Column((Run(name),)) for name in names),
        rows=tuple(rows),
        number=number_,
        description=title,
    )
