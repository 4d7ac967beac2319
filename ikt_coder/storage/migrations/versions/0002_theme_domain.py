"""A domain that an author shows or hides on a theme by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme_domain",
        sa.Column("theme_id", sa.LargeBinary(16), nullable=False),
        sa.Column("code_id", sa.LargeBinary(16), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], ondelete="CASCADE", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], ["code.id"], ondelete="CASCADE", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_theme_domain_theme_id", "theme_domain", ["theme_id"])
    op.create_index("ix_theme_domain_code_id", "theme_domain", ["code_id"])
