"""Attributes, saved retrievals and tables, links between themes, alterations of quotes, and
what a language pipeline found in a text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _key(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(16), nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _reference(name: str, target: str, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], ondelete=on_delete, deferrable=True, initially="DEFERRED"
    )


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def upgrade() -> None:
    op.create_table(
        "attribute",
        _text("name"),
        _text("subject"),
        _text("kind"),
        _text("choices"),
        _text("description"),
        _number("position"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "attribute_value",
        _key("attribute_id"),
        _key("participant_id", nullable=True),
        _key("document_id", nullable=True),
        _text("value"),
        _key("id"),
        _reference("attribute_id", "attribute"),
        _reference("participant_id", "participant"),
        _reference("document_id", "document"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("attribute_value", "attribute_id", "participant_id", "document_id")
    op.create_table(
        "saved_query",
        _text("name"),
        _text("definition"),
        _number("position"),
        _key("coder_id", nullable=True),
        _moment("created"),
        _key("id"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("saved_query", "coder_id")
    op.create_table(
        "saved_table",
        _text("name"),
        _text("what"),
        _text("options"),
        _number("position"),
        _moment("created"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "theme_link",
        _key("theme_id"),
        _key("other_id"),
        _text("kind"),
        _text("note"),
        _moment("created"),
        _key("id"),
        _reference("theme_id", "theme"),
        _reference("other_id", "theme"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("theme_link", "theme_id", "other_id")
    op.create_table(
        "quote_alteration",
        _key("quote_id"),
        _key("document_id"),
        _number("start"),
        _number("end"),
        _text("shown"),
        _key("since_edit_id", nullable=True),
        _key("id"),
        _reference("quote_id", "quote"),
        _reference("document_id", "document"),
        _reference("since_edit_id", "document_edit", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("quote_alteration", "quote_id", "document_id", "since_edit_id")
    op.create_table(
        "text_analysis",
        _key("id"),
        _key("document_id"),
        _text("pipeline"),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        _reference("document_id", "document"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("text_analysis", "document_id")
