"""Alembic's way into a project file; schema.migrate hands over the connection."""

from __future__ import annotations

from alembic import context

from ikt_coder.model import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
