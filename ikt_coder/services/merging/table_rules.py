"""What merging has to know of single tables and columns; everything else is the same for all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import DocumentStatus
from ikt_coder.model import Base, TableClass, referred, table_class, table_named
from ikt_coder.model.derived import DERIVED as DERIVED
from ikt_coder.model.derived import derived_key
from ikt_coder.services.merging.past_rows import Row
from ikt_coder.storage.triggers import entity_tables

# Where rows lie in a text. These columns are carried through the edits of both files.
SPANS: dict[str, tuple[str, ...]] = {
    "coding": ("start", "end"),
    "turn": ("start", "end", "words_start"),
    "memo": ("start", "end"),
    "quote": ("start", "end"),
    "quote_alteration": ("start", "end"),
}

# Columns that follow from other rows and are put right after a merge.
FOLLOWING: dict[str, frozenset[str]] = {
    **{table: frozenset({"since_edit_id"}) for table in SPANS},
    "document": frozenset({"length", "words", "revision"}),
    "document_text": frozenset({"text", "layout"}),
    "memo": frozenset({"since_edit_id", "changed"}),
}

# Conflicts nobody needs to be asked about; a stated rule decides (``chosen``).
QUIET = frozenset(
    {
        "position",
        "pin",
        "status",
        "lead_coder_id",
        "created",
        "changed",
        "at",
        "origin",
        "mapping_choice",
        "batch",
        "seed",
        "initials",
        "proposed_in",
        "proposed_by",
        "unsure",
        "star",
        "paraphrase_only",
        "do_not_quote",
        "hidden",
        "done",
        "closed",
        "since",
        "source",
    }
)

# Text edits are merged as sequences; the Consensus follows from the decisions.
APART = frozenset({"document_edit", "settled"})

# Of a project that was never one with this: what has no meaning here.
FOREIGN_LEFT = frozenset(
    {
        "project",
        "merged_copy",
        "coding_round",
        "assignment",
        "checked",
        "saved_query",
        "saved_table",
        "crosswalk_choice",
        "checklist_answer",
    }
)

# Of a document that was recognised by its words and is here already.
OF_A_TEXT = ("document_text", "source_file", "turn", "document_edit")

# What people make one by one. A delete takes each of them away by itself: what nobody touched
# goes, what the other side worked on stays with what it needs. Rows of the other tables are
# parts of what they belong to and stay with it.
SINGLE = frozenset(
    {
        "coding",
        "memo",
        "code",
        "theme",
        "quote",
        "theme_coding",
        "theme_link",
        "folder",
        "settled",
        "study",
        "guide_question",
        "question_turn",
        "chart_field",
        "chart_option",
        "chart",
        "chart_answer",
        "list_term",
        "engagement_event",
        "event_link",
        "code_link",
        "belief",
        "belief_coding",
        "recommendation",
        "case_rating",
        "framework_matrix",
        "matrix_column",
        "matrix_cell",
        "revisit",
        "glossary_term",
        "memo_link",
    }
)

# Records that say something of one file alone: where it came from, what was erased from it.
RECORDS_OF_A_FILE = frozenset({"copy_origin", "restore_point", "tombstone"})

# Rows that several copies may make by themselves and that are recognised by what they are. They
# come in with what they were before, so that the value they were made with counts as the older
# one wherever it comes from.
RECOGNISED = frozenset(
    {
        "framework",
        "level",
        "code",
        "participant",
        "attribute",
        "speaker",
        "study",
        "chart_field",
        "chart_option",
        "list_term",
        "guide_question",
        "glossary_term",
    }
)


def derived(table: str, row: Row) -> bytes:
    """The id of a row of ``DERIVED`` with what it refers to now."""
    parts = [row[name] for name in DERIVED[table]]
    keys = [UUID(bytes=part) if isinstance(part, bytes) else part for part in parts]
    return derived_key(table, *keys).bytes


@frozen
class Reference:
    """A column that refers to a row of another table, and what becomes of the row when that
    one is deleted."""

    column: str
    parent: str
    cascades: bool


REFERENCES: dict[str, tuple[Reference, ...]] = {
    table.name: tuple(
        Reference(key.parent.name, referred(key), key.ondelete == "CASCADE")
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
    )
    for table in entity_tables()
}

REFERRERS: dict[str, tuple[tuple[str, Reference], ...]] = {
    parent: tuple(
        (table, reference)
        for table, references in REFERENCES.items()
        for reference in references
        if reference.parent == parent
    )
    for parent in REFERENCES
}

MERGED_TABLES = tuple(table.name for table in entity_tables() if table.name not in APART)

RECORD_TABLES = tuple(
    table.name
    for table in Base.metadata.sorted_tables
    if table_class(table.name) is TableClass.RECORD and table.name not in RECORDS_OF_A_FILE
)

_STATUS = {status.value: rank for rank, status in enumerate(DocumentStatus)}


def meant(table: str) -> tuple[str, ...]:
    """The columns in which a person changes a row; its place in the text is looked at apart."""
    skip = FOLLOWING.get(table, frozenset()) | {"id"} | set(SPANS.get(table, ()))
    return tuple(c.name for c in table_named(table).columns if c.name not in skip)


def chosen(table: str, column: str, one: Any, other: Any) -> Any:
    """Which of two values stands where nobody chooses. It does not matter which file they come
    from, nor in which order several files are brought in: the longer text, a set mark, the
    document that is further, the lower place in a list."""
    return max(one, other, key=lambda value: _rank(table, column, value))


def _rank(table: str, column: str, value: Any) -> tuple[Any, ...]:
    if value is None:
        return (0,)
    if table == "document" and column == "status":
        return (1, _STATUS.get(value, 0))
    if column in ("position", "pin", "created"):
        return (1, -value)
    if isinstance(value, str):
        return (1, len(value), value)
    if isinstance(value, bytes):
        # The earlier one.
        return (1, bytes(255 - byte for byte in value))
    return (1, value)
