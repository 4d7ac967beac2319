"""Themes: findings, made from codes and from single codings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class Theme(Entity):
    __tablename__ = "theme"
    parent_id: Mapped[UUID | None] = reference("theme")
    position: Mapped[int]
    name: Mapped[str]
    description: Mapped[str]
    central_idea: Mapped[str]
    boundaries: Mapped[str]
    narrative: Mapped[str]
    status: Mapped[str]
    set_aside_reason: Mapped[str]
    created: Mapped[datetime]


class ThemeLevel(Entity):
    """A level the author gave the theme itself."""

    __tablename__ = "theme_level"
    theme_id: Mapped[UUID] = reference("theme")
    level_id: Mapped[UUID] = reference("level")


class ThemeDomain(Entity):
    """A domain (a framework's code) that the author shows on a theme by hand, or hides."""

    __tablename__ = "theme_domain"
    theme_id: Mapped[UUID] = reference("theme")
    code_id: Mapped[UUID] = reference("code")
    shown: Mapped[bool]


class ThemeCode(Entity):
    """All codings of a code belong to the theme."""

    __tablename__ = "theme_code"
    theme_id: Mapped[UUID] = reference("theme")
    code_id: Mapped[UUID] = reference("code")
    position: Mapped[int]


class ThemeCoding(Entity):
    """A coding's own place in a theme: gathered by itself (``by_hand``), or reached by its
    code and given a stance."""

    __tablename__ = "theme_coding"
    theme_id: Mapped[UUID] = reference("theme")
    coding_id: Mapped[UUID] = reference("coding")
    by_hand: Mapped[bool]
    stance: Mapped[str]


class Quote(Entity):
    """A quote a person accepted for a theme's table."""

    __tablename__ = "quote"
    theme_id: Mapped[UUID] = reference("theme")
    coding_id: Mapped[UUID] = reference("coding")
    document_id: Mapped[UUID] = reference("document")
    start: Mapped[int]
    end: Mapped[int]
    since_edit_id: Mapped[UUID | None] = reference("document_edit", on_delete="SET NULL")
    position: Mapped[int]
    accepted_by: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")


class QuoteAlteration(Entity):
    """A place within a quote that prints otherwise than it was said: ``shown`` in square
    brackets, or an ellipsis where it is empty. Positions are the document's."""

    __tablename__ = "quote_alteration"
    quote_id: Mapped[UUID] = reference("quote")
    document_id: Mapped[UUID] = reference("document")
    start: Mapped[int]
    end: Mapped[int]
    shown: Mapped[str]
    since_edit_id: Mapped[UUID | None] = reference("document_edit", on_delete="SET NULL")


class ThemeLink(Entity):
    """A relation between two themes with a note; ``leads_to`` goes from one to the other, the
    others hold both ways."""

    __tablename__ = "theme_link"
    theme_id: Mapped[UUID] = reference("theme")
    other_id: Mapped[UUID] = reference("theme")
    kind: Mapped[str]
    note: Mapped[str]
    created: Mapped[datetime]
