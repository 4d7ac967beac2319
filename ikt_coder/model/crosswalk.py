"""From codes to the nodes of a framework: which publication is followed, and the project's own
links."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, column, reference


class CrosswalkChoice(Entity):
    """The publication a crosswalk follows in this project; the id is derived from its key."""

    __tablename__ = "crosswalk_choice"
    crosswalk: Mapped[str]
    source: Mapped[str]


class CodeLink(Entity):
    """A link somebody drew from a code to a framework's node that is a code or a level of the
    project; the id is derived from both ends."""

    __tablename__ = "code_link"
    code_id: Mapped[UUID] = reference("code")
    target_id: Mapped[UUID | None] = reference("code")
    level_id: Mapped[UUID | None] = reference("level")
    note: Mapped[str]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    created: Mapped[datetime]


class Belief(Entity):
    """A belief statement: one sentence in a participant's voice that sums up passages.
    ``code_id`` is its domain, ``direction`` a valence."""

    __tablename__ = "belief"
    text: Mapped[str]
    code_id: Mapped[UUID | None] = reference("code", on_delete="SET NULL")
    direction: Mapped[str | None]
    note: Mapped[str]
    position: Mapped[int]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    created: Mapped[datetime]


class BeliefCoding(Entity):
    """A passage under a belief statement; the id is derived from both."""

    __tablename__ = "belief_coding"
    belief_id: Mapped[UUID] = reference("belief")
    coding_id: Mapped[UUID] = reference("coding")


class Recommendation(Entity):
    """What to do about a barrier (or to build on a facilitator): a node of a framework of
    solutions, or words of the project's own. ``component`` is the node key it answers to."""

    __tablename__ = "recommendation"
    framework: Mapped[str | None]
    node_key: Mapped[str | None] = column(index=False)
    text: Mapped[str]
    component: Mapped[str | None]
    code_id: Mapped[UUID | None] = reference("code")
    theme_id: Mapped[UUID | None] = reference("theme")
    note: Mapped[str]
    position: Mapped[int]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    created: Mapped[datetime]


class RecommendationRating(Entity):
    """A recommendation judged by one criterion (APEASE) by one coder; the id is derived from
    all three. ``value`` is 1 (no) to 3 (yes), None: looked at and unsure."""

    __tablename__ = "recommendation_rating"
    recommendation_id: Mapped[UUID] = reference("recommendation")
    criterion: Mapped[str]
    coder_id: Mapped[UUID] = reference("coder")
    value: Mapped[int | None]
    note: Mapped[str]
