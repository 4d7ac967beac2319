"""Case ratings as tables: the matrix, what each rater gave, and groups side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from ikt_coder.core.cases import CaseKind
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.case_ratings.comparing import RULE as COMPARING_RULE
from ikt_coder.services.case_ratings.comparing import (
    Comparison,
    Distinction,
    GroupRatings,
)
from ikt_coder.services.case_ratings.rows import Rated, RatingCell, RatingGrid
from ikt_coder.services.cases import Case
from ikt_coder.services.retrieval_notes import counted_on
from ikt_coder.services.theme_notes import layer_sentences

KIND_NAMES = {
    CaseKind.PARTICIPANT: ("participant", "participants"),
    CaseKind.DOCUMENT: ("document", "documents"),
    CaseKind.STUDY: ("study", "studies"),
    CaseKind.GROUP: ("group of participants", "groups of participants"),
}
SCALE = (
    "+2 strong positive, +1 weak positive, 0 neutral, ± mixed (0, with passages in both "
    "directions), −1 weak negative, −2 strong negative influence; M = Missing: a rater looked and "
    "there was nothing to rate; — not rated."
)
_EMPTY = "No construct has been rated in a case yet."


def rating_sign(one: RatingCell) -> str:
    """What the matrix prints: the rating that counts, both ratings where raters differ."""
    if one.counts is not None:
        return one.counts.sign
    if one.undecided:
        return " / ".join(dict.fromkeys(row.rated.sign for row in one.ratings))
    return "—"


def _cell(one: RatingCell) -> Cell:
    counts = one.counts
    if counts is not None and counts.value is not None and not counts.mixed:
        return number(counts.value, counts.sign)
    return cell(rating_sign(one))


def cases_sentence(grid: RatingGrid) -> str:
    single, many = KIND_NAMES[grid.kind]
    n = len(grid.cases)
    return f"The unit is one {single} as a case; N = {n} {single if n == 1 else many}."


def matrix_table(
    grid: RatingGrid, today: date | None = None, *, cases: Sequence[Case] | None = None
) -> Table:
    """Constructs in rows, cases (all, or those given) in columns, and in how many of all cases
    there is a value, or Missing."""
    cases = grid.cases if cases is None else cases
    columns = [Column((Run("Construct"),), width=2.2)]
    columns += [Column((Run(case.label),), Align.CENTRE, 0.6) for case in cases]
    columns.append(Column((Run("Rated, "), Run("n", italic=True)), Align.RIGHT, 0.6))
    columns.append(Column((Run("Missing, "), Run("n", italic=True)), Align.RIGHT, 0.6))
    rows = []
    for construct in grid.constructs:
        cells = {case.ref: grid.cell(case.ref, construct.code) for case in grid.cases}
        rows.append(
            (
                cell(construct.name, indent=construct.depth),
                *(_cell(cells[case.ref]) for case in cases),
                *(number(count) for count in _counted(cells.values())),
            )
        )
    return Table(
        title="Ratings of Constructs by Case",
        columns=tuple(columns),
        rows=tuple(rows) if grid.rated else (),
        note=((Run(" ".join(_notes(grid, today, len(cases)))),),),
        description="How each construct works in each case, from −2 to +2.",
        empty=_EMPTY,
        interim=grid.info.interim,
    )


def _counted(cells: Iterable[RatingCell]) -> tuple[int, int]:
    counts = [one.counts for one in cells]
    missing = sum(rated is not None and rated.missing for rated in counts)
    return sum(rated is not None for rated in counts) - missing, missing


def _notes(grid: RatingGrid, today: date | None, shown: int) -> list[str]:
    sentences = [SCALE, cases_sentence(grid), *raters_sentences(grid)]
    if shown < len(grid.cases):
        sentences.append(
            f"{shown} of {len(grid.cases)} cases stand in this table; n counts those of all."
        )
    return [*sentences, *layer_sentences(grid.info), counted_on(today or date.today())]


def raters_sentences(grid: RatingGrid) -> list[str]:
    """Who rated, what counts, and where raters differ."""
    if not grid.raters:
        return []
    names = ", ".join(rater.initials or rater.name for rater in grid.raters)
    sentences = [f"Raters: {names}."]
    if len(grid.raters) > 1:
        sentences.append(
            "The rating that counts is the agreed one, else the one that all raters gave."
        )
    agreed = sum(one.agreed is not None for one in grid.cells.values())
    if agreed:
        sentences.append(f"{agreed} agreed on by the raters.")
    if grid.undecided:
        sentences.append(
            f"In {grid.undecided} {'cell' if grid.undecided == 1 else 'cells'} raters differ and "
            "nothing is agreed: their ratings stand beside each other and are not counted."
        )
    return sentences


def raters_table(grid: RatingGrid) -> Table:
    """Every rating with its reasons, one row each, as a list for other programs."""
    rows = []
    names = {rater.coder: rater.initials or rater.name for rater in grid.raters}
    for construct in grid.constructs:
        for case in grid.cases:
            one = grid.cell(case.ref, construct.code)
            given = (*one.ratings, *((one.agreed,) if one.agreed is not None else ()))
            for row in given:
                rows.append(
                    (
                        cell(construct.name),
                        cell(case.label),
                        cell(_rater(row.coder, names)),
                        _rated(row.rated),
                        cell("yes" if one.differ else "no"),
                        number(one.passages),
                        cell(row.rationale),
                    )
                )
    headings = ("Construct", "Case", "Rater", "Rating", "Raters differ", "Passages", "Reasons")
    return Table(
        title="Ratings by Rater",
        columns=tuple(
            Column((Run(name),), width=_RATER_WIDTHS.get(name, 0.7)) for name in headings
        ),
        rows=tuple(rows),
        note=((Run(" ".join([SCALE, cases_sentence(grid)])),),),
        description="Each rating with who gave it and why.",
        empty=_EMPTY,
    )


_RATER_WIDTHS = {"Construct": 2.2, "Reasons": 2.2}


def _rater(coder: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(coder, "") if coder is not None else "Agreed"


def _rated(rated: Rated) -> Cell:
    if rated.value is None or rated.mixed:
        return cell(rated.words)
    return number(rated.value, rated.sign)


MARKS = {Distinction.STRONG: "**", Distinction.WEAK: "*", Distinction.NONE: ""}


def comparison_table(grid: RatingGrid, comparison: Comparison, today: date | None = None) -> Table:
    """Medians by group, with the constructs that tell them apart marked."""
    first = comparison.rows[0] if comparison.rows else None
    groups = first.groups if first is not None else ()
    rest = first is not None and bool(first.rest.cases)
    columns = [Column((Run("Construct"),), width=2.2)]
    shown = [*groups, *([first.rest] if first is not None and rest else [])]
    for one in shown:
        # No-break spaces: a narrow head breaks before the bracket, never in it.
        head = f"{one.value} (n\u00a0=\u00a0{len(one.cases)})"
        columns.append(Column((Run(head),), Align.CENTRE, 1.0))
    columns.append(Column((Run("Difference of medians"),), Align.RIGHT, 0.9))
    rows = []
    for row in comparison.rows:
        some = [*row.groups, *([row.rest] if rest else [])]
        mark = MARKS[row.distinction]
        rows.append(
            (
                cell(row.construct.name, indent=row.construct.depth),
                *(cell(group_words(one)) for one in some),
                number(row.difference, f"{_figure(row.difference)}{mark}")
                if row.difference is not None
                else cell("—"),
            )
        )
    notes = [
        "Median (number of cases with a value; M = Missing).",
        "** tells the groups apart strongly, * weakly.",
        COMPARING_RULE,
        cases_sentence(grid),
        *raters_sentences(grid),
        counted_on(today or date.today()),
    ]
    return Table(
        title=f"Ratings Compared by {comparison.by.name}",
        columns=tuple(columns),
        rows=tuple(rows) if grid.rated else (),
        note=((Run(" ".join(notes)),),),
        description="Medians of ratings in groups of cases.",
        empty=_EMPTY,
        interim=grid.info.interim,
    )


def group_words(one: GroupRatings) -> str:
    """The median of a group with how many cases it stands on."""
    missing = f", M {one.missing}" if one.missing else ""
    differ = f", raters differ {one.undecided}" if one.undecided else ""
    middle = signed(one.median) if one.median is not None else "—"
    return f"{middle} ({one.n}{missing}{differ})"


def signed(value: float) -> str:
    """A median with its sign: +1.5, 0, −1."""
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{_figure(abs(value))}"


def _figure(value: float) -> str:
    return f"{value:g}"
