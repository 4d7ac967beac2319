"""What the columns of a codebook mean, in this program's files and in those of others.

Known are the tables that IKT Coder, NVivo, MAXQDA, ATLAS.ti, Taguette, QualCoder and Dedoose
write, and what people call such columns in a codebook of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ikt_coder.services.table_file import TableFile

FIELDS: Final = (
    "definition",
    "include",
    "exclude",
    "example",
    "colour",
    "source_wording",
    "source_page",
)
"""The fields of a code that a column can fill, beside its name and place."""

# The first name of each row is this program's own. Of several columns with one meaning, the one
# whose name stands first here is read.
_MEANINGS: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "kind": ("kind",),
    "path": (
        "path", "code path", "full path", "hierarchical name", "hierarchical code",
        "code hierarchy", "full code name", "full name",
    ),
    "name": (
        "name", "code", "code name", "codename", "tag", "tag name", "node", "nodes", "codes",
        "label", "title", "code label",
    ),
    "parent": (
        "parent", "parent code", "parent name", "parent node", "parent tag", "parent title",
        "category", "folder", "parent category", "subcategory of",
    ),
    "definition": (
        "definition", "description", "code definition", "code description", "meaning",
        "comment", "code comment", "memo", "code memo", "catmemo", "document memo",
    ),
    "include": (
        "include", "when to use", "inclusion", "inclusion criteria", "include when", "use when",
        "use", "when",
    ),
    "exclude": (
        "exclude", "when not to use", "exclusion", "exclusion criteria", "exclude when",
        "do not use", "when not",
    ),
    "example": (
        "example", "examples", "typical example", "anchor example", "quote", "example quote",
        "illustrative quote",
    ),
    "colour": ("colour", "color", "code color", "code colour", "rgb"),
    "source_wording": ("source wording", "source_wording"),
    "source_page": ("source page", "source_page"),
}  # fmt: skip
_BY_NAME = {name: meaning for meaning, names in _MEANINGS.items() for name in names}

# What other programs count and note of a code, and a codebook does not take.
_COUNTED = frozenset(
    {
        "references", "files", "sources", "codings", "coded segments", "cod. seg.",
        "cod. seg. (all documents)", "cod. seg. (activated documents)", "% cod. seg.",
        "% cod. seg. (all documents)", "% cod. seg. (activated documents)", "documents",
        "frequency", "count", "grounded", "density", "number of highlights", "highlights",
        "wording", "created", "created on", "created by", "modified", "modified on", "modified by",
        "creation date", "author", "owner", "date", "framework", "node key", "weight",
        "aggregate", "nickname", "alias", "code alias", "position", "shortcut", "number",
    }
)  # fmt: skip
_CODINGS = frozenset(
    {"document", "document name", "start", "end", "text", "coder", "segment", "coded segment"}
)
"""Columns of codings. Two of them, and the table is none of codes."""


def plain(column: str) -> str:
    """A column's name without what programs differ in: case, spaces, underscores."""
    return re.sub(r"[\s_]+", " ", column.strip().strip(":*").strip()).casefold()


class Columns:
    """The columns of one table: which is read as what."""

    def __init__(self, names: Sequence[str]) -> None:
        ranks: dict[str, tuple[int, str]] = {}
        for column in names:
            meaning = _BY_NAME.get(plain(column))
            if meaning is None:
                continue
            rank = _MEANINGS[meaning].index(plain(column))
            if meaning not in ranks or rank < ranks[meaning][0]:
                ranks[meaning] = (rank, column)
        self._column = {meaning: column for meaning, (_, column) in ranks.items()}
        read = set(self._column.values())
        rest = [column for column in names if column.strip() and column not in read]
        self.ignored = tuple(
            column for column in rest if plain(column) in _COUNTED or plain(column) in _BY_NAME
        )
        self.unknown = tuple(column for column in rest if column not in self.ignored)

    def has(self, meaning: str) -> bool:
        return meaning in self._column

    def text(self, cells: Mapping[str, str], meaning: str) -> str:
        """The cell under a meaning; empty where there is no such column."""
        return cells.get(self._column.get(meaning, ""), "")

    @property
    def read_as(self) -> tuple[tuple[str, str], ...]:
        """Each column that is read, with its meaning."""
        return tuple((column, meaning) for meaning, column in self._column.items())


def holds_codebook(table: TableFile) -> bool:
    """Whether a table's columns are those of a codebook: they name codes, and are not those of
    codings."""
    names = {plain(column) for column in table.columns}
    if len(names & _CODINGS) > 1:
        return False
    columns = Columns(table.columns)
    return columns.has("path") or columns.has("name")
