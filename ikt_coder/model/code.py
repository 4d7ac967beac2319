"""The codebook: codes, the frameworks they came from, and level schemes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class Framework(Entity):
    """A framework that was added to the project. ``source`` is the text of its file where it is
    not one of those that come with the program."""

    __tablename__ = "framework"
    key: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    version: Mapped[str]
    kind: Mapped[str]
    citation: Mapped[str]
    position: Mapped[int]
    source: Mapped[str | None]


class Code(Entity):
    """A label. A merged code stays as a row and forwards to the survivor. One that was made
    in a blind round is a proposal of ``proposed_by`` until the round is unsealed."""

    __tablename__ = "code"
    parent_id: Mapped[UUID | None] = reference("code")
    position: Mapped[int]
    name: Mapped[str]
    definition: Mapped[str]
    include: Mapped[str]
    exclude: Mapped[str]
    example: Mapped[str]
    colour: Mapped[str]
    pattern: Mapped[str]
    pin: Mapped[int | None]
    default_valence: Mapped[str | None]
    framework_id: Mapped[UUID | None] = reference("framework")
    node_key: Mapped[str | None]
    source_wording: Mapped[str]
    source_page: Mapped[str]
    applicable: Mapped[bool]
    merged_into: Mapped[UUID | None] = reference("code", on_delete="SET NULL")
    created: Mapped[datetime]
    proposed_in: Mapped[UUID | None] = reference("coding_round", on_delete="SET NULL")
    proposed_by: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")


class Level(Entity):
    """A node of a level scheme or of a dimension set that codings may carry."""

    __tablename__ = "level"
    framework_id: Mapped[UUID] = reference("framework")
    node_key: Mapped[str]
    name: Mapped[str]
    definition: Mapped[str]
    position: Mapped[int]
    source_wording: Mapped[str]
    source_page: Mapped[str]
