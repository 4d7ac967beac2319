"""Codings that qualify or contradict their theme, with their passages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Stance, ThemeStatus
from ikt_coder.services.quote_printing import QuotePrinter
from ikt_coder.services.rows import CodingRow, PassageRow
from ikt_coder.services.theme_counts import ThemeCounts

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class DeviantCase:
    """A coding of the analysis layer that qualifies or contradicts a theme. ``may_quote``
    says whether consent and marks let its words be printed."""

    theme: UUID
    theme_name: str
    stance: Stance
    passage: PassageRow
    may_quote: bool


def deviant_cases(
    project: Project,
    theme: UUID | None = None,
    *,
    below: bool = True,
    counts: ThemeCounts | None = None,
) -> tuple[DeviantCase, ...]:
    """The deviant cases of a theme, ``below`` with its sub-themes, or of all themes that were
    not set aside; in the order of the themes, then of the documents."""
    counts = counts or ThemeCounts(project)
    found: list[tuple[UUID, str, Stance, CodingRow]] = []
    inside: set[UUID] = set() if theme is None else {theme}
    aside: set[UUID] = set()

    def visit(row: object, _depth: int) -> None:
        key, parent, name, status = row.id, row.parent_id, row.name, row.status  # type: ignore[attr-defined]  # a database row
        if below and theme is not None and parent in inside:
            inside.add(key)
        if key != theme and (parent in aside or status == ThemeStatus.SET_ASIDE.value):
            aside.add(key)
            return
        if theme is not None and key not in inside:
            return
        for coding in counts.members(key):
            stance = counts.stance(key, coding.id)
            if stance is not Stance.SUPPORTS:
                found.append((key, name, stance, coding))

    counts.walk(visit)
    codings = {coding.id: coding for *_, coding in found}
    passages = {
        passage.coding.id: passage for passage in project.passages.of_codings(codings.values())
    }
    printer = QuotePrinter(project, counts.attribution)
    return tuple(
        DeviantCase(
            key, name, stance, passages[coding.id], not printer.withheld(coding, coding.span)
        )
        for key, name, stance, coding in found
    )
