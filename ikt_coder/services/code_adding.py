"""New codes, one or many in one act: what each needs to know of the others is read once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from ikt_coder.core.colour import UsedColours, is_colour
from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.words import Pattern
from ikt_coder.model import Code
from ikt_coder.services.base import named
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class _Sisters:
    """The codes below one: ``names`` as they are spelt by what tells them apart, and the
    ``next`` position."""

    def __init__(self, names: dict[str, str], next_: int) -> None:
        self.names = names
        self.next = next_


class NewCodes:
    """Codes that are added one by one and written together by ``write``. Nothing else may add,
    rename or move codes between the first and the writing. Those of somebody who codes in a
    sealed round are proposals, which others see when the round is unsealed."""

    def __init__(self, project: Project, op: Operation) -> None:
        self._op = op
        self._connection = project.connection
        self._proposed = project.rounds.proposing(op.coder)
        self._sisters: dict[UUID | None, _Sisters] = {}
        self._rows: list[dict[str, Any]] = []
        self._colours = UsedColours(looks_there(self._connection))
        self._made = datetime.now(UTC)

    def add(
        self,
        name: str,
        parent: UUID | None = None,
        *,
        key: UUID | None = None,
        definition: str = "",
        include: str = "",
        exclude: str = "",
        example: str = "",
        source_wording: str = "",
        source_page: str = "",
        colour: str | None = None,
        pattern: Pattern | None = None,
    ) -> UUID:
        """Add a code after its sisters, with the id ``key`` where one is given. Raises UserError
        where a sister has the name, or the colour is none."""
        name = named(name, "code")
        sisters = self._below(parent)
        if (there := sisters.names.get(name.casefold())) is not None:
            raise name_taken(there)
        if colour is None:
            colour, chosen = self._colours.next()
            pattern = pattern or chosen
        refuse_no_colour(colour)
        pattern = pattern or Pattern.SOLID
        # Each a moment after the one before: colours follow from the order of making.
        self._made = max(datetime.now(UTC), self._made + timedelta(microseconds=1))
        key = key or new_id()
        self._rows.append(
            {
                "id": key,
                "parent_id": parent,
                "position": sisters.next,
                "name": name,
                "definition": definition.strip(),
                "include": include.strip(),
                "exclude": exclude.strip(),
                "example": example.strip(),
                "colour": colour,
                "pattern": pattern.value,
                "pin": None,
                "default_valence": None,
                "framework_id": None,
                "node_key": None,
                "source_wording": source_wording,
                "source_page": source_page,
                "applicable": True,
                "merged_into": None,
                "created": self._made,
                "proposed_in": self._proposed,
                "proposed_by": self._op.coder if self._proposed is not None else None,
            }
        )
        sisters.names[name.casefold()] = name
        sisters.next += 1
        self._sisters[key] = _Sisters({}, 0)
        self._colours.add(colour, pattern)
        return key

    def _below(self, parent: UUID | None) -> _Sisters:
        known = self._sisters.get(parent)
        if known is None:
            # As people see them: what others proposed must not show by a refusal or a number.
            there = self._connection.execute(
                select(Code.name, Code.position, Code.merged_into)
                .where(Code.parent_id == parent)
                .order_by(Code.position)
            ).all()
            known = self._sisters[parent] = _Sisters(
                {row.name.casefold(): row.name for row in there if row.merged_into is None},
                there[-1].position + 1 if there else 0,
            )
        return known

    def write(self) -> None:
        """Write what was added since the last writing, in its order."""
        self._op.execute(insert(Code), self._rows)
        self._rows = []


def looks_there(connection: Connection) -> list[tuple[str, Pattern]]:
    """The looks that codes have, in the order of their making. ``connection`` is that of the
    project, which shows what people see: what others proposed must not show by a colour."""
    used = connection.execute(
        select(Code.colour, Code.pattern)
        .where(Code.applicable, Code.merged_into.is_(None))
        .order_by(Code.created, Code.position)
    ).all()
    return [(colour, Pattern(pattern)) for colour, pattern in used]


def name_taken(name: str) -> UserError:
    """What is said where a sister has the name of a code; ``name`` as the sister spells it."""
    return UserError(
        f"There is a code “{name}” here already.", "Use that one, or choose another name."
    )


def refuse_no_colour(colour: str) -> None:
    """Raise UserError where ``colour`` is none that a code can have."""
    if not is_colour(colour):
        raise UserError(f"“{colour}” is not a colour.", "Choose one from the palette.")
