"""Rounds of coding, what was frozen in them, decisions, copies for coders and their return."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _key(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(16), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _bytes(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _reference(name: str, target: str, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], ondelete=on_delete, deferrable=True, initially="DEFERRED"
    )


def _added(table: str, name: str, target: str) -> None:
    """A column that refers to another table: SQLite adds it where it may be empty."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} BLOB REFERENCES {target} (id) "
        "ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED"
    )
    op.create_index(f"ix_{table}_{name}", table, [name])


def upgrade() -> None:
    op.create_table(
        "coding_round",
        _number("number"),
        _text("name"),
        _text("mode"),
        _text("unit"),
        _number("unit_size", nullable=True),
        _text("rule"),
        _text("scope"),
        _text("selection"),
        _text("coefficient"),
        _number("target", nullable=True),
        _number("overlap"),
        _text("codes"),
        _number("share", nullable=True),
        _number("seed", nullable=True),
        _number("first", nullable=True),
        _number("blind_share", nullable=True),
        _key("adjudicator_id", nullable=True),
        _flag("hide_names"),
        _key("codebook_version", nullable=True),
        _text("note"),
        _moment("created"),
        _key("id"),
        _reference("adjudicator_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "assignment",
        _key("round_id"),
        _key("coder_id"),
        _key("document_id"),
        _text("task"),
        _text("batch"),
        _key("id"),
        _reference("round_id", "coding_round"),
        _reference("coder_id", "coder"),
        _reference("document_id", "document"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_assignment_coder_id", "assignment", ["coder_id"])
    op.create_index("ix_assignment_document_id", "assignment", ["document_id"])
    op.create_index("ix_assignment_round_id", "assignment", ["round_id"])
    op.create_table(
        "checked",
        _key("round_id"),
        _key("coder_id"),
        _key("document_id"),
        _key("turn_id", nullable=True),
        _moment("at"),
        _key("id"),
        _reference("round_id", "coding_round"),
        _reference("coder_id", "coder"),
        _reference("document_id", "document"),
        _reference("turn_id", "turn"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_checked_coder_id", "checked", ["coder_id"])
    op.create_index("ix_checked_document_id", "checked", ["document_id"])
    op.create_index("ix_checked_round_id", "checked", ["round_id"])
    op.create_index("ix_checked_turn_id", "checked", ["turn_id"])
    op.create_table(
        "settled",
        _key("document_id"),
        _key("round_id", nullable=True),
        _moment("created"),
        _key("id"),
        _reference("document_id", "document"),
        _reference("round_id", "coding_round", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_settled_document_id", "settled", ["document_id"])
    op.create_index("ix_settled_round_id", "settled", ["round_id"])
    op.create_table(
        "snapshot",
        _key("id"),
        _key("round_id"),
        _key("coder_id"),
        _key("document_id"),
        _moment("at"),
        _number("length"),
        _text("text_digest"),
        _text("edits"),
        _text("codings"),
        _key("codebook_version", nullable=True),
        _text("digest"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_snapshot_round", "snapshot", ["round_id", "document_id"])
    op.create_table(
        "frozen_ground",
        _key("id"),
        _key("round_id"),
        _key("document_id"),
        _number("length"),
        _text("text_digest"),
        _text("edits"),
        _bytes("units", nullable=True),
        _bytes("scope", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_frozen_ground_round_id", "frozen_ground", ["round_id"])
    op.create_table(
        "round_event",
        _key("id"),
        _text("kind"),
        _key("round_id", nullable=True),
        _key("coder_id", nullable=True),
        _key("document_id", nullable=True),
        _key("by_id", nullable=True),
        _moment("at"),
        _text("data"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_round_event_round_id", "round_event", ["round_id"])
    op.create_table(
        "codebook_version",
        _key("id"),
        _number("number"),
        _text("note"),
        _moment("at"),
        _key("coder_id", nullable=True),
        _text("digest"),
        _text("content"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "decision",
        _key("id"),
        _key("round_id"),
        _key("document_id"),
        _key("item_id"),
        _text("difference"),
        _text("kind"),
        _key("kept_id", nullable=True),
        _key("replaces", nullable=True),
        _text("before"),
        _text("result"),
        _text("edits"),
        _text("text_digest"),
        _key("codebook_version", nullable=True),
        _text("category", nullable=True),
        _text("reason"),
        _text("present"),
        _key("coder_id", nullable=True),
        _text("role"),
        _flag("names_hidden"),
        _flag("in_bulk"),
        _text("proposed_by"),
        _text("program"),
        _moment("at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_decision_item", "decision", ["round_id", "document_id", "item_id"])
    op.create_table(
        "item_note",
        _key("id"),
        _key("round_id"),
        _key("item_id"),
        _text("kind"),
        _text("text"),
        _key("coder_id", nullable=True),
        _moment("at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_item_note_item_id", "item_note", ["item_id"])
    op.create_table(
        "copy_origin",
        _key("id"),
        _key("project"),
        _key("operation"),
        _key("coder_id"),
        _key("round_id", nullable=True),
        _moment("at"),
        _text("documents"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "merged_copy",
        _key("lineage"),
        _key("last_operation"),
        _text("file_name"),
        _key("coder_id", nullable=True),
        _text("counts"),
        _moment("at"),
        _key("id"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _added("coder", "participant_id", "participant")
    _added("code", "proposed_in", "coding_round")
    _added("code", "proposed_by", "coder")
