"""A block of values for a part of the grid, as a spreadsheet hands it over: what of it fits,
and setting it in one act."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.words import AttributeKind
from ikt_coder.services.attribute_values import (
    AttributeRow,
    stored_choices,
    stored_value,
    unoffered,
)
from ikt_coder.services.attributes import Place

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class Fit(StrEnum):
    """What becomes of one cell of a block."""

    SET = "set"
    SAME = "same"  # stands there already
    CLEAR = "clear"  # empty, and takes a value away
    LEAVE = "leave"  # empty, and leaves what is there
    FAULT = "fault"
    BEYOND = "beyond"  # no row or column is left for it


@frozen
class BlockCell:
    """``row`` and ``column`` count within the block; ``words`` says what is wrong."""

    row: int
    column: int
    text: str
    fit: Fit
    words: str = ""


@frozen
class BlockPlan:
    """What setting a block would do. ``choices`` are the whole offered choices of attributes
    that would get new ones; ``unknown`` those that are offered nowhere yet."""

    cells: tuple[tuple[BlockCell, ...], ...]
    values: Mapping[Place, str]
    choices: Mapping[UUID, tuple[str, ...]]
    unknown: Mapping[UUID, tuple[str, ...]]

    def count(self, *fits: Fit) -> int:
        return sum(cell.fit in fits for row in self.cells for cell in row)

    def faults(self) -> tuple[BlockCell, ...]:
        return tuple(cell for row in self.cells for cell in row if cell.fit is Fit.FAULT)


def block_of(text: str) -> list[list[str]]:
    """The cells of text that a spreadsheet copied: tabs between columns; a cell that holds a
    tab or a line break stands in quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(io.StringIO(text), "excel-tab"))
    except csv.Error:  # a quote that nothing ends has swallowed more than a cell may hold
        rows = [line.split("\t") for line in text.split("\n")]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return [[cell.strip() for cell in row] for row in rows]


def block_text(rows: Sequence[Sequence[str]]) -> str:
    """Cells as a spreadsheet takes them."""
    out = io.StringIO()
    csv.writer(out, "excel-tab", lineterminator="\n").writerows(rows)
    return out.getvalue().removesuffix("\n")


def plan_block(
    block: Sequence[Sequence[str]],
    owners: Sequence[UUID],
    attributes: Sequence[AttributeRow],
    stored: Mapping[Place, str],
    *,
    clear_empty: bool = False,
    add_choices: bool = False,
) -> BlockPlan:
    """See what a block would do to the cells of ``owners`` by ``attributes``; ``stored`` has
    what is kept now. ``clear_empty``: an empty cell takes the value away; ``add_choices``:
    what no choice fits becomes a new one. Nothing is written."""
    unknown = _unknown(block, attributes)
    offered = [
        replace(one, choices=(*one.choices, *unknown[one.id]))
        if add_choices and one.id in unknown
        else one
        for one in attributes
    ]
    values: dict[Place, str] = {}
    rows = []
    for at, texts in enumerate(block):
        row = []
        for column, text in enumerate(texts):
            if at >= len(owners) or column >= len(attributes):
                row.append(BlockCell(at, column, text, Fit.BEYOND))
                continue
            place = (owners[at], attributes[column].id)
            cell = _cell(at, column, text, offered[column], stored.get(place, ""), clear_empty)
            if cell.fit in (Fit.SET, Fit.CLEAR):
                values[place] = text
            row.append(cell)
        rows.append(tuple(row))
    added = {one.id: one.choices for one in offered if add_choices and one.id in unknown}
    return BlockPlan(tuple(rows), values, added, unknown)


def set_block(project: Project, plan: BlockPlan) -> None:
    """Set what fits, with the new choices, in one act. Raises UserError; then nothing is
    changed."""
    with project.operation(Op.SET_ATTRIBUTES, count=len(plan.values)):
        for attribute, choices in plan.choices.items():
            project.attributes.change(attribute, choices=choices)
        project.attributes.set(plan.values)


def _cell(
    row: int, column: int, text: str, attribute: AttributeRow, now: str, clear_empty: bool
) -> BlockCell:
    try:
        value = stored_value(attribute, text)
    except UserError as error:
        return BlockCell(row, column, text, Fit.FAULT, fault_words(error))
    if value == now:
        return BlockCell(row, column, text, Fit.SAME if value else Fit.LEAVE)
    if value:
        return BlockCell(row, column, text, Fit.SET)
    return BlockCell(row, column, text, Fit.CLEAR if clear_empty else Fit.LEAVE)


def fault_words(error: UserError) -> str:
    """What is wrong with one value, where others beside it may well be set."""
    return error.what.removesuffix(" Nothing was changed.")


def _unknown(
    block: Sequence[Sequence[str]], attributes: Sequence[AttributeRow]
) -> dict[UUID, tuple[str, ...]]:
    """The choices in a block that are not offered, each once as it first stands."""
    found: dict[UUID, tuple[str, ...]] = {}
    for column, attribute in enumerate(attributes):
        if attribute.kind not in (AttributeKind.CHOICE, AttributeKind.CHOICES):
            continue
        new = unoffered(attribute, (row[column] for row in block if column < len(row)))
        if new:
            found[attribute.id] = new
    return found


def chosen(attribute: AttributeRow, stored: str) -> tuple[str, ...]:
    """The choices that a kept value holds."""
    if attribute.kind is AttributeKind.CHOICES:
        return stored_choices(stored)
    return (stored,) if stored else ()
