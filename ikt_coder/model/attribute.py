"""Attributes: what is known of participants and documents beside their words."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class Attribute(Entity):
    """``subject`` is participant, document or study; ``kind`` text, number, date, choice, choices;
    ``choices`` the offered values as a JSON list."""

    __tablename__ = "attribute"
    name: Mapped[str]
    subject: Mapped[str]
    kind: Mapped[str]
    choices: Mapped[str]
    description: Mapped[str]
    position: Mapped[int]


class AttributeValue(Entity):
    """What one participant, document or study has for an attribute; the id is derived from both, so
    that copies agree. Several choices are a JSON list, a date is ISO 8601, a number has a
    decimal point."""

    __tablename__ = "attribute_value"
    attribute_id: Mapped[UUID] = reference("attribute")
    participant_id: Mapped[UUID | None] = reference("participant")
    document_id: Mapped[UUID | None] = reference("document")
    value: Mapped[str]
    study_id: Mapped[UUID | None] = reference("study")
