"""Everything known of all participants, or of all documents, in one read: a grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import LargeBinary, func, select, type_coerce

from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.model import Attribute, AttributeValue, Document, Participant
from ikt_coder.services.attribute_values import AttributeRow, folded, shown_value

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@dataclass(frozen=True, slots=True)
class GridOwner:
    """One row: a participant or a document. ``below`` is the group, or the folder."""

    id: UUID
    name: str
    below: str


@dataclass(frozen=True, slots=True)
class AttributeGrid:
    """``cells`` holds, for each owner, the values as they are kept, in the order of the
    attributes; empty where nothing is known."""

    subject: Subject
    attributes: tuple[AttributeRow, ...]
    owners: tuple[GridOwner, ...]
    cells: list[list[str]]

    def shown(self, row: int, column: int) -> str:
        """A value as lists and tables show it."""
        return shown_value(self.attributes[column], self.cells[row][column])


def grid_size(project: Project, subject: Subject) -> int:
    """How many cells the grid has; much quicker than reading it."""
    owner = Participant if subject is Subject.PARTICIPANT else Document
    count = project.connection.execute(
        select(
            select(func.count()).select_from(owner).scalar_subquery(),
            select(func.count())
            .select_from(Attribute)
            .where(Attribute.subject == subject.value)
            .scalar_subquery(),
        )
    ).one()
    return int(count[0]) * int(count[1])


def read_grid(project: Project, subject: Subject) -> AttributeGrid:
    """Read attributes, owners in their order, and every value."""
    attributes = project.attributes.all(subject)
    owners = _owners(project, subject)
    cells = [[""] * len(attributes) for _ in owners]
    rows = {owner.id.bytes: cells[at] for at, owner in enumerate(owners)}
    columns = {attribute.id.bytes: at for at, attribute in enumerate(attributes)}
    of_person = subject is Subject.PARTICIPANT
    owner_id = AttributeValue.participant_id if of_person else AttributeValue.document_id
    # Keys stay bytes: to make objects of them would take most of the time of a large grid.
    statement = select(
        type_coerce(owner_id, LargeBinary),
        type_coerce(AttributeValue.attribute_id, LargeBinary),
        AttributeValue.value,
    ).where(owner_id.is_not(None))
    for owner, attribute, value in project.connection.execute(statement).all():
        row, column = rows.get(owner), columns.get(attribute)
        if row is not None and column is not None:
            row[column] = value
    return AttributeGrid(subject, attributes, owners, cells)


def _owners(project: Project, subject: Subject) -> tuple[GridOwner, ...]:
    if subject is Subject.PARTICIPANT:
        statement = select(Participant.id, Participant.label, Participant.group_name).order_by(
            Participant.position, Participant.id
        )
        found = project.connection.execute(statement).all()
        return tuple(GridOwner(row.id, row.label, row.group_name) for row in found)
    folders = {row.id: row.name for row in project.folders.all()}
    return tuple(
        GridOwner(row.id, row.title, folders.get(row.folder, "") if row.folder else "")
        for row in project.documents.all()
    )


def sort_keys(kind: AttributeKind, values: list[str]) -> list[tuple[bool, float | str]]:
    """What kept values are sorted by: numbers by size, days in their order, words whatever
    their case; nothing known comes last (True sorts after False)."""
    made: dict[str, tuple[bool, float | str]] = {}
    nothing = 0.0 if kind is AttributeKind.NUMBER else ""
    keys = []
    for value in values:
        key = made.get(value)
        if key is None:
            key = (not value, _sort_key(kind, value) if value else nothing)
            made[value] = key
        keys.append(key)
    return keys


def _sort_key(kind: AttributeKind, value: str) -> float | str:
    if kind is AttributeKind.NUMBER:
        return float(value)
    return value if kind is AttributeKind.DATE else folded(value)
