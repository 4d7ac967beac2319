"""Which codes are compared, and what became of a code that coders used.

A code is what it was when the coding was frozen: merged before that it counts as its survivor,
merged later it stays itself, so that figures of a round never move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.frozen import frozen
from ikt_coder.model import Code
from ikt_coder.services.code_labels import code_labels
from ikt_coder.services.comparison_rows import WhyCodeLeftOut

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

GONE = "(a code that was deleted)"


@frozen
class ComparedCode:
    """A code of the comparison. ``above`` are the numbers of the codes above it there."""

    id: UUID
    path: tuple[str, ...]
    label: str
    depth: int
    above: tuple[int, ...]
    applicable: bool
    merged_into: str


class CodeFrame:
    """Codes as they are counted.

    ``scope`` are the codes a round is about (empty: the whole codebook), ``at_start`` those
    that every coder had (None: all), ``at_freeze`` those there were when the coding was frozen
    (None: as they are now). ``paths`` name those that are no longer in the codebook.
    """

    def __init__(
        self,
        project: Project,
        *,
        scope: Collection[UUID] = (),
        at_start: Collection[UUID] | None = None,
        at_freeze: Collection[UUID] | None = None,
        paths: Mapping[UUID, tuple[str, ...]] | None = None,
    ) -> None:
        self._living = project.codes.all(counted=False)
        self._names: dict[UUID, tuple[str, UUID | None]] = {}
        self._onward: dict[UUID, UUID] = {}
        for key, name, parent, onward in project.connection.execute(
            select(Code.id, Code.name, Code.parent_id, Code.merged_into)
        ).all():
            self._names[key] = (name, parent)
            if onward is not None:
                self._onward[key] = onward
        self._at_freeze = at_freeze
        self._paths = paths or {}
        self._known = None if at_start is None else {self.identity(key) for key in at_start}
        self._scope = {self.identity(key) for key in scope}

    def identity(self, code: UUID) -> UUID:
        """The code that a code counts as."""
        seen = {code}
        while (onward := self._onward.get(code)) is not None and onward not in seen:
            if self._at_freeze is not None and code in self._at_freeze:
                return code  # it was merged after the coding had been frozen
            seen.add(onward)
            code = onward
        return code

    def why_not(self, code: UUID) -> WhyCodeLeftOut | None:
        """Why a code (as it counts) is left out; None where it is counted."""
        if self._known is not None and code not in self._known:
            return WhyCodeLeftOut.NEW
        if self._scope and code not in self._scope:
            return WhyCodeLeftOut.OUT_OF_SCOPE
        return None

    def path(self, code: UUID) -> tuple[str, ...]:
        """The names from the root, also of a code that was merged or deleted since."""
        names: list[str] = []
        at: UUID | None = code
        seen: set[UUID] = set()
        while at is not None and at in self._names and at not in seen:
            seen.add(at)
            name, at = self._names[at]
            names.append(name)
        return tuple(reversed(names)) or self._paths.get(code, (GONE,))

    def codes(self, used: Collection[UUID], *, roll_up: bool) -> tuple[ComparedCode, ...]:
        """The codes that are compared, in tree order: those in scope, and of what was ``used``
        those that are no longer in the codebook. Headings of frameworks are among them only
        where codes are rolled up."""
        shown = [
            row
            for row in self._living
            if (row.applicable or roll_up or row.id in used) and self.why_not(row.id) is None
        ]
        place = {row.id: at for at, row in enumerate(shown)}
        parents = {row.id: row.parent for row in self._living}
        labels = code_labels(self._living)
        found: list[ComparedCode] = []
        for row in shown:
            above: list[int] = []
            parent, depth = row.parent, 0
            while parent is not None:
                if parent in place:
                    above.append(place[parent])
                    depth += 1
                parent = parents.get(parent)
            found.append(
                ComparedCode(
                    row.id, row.path, labels[row.id], depth, tuple(above), row.applicable, ""
                )
            )
        living = set(parents)
        for code in sorted(set(used) - living, key=self.path):
            if self.why_not(code) is not None:
                continue
            onward = self._onward.get(code)
            path = self.path(code)
            into = "" if onward is None else self.path(onward)[-1]
            found.append(ComparedCode(code, path, path[-1], 0, (), True, into))
        return tuple(found)
