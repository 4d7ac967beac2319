"""What knowledge users influenced as one plain list, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.table import Cell, Column, Run, Table, cell, number
from ikt_coder.services.engagement.tables import link_words

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_NAMES = (
    *("date", "until", "event", "type", "part", "people", "who", "influenced", "changed"),
    "changed_in_project",
)


def influence_data(project: Project) -> Table:
    """A row for each entry of knowledge users in each event; ``people`` is empty where nobody
    noted a number, ``part`` and ``type`` where nobody said which."""
    rows: list[tuple[Cell, ...]] = []
    for event in project.engagement.all():
        for user in event.users:
            rows.append(
                (
                    cell(event.date),
                    cell(event.until),
                    cell(event.title),
                    cell(user.type_name),
                    cell(user.part_name),
                    number(user.number) if user.number is not None else cell(""),
                    cell(user.who),
                    cell(user.influenced),
                    cell(event.changed_because),
                    cell("; ".join(link_words(link) for link in event.links)),
                )
            )
    return Table(
        title="What Knowledge Users Influenced",
        columns=tuple(Column((Run(name),)) for name in _NAMES),
        rows=tuple(rows),
        number=0,
        description="What knowledge users influenced",
        empty="Nobody's part in an event is noted yet.",
    )
