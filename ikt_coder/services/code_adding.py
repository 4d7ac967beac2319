"""Many new codes in one act: what each needs to know of the others is read once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert, select

from ikt_coder.core.colour import UsedColours, is_colour
from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.words import Pattern
from ikt_coder.model import Code
from ikt_coder.services.base import named
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class NewCodes:
    """Codes that are added one by one, as ``CodeService.add`` does, and written together by
    ``write``. Nothing else may add, rename or move codes between the first and the writing."""

    def __init__(self, project: Project, op: Operation) -> None:
        self._op = op
        self._proposed = project.rounds.proposing(op.coder)
        self._names: dict[UUID | None, dict[str, str]] = {}
        self._next: dict[UUID | None, int] = {}
        self._colours = UsedColours()
        self._rows: list[dict[str, Any]] = []
        # Read as people see it: a proposal of others must not show by a colour or a number.
        there = project.connection.execute(
            select(
                Code.parent_id,
                Code.name,
                Code.position,
                Code.colour,
                Code.pattern,
                Code.applicable,
                Code.merged_into,
            ).order_by(Code.created, Code.position)
        ).all()
        for row in there:
            self._next[row.parent_id] = max(self._next.get(row.parent_id, 0), row.position + 1)
            if row.merged_into is not None:
                continue
            self._names.setdefault(row.parent_id, {})[row.name.casefold()] = row.name
            if row.applicable:
                self._colours.add(row.colour, Pattern(row.pattern))
        self._made = datetime.now(UTC)

    def add(self, name: str, parent: UUID | None, fields: dict[str, str] | None = None) -> UUID:
        """Add a code after its sisters; ``fields`` are of definition, include, exclude, example,
        colour, source_wording and source_page. Raises UserError where a sister has the name, or
        the colour is none."""
        fields = fields or {}
        name = named(name, "code")
        sisters = self._names.setdefault(parent, {})
        if name.casefold() in sisters:
            raise UserError(
                f"There is a code “{sisters[name.casefold()]}” here already.",
                "Use that one, or choose another name.",
            )
        colour, pattern = fields.get("colour"), Pattern.SOLID
        if colour is None:
            colour, pattern = self._colours.next()
        elif not is_colour(colour):
            raise UserError(f"“{colour}” is not a colour.", "Choose one from the palette.")
        position = self._next.get(parent, 0)
        # Each a moment after the one before: colours follow from the order of making.
        self._made = max(datetime.now(UTC), self._made + timedelta(microseconds=1))
        key = new_id()
        self._rows.append(
            {
                "id": key,
                "parent_id": parent,
                "position": position,
                "name": name,
                **{
                    field: fields.get(field, "").strip()
                    for field in ("definition", "include", "exclude", "example")
                },
                "colour": colour,
                "pattern": pattern.value,
                "pin": None,
                "default_valence": None,
                "framework_id": None,
                "node_key": None,
                "source_wording": fields.get("source_wording", ""),
                "source_page": fields.get("source_page", ""),
                "applicable": True,
                "merged_into": None,
                "created": self._made,
                "proposed_in": self._proposed,
                "proposed_by": self._op.coder if self._proposed is not None else None,
            }
        )
        sisters[name.casefold()] = name
        self._next[parent] = position + 1
        self._colours.add(colour, pattern)
        return key

    def write(self) -> None:
        """Write what was added since the last writing, in its order."""
        self._op.execute(insert(Code), self._rows)
        self._rows = []
