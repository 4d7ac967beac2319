"""Everything known of all participants, documents or studies, in one read: a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.model import Attribute, Document, Participant, Study
from ikt_coder.services.attribute_values import AttributeRow, folded, shown_value, stored_choices
from ikt_coder.services.attributes import OWNER_COLUMNS

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class GridOwner:
    """One row: a participant, a document or a study. ``below`` is the group, the folder, or how
    the study is cited."""

    id: UUID
    name: str
    below: str


@frozen
class AttributeGrid:
    """``cells`` holds, for each owner, the values as they are kept, in the order of the
    attributes; empty where nothing is known. ``texts`` has all that a row says, folded, to be
    searched."""

    subject: Subject
    attributes: tuple[AttributeRow, ...]
    owners: tuple[GridOwner, ...]
    cells: list[list[str]]
    texts: list[str]

    def shown(self, row: int, column: int) -> str:
        """A value as lists and tables show it."""
        return shown_value(self.attributes[column], self.cells[row][column])


def grid_size(project: Project, subject: Subject) -> int:
    """How many cells the grid has; much quicker than reading it."""
    owner: Any = {
        Subject.PARTICIPANT: Participant,
        Subject.DOCUMENT: Document,
        Subject.STUDY: Study,
    }[subject]
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
    owners = owners_of(project, subject)
    cells = [[""] * len(attributes) for _ in owners]
    rows = {owner.id.bytes: cells[at] for at, owner in enumerate(owners)}
    columns = {attribute.id.bytes: at for at, attribute in enumerate(attributes)}
    owner_id = OWNER_COLUMNS[subject]
    # Straight from the driver, keys as bytes: objects for each key and row would take three
    # quarters of the time of a large grid.
    result = project.connection.exec_driver_sql(
        f"SELECT {owner_id}, attribute_id, value FROM attribute_value WHERE {owner_id} IS NOT NULL"
    )
    cursor: Any = result.cursor
    for owner, attribute, value in cursor:
        row, column = rows.get(owner), columns.get(attribute)
        if row is not None and column is not None:
            row[column] = value
    result.close()
    return AttributeGrid(subject, attributes, owners, cells, _texts(attributes, owners, cells))


def text_of(grid: AttributeGrid, row: int) -> str:
    """Everything that a row says, folded, to be searched."""
    values = [grid.shown(row, column) for column in range(len(grid.attributes))]
    return folded_text([grid.owners[row].name, grid.owners[row].below, *values])


def folded_text(parts: list[str]) -> str:
    return "\n".join(parts).casefold()


def _texts(
    attributes: tuple[AttributeRow, ...], owners: tuple[GridOwner, ...], cells: list[list[str]]
) -> list[str]:
    several = [at for at, one in enumerate(attributes) if one.kind is AttributeKind.CHOICES]
    seen: dict[str, str] = {}  # the same choices come again and again
    texts = []
    for owner, row in zip(owners, cells, strict=True):
        shown = row
        if several:
            shown = list(row)
            for column in several:
                stored = row[column]
                if stored not in seen:
                    seen[stored] = shown_value(attributes[column], stored)
                shown[column] = seen[stored]
        texts.append(folded_text([owner.name, owner.below, *shown]))
    return texts


def owners_of(project: Project, subject: Subject) -> tuple[GridOwner, ...]:
    """The participants, documents or studies of a project in their order."""
    if subject is Subject.PARTICIPANT:
        statement = select(Participant.id, Participant.label, Participant.group_name).order_by(
            Participant.position, Participant.id
        )
        found = project.connection.execute(statement).all()
        return tuple(GridOwner(row.id, row.label, row.group_name) for row in found)
    if subject is Subject.STUDY:
        studies = select(Study.id, Study.name, Study.citation).order_by(Study.position, Study.id)
        found = project.connection.execute(studies).all()
        return tuple(GridOwner(row.id, row.name, row.citation) for row in found)
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
    if kind is AttributeKind.CHOICES:
        return folded("; ".join(stored_choices(value)))
    return value if kind is AttributeKind.DATE else folded(value)
