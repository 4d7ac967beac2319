"""How a column writes its numbers and days; what its cells do not tell is asked."""

from __future__ import annotations

from collections.abc import Sequence

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import AttributeKind
from ikt_coder.services.attribute_files.cells import CellTable
from ikt_coder.services.attribute_files.rows import Asked, ImportChoices, PlannedColumn, Question
from ikt_coder.services.attribute_files.written import (
    DayOrder,
    Decimal,
    is_two_days,
    is_two_numbers,
    says_decimal,
    says_order,
)


@frozen
class Style:
    """``question`` is what must be answered first."""

    days: DayOrder | None = None
    decimal: Decimal | None = None
    question: Question | None = None
    notices: tuple[str, ...] = ()


def style_of(
    column: PlannedColumn, cells: Sequence[str], table: CellTable, choices: ImportChoices
) -> Style:
    """How the cells of a column are to be read."""
    if column.kind is AttributeKind.DATE:
        return _of_days(column, cells, choices.days.get(column.at))
    if column.kind is AttributeKind.NUMBER:
        return _of_numbers(column, cells, table, choices.decimals.get(column.at))
    return Style()


def _of_days(column: PlannedColumn, cells: Sequence[str], chosen: DayOrder | None) -> Style:
    if chosen is not None:
        return Style(days=chosen)
    distinct = dict.fromkeys(cells)
    said = says_order(distinct)
    two = next((cell for cell in distinct if is_two_days(cell)), None)
    if two is None:
        return Style()
    if len(said) == 1:
        (order,) = said
        clear = next(cell for cell in distinct if says_order([cell]))
        words = "the day" if order is DayOrder.DAY_FIRST else "the month"
        return Style(
            days=order,
            notices=(
                f"Column {column.letter}, “{column.name}”: {words} is taken to come first, as in "
                f"“{clear.strip()}”.",
            ),
        )
    return Style(question=Question(Asked.DAYS, column.at, column.name, two.strip()))


def _of_numbers(
    column: PlannedColumn, cells: Sequence[str], table: CellTable, chosen: Decimal | None
) -> Style:
    if chosen is not None:
        return Style(decimal=chosen)
    distinct = dict.fromkeys(cells)
    said = _said(distinct)
    two = next((cell for cell in distinct if is_two_numbers(cell)), None)
    if len(said) == 1 and two is None:
        return Style(decimal=next(iter(said)))
    if two is None and not said:
        return Style()
    if len(said) == 1:
        (decimal,) = said
        clear = next(cell for cell in distinct if _said([cell]))
        where = f"as in “{clear.strip()}”"
    elif said:
        example = two or next(cell for cell in distinct if _said([cell]))
        return Style(question=Question(Asked.DECIMAL, column.at, column.name, example.strip()))
    else:
        assert two is not None
        found = _of_the_file(table, distinct)
        if found is None:
            return Style(question=Question(Asked.DECIMAL, column.at, column.name, two.strip()))
        decimal, where = found
    sign = "a comma" if decimal is Decimal.COMMA else "a point"
    return Style(
        decimal=decimal,
        notices=(
            f"Column {column.letter}, “{column.name}”: {sign} is taken to stand before "
            f"decimals, {where}.",
        ),
    )


def _said(cells: Sequence[str] | dict[str, None]) -> set[Decimal]:
    return {one for cell in cells if (one := says_decimal(cell)) is not None}


def _of_the_file(table: CellTable, cells: dict[str, None]) -> tuple[Decimal, str] | None:
    """What the rest of the file tells of a column that tells nothing itself."""
    if table.separator == "," and not any("," in cell for cell in cells):
        return Decimal.POINT, "since commas stand between the columns of this file"
    others = {cell for row in table.rows[:2000] for cell in row if len(cell) < 20}
    said = _said(dict.fromkeys(sorted(others, key=str)))
    if len(said) == 1:
        return next(iter(said)), "as elsewhere in this file"
    return None
