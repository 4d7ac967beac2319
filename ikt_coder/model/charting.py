"""Charting: what is asked of each document or engagement event, and what was found."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class ChartField(Entity):
    """One question of the charting form. ``kind`` is one, several or text; ``subjects`` a JSON
    list of "document" and "event"; ``has_basis``: it is asked whether the source says so
    (explicit) or it was concluded (inferred). ``node_key`` is the field's key in its
    framework; None for a field of the project's own."""

    __tablename__ = "chart_field"
    framework_id: Mapped[UUID | None] = reference("framework")
    node_key: Mapped[str | None]
    name: Mapped[str]
    definition: Mapped[str]
    kind: Mapped[str]
    ordered: Mapped[bool]
    has_basis: Mapped[bool]
    subjects: Mapped[str]
    position: Mapped[int]


class ChartOption(Entity):
    """An answer that is offered. ``label`` is the project's own word for it, where it has one;
    ``applicable`` False for a heading; ``hidden`` options are no longer offered."""

    __tablename__ = "chart_option"
    field_id: Mapped[UUID] = reference("chart_field")
    parent_id: Mapped[UUID | None] = reference("chart_option")
    node_key: Mapped[str | None]
    name: Mapped[str]
    label: Mapped[str]
    definition: Mapped[str]
    applicable: Mapped[bool]
    hidden: Mapped[bool]
    position: Mapped[int]


class Chart(Entity):
    """The form of one document or event; the id is derived from it. ``status`` is to_do,
    in_progress or charted; ``pilot`` marks the records on which the form was tried."""

    __tablename__ = "chart"
    document_id: Mapped[UUID | None] = reference("document")
    event_id: Mapped[UUID | None] = reference("engagement_event")
    status: Mapped[str]
    pilot: Mapped[bool]
    note: Mapped[str]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    changed: Mapped[datetime]


class ChartAnswer(Entity):
    """One answer; of a field with several there is a row for each option. Without option and
    text ``not_reported`` is set: somebody looked and found nothing. No row: nobody looked yet.
    The id is derived from chart, field and option."""

    __tablename__ = "chart_answer"
    chart_id: Mapped[UUID] = reference("chart")
    field_id: Mapped[UUID] = reference("chart_field")
    option_id: Mapped[UUID | None] = reference("chart_option")
    text: Mapped[str]
    not_reported: Mapped[bool]
    basis: Mapped[str | None]


class ChartCheck(Entity):
    """What a second coder said of the answer to a field: ``verdict`` agreed, changed or
    question; ``before`` is the answer they saw (JSON). The id is derived from chart, field and
    coder."""

    __tablename__ = "chart_check"
    chart_id: Mapped[UUID] = reference("chart")
    field_id: Mapped[UUID] = reference("chart_field")
    coder_id: Mapped[UUID] = reference("coder")
    verdict: Mapped[str]
    before: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
