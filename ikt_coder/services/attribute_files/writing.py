"""Importing a file of attributes that was looked at: all of it in one act, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Subject
from ikt_coder.services.attribute_files.planning import WITH_CHOICES, plan_file
from ikt_coder.services.attribute_files.rows import AttributePlan, ColumnUse, UnfitAttributes

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def import_plan(project: Project, plan: AttributePlan) -> AttributePlan:
    """Write what a plan says, in one act; returns the plan as it was carried out.

    Raises UnfitAttributes where the plan has faults or open questions, and NotAllowed where
    the project has changed since the plan was made; nothing is changed then.
    """
    if plan.faults or plan.questions:
        raise UnfitAttributes(plan)
    with project.operation(Op.IMPORT_ATTRIBUTES, name=plan.table.name) as op:
        # What was shown is what is written: the project may have changed in the meantime.
        now = plan_file(project, plan.table, plan.subject, plan.choices)
        if _said(now) != _said(plan):
            raise NotAllowed(
                "The project has changed since this file was looked at. Nothing was imported.",
                "Look at the preview again and import then.",
            )
        keys: dict[int, UUID] = {}
        for column in now.columns:
            if column.use is ColumnUse.NEW:
                offered = column.choices if column.kind in WITH_CHOICES else ()
                keys[column.at] = project.attributes.add(
                    column.name, plan.subject, column.kind, offered
                )
            elif column.use is ColumnUse.KNOWN and column.attribute is not None:
                keys[column.at] = column.attribute
                if column.added:
                    project.attributes.change(column.attribute, choices=column.choices)
        owners = _owners(project, now)
        project.attributes.set_kept(
            {(owners[row], keys[at]): text for (row, at), text in now.values.items()}
        )
        op.note(count=len(now.values))
    return now


def _said(plan: AttributePlan) -> tuple[object, ...]:
    """What a person has seen of a plan."""
    columns = tuple(
        (one.at, one.use, one.kind, one.attribute, one.choices, one.days, one.decimal)
        for one in plan.columns
    )
    return columns, plan.values, plan.owners, plan.created_rows, plan.faults, plan.questions


def _owners(project: Project, plan: AttributePlan) -> dict[int, UUID]:
    """Whose each row is; who is missing is made, where that was chosen."""
    owners = dict(plan.owners)
    rows = sorted(plan.created_rows)
    if not rows:
        return owners
    names = [plan.created_rows[row] for row in rows]
    if plan.subject is Subject.PARTICIPANT:
        made = project.participants.add_many(names)
    else:
        made = project.studies.add_many(names)
    owners.update(zip(rows, made, strict=True))
    return owners
