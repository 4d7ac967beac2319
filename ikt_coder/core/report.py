"""A neutral report: headings, prose, lists and tables, apart from the file it is written to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeAlias

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Run, Table


class Voice(StrEnum):
    """Who speaks in a paragraph, and how loud."""

    PLAIN = "plain"
    QUOTE = "quote"  # a participant's words, set in from the margin
    NOTE = "note"  # sources, units, what was left out: smaller and dimmed


@frozen
class Heading:
    """A heading; ``level`` 1 to 3 below the report's title."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 3:
            raise ValueError("a heading's level is 1, 2 or 3")


@frozen
class Paragraph:
    """One paragraph of runs. ``language`` is an IETF tag where it is not the report's."""

    runs: tuple[Run, ...]
    voice: Voice = Voice.PLAIN
    language: str = ""


@frozen
class BulletList:
    """A list; each item is one paragraph of runs."""

    items: tuple[tuple[Run, ...], ...]


@frozen
class AnswerSpace:
    """Room to write in: a line of what is asked, and ``lines`` empty ruled lines."""

    prompt: str
    lines: int = 3


Block: TypeAlias = Heading | Paragraph | BulletList | AnswerSpace | Table


@frozen
class Report:
    """Blocks in reading order under one title.

    ``subtitle`` is one line below the title (project, date, whose work). ``language`` is the
    IETF tag of the whole; a table keeps its own. ``compact`` sets it small with narrow
    margins, for a sheet of one page. ``empty`` is said where there are no blocks.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: str = "en"
    compact: bool = False
    empty: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


def prose(*pieces: str | Run, voice: Voice = Voice.PLAIN) -> Paragraph:
    """A paragraph of plain pieces and runs."""
    return Paragraph(_runs(pieces), voice)


def bullets(items: Iterable[str | tuple[str | Run, ...]]) -> BulletList:
    """A list whose items are plain text, or pieces and runs."""
    return BulletList(
        tuple(_runs((item,)) if isinstance(item, str) else _runs(item) for item in items)
    )


def bold(text: str) -> Run:
    return Run(text, bold=True)


def italic(text: str) -> Run:
    return Run(text, italic=True)


def _runs(pieces: Iterable[str | Run]) -> tuple[Run, ...]:
    return tuple(Run(piece) if isinstance(piece, str) else piece for piece in pieces)
