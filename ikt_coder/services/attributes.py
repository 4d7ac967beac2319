"""Attributes of participants, documents and studies: what is known of them beside their words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import delete, select, update

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.model import Attribute, AttributeValue, Document, Participant, Study
from ikt_coder.services.attribute_values import (
    AttributeRow,
    folded,
    shown_value,
    stored_choices,
    stored_value,
)
from ikt_coder.services.attribute_writing import OWNER_COLUMNS as OWNER_COLUMNS
from ikt_coder.services.attribute_writing import Place as Place
from ikt_coder.services.attribute_writing import put_values
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, named
from ikt_coder.services.document_order import put_before
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.attribute_files.cells import CellTable
    from ikt_coder.services.attribute_files.rows import AttributePlan, ImportChoices

Value = str | Sequence[str] | None
"""One value, several choices, or (None or empty) nothing known."""

_OWNERS: Final[dict[Subject, Any]] = {
    Subject.PARTICIPANT: Participant,
    Subject.DOCUMENT: Document,
    Subject.STUDY: Study,
}
_WITH_CHOICES = (AttributeKind.CHOICE, AttributeKind.CHOICES)


class AttributeService(Service):
    # -- reading ----------------------------------------------------------------------------

    def all(self, subject: Subject | None = None) -> tuple[AttributeRow, ...]:
        """The attributes of participants, documents or studies, or (None) of all of them, in
        their order."""
        rows = self._rows(
            select(Attribute.__table__).order_by(Attribute.position, Attribute.name, Attribute.id)
        )
        made = (
            AttributeRow(
                r.id,
                r.name,
                Subject(r.subject),
                AttributeKind(r.kind),
                stored_choices(r.choices),
                r.description,
            )
            for r in rows
        )
        return tuple(row for row in made if subject is None or row.subject is subject)

    def get(self, attribute: UUID) -> AttributeRow:
        for row in self.all():
            if row.id == attribute:
                return row
        raise NotFound("This attribute is no longer in the project.", "Undo may bring it back.")

    def find(self, name: str, subject: Subject) -> AttributeRow:
        """The attribute of this name, whatever its case, or id. Raises NotFound."""
        for row in self.all(subject):
            if folded(row.name) == folded(name) or str(row.id) == name:
                return row
        raise NotFound(f"There is no attribute “{name}” of {subject.plural} in the project.")

    def stored(self, subject: Subject) -> dict[UUID, dict[UUID, str]]:
        """Values as they are kept, of each participant, document or study, of each attribute."""
        owner = _owner(subject)
        values: dict[UUID, dict[UUID, str]] = {}
        for key, attribute, value in self._connection.execute(
            select(owner, AttributeValue.attribute_id, AttributeValue.value).where(
                owner.is_not(None)
            )
        ).all():
            values.setdefault(key, {})[attribute] = value
        return values

    def values(self, subject: Subject) -> dict[UUID, dict[UUID, str]]:
        """Values as they are shown, of each participant, document or study, of each attribute;
        what is not known is not among them."""
        known = {row.id: row for row in self.all(subject)}
        return {
            owner: {
                key: shown_value(known[key], value) for key, value in some.items() if key in known
            }
            for owner, some in self.stored(subject).items()
        }

    def value(self, owner: UUID, attribute: UUID) -> str:
        """One value as it is shown; empty where it is not known."""
        row = self.get(attribute)
        return self.values(row.subject).get(owner, {}).get(attribute, "")

    # -- attributes -------------------------------------------------------------------------

    def add(
        self,
        name: str,
        subject: Subject,
        kind: AttributeKind = AttributeKind.TEXT,
        choices: Iterable[str] = (),
        description: str = "",
    ) -> UUID:
        """Add an attribute after the others. Raises UserError where the name is taken, or a
        choice is offered twice."""
        name = named(name, "attribute", 120)
        offered = _offered(kind, choices)
        key = new_id()
        with self._operation(Op.ADD_ATTRIBUTE, attribute=key, name=name) as op:
            self._refuse_double(name, subject, None)
            add_row(
                op,
                Attribute,
                id=key,
                name=name,
                subject=subject.value,
                kind=kind.value,
                choices=json.dumps(offered, ensure_ascii=False),
                description=description.strip(),
                position=self._next_position(Attribute),
            )
        return key

    def change(
        self,
        attribute: UUID,
        *,
        name: str | Unset = UNSET,
        kind: AttributeKind | Unset = UNSET,
        choices: Iterable[str] | Unset = UNSET,
        description: str | Unset = UNSET,
    ) -> None:
        """Change an attribute; values stay where they fit. Raises UserError, naming them, where
        some do not; then nothing is changed."""
        row = self.get(attribute)
        values: dict[str, Any] = {}
        if name is not UNSET:
            values["name"] = named(name, "attribute", 120)
        if description is not UNSET:
            values["description"] = description.strip()
        new_kind = row.kind if kind is UNSET else kind
        offered = row.choices if choices is UNSET else tuple(choices)
        if new_kind in _WITH_CHOICES and not offered:
            offered = self._in_use(row)
        offered = _offered(new_kind, offered)
        changed = replace(row, kind=new_kind, choices=offered)
        if changed != row:
            values["kind"] = new_kind.value
            values["choices"] = json.dumps(offered, ensure_ascii=False)
        with self._operation(
            Op.CHANGE_ATTRIBUTE, attribute=attribute, name=values.get("name", row.name)
        ) as op:
            if "name" in values:
                self._refuse_double(values["name"], row.subject, attribute)
            if changed != row:
                self._carry(op, row, changed)
            change_row(op, Attribute, attribute, values)

    def move(self, attribute: UUID, before: UUID | None = None) -> None:
        """Put an attribute before another one, or (None) last."""
        with self._operation(Op.CHANGE_ATTRIBUTE, attribute=attribute) as op:
            order = [row.id for row in self.all()]
            for position, key in enumerate(put_before(order, [attribute], before)):
                op.execute(
                    update(Attribute)
                    .where(Attribute.id == key, Attribute.position != position)
                    .values(position=position)
                )

    def delete(self, attribute: UUID) -> None:
        """Delete an attribute with all its values; undo brings them back."""
        row = self.get(attribute)
        with self._operation(Op.DELETE_ATTRIBUTE, attribute=attribute, name=row.name) as op:
            op.execute(delete(Attribute).where(Attribute.id == attribute))

    # -- values -----------------------------------------------------------------------------

    def set(self, values: Mapping[Place, Value]) -> None:
        """Set values of participants, documents or studies, all in one act; None or an empty
        one takes a value away. Raises UserError where one does not fit, NotFound where its
        owner is gone; nothing is changed then."""
        known = {row.id: row for row in self.all()}
        kept: dict[Place, str] = {}
        for (owner, attribute), value in values.items():
            if attribute not in known:
                self.get(attribute)
            kept[(owner, attribute)] = stored_value(known[attribute], value)
        first = next((known[attribute].name for _, attribute in kept), "")
        with self._operation(Op.SET_ATTRIBUTES, count=len(kept), name=first) as op:
            self._refuse_strangers(op, kept, known)
            self._put(op, known, kept)

    def set_kept(self, values: Mapping[Place, str]) -> None:
        """Write values as they are kept already (``stored_value``), in one act. Raises NotFound
        where an attribute or an owner is gone; nothing is changed then."""
        known = {row.id: row for row in self.all()}
        with self._operation(Op.SET_ATTRIBUTES, count=len(values)) as op:
            for attribute in {attribute for _, attribute in values} - known.keys():
                self.get(attribute)
            self._refuse_strangers(op, values, known)
            self._put(op, known, values)

    # -- files ------------------------------------------------------------------------------

    def read_file(
        self, path: Path, subject: Subject, choices: ImportChoices | None = None
    ) -> AttributePlan:
        """See what importing the attributes of a .csv or .xlsx file would do; nothing is
        written. Raises UnreadableFile."""
        from ikt_coder.services.attribute_files.cells import read_cells

        return self.plan(read_cells(path), subject, choices)

    def plan(
        self, table: CellTable, subject: Subject, choices: ImportChoices | None = None
    ) -> AttributePlan:
        """The same with the cells of a file that was read already, after other choices."""
        from ikt_coder.services.attribute_files.planning import plan_file
        from ikt_coder.services.attribute_files.rows import ImportChoices as Choices

        return plan_file(self._project, table, subject, choices or Choices())

    def import_plan(self, plan: AttributePlan) -> AttributePlan:
        """Import what a plan says, all of it in one act. Raises UnfitAttributes where it has
        faults or open questions, NotAllowed where the project has changed since; nothing is
        changed then."""
        from ikt_coder.services.attribute_files.writing import import_plan

        return import_plan(self._project, plan)

    def export_file(self, subject: Subject, path: Path) -> int:
        """Write all values to a .csv or .xlsx file that can be imported again; returns how
        many rows it has. Raises UserError; an older file of the name is kept then."""
        from ikt_coder.services.attribute_files.exporting import export_attributes

        return export_attributes(self._project, subject, path)

    # -- writing ----------------------------------------------------------------------------

    def _put(
        self, op: Operation, known: Mapping[UUID, AttributeRow], kept: Mapping[Place, str]
    ) -> None:
        """Write values as they are kept; an empty one takes the value away. What stands there
        already is not written again."""
        put_values(op, {key: row.subject for key, row in known.items()}, kept)

    def _refuse_strangers(
        self, op: Operation, kept: Iterable[Place], known: Mapping[UUID, AttributeRow]
    ) -> None:
        wanted: dict[Subject, set[UUID]] = {subject: set() for subject in Subject}
        for owner, attribute in kept:
            wanted[known[attribute].subject].add(owner)
        for subject, entity in _OWNERS.items():
            gone = set(wanted[subject])
            for some in _chunks(list(gone)):
                gone.difference_update(
                    op.execute(select(entity.id).where(entity.id.in_(some))).scalars()
                )
            if gone:
                raise NotFound(
                    f"This {subject.value} is no longer in the project. Nothing was changed.",
                    "Undo may bring it back.",
                )

    def _in_use(self, row: AttributeRow) -> tuple[str, ...]:
        """The values that an attribute has, each once: the choices it could offer."""
        found: dict[str, str] = {}
        for some in self.stored(row.subject).values():
            for one in _each(row, some.get(row.id, "")):
                found.setdefault(folded(one), one)
        return tuple(sorted(found.values(), key=folded))

    def _carry(self, op: Operation, before: AttributeRow, after: AttributeRow) -> None:
        """Write the values of an attribute as its new kind keeps them."""
        refused: list[str] = []
        kept: dict[Place, str] = {}
        for owner, some in self.stored(before.subject).items():
            stored = some.get(before.id, "")
            if not stored:
                continue
            several = _each(before, stored)
            try:
                if after.kind is AttributeKind.CHOICES:
                    text = stored_value(after, several)
                else:
                    text = stored_value(after, "; ".join(several))
            except UserError:
                refused.append("; ".join(several))
                continue
            kept[(owner, before.id)] = text
        if refused:
            named_values = ", ".join(f"“{one[:60]}”" for one in dict.fromkeys(refused[:5]))
            raise UserError(
                f"{len(refused)} {'value' if len(refused) == 1 else 'values'} of "
                f"“{before.name}” would no longer fit ({named_values}). Nothing was changed.",
                "Change or clear them first.",
            )
        self._put(op, {after.id: after}, kept)

    def _refuse_double(self, name: str, subject: Subject, besides: UUID | None) -> None:
        if any(folded(row.name) == folded(name) and row.id != besides for row in self.all(subject)):
            raise UserError(
                f"There is an attribute “{name}” of {subject.plural} already.",
                "Choose another name.",
            )


def _chunks(keys: Sequence[UUID], size: int = 500) -> Iterable[Sequence[UUID]]:
    """Few enough keys at a time for one statement."""
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _each(attribute: AttributeRow, stored: str) -> tuple[str, ...]:
    """The single values in a kept one."""
    if attribute.kind is AttributeKind.CHOICES:
        return stored_choices(stored)
    return (stored,) if stored else ()


def _owner(subject: Subject) -> Any:
    return getattr(AttributeValue, OWNER_COLUMNS[subject])


def _offered(kind: AttributeKind, choices: Iterable[str]) -> tuple[str, ...]:
    """The choices as they are kept: none where the kind has none."""
    if kind not in _WITH_CHOICES:
        return ()
    offered: dict[str, str] = {}
    for choice in choices:
        if not choice.strip():
            continue
        text = named(choice, "choice", 120)
        if folded(text) in offered:
            raise UserError(f"The choice “{text}” is there twice. Nothing was changed.")
        offered[folded(text)] = text
    return tuple(offered.values())
