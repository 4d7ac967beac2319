"""What every service shares: the door, this thread's connection, and "not given"."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from unicodedata import category
from uuid import UUID

from sqlalchemy import Connection, Executable, insert, select, update

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ops import Op
from ikt_coder.model import Entity
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


_UNSEEN = ("Cc", "Cs")  # control signs, and halves of a surrogate pair


class _Unset(Enum):
    TOKEN = 0


UNSET: Final = _Unset.TOKEN
"""A field that was not given and stays as it is (None clears)."""

Unset: TypeAlias = _Unset


class Service:
    """One noun of the project. Only services write; each act is one operation."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def _operation(self, kind: Op, **params: Any) -> AbstractContextManager[Operation]:
        return self._project.operation(kind, **params)

    @property
    def _connection(self) -> Connection:
        return self._project.connection

    def _rows(self, statement: Executable) -> list[Any]:
        """Read all rows at once; a reader left open would keep writers waiting."""
        return list(self._connection.execute(statement).all())

    def _one(
        self, statement: Executable, what: str, values: Mapping[str, Any] | None = None
    ) -> Any:
        row = self._connection.execute(statement, values).first()
        if row is None:
            raise NotFound(f"This {what} is no longer in the project.", "Undo may bring it back.")
        return row

    def _next_position(self, entity: Any, *conditions: Any) -> int:
        last = self._connection.execute(
            select(entity.position).where(*conditions).order_by(entity.position.desc()).limit(1)
        ).scalar()
        return 0 if last is None else int(last) + 1


def add_row(op: Operation, entity: type[Entity], **values: Any) -> None:
    op.execute(insert(entity).values(**values))


def change_row(op: Operation, entity: type[Entity], key: UUID, values: Mapping[str, Any]) -> None:
    """Change columns of a row. Raises NotFound where it is gone."""
    if not values:
        return
    if op.execute(update(entity).where(entity.id == key).values(**values)).rowcount == 0:
        what = entity.__tablename__.replace("_", " ")
        raise NotFound(
            f"This {what} is no longer in the project. Nothing was changed.",
            "Undo may bring it back.",
        )


def given(**fields: Any) -> dict[str, Any]:
    """The fields that were given."""
    return {name: value for name, value in fields.items() if value is not UNSET}


def named(text: str, what: str, limit: int = 300) -> str:
    """A name as stored: one line, trimmed, without control signs. Raises UserError where
    nothing of it would be seen, or where it is too long."""
    name = " ".join("".join(s for s in text if s.isspace() or category(s) not in _UNSEEN).split())
    # Joiners and marks of direction belong to emoji and to words, but are no name alone.
    # (Signs newer than this Python are of no known category, and are seen.)
    if all(sign == " " or category(sign) == "Cf" for sign in name):
        raise UserError(f"The {what} needs a name.", "Type one and try again.")
    if len(name) > limit:
        raise UserError(
            f"The name of the {what} has {len(name)} characters; {limit} are the most.",
            "Type a shorter one; a longer text has room in a description, a note or a memo.",
        )
    return name
