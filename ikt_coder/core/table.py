"""A neutral table: what a report says, apart from the file it is written to."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class TableStyle(StrEnum):
    """Whose form number, title and note of a table have."""

    APA = "apa"  # APA 7: bold number, italic title below, the word *Note.*
    BMC = "bmc"  # BMC and Springer: number and title in one line, footnotes by letters
    VANCOUVER = "vancouver"  # ICMJE: number, full stop, title; footnotes by symbols


@frozen
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@frozen
class Cell:
    """One cell: one paragraph or several, each of one or more runs.

    ``value`` is the bare number behind a cell of figures, for spreadsheets. ``indent`` is
    the depth of a sub-theme or sub-code. ``quote`` marks a participant's words. ``code``: the
    code whose passages stand behind a figure, so that a screen can open them.
    """

    paragraphs: tuple[tuple[Run, ...], ...] = ()
    value: int | float | None = None
    indent: int = 0
    quote: bool = False
    code: UUID | None = None

    @property
    def text(self) -> str:
        return "\n".join("".join(run.text for run in paragraph) for paragraph in self.paragraphs)


def cell(*paragraphs: str, indent: int = 0, quote: bool = False) -> Cell:
    """A cell of plain paragraphs."""
    return Cell(tuple((Run(text),) for text in paragraphs), indent=indent, quote=quote)


def number(value: int | float, text: str | None = None, code: UUID | None = None) -> Cell:
    """A cell of one figure."""
    return Cell(((Run(text if text is not None else str(value)),),), value=value, code=code)


@frozen
class Column:
    """A column: its heading (runs, so that *n* can be italic), the heading it shares with
    its neighbours (``spanner``) and its share of the width."""

    heading: tuple[Run, ...]
    align: Align = Align.LEFT
    width: float = 1.0
    spanner: tuple[Run, ...] = ()

    @property
    def name(self) -> str:
        return "".join(run.text for run in self.heading)

    @property
    def spanner_name(self) -> str:
        return "".join(run.text for run in self.spanner)


@frozen
class Table:
    """A table as a report prints it.

    ``number`` is printed as *Table 3*; 0 stands for a plain list (codings, history), which
    spreadsheets begin with its headings so that other programs can read it; ``title`` in
    title case; ``note`` the paragraphs
    under the table (without the word *Note.*); ``language`` an IETF tag for number signs
    and quotation marks; ``empty`` what to say where there are no rows; ``interim`` marks a
    table whose documents are not all coded; ``style`` the form of number, title and note;
    ``headings`` the places of rows whose first cell stands over all columns; ``over`` what
    these rows name ("Attribute"), for files in which they are a column.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: tuple[tuple[Run, ...], ...] = ()
    number: int = 1
    language: str = "en"
    description: str = ""  # the alternative text of the table
    empty: str = ""
    interim: bool = False
    style: TableStyle = TableStyle.APA
    headings: frozenset[int] = frozenset()
    over: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError("a row has another number of cells than there are columns")

    @property
    def spanners(self) -> tuple[tuple[int, int], ...]:
        """Neighbouring columns under one spanner, half-open; empty where there is none."""
        groups: list[tuple[int, int]] = []
        for at, column in enumerate(self.columns):
            if not column.spanner:
                continue
            if groups and groups[-1][1] == at and self.columns[at - 1].spanner == column.spanner:
                groups[-1] = (groups[-1][0], at + 1)
            else:
                groups.append((at, at + 1))
        return tuple(groups)
